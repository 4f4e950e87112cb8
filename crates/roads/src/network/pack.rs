//! Arcs packed for searching: sixteen bytes a node.
//!
//! A bounded search from a place nobody asked about a moment ago spends most of its time waiting for memory, so what counts is
//! how few cache lines a ball of streets lies in. Nodes are in Hilbert order, so the head of an arc is near its tail: it is kept as
//! a difference of 16 bits, beside 16 bits of milliseconds. Four arcs fill a record; a node that does not fit (more than four
//! arcs, an arc longer than 65 seconds, a far neighbour) keeps its arcs in a list of its own.

/// An arc seen from its tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arc {
    pub(crate) head: u32,
    pub(crate) ms: u32,
}

/// The four arcs of one node: head minus tail in the upper half of each word, milliseconds in the lower. An unused arc is 0: a
/// loop that takes no time and so improves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C, align(16))]
pub(crate) struct Record(pub(crate) [u32; 4]);

/// In the lower half of a record's first word: its arcs are `wide[word 1..word 1 + word 2]`.
const WIDE: u32 = 0xFFFF;

impl Record {
    /// Where the arcs of a node that does not fit are kept.
    pub(crate) const fn wide(self) -> Option<(u32, u32)> {
        if self.0[0] & WIDE == WIDE { Some((self.0[1], self.0[2])) } else { None }
    }

    /// Head and milliseconds of arc `i` of the node `tail`.
    pub(crate) const fn arc(self, tail: u32, i: usize) -> Arc {
        let word = self.0[i];
        Arc { head: tail.wrapping_add_signed((word as i32) >> 16), ms: word & 0xFFFF }
    }
}

/// All arcs of a network in one direction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    pub(crate) records: Vec<Record>,
    pub(crate) wide: Vec<Arc>,
    /// Log2 of the width of a bucket in milliseconds.
    pub(crate) shift: u32,
    /// The longest arc, and the longest stretch a search may start with.
    pub(crate) longest_ms: u32,
}

impl Packed {
    /// Packs arcs given by tail in any order. Loops are dropped; of parallel arcs the quickest is kept.
    pub(crate) fn new(nodes: usize, arcs: impl Iterator<Item = (u32, Arc)>) -> Self {
        let mut all: Vec<(u32, Arc)> = arcs.collect();
        let longest_ms = all.iter().map(|(_, arc)| arc.ms).max().unwrap_or(0);
        all.retain(|(tail, arc)| *tail != arc.head);
        all.sort_unstable();
        all.dedup_by_key(|(tail, arc)| (*tail, arc.head));
        let mut packed = Self { longest_ms, shift: bucket_shift(&all), ..Self::default() };
        packed.records.reserve_exact(nodes);
        let mut rest = &all[..];
        for node in 0..nodes as u32 {
            let count = rest.iter().take_while(|(tail, _)| *tail == node).count();
            let (own, after) = rest.split_at(count);
            packed.push(node, own);
            rest = after;
        }
        packed
    }

    fn push(&mut self, node: u32, own: &[(u32, Arc)]) {
        let record = narrow(node, own).unwrap_or_else(|| {
            let start = self.wide.len() as u32;
            self.wide.extend(own.iter().map(|(_, arc)| *arc));
            Record([WIDE, start, own.len() as u32, 0])
        });
        self.records.push(record);
    }

    /// The arcs of a node.
    pub(crate) fn at(&self, node: u32) -> impl Iterator<Item = Arc> + '_ {
        let record = self.records[node as usize];
        let (start, count) = record.wide().unwrap_or((0, 0));
        let few = if record.wide().is_some() { 0 } else { 4 };
        let own = (0..few).map(move |i| record.arc(node, i)).filter(move |arc| arc.head != node);
        own.chain(self.wide[start as usize..(start + count) as usize].iter().copied())
    }
}

/// The record of a node whose arcs all fit.
fn narrow(node: u32, own: &[(u32, Arc)]) -> Option<Record> {
    if own.len() > 4 {
        return None;
    }
    let mut words = [0; 4];
    for (word, (_, arc)) in words.iter_mut().zip(own) {
        let away = i16::try_from(i64::from(arc.head) - i64::from(node)).ok()?;
        let ms = u16::try_from(arc.ms).ok().filter(|&ms| u32::from(ms) != WIDE)?;
        *word = (away as u32) << 16 | u32::from(ms);
    }
    Some(Record(words))
}

/// Buckets a quarter as wide as the median arc: few nodes are then settled twice, and few buckets are empty.
fn bucket_shift(arcs: &[(u32, Arc)]) -> u32 {
    let mut times: Vec<u32> = arcs.iter().map(|(_, arc)| arc.ms).collect();
    let middle = times.len() / 2;
    let median = if times.is_empty() { 0 } else { *times.select_nth_unstable(middle).1 };
    (median / 4).max(1).ilog2().clamp(4, 16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bucket_is_about_a_quarter_of_an_arc() {
        let arcs = |ms| vec![(0, Arc { head: 1, ms })];
        assert_eq!(bucket_shift(&arcs(8_399)), 11);
        assert_eq!(bucket_shift(&arcs(0)), 4);
        assert_eq!(bucket_shift(&[]), 4);
        assert_eq!(bucket_shift(&arcs(u32::MAX)), 16);
    }

    proptest! {
        #[test]
        fn every_arc_comes_back(arcs in prop::collection::vec((0u32..70_000, 0u32..70_000, prop_oneof![0u32..70_000, Just(65_535u32)]), 0..60)) {
            let packed = Packed::new(70_000, arcs.iter().map(|&(tail, head, ms)| (tail, Arc { head, ms })));
            for node in arcs.iter().map(|arc| arc.0) {
                let mut heads: Vec<u32> = arcs.iter().filter(|arc| arc.0 == node && arc.1 != node).map(|arc| arc.1).collect();
                heads.sort_unstable();
                heads.dedup();
                let quickest = |head| arcs.iter().filter(|arc| (arc.0, arc.1) == (node, head)).map(|arc| arc.2).min();
                let want: Vec<Arc> = heads.iter().map(|&head| Arc { head, ms: quickest(head).unwrap() }).collect();
                prop_assert_eq!(packed.at(node).collect::<Vec<_>>(), want);
            }
        }
    }
}
