//! Queries made of what a city has: as written, cut short, mistyped, in another order, with a number, as a crossing.

use precinct_base::NodeId;
use precinct_gazetteer::{Address, Hit, Kind};
use precinct_roads::{Name, RoadMap};

/// How a query is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Written,
    Cut,
    Mistyped,
    Reordered,
    House,
    MistypedHouse,
    Crossing,
    Chinese,
}

impl Way {
    pub(super) const ALL: [Self; 8] = [
        Self::Written,
        Self::Cut,
        Self::Mistyped,
        Self::Reordered,
        Self::House,
        Self::MistypedHouse,
        Self::Crossing,
        Self::Chinese,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Written => "street as written",
            Self::Cut => "cut to three letters or more",
            Self::Mistyped => "one letter wrong, lost, added or swapped",
            Self::Reordered => "words in another order",
            Self::House => "house",
            Self::MistypedHouse => "house, its street mistyped",
            Self::Crossing => "crossing",
            Self::Chinese => "in Chinese characters",
        }
    }

    /// Whether nothing is left out or wrong, so that the answer must be found.
    pub(super) const fn is_whole(self) -> bool {
        matches!(
            self,
            Self::Written | Self::Reordered | Self::House | Self::Crossing | Self::Chinese
        )
    }
}

/// A query and what it is made of.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) way: Way,
    pub(super) text: String,
    /// Name of the street, number and street as listed, or the streets of a crossing.
    pub(super) label: String,
    pub(super) other: String,
}

impl Made {
    /// Whether `hit` is what the query was made of.
    pub(super) fn is(&self, hit: &Hit) -> bool {
        match self.way {
            Way::House | Way::MistypedHouse => {
                let number = hit.label.split(' ').next();
                hit.kind() == Kind::Address
                    && number == Some(&self.label)
                    && alike(&hit.label, &self.other)
            }
            Way::Crossing => {
                let is = |a: &str, b: &str| same(a, &self.label) && same(b, &self.other);
                let streets = hit.label.split_once(" & ").filter(|_| hit.kind() == Kind::Crossing);
                streets.is_some_and(|(a, b)| is(a, b) || is(b, a))
            }
            _ => same(&hit.label, &self.label),
        }
    }
}

/// Fifth Street and 5th Street, a street that the map writes in both ways.
fn in_figures(label: &str) -> String {
    let written = [
        "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
        "Tenth",
    ];
    let figures = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"];
    let pairs = written.iter().zip(figures);
    pairs.fold(label.to_owned(), |label, (written, figures)| label.replace(written, figures))
}

/// Whether two labels are of one street: the same, or with the same beginning in Chinese and the same last word, where the map has a
/// name with and without an accent, a bracket or a space.
fn same(a: &str, b: &str) -> bool {
    let han = |label: &str| label.chars().take(2).filter(|c| !c.is_ascii()).collect::<String>();
    let last = |label: &str| label.split(' ').next_back().map(str::to_owned);
    in_figures(a) == in_figures(b) || (!han(a).is_empty() && han(a) == han(b) && last(a) == last(b))
}

/// Whether the longest word of a listed street is in a label.
fn alike(label: &str, listed: &str) -> bool {
    let listed = listed.to_lowercase();
    let words = listed.split(' ').map(|word| word.trim_start_matches('0'));
    let word = words.max_by_key(|word| word.len()).unwrap_or_default();
    in_figures(label).to_lowercase().contains(word)
}

