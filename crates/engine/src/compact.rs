//! JSON exactly as this program writes it: fields in their order, no spaces, no escapes. Read with half the work of a parser that is
//! ready for anything; whatever is written otherwise is refused here, and left to that parser.
//!
//! What this accepts is JSON, and any parser of JSON makes the same of it: a test holds it against one.

mod access;

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;

use self::access::{Fields, Items, Named, Plain};

/// It is written in another way, or it is not what was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Otherwise;

impl fmt::Display for Otherwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written as this program writes it")
    }
}

impl std::error::Error for Otherwise {}

impl Error for Otherwise {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads the whole of a text.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Otherwise> {
    let mut rest = Rest { text, at: 0 };
    let read = T::deserialize(&mut rest)?;
    if rest.at == text.len() { Ok(read) } else { Err(Otherwise) }
}

/// A text and how far it was read.
struct Rest<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Rest<'de> {
    /// The byte that stands here; 0 at the end, which is no byte of JSON.
    fn here(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Goes past `text` if it stands here.
    fn past(&mut self, text: &str) -> bool {
        let stands = self.text.as_bytes()[self.at..].starts_with(text.as_bytes());
        self.at += if stands { text.len() } else { 0 };
        stands
    }

    /// Goes past a byte that must stand here.
    fn expect(&mut self, byte: u8) -> Result<(), Otherwise> {
        if self.here() != byte {
            return Err(Otherwise);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes past `"name":` if it stands here.
    fn past_name(&mut self, name: &str) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let after = rest.strip_prefix(b"\"").and_then(|rest| rest.strip_prefix(name.as_bytes()));
        let stands = after.is_some_and(|rest| rest.starts_with(b"\":"));
        self.at += if stands { name.len() + 3 } else { 0 };
        stands
    }

    /// A string without escapes.
    fn string(&mut self) -> Result<&'de str, Otherwise> {
        self.expect(b'"')?;
        let ends = |&byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(ends).ok_or(Otherwise)?;
        let string = self.text.get(self.at..self.at + length).ok_or(Otherwise)?;
        self.at += length;
        self.expect(b'"')?;
        Ok(string)
    }

    /// A whole number without a sign.
    fn number(&mut self) -> Result<u64, Otherwise> {
        let start = self.at;
        let mut number = 0u64;
        while self.here().is_ascii_digit() {
            let digit = u64::from(self.here() - b'0');
            number = number.checked_mul(10).and_then(|n| n.checked_add(digit)).ok_or(Otherwise)?;
            self.at += 1;
        }
        // JSON has no zeros before a number.
        let digits = self.at - start;
        if digits == 0 || (digits > 1 && self.text.as_bytes()[start] == b'0') {
            return Err(Otherwise);
        }
        Ok(number)
    }

    fn signed<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Otherwise> {
        if self.here() != b'-' {
            return visitor.visit_u64(self.number()?);
        }
        self.at += 1;
        let number = i64::try_from(self.number()?).map_err(|_| Otherwise)?;
        // There is a zero with a sign in JSON, and it is no whole number.
        if number == 0 { Err(Otherwise) } else { visitor.visit_i64(-number) }
    }

    fn items<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Otherwise> {
        self.expect(b'[')?;
        let items = visitor.visit_seq(Items::of(self))?;
        self.expect(b']')?;
        Ok(items)
    }
}

macro_rules! whole_numbers {
    ($($unsigned:ident)+, $($signed:ident)+) => {
        $(fn $unsigned<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
            visitor.visit_u64(self.number()?)
        })+
        $(fn $signed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
            self.signed(visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for &mut Rest<'de> {
    type Error = Otherwise;

    /// What cannot be read without looking what it is: nothing in a record is so.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Otherwise> {
        Err(Otherwise)
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct map ignored_any identifier
    }

    whole_numbers! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64,
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
        if self.past("true") {
            return visitor.visit_bool(true);
        }
        if self.past("false") { visitor.visit_bool(false) } else { Err(Otherwise) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
        if self.past("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Otherwise> {
        self.items(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        self.items(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        self.items(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        self.expect(b'{')?;
        let read = visitor.visit_map(Fields::of(self, fields))?;
        self.expect(b'}')?;
        Ok(read)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        if self.here() == b'"' {
            return visitor.visit_enum(Plain(self.string()?));
        }
        self.expect(b'{')?;
        let name = self.string()?;
        self.expect(b':')?;
        let read = visitor.visit_enum(Named { name, rest: self })?;
        self.expect(b'}')?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
