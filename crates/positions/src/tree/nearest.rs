//! The nearest places: boxes are opened in the order of how near anything in them can be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use precinct_base::{LonLat, Millimetres};

use super::floor::{Floor, distance};
use super::{Node, Spot, Tree};

/// The best so far.
struct Best {
    from: LonLat,
    floor: Floor,
    count: usize,
    limit: u64,
    /// The square of the shortest distance, in millimetres, that is of no use any more.
    bar: u64,
    heap: BinaryHeap<(u64, u32)>,
}

impl Best {
    fn new(from: LonLat, count: usize, limit: Millimetres) -> Self {
        let heap = BinaryHeap::with_capacity(count);
        Self { from, floor: Floor::from(from), count, limit: limit.0, bar: beyond(limit.0), heap }
    }

    fn offer(&mut self, spot: &Spot) {
        if self.floor.to_spot(spot) >= self.bar {
            return;
        }
        let distance = distance(self.from, spot.at);
        if distance > self.limit {
            return;
        }
        if self.heap.len() < self.count {
            self.heap.push((distance, spot.id));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && (distance, spot.id) < *worst
        {
            *worst = (distance, spot.id);
        }
        if self.heap.len() == self.count
            && let Some(worst) = self.heap.peek()
        {
            self.bar = beyond(worst.0);
        }
    }
}

/// The square of the next distance after this one.
const fn beyond(distance: u64) -> u64 {
    let next = distance.saturating_add(1);
    next.saturating_mul(next)
}

impl Tree {
    /// The `count` places nearest to `from` and not farther than `limit`, with their distances; the nearest first, of several as
    /// near the one with the smaller id first.
    pub(crate) fn nearest(
        &self,
        from: LonLat,
        count: usize,
        limit: Millimetres,
    ) -> Vec<(Millimetres, u32)> {
        let count = count.min(self.len());
        let Some(root) = self.root().filter(|_| count > 0) else { return Vec::new() };
        let mut best = Best::new(from, count, limit);
        let mut open = BinaryHeap::with_capacity(64);
        open.push(Reverse((best.floor.to_extent(self.extent(root)), root)));
        while let Some(Reverse((least, node))) = open.pop() {
            if least >= best.bar {
                break;
            }
            self.open(node, &mut best, &mut open);
        }
        let found = best.heap.into_sorted_vec();
        found.into_iter().map(|(distance, id)| (Millimetres(distance), id)).collect()
    }

    fn open(&self, node: Node, best: &mut Best, open: &mut BinaryHeap<Reverse<(u64, Node)>>) {
        if node.storey == 0 {
            for spot in self.spots(node) {
                best.offer(spot);
            }
            return;
        }
        for (child, extent) in self.extents(node) {
            let least = best.floor.to_extent(extent);
            if least < best.bar {
                open.push(Reverse((least, child)));
            }
        }
    }
}
