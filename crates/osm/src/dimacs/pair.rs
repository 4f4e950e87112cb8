//! Arcs there and back become one segment.

use precinct_base::caps::SEGMENT_LENGTH_MM;
use precinct_base::{LonLat, Millis, NameId};
use precinct_roads::{Along, Draft, DraftSegment, Profile, RoadClass, Times};
use rayon::slice::ParallelSliceMut;

/// An arc between two nodes, kept as from the lower to the higher and whether it runs so; its order is that of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arc {
    low: u32,
    high: u32,
    backward: bool,
    time: Millis,
}

impl Arc {
    pub(super) fn new(from: u32, to: u32, time: Millis) -> Self {
        Self { low: from.min(to), high: from.max(to), backward: from > to, time }
    }
}

/// The segments of these arcs: of several arcs between the same two nodes, the quickest there goes with the quickest back, and so
/// on; what is left over runs one way. A loop runs one way. Segments longer than any road are left out and counted.
pub(super) fn segments(
    mut arcs: Vec<Arc>,
    places: &[LonLat],
    too_long: &mut u64,
) -> Vec<DraftSegment> {
    arcs.par_sort_unstable();
    let same_nodes = |a: &Arc, b: &Arc| (a.low, a.high) == (b.low, b.high);
    let count = |group: &[Arc]| {
        let backward = group.iter().filter(|arc| arc.backward).count();
        backward.max(group.len() - backward)
    };
    let mut segments = Vec::with_capacity(arcs.chunk_by(same_nodes).map(count).sum());
    for group in arcs.chunk_by(same_nodes) {
        let (there, back) = group.split_at(group.partition_point(|arc| !arc.backward));
        for i in 0..there.len().max(back.len()) {
            let segment = segment(group[0], there.get(i), back.get(i), places);
            if segment.length.0 > u64::from(SEGMENT_LENGTH_MM) {
                *too_long += 1;
            } else {
                segments.push(segment);
            }
        }
    }
    segments
}

fn segment(arc: Arc, there: Option<&Arc>, back: Option<&Arc>, places: &[LonLat]) -> DraftSegment {
    let mut times = Times::default();
    times.set(Profile::PoliceCar, Along::Forward, there.map(|arc| arc.time));
    times.set(Profile::PoliceCar, Along::Backward, back.map(|arc| arc.time));
    DraftSegment {
        from: arc.low,
        to: arc.high,
        shape: Vec::new(),
        length: Draft::length(&[places[arc.low as usize], places[arc.high as usize]]),
        class: RoadClass::Timed,
        name: NameId(0),
        way: 0,
        times,
    }
}
