//! Every search held against a look at everything, for crowds, lines, single places and the ends of the earth.

use precinct_base::{Bounds, LonLat, Metres, Millimetres, MultiPolygon, Polygon};
use proptest::prelude::*;

use super::Tree;
use super::cells::{Cells, CellsError};
use super::sort::Sorter;

fn tree(places: &[LonLat]) -> Tree {
    let mut sorter = Sorter::default();
    sorter.sort(places.iter().enumerate().map(|(id, at)| (*at, id as u32)));
    let mut tree = Tree::default();
    tree.fill(sorter.ids().map(|id| (places[id as usize], id)));
    tree
}

fn at(lon: i32, lat: i32) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

/// A place in a box round (113°, `lat`) that is 2 × `wide` high and broad.
fn place(lat: i32, wide: i32) -> impl Strategy<Value = LonLat> {
    (-wide..=wide, -wide..=wide).prop_map(move |(x, y)| {
        at(1_130_000_000 + x, lat.saturating_add(y).clamp(-900_000_000, 900_000_000))
    })
}

/// Places in a box of some size somewhere, and more in the same.
fn places() -> impl Strategy<Value = (Vec<LonLat>, Vec<LonLat>)> {
    let size = prop_oneof![Just(2), Just(40), Just(100_000), Just(600_000_000)];
    (size, prop_oneof![Just(0), Just(300_000_000), Just(-890_000_000)]).prop_flat_map(
        |(wide, lat)| {
            let many = prop::collection::vec(place(lat, wide), 0..700);
            (many, prop::collection::vec(place(lat, wide), 12))
        },
    )
}

fn naive_nearest(
    places: &[LonLat],
    from: LonLat,
    count: usize,
    limit: Millimetres,
) -> Vec<(Millimetres, u32)> {
    let far = places.iter().enumerate().map(|(id, at)| (from.distance(*at), id as u32));
    let mut all: Vec<_> = far.filter(|(distance, _)| *distance <= limit).collect();
    all.sort_unstable();
    all.truncate(count);
    all
}

fn naive_within(places: &[LonLat], inside: impl Fn(LonLat) -> bool) -> Vec<u32> {
    let all = places.iter().enumerate();
    all.filter(|(_, at)| inside(**at)).map(|(id, _)| id as u32).collect()
}

fn sorted(mut ids: Vec<u32>) -> Vec<u32> {
    ids.sort_unstable();
    ids
}

proptest! {
    #[test]
    fn the_nearest((places, asked) in places(), count in 0_usize..40, limit in prop_oneof![0_u32..3, 0_u32..20_000, Just(u32::MAX)]) {
        let tree = tree(&places);
        let limit = Metres(limit).millimetres();
        for from in asked {
            prop_assert_eq!(tree.nearest(from, count, limit), naive_nearest(&places, from, count, limit));
        }
    }

    #[test]
    fn within_a_box((places, asked) in places()) {
        let tree = tree(&places);
        for pair in asked.chunks(2) {
            let bounds = Bounds::around(pair.iter().copied()).unwrap();
            prop_assert_eq!(sorted(tree.within_box(bounds)), naive_within(&places, |at| bounds.contains(at)));
        }
    }

    #[test]
    fn within_an_area((places, ring) in places(), holes in prop::collection::vec(0_usize..9, 0..3)) {
        let tree = tree(&places);
        // Rings that cross themselves and each other, with level edges and corners on places.
        let mut outer = ring.clone();
        outer.extend(places.iter().take(3));
        outer.extend(outer.last().map(|last| at(ring[0].lon(), last.lat())));
        let holes = holes.into_iter().map(|from| ring[from..from + 3].to_vec()).collect();
        let area = MultiPolygon(vec![Polygon { outer, holes }, Polygon { outer: ring[4..9].to_vec(), holes: vec![Vec::new()] }]);
        prop_assert_eq!(sorted(tree.within_polygon(&area)), naive_within(&places, |at| area.contains(at)));
    }

    #[test]
    fn counts_in_cells((places, asked) in places(), columns in 1_u32..9, rows in 1_u32..9) {
        let tree = tree(&places);
        let bounds = Bounds::around(asked[..2].iter().copied()).unwrap();
        let cells = Cells::count(&tree, bounds, columns, rows).unwrap();
        let mut counts = vec![0; (columns * rows) as usize];
        for place in places.iter().filter(|place| bounds.contains(**place)) {
            let part = |at: i32, low: i32, high: i32, count: u32| {
                i64::from(at.abs_diff(low)) * i64::from(count) / (i64::from(high.abs_diff(low)) + 1)
            };
            let column = part(place.lon(), bounds.min().lon(), bounds.max().lon(), columns);
            let row = part(place.lat(), bounds.min().lat(), bounds.max().lat(), rows);
            counts[(row * i64::from(columns) + column) as usize] += 1;
        }
        prop_assert_eq!(cells.counts(), &counts[..]);
    }
}

#[test]
fn a_box_cannot_be_cut_into_nothing_or_too_much() {
    let bounds = Bounds::around([at(0, 0), at(9, 9)]).unwrap();
    for (columns, rows) in [(0, 5), (5, 0), (257, 256), (u32::MAX, u32::MAX)] {
        assert_eq!(
            Cells::count(&tree(&[]), bounds, columns, rows),
            Err(CellsError { columns, rows })
        );
    }
    let cells = Cells::count(&tree(&[at(5, 5), at(10, 0)]), bounds, 2, 1).unwrap();
    assert_eq!((cells.counts(), cells.columns(), cells.bounds()), (&[0, 1][..], 2, bounds));
}

#[test]
fn nothing_has_no_nearest() {
    let empty = tree(&[]);
    assert_eq!(empty.nearest(at(0, 0), 5, Millimetres(u64::MAX)), []);
    assert_eq!(Tree::default().within_polygon(&MultiPolygon::default()), []);
    assert_eq!(empty.len(), 0);
}
