//! The answers found another way: plain searches over the whole network, and nothing shared with the searches they check.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use precinct_base::{Metres, Millis};
use precinct_roads::{Along, Network, Snap};

use crate::baseline::{Csr, Plain};

/// Time and nearest source of each node: of several sources as near, the first.
pub fn nearest_sources(graph: &Csr, sources: &[u32]) -> Vec<Option<(u32, u32)>> {
    let mut best: Vec<Option<(u32, u32)>> = vec![None; graph.nodes()];
    let mut heap: BinaryHeap<_> =
        (0..).zip(sources).map(|(label, &node)| Reverse((0, label, node))).collect();
    while let Some(Reverse((ms, label, node))) = heap.pop() {
        let known = &mut best[node as usize];
        if known.is_some_and(|known| known <= (ms, label)) {
            continue;
        }
        *known = Some((ms, label));
        heap.extend(graph.arcs(node).iter().map(|&(head, more)| Reverse((ms + more, label, head))));
    }
    best
}

/// The `count` units first at `incident` within `limit`: unit and time. `back` holds the arcs of the network reversed.
pub fn nearest_units(
    network: &Network,
    back: &Csr,
    plain: &mut Plain,
    units: &[Snap],
    incident: &Snap,
    (count, limit): (usize, Millis),
) -> Vec<(usize, Millis)> {
    let seeds: Vec<(u32, u32)> = ends(network, incident).map(|(node, _, to)| (node, to)).collect();
    plain.by_heap_from(back, &seeds, limit.0);
    let time = |unit: &Snap| {
        let by_ends =
            ends(network, unit).filter_map(|(node, from, _)| Some(from + plain.time(node)?));
        by_ends.chain(straight(network, unit, incident)).min().filter(|&ms| ms <= limit.0)
    };
    let mut all: Vec<(Millis, usize)> =
        units.iter().enumerate().filter_map(|(i, unit)| Some((Millis(time(unit)?), i))).collect();
    all.sort_unstable();
    all.truncate(count);
    all.into_iter().map(|(time, unit)| (unit, time)).collect()
}

/// The ends of a place's segment that can be gone to or come from: node, time from the place to it and, as far as the network is the
/// same both ways, from it to the place.
fn ends(network: &Network, place: &Snap) -> impl Iterator<Item = (u32, u32, u32)> {
    let segment = network.map().segment(place.segment);
    let whole = segment.length.0 as u32;
    let before = place.offset.0 as u32;
    let time = |along| network.time(place.segment, along).expect("open both ways");
    let part = |along, stretch| if stretch == 0 { 0 } else { time(along).share(stretch, whole).0 };
    let after = whole - before;
    [
        (segment.from.0, part(Along::Backward, before), part(Along::Forward, before)),
        (segment.to.0, part(Along::Forward, after), part(Along::Backward, after)),
    ]
    .into_iter()
}

/// The time along the segment when both places are on the same.
fn straight(network: &Network, unit: &Snap, incident: &Snap) -> Option<u32> {
    if unit.segment != incident.segment {
        return None;
    }
    let (from, to) = (unit.offset.0 as u32, incident.offset.0 as u32);
    let along = if to > from { Along::Forward } else { Along::Backward };
    let whole = network.map().segment(unit.segment).length.0 as u32;
    network.time(unit.segment, along).map(|time| time.share(from.abs_diff(to), whole).0)
}

/// Metres from a place to the nearest segment, by looking at all of them, with the earth flat round the place.
pub fn nearest_street(network: &Network, place: precinct_base::LonLat) -> Option<Metres> {
    let (lon, lat) = place.degrees();
    let flat = |at: precinct_base::LonLat| {
        let (x, y) = at.degrees();
        ((x - lon) * lat.to_radians().cos() * DEGREE, (y - lat) * DEGREE)
    };
    let map = network.map();
    let distance = |id| {
        let ends = map.segment(id);
        let (a, b) = (flat(map.node_at(ends.from)), flat(map.node_at(ends.to)));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let along = -(a.0 * dx + a.1 * dy) / (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
        let along = along.clamp(0.0, 1.0);
        (a.0 + along * dx).hypot(a.1 + along * dy)
    };
    map.segment_ids().map(distance).min_by(f64::total_cmp).map(|metres| Metres(metres as u32))
}

/// Metres in a degree of a meridian, on the sphere of the mean radius 6,371,008.8 m.
const DEGREE: f64 = 111_195.08;
