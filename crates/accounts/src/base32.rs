//! Base 32 (RFC 4648) without padding: secrets that people or their apps type.

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Five bits a letter; the last is filled up with zeros.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    let letters = (bytes.len() * 8).div_ceil(5);
    let value = |letter: usize| (0..5).fold(0, |value, n| value << 1 | bit(letter * 5 + n));
    (0..letters).map(|letter| char::from(LETTERS[usize::from(value(letter))])).collect()
}

/// As somebody types it: capitals or not, with or without hyphens and spaces. None if anything else is in it.
pub(crate) fn tidy(typed: &str) -> Option<String> {
    let kept = typed.chars().filter(|c| !matches!(c, '-' | ' '));
    let letter = |c: char| {
        let c = c.to_ascii_uppercase();
        u8::try_from(c).ok().filter(|byte| LETTERS.contains(byte)).map(char::from)
    };
    kept.map(letter).collect()
}

/// In groups of four, to be read aloud.
pub(crate) fn groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10.
    #[test]
    fn these_are_the_vectors_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn what_is_typed_is_tidied() {
        assert_eq!(groups("MZXW6YTBOI"), "MZXW-6YTB-OI");
        assert_eq!(tidy(" mzxw-6ytb OI").as_deref(), Some("MZXW6YTBOI"));
        for bad in ["0", "é", "MZXW!", "1"] {
            assert_eq!(tidy(bad), None);
        }
    }
}
