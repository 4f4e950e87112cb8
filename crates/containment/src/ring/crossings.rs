//! Where roads cross the border of an area.

use precinct_base::{LonLat, Metres, Millimetres, MultiPolygon, NameId, SegmentId};
use precinct_roads::{Along, Network, RoadClass, Side, Snap};

use super::edges::{Edges, Part};

/// Roads of one name that cross this near each other are one crossing: the two carriageways of an avenue.
const TOGETHER: Metres = Metres(60);

/// One road where it crosses the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where, as a place on the road.
    pub place: Snap,
    /// Whether one may go in here.
    pub inwards: bool,
    /// Whether one may go out.
    pub outwards: bool,
}

/// A place to be watched: one road, or the carriageways of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Where: the first road's place.
    pub at: LonLat,
    /// The roads, by segment.
    pub roads: Vec<Passage>,
    /// Their name.
    pub name: NameId,
    /// The widest of them.
    pub class: RoadClass,
}

impl Crossing {
    /// Whether one may go in here.
    pub fn inwards(&self) -> bool {
        self.roads.iter().any(|road| road.inwards)
    }

    /// Whether one may go out here.
    pub fn outwards(&self) -> bool {
        self.roads.iter().any(|road| road.outwards)
    }
}

/// Every crossing of the border of `area` by a road that the profile of `network` may use one way or the other, in the order of
/// segments. A road that only touches the border does not cross it; one that crosses again and again is there each time.
pub fn crossings(network: &Network, area: &MultiPolygon) -> Vec<Crossing> {
    let edges = Edges::of(area);
    let map = network.map();
    let mut found: Vec<Crossing> = Vec::new();
    for segment in map.segment_ids() {
        let open = [Along::Forward, Along::Backward].map(|along| network.time(segment, along));
        if open == [None; 2] {
            continue;
        }
        for (place, leaves) in passages(network, area, &edges, segment) {
            let [there, back] = open.map(|time| time.is_some());
            let (outwards, inwards) = if leaves { (there, back) } else { (back, there) };
            add(&mut found, network, Passage { place, inwards, outwards });
        }
    }
    found
}

/// Puts a road to the crossing it belongs to, or makes one.
fn add(found: &mut Vec<Crossing>, network: &Network, road: Passage) {
    let street = network.map().segment(road.place.segment);
    let same = found.iter_mut().find(|crossing| {
        let near =
            |other: &Passage| other.place.at.distance(road.place.at) <= TOGETHER.millimetres();
        street.name.0 != 0 && crossing.name == street.name && crossing.roads.iter().any(near)
    });
    if let Some(crossing) = same {
        crossing.roads.push(road);
        crossing.class = crossing.class.min(street.class);
    } else {
        let (at, name, class) = (road.place.at, street.name, street.class);
        found.push(Crossing { at, roads: vec![road], name, class });
    }
}

/// The places at which a segment crosses, from its first end on, and whether it leaves the area there.
fn passages(
    network: &Network,
    area: &MultiPolygon,
    edges: &Edges,
    segment: SegmentId,
) -> Vec<(Snap, bool)> {
    let map = network.map();
    let shape: Vec<LonLat> = map.shape(segment).collect();
    let measured: u64 = shape.windows(2).map(|leg| leg[0].distance(leg[1]).0).sum();
    let whole = map.segment(segment).length.0;
    let mut passages = Vec::new();
    let mut done = 0;
    for leg in shape.windows(2) {
        let length = leg[0].distance(leg[1]).0;
        for (at, leaves) in changes(area, edges, leg[0], leg[1]) {
            let mm = done + leg[0].distance(at).0.min(length);
            let share = u128::from(mm) * u128::from(whole) / u128::from(measured.max(1));
            let offset = Millimetres((share as u64).min(whole));
            let (side, distance) = (Side::On, Millimetres(0));
            passages.push((Snap { segment, offset, side, at, distance }, leaves));
        }
        done += length;
    }
    passages
}

/// Where a straight line goes into or out of the area. Whether a part of it is inside is asked of its middle, so that what is told
/// agrees with [`MultiPolygon::contains`] at both ends whatever the line touches on the way.
fn changes(area: &MultiPolygon, edges: &Edges, a: LonLat, b: LonLat) -> Vec<(LonLat, bool)> {
    let met = edges.met(a, b);
    if met.is_empty() {
        return Vec::new();
    }
    let mut inside = area.contains(a);
    let mut changes = Vec::new();
    for (i, &part) in met.iter().enumerate() {
        let after = match met.get(i + 1) {
            Some(&next) => area.contains(middle(a, b, part, next)),
            None => area.contains(b),
        };
        if after != inside {
            changes.push((place(a, b, part), inside));
            inside = after;
        }
    }
    changes
}

/// The place that is so far from `a` to `b`.
fn place(a: LonLat, b: LonLat, (part, whole): Part) -> LonLat {
    let share = |from: i32, to: i32| {
        let moved = (i128::from(to) - i128::from(from)) * part / whole;
        (i128::from(from) + moved) as i32
    };
    LonLat::new(share(a.lon(), b.lon()), share(a.lat(), b.lat())).unwrap_or(a)
}

fn middle(a: LonLat, b: LonLat, from: Part, to: Part) -> LonLat {
    let (a1, b1) = (place(a, b, from), place(a, b, to));
    place(a1, b1, (1, 2))
}
