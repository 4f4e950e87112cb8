//! Streets cut where the minutes to the nearest post pass a threshold.

use precinct_base::{Millimetres, Millis, SegmentId};
use precinct_roads::{Reach, Stretch};

/// A part of a segment that lies in one band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The part.
    pub(crate) stretch: Stretch,
    /// Its band: the index of the first threshold it is within, or the number of thresholds.
    pub(crate) band: usize,
}

/// Cuts `segments` (ascending, each with its length) at the thresholds (ascending). Every millimetre is in exactly one piece.
pub(crate) fn pieces(
    reach: &Reach<'_>,
    thresholds: &[Millis],
    segments: impl Iterator<Item = (SegmentId, Millimetres)>,
) -> Vec<Piece> {
    let layers: Vec<Vec<Stretch>> = thresholds.iter().map(|&limit| reach.streets(limit)).collect();
    layered(&layers, segments)
}

/// The same where what is within each threshold is known, by segment.
pub(crate) fn layered(
    layers: &[Vec<Stretch>],
    segments: impl Iterator<Item = (SegmentId, Millimetres)>,
) -> Vec<Piece> {
    let mut next = vec![0; layers.len()];
    let mut all = Vec::new();
    for (segment, whole) in segments {
        let mut spans: Vec<Vec<(u64, u64)>> = Vec::with_capacity(layers.len());
        for (layer, next) in layers.iter().zip(&mut next) {
            spans.push(take_segment(layer, next, segment));
        }
        for (start, end, band) in cut(&spans, whole.0) {
            let stretch = Stretch { segment, start: Millimetres(start), end: Millimetres(end) };
            all.push(Piece { stretch, band });
        }
    }
    all
}

/// The spans of one segment in a layer sorted by segment; `next` moves past them.
fn take_segment(layer: &[Stretch], next: &mut usize, segment: SegmentId) -> Vec<(u64, u64)> {
    let mut spans = Vec::new();
    while let Some(stretch) = layer.get(*next).filter(|stretch| stretch.segment <= segment) {
        if stretch.segment == segment {
            spans.push((stretch.start.0, stretch.end.0));
        }
        *next += 1;
    }
    spans
}

