//! Keeping a city's data: backups that are whole, and data folders made from them.

mod check;
mod error;
mod files;
mod fresh;
mod manifest;

pub(crate) use check::{Checked, check};
pub(crate) use error::KeepError;
pub(crate) use files::{
    ACCOUNTS, CONTACTS, DRILL, JOURNAL, KEYS, MEDIA, PLANS, POLICIES, PRESENCE, TRACKS, copy_file,
    copy_if_there, copy_media, copy_plans, copy_presence, copy_tracks, file_hash, media_path,
    plan_path, sync, track_hours,
};
pub(crate) use fresh::Fresh;
pub(crate) use manifest::{Item, Manifest};
