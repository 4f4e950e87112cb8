//! Distances from one place to segments, in whole millimetres on the sheet that touches the earth there.

use precinct_base::{LonLat, Millimetres, Plane, SegmentId};

use super::tree::Extent;
use super::{Side, Snap};
use crate::RoadMap;
use crate::flat::{Part, Point, cross, square, to_piece, vector};

/// The earth seen from a place.
pub(super) struct View {
    at: LonLat,
    plane: Plane,
}

/// The nearest point of a segment: on which of its straight pieces, and the square of its distance in square millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) square: u128,
    pub(super) segment: SegmentId,
    piece: usize,
}

impl View {
    pub(super) fn from(at: LonLat) -> Self {
        Self { at, plane: Plane::at(at.lat()) }
    }

    fn point(&self, place: LonLat) -> Point {
        self.plane.vector(self.at, place)
    }

    /// The square of the distance to a box. Never more than to anything in it: points are rounded towards the place looked
    /// from, nearer ones never farther than others.
    pub(super) fn to_extent(&self, extent: &Extent) -> u128 {
        let lon = self.at.lon().clamp(extent.low.0, extent.high.0);
        let lat = self.at.lat().clamp(extent.low.1, extent.high.1);
        square(LonLat::new(lon, lat).map_or((0, 0), |corner| self.point(corner)))
    }

    /// The nearest point of a segment; of pieces equally near, on the first.
    pub(super) fn to_segment(&self, map: &RoadMap, segment: SegmentId) -> Found {
        let mut found = Found { square: u128::MAX, segment, piece: 0 };
        let mut points = map.shape(segment).map(|place| self.point(place));
        let Some(mut a) = points.next() else { return found };
        for (piece, b) in points.enumerate() {
            if square(nearest_of_box(a, b)) < found.square {
                let square = to_piece(a, b);
                if square < found.square {
                    found = Found { square, segment, piece };
                }
            }
            a = b;
        }
        found
    }

    /// All about a nearest point.
    pub(super) fn snap(&self, map: &RoadMap, found: &Found) -> Snap {
        let places: Vec<LonLat> = map.shape(found.segment).collect();
        let (a, b) = (places[found.piece], places[found.piece + 1]);
        let part = Part::of(self.point(a), self.point(b));
        let long = |places: &[LonLat]| {
            u128::from(places.windows(2).map(|pair| pair[0].distance(pair[1]).0).sum::<u64>())
        };
        let (before, piece) = (long(&places[..=found.piece]), long(&[a, b]));
        let (along, whole) = (before + part.share(piece), long(&places));
        let length = map.segment(found.segment).length;
        let scaled = (along * u128::from(length.0) + whole / 2).checked_div(whole).unwrap_or(0);
        Snap {
            segment: found.segment,
            offset: Millimetres(scaled as u64),
            side: if found.square == 0 { Side::On } else { self.side(&places, found.piece, &part) },
            at: between(&part, a, b),
            distance: Millimetres(found.square.isqrt() as u64),
        }
    }

    /// The side of the line through `places` on which the place looked from is, when its nearest point is `part` along `piece`.
    fn side(&self, places: &[LonLat], piece: usize, part: &Part) -> Side {
        let direction = |piece: usize| {
            let (a, b) = (self.point(places[piece]), self.point(places[piece + 1]));
            Some(vector(a, b)).filter(|&direction| direction != (0, 0))
        };
        let left_of = |direction: Point, (x, y): Point| sign(cross(direction, (-x, -y)));
        let ahead = match part.along {
            0 => piece,
            along if along == part.whole => piece + 1,
            _ => {
                let direction = direction(piece).unwrap_or_default();
                return left_of(direction, self.point(places[piece]));
            }
        };
        // At an end of a piece. What is nearest to a bend lies outside it, whatever either piece alone says of its side.
        let before = (0..ahead).rev().find_map(direction);
        let after = (ahead..places.len() - 1).find_map(direction);
        match (before, after) {
            (Some(before), Some(after)) if cross(before, after) != 0 => sign(-cross(before, after)),
            (Some(direction), _) | (None, Some(direction)) => {
                left_of(direction, self.point(places[ahead]))
            }
            (None, None) => Side::On,
        }
    }
}

/// The side that a positive, no or a negative turn to the left leads to.
fn sign(turn: i128) -> Side {
    match turn {
        1.. => Side::Left,
        0 => Side::On,
        _ => Side::Right,
    }
}

/// The place at a fraction of the way from `a` to `b`; the ends themselves at the ends.
fn between(part: &Part, a: LonLat, b: LonLat) -> LonLat {
    let move_along = |from: i32, to: i32| {
        let units = i64::from(to) - i64::from(from);
        let moved = part.share(u128::from(units.unsigned_abs())) as i64;
        (i64::from(from) + moved * units.signum()) as i32
    };
    LonLat::new(move_along(a.lon(), b.lon()), move_along(a.lat(), b.lat())).unwrap_or(a)
}

/// The point of the box with corners `a` and `b` that is nearest to the origin.
fn nearest_of_box(a: Point, b: Point) -> Point {
    (0.clamp(a.0.min(b.0), a.0.max(b.0)), 0.clamp(a.1.min(b.1), a.1.max(b.1)))
}
