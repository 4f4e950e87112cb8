//! From what fits to answers in their order.

use precinct_base::{LonLat, NodeId, Plane, caps};

use super::Query;
use super::plan::{Meaning, Term, meanings};
use super::score::{Fit, Scorer};
use crate::entry::behind;
use crate::houses::{House, Number};
use crate::{Gazetteer, Hit, How, Language, Rank, Target};

/// A street without the number asked for is answered with a house this near in number, else as a street.
const NEAR_NUMBER: u32 = 100;
/// Above this many words no crossing is guessed from mistyped words.
const GUESSED_WORDS: usize = 3;

/// An answer without its label.
#[derive(Clone, Copy, Debug)]
struct Candidate<'a> {
    target: Target,
    at: LonLat,
    rank: Rank,
    called: Called<'a>,
}

/// What makes a label.
#[derive(Clone, Copy, Debug)]
enum Called<'a> {
    Entry(u32),
    Crossing(u32, u32),
    House(u32, &'a House),
}

impl Candidate<'_> {
    /// What is to be answered once: a crossing whichever street comes first, a house whatever its street is called.
    fn identity(&self) -> (Target, u32, u32) {
        match self.called {
            Called::Entry(entry) => (self.target, entry, 0),
            Called::Crossing(a, b) => (self.target, a.min(b), a.max(b)),
            Called::House(..) => (self.target, 0, 0),
        }
    }
}

impl Gazetteer {
    /// The best answers to `query`, the best first. Mistyped names are looked for only where fewer than
    /// [`Query::limit`] fit as typed and none is exactly what was asked for.
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        let limit = query.limit.min(caps::HITS);
        let meanings = meanings(query.text);
        let mut search = Search {
            all: self,
            near: query.near.map(|at| (Plane::at(at.lat()), at)),
            found: Vec::new(),
        };
        if limit > 0 {
            search.run(&meanings, false);
            if search.wants_more(limit) {
                search.run(&meanings, true);
            }
        }
        search.best(limit, query.language)
    }
}

/// What a fit says of a rank.
fn rank(fit: Fit) -> Rank {
    Rank { how: fit.how(), mistakes: fit.mistakes, forgiven: fit.forgiven, ..Rank::default() }
}

struct Search<'a> {
    all: &'a Gazetteer,
    near: Option<(Plane, LonLat)>,
    found: Vec<Candidate<'a>>,
}

impl<'a> Search<'a> {
    fn wants_more(&self, limit: usize) -> bool {
        self.found.len() < limit && !self.found.iter().any(|one| one.rank.how == How::Exact)
    }

    fn run(&mut self, meanings: &[Meaning], forgiving: bool) {
        let mut scorer = Scorer::new(&self.all.index, forgiving);
        for meaning in meanings {
            match meaning {
                Meaning::Name { terms, said } if *said || self.found.is_empty() => {
                    self.names(&scorer.fits(terms));
                }
                Meaning::Name { .. } => {}
                Meaning::House(number, terms) => self.houses(number, &scorer.fits(terms)),
                Meaning::Crossing { a, b, said } => {
                    let long = forgiving && a.len() + b.len() > GUESSED_WORDS;
                    if *said || (self.found.is_empty() && !long) {
                        self.crossings(&mut scorer, a, b, *said);
                    }
                }
            }
        }
    }

    fn names(&mut self, fits: &[Fit]) {
        for fit in fits {
            self.name(fit.entry, rank(*fit));
        }
    }

    fn name(&mut self, entry: u32, rank: Rank) {
        let (target, at) = self.all.entries.target(entry, self.near);
        let behind = self.behind(entry, at);
        self.found.push(Candidate {
            target,
            at,
            rank: Rank { behind, ..rank },
            called: Called::Entry(entry),
        });
    }

    fn behind(&self, entry: u32, at: LonLat) -> u16 {
        behind(self.all.entries.all[entry as usize].weight, at, self.near.map(|(_, near)| near))
    }

    fn houses(&mut self, number: &Number, fits: &[Fit]) {
        for fit in fits.iter().filter(|fit| fit.entry < self.all.streets) {
            let rank = rank(*fit);
            let before = self.found.len();
            let all = self.all;
            for house in all.houses.numbered(fit.entry, number).take(caps::HITS) {
                self.house(fit.entry, house, rank);
            }
            if self.found.len() == before && fit.how() == How::Exact {
                self.without_number(fit.entry, number);
            }
        }
    }

