//! Merging: sets of coverers are looked up by a hash with fixed keys, so that equal ones become one row whatever the order.

use super::{Rows, Tag};

/// No entry.
const EMPTY: u32 = u32::MAX;

/// Sets of coverers, each with what stands behind it, as they come in.
#[derive(Clone, Debug)]
pub struct Merge {
    candidates: usize,
    /// Entries by hash, a power of two of them.
    slots: Vec<u32>,
    hashes: Vec<u64>,
    first: Vec<u64>,
    who: Vec<u32>,
    tags: Vec<Tag>,
    weights: Vec<u64>,
    places: u64,
}

impl Merge {
    /// Nothing yet.
    pub fn new(candidates: usize) -> Self {
        Self {
            candidates,
            slots: vec![EMPTY; 64],
            hashes: Vec::new(),
            first: vec![0],
            who: Vec::new(),
            tags: Vec::new(),
            weights: Vec::new(),
            places: 0,
        }
    }

    /// Adds a place of demand with the candidates that cover it, ascending.
    pub fn add(&mut self, coverers: &[u32], weight: u64) {
        self.count(coverers, Tag::PLAIN, weight);
    }

    pub(crate) fn count(&mut self, coverers: &[u32], tag: Tag, weight: u64) {
        self.places += 1;
        self.put(coverers, tag, weight);
    }

    /// Adds a set of which one has to be chosen.
    pub(crate) fn require(&mut self, coverers: &[u32]) {
        self.put(coverers, Tag { must: true, ..Tag::PLAIN }, 0);
    }

    fn put(&mut self, coverers: &[u32], tag: Tag, weight: u64) {
        let hash = hash(coverers, tag);
        let mut slot = hash as usize & (self.slots.len() - 1);
        loop {
            let entry = self.slots[slot];
            if entry == EMPTY {
                break;
            }
            let i = entry as usize;
            if self.hashes[i] == hash && self.tags[i] == tag && self.set(i) == coverers {
                self.weights[i] = self.weights[i].saturating_add(weight);
                return;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = self.hashes.len() as u32;
        self.hashes.push(hash);
        self.who.extend_from_slice(coverers);
        self.first.push(self.who.len() as u64);
        self.tags.push(tag);
        self.weights.push(weight);
        if self.hashes.len() * 2 > self.slots.len() {
            self.grow();
        }
    }

    fn set(&self, entry: usize) -> &[u32] {
        &self.who[self.first[entry] as usize..self.first[entry + 1] as usize]
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        self.slots = vec![EMPTY; size];
        for (entry, &hash) in self.hashes.iter().enumerate() {
            let mut slot = hash as usize & (size - 1);
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = entry as u32;
        }
    }

    /// Both together.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        if self.hashes.is_empty() {
            return other;
        }
        self.places += other.places;
        for entry in 0..other.hashes.len() {
            self.put(other.set(entry), other.tags[entry], other.weights[entry]);
        }
        self
    }

    /// Every different set with the weight behind it, in the order they came in.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&[u32], u64)> + '_ {
        (0..self.hashes.len()).map(|entry| (self.set(entry), self.weights[entry]))
    }

    pub(crate) const fn places(&self) -> u64 {
        self.places
    }

    /// The places that were merged, where sets are put in by others than [`Merge::add`].
    pub(crate) const fn set_places(&mut self, places: u64) {
        self.places = places;
    }

    /// The rows, in order of their sets.
    pub fn finish(self) -> Rows {
        let mut order: Vec<u32> = (0..self.hashes.len() as u32).collect();
        let key = |&entry: &u32| (self.set(entry as usize), self.tags[entry as usize]);
        order.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let mut rows = Rows {
            candidates: self.candidates,
            first: Vec::with_capacity(order.len() + 1),
            who: Vec::with_capacity(self.who.len()),
            weights: Vec::with_capacity(order.len()),
            tags: Vec::with_capacity(order.len()),
            places: self.places,
            total: 0,
        };
        rows.first.push(0);
        for entry in order.into_iter().map(|entry| entry as usize) {
            rows.who.extend_from_slice(self.set(entry));
            rows.first.push(rows.who.len() as u64);
            rows.weights.push(self.weights[entry]);
            rows.tags.push(self.tags[entry]);
            rows.total = rows.total.saturating_add(self.weights[entry]);
        }
        rows
    }
}

/// A hash by multiplication and rotation, as in Firefox's and rustc's; with fixed keys.
fn hash(coverers: &[u32], tag: Tag) -> u64 {
    const KEY: u64 = 0x517c_c1b7_2722_0a95;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(KEY);
    let start = mix(u64::from(tag.area), u64::from(tag.must));
    let hash = coverers.iter().fold(start, |hash, &one| mix(hash, u64::from(one) + 1));
    hash ^ hash >> 32
}
