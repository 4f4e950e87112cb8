//! Sharing out demand, step by step: each post takes what is unserved when it comes. A plan is built by it and valued by the flow.

use super::super::Tally;
use super::Served;

/// What is picked so far, and who took what.
#[derive(Clone, Debug)]
pub(crate) struct ServedTally<'a> {
    served: &'a Served,
    rest: Vec<i64>,
    taken: Vec<(u32, Vec<(u32, i64)>)>,
    value: i64,
}

impl<'a> ServedTally<'a> {
    pub(super) fn new(served: &'a Served) -> Self {
        let rest = served.weights.clone();
        let mut tally = Self { served, rest, taken: Vec::new(), value: 0 };
        for &one in &served.chosen {
            tally.add(one);
        }
        tally
    }
}

impl Tally for ServedTally<'_> {
    fn add(&mut self, candidate: u32) {
        let mut left = self.served.capacity[candidate as usize];
        let mut taken = Vec::new();
        for &row in self.served.columns.get(candidate as usize) {
            let part = left.min(self.rest[row as usize]);
            if part > 0 {
                self.rest[row as usize] -= part;
                left -= part;
                taken.push((row, part));
            }
        }
        self.value += taken.iter().map(|one| one.1).sum::<i64>();
        self.taken.push((candidate, taken));
    }

    fn remove(&mut self, candidate: u32) {
        if let Some(place) = self.taken.iter().position(|one| one.0 == candidate) {
            for (row, part) in self.taken.remove(place).1 {
                self.rest[row as usize] += part;
                self.value -= part;
            }
        }
    }

    fn gain(&self, candidate: u32) -> i64 {
        let rows = self.served.columns.get(candidate as usize).iter();
        let open: i64 = rows.map(|&row| self.rest[row as usize]).sum();
        open.min(self.served.capacity[candidate as usize])
    }

    fn value(&self) -> i64 {
        self.value
    }
}