    fn without_number(&mut self, street: u32, number: &Number) {
        let rank = Rank {
            number_unknown: true,
            ..rank(Fit { entry: street, mistakes: 0, forgiven: How::WordPrefix })
        };
        let all = self.all;
        match all.houses.nearest(street, number) {
            Some(house) if house.figures.abs_diff(number.figures) <= NEAR_NUMBER => {
                self.house(street, house, rank);
            }
            _ => self.name(street, rank),
        }
    }

    fn house(&mut self, street: u32, house: &'a House, rank: Rank) {
        let behind = self.behind(street, house.at);
        self.found.push(Candidate {
            target: Target::Address(house.id),
            at: house.at,
            rank: Rank { behind, ..rank },
            called: Called::House(street, house),
        });
    }

    fn crossings(&mut self, scorer: &mut Scorer<'_>, a: &[Term], b: &[Term], said: bool) {
        let streets = |fits: Vec<Fit>| -> Vec<Fit> {
            fits.into_iter().filter(|fit| fit.entry < self.all.streets).collect()
        };
        let one = streets(scorer.fits(a));
        if one.is_empty() {
            return;
        }
        let other = streets(scorer.fits(b));
        for fit in one {
            for crossing in self.all.crossings.along(fit.entry) {
                let with = match other.binary_search_by_key(&crossing.other, |fit| fit.entry) {
                    Ok(at) => other[at],
                    // The other street is still to be typed.
                    Err(_) if b.is_empty() => {
                        Fit { entry: crossing.other, mistakes: 0, forgiven: How::Prefix }
                    }
                    Err(_) => continue,
                };
                self.crossing((fit, with), crossing.node, crossing.at, said);
            }
        }
    }

    fn crossing(&mut self, (a, b): (Fit, Fit), node: NodeId, at: LonLat, said: bool) {
        let least = if said { How::Exact } else { How::WordPrefix };
        let rank = Rank {
            how: a.how().max(b.how()).max(least),
            mistakes: a.mistakes.saturating_add(b.mistakes),
            forgiven: a.forgiven.max(b.forgiven).max(least),
            number_unknown: false,
            // A crossing is as near the front as both its streets are.
            behind: u16::midpoint(self.behind(a.entry, at), self.behind(b.entry, at)),
        };
        let called = Called::Crossing(a.entry, b.entry);
        self.found.push(Candidate { target: Target::Crossing(node), at, rank, called });
    }

    /// The best `limit`, each target once.
    fn best(mut self, limit: usize, language: Language) -> Vec<Hit> {
        self.found.sort_by_key(|one| (one.identity(), one.rank));
        self.found.dedup_by_key(|one| one.identity());
        if let Some(last) = limit.checked_sub(1).filter(|&last| last < self.found.len()) {
            let (_, &mut worst, _) = self.found.select_nth_unstable_by_key(last, |one| one.rank);
            self.found.retain(|one| one.rank <= worst.rank);
        }
        let hit = |one: &Candidate<'a>| Hit {
            target: one.target,
            label: self.label(one.called, language),
            at: one.at,
            rank: one.rank,
        };
        let mut hits: Vec<Hit> = self.found.iter().map(hit).collect();
        hits.sort_by(|a, b| {
            (a.rank, &a.label, a.target, a.at).cmp(&(b.rank, &b.label, b.target, b.at))
        });
        hits.truncate(limit);
        hits
    }

    fn label(&self, called: Called<'_>, language: Language) -> String {
        let entries = &self.all.entries;
        match called {
            Called::Entry(entry) => entries.label(entry, language).to_owned(),
            Called::Crossing(a, b) => {
                let (a, b) = (entries.label(a, language), entries.label(b, language));
                if ends_in_han(a) && ends_in_han(b) {
                    format!("{a}与{b}")
                } else {
                    format!("{a} & {b}")
                }
            }
            Called::House(street, house) => self.address(entries.label(street, language), house),
        }
    }

    fn address(&self, street: &str, house: &House) -> String {
        let houses = &self.all.houses;
        let (number, detail) = (houses.number(house), houses.detail(house));
        let gap = if detail.is_empty() { "" } else { ", " };
        if ends_in_han(street) {
            format!("{street}{number}号{gap}{detail}")
        } else {
            format!("{number} {street}{gap}{detail}")
        }
    }
}

fn ends_in_han(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}
