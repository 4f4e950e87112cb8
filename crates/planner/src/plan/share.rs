//! What posts of limited capacity can serve, for the audit: groups of demand by who reaches them, and one way after another by which
//! more can be served, until there is none (Ford & Fulkerson 1956).

use std::collections::BTreeMap;

/// Who reaches a group, and how much of it each serves.
struct Group {
    rest: u64,
    served: BTreeMap<u32, u64>,
}

/// The most that can be served: `groups` are demand by who reaches it, `left` what each post can serve.
pub(super) fn most_served(groups: BTreeMap<Vec<u32>, u64>, mut left: BTreeMap<u32, u64>) -> u64 {
    let make = |(posts, rest): (Vec<u32>, u64)| Group {
        rest,
        served: posts.into_iter().map(|post| (post, 0)).collect(),
    };
    let mut groups: Vec<Group> = groups.into_iter().map(make).collect();
    let mut total = 0;
    for group in 0..groups.len() {
        while let Some(way) = way_from(&groups, &left, group) {
            total += follow(&mut groups, &mut left, group, &way);
        }
    }
    total
}

/// A way to serve more of a group: posts and groups by turns, from a post that takes it over to one with something left.
fn way_from(groups: &[Group], left: &BTreeMap<u32, u64>, from: usize) -> Option<Vec<(u32, usize)>> {
    if groups[from].rest == 0 {
        return None;
    }
    // By post: from which group it was come to, and by which post that group was.
    let mut came: BTreeMap<u32, (usize, Option<u32>)> = BTreeMap::new();
    let mut queue: Vec<(usize, Option<u32>)> = vec![(from, None)];
    let mut next = 0;
    while next < queue.len() {
        let (group, by) = queue[next];
        next += 1;
        for &post in groups[group].served.keys() {
            if came.contains_key(&post) {
                continue;
            }
            came.insert(post, (group, by));
            if left[&post] > 0 {
                return Some(traced(&came, post));
            }
            for (other, held) in groups.iter().enumerate() {
                if held.served.get(&post).is_some_and(|&amount| amount > 0) {
                    queue.push((other, Some(post)));
                }
            }
        }
    }
    None
}

/// The steps of a way, the last one first: a post and the group it takes more of.
fn traced(came: &BTreeMap<u32, (usize, Option<u32>)>, end: u32) -> Vec<(u32, usize)> {
    let mut way = Vec::new();
    let mut at = Some(end);
    while let Some(post) = at {
        let (group, by) = came[&post];
        way.push((post, group));
        at = by;
    }
    way
}

/// Sends as much along a way as it takes; how much that was.
fn follow(
    groups: &mut [Group],
    left: &mut BTreeMap<u32, u64>,
    from: usize,
    way: &[(u32, usize)],
) -> u64 {
    let (last, _) = way[0];
    let mut amount = groups[from].rest.min(left[&last]);
    for pair in way.windows(2) {
        // The post of the second step gives up the group of the first.
        let ((_, group), (giver, _)) = (pair[0], pair[1]);
        amount = amount.min(groups[group].served[&giver]);
    }
    for (step, &(post, group)) in way.iter().enumerate() {
        *groups[group].served.entry(post).or_default() += amount;
        if let Some(&(giver, _)) = way.get(step + 1) {
            *groups[group].served.entry(giver).or_default() -= amount;
        }
    }
    *left.entry(last).or_default() -= amount;
    groups[from].rest -= amount;
    amount
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_serves_makes_room_for_whom_nobody_else_can() {
        let groups = BTreeMap::from([(vec![1], 5), (vec![1, 2], 5), (vec![2, 3], 4), (vec![], 9)]);
        let left = BTreeMap::from([(1, 5), (2, 5), (3, 1)]);
        assert_eq!(most_served(groups.clone(), left), 11);
        assert_eq!(most_served(groups, BTreeMap::from([(1, 50), (2, 50), (3, 0)])), 14);
    }
}
