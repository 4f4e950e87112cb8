//! What stands between brackets, one after another.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{Otherwise, Rest};

/// Items of a list.
pub(super) struct Items<'a, 'de> {
    rest: &'a mut Rest<'de>,
    first: bool,
}

impl<'a, 'de> Items<'a, 'de> {
    pub(super) const fn of(rest: &'a mut Rest<'de>) -> Self {
        Self { rest, first: true }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Otherwise;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Otherwise> {
        if self.rest.here() == b']' {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.rest.expect(b',')?;
        }
        seed.deserialize(&mut *self.rest).map(Some)
    }
}

/// Fields of a struct, in their order. One that is not written down is passed over: whether it may be missing is for the struct to say.
pub(super) struct Fields<'a, 'de> {
    rest: &'a mut Rest<'de>,
    first: bool,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'a, 'de> Fields<'a, 'de> {
    pub(super) fn of(rest: &'a mut Rest<'de>, names: &'static [&'static str]) -> Self {
        Self { rest, first: true, names: names.iter() }
    }
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Otherwise;

    fn next_key_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Otherwise> {
        if self.rest.here() == b'}' {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.rest.expect(b',')?;
        }
        let name = self.names.find(|name| self.rest.past_name(name)).ok_or(Otherwise)?;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Otherwise> {
        seed.deserialize(&mut *self.rest)
    }
}

/// A variant that is a name and nothing more.
pub(super) struct Plain<'de>(pub(super) &'de str);

impl<'de> EnumAccess<'de> for Plain<'de> {
    type Error = Otherwise;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Otherwise> {
        Ok((seed.deserialize(BorrowedStrDeserializer::<Otherwise>::new(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for Plain<'de> {
    type Error = Otherwise;

    fn unit_variant(self) -> Result<(), Otherwise> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Otherwise> {
        Err(Otherwise)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Otherwise> {
        Err(Otherwise)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Otherwise> {
        Err(Otherwise)
    }
}

/// A variant with what belongs to it.
pub(super) struct Named<'a, 'de> {
    pub(super) name: &'de str,
    pub(super) rest: &'a mut Rest<'de>,
}

impl<'de> EnumAccess<'de> for Named<'_, 'de> {
    type Error = Otherwise;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Otherwise> {
        Ok((seed.deserialize(BorrowedStrDeserializer::<Otherwise>::new(self.name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Named<'_, 'de> {
    type Error = Otherwise;

    fn unit_variant(self) -> Result<(), Otherwise> {
        Err(Otherwise)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Otherwise> {
        seed.deserialize(self.rest)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        count: usize,
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        self.rest.deserialize_tuple(count, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Otherwise> {
        self.rest.deserialize_struct("", fields, visitor)
    }
}
