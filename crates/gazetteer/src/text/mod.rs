//! From what is written to what is compared: letters without case and accents, words, Chinese characters, their sounds.

mod fold;
mod form;
mod sound;
mod words;

pub(crate) use fold::{Han, Piece, pieces};
pub(crate) use form::{Form, Key, KeyKind, forms, street_key, street_keys};
pub(crate) use sound::usual_sound;
pub(crate) use words::{HAN_JOINERS, ends_street, is_type, leads_to_crossing, meanings};
