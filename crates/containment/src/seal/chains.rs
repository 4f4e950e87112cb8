//! Junctions in a row between which there is nothing to choose.
//!
//! Where every way through a junction comes from one of two neighbours and goes on to the other, whoever passes one of a row of such
//! junctions passes all. Closing any of them closes the row, so that for a cut the row is one node; and who closes it does so where that
//! leaves most slack.

const NOWHERE: u32 = u32::MAX;

/// Nodes in rows; a node that is in no row is one by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    /// The row of each node.
    pub(super) of: Vec<u32>,
    /// Where in its row each node is, from 0.
    pub(super) place: Vec<u32>,
    /// Where the nodes of each row start in `nodes`.
    first: Vec<u32>,
    /// Row after row, its nodes from one end to the other.
    nodes: Vec<u32>,
    /// Whether one can go from each one's first node to its last, and back.
    there: Vec<bool>,
    back: Vec<bool>,
    /// The two neighbours of each node that can be in a row.
    beside: Vec<[u32; 2]>,
}

impl Chains {
    pub(super) fn len(&self) -> usize {
        self.there.len()
    }

    /// The nodes of a row, from one end to the other.
    pub(super) fn nodes(&self, row: usize) -> &[u32] {
        &self.nodes[self.first[row] as usize..self.first[row + 1] as usize]
    }

    /// Whether one who comes to a node from outside its row can go on to the other end.
    pub(super) fn leads_on(&self, node: u32) -> bool {
        let row = self.of[node as usize] as usize;
        let own = self.nodes(row);
        let enters = |end: Option<&u32>, may: bool| may && end == Some(&node);
        enters(own.first(), self.there[row]) || enters(own.last(), self.back[row])
    }

    /// Whether one who came by its row can leave it at a node.
    pub(super) fn lets_out(&self, node: u32) -> bool {
        let row = self.of[node as usize] as usize;
        let own = self.nodes(row);
        let leaves = |end: Option<&u32>, may: bool| may && end == Some(&node);
        leaves(own.last(), self.there[row]) || leaves(own.first(), self.back[row])
    }

    /// Finds the rows among `beside.len()` nodes; those with two neighbours can be in one. `arc` says whether a street leads from one to
    /// the next.
    pub(super) fn find(
        &mut self,
        beside: impl Iterator<Item = Option<[u32; 2]>>,
        arc: impl Fn(u32, u32) -> bool,
    ) {
        self.beside.clear();
        self.beside.extend(beside.map(|two| two.unwrap_or([NOWHERE; 2])));
        self.of.clear();
        self.of.resize(self.beside.len(), NOWHERE);
        self.place.clear();
        self.place.resize(self.beside.len(), 0);
        for memory in [&mut self.first, &mut self.nodes] {
            memory.clear();
        }
        self.there.clear();
        self.back.clear();
        for node in 0..self.beside.len() as u32 {
            if self.of[node as usize] == NOWHERE {
                self.row(node, &arc);
            }
        }
        self.first.push(self.nodes.len() as u32);
    }

    /// The row that a node is in.
    fn row(&mut self, node: u32, arc: &impl Fn(u32, u32) -> bool) {
        let (row, start) = (self.there.len() as u32, self.nodes.len());
        self.first.push(start as u32);
        self.join(node, row);
        let [one, other] = self.beside[node as usize];
        self.go(node, one, row);
        self.nodes[start..].reverse();
        self.go(node, other, row);
        for (place, &node) in (0..).zip(&self.nodes[start..]) {
            self.place[node as usize] = place;
        }
        let own = &self.nodes[start..];
        self.there.push(own.windows(2).all(|pair| arc(pair[0], pair[1])));
        self.back.push(own.windows(2).all(|pair| arc(pair[1], pair[0])));
    }

    fn join(&mut self, node: u32, row: u32) {
        self.of[node as usize] = row;
        self.nodes.push(node);
    }

    /// Goes on from a node to the next, as far as the row goes.
    fn go(&mut self, mut from: u32, mut to: u32, row: u32) {
        while to != NOWHERE && self.of[to as usize] == NOWHERE {
            let [one, other] = self.beside[to as usize];
            if one == NOWHERE {
                return;
            }
            self.join(to, row);
            (from, to) = (to, if one == from { other } else { one });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const NODES: u32 = 9;

    fn beside(streets: &BTreeSet<(u32, u32)>, node: u32) -> Vec<u32> {
        let ends = streets.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
        let own: BTreeSet<u32> = ends.filter(|end| end.0 == node).map(|end| end.1).collect();
        own.into_iter().collect()
    }

    proptest! {
        #[test]
        fn a_row_is_what_hangs_together_of_nodes_with_two_neighbours(
            drawn in prop::collection::btree_set((0..NODES, 0..NODES), 0..14)
        ) {
            let streets: BTreeSet<(u32, u32)> =
                drawn.into_iter().filter(|(tail, head)| tail != head).collect();
            let two = |node| <[u32; 2]>::try_from(beside(&streets, node)).ok();
            let arc = |tail, head| streets.contains(&(tail, head));
            let mut chains = Chains::default();
            chains.find((0..NODES).map(two), arc);
            let mut all: Vec<u32> = Vec::new();
            for row in 0..chains.len() {
                let own = chains.nodes(row);
                prop_assert!(own.len() == 1 || own.iter().all(|&node| two(node).is_some()));
                prop_assert!(own.windows(2).all(|pair| beside(&streets, pair[0]).contains(&pair[1])));
                for (place, &node) in own.iter().enumerate() {
                    prop_assert_eq!(chains.of[node as usize] as usize, row);
                    prop_assert_eq!(chains.place[node as usize] as usize, place);
                    let next = beside(&streets, node).into_iter().filter(|&next| two(next).is_some());
                    for next in next.filter(|_| two(node).is_some()) {
                        prop_assert!(own.contains(&next), "a row ends too soon");
                    }
                }
                let mut back = own.to_vec();
                back.reverse();
                let leads = |own: &[u32]| own.windows(2).all(|pair| arc(pair[0], pair[1]));
                let (first, last) = (own[0], back[0]);
                let one = own.len() == 1;
                prop_assert_eq!(chains.leads_on(first), leads(own) || one);
                prop_assert_eq!(chains.leads_on(last), leads(&back) || one);
                prop_assert_eq!(chains.lets_out(last), leads(own) || one);
                prop_assert_eq!(chains.lets_out(first), leads(&back) || one);
                all.extend(own);
            }
            all.sort_unstable();
            prop_assert_eq!(all, (0..NODES).collect::<Vec<u32>>());
        }
    }
}
