//! As much of a decoder of vector tiles as the checks need.

/// What the checks look at of a feature.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) layer: String,
    pub(super) class: String,
    pub(super) name: String,
}

/// Every feature of a tile.
pub(super) fn tile(tile: &[u8]) -> Vec<Seen> {
    fields(tile).into_iter().flat_map(|field| of_layer(field.2)).collect()
}

fn of_layer(layer: &[u8]) -> Vec<Seen> {
    let fields = fields(layer);
    let all = |number| fields.iter().filter(move |field| field.0 == number).map(|field| field.2);
    let called = all(1).next().map(text).unwrap_or_default();
    let values: Vec<&[u8]> = all(4).collect();
    let attribute = |feature: &[u8], key: &[u8]| {
        let key = all(3).position(|one| one == key).map(|key| key as u64);
        let parts = self::fields(feature);
        let tags = parts.iter().find(|field| field.0 == 2).map_or(&[][..], |field| field.2);
        let tag = numbers(tags).chunks(2).find(|tag| Some(tag[0]) == key).map(|tag| tag[1]);
        let value = tag.map(|value| self::fields(values[value as usize]));
        value.and_then(|value| value.first().map(|field| text(field.2))).unwrap_or_default()
    };
    let seen = |feature| Seen {
        layer: called.clone(),
        class: attribute(feature, b"class"),
        name: attribute(feature, b"name"),
    };
    all(2).map(seen).collect()
}

/// The fields of a message: number, value if it is a number, bytes if it has them.
fn fields(mut message: &[u8]) -> Vec<(u64, u64, &[u8])> {
    let mut all = Vec::new();
    while !message.is_empty() {
        let (key, value) = (number(&mut message), number(&mut message));
        let length = if key & 7 == 2 { value as usize } else { 0 };
        let (bytes, rest) = message.split_at(length);
        message = rest;
        all.push((key >> 3, value, bytes));
    }
    all
}

fn numbers(mut packed: &[u8]) -> Vec<u64> {
    let mut all = Vec::new();
    while !packed.is_empty() {
        all.push(number(&mut packed));
    }
    all
}

fn number(bytes: &mut &[u8]) -> u64 {
    let end = bytes.iter().position(|byte| *byte < 128).expect("a number ends");
    let (number, rest) = bytes.split_at(end + 1);
    *bytes = rest;
    number.iter().rev().fold(0, |all, byte| all << 7 | u64::from(byte & 127))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
