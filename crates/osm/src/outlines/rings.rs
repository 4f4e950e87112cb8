//! Lines joined end to end into rings.

use std::collections::BTreeMap;

/// Joins lines, each a list of node numbers, into closed rings, whose first node is not repeated at the end. `None` if anything is
/// left over: the outline has a gap.
pub(crate) fn join(lines: &[&[i64]]) -> Option<Vec<Vec<i64>>> {
    let mut ends: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut rings = Vec::new();
    let mut used = vec![false; lines.len()];
    for (i, line) in lines.iter().enumerate() {
        match line {
            [] | [_] => used[i] = true,
            [first, middle @ .., last] if first == last => {
                used[i] = true;
                rings.push(std::iter::once(*first).chain(middle.iter().copied()).collect());
            }
            [first, .., last] => {
                ends.entry(*first).or_default().push(i);
                ends.entry(*last).or_default().push(i);
            }
        }
    }
    for start in 0..lines.len() {
        if !used[start] {
            rings.push(follow(start, lines, &mut ends, &mut used)?);
        }
    }
    Some(rings)
}

/// Goes from line to line until it is back at the start.
fn follow(
    start: usize,
    lines: &[&[i64]],
    ends: &mut BTreeMap<i64, Vec<usize>>,
    used: &mut [bool],
) -> Option<Vec<i64>> {
    used[start] = true;
    let mut ring = lines[start].to_vec();
    let &first = ring.first()?;
    loop {
        let at = ring.pop()?;
        if at == first {
            return Some(ring);
        }
        // Lines used up are dropped from the list as they are met, so that a node is never searched twice.
        let here = ends.get_mut(&at)?;
        let next = std::iter::from_fn(|| here.pop()).find(|line| !used[*line])?;
        used[next] = true;
        let line = lines[next];
        if line.first() == Some(&at) {
            ring.extend_from_slice(line);
        } else {
            ring.extend(line.iter().rev());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_turned_as_needed() {
        assert_eq!(join(&[&[1, 2, 3], &[1, 5, 3]]), Some(vec![vec![1, 2, 3, 5]]));
        assert_eq!(join(&[&[1, 2, 1], &[7, 8, 9, 7]]), Some(vec![vec![1, 2], vec![7, 8, 9]]));
        assert_eq!(join(&[&[1, 2, 3], &[3, 4]]), None);
        assert_eq!(join(&[&[1, 2, 3]]), None);
        assert_eq!(join(&[&[], &[4]]), Some(vec![]));
    }

    proptest! {
        #[test]
        fn a_ring_cut_anywhere_is_one_again(cuts in prop::collection::btree_set(0_usize..40, 1..10), turn in any::<u64>()) {
            // Nodes 0 to 39 in a circle, cut at some and each line turned or not.
            let cuts: Vec<usize> = cuts.into_iter().collect();
            let mut lines: Vec<Vec<i64>> = Vec::new();
            for (i, &from) in cuts.iter().enumerate() {
                let to = cuts.get(i + 1).copied().unwrap_or(cuts[0] + 40);
                let mut line: Vec<i64> = (from..=to).map(|node| (node % 40) as i64).collect();
                if turn >> i & 1 == 1 {
                    line.reverse();
                }
                lines.push(line);
            }
            let rings = join(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
            prop_assert_eq!(rings.len(), 1);
            let next_to = |a: i64, b: i64| (a - b).rem_euclid(40) == 1 || (b - a).rem_euclid(40) == 1;
            prop_assert_eq!(rings[0].len(), 40);
            prop_assert!((0..40).all(|i| next_to(rings[0][i], rings[0][(i + 1) % 40])));
        }
    }
}
