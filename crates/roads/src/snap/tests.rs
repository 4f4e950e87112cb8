//! Snapping against looking at every segment, and cases drawn by hand.

use precinct_base::{LonLat, Metres, Millimetres, SegmentId};
use proptest::prelude::*;

use super::measure::View;
use super::*;
use crate::{Draft, DraftNode, DraftSegment, Fingerprint, RoadClass, RoadMap, Times};

type Place = (i32, i32);

fn at((lon, lat): Place) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

/// A map of one segment through each list of places; equal ends are one node, and the way is the index of the list.
fn map_of(lines: &[Vec<Place>]) -> RoadMap {
    let mut draft = Draft::default();
    let mut ends: Vec<Place> =
        lines.iter().flat_map(|line| [line[0], line[line.len() - 1]]).collect();
    ends.sort_unstable();
    ends.dedup();
    draft.nodes = ends.iter().map(|&end| DraftNode { osm_id: 0, at: at(end) }).collect();
    for (way, line) in lines.iter().enumerate() {
        let places: Vec<LonLat> = line.iter().copied().map(at).collect();
        let node = |end: Place| ends.binary_search(&end).unwrap() as u32;
        draft.segments.push(DraftSegment {
            from: node(line[0]),
            to: node(line[line.len() - 1]),
            shape: places[1..places.len() - 1].to_vec(),
            length: Draft::length(&places),
            class: RoadClass::Residential,
            name: draft.names.add(crate::Name::default()),
            way: way as i64,
            times: Times::default(),
        });
    }
    RoadMap::build(&draft, Fingerprint::default()).unwrap()
}

fn snap(lines: &[Vec<Place>], place: Place) -> Option<Snap> {
    let map = map_of(lines);
    Snapper::new(&map).nearest(&map, at(place), Metres(1_000), |_| true)
}

/// The distance from `place` to a polyline, in floating point.
#[expect(clippy::float_arithmetic, reason = "the oracle is floating point")]
fn distance(place: LonLat, line: &[LonLat]) -> f64 {
    let plane = precinct_base::Plane::at(place.lat());
    let point = |p: &LonLat| {
        let (x, y) = plane.vector(place, *p);
        (x as f64, y as f64)
    };
    let to_piece = |pair: &[LonLat]| {
        let (a, b) = (point(&pair[0]), point(&pair[1]));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let whole = dx * dx + dy * dy;
        let t = if whole > 0.0 { (-(a.0 * dx + a.1 * dy) / whole).clamp(0.0, 1.0) } else { 0.0 };
        let (x, y) = (a.0 + t * dx, a.1 + t * dy);
        (x * x + y * y).sqrt()
    };
    line.windows(2).map(to_piece).fold(f64::INFINITY, f64::min)
}

#[test]
fn an_empty_map_has_nothing_near() {
    let map = RoadMap::build(&Draft::default(), Fingerprint::default()).unwrap();
    let snapper = Snapper::new(&map);
    assert_eq!(snapper.nearest(&map, at((0, 0)), Metres(u32::MAX), |_| true), None);
}

#[test]
fn ends_are_exact() {
    let line = vec![(0, 0), (3_333, 777), (10_001, 0)];
    let map = map_of(std::slice::from_ref(&line));
    let length = map.segment(SegmentId(0)).length;
    let first = snap(std::slice::from_ref(&line), (-500, 0)).unwrap();
    assert_eq!((first.offset, first.at), (Millimetres(0), at((0, 0))));
    let last = snap(&[line], (10_500, 100)).unwrap();
    assert_eq!((last.offset, last.at), (length, at((10_001, 0))));
    assert_eq!(last.distance, Millimetres(5_662));
}

#[test]
fn sides_are_seen_going_forward() {
    // North to a bend, then east.
    let bend = vec![vec![(0, 0), (0, 1_000), (1_000, 1_000)]];
    let side = |place| snap(&bend, place).unwrap().side;
    assert_eq!(side((-9, 500)), Side::Left);
    assert_eq!(side((9, 500)), Side::Right);
    assert_eq!(side((0, 500)), Side::On);
    assert_eq!(side((0, -9)), Side::On);
    assert_eq!(side((1, -9)), Side::Right);
    assert_eq!(side((-5, 1_005)), Side::Left);
    assert_eq!(side((500, 1_009)), Side::Left);
    assert_eq!(side((1_009, 990)), Side::Right);
    // A hairpin to the left: what is straight on from its tip is outside it, on the right.
    let hairpin = vec![vec![(0, 0), (1_000, 0), (0, 50)]];
    for place in [(1_100, -1), (1_100, 0), (1_100, 2)] {
        assert_eq!(snap(&hairpin, place).unwrap().side, Side::Right, "{place:?}");
    }
    // Places written twice make no difference.
    let twice = vec![vec![(0, 0), (0, 0), (0, 1_000), (0, 1_000), (1_000, 1_000)]];
    assert_eq!(snap(&twice, (-5, 1_005)).unwrap().side, Side::Left);
    assert_eq!(snap(&twice, (1, -9)).unwrap().side, Side::Right);
}

#[test]
fn segments_without_length_and_loops_are_streets_too() {
    let dot = snap(&[vec![(7, 7), (7, 7)]], (10, 7)).unwrap();
    assert_eq!((dot.offset, dot.side, dot.at), (Millimetres(0), Side::On, at((7, 7))));
    let square = vec![vec![(0, 0), (1_000, 0), (1_000, 1_000), (0, 1_000), (0, 0)]];
    let length = map_of(&square).segment(SegmentId(0)).length;
    let side = snap(&square, (-20, 500)).unwrap();
    assert_eq!((side.side, side.at), (Side::Right, at((0, 500))));
    assert!(side.offset > Millimetres(length.0 * 3 / 4) && side.offset < length);
    assert_eq!(snap(&square, (-20, -20)).unwrap().offset, Millimetres(0));
}

