//! What is answered: yes and on what grounds, or why not and what would help.

use std::fmt;
use std::sync::Arc;

use precinct_core::Grant;

use crate::{About, Action};

/// A policy that decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis {
    /// Its id, as `@id("…")` gives it.
    pub policy: Arc<str>,
    /// What it says, as `@why("…")` gives it; empty if it gives nothing.
    pub why: Arc<str>,
}

/// It may be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// In which role and for which area the asker acts: the first of its roles that would be enough by itself. None where no role was
    /// needed, and where only several together are enough.
    pub acting: Option<Grant>,
    /// Only because glass is broken: to be alerted and recorded.
    pub by_glass: bool,
    /// The policies that allow it.
    pub basis: Vec<Basis>,
}

/// What would help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mend {
    /// To say what it is for.
    Purpose,
    /// To say another purpose.
    OtherPurpose,
    /// To sign in with a second factor.
    SecondFactor,
    /// To go on duty.
    Duty,
    /// To break glass, in an emergency.
    Glass,
}

impl fmt::Display for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Purpose => "say what it is for",
            Self::OtherPurpose => "say another purpose if that is what it is for",
            Self::SecondFactor => "sign in with your second factor",
            Self::Duty => "go on duty first",
            Self::Glass => "in an emergency, break glass",
        })
    }
}

/// It may not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is sensitive, and nobody said what it is for.
    #[error("{} shows something sensitive: say what it is for", action.name())]
    NoPurpose {
        /// What was to be done.
        action: Action,
    },
    /// No policy allows it.
    #[error("you may not {} here{}", action.name(), or_mend(*mend))]
    NotGranted {
        /// What was to be done.
        action: Action,
        /// What would help, if anything does.
        mend: Option<Mend>,
    },
    /// A policy forbids it.
    #[error("{} is forbidden by {}", action.name(), names(by))]
    Forbidden {
        /// What was to be done.
        action: Action,
        /// The policies that forbid it.
        by: Vec<Basis>,
    },
    /// That cannot be done to such a thing, or by such an asker. It is a fault of the program that asks.
    #[error("{} cannot be done to {about:?} by such an asker: report this", action.name())]
    Misfit {
        /// What was to be done.
        action: Action,
        /// To what.
        about: About,
    },
    /// Policies could not be evaluated. Nothing is allowed then.
    #[error("policies failed when asked about {}: {what}; report this", action.name())]
    Failed {
        /// What was to be done.
        action: Action,
        /// How.
        what: String,
    },
}

fn or_mend(mend: Option<Mend>) -> String {
    mend.map_or_else(
        || ": ask somebody whose role holds in this area".to_owned(),
        |mend| format!(": {mend}"),
    )
}

fn names(by: &[Basis]) -> String {
    let name = |basis: &Basis| match &*basis.why {
        "" => format!("policy {}", basis.policy),
        why => format!("policy {} ({why})", basis.policy),
    };
    by.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may be done.
    Allowed(Allowed),
    /// It may not.
    Refused(Refused),
}

impl Decision {
    /// Whether it may be done.
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }

    /// Whether it may be done only because glass is broken.
    pub const fn by_glass(&self) -> bool {
        matches!(self, Self::Allowed(Allowed { by_glass: true, .. }))
    }

    /// What it rests on, or why it may not be done.
    pub fn into_result(self) -> Result<Allowed, Refused> {
        match self {
            Self::Allowed(allowed) => Ok(allowed),
            Self::Refused(refused) => Err(refused),
        }
    }
}
