//! Several ways to answer the same question, measured in turn in the same rounds, every answer held against the first's.

use crate::timing::{Times, median, microseconds};

/// What one source reaches: node and milliseconds, in order of node.
pub type Answer = Vec<(u32, u32)>;

/// A way to search. Nodes are those of the network.
pub trait Contender {
    /// How many sources it is given at once.
    fn group(&self) -> usize {
        1
    }

    /// Searches from each source and adds up the milliseconds of everything reached, so that every answer is read once.
    fn search(&mut self, sources: &[u32]) -> u64;

    /// The answers of the last search, one a source.
    fn answers(&mut self) -> Vec<Answer>;
}

/// A contender and the order in which it is given the sources.
pub struct Entry<'a> {
    /// What it is called in the table.
    pub name: String,
    /// It.
    pub contender: Box<dyn Contender + 'a>,
    /// Its sources.
    pub sources: Vec<u32>,
}

impl<'a> Entry<'a> {
    /// An entry.
    pub fn new(name: &str, contender: impl Contender + 'a, sources: &[u32]) -> Self {
        let (name, sources) = (name.to_owned(), sources.to_vec());
        Self { name, contender: Box::new(contender), sources }
    }
}

/// What was measured of one contender, over all rounds.
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Microseconds a source.
    pub us: Times,
    /// Nanoseconds for each node reached, the middle of all searches.
    pub ns_per_node: f64,
    /// The reference's median time over this one's, the middle of the rounds.
    pub ratio: f64,
}

/// How many nodes each source reaches, in order of source.
pub struct Sizes(Vec<(u32, u32)>);

impl Sizes {
    /// How many nodes these sources reach.
    ///
    /// # Panics
    /// If one is not known.
    pub fn of(&self, sources: &[u32]) -> u32 {
        let size = |source: &u32| {
            let at = self.0.binary_search_by_key(source, |known| known.0);
            self.0[at.expect("a known source")].1
        };
        sources.iter().map(size).sum()
    }

    /// The middle size.
    pub fn median(&self) -> u32 {
        median(self.0.iter().map(|known| f64::from(known.1))) as u32
    }
}

/// Asserts that all entries give the first one's answers to all of their sources.
///
/// # Panics
/// If an answer differs.
pub fn check(entries: &mut [Entry<'_>]) -> Sizes {
    let Some((first, others)) = entries.split_first_mut() else { return Sizes(Vec::new()) };
    let truth = answers(first);
    for entry in others {
        for (source, answer) in answers(entry) {
            let at = truth.binary_search_by_key(&source, |known| known.0).expect("a known source");
            assert!(answer == truth[at].1, "{} from node {source} differs", entry.name);
        }
    }
    Sizes(truth.into_iter().map(|(source, answer)| (source, answer.len() as u32)).collect())
}

fn answers(entry: &mut Entry<'_>) -> Vec<(u32, Answer)> {
    let mut all = Vec::new();
    for group in entry.sources.chunks(entry.contender.group()) {
        entry.contender.search(group);
        all.extend(group.iter().copied().zip(entry.contender.answers()));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Measures all entries in every round; ratios are to the entry `reference`.
pub fn measure(
    entries: &mut [Entry<'_>],
    sizes: &Sizes,
    rounds: usize,
    reference: usize,
) -> Vec<Measured> {
    let mut all: Vec<Vec<Round>> = entries.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (entry, rounds) in entries.iter_mut().zip(&mut all) {
            rounds.push(round(entry, sizes));
        }
    }
    let base: Vec<f64> = all[reference].iter().map(|round| round.us.median()).collect();
    let measured = |(entry, rounds): (&Entry<'_>, Vec<Round>)| {
        let ratios = rounds.iter().zip(&base).map(|(round, base)| base / round.us.median());
        let ratio = median(ratios);
        let ns_per_node = median(rounds.iter().map(|round| round.ns_per_node));
        let us = Times::merged(rounds.into_iter().map(|round| round.us));
        Measured { name: entry.name.clone(), us, ns_per_node, ratio }
    };
    entries.iter().zip(all).map(measured).collect()
}

struct Round {
    us: Times,
    ns_per_node: f64,
}

fn round(entry: &mut Entry<'_>, sizes: &Sizes) -> Round {
    let mut each = Vec::new();
    let mut per_node = Vec::new();
    for group in entry.sources.chunks(entry.contender.group()) {
        let (us, _) = microseconds(|| entry.contender.search(group));
        each.push(us / group.len() as f64);
        per_node.push(us * 1e3 / f64::from(sizes.of(group)));
    }
    Round { us: each.into_iter().collect(), ns_per_node: median(per_node) }
}
