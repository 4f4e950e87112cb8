//! Short names of a catalogue — type, capability, disposition, force, staff number — kept in place, without an allocation.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Longest code in bytes.
pub const CODE_BYTES: usize = 23;

/// A code: 1 to 23 bytes of ASCII letters, digits, `_`, `-`, `.` and `/`.
///
/// ```
/// use precinct_core::Code;
/// let burglary: Code = "burglary".parse().unwrap();
/// assert_eq!(burglary.as_str(), "burglary");
/// assert!("two words".parse::<Code>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    // Padded with zeros, so that the derived order is the order of the texts.
    bytes: [u8; CODE_BYTES],
    length: u8,
}

/// Why a text is not a [`Code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a code: use 1 to 23 letters, digits, `_`, `-`, `.` or `/`, without spaces"
)]
pub struct NotACode {
    /// What was given, cut to 64 characters.
    pub text: String,
}

impl Code {
    /// The code of a text known to be one, for catalogues written in the program; the compiler refuses any other.
    ///
    /// # Panics
    /// If `text` is not a code.
    pub const fn literal(text: &str) -> Self {
        match Self::of(text.as_bytes()) {
            Some(code) => code,
            None => panic!("not a code"),
        }
    }

    const fn of(text: &[u8]) -> Option<Self> {
        if text.is_empty() || text.len() > CODE_BYTES {
            return None;
        }
        let mut bytes = [0; CODE_BYTES];
        let mut at = 0;
        while at < text.len() {
            let byte = text[at];
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')) {
                return None;
            }
            bytes[at] = byte;
            at += 1;
        }
        Some(Self { bytes, length: text.len() as u8 })
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever put in.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        Self::of(text.as_bytes()).ok_or_else(|| NotACode { text: text.chars().take(64).collect() })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Code;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code of 1 to 23 letters, digits, `_`, `-`, `.` or `/`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Code, E> {
                text.parse().map_err(E::custom)
            }
        }
        from.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::{CODE_BYTES, Code};

    #[test]
    fn codes_are_short_plain_words() {
        let longest = "x".repeat(CODE_BYTES);
        for good in ["a", "A-1", "gas_leak", "P/3.b", &longest] {
            assert_eq!(good.parse::<Code>().unwrap().as_str(), good);
        }
        for bad in ["", " ", "a b", "盗窃", &"x".repeat(CODE_BYTES + 1), "a\n"] {
            assert!(bad.parse::<Code>().is_err(), "{bad:?}");
        }
        let told = "has space".parse::<Code>().unwrap_err().to_string();
        assert!(told.contains("\"has space\""), "{told}");
    }

    #[test]
    fn codes_are_ordered_as_their_texts_and_survive_json() {
        let mut codes: Vec<Code> =
            ["b", "a", "ab", "a-", "B"].iter().map(|c| c.parse().unwrap()).collect();
        codes.sort();
        let texts: Vec<&str> = codes.iter().map(Code::as_str).collect();
        assert_eq!(texts, ["B", "a", "a-", "ab", "b"]);
        let json = serde_json::to_string(&codes).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Code>>(&json).unwrap(), codes);
        let refused = serde_json::from_str::<Code>("\"a b\"").unwrap_err().to_string();
        assert!(refused.contains("not a code"), "{refused}");
        assert!(serde_json::from_str::<Code>("5").unwrap_err().to_string().contains("a code of"));
        assert_eq!(format!("{:?} {:>4}", Code::literal("x"), Code::literal("y")), "\"x\"    y");
    }
}
