//! A packed tree of boxes round segments.
//!
//! Segments already lie along a Hilbert curve, so that neighbours in the map are neighbours on the ground: boxes round sixteen
//! of them, then round sixteen boxes, and so on, are a good tree without any sorting (I. Kamel and C. Faloutsos, *On packing
//! R-trees*, CIKM 1993). Far strays and long ferries do not slow it down, as they would a grid.

use std::ops::Range;

use precinct_base::{LonLat, Millimetres, SegmentId};

use super::measure::{Found, View};
use crate::RoadMap;

/// Boxes within one box.
const FANOUT: usize = 16;

/// The least and greatest longitude and latitude of something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) low: (i32, i32),
    pub(super) high: (i32, i32),
}

impl Extent {
    const NONE: Self = Self { low: (i32::MAX, i32::MAX), high: (i32::MIN, i32::MIN) };

    fn with(self, place: LonLat) -> Self {
        let at = Self { low: (place.lon(), place.lat()), high: (place.lon(), place.lat()) };
        self.joined(&at)
    }

    fn joined(self, other: &Self) -> Self {
        Self {
            low: (self.low.0.min(other.low.0), self.low.1.min(other.low.1)),
            high: (self.high.0.max(other.high.0), self.high.1.max(other.high.1)),
        }
    }
}

/// Extents by level: of the segments, of groups of those, of groups of groups, up to a level of one group or less.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    levels: Vec<Vec<Extent>>,
}

impl Tree {
    pub(super) fn over(map: &RoadMap) -> Self {
        let around = |id| map.shape(id).fold(Extent::NONE, Extent::with);
        let mut levels: Vec<Vec<Extent>> = vec![map.segment_ids().map(around).collect()];
        while let Some(below) = levels.last().filter(|level| level.len() > FANOUT) {
            let groups = below.chunks(FANOUT);
            levels.push(
                groups.map(|group| group.iter().fold(Extent::NONE, Extent::joined)).collect(),
            );
        }
        Self { levels }
    }

    /// Adds the segments nearest to the view's place to `nearest`.
    pub(super) fn search(
        &self,
        map: &RoadMap,
        view: &View,
        accept: &impl Fn(SegmentId) -> bool,
        nearest: &mut Nearest,
    ) {
        let top = self.levels.len() - 1;
        let mut descent = Descent { levels: &self.levels, map, view, accept, nearest };
        descent.visit(top, 0..self.levels[top].len());
    }
}

/// One search on its way down the tree.
struct Descent<'a, A> {
    levels: &'a [Vec<Extent>],
    map: &'a RoadMap,
    view: &'a View,
    accept: &'a A,
    nearest: &'a mut Nearest,
}

impl<A: Fn(SegmentId) -> bool> Descent<'_, A> {
    /// Looks at the boxes of one group, from the nearest to the farthest that can still matter.
    fn visit(&mut self, level: usize, group: Range<usize>) {
        let boxes = &self.levels[level];
        let mut near = [(0u128, 0usize); FANOUT];
        let mut count = 0;
        for i in group {
            let square = self.view.to_extent(&boxes[i]);
            if square <= self.nearest.reach() {
                near[count] = (square, i);
                count += 1;
            }
        }
        let near = &mut near[..count];
        near.sort_unstable();
        for &(square, i) in &*near {
            if square > self.nearest.reach() {
                break;
            }
            if level > 0 {
                let below = self.levels[level - 1].len();
                self.visit(level - 1, i * FANOUT..((i + 1) * FANOUT).min(below));
            } else if (self.accept)(SegmentId(i as u32)) {
                self.nearest.offer(self.view.to_segment(self.map, SegmentId(i as u32)));
            }
        }
    }
}

/// The nearest few found so far, in order.
pub(super) struct Nearest {
    few: usize,
    limit: u128,
    found: Vec<Found>,
}

impl Nearest {
    pub(super) fn new(few: usize, limit: Millimetres) -> Self {
        let limit = u128::from(limit.0);
        Self { few, limit: limit * limit, found: Vec::new() }
    }

    /// The squared distance beyond which nothing matters any more.
    fn reach(&self) -> u128 {
        match self.found.last() {
            Some(last) if self.found.len() == self.few => last.square,
            _ => self.limit,
        }
    }

    fn offer(&mut self, found: Found) {
        if self.few == 0 || found.square > self.limit {
            return;
        }
        let key = |f: &Found| (f.square, f.segment);
        let place = self.found.partition_point(|other| key(other) < key(&found));
        if place < self.few {
            self.found.truncate(self.few - 1);
            self.found.insert(place, found);
        }
    }

    pub(super) fn found(&self) -> &[Found] {
        &self.found
    }
}
