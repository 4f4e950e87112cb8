//! Oversight: who looked at what is sensitive, which policies hold, who went beyond them in an emergency, and whose rights changed.

pub(crate) mod apply;
mod decide;
mod rejection;
mod version;

use precinct_base::{AreaId, Millis};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::{account, break_glass, mend_glass, policy, read};
pub use self::rejection::OversightRejection;
pub use self::version::{NotAVersion, PolicyVersion};
use crate::{Code, Moment, Role};

/// A role somebody holds, and the area it holds in: that one and all that lie in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds. Area 0 is the whole city.
    pub area: AreaId,
}

/// What is sensitive and shown only on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitive {
    /// What was written freely of an incident: what was said, the address, notes.
    Text,
    /// How to reach who reported an incident.
    Contact,
    /// Where a unit was.
    Track,
    /// A picture of an incident.
    Media,
}

/// What became of an account, or of the key of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// It was made.
    Created,
    /// Its roles or their areas are others.
    RolesChanged,
    /// It cannot be used any more; of a key: it was revoked.
    Disabled,
    /// It can be used again.
    Enabled,
    /// Its password is another.
    PasswordChanged,
    /// Its second factor was taken off, to be set up anew.
    FactorReset,
}

/// Break-glass: somebody acts beyond what the policies give in ordinary times, for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glass {
    /// Why, in a word.
    pub reason: Code,
    /// Since when.
    pub since: Moment,
    /// Until when.
    pub until: Moment,
}

impl Glass {
    /// For how long glass is broken where nobody says.
    pub const USUAL: Millis = Millis::from_minutes(60);
    /// The longest it is broken at a time; who needs longer breaks it again.
    pub const LONGEST: Millis = Millis::from_minutes(8 * 60);
    /// The shortest: what ends sooner is gone before anybody has acted.
    pub const SHORTEST: Millis = Millis::from_minutes(1);
}
