//! A decoder of vector tiles, as plain as can be, that refuses what the specification forbids.

use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Number(u64),
    Bool(bool),
}

#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    pub(crate) layer: String,
    pub(crate) tags: BTreeMap<String, Value>,
    pub(crate) kind: u64,
    /// Points, lines or rings.
    pub(crate) parts: Vec<Vec<(i64, i64)>>,
}

impl Decoded {
    pub(crate) fn class(&self) -> &str {
        match self.tags.get("class") {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn varint(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.0[0];
            self.0 = &self.0[1..];
            value |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                return value;
            }
        }
    }

    fn chunk(&mut self) -> &'a [u8] {
        let length = self.varint() as usize;
        let (chunk, rest) = self.0.split_at_checked(length).expect("within the tile");
        self.0 = rest;
        chunk
    }

    fn numbers(mut self) -> Vec<u64> {
        let mut all = Vec::new();
        while !self.0.is_empty() {
            all.push(self.varint());
        }
        all
    }

    /// The next field and its value: a number, or bytes.
    fn field(&mut self) -> Option<(u64, u64, &'a [u8])> {
        if self.0.is_empty() {
            return None;
        }
        let key = self.varint();
        match key & 7 {
            0 => Some((key >> 3, self.varint(), &[])),
            2 => Some((key >> 3, 0, self.chunk())),
            other => panic!("wire type {other}"),
        }
    }
}

/// Every feature of a tile.
pub(crate) fn tile(bytes: &[u8]) -> Vec<Decoded> {
    let mut tile = Bytes(bytes);
    let (mut all, mut layers) = (Vec::new(), Vec::new());
    while let Some((field, _, bytes)) = tile.field() {
        assert_eq!(field, 3, "a tile has layers only");
        let (name, features) = layer(bytes);
        assert!(!layers.contains(&name) && !features.is_empty(), "each layer once, none empty");
        layers.push(name);
        all.extend(features);
    }
    all
}

fn layer(bytes: &[u8]) -> (String, Vec<Decoded>) {
    let mut message = Bytes(bytes);
    let (mut name, mut features, mut keys, mut values) = (String::new(), vec![], vec![], vec![]);
    let mut numbers = BTreeMap::new();
    while let Some((field, number, bytes)) = message.field() {
        match field {
            1 => name = String::from_utf8(bytes.to_vec()).unwrap(),
            2 => features.push(bytes),
            3 => keys.push(String::from_utf8(bytes.to_vec()).unwrap()),
            4 => values.push(value(bytes)),
            _ => _ = numbers.insert(field, number),
        }
    }
    assert_eq!((numbers[&15], numbers[&5]), (2, 4096), "version 2, extent 4096");
    let features =
        features.into_iter().map(|bytes| feature(&name, bytes, &keys, &values)).collect();
    (name, features)
}

fn value(bytes: &[u8]) -> Value {
    match Bytes(bytes).field() {
        Some((1, _, text)) => Value::Text(String::from_utf8(text.to_vec()).unwrap()),
        Some((5, number, _)) => Value::Number(number),
        Some((7, number, _)) => Value::Bool(number == 1),
        other => panic!("{other:?}"),
    }
}

fn feature(layer: &str, bytes: &[u8], keys: &[String], values: &[Value]) -> Decoded {
    let mut message = Bytes(bytes);
    let (mut kind, mut tags, mut commands) = (0, vec![], vec![]);
    while let Some((field, number, bytes)) = message.field() {
        match field {
            2 => tags = Bytes(bytes).numbers(),
            3 => kind = number,
            4 => commands = Bytes(bytes).numbers(),
            other => panic!("field {other}"),
        }
    }
    let tags = tags.chunks(2);
    let tags = tags.map(|tag| (keys[tag[0] as usize].clone(), values[tag[1] as usize].clone()));
    Decoded {
        layer: layer.to_owned(),
        tags: tags.collect(),
        kind,
        parts: geometry(kind, &commands),
    }
}

fn geometry(kind: u64, commands: &[u64]) -> Vec<Vec<(i64, i64)>> {
    let mut numbers = commands.iter().copied();
    let (mut parts, mut at) = (Vec::<Vec<(i64, i64)>>::new(), (0, 0));
    let mut closed = true;
    while let Some(command) = numbers.next() {
        let (id, count) = (command & 7, command >> 3);
        assert!(count > 0);
        if id == 7 {
            assert!(kind == 3 && count == 1 && parts.last().unwrap().len() > 2 && !closed);
            closed = true;
            continue;
        }
        for _ in 0..count {
            let mut step = || unzigzag(numbers.next().expect("two numbers a step"));
            let by = (step(), step());
            at = (at.0 + by.0, at.1 + by.1);
            match id {
                1 => {
                    assert!(closed || kind != 3, "a ring is closed before the next");
                    closed = false;
                    parts.push(vec![at]);
                }
                2 => {
                    assert_ne!(by, (0, 0), "no point twice");
                    parts.last_mut().unwrap().push(at);
                }
                other => panic!("command {other}"),
            }
        }
    }
    assert!(kind != 3 || closed);
    assert!(kind != 2 || parts.iter().all(|line| line.len() > 1));
    parts
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Twice the signed area of a ring, by the surveyor's formula of the specification.
pub(crate) fn area(ring: &[(i64, i64)]) -> i64 {
    (0..ring.len())
        .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum()
}
