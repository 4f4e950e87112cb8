//! Lists of numbers, one after the other in one piece of memory.

/// Lists, each known by its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sets {
    first: Vec<u32>,
    items: Vec<u32>,
}

impl Default for Sets {
    fn default() -> Self {
        Self { first: vec![0], items: Vec::new() }
    }
}

impl Sets {
    /// How many lists there are.
    pub(crate) const fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// How long all are together.
    pub(crate) const fn total(&self) -> usize {
        self.items.len()
    }

    /// A list.
    pub(crate) fn get(&self, index: usize) -> &[u32] {
        &self.items[self.first[index] as usize..self.first[index + 1] as usize]
    }

    /// Adds a list.
    pub(crate) fn push(&mut self, items: impl IntoIterator<Item = u32>) {
        self.items.extend(items);
        self.first.push(self.items.len() as u32);
    }

    /// For each number below `count` the lists it is in, ascending.
    pub(crate) fn turned(&self, count: usize) -> Self {
        let mut first = vec![0u32; count + 1];
        for &item in &self.items {
            first[item as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut items = vec![0u32; self.items.len()];
        for list in 0..self.len() {
            for &item in self.get(list) {
                let slot = &mut next[item as usize];
                items[*slot as usize] = list as u32;
                *slot += 1;
            }
        }
        Self { first, items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_twice_gives_the_same() {
        let mut sets = Sets::default();
        for list in [&[0, 2][..], &[], &[1, 2]] {
            sets.push(list.iter().copied());
        }
        let turned = sets.turned(3);
        assert_eq!([turned.get(0), turned.get(1), turned.get(2)], [&[0][..], &[2], &[0, 2]]);
        assert_eq!((turned.turned(3), sets.total()), (sets, 4));
    }
}
