//! Ids that are drawn by chance or hashed, not counted: hexadecimal in records, paths and logs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a text is no such id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no id of {what}: give {digits} lower-case hexadecimal digits")]
pub struct NotDrawn {
    /// Of what it should be.
    pub what: &'static str,
    /// How many digits it has.
    pub digits: usize,
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let mut bytes = [0; N];
    if pairs.len() != N {
        return None;
    }
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = nibble(high)? << 4 | nibble(low)?;
    }
    Some(bytes)
}

macro_rules! drawn {
    ($($(#[$doc:meta])* $name:ident [$bytes:literal] $what:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotDrawn;

            fn from_str(text: &str) -> Result<Self, NotDrawn> {
                read(text).map(Self).ok_or(NotDrawn { what: $what, digits: 2 * $bytes })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )+};
}

drawn! {
    /// How to reach who reported an incident: the number of an entry of `contacts.db`, which has it sealed under a key of its own.
    ContactId[8] "a contact";
    /// A picture of an incident: its sealed file is named after it.
    MediaId[16] "a picture";
    /// The SHA-256 of a file beside the record: of a sealed picture, of a plan, of a simulation.
    FileHash[32] "a file's hash";
}

impl ContactId {
    /// Under which number its key is kept. Numbers of incidents have 32 bits and this has the highest of 64, so no two ever meet.
    pub const fn subject(self) -> u64 {
        u64::from_be_bytes(self.0) | 1 << 63
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_hexadecimal_and_nothing_else() {
        let id = ContactId([0, 1, 0x7f, 0x80, 0xa5, 0xff, 0x10, 9]);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"00017f80a5ff1009\"");
        assert_eq!(serde_json::from_str::<ContactId>(&json).unwrap(), id);
        assert_eq!(format!("{id:?}"), "00017f80a5ff1009");
        for bad in ["", "00", &"0".repeat(15), &"0".repeat(17), &"A".repeat(16), &"é".repeat(8)] {
            assert!(bad.parse::<ContactId>().is_err(), "{bad}");
        }
        let refused = serde_json::from_str::<FileHash>("\"7\"").unwrap_err().to_string();
        assert!(refused.contains("64 lower-case"), "{refused}");
        assert_eq!(MediaId([0xa5; 16]).to_string(), "a5".repeat(16));
    }

    #[test]
    fn the_key_of_a_contact_is_never_that_of_an_incident() {
        assert_eq!(ContactId([0; 8]).subject(), 1 << 63);
        assert!(ContactId([0; 8]).subject() > u64::from(u32::MAX));
        assert_eq!(ContactId([0x80, 0, 0, 0, 0, 0, 0, 7]).subject(), 1 << 63 | 7);
    }
}
