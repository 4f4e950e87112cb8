//! Times by relaxing every street as often as there are corners, for one unit at a time; and cover by asking everybody.

use precinct_base::{Millimetres, Millis, UnitId};
use precinct_core::Doing;
use precinct_roads::{Along, Network, Snap};

use super::town::Town;
use crate::{Covered, DemandPoint, profile_of};

/// The ends of a place's street: node, and time from the place to it and back.
fn ends(network: &Network, place: &Snap) -> [(usize, Option<Millis>, Option<Millis>); 2] {
    let street = network.map().segment(place.segment);
    let (whole, before) = (street.length, place.offset);
    let after = Millimetres(whole.0 - before.0);
    let part = |along, stretch: Millimetres| match stretch.0 {
        0 => Some(Millis::ZERO),
        mm => Some(network.time(place.segment, along)?.share(mm as u32, whole.0 as u32)),
    };
    let (there, back) = (Along::Forward, Along::Backward);
    [
        (street.from.index(), part(back, before), part(there, before)),
        (street.to.index(), part(there, after), part(back, after)),
    ]
}

/// The time from one place to another.
pub(super) fn time(network: &Network, from: &Snap, to: &Snap) -> Option<Millis> {
    let map = network.map();
    let mut best: Vec<Option<u32>> = vec![None; map.node_count()];
    let offer = |best: &mut Vec<Option<u32>>, node: usize, time: Option<u32>| {
        if time.is_some_and(|time| best[node].is_none_or(|had| time < had)) {
            best[node] = time;
        }
    };
    for (node, out, _) in ends(network, from) {
        offer(&mut best, node, out.map(|time| time.0));
    }
    for _ in 0..map.node_count() {
        for id in map.segment_ids() {
            let (a, b) = (map.segment(id).from.index(), map.segment(id).to.index());
            for (along, tail, head) in [(Along::Forward, a, b), (Along::Backward, b, a)] {
                let after = best[tail].zip(network.time(id, along)).map(|(a, b)| a + b.0);
                offer(&mut best, head, after);
            }
        }
    }
    let by_ends =
        ends(network, to).into_iter().filter_map(|(node, _, back)| Some(best[node]? + back?.0));
    by_ends.chain(straight(network, from, to)).min().map(Millis)
}

fn straight(network: &Network, from: &Snap, to: &Snap) -> Option<u32> {
    let gap = from.offset.0.abs_diff(to.offset.0) as u32;
    if from.segment != to.segment || gap == 0 {
        return (from.segment == to.segment).then_some(0);
    }
    let along = if to.offset > from.offset { Along::Forward } else { Along::Backward };
    let whole = network.map().segment(from.segment).length.0 as u32;
    Some(network.time(from.segment, along)?.share(gap, whole).0)
}

impl Town {
    /// The network a unit goes on.
    pub(super) fn network_of(&self, unit: UnitId) -> Option<&Network> {
        self.networks.get(profile_of(self.state.units()[&unit].vehicle)?)
    }

    /// Who is free and where.
    pub(super) fn free(&self) -> Vec<(UnitId, Snap)> {
        let free = self
            .placed
            .iter()
            .filter(|placed| self.state.units()[&placed.unit].doing() == Some(Doing::Available));
        free.filter_map(|placed| Some((placed.unit, placed.snap?))).collect()
    }

    /// The cover by these units, by asking every one for every point.
    pub(super) fn cover_by(&self, units: &[(UnitId, Snap)]) -> Covered {
        let mut covered = Covered::default();
        for DemandPoint { snap, weight, thresholds } in &self.demand {
            let times =
                units.iter().filter_map(|(unit, at)| time(self.network_of(*unit)?, at, snap));
            let first = times.min();
            covered.of += u64::from(*weight);
            for (within, threshold) in covered.within.iter_mut().zip(thresholds) {
                *within +=
                    u64::from(*weight) * u64::from(first.is_some_and(|time| time <= *threshold));
            }
        }
        covered
    }
}