/// Chance from a seed: Knuth's MMIX generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// So many in each way that the city has matter for.
pub(super) fn queries(roads: &RoadMap, addresses: &[Address], each: usize) -> Vec<Made> {
    let mut dice = Dice(16_1803);
    let used = used_names(roads);
    let latin: Vec<&Name> =
        used.iter().copied().filter(|name| words(&name.local).len() > 1).collect();
    let han: Vec<&Name> = used.iter().copied().filter(|name| name.zh.chars().count() > 2).collect();
    let crossings = crossings(roads);
    let mut all = Vec::new();
    for way in Way::ALL {
        for _ in 0..each {
            let made = match way {
                Way::House | Way::MistypedHouse if addresses.is_empty() => None,
                Way::Chinese if han.is_empty() => None,
                Way::House | Way::MistypedHouse => {
                    Some(house(way, dice.pick(addresses), &mut dice))
                }
                Way::Crossing => Some(crossing(dice.pick(&crossings))),
                Way::Chinese => Some(chinese(dice.pick::<&Name>(&han))),
                Way::Written | Way::Cut | Way::Mistyped | Way::Reordered => {
                    Some(street(way, dice.pick::<&Name>(&latin), &mut dice))
                }
            };
            all.extend(made);
        }
    }
    all
}

fn used_names(roads: &RoadMap) -> Vec<&Name> {
    let mut used = vec![false; roads.names().all().len()];
    for segment in roads.segment_ids() {
        used[roads.segment(segment).name.index()] = true;
    }
    let all = roads.names().all().iter().zip(used);
    all.filter(|(name, used)| *used && !name.local.is_empty()).map(|(name, _)| name).collect()
}

/// The words of a name in Latin letters.
fn words(name: &str) -> Vec<&str> {
    let latin = |word: &&str| word.chars().all(|c| (c as u32) < 0x250);
    name.split(' ').filter(latin).filter(|word| !word.is_empty()).collect()
}

fn street(way: Way, name: &Name, dice: &mut Dice) -> Made {
    let mut words = words(&name.local);
    let text = match way {
        Way::Reordered => {
            let by = 1 + dice.below(words.len() - 1);
            words.rotate_left(by);
            words.join(" ")
        }
        Way::Cut => {
            let text = words.join(" ");
            let letters = text.chars().count();
            text.chars().take(3 + dice.below(letters.saturating_sub(3))).collect()
        }
        Way::Mistyped => mistyped(&words.join(" "), dice),
        _ => words.join(" "),
    };
    Made { way, text, label: name.local.clone(), other: String::new() }
}

/// One letter of the longest word wrong, lost, added, or swapped with the next.
fn mistyped(text: &str, dice: &mut Dice) -> String {
    let longest = text.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    let at = dice.below(letters.len().saturating_sub(1));
    match dice.below(4) {
        0 => letters[at] = 'q',
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, 'q'),
        _ => letters.swap(at, at + 1),
    }
    text.replacen(longest, &letters.into_iter().collect::<String>(), 1)
}

fn house(way: Way, address: &Address, dice: &mut Dice) -> Made {
    let street = match way {
        Way::MistypedHouse => mistyped(&address.street, dice),
        _ => address.street.clone(),
    };
    let text = format!("{} {street}", address.number);
    Made { way, text, label: address.number.clone(), other: address.street.clone() }
}

fn chinese(name: &Name) -> Made {
    Made {
        way: Way::Chinese,
        text: name.zh.clone(),
        label: name.local.clone(),
        other: String::new(),
    }
}

fn crossing((a, b): &(String, String)) -> Made {
    Made { way: Way::Crossing, text: format!("{b} & {a}"), label: a.clone(), other: b.clone() }
}

/// Names of two streets that share a node.
fn crossings(roads: &RoadMap) -> Vec<(String, String)> {
    let mut ends: Vec<(NodeId, &str)> = Vec::new();
    for id in roads.segment_ids() {
        let (segment, name) = (roads.segment(id), roads.segment_name(id));
        if !name.local.is_empty() {
            ends.extend([(segment.from, name.local.as_str()), (segment.to, name.local.as_str())]);
        }
    }
    ends.sort_unstable();
    ends.dedup();
    let pairs =
        ends.windows(2).filter(|pair| pair[0].0 == pair[1].0 && !same(pair[0].1, pair[1].1));
    pairs.map(|pair| (pair[0].1.to_owned(), pair[1].1.to_owned())).collect()
}
