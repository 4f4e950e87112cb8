//! What can go wrong with accounts, and what to do.

use std::path::PathBuf;

use precinct_core::StaffNo;

use crate::PasswordFault;

/// Why accounts cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is something else.
    #[error("{path}: these are no accounts of Precinct's: check the path, nothing was changed")]
    Foreign {
        /// Which.
        path: PathBuf,
    },
    /// A newer program wrote it.
    #[error(
        "{path}: written in version {found} of its form, and this program knows up to {known}: use a newer program"
    )]
    Newer {
        /// Which.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest known.
        known: i64,
    },
    /// A program wrote it that is too old.
    #[error(
        "{path}: written in version {found} of its form, and this program reads from {oldest} on: nothing was changed; start it once with a program between the two, which upgrades it, or restore a backup"
    )]
    Older {
        /// Which.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The oldest that is read.
        oldest: i64,
    },
    /// The database does not keep what it acknowledges, or what it is told to forget.
    #[error(
        "{path}: the database answers {setting} = {found} where {needed} is needed: this file system cannot hold accounts"
    )]
    Setting {
        /// Which.
        path: PathBuf,
        /// The setting.
        setting: &'static str,
        /// What it reads back as.
        found: String,
        /// What it must be.
        needed: &'static str,
    },
    /// The database failed.
    #[error("{path}: {source}")]
    Database {
        /// Which.
        path: PathBuf,
        /// How.
        source: rusqlite::Error,
    },
}

/// Why something was not done with an account, a key or a device. Nothing was changed, unless it is [`AccountError::Database`]: then it
/// is not known, and asking shows what is so.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no such account.
    #[error("there is no account {0}: check the staff number")]
    NoAccount(StaffNo),
    /// There is one already.
    #[error("{0} is taken: choose another number, or invite that account anew")]
    Taken(StaffNo),
    /// Numbers of machines and of the system are not for people.
    #[error("{0} is kept for machines and the system: choose another number")]
    Kept(StaffNo),
    /// The token or code is not known, was used, or is over.
    #[error("that token is not known, was used, or its time is up: ask for another")]
    NoToken,
    /// There are accounts, so nobody is set up as the first.
    #[error("there are accounts already: ask an administrator for an invitation")]
    SetUp,
    /// The text may not be a password.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// The old password, or the code, is not right.
    #[error("that is not right: try again")]
    Wrong,
    /// The session has to show the second factor that there is first.
    #[error("show a code of your second factor first: then it can be replaced")]
    SecondFactor,
    /// A role that nobody holds, or an area that cannot be.
    #[error("role {role} cannot be given: {why}")]
    Role {
        /// Which.
        role: &'static str,
        /// Why not.
        why: &'static str,
    },
    /// Nobody could give rights any more.
    #[error("{0} is the last administrator of the whole city: make another one first")]
    LastAdministrator(StaffNo),
    /// There is no such key, device or session.
    #[error("there is no {what} {id}: it was never made, or it is over")]
    Missing {
        /// What.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// A limit is reached.
    #[error("that would be more than {most} {what}: remove some first")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// The number of a tracker is no number of one.
    #[error("{0:?} is no number of a tracker: use 1 to 64 letters, digits, `-`, `_`, `.` or `:`")]
    TrackerNumber(String),
    /// Too many passwords wait to be hashed.
    #[error("too many people sign in at this moment: try again in a few seconds")]
    Busy,
    /// There is no memory to hash a password.
    #[error("there is no memory to check a password: free some, or give the machine more")]
    Memory,
    /// The file cannot be opened anew after a write that failed.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("accounts.db: {0}")]
    Database(#[from] rusqlite::Error),
}

impl AccountError {
    /// Whether it failed for want of room: it works again when there is some.
    pub fn disk_is_full(&self) -> bool {
        let (Self::Database(error) | Self::Open(OpenError::Database { source: error, .. })) = self
        else {
            return false;
        };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        let failed = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let full = || failed(rusqlite::ffi::SQLITE_FULL);
        assert!(AccountError::from(full()).disk_is_full());
        let open = OpenError::Database { path: PathBuf::from("accounts.db"), source: full() };
        assert!(AccountError::from(open).disk_is_full());
        assert!(!AccountError::from(failed(rusqlite::ffi::SQLITE_IOERR)).disk_is_full());
        assert!(!AccountError::NoToken.disk_is_full());
    }
}
