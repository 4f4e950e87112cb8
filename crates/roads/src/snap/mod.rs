//! Snapping: the street nearest to a place, and the exact point on it.

mod measure;
#[cfg(test)]
mod tests;
mod tree;

use precinct_base::{LonLat, Metres, Millimetres, SegmentId};

use crate::RoadMap;
use measure::View;
use tree::{Nearest, Tree};

/// A point on a segment, found for a place beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snap {
    /// The segment.
    pub segment: SegmentId,
    /// How far along it, from its first end: exactly nothing at the first end, exactly the segment's length at the last.
    pub offset: Millimetres,
    /// On which side of the segment the place lies.
    pub side: Side,
    /// The point itself.
    pub at: LonLat,
    /// From the place to the point, rounded down.
    pub distance: Millimetres,
}

/// A side of a segment, seen going forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// On the segment, or straight before or behind it.
    On,
}

/// Finds the segments of one map that are nearest to a place.
///
/// ```
/// use precinct_base::{LonLat, Metres, Millimetres};
/// use precinct_roads::{Draft, DraftNode, DraftSegment, Fingerprint, RoadClass, RoadMap, Side, Snapper, Times};
///
/// let at = |text: &str| text.parse::<LonLat>().unwrap();
/// let (west, east) = (at("113.5400,22.1900"), at("113.5500,22.1900"));
/// let mut draft = Draft::default();
/// draft.nodes = vec![DraftNode { osm_id: 1, at: west }, DraftNode { osm_id: 2, at: east }];
/// let name = draft.names.add(Default::default());
/// draft.segments.push(DraftSegment {
///     from: 0, to: 1, shape: vec![], length: Draft::length(&[west, east]),
///     class: RoadClass::Residential, name, way: 7, times: Times::default(),
/// });
/// let map = RoadMap::build(&draft, Fingerprint::default()).unwrap();
///
/// let snapper = Snapper::new(&map);
/// let snap = snapper.nearest(&map, at("113.5425,22.1901"), Metres(100), |_| true).unwrap();
/// assert_eq!(snap.at, at("113.5425,22.1900"));
/// assert_eq!(snap.side, Side::Left);
/// assert_eq!(snap.distance.metres(), Metres(11));
/// assert_eq!(snap.offset.metres(), Metres(258));
/// assert_eq!(snapper.nearest(&map, at("113.56,22.19"), Metres(100), |_| true), None);
/// ```
#[derive(Clone, Debug)]
pub struct Snapper {
    tree: Tree,
}

impl Snapper {
    /// Prepares to search `map`.
    pub fn new(map: &RoadMap) -> Self {
        Self { tree: Tree::over(map) }
    }

    /// The point nearest to `at` on any segment of `map` that `accept` takes, at most `limit` away; of segments equally near
    /// the one with the smallest id. `map` must be the one the snapper was made for.
    ///
    /// Distances are measured on the flat sheet that touches the earth at the latitude of `at`, and not across the 180th
    /// meridian.
    pub fn nearest(
        &self,
        map: &RoadMap,
        at: LonLat,
        limit: Metres,
        accept: impl Fn(SegmentId) -> bool,
    ) -> Option<Snap> {
        self.nearest_many(map, at, limit, 1, accept).pop()
    }

    /// The point nearest to `at` on `segment` alone, however far: for one who was on it a moment ago, before all others are searched.
    /// `None` for a segment that the map does not have.
    pub fn on(map: &RoadMap, segment: SegmentId, at: LonLat) -> Option<Snap> {
        let view = View::from(at);
        let known = segment.index() < map.segment_ids().len();
        known.then(|| view.snap(map, &view.to_segment(map, segment)))
    }

    /// The points nearest to `at` on at most `k` different segments, the nearest first; otherwise as [`Snapper::nearest`].
    pub fn nearest_many(
        &self,
        map: &RoadMap,
        at: LonLat,
        limit: Metres,
        k: usize,
        accept: impl Fn(SegmentId) -> bool,
    ) -> Vec<Snap> {
        let view = View::from(at);
        let mut nearest = Nearest::new(k, limit.millimetres());
        self.tree.search(map, &view, &accept, &mut nearest);
        nearest.found().iter().map(|found| view.snap(map, found)).collect()
    }
}
