//! When a post is manned: a set of hours of the local week.

use std::fmt;

use precinct_base::HourOfWeek;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const BYTES: usize = HourOfWeek::COUNT / 8;

/// A set of hours of the week. In records it is 42 hexadecimal digits, Monday 00:00 the highest bit of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours([u8; BYTES]);

const fn bit(hour: HourOfWeek) -> (usize, u8) {
    (hour.index() / 8, 0x80 >> (hour.index() % 8))
}

impl Hours {
    /// Every hour of the week.
    pub const ALWAYS: Self = Self([0xff; BYTES]);

    /// Whether `hour` is one of them.
    pub const fn contains(self, hour: HourOfWeek) -> bool {
        let (byte, mask) = bit(hour);
        self.0[byte] & mask != 0
    }

    /// How many hours of the week.
    pub fn count(self) -> u32 {
        self.0.iter().map(|byte| byte.count_ones()).sum()
    }
}

impl FromIterator<HourOfWeek> for Hours {
    fn from_iter<I: IntoIterator<Item = HourOfWeek>>(hours: I) -> Self {
        let mut set = Self::default();
        for hour in hours {
            let (byte, mask) = bit(hour);
            set.0[byte] |= mask;
        }
        set
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Hours;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the hours of a week as 42 hexadecimal digits")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Hours, E> {
                parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Visitor)
    }
}

fn parse(text: &str) -> Option<Hours> {
    let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if text.len() != 2 * BYTES || !digits {
        return None;
    }
    let mut hours = Hours::default();
    for (at, byte) in hours.0.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hours)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hours_are_a_set(chosen in prop::collection::btree_set(0u8..168, 0..40)) {
            let hours: Hours = chosen.iter().filter_map(|&hour| HourOfWeek::new(hour)).collect();
            let found: BTreeSet<u8> =
                (0..168).filter(|&hour| hours.contains(HourOfWeek::new(hour).unwrap())).collect();
            prop_assert_eq!(&found, &chosen);
            prop_assert_eq!(hours.count() as usize, chosen.len());
            let json = serde_json::to_string(&hours).unwrap();
            prop_assert_eq!(serde_json::from_str::<Hours>(&json).unwrap(), hours);
        }
    }

    #[test]
    fn monday_midnight_is_the_first_digit() {
        let first: Hours = HourOfWeek::new(0).into_iter().collect();
        assert_eq!(first.to_string(), format!("8{}", "0".repeat(41)));
        assert_eq!(Hours::ALWAYS.count(), 168);
        for bad in [json("f"), json(&"g".repeat(42)), json(&"+f".repeat(21)), "3".to_owned()] {
            let refused = serde_json::from_str::<Hours>(&bad).unwrap_err().to_string();
            assert!(refused.contains("42 hexadecimal digits"), "{refused}");
        }
    }

    fn json(text: &str) -> String {
        format!("{text:?}")
    }
}
