//! Addresses in columns, by street and number.

use std::collections::BTreeMap;

use precinct_base::LonLat;

use crate::{Address, AddressId};

/// A house number: figures, and what follows them in plain small letters (`a` of 101A).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    pub(crate) figures: u32,
    pub(crate) rest: String,
}

impl Number {
    /// Reads one: `101`, `101A`, `101 1/2`, `8號`. What has no figures first has the figures 0.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let rest = text[end..].trim_matches(|c: char| c.is_whitespace() || "-号號".contains(c));
        Self { figures: text[..end].parse().unwrap_or(0), rest: rest.to_lowercase() }
    }
}

/// Texts, each kept once. Number 0 is the empty text.
#[derive(Clone, Debug)]
struct Texts {
    all: Vec<String>,
    ids: BTreeMap<String, u32>,
}

impl Texts {
    fn new() -> Self {
        Self { all: vec![String::new()], ids: BTreeMap::from([(String::new(), 0)]) }
    }

    fn id(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.all.len() as u32;
        self.all.push(text.to_owned());
        self.ids.insert(text.to_owned(), id);
        id
    }
}

/// One house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct House {
    pub(crate) figures: u32,
    rest: u32,
    detail: u32,
    pub(crate) id: AddressId,
    pub(crate) at: LonLat,
}

/// Collects houses.
#[derive(Debug)]
pub(crate) struct Builder {
    all: Vec<(u32, House)>,
    texts: Texts,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self { all: Vec::new(), texts: Texts::new() }
    }

    /// Adds the house `id` in `street`.
    pub(crate) fn add(&mut self, street: u32, id: AddressId, address: &Address) {
        let number = Number::of(&address.number);
        let (rest, detail) = (self.texts.id(&number.rest), self.texts.id(address.detail.trim()));
        self.all
            .push((street, House { figures: number.figures, rest, detail, id, at: address.at }));
    }

    /// Sorts and packs for `streets` streets.
    pub(crate) fn build(mut self, streets: usize) -> Houses {
        let texts = self.texts.all;
        self.all.sort_by(|(s, a), (t, b)| {
            let key = |street, house: &House| (street, house.figures);
            key(*s, a)
                .cmp(&key(*t, b))
                .then_with(|| texts[a.rest as usize].cmp(&texts[b.rest as usize]))
                .then_with(|| a.id.cmp(&b.id))
        });
        let mut first = vec![0u32; streets + 1];
        for (street, _) in &self.all {
            first[*street as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Houses { first, all: self.all.into_iter().map(|(_, house)| house).collect(), texts }
    }
}

/// Every house, by street, then by number.
#[derive(Clone, Debug)]
pub(crate) struct Houses {
    first: Vec<u32>,
    all: Vec<House>,
    texts: Vec<String>,
}

impl Houses {
    /// All of a street, by their numbers.
    pub(crate) fn of(&self, street: u32) -> &[House] {
        let at = street as usize;
        match (self.first.get(at), self.first.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.all[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Those of a street with that number: of `101`, also 101A.
    pub(crate) fn numbered<'a, 'b>(
        &'a self,
        street: u32,
        number: &'b Number,
    ) -> impl Iterator<Item = &'a House> + use<'a, 'b> {
        let all = self.of(street);
        let from = all.partition_point(|house| house.figures < number.figures);
        let same = all[from..].iter().take_while(|house| house.figures == number.figures);
        same.filter(|house| number.rest.is_empty() || self.text(house.rest) == number.rest)
    }

    /// The one whose number is nearest to one the street has not; of two as near, the lesser.
    pub(crate) fn nearest(&self, street: u32, number: &Number) -> Option<&House> {
        let all = self.of(street);
        let at = all.partition_point(|house| house.figures < number.figures);
        let about = &all[at.saturating_sub(2)..all.len().min(at + 2)];
        let apart = |house: &House| house.figures.abs_diff(number.figures);
        about
            .iter()
            .filter(|house| house.figures > 0)
            .min_by_key(|house| (apart(house), house.figures))
    }

    /// The number of a house as people write it.
    pub(crate) fn number(&self, house: &House) -> String {
        let rest = self.text(house.rest);
        let gap = if rest.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
        match house.figures {
            0 if !rest.is_empty() => rest.to_uppercase(),
            figures => format!("{figures}{gap}{}", rest.to_uppercase()),
        }
    }

    /// What tells a house from others of its number.
    pub(crate) fn detail(&self, house: &House) -> &str {
        self.text(house.detail)
    }

    fn text(&self, id: u32) -> &str {
        self.texts.get(id as usize).map_or("", String::as_str)
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.all.len()
    }

    /// Bytes it holds on the heap.
    pub(crate) fn bytes(&self) -> usize {
        let texts =
            self.texts.iter().map(|text| size_of::<String>() + text.capacity()).sum::<usize>();
        self.first.capacity() * 4 + self.all.capacity() * size_of::<House>() + texts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn houses(numbers: &[&str]) -> Houses {
        let mut builder = Builder::new();
        for (i, number) in numbers.iter().enumerate() {
            let address = Address {
                number: (*number).to_owned(),
                street: String::new(),
                detail: String::new(),
                at: LonLat::default(),
            };
            builder.add(0, AddressId(i as u32), &address);
        }
        builder.build(1)
    }

    #[test]
    fn numbers_are_read_and_written() {
        for (text, figures, rest) in [
            ("101", 101, ""),
            (" 101A ", 101, "a"),
            ("8號", 8, ""),
            ("101 1/2", 101, "1/2"),
            ("B12", 0, "b12"),
            ("", 0, ""),
            ("99999999999", 0, ""),
        ] {
            assert_eq!(Number::of(text), Number { figures, rest: rest.to_owned() }, "{text}");
        }
        let houses = houses(&["101A", "101", "7 1/2"]);
        let written: Vec<String> = houses.of(0).iter().map(|house| houses.number(house)).collect();
        assert_eq!(written, ["7 1/2", "101", "101A"]);
    }

    #[test]
    fn a_number_finds_its_letters_and_a_letter_only_itself() {
        let houses = houses(&["101", "101A", "103"]);
        let found = |text: &str| houses.numbered(0, &Number::of(text)).count();
        assert_eq!((found("101"), found("101a"), found("101b"), found("102")), (2, 1, 0, 0));
        assert_eq!(houses.numbered(9, &Number::of("101")).count(), 0);
    }

    proptest! {
        #[test]
        fn the_nearest_number_is_the_nearest(numbers in prop::collection::vec(1u32..60, 0..20), asked in 0u32..80) {
            let texts: Vec<String> = numbers.iter().map(u32::to_string).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let expected = numbers.iter().copied().min_by_key(|&n| (n.abs_diff(asked), n));
            let houses = houses(&texts);
            let found = houses.nearest(0, &Number::of(&asked.to_string()));
            prop_assert_eq!(found.map(|house| house.figures), expected);
        }
    }
}
