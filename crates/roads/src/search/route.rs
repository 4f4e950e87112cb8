//! The way from one place to another.

use precinct_base::{LonLat, Millimetres, Millis, NodeId, SegmentId, caps};

use super::kernel::{Visit, run};
use super::scratch::{NOBODY, Scratch};
use super::streets::Stretch;
use crate::network::seeds::{Seed, part};
use crate::{Along, Network, Snap, Way};

/// A stretch of a route, in the direction of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The stretch.
    pub stretch: Stretch,
    /// Which way along its segment.
    pub along: Along,
    /// How long it takes.
    pub time: Millis,
}

/// The quickest way between two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// How long it takes, to the millisecond.
    pub time: Millis,
    /// Its stretches in order; none if both places are the same.
    pub legs: Vec<Leg>,
}

impl Route {
    /// How long it is.
    pub fn length(&self) -> Millimetres {
        Millimetres(self.legs.iter().map(|leg| leg.stretch.length().0).sum())
    }

    /// The places it runs through.
    pub fn path(&self, network: &Network) -> Vec<LonLat> {
        let mut path: Vec<LonLat> = Vec::new();
        for leg in &self.legs {
            let mut places = network.map().trace(&leg.stretch);
            if leg.along == Along::Backward {
                places.reverse();
            }
            let joined = path.last().is_some_and(|last| places.first() == Some(last));
            path.extend(places.into_iter().skip(usize::from(joined)));
        }
        path
    }
}

impl Network {
    /// The quickest way from one place to another; `None` if there is none within a day.
    pub fn route(&self, scratch: &mut Scratch, from: &Snap, to: &Snap) -> Option<Route> {
        let arcs = self.arcs(Way::Out);
        scratch.begin(arcs, caps::SEARCH_LIMIT_MS, self.latest_source(arcs), false);
        for seed in self.sources(from, Way::Out) {
            scratch.seed(arcs, seed.node.0, seed.time.0, NOBODY);
        }
        let mut target = Target { doors: self.seeds(to, Way::In).collect(), best: None };
        run::<false>(arcs, scratch, &mut target);
        let direct = self.direct(from, to);
        match (target.best, direct) {
            (through, Some(direct)) if through.is_none_or(|best| direct <= best.0) => {
                Some(self.straight(from, to, direct))
            }
            (Some((time, door)), _) => Some(self.traced(scratch, from, to, time, door)),
            (None, _) => None,
        }
    }

    /// A route that stays on one segment.
    fn straight(&self, from: &Snap, to: &Snap, time: Millis) -> Route {
        let mut legs: Vec<Leg> =
            self.leg(from.segment, from.offset, to.offset).into_iter().collect();
        self.set_off(&mut legs);
        Route { time, legs }
    }

    /// What every way costs beside its streets is in its first stretch.
    fn set_off(&self, legs: &mut [Leg]) {
        if let Some(first) = legs.first_mut() {
            first.time = first.time.saturating_add(self.start_stop());
        }
    }

    /// The route that ends through the node of `door`, followed back from there.
    fn traced(&self, scratch: &Scratch, from: &Snap, to: &Snap, time: Millis, door: Seed) -> Route {
        let starts: Vec<Seed> = self
            .sources(from, Way::Out)
            .filter(|seed| scratch.ms(seed.node.0) == Some(seed.time.0))
            .collect();
        let (start, steps) = self.back_to(scratch, door.node, &starts);
        let mut legs: Vec<Leg> = Vec::with_capacity(steps.len() + 2);
        legs.extend(start.and_then(|start| self.leg(from.segment, from.offset, start.end)));
        for (segment, along) in steps {
            let (a, b) = (Millimetres(0), self.map().segment(segment).length);
            let (a, b) = if along == Along::Forward { (a, b) } else { (b, a) };
            legs.extend(self.leg(segment, a, b).or_else(|| Some(self.pointlike(segment, along))));
        }
        legs.extend(self.leg(to.segment, door.end, to.offset));
        self.set_off(&mut legs);
        Route { time, legs }
    }

    fn leg(&self, segment: SegmentId, from: Millimetres, to: Millimetres) -> Option<Leg> {
        if from == to {
            return None;
        }
        let along = if to > from { Along::Forward } else { Along::Backward };
        let stretch = Stretch { segment, start: from.min(to), end: from.max(to) };
        let whole = self.map().segment(segment).length;
        let time = self
            .time(segment, along)
            .map_or(Millis::ZERO, |time| part(time, stretch.length(), whole));
        Some(Leg { stretch, along, time })
    }

    /// A whole segment that has no length.
    fn pointlike(&self, segment: SegmentId, along: Along) -> Leg {
        let stretch = Stretch { segment, start: Millimetres(0), end: Millimetres(0) };
        Leg { stretch, along, time: self.time(segment, along).unwrap_or(Millis::ZERO) }
    }

    /// From `door` back along nodes whose times fit, to one of the starts; the segments in the order of travel.
    fn back_to(
        &self,
        scratch: &Scratch,
        door: NodeId,
        starts: &[Seed],
    ) -> (Option<Seed>, Vec<(SegmentId, Along)>) {
        let start_at = |node| starts.iter().copied().find(|start| start.node == node);
        let mut walk = vec![(door, self.fitting(scratch, door))];
        let mut seen = std::collections::BTreeSet::from([door]);
        let mut steps = Vec::new();
        while let Some((node, before)) = walk.last_mut() {
            if start_at(*node).is_some() {
                break;
            }
            match before.pop() {
                Some((earlier, step)) if seen.insert(earlier) => {
                    steps.push(step);
                    walk.push((earlier, self.fitting(scratch, earlier)));
                }
                Some(_) => {}
                // A dead end among stretches that take no time: back out of it.
                None => {
                    walk.pop();
                    steps.pop();
                }
            }
        }
        steps.reverse();
        (walk.last().and_then(|top| start_at(top.0)), steps)
    }

    /// The nodes from which `node` is reached exactly at its time, and the way from each.
    fn fitting(&self, scratch: &Scratch, node: NodeId) -> Vec<(NodeId, (SegmentId, Along))> {
        let Some(time) = scratch.ms(node.0) else { return Vec::new() };
        let into = self.segments_at(node).filter_map(|(segment, away)| {
            let ends = self.map().segment(segment);
            let (earlier, along) = match away {
                Along::Forward => (ends.to, Along::Backward),
                Along::Backward => (ends.from, Along::Forward),
            };
            let takes = self.time(segment, along)?;
            let fits = scratch.ms(earlier.0)?.checked_add(takes.0)? == time;
            fits.then_some((earlier, (segment, along)))
        });
        let mut all: Vec<_> = into.collect();
        all.sort_unstable();
        all.reverse();
        all
    }
}

/// Waits for the first time at which a place can be entered.
struct Target {
    doors: Vec<Seed>,
    best: Option<(Millis, Seed)>,
}

impl Visit for Target {
    fn settled(&mut self, nodes: &[u32], time: impl Fn(u32) -> u32) -> u32 {
        for &door in &self.doors {
            if nodes.contains(&door.node.0) {
                let entry = (Millis(time(door.node.0)).saturating_add(door.time), door);
                self.best = Some(self.best.map_or(entry, |best| best.min(entry)));
            }
        }
        self.best.map_or(u32::MAX, |best| best.0.0)
    }
}
