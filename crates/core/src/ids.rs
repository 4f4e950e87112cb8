//! Ids of what the core itself numbers, and of commands.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! numbered {
    ($($(#[$doc:meta])* $name:ident $prefix:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    )+};
}

numbered! {
    /// An incident: numbered from 1 in the order of intake, never reused.
    IncidentId "I-",
    /// A planned tour of duty of one unit.
    ShiftId "S-",
    /// One officer's call for help.
    SosId "SOS-",
    /// A plan of posts or patrols: numbered from 1 in the order of proposal, never reused.
    PlanId "P-",
    /// A ring.
    RingId "RING-",
    /// An entry of what was counted at a checkpoint.
    CountId "COUNT-",
    /// An order to hold points round an incident.
    ContainmentId "SEAL-",
}

/// The unique id of a command, chosen by who sends it. Sent again, it has no further effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub [u8; 16]);

/// 32 hexadecimal digits.
impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_with_what_they_number() {
        assert_eq!(IncidentId(7).to_string(), "I-7");
        assert_eq!(ShiftId(0).to_string(), "S-0");
        assert_eq!(SosId(3).to_string(), "SOS-3");
        assert_eq!(PlanId(4).to_string(), "P-4");
        assert_eq!(CommandId([0xa5; 16]).to_string(), "a5".repeat(16));
    }
}