#[test]
fn the_limit_holds_what_is_just_on_it() {
    let map = map_of(&[vec![(0, 0), (0, 900_000)]]);
    let snapper = Snapper::new(&map);
    let place = at((89_831, 450_000));
    let away = snapper.nearest(&map, place, Metres(2_000), |_| true).unwrap().distance;
    assert_eq!(away.0 / 1_000, 999, "{away:?}");
    let within = |metres| snapper.nearest(&map, place, Metres(metres), |_| true).is_some();
    assert!(within(1_000) && !within(999));
    let far = at((1_800_000_000, 900_000_000));
    assert!(snapper.nearest(&map, far, Metres(1_000_000), |_| true).is_none());
    assert!(snapper.nearest(&map, far, Metres(u32::MAX), |_| true).is_some());
}

#[test]
fn the_180th_meridian_is_not_crossed() {
    let map = map_of(&[vec![(1_799_999_000, 0), (1_800_000_000, 0)]]);
    let snapper = Snapper::new(&map);
    assert!(snapper.nearest(&map, at((-1_800_000_000, 0)), Metres(10_000_000), |_| true).is_none());
}

fn lines(reach: i32) -> impl Strategy<Value = Vec<Vec<Place>>> {
    let place = (-reach..=reach, -reach..=reach);
    prop::collection::vec(prop::collection::vec(place, 2..5), 1..60)
}

proptest! {
    #[test]
    fn the_nearest_of_all_are_found(
        lines in lines(40), place in (-60..60i32, -60..60i32), k in 0usize..9, limit in 0u32..4, odd in any::<bool>(),
    ) {
        // Few places far apart: many ties.
        let spread: Vec<Vec<Place>> = lines.iter().map(|l| l.iter().map(|&(x, y)| (x / 5 * 900, y / 5 * 900)).collect()).collect();
        let map = map_of(&spread);
        let place = at((place.0 * 900, place.1 * 180));
        let view = View::from(place);
        let accept = |id: SegmentId| odd || id.0 % 3 != 1;
        let limit = Metres(limit * limit * 30);
        let mut all: Vec<_> = map.segment_ids().filter(|&id| accept(id)).map(|id| view.to_segment(&map, id)).collect();
        all.retain(|found| found.square <= u128::from(limit.millimetres().0).pow(2));
        all.sort_by_key(|found| (found.square, found.segment));
        all.truncate(k);
        let expected: Vec<Snap> = all.iter().map(|found| view.snap(&map, found)).collect();
        prop_assert!(expected.iter().all(|snap| Snapper::on(&map, snap.segment, place) == Some(*snap)));
        prop_assert_eq!(Snapper::on(&map, SegmentId(map.segment_ids().len() as u32), place), None);
        let snapper = Snapper::new(&map);
        prop_assert_eq!(snapper.nearest_many(&map, place, limit, k, accept), expected.clone());
        if k > 0 {
            prop_assert_eq!(snapper.nearest(&map, place, limit, accept), expected.first().copied());
        }
    }

    #[test]
    fn a_snap_lies_where_it_says(lines in lines(100_000), lon in -1_790_000_000..1_790_000_000i32, lat in -700_000_000..700_000_000i32) {
        let moved: Vec<Vec<Place>> = lines.iter().map(|l| l.iter().map(|&(x, y)| (lon + x, lat + y)).collect()).collect();
        let map = map_of(&moved);
        let place = at((lon, lat));
        let snap = Snapper::new(&map).nearest(&map, place, Metres(1_000_000), |_| true).unwrap();
        let shapes = map.segment_ids().map(|id| map.shape(id).collect::<Vec<_>>());
        let exact = shapes.map(|shape| distance(place, &shape)).fold(f64::INFINITY, f64::min);
        prop_assert!(snap.distance.0.abs_diff(exact as u64) <= 1);
        // The point is as far from the place as it says, and as far along: places are rounded to about 11 mm.
        prop_assert!(place.distance(snap.at).0.abs_diff(snap.distance.0) <= 20);
        let shape: Vec<LonLat> = map.shape(snap.segment).collect();
        let length = map.segment(snap.segment).length;
        prop_assert!(snap.offset <= length);
        let along = (1..shape.len()).map(|end| {
            let stub: Vec<LonLat> = shape[..end].iter().copied().chain([snap.at]).collect();
            Draft::length(&stub).0.abs_diff(snap.offset.0)
        });
        prop_assert!(along.min().unwrap() <= 50);
    }

    #[test]
    fn every_place_on_earth_has_an_answer(
        lines in prop::collection::vec(prop::collection::vec((-1_800_000_000..=1_800_000_000i32, -900_000_000..=900_000_000i32), 2..4), 1..20),
        place in (-1_800_000_000..=1_800_000_000i32, -900_000_000..=900_000_000i32),
    ) {
        // Streets across whole continents have wrong lengths; snapping to them must still not fail.
        let mut map = map_of(&[vec![(0, 0), (1, 1)]]);
        let mut first = vec![0];
        map.segments.bends.clear();
        for line in &lines {
            map.segments.bends.extend(line.iter().copied().map(at));
            first.push(map.segments.bends.len() as u32);
        }
        let all = &mut map.segments;
        for column in [&mut all.from, &mut all.to, &mut all.length_mm, &mut all.name] {
            *column = vec![0; lines.len()];
        }
        (all.class, all.way, all.first_bend) = (vec![0; lines.len()], vec![0; lines.len()], first);
        let snapper = Snapper::new(&map);
        prop_assert_eq!(snapper.nearest_many(&map, at(place), Metres(u32::MAX), 99, |_| true).len(), lines.len());
    }
}
