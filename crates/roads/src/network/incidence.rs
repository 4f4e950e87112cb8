//! Which segments meet at a node.

use precinct_base::{NodeId, SegmentId};

use crate::{Along, RoadMap};

/// For each node, the ends of segments at it, in the order of segments.
#[derive(Clone, Debug)]
pub(crate) struct Incidence {
    first: Vec<u32>,
    ends: Vec<u32>,
}

impl Incidence {
    pub(crate) fn new(map: &RoadMap) -> Self {
        let ends = || map.segments.from.iter().zip(&map.segments.to).enumerate();
        let mut first = vec![0u32; map.node_count() + 1];
        for (_, (&from, &to)) in ends() {
            first[from as usize + 1] += 1;
            first[to as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut all = vec![0; map.segment_count() * 2];
        for (segment, (&from, &to)) in ends() {
            for (node, backward) in [(from, 0), (to, 1)] {
                all[next[node as usize] as usize] = (segment as u32) << 1 | backward;
                next[node as usize] += 1;
            }
        }
        Self { first, ends: all }
    }

    /// The segments that start or end at `node`, and which way along each leads away from it. A loop is there twice.
    pub(crate) fn at(&self, node: NodeId) -> impl Iterator<Item = (SegmentId, Along)> + '_ {
        let range = self.first[node.index()] as usize..self.first[node.index() + 1] as usize;
        self.ends[range].iter().map(|&end| {
            let away = if end & 1 == 0 { Along::Forward } else { Along::Backward };
            (SegmentId(end >> 1), away)
        })
    }
}
