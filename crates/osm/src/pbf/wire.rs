//! The protocol buffer wire format, the part that OSM PBF uses.
//!
//! Source: *Protocol Buffers: Encoding* (protobuf.dev). A message is a row of fields, each a tag (number and kind) and a value.

use super::PbfFault;

/// The value of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// A number.
    Number(u64),
    /// Bytes: a text, a message or packed numbers.
    Bytes(&'a [u8]),
    /// A fixed-width number, which no field of ours is.
    Fixed,
}

impl<'a> Value<'a> {
    pub(crate) fn number(self) -> Result<u64, PbfFault> {
        if let Self::Number(number) = self { Ok(number) } else { Err(PbfFault::Wire) }
    }

    pub(crate) fn bytes(self) -> Result<&'a [u8], PbfFault> {
        if let Self::Bytes(bytes) = self { Ok(bytes) } else { Err(PbfFault::Wire) }
    }
}

/// The fields of a message in the order they lie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a>(pub(crate) &'a [u8]);

impl<'a> Message<'a> {
    /// The next field, or `None` at the end.
    pub(crate) fn field(&mut self) -> Result<Option<(u64, Value<'a>)>, PbfFault> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = varint(&mut self.0)?;
        let value = match tag & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => self.skip(8)?,
            2 => {
                let length = varint(&mut self.0)?;
                Value::Bytes(self.take(usize::try_from(length).map_err(|_| PbfFault::Wire)?)?)
            }
            5 => self.skip(4)?,
            _ => return Err(PbfFault::Wire),
        };
        Ok(Some((tag >> 3, value)))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], PbfFault> {
        let (head, tail) = self.0.split_at_checked(length).ok_or(PbfFault::Wire)?;
        self.0 = tail;
        Ok(head)
    }

    fn skip(&mut self, length: usize) -> Result<Value<'a>, PbfFault> {
        self.take(length).map(|_| Value::Fixed)
    }
}

/// A number of seven bits a byte, lowest first.
#[inline]
fn varint(rest: &mut &[u8]) -> Result<u64, PbfFault> {
    if let Some((&byte, tail)) = rest.split_first()
        && byte < 0x80
    {
        *rest = tail;
        return Ok(u64::from(byte));
    }
    let mut number = 0;
    for i in 0..10 {
        let (&byte, tail) = rest.split_first().ok_or(PbfFault::Wire)?;
        *rest = tail;
        number |= u64::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(PbfFault::Wire)
}

/// The signed number that a zigzag number stands for.
pub(crate) const fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Packed numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Packed<'a>(pub(crate) &'a [u8]);

impl Packed<'_> {
    /// The next number, or `None` at the end.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Option<u64>, PbfFault> {
        if self.0.is_empty() { Ok(None) } else { varint(&mut self.0).map(Some) }
    }
}

/// Packed signed numbers, each the difference from the one before.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deltas<'a> {
    packed: Packed<'a>,
    last: i64,
}

impl<'a> Deltas<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { packed: Packed(bytes), last: 0 }
    }

    /// The next number, or `None` at the end.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Option<i64>, PbfFault> {
        let Some(step) = self.packed.number()? else { return Ok(None) };
        self.last = self.last.checked_add(zigzag(step)).ok_or(PbfFault::Overflow)?;
        Ok(Some(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_endless_ones_refused() {
        assert_eq!(varint(&mut &[0xac, 0x02][..]), Ok(300));
        assert_eq!(varint(&mut &[0x80][..]), Err(PbfFault::Wire));
        assert_eq!(varint(&mut &[0xff; 11][..]), Err(PbfFault::Wire));
        assert_eq!([0, 1, 2, 3].map(zigzag), [0, -1, 1, -2]);
        assert_eq!(zigzag(u64::MAX), i64::MIN);
    }

    #[test]
    fn fields_are_told_apart() {
        let bytes =
            [0x08, 0x05, 0x12, 0x02, b'h', b'i', 0x1d, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8];
        let mut message = Message(&bytes);
        assert_eq!(message.field(), Ok(Some((1, Value::Number(5)))));
        assert_eq!(message.field(), Ok(Some((2, Value::Bytes(b"hi")))));
        assert_eq!(message.field(), Ok(Some((3, Value::Fixed))));
        assert_eq!(message.field(), Ok(Some((4, Value::Fixed))));
        assert_eq!(message.field(), Ok(None));
        assert_eq!(Message(&[0x12, 0x03, b'h']).field(), Err(PbfFault::Wire));
        assert_eq!(Message(&[0x0b]).field(), Err(PbfFault::Wire));
    }

    #[test]
    fn a_sum_that_overflows_is_refused() {
        let max = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        let twice = [max, max].concat();
        let mut deltas = Deltas::new(&twice);
        assert_eq!(deltas.number(), Ok(Some(i64::MAX)));
        assert_eq!(deltas.number(), Err(PbfFault::Overflow));
    }
}
