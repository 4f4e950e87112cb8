//! The loop that joins the core with its journal.
