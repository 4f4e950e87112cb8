//! Whole numbers in as few bytes as they need: seven bits a byte, the lowest first; signed ones zigzag, so that small ones of
//! either sign are short.

/// Appends a number.
pub(crate) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends a number that may be below nought.
pub(crate) fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put(bytes, (number << 1 ^ number >> 63) as u64);
}

/// Takes a number off the front; `None` if there is none, or one in more bytes than it needs.
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for place in 0..10 {
        let byte = take_byte(bytes)?;
        // The tenth byte has room for the highest bit alone.
        if place == 9 && byte > 1 {
            return None;
        }
        number |= u64::from(byte & 0x7F) << (7 * place);
        if byte < 0x80 {
            return (byte > 0 || place == 0).then_some(number);
        }
    }
    None
}

/// Takes a number that may be below nought.
pub(crate) fn take_signed(bytes: &mut &[u8]) -> Option<i64> {
    take(bytes).map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
}

/// Takes a byte off the front.
pub(crate) fn take_byte(bytes: &mut &[u8]) -> Option<u8> {
    let (byte, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_has_one_form() {
        let taken = |mut bytes: &[u8]| take(&mut bytes);
        assert_eq!(taken(&[0]), Some(0));
        assert_eq!(taken(&[0x80, 0]), None);
        assert_eq!(taken(&[0x80]), None);
        assert_eq!(taken(&[]), None);
        let mut most = vec![0xFF; 9];
        most.push(1);
        assert_eq!(taken(&most), Some(u64::MAX));
        most[9] = 2;
        assert_eq!(taken(&most), None);
        assert_eq!(taken(&[0x80; 11]), None);
    }

    proptest! {
        #[test]
        fn numbers_come_back(number in any::<i64>(), bits in 0..64) {
            let number = number >> bits;
            let mut bytes = Vec::new();
            put_signed(&mut bytes, number);
            put(&mut bytes, number as u64);
            let mut rest = &bytes[..];
            prop_assert_eq!(take_signed(&mut rest), Some(number));
            prop_assert_eq!(take(&mut rest), Some(number as u64));
            prop_assert!(rest.is_empty());
        }
    }
}
