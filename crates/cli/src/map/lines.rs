//! Street lines made small: joined end to end, and simplified to what the picture can show.

use std::collections::BTreeMap;

use super::frame::Point;

/// Lines that meet end to end become one, so that fewer starts are written. Same lines in, same lines out.
pub(crate) fn join(lines: Vec<Vec<Point>>) -> Vec<Vec<Point>> {
    let mut ends: BTreeMap<Point, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        if let [first, .., last] = line[..] {
            ends.entry(first).or_default().push(i);
            ends.entry(last).or_default().push(i);
        }
    }
    let mut left: Vec<Option<Vec<Point>>> =
        lines.into_iter().map(|line| (line.len() > 1).then_some(line)).collect();
    let mut joined = Vec::new();
    for i in 0..left.len() {
        let Some(mut line) = left[i].take() else { continue };
        grow(&mut line, &ends, &mut left);
        line.reverse();
        grow(&mut line, &ends, &mut left);
        joined.push(line);
    }
    joined
}

fn grow(
    line: &mut Vec<Point>,
    ends: &BTreeMap<Point, Vec<usize>>,
    left: &mut [Option<Vec<Point>>],
) {
    while let Some(&tail) = line.last() {
        let next = ends.get(&tail).and_then(|all| all.iter().find_map(|&i| left[i].take()));
        let Some(mut next) = next else { return };
        if next[0] != tail {
            next.reverse();
        }
        line.extend_from_slice(&next[1..]);
    }
}

/// The line without bends that lie within `tolerance` tenths of a straight stretch (Douglas and Peucker, 1973).
pub(crate) fn simplify(line: &[Point], tolerance: i32) -> Vec<Point> {
    let mut kept = vec![false; line.len()];
    let mut open = Vec::new();
    if let Some(last) = line.len().checked_sub(1) {
        (kept[0], kept[last]) = (true, true);
        open.push((0, last));
    }
    while let Some((from, to)) = open.pop() {
        if let Some(far) = farthest(line, from, to, tolerance) {
            kept[far] = true;
            open.push((from, far));
            open.push((far, to));
        }
    }
    let mut short: Vec<Point> = Vec::new();
    for (&point, _) in line.iter().zip(&kept).filter(|(_, kept)| **kept) {
        if short.last() != Some(&point) {
            short.push(point);
        }
    }
    short
}

/// The bend farthest from the straight stretch between two others, if it is farther than the tolerance.
fn farthest(line: &[Point], from: usize, to: usize, tolerance: i32) -> Option<usize> {
    let (a, b) = (line[from], line[to]);
    let far = (from + 1..to).max_by_key(|&i| away(line[i], a, b))?;
    let limit = i128::from(tolerance).pow(2) * i128::from(squared(a, b).max(1));
    (away(line[far], a, b) > limit).then_some(far)
}

/// The square of the distance from `p` to the stretch `a`–`b`, times the square of that stretch: whole numbers only.
fn away(p: Point, a: Point, b: Point) -> i128 {
    let (ab, ap) = (step(a, b), step(a, p));
    let (along, whole) = (ab.0 * ap.0 + ab.1 * ap.1, squared(a, b));
    if along <= 0 {
        i128::from(squared(a, p)) * i128::from(whole.max(1))
    } else if along >= whole {
        i128::from(squared(b, p)) * i128::from(whole)
    } else {
        i128::from(ab.0 * ap.1 - ab.1 * ap.0).pow(2)
    }
}

fn step(a: Point, b: Point) -> (i64, i64) {
    (i64::from(b.0) - i64::from(a.0), i64::from(b.1) - i64::from(a.1))
}

fn squared(a: Point, b: Point) -> i64 {
    let (x, y) = step(a, b);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_meeting_end_to_end_become_one() {
        let lines =
            vec![vec![(0, 0), (1, 0)], vec![(5, 5), (1, 0)], vec![(0, 0), (-3, 0)], vec![(9, 9)]];
        assert_eq!(join(lines), vec![vec![(5, 5), (1, 0), (0, 0), (-3, 0)]]);
    }

    #[test]
    fn a_straight_line_keeps_its_ends_only() {
        assert_eq!(simplify(&[(0, 0), (10, 1), (20, 0), (30, 0)], 3), [(0, 0), (30, 0)]);
        assert_eq!(simplify(&[(0, 0), (10, 9), (20, 0)], 3), [(0, 0), (10, 9), (20, 0)]);
        assert_eq!(simplify(&[(0, 0), (40, 0), (20, 0)], 3), [(0, 0), (40, 0), (20, 0)]);
        assert_eq!(simplify(&[(4, 4), (4, 4)], 3), [(4, 4)]);
        assert!(simplify(&[], 3).is_empty());
    }

    fn total(lines: &[Vec<Point>]) -> i64 {
        let steps = |line: &Vec<Point>| line.windows(2).map(|p| squared(p[0], p[1])).sum::<i64>();
        lines.iter().map(steps).sum()
    }

    proptest! {
        #[test]
        fn joining_loses_no_stretch(lines in prop::collection::vec(prop::collection::vec((0..4i32, 0..4i32), 2..4), 0..20)) {
            let before = total(&lines);
            let joined = join(lines.clone());
            prop_assert_eq!(total(&joined), before);
            prop_assert!(joined.len() <= lines.len());
        }

        #[test]
        fn what_is_left_out_lies_near(line in prop::collection::vec((-200..200i32, -200..200i32), 1..40)) {
            let short = simplify(&line, 30);
            for &p in &line {
                let near = short.windows(2).any(|s| away(p, s[0], s[1]) <= 900 * i128::from(squared(s[0], s[1])));
                prop_assert!(near || short.contains(&p), "{:?} {:?}", p, short);
            }
        }
    }
}
