//! Sixteen-byte records, as Precinct has them: four arcs, each 16 bits of difference and 16 bits of milliseconds.

use precinct_bench::baseline::Csr;

/// The four arcs of a node; an unused one is a loop that takes no time.
#[derive(Clone, Copy, Default)]
#[repr(C, align(16))]
pub(crate) struct Record([u32; 4]);

/// In the lower half of the first word: the arcs are in the list of those that do not fit.
const WIDE: u32 = 0xFFFF;

impl Record {
    /// Where the arcs of a node that does not fit are: start and count.
    pub(crate) const fn wide(self) -> Option<(u32, u32)> {
        if self.0[0] & WIDE == WIDE { Some((self.0[1], self.0[2])) } else { None }
    }

    /// Head and milliseconds of arc `i`.
    pub(crate) const fn arc(self, tail: u32, i: usize) -> (u32, u32) {
        let word = self.0[i];
        (tail.wrapping_add_signed((word as i32) >> 16), word & 0xFFFF)
    }

    /// All four.
    pub(crate) const fn arcs(self, tail: u32) -> [(u32, u32); 4] {
        [self.arc(tail, 0), self.arc(tail, 1), self.arc(tail, 2), self.arc(tail, 3)]
    }
}

/// Arcs in records.
#[derive(Default)]
pub(crate) struct Packed {
    pub(crate) records: Vec<Record>,
    pub(crate) wide: Vec<(u32, u32)>,
}

impl Packed {
    /// All arcs of a graph.
    pub(crate) fn of(graph: &Csr) -> Self {
        let mut packed = Self::default();
        (0..graph.nodes() as u32).for_each(|node| packed.push(graph.arcs(node)));
        packed
    }

    /// Adds the next node.
    pub(crate) fn push(&mut self, arcs: &[(u32, u32)]) {
        let node = self.records.len() as u32;
        let record = narrow(node, arcs).unwrap_or_else(|| {
            let start = self.wide.len() as u32;
            self.wide.extend_from_slice(arcs);
            Record([WIDE, start, arcs.len() as u32, 0])
        });
        self.records.push(record);
    }

    /// The arcs of a node that does not fit a record.
    pub(crate) fn list(&self, (start, count): (u32, u32)) -> &[(u32, u32)] {
        &self.wide[start as usize..(start + count) as usize]
    }
}

fn narrow(node: u32, arcs: &[(u32, u32)]) -> Option<Record> {
    if arcs.len() > 4 {
        return None;
    }
    let mut words = [0; 4];
    for (word, &(head, ms)) in words.iter_mut().zip(arcs) {
        let away = i16::try_from(i64::from(head) - i64::from(node)).ok()?;
        let ms = u16::try_from(ms).ok().filter(|&ms| u32::from(ms) != WIDE)?;
        *word = (away as u32) << 16 | u32::from(ms);
    }
    Some(Record(words))
}
