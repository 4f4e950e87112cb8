//! The journal from outside.

mod backup;
mod common;
mod export;
mod journal;
mod keys;
mod verify;
