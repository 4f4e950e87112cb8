//! The naive search every other is held against: relax all arcs until nothing changes.

use precinct_base::{LonLat, Millimetres, Millis};
use proptest::prelude::*;

use super::ascii::place;
use crate::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass, RoadMap,
    Snap, Times, Way,
};

/// Times to all nodes from one place, by relaxing every arc as often as there are nodes.
pub(super) fn times(
    network: &Network,
    source: &Snap,
    limit: Millis,
    way: Way,
) -> Vec<Option<Millis>> {
    let map = network.map();
    let mut best = vec![None; map.node_count()];
    for seed in network.seeds(source, way) {
        offer(&mut best, seed.node.index(), Some(seed.time));
    }
    for _ in 0..map.node_count() {
        for id in map.segment_ids() {
            let ends = map.segment(id);
            for (along, tail, head) in
                [(Along::Forward, ends.from, ends.to), (Along::Backward, ends.to, ends.from)]
            {
                let (tail, head) = if way == Way::Out { (tail, head) } else { (head, tail) };
                let takes = network.time(id, along);
                let after = best[tail.index()]
                    .zip(takes)
                    .map(|(a, b): (Millis, Millis)| a.saturating_add(b));
                offer(&mut best, head.index(), after);
            }
        }
    }
    best.into_iter().map(|time| time.filter(|time| *time <= limit)).collect()
}

fn offer(best: &mut [Option<Millis>], node: usize, time: Option<Millis>) {
    if let Some(time) = time
        && best[node].is_none_or(|had| time < had)
    {
        best[node] = Some(time);
    }
}

/// The time to another place, by the same means.
pub(super) fn time_at(
    network: &Network,
    source: &Snap,
    target: &Snap,
    limit: Millis,
    way: Way,
) -> Option<Millis> {
    let nodes = times(network, source, limit, way);
    let other = if way == Way::Out { Way::In } else { Way::Out };
    let through = network
        .seeds(target, other)
        .filter_map(|seed| Some(nodes[seed.node.index()]?.saturating_add(seed.time)));
    let direct = if way == Way::Out {
        network.direct(source, target)
    } else {
        network.direct(target, source)
    };
    through.chain(direct).min().filter(|time| *time <= limit)
}

/// A road map that prints itself as a list of segments.
#[derive(Clone)]
pub(super) struct Sample(pub(super) RoadMap);

impl std::fmt::Debug for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for id in self.0.segment_ids() {
            let (ends, time) = (self.0.segment(id), |along| {
                self.0.time(id, Profile::PoliceCar, along).map(|time| time.0)
            });
            let (there, back) = (time(Along::Forward), time(Along::Backward));
            write!(
                f,
                "\n  segment {}: {} to {}, {} mm, {there:?} there, {back:?} back ms",
                id.0, ends.from.0, ends.to.0, ends.length.0
            )?;
        }
        Ok(())
    }
}

/// A random network with everything that is awkward: loops, parallels, one-ways, no length, long and short, far apart.
pub(super) fn any_network() -> impl Strategy<Value = Sample> {
    let times = prop_oneof![
        Just(None),
        (0u32..30).prop_map(Some),
        (0u32..3_000).prop_map(Some),
        (60_000u32..90_000).prop_map(Some)
    ];
    let segment = (0u32..14, 0u32..14, times.clone(), times, 0u64..3);
    let nodes = prop::collection::vec((0..2_000_000i32, 0..2_000_000i32), 14);
    (nodes, prop::collection::vec(segment, 1..40)).prop_map(|(nodes, segments)| {
        let mut draft = Draft::default();
        for (i, (lon, lat)) in nodes.into_iter().enumerate() {
            draft.nodes.push(DraftNode { osm_id: i as i64, at: LonLat::new(lon, lat).unwrap() });
        }
        for (i, (from, to, forward, backward, length)) in segments.into_iter().enumerate() {
            let mut times = Times::default();
            times.set(Profile::PoliceCar, Along::Forward, forward.map(Millis));
            times.set(Profile::PoliceCar, Along::Backward, backward.map(Millis));
            let name = draft.names.add(Name::local(format!("{}", i / 3)));
            let (way, class, shape) = (i as i64, RoadClass::Residential, Vec::new());
            draft.segments.push(DraftSegment {
                from,
                to,
                shape,
                length: Millimetres(length * 1_000),
                class,
                name,
                way,
                times,
            });
        }
        Sample(RoadMap::build(&draft, Fingerprint::default()).unwrap())
    })
}

/// A place on one of the segments of a map, by two arbitrary numbers.
pub(super) fn any_place(map: &RoadMap, pick: (usize, u64)) -> Snap {
    let segment = map.segment_ids().nth(pick.0 % map.segment_count()).unwrap();
    place(segment, pick.1 % (map.segment(segment).length.0 + 1))
}
