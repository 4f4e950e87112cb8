//! Secrets: drawn, written as hexadecimal, hashed, and compared in constant time.

use std::fmt;
use std::hint::black_box;

use sha2::{Digest, Sha256};

/// Chance: secrets, salts and ids.
pub trait Chance {
    /// Fills `bytes` so that nobody can guess them.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// A secret as text, to be shown once to whom it belongs. It is not in its `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// `N` bytes of chance.
pub(crate) fn draw<const N: usize>(chance: &mut dyn Chance) -> [u8; N] {
    let mut bytes = [0; N];
    chance.fill(&mut bytes);
    bytes
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of `N` pairs of lower-case hexadecimal digits, and nothing else.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

/// SHA-256. Enough for secrets of at least 80 bits of chance; passwords have a slow one.
pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Whether two are the same, in a time that says nothing of where they differ.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |differ, (a, b)| black_box(differ | (a ^ b)));
    one.len() == other.len() && black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hexadecimal_goes_both_ways_and_comparing_is_equality(a: [u8; 5], b: [u8; 5], n in 0usize..5) {
            prop_assert_eq!(unhex::<5>(&hex(&a)), Some(a));
            prop_assert_eq!(same(&a, &b), a == b);
            prop_assert!(same(&a, &a) && !same(&a, &a[..n]));
            let mut one_off = a;
            one_off[n] ^= 1;
            prop_assert!(!same(&a, &one_off));
        }
    }

    #[test]
    fn what_is_not_hexadecimal_is_nothing() {
        for bad in ["", "0", "00000000000", "0g", "AA", "é"] {
            assert_eq!(unhex::<1>(bad), None, "{bad}");
        }
        assert_eq!(format!("{:?}", Secret::new("x".to_owned())), "Secret");
    }
}
