//! The code of whatever else than a rejection is told to people, and what belongs to it. What is new does not compile before it has one, or
//! is said here to have none: a fault of the program or of whoever wrote the asking one.

use precinct_access::{Mend, Refused};
use precinct_accounts::{AccountError, PASSWORD_LEAST, PasswordFault, SignInError};
use precinct_base::caps;
use precinct_engine::Trouble;
use precinct_wire::Coded;

use crate::album::AlbumError;
use crate::live::Busy;
use crate::review::ReviewError;
use crate::shelf::ShelfError;

/// What has a code, mostly.
pub(crate) trait HasCode {
    /// Its code; none for what is no message to people.
    fn coded(&self) -> Option<Coded>;
}

impl HasCode for Trouble {
    fn coded(&self) -> Option<Coded> {
        Some(match self {
            Self::Full => Coded::disk_full(),
            Self::NotWritten(_) => Coded::disk_not_written(),
            Self::Down(_) => Coded::disk_down(),
            Self::Seal(_) => Coded::disk_seal(),
            Self::TooLarge(_) => Coded::disk_too_large(),
        })
    }
}

impl HasCode for Busy {
    fn coded(&self) -> Option<Coded> {
        Some(match self {
            Self::Full => Coded::server_busy(),
            Self::Slow => Coded::disk_slow(),
            Self::Stopped => Coded::server_stops(),
        })
    }
}

impl HasCode for AlbumError {
    fn coded(&self) -> Option<Coded> {
        match self {
            Self::TooLarge { bytes, most } => Some(Coded::picture_too_large(*bytes, *most)),
            Self::NoRoom => Some(Coded::disk_full_pictures()),
            Self::Erased { incident } => Some(Coded::incident_erased(*incident)),
            Self::Altered { .. } | Self::Key(_) | Self::File { .. } => None,
        }
    }
}

impl HasCode for ShelfError {
    fn coded(&self) -> Option<Coded> {
        match self {
            Self::TooLarge { bytes, most } => Some(Coded::plan_too_large(*bytes, *most)),
            Self::NoRoom => Some(Coded::disk_full_plans()),
            Self::Altered { .. } => Some(Coded::plan_altered()),
            Self::File { .. } => None,
        }
    }
}

impl HasCode for ReviewError {
    fn coded(&self) -> Option<Coded> {
        match self {
            Self::Before => Some(Coded::review_before()),
            Self::Full => Some(Coded::review_full()),
            Self::Slow => Some(Coded::review_slow()),
            Self::Stopped => Some(Coded::server_stops()),
            Self::Missing { .. } | Self::Open(_) | Self::Read(_) | Self::Replay(_) => None,
        }
    }
}

impl HasCode for Refused {
    fn coded(&self) -> Option<Coded> {
        match self {
            Self::NoPurpose { .. } => Some(Coded::access_no_purpose()),
            Self::NotGranted { mend, .. } => Some(match mend {
                None => Coded::access_not_granted(),
                Some(Mend::Purpose) => Coded::access_no_purpose(),
                Some(Mend::OtherPurpose) => Coded::access_other_purpose(),
                Some(Mend::SecondFactor) => Coded::access_second_factor(),
                Some(Mend::Duty) => Coded::access_duty(),
                Some(Mend::Glass) => Coded::access_glass(),
            }),
            Self::Forbidden { by, .. } => {
                let ids: Vec<&str> = by.iter().map(|basis| &*basis.policy).collect();
                Some(Coded::access_forbidden(ids.join(", ")))
            }
            Self::Misfit { .. } | Self::Failed { .. } => None,
        }
    }
}

impl HasCode for PasswordFault {
    fn coded(&self) -> Option<Coded> {
        Some(match self {
            Self::Short => Coded::password_short(PASSWORD_LEAST),
            Self::Long => Coded::password_long(caps::PASSWORD_BYTES),
            Self::Plain => Coded::password_plain(),
            Self::Number => Coded::password_number(),
        })
    }
}

impl HasCode for AccountError {
    fn coded(&self) -> Option<Coded> {
        Some(match self {
            Self::NoAccount(staff) => Coded::account_missing(*staff),
            Self::Taken(staff) => Coded::account_taken(*staff),
            Self::Kept(staff) => Coded::account_kept(*staff),
            Self::NoToken => Coded::account_token(),
            Self::SetUp => Coded::account_set_up(),
            Self::Password(fault) => return fault.coded(),
            Self::Wrong => Coded::account_wrong(),
            Self::SecondFactor => Coded::account_second_factor(),
            Self::Role { role, .. } => Coded::account_role(*role),
            Self::LastAdministrator(staff) => Coded::account_last(*staff),
            Self::Missing { .. } => Coded::account_gone(),
            Self::TooMany { most, .. } => Coded::account_too_many(*most),
            Self::TrackerNumber(_) => Coded::account_tracker(),
            Self::Busy => Coded::sign_in_busy(),
            error if error.disk_is_full() => Coded::disk_full(),
            Self::Memory | Self::Open(_) | Self::Database(_) => return None,
        })
    }
}

impl HasCode for SignInError {
    fn coded(&self) -> Option<Coded> {
        Some(match self {
            Self::Wrong => Coded::sign_in_wrong(),
            Self::CodeNeeded => Coded::sign_in_code_needed(),
            Self::WrongCode => Coded::sign_in_code_wrong(),
            Self::Disabled => Coded::sign_in_disabled(),
            Self::Wait(wait) => Coded::sign_in_wait(wait.for_ms),
            Self::Account(error) => return error.coded(),
        })
    }
}
