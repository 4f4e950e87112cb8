//! Where posts go: siting problems over a plain reach table, solved with a proven bound, and the audit of what was proposed.
//!
//! It never sees a street: whoever asks brings the table of who reaches what in how long.
