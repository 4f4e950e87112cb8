//! A set of junctions of a map that gives them back in order.

use precinct_base::NodeId;

/// One bit for each junction.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    /// Makes room for a map of so many junctions.
    pub(super) fn fit(&mut self, nodes: usize) {
        self.0.resize(nodes.div_ceil(64), 0);
    }

    /// Puts one in.
    pub(super) fn put(&mut self, node: NodeId) {
        self.0[node.index() / 64] |= 1 << (node.index() % 64);
    }

    /// Tells all that are in, ascending, and takes them out.
    pub(super) fn take(&mut self, mut tell: impl FnMut(NodeId)) {
        for (i, word) in self.0.iter_mut().enumerate().filter(|(_, word)| **word != 0) {
            let mut left = std::mem::take(word);
            while left != 0 {
                tell(NodeId(i as u32 * 64 + left.trailing_zeros()));
                left &= left - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_put_in_comes_out_once_and_in_order(put in prop::collection::vec(0u32..300, 0..90)) {
            let mut marks = Marks::default();
            marks.fit(300);
            for &node in &put {
                marks.put(NodeId(node));
            }
            let mut told = Vec::new();
            marks.take(|node| told.push(node.0));
            let mut want = put;
            want.sort_unstable();
            want.dedup();
            prop_assert_eq!(told, want);
            marks.take(|node| panic!("{node:?} is still in"));
        }
    }
}
