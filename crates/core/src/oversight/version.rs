//! The version of a set of policies: the hash of its text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The SHA-256 of the text of a set of policies. In records it is 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyVersion(pub [u8; 32]);

/// Why a text is no [`PolicyVersion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no version of policies: give 64 lower-case hexadecimal digits")]
pub struct NotAVersion;

impl fmt::Display for PolicyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PolicyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

const fn nibble(digit: u8) -> Result<u8, NotAVersion> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotAVersion),
    }
}

impl FromStr for PolicyVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return Err(NotAVersion);
        }
        let mut bytes = [0; 32];
        for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(high)? << 4 | nibble(low)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for PolicyVersion {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PolicyVersion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::PolicyVersion;

    #[test]
    fn a_version_is_hexadecimal_and_nothing_else() {
        let version = PolicyVersion(std::array::from_fn(|at| at as u8 * 8));
        let json = serde_json::to_string(&version).unwrap();
        assert!(json.starts_with("\"000810182028") && json.len() == 66, "{json}");
        assert_eq!(serde_json::from_str::<PolicyVersion>(&json).unwrap(), version);
        assert_eq!(format!("{version:?}"), version.to_string());
        for bad in ["", "00", &"0".repeat(63), &"0".repeat(65), &"A".repeat(64), &"é".repeat(32)] {
            assert!(bad.parse::<PolicyVersion>().is_err(), "{bad}");
        }
        let refused = serde_json::from_str::<PolicyVersion>("\"7\"").unwrap_err().to_string();
        assert!(refused.contains("64 lower-case"), "{refused}");
    }
}
