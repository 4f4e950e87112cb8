//! Protocol buffer messages put together field by field.

/// A message being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Message(pub(super) Vec<u8>);

impl Message {
    /// Adds a number.
    pub(super) fn number(&mut self, field: u64, number: u64) {
        varint(&mut self.0, field << 3);
        varint(&mut self.0, number);
    }

    /// Adds bytes: a text, a message or packed numbers.
    pub(super) fn bytes(&mut self, field: u64, bytes: &[u8]) {
        varint(&mut self.0, field << 3 | 2);
        varint(&mut self.0, bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// Adds bytes unless there are none.
    pub(super) fn bytes_if_any(&mut self, field: u64, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.bytes(field, bytes);
        }
    }
}

/// Appends a number of seven bits a byte, lowest first.
pub(super) fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The zigzag number of a signed one.
pub(super) const fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// Packed signed numbers, each written as the difference from the one before.
#[derive(Clone, Debug, Default)]
pub(super) struct Deltas {
    pub(super) bytes: Vec<u8>,
    last: i64,
}

impl Deltas {
    pub(super) fn push(&mut self, number: i64) {
        varint(&mut self.bytes, zigzag(number.wrapping_sub(self.last)));
        self.last = number;
    }

    pub(super) fn of(numbers: impl IntoIterator<Item = i64>) -> Vec<u8> {
        let mut deltas = Self::default();
        numbers.into_iter().for_each(|number| deltas.push(number));
        deltas.bytes
    }
}
