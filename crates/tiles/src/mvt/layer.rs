//! One layer: features, and the dictionary of their keys and values.

use std::collections::BTreeMap;

use super::proto;
use crate::map::{Attributes, Kind};
use crate::world::EXTENT;
use crate::{Layer, varint};

/// The version of the format.
const VERSION: u64 = 2;

/// Keys of attributes, in the order they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Class,
    Rank,
    Oneway,
    Name,
    NameZh,
    NameEn,
}

impl Key {
    const fn name(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Rank => "rank",
            Self::Oneway => "oneway",
            Self::Name => "name",
            Self::NameZh => "name_zh",
            Self::NameEn => "name_en",
        }
    }
}

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    /// The number of a text.
    Text(u32),
    Number(u8),
    Yes,
}

/// A layer that is being written.
#[derive(Debug)]
pub(crate) struct LayerWriter<'t> {
    texts: &'t [String],
    layer: Layer,
    features: Vec<u8>,
    keys: Dictionary<Key>,
    values: Dictionary<Value>,
    message: Vec<u8>,
    tags: Vec<u8>,
}

impl<'t> LayerWriter<'t> {
    pub(crate) fn new(layer: Layer, texts: &'t [String]) -> Self {
        let (keys, values) = (Dictionary::default(), Dictionary::default());
        let (features, message, tags) = (Vec::new(), Vec::new(), Vec::new());
        Self { texts, layer, features, keys, values, message, tags }
    }

    pub(crate) const fn layer(&self) -> Layer {
        self.layer
    }

    /// Adds a feature with this geometry; without any there is no feature.
    pub(crate) fn feature(&mut self, attributes: &Attributes, geometry: &[u8]) {
        if geometry.is_empty() {
            return;
        }
        self.tags(attributes);
        self.message.clear();
        proto::bytes(&mut self.message, 2, &self.tags);
        proto::number(&mut self.message, 3, attributes.kind as u64);
        proto::bytes(&mut self.message, 4, geometry);
        proto::bytes(&mut self.features, 2, &self.message);
    }

    fn tags(&mut self, attributes: &Attributes) {
        let a = attributes;
        let text = |number: u32| (number != 0).then_some(Value::Text(number));
        let oneway = (a.oneway && a.kind == Kind::Line).then_some(Value::Yes);
        self.tags.clear();
        for (key, value) in [
            (Key::Class, text(a.class)),
            (Key::Rank, Some(Value::Number(a.rank))),
            (Key::Oneway, oneway),
            (Key::Name, text(a.name)),
            (Key::NameZh, text(a.zh)),
            (Key::NameEn, text(a.en)),
        ] {
            if let Some(value) = value {
                varint::put(&mut self.tags, self.keys.number(key));
                varint::put(&mut self.tags, self.values.number(value));
            }
        }
    }

    /// The layer's message; `None` if it has no features.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        if self.features.is_empty() {
            return None;
        }
        let mut out = Vec::with_capacity(self.features.len() + 256);
        proto::number(&mut out, 15, VERSION);
        proto::bytes(&mut out, 1, self.layer.name().as_bytes());
        out.extend_from_slice(&self.features);
        for key in self.keys.order {
            proto::bytes(&mut out, 3, key.name().as_bytes());
        }
        let mut message = self.message;
        for value in self.values.order {
            message.clear();
            match value {
                Value::Text(text) => {
                    proto::bytes(&mut message, 1, self.texts[text as usize].as_bytes());
                }
                Value::Number(number) => proto::number(&mut message, 5, u64::from(number)),
                Value::Yes => proto::number(&mut message, 7, 1),
            }
            proto::bytes(&mut out, 4, &message);
        }
        proto::number(&mut out, 5, EXTENT as u64);
        Some(out)
    }
}

/// Things that get a number when they are first met.
#[derive(Debug)]
struct Dictionary<T> {
    numbers: BTreeMap<T, u64>,
    order: Vec<T>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), order: Vec::new() }
    }
}

impl<T: Ord + Copy> Dictionary<T> {
    fn number(&mut self, thing: T) -> u64 {
        *self.numbers.entry(thing).or_insert_with(|| {
            self.order.push(thing);
            self.order.len() as u64 - 1
        })
    }
}
