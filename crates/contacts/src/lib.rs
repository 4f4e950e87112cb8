//! How to reach who reported an incident: kept apart from the record, each under a random key of its own (charter 8).
//!
//! `contacts.db` holds ciphertext and nothing that could be searched; the keys are in `keys.db`, which no backup has unless it is asked for.
//! The record says which contact is of which incident, and when it went. A contact is written here first and taken up by a record after:
//! one that no record names is an orphan, which nobody can read and [`Contacts::sweep`] removes.

mod contacts;
#[cfg(test)]
mod tests;

pub use contacts::{Chance, ContactError, Contacts, FILE};
