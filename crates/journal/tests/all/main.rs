//! The journal from outside.

mod common;
mod export;
mod journal;
mod keys;
mod verify;
