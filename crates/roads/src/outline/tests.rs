//! Outlines hold their streets, keep their distance, and are areas as RFC 7946 wants them.

use precinct_base::{LonLat, Metres, MultiPolygon, Plane};
use proptest::prelude::*;

use super::*;
use crate::flat::{Point, cross, square, to_piece, vector};

type Place = (i32, i32);

fn at((lon, lat): Place) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

fn pieces(lines: &[Vec<Place>]) -> Vec<Vec<LonLat>> {
    lines.iter().map(|line| line.iter().copied().map(at).collect()).collect()
}

/// Lines in metres east and north of a place in Macau.
fn metres(lines: &[&[Place]]) -> Vec<Vec<LonLat>> {
    let (start, plane) = (at((1_135_400_000, 221_900_000)), Plane::at(221_900_000));
    let place = |&(x, y): &Place| plane.offset(start, i64::from(x) * 1_000, i64::from(y) * 1_000);
    lines.iter().map(|line| line.iter().map(place).collect()).collect()
}

fn point(place: LonLat) -> Point {
    (i64::from(place.lon()), i64::from(place.lat()))
}

/// Twice the signed area of a ring in square units: positive for counter-clockwise.
fn turn(ring: &[LonLat]) -> i128 {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    edges.map(|(&a, &b)| cross(point(a), point(b))).sum()
}

fn square_metres(area: &MultiPolygon) -> i128 {
    let Some(bounds) = area.bounds() else { return 0 };
    let plane = Plane::at(bounds.centre().lat());
    let on_sheet = |ring: &Ring| {
        let points: Vec<Point> = ring.iter().map(|&p| plane.vector(bounds.min(), p)).collect();
        let edges = points.iter().zip(points.iter().cycle().skip(1));
        edges.map(|(&a, &b)| cross(a, b)).sum::<i128>()
    };
    area.rings().map(on_sheet).sum::<i128>() / 2_000_000
}

fn touch(a: LonLat, b: LonLat, c: LonLat, d: LonLat) -> bool {
    let [a, b, c, d] = [a, b, c, d].map(point);
    let side = |from, to, p| cross(vector(from, to), vector(from, p)).signum();
    let in_box = |from: Point, to: Point, p: Point| {
        from.0.min(to.0) <= p.0
            && p.0 <= from.0.max(to.0)
            && from.1.min(to.1) <= p.1
            && p.1 <= from.1.max(to.1)
    };
    let (s1, s2, s3, s4) = (side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b));
    (s1 != s2 && s3 != s4)
        || (s1 == 0 && in_box(a, b, c))
        || (s2 == 0 && in_box(a, b, d))
        || (s3 == 0 && in_box(c, d, a))
        || (s4 == 0 && in_box(c, d, b))
}

/// Fails unless rings are turned right, touch nothing, and lie in each other as they should.
fn check(area: &MultiPolygon) -> Result<(), TestCaseError> {
    let mut edges = Vec::new();
    for (number, ring) in area.rings().enumerate() {
        prop_assert!(ring.len() >= 4);
        for i in 0..ring.len() {
            edges.push((number, i, ring.len(), ring[i], ring[(i + 1) % ring.len()]));
        }
    }
    for (k, &(ring, i, count, a, b)) in edges.iter().enumerate() {
        for &(other, j, _, c, d) in &edges[k + 1..] {
            let are_neighbours = ring == other && (j == i + 1 || (i == 0 && j + 1 == count));
            prop_assert!(are_neighbours || !touch(a, b, c, d), "{a} {b} touches {c} {d}");
        }
    }
    for (k, polygon) in area.0.iter().enumerate() {
        prop_assert!(turn(&polygon.outer) > 0);
        let outer = MultiPolygon::from_ring(polygon.outer.clone());
        for hole in &polygon.holes {
            prop_assert!(turn(hole) < 0);
            prop_assert!(outer.contains(hole[0]));
        }
        for (_, other) in area.0.iter().enumerate().filter(|(i, _)| *i != k) {
            let other = MultiPolygon(vec![other.clone()]);
            prop_assert!(!other.contains(polygon.outer[0]));
        }
    }
    Ok(())
}

const STYLE: OutlineStyle =
    OutlineStyle { radius: Metres(60), smallest_hole_m2: 40_000, smallest_hole_one_in: 1_000 };
const WITH_HOLES: OutlineStyle =
    OutlineStyle { smallest_hole_m2: 0, smallest_hole_one_in: 0, ..STYLE };

#[test]
fn nothing_has_no_outline() {
    assert_eq!(outline(Vec::<Vec<LonLat>>::new(), &STYLE), MultiPolygon::default());
    assert_eq!(outline([[]], &STYLE), MultiPolygon::default());
}

#[test]
fn a_street_has_a_band_with_round_ends() {
    let area = outline(metres(&[&[(0, 0), (1_000, 0)]]), &STYLE);
    // 120 m by 1,000 m, and a circle of 60 m: 131,310 m².
    assert!((129_000..132_000).contains(&square_metres(&area)), "{}", square_metres(&area));
    assert_eq!((area.0.len(), area.0[0].holes.len()), (1, 0));
    assert!((14..40).contains(&area.0[0].outer.len()), "{}", area.0[0].outer.len());
    let spot = outline(metres(&[&[(0, 0)]]), &STYLE);
    assert!((10_800..11_400).contains(&square_metres(&spot)), "{}", square_metres(&spot));
}

