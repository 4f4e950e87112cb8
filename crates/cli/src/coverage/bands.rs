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

    proptest! {
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
