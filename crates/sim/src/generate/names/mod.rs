//! Names in Chinese and English, from fixed lists of words, none given twice in one city.

mod streets;
mod words;

pub(super) use streets::street_titles;
use words::{CITY_FIRST, CITY_SECOND, CLASSIC, ESTATE, ESTATE_END, FIRST, PART, SECOND, Word};

use crate::rng::Rng;

/// A name in two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Title {
    /// In Chinese, as signposted.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Title {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// This name with something after it.
    pub(super) fn and(&self, zh: &str, en: &str) -> Self {
        Self::new(format!("{}{zh}", self.zh), format!("{}{en}", self.en))
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty()
    }
}

/// Gives made names one after another, each once: well-known ones first if asked, then pairs of words in a scattered order,
/// then pairs with a part (east, second, …).
#[derive(Clone, Debug)]
pub(super) struct Stems {
    known: &'static [Word],
    order: Vec<u32>,
    next: usize,
    start: usize,
}

impl Stems {
    pub(super) fn new(seed: u64, purpose: &str, known: &'static [Word]) -> Self {
        let mut rng = Rng::new(seed, purpose);
        let mut order: Vec<u32> = (0..known.len() as u32).collect();
        rng.shuffle(&mut order);
        Self { known, order, next: 0, start: rng.index(FIRST.len() * SECOND.len()) }
    }

    /// The well-known words of avenues.
    pub(super) fn avenues(seed: u64) -> Self {
        Self::new(seed, "avenues", &CLASSIC)
    }

    /// The well-known words of estates.
    pub(super) fn estates(seed: u64) -> Self {
        Self::new(seed, "estates", &ESTATE)
    }

    pub(super) fn next(&mut self) -> Title {
        let index = self.next;
        self.next += 1;
        if let Some(&known) = self.order.get(index) {
            let (zh, en) = self.known[known as usize];
            return Title::new(zh, en);
        }
        let index = index - self.known.len();
        let pairs = FIRST.len() * SECOND.len();
        // 1,237 is prime to the number of pairs, so every pair comes once.
        let pair = (self.start + index % pairs * 1_237) % pairs;
        let (first, second) = (FIRST[pair / SECOND.len()], SECOND[pair % SECOND.len()]);
        let round = index / pairs;
        let part = PART[round % PART.len()];
        let more =
            if round < PART.len() { String::new() } else { (round / PART.len() + 1).to_string() };
        Title::new(
            format!("{}{}{}{more}", first.0, second.0, part.0),
            format!(
                "{}{}{}{}{more}",
                first.1,
                second.1,
                part.1,
                if more.is_empty() { "" } else { " " }
            ),
        )
    }
}

/// The name of the `index`th city of a seed; no two of the first 420 are the same.
pub(super) fn city_title(seed: u64, index: u64) -> Title {
    let pairs = CITY_FIRST.len() * CITY_SECOND.len();
    let start = Rng::new(seed, "city name").index(pairs);
    // 143 is prime to the number of pairs.
    let pair = (start + index as usize % pairs * 143) % pairs;
    let (first, second) =
        (CITY_FIRST[pair % CITY_FIRST.len()], CITY_SECOND[pair / CITY_FIRST.len()]);
    let round = index as usize / pairs;
    let more = if round == 0 { String::new() } else { format!(" {}", round + 1) };
    Title::new(
        format!("{}{}{}", first.0, second.0, more.trim()),
        format!("{}{}{more}", first.1, second.1),
    )
}

/// The name of the city's river.
pub(super) fn river_title(seed: u64) -> Title {
    let (zh, en) = FIRST[Rng::new(seed, "river name").index(FIRST.len())];
    Title::new(format!("{zh}江"), format!("{en} River"))
}

/// Names of estates, each once.
#[derive(Clone, Debug)]
pub(super) struct Estates {
    stems: Stems,
    ends: Rng,
}

impl Estates {
    pub(super) fn new(seed: u64) -> Self {
        Self { stems: Stems::estates(seed), ends: Rng::new(seed, "estate ends") }
    }

    pub(super) fn next(&mut self) -> Title {
        let (zh, en) = ESTATE_END[self.ends.index(ESTATE_END.len())];
        let title = self.stems.next().and(zh, en);
        let estate = if zh.chars().count() == 1 { "小区" } else { "" };
        title.and(estate, if estate.is_empty() { "" } else { " Community" })
    }
}

/// An English ordinal up to ninth, else with digits.
pub(super) fn ordinal(number: usize) -> (String, String) {
    const ZH: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const EN: [&str; 10] = [
        "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth",
        "Ninth",
    ];
    match ZH.get(number) {
        Some(zh) => ((*zh).to_owned(), EN[number].to_owned()),
        None => (number.to_string(), format!("No. {number}")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn stems_do_not_come_twice() {
        let mut stems = Stems::avenues(3);
        let drawn: Vec<Title> = (0..60_000).map(|_| stems.next()).collect();
        let different: BTreeSet<&str> = drawn.iter().map(|title| title.zh.as_str()).collect();
        assert!(different.len() > 59_900, "{}", different.len());
    }

    #[test]
    fn cities_and_estates_have_names_of_their_own() {
        let cities: BTreeSet<Title> = (0..420).map(|i| city_title(9, i)).collect();
        assert_eq!(cities.len(), 420);
        let mut estates = Estates::new(9);
        let drawn: BTreeSet<Title> = (0..2_000).map(|_| estates.next()).collect();
        assert!(drawn.len() > 1_990);
    }
}
