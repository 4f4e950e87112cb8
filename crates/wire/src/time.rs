//! Instants as RFC 3339, in UTC with milliseconds.

use std::fmt;
use std::str::FromStr;

use precinct_base::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant. Written `2024-01-08T08:00:00.000Z`; any offset is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, utoipa::ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2024-01-08T08:00:00.000Z")]
pub struct Time(pub Timestamp);

/// A text that is no instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no instant: write it like 2024-01-08T08:00:00Z or 2024-01-08T16:00:00+08:00")]
pub struct NotATime {
    /// What was given, cut to 64 characters.
    pub text: String,
}

/// Instants outside the years 0 to 9999 are written as the nearest one inside.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.0.0.clamp(-62_167_219_200_000, 253_402_207_200_000);
        let instant = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
        write!(f, "{instant:.3}")
    }
}

impl FromStr for Time {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let read: Result<jiff::Timestamp, _> = text.parse();
        let bad = |_| NotATime { text: text.chars().take(64).collect() };
        Ok(Self(Timestamp(read.map_err(bad)?.as_millisecond())))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an instant such as 2024-01-08T08:00:00Z")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
                text.parse().map_err(E::custom)
            }
        }
        from.deserialize_str(Visitor)
    }
}

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn instants_are_read_with_any_offset_and_written_in_utc() {
        let at: Time = "2024-01-08T16:00:00.5+08:00".parse().unwrap();
        assert_eq!(at.to_string(), "2024-01-08T08:00:00.500Z");
        assert_eq!(Time(Timestamp(0)).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Time(Timestamp(i64::MIN)).to_string(), "0000-01-01T00:00:00.000Z");
        let refused = "2024-01-08 noon".parse::<Time>().unwrap_err().to_string();
        assert!(refused.contains("write it like"), "{refused}");
    }

    proptest! {
        #[test]
        fn an_instant_survives_json(ms in -62_167_219_200_000i64..253_402_207_200_000) {
            let at = Time(Timestamp(ms));
            let json = serde_json::to_string(&at).unwrap();
            prop_assert_eq!(serde_json::from_str::<Time>(&json).unwrap(), at);
        }
    }
}
