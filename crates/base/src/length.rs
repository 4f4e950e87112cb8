//! Lengths on the ground.

use std::fmt;

/// A length in whole metres, for limits and for people.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Metres(pub u32);

impl Metres {
    /// The same length in millimetres.
    pub const fn millimetres(self) -> Millimetres {
        Millimetres(self.0 as u64 * 1_000)
    }
}

impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} m", self.0)
    }
}

/// A length in millimetres, for arithmetic: sums of these lose nothing.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Millimetres(pub u64);

impl Millimetres {
    /// To the nearest metre; saturates at 4,294,967,295 m.
    pub fn metres(self) -> Metres {
        Metres(u32::try_from(self.0.saturating_add(500) / 1_000).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_round_to_the_nearest_and_saturate() {
        assert_eq!(Millimetres(1_499).metres(), Metres(1));
        assert_eq!(Millimetres(1_500).metres(), Metres(2));
        assert_eq!(Millimetres(u64::MAX).metres(), Metres(u32::MAX));
        assert_eq!(Metres(7).millimetres(), Millimetres(7_000));
        assert_eq!(Metres(7).to_string(), "7 m");
    }
}
