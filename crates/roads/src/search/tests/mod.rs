//! Searches against naive ones, and road tests drawn as maps.

mod ascii;
mod oracle;
mod random;
mod roads;
