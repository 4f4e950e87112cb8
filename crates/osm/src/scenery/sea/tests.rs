//! Seas of tiny coasts, drawn on a box of a hundred by a hundred.

use super::*;
use proptest::prelude::*;

fn place(x: i32, y: i32) -> LonLat {
    LonLat::new(x, y).unwrap()
}

/// The sea right of lines through these places; node `n` of the way is its `n`-th place.
fn sea_of(lines: &[&[(i32, i32)]]) -> Sea {
    let mut places: Vec<(i32, i32)> = Vec::new();
    let mut ways: Vec<Vec<i64>> = Vec::new();
    for line in lines {
        let mut way = Vec::new();
        for at in *line {
            let known = places.iter().position(|known| known == at);
            way.push(known.unwrap_or(places.len()) as i64);
            if known.is_none() {
                places.push(*at);
            }
        }
        ways.push(way);
    }
    let ways: Vec<&[i64]> = ways.iter().map(Vec::as_slice).collect();
    let at = |node: i64| places.get(node as usize).map(|&(x, y)| place(x, y));
    sea(&ways, at, Bounds::new(place(0, 0), place(100, 100)).unwrap())
}

/// What is at each of nine places, from the north-west: `~` sea, `.` land.
fn picture(sea: &Sea) -> [String; 3] {
    [85, 50, 15].map(|y| {
        [15, 50, 85]
            .map(|x| if sea.area.contains(place(x, y)) { '~' } else { '.' })
            .iter()
            .collect()
    })
}

#[test]
fn the_sea_is_to_the_right_of_the_coast() {
    assert_eq!(picture(&sea_of(&[&[(60, -10), (40, 50), (30, 110)]])), [".~~", ".~~", "..~"]);
    assert_eq!(picture(&sea_of(&[&[(30, 110), (40, 50), (60, -10)]])), ["~..", "~..", "~~."]);
    assert_eq!(picture(&sea_of(&[])), ["...", "...", "..."]);
}

#[test]
fn two_coasts_make_a_strait() {
    let west: &[(i32, i32)] = &[(30, -1), (30, 101)];
    let east: &[(i32, i32)] = &[(70, 101), (70, -1)];
    assert_eq!(picture(&sea_of(&[west, east])), [".~.", ".~.", ".~."]);
    assert_eq!(sea_of(&[west, east]).area.0.len(), 1);
}

#[test]
fn two_bays_are_two_seas() {
    let west: &[(i32, i32)] = &[(30, 101), (30, -1)];
    let east: &[(i32, i32)] = &[(70, -1), (70, 101)];
    let sea = sea_of(&[west, east]);
    assert_eq!(picture(&sea), ["~.~", "~.~", "~.~"]);
    assert_eq!(sea.area.0.len(), 2);
}

#[test]
fn islands_are_cut_out() {
    let island: &[(i32, i32)] = &[(40, 40), (60, 40), (60, 60), (40, 60), (40, 40)];
    assert_eq!(picture(&sea_of(&[island])), ["~~~", "~.~", "~~~"]);
    let coast: &[(i32, i32)] = &[(30, -1), (30, 101)];
    let sea = sea_of(&[coast, island]);
    assert_eq!(picture(&sea), [".~~", "..~", ".~~"]);
    assert_eq!((sea.area.0.len(), sea.area.0[0].holes.len()), (1, 1));
}

#[test]
fn a_lagoon_has_land_round_it() {
    let lagoon: &[(i32, i32)] = &[(40, 40), (40, 60), (60, 60), (60, 40), (40, 40)];
    assert_eq!(picture(&sea_of(&[lagoon])), ["...", ".~.", "..."]);
    let island: &[(i32, i32)] = &[(30, 5), (95, 5), (95, 95), (30, 95), (30, 5)];
    assert_eq!(picture(&sea_of(&[lagoon, island])), ["~..", "~~.", "~.."]);
}

#[test]
fn an_island_across_the_side_is_cut() {
    let island: &[(i32, i32)] = &[(70, 30), (130, 30), (130, 70), (70, 70), (70, 30)];
    assert_eq!(picture(&sea_of(&[island])), ["~~~", "~~.", "~~~"]);
}

#[test]
fn a_loose_end_goes_to_the_nearest_side() {
    let sea = sea_of(&[&[(40, 20), (40, 101)]]);
    assert_eq!((picture(&sea), sea.loose_ends), ([".~~", ".~~", ".~~"].map(str::to_owned), 1));
}

#[test]
fn a_coast_that_only_touches_a_corner_changes_nothing() {
    assert!(sea_of(&[&[(-10, 10), (10, -10), (-10, -10)]]).area.0.len() < 2);
    assert!(sea_of(&[&[(-5, 5), (0, 0), (-5, -5)]]).area.0.is_empty());
}

proptest! {
    /// One coast from the south to the north, however it winds: what is west of it is land, what is east is sea.
    #[test]
    fn any_coast_parts_land_from_sea(bends in prop::collection::vec(5..95_i32, 10), x in 0..100_i32, row in 0..9_usize) {
        let coast: Vec<(i32, i32)> =
            bends.iter().enumerate().map(|(i, &x)| (x, i as i32 * 13 - 5)).collect();
        let sea = sea_of(&[&coast]);
        // At the heights of the bends the coast is where it was put.
        let y = row as i32 * 13 - 5;
        prop_assume!((1..100).contains(&y) && (x - bends[row]).abs() > 1);
        prop_assert_eq!(sea.area.contains(place(x, y)), x > bends[row]);
    }
}
