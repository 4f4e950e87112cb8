//! Why a backup was not made, or not used.

use std::io;
use std::path::PathBuf;

use precinct_accounts::AccountError;
use precinct_engine::ReplayError;
use precinct_journal::keys::KeyError;
use precinct_journal::{BackupError, Head, OpenError, ReadError, VerifyError};

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeepError {
    /// The folder that is to be filled has something in it.
    #[error(
        "{folder} is not empty: name a folder that is empty or not there yet; nothing was changed"
    )]
    NotEmpty {
        /// Which.
        folder: PathBuf,
    },
    /// The backup would lie in what it is a backup of.
    #[error("{folder} lies in the data folder: name one elsewhere, best on another disk")]
    Within {
        /// Which.
        folder: PathBuf,
    },
    /// It is no backup.
    #[error("{path} is not there: this is no backup, or one that was never finished")]
    NoManifest {
        /// The manifest.
        path: PathBuf,
    },
    /// The manifest is not as it was written.
    #[error("{path} is not as it was written ({why}): use another backup")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A newer program made it.
    #[error(
        "{path}: a backup in form {found}, and this program knows up to {known}: use a newer program"
    )]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its form.
        found: u32,
        /// The newest known.
        known: u32,
    },
    /// A file of the backup is another than was written.
    #[error("{path} is not the file that was written into this backup: use another backup")]
    Altered {
        /// Which.
        path: PathBuf,
    },
    /// The record is not whole.
    #[error(
        "{folder}: the record is not whole ({first}; {count} faults in all): see `precinct journal verify`"
    )]
    Faults {
        /// The folder.
        folder: PathBuf,
        /// The first fault.
        first: String,
        /// How many.
        count: u64,
    },
    /// The record ends elsewhere than the manifest says.
    #[error("the record ends with {}:{}, and the manifest says {}:{}: use another backup", found.seq, found.hash, said.seq, said.hash)]
    OtherEnd {
        /// Where it ends.
        found: Head,
        /// Where it should.
        said: Head,
    },
    /// The record tells of another state than when it was copied.
    #[error(
        "replayed, the record gives the state {found}, and gave {said} when it was copied: tell the makers of Precinct"
    )]
    OtherState {
        /// Its hash.
        found: String,
        /// Its hash then.
        said: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}: check that it is there and that there is room")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The journal or the keys cannot be copied.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The accounts cannot be opened.
    #[error(transparent)]
    Accounts(#[from] precinct_accounts::OpenError),
    /// The accounts cannot be copied.
    #[error("accounts.db cannot be copied: {0}")]
    CopyAccounts(#[from] AccountError),
    /// The journal cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The journal cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The journal cannot be replayed.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The keys cannot be read or written.
    #[error(transparent)]
    Keys(#[from] KeyError),
}

impl KeepError {
    /// Whether what was given is in order and only the answer is "no".
    pub(crate) const fn is_no(&self) -> bool {
        matches!(
            self,
            Self::Altered { .. }
                | Self::Faults { .. }
                | Self::OtherEnd { .. }
                | Self::OtherState { .. }
        )
    }

    /// Whether something else should have been given.
    pub(crate) const fn is_usage(&self) -> bool {
        matches!(self, Self::NotEmpty { .. } | Self::Within { .. })
    }
}

impl From<VerifyError> for KeepError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Open(error) => error.into(),
            VerifyError::Read(error) => error.into(),
        }
    }
}