#[test]
fn the_insides_of_blocks_are_filled_and_parks_are_not() {
    let block = |side: i32| {
        let corners: Vec<Place> = vec![(0, 0), (side, 0), (side, side), (0, side), (0, 0)];
        outline(metres(&[&corners]), &STYLE)
    };
    let small = block(300);
    assert_eq!(small.0[0].holes.len(), 0);
    assert!(small.contains(metres(&[&[(150, 150)]])[0][0]));
    let large = block(500);
    assert_eq!(large.0[0].holes.len(), 1);
    assert!(!large.contains(metres(&[&[(250, 250)]])[0][0]));
}

#[test]
fn an_island_in_a_hole_is_an_area_of_its_own_until_the_hole_is_filled() {
    let square: &[Place] = &[(0, 0), (900, 0), (900, 900), (0, 900), (0, 0)];
    let lines = metres(&[square, &[(400, 450), (500, 450)]]);
    let area = outline(&lines, &STYLE);
    assert_eq!(area.0.iter().map(|polygon| polygon.holes.len()).collect::<Vec<_>>(), [1, 0]);
    check(&area).unwrap();
    let large = OutlineStyle { smallest_hole_m2: 1_000_000, ..STYLE };
    let of_whole = OutlineStyle { smallest_hole_one_in: 1, ..STYLE };
    for style in [large, of_whole] {
        let filled = outline(&lines, &style);
        assert_eq!(filled.0.iter().map(|polygon| polygon.holes.len()).collect::<Vec<_>>(), [0]);
    }
}

#[test]
fn the_ends_of_the_earth_are_not_crossed() {
    for (lon, lat) in [(1_799_999_000, 0), (-1_799_999_000, 0), (0, 899_999_000), (0, -899_999_000)]
    {
        let area = outline([[at((lon, lat)), at((lon / 1_000 * 999, lat / 1_000 * 999))]], &STYLE);
        check(&area).unwrap();
        assert!(area.contains(at((lon, lat))), "{lon} {lat}");
    }
    let corners = [at((-1_800_000_000, -900_000_000)), at((1_800_000_000, 900_000_000))];
    for radius in [60, u32::MAX] {
        check(&outline([corners], &OutlineStyle { radius: Metres(radius), ..STYLE })).unwrap();
        check(&outline([[corners[1]]], &OutlineStyle { radius: Metres(radius), ..STYLE })).unwrap();
    }
}

fn lines(reach: i32, most: usize) -> impl Strategy<Value = Vec<Vec<Place>>> {
    let place = (-reach..=reach, -reach..=reach);
    let line = prop::collection::vec(place, 1..4);
    (
        prop::collection::vec(line, 1..most),
        -1_700_000_000..1_700_000_000i32,
        -600_000_000..600_000_000i32,
    )
        .prop_map(|(lines, lon, lat)| {
            lines.iter().map(|l| l.iter().map(|&(x, y)| (lon + x, lat + y)).collect()).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rings_are_as_they_should_be_and_hold_every_street(lines in lines(60_000, 12), fill in any::<bool>()) {
        let pieces = pieces(&lines);
        let area = outline(&pieces, if fill { &STYLE } else { &WITH_HOLES });
        check(&area)?;
        for place in pieces.iter().flatten() {
            prop_assert!(area.contains(*place), "{place}");
        }
    }

    #[test]
    fn it_runs_at_its_radius(lines in lines(60_000, 8), probes in prop::collection::vec((-80_000..80_000i32, -80_000..80_000i32), 50)) {
        let pieces = pieces(&lines);
        let area = outline(&pieces, &WITH_HOLES);
        let start = pieces[0][0];
        for (x, y) in probes {
            let probe = at((start.lon() + x, start.lat() + y));
            let plane = Plane::at(probe.lat());
            let distance = |line: &Vec<LonLat>| {
                let points: Vec<Point> = line.iter().map(|&p| plane.vector(probe, p)).collect();
                let pieces = points.windows(2).map(|pair| to_piece(pair[0], pair[1]));
                pieces.chain([square(points[0])]).min().unwrap().isqrt()
            };
            let nearest = pieces.iter().map(distance).min().unwrap();
            // To half a step of the grid, which is 20 m.
            if nearest < 50_000 {
                prop_assert!(area.contains(probe), "{probe} is {nearest} mm away");
            }
            if nearest > 70_000 {
                prop_assert!(!area.contains(probe), "{probe} is {nearest} mm away");
            }
        }
    }

    #[test]
    fn neither_order_nor_direction_matters(lines in lines(60_000, 8)) {
        let mut pieces = pieces(&lines);
        let area = outline(&pieces, &STYLE);
        pieces.reverse();
        for piece in &mut pieces {
            piece.reverse();
        }
        prop_assert_eq!(outline(&pieces, &STYLE), area);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn a_country_is_drawn_more_coarsely(lines in lines(30_000_000, 20)) {
        let pieces = pieces(&lines);
        let area = outline(&pieces, &STYLE);
        check(&area)?;
        for place in pieces.iter().flatten() {
            prop_assert!(area.contains(*place), "{place}");
        }
    }
}
