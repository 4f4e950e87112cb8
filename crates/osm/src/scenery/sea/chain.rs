//! Ways of coastline joined end to start: their direction says where the sea is, so none is turned.

use std::collections::BTreeMap;

/// Joins ways into chains of nodes. The last node of a chain is its first if it is closed.
pub(super) fn join(ways: &[&[i64]]) -> Vec<Vec<i64>> {
    let mut starting: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut ending: BTreeMap<i64, usize> = BTreeMap::new();
    for (i, way) in ways.iter().enumerate().rev() {
        if let [first, .., last] = way {
            starting.entry(*first).or_default().push(i);
            *ending.entry(*last).or_default() += 1;
        }
    }
    let mut used = vec![false; ways.len()];
    let mut chains = Vec::new();
    // First those that nothing leads into, then what is left: circles.
    let leads_into = |way: &[i64]| way.first().is_some_and(|first| ending.contains_key(first));
    let (later, first): (Vec<usize>, Vec<usize>) =
        (0..ways.len()).partition(|&i| leads_into(ways[i]));
    for start in first.into_iter().chain(later) {
        if used[start] || ways[start].len() < 2 {
            continue;
        }
        used[start] = true;
        let mut chain = ways[start].to_vec();
        while let Some(next) = next(&chain, &mut starting, &used) {
            used[next] = true;
            chain.extend_from_slice(&ways[next][1..]);
        }
        chains.push(chain);
    }
    chains
}

/// A way that starts where a chain ends, unless the chain is closed.
fn next(chain: &[i64], starting: &mut BTreeMap<i64, Vec<usize>>, used: &[bool]) -> Option<usize> {
    let last = chain.last().filter(|last| chain.first() != Some(last))?;
    let here = starting.get_mut(last)?;
    std::iter::from_fn(|| here.pop()).find(|next| !used[*next])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_keep_their_direction() {
        assert_eq!(join(&[&[3, 4], &[1, 2, 3], &[9, 8]]), [vec![1, 2, 3, 4], vec![9, 8]]);
        assert_eq!(join(&[&[1, 2], &[3, 2]]), [vec![1, 2], vec![3, 2]]);
        assert_eq!(join(&[&[1, 2], &[2, 3], &[3, 1]]), [vec![1, 2, 3, 1]]);
        assert!(join(&[&[], &[1]]).is_empty());
    }
}
