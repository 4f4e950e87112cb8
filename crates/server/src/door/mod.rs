//! What every door has in common: who asks, what may be done, how a command is given and what is said when it cannot be.

mod body;
mod changed;
mod codes;
mod declared;
mod failure;
mod give;
mod host;
mod key;
mod may;
mod params;
mod sign;
mod tag;

pub(crate) use self::body::{Body, Picture};
pub(crate) use self::codes::HasCode;
pub(crate) use self::declared::{Declared, NoParameters};
pub(crate) use self::failure::Failure;
pub(crate) use self::give::{NO_CONTACT, Wish, commands, give};
pub(crate) use self::host::Host;
pub(crate) use self::key::Key;
pub(crate) use self::may::Asker;
pub(crate) use self::params::{Path, Query};
pub(crate) use self::sign::{PLAIN_COOKIE, SECURE_COOKIE, bearer, cookie, token};
pub(crate) use self::tag::{AsOf, known_by, tagged, tagged_with, unless_known};