/// The parts of `0..whole` by the first layer that holds them; neighbours of one band are one part.
fn cut(layers: &[Vec<(u64, u64)>], whole: u64) -> Vec<(u64, u64, usize)> {
    let ends = layers.iter().flatten().flat_map(|&(start, end)| [start, end]);
    let mut marks: Vec<u64> = ends.filter(|&mm| mm < whole).chain([0, whole]).collect();
    marks.sort_unstable();
    marks.dedup();
    let mut parts: Vec<(u64, u64, usize)> = Vec::new();
    for pair in marks.windows(2) {
        let holds = |layer: &&Vec<(u64, u64)>| {
            layer.iter().any(|&(start, end)| start <= pair[0] && pair[1] <= end)
        };
        let band = layers.iter().position(|layer| holds(&layer)).unwrap_or(layers.len());
        match parts.last_mut() {
            Some(last) if last.2 == band => last.1 = pair[1],
            _ => parts.push((pair[0], pair[1], band)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use precinct_base::{HourOfWeek, LonLat, caps};
    use precinct_roads::{
        Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass,
        RoadMap, Scratch, Side, Snap, SpeedTable, Times, Way,
    };
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_street_is_cut_where_bands_change() {
        let layers = [vec![(0, 10)], vec![(0, 30), (90, 100)]];
        assert_eq!(cut(&layers, 100), [(0, 10, 0), (10, 30, 1), (30, 90, 2), (90, 100, 1)]);
        assert_eq!(cut(&[vec![], vec![]], 5), [(0, 5, 2)]);
        assert_eq!(cut(&[vec![(0, 5)]], 5), [(0, 5, 0)]);
        assert!(cut(&[vec![]], 0).is_empty());
    }

    /// A map of junctions on a square grid of about 100 m, joined as the picks say: from, to, milliseconds there and back
    /// (0 is "may not go").
    fn map(picks: &[(u32, u32, u32, u32)]) -> RoadMap {
        let at = |i: u32| LonLat::new((i % 4) as i32 * 9_000, (i / 4) as i32 * 9_000).unwrap();
        let nodes = (0..16).map(|i| DraftNode { osm_id: i64::from(i), at: at(i) }).collect();
        let mut draft = Draft { nodes, ..Draft::default() };
        let name = draft.names.add(Name::default());
        for &(from, to, there, back) in picks.iter().filter(|pick| pick.0 != pick.1) {
            let mut times = Times::default();
            for (along, ms) in [(Along::Forward, there), (Along::Backward, back)] {
                times.set(Profile::PoliceCar, along, (ms > 0).then_some(Millis(ms)));
            }
            let length = Draft::length(&[at(from), at(to)]);
            let class = RoadClass::Residential;
            draft.segments.push(DraftSegment {
                from,
                to,
                shape: vec![],
                length,
                class,
                name,
                way: 0,
                times,
            });
        }
        RoadMap::build(&draft, Fingerprint::default()).unwrap()
    }

    /// A place part of the way along a segment, in thousandths.
    fn place(map: &RoadMap, segment: SegmentId, part: u64) -> Snap {
        let offset = Millimetres(map.segment(segment).length.0 * part / 1_000);
        Snap { segment, offset, side: Side::On, at: LonLat::default(), distance: Millimetres(0) }
    }

    proptest! {
        /// The time to the middle of each piece, found by itself, is in the piece's band (a millisecond of rounding aside).
        #[test]
        fn the_middle_of_each_piece_is_in_its_band(
            picks in prop::collection::vec((0u32..16, 0u32..16, 0u32..20_000, 0u32..20_000), 1..40),
            posts in prop::collection::vec((0u32..40, 0u64..=1_000), 1..4),
            first in 1u32..10_000,
            second in 1u32..20_000,
        ) {
            let map = Arc::new(map(&picks));
            prop_assume!(map.segment_count() > 0 && map.is_open_to(Profile::PoliceCar));
            let network = Network::new(map.clone(), Profile::PoliceCar, &SpeedTable::as_imported(), HourOfWeek::default());
            let count = map.segment_count() as u32;
            let posts: Vec<Snap> = posts.iter().map(|&(i, part)| place(&map, SegmentId(i % count), part)).collect();
            let thresholds = [Millis(first), Millis(first + second)];
            let mut scratch = Scratch::default();
            let reach = network.reach(&mut scratch, &posts, Millis(caps::SEARCH_LIMIT_MS), Way::Out);
            let segments = map.segment_ids().map(|id| (id, map.segment(id).length));
            let pieces = pieces(&reach, &thresholds, segments);
            let whole: u64 = map.segment_ids().map(|id| map.segment(id).length.0).sum();
            prop_assert_eq!(pieces.iter().map(|piece| piece.stretch.length().0).sum::<u64>(), whole);
            for piece in &pieces {
                let middle = Millimetres(piece.stretch.start.0.midpoint(piece.stretch.end.0));
                let snap = Snap { offset: middle, ..place(&map, piece.stretch.segment, 0) };
                let time = reach.at(&snap).map(|(time, _)| u64::from(time.0));
                let low = piece.band.checked_sub(1).map_or(0, |below| u64::from(thresholds[below].0));
                let high = thresholds.get(piece.band).map_or(u64::MAX, |limit| u64::from(limit.0) + 1);
                let time = time.unwrap_or(u64::MAX - 1);
                prop_assert!(low <= time + 1 && time <= high, "{:?} at {} in {:?}", piece, time, thresholds);
            }
        }

        #[test]
        fn every_millimetre_is_in_the_first_layer_that_holds_it(
            layers in prop::collection::vec(prop::collection::vec((0u64..40, 0u64..20), 0..4), 1..4),
            whole in 1u64..50,
        ) {
            let span = |(start, long): (u64, u64)| (start.min(whole), (start + long).min(whole));
            let layers: Vec<Vec<(u64, u64)>> =
                layers.into_iter().map(|layer| layer.into_iter().map(span).filter(|s| s.0 < s.1).collect()).collect();
            let parts = cut(&layers, whole);
            for mm in 0..whole {
                let found: Vec<usize> = parts.iter().filter(|p| p.0 <= mm && mm < p.1).map(|p| p.2).collect();
                let expected = layers.iter().position(|l| l.iter().any(|&(a, b)| a <= mm && mm < b)).unwrap_or(layers.len());
                prop_assert_eq!(found, vec![expected], "at {} of {:?}", mm, parts);
            }
        }
    }
}
