//! Text that somebody wrote freely, as ciphertext: the core carries it and cannot read it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Sealed text. In records it is lower-case hexadecimal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sealed(pub Box<[u8]>);

/// Only its length, so that no log shows more than there is to know.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        let text: String = self.0.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect();
        to.serialize_str(&text)
    }
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

fn bytes(text: &str) -> Option<Box<[u8]>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|&[high, low]| Some(nibble(high)? << 4 | nibble(low)?)).collect()
}

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Sealed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sealed text in lower-case hexadecimal")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Sealed, E> {
                bytes(text)
                    .map(Sealed)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::Sealed;

    #[test]
    fn sealed_text_is_hexadecimal_in_records_and_hidden_in_logs() {
        let sealed = Sealed(Box::new([0, 0xff, 0x1a]));
        assert_eq!(serde_json::to_string(&sealed).unwrap(), "\"00ff1a\"");
        assert_eq!(serde_json::from_str::<Sealed>("\"00ff1a\"").unwrap(), sealed);
        let all = Sealed((0..=255).collect());
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Sealed>(&text).unwrap(), all);
        assert_eq!(format!("{sealed:?}"), "Sealed(3 bytes)");
        for bad in ["\"0\"", "\"0g\"", "\"AA\"", "1"] {
            let refused = serde_json::from_str::<Sealed>(bad).unwrap_err().to_string();
            assert!(refused.contains("lower-case hexadecimal"), "{refused}");
        }
    }
}
