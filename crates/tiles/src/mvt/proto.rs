//! As much of Protocol Buffers as a tile needs.

use crate::varint;

/// A field that is a number.
pub(super) fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint::put(out, field << 3);
    varint::put(out, value);
}

/// A field that is bytes: a text, a message, or packed numbers.
pub(super) fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint::put(out, field << 3 | 2);
    varint::put(out, value.len() as u64);
    out.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_the_encoding_guide_shows() {
        // Protocol Buffers, "Encoding": field 1 of 150, field 2 of "testing".
        let mut out = Vec::new();
        number(&mut out, 1, 150);
        bytes(&mut out, 2, b"testing");
        assert_eq!(out, b"\x08\x96\x01\x12\x07testing");
    }
}
