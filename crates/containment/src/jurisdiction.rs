//! Which streets belong to which post: those it is first at, within so many minutes.

use precinct_base::{LonLat, Millimetres, Millis};
use precinct_roads::{Network, Reach, Scratch, Side, Snap, Stretch, Way};

/// A border between two posts is found to this.
const FINE: u64 = 1_000;

/// What belongs to one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jurisdiction {
    /// How many junctions.
    pub nodes: u32,
    /// The streets, by segment and along each.
    pub streets: Vec<Stretch>,
}

impl Jurisdiction {
    /// How long its streets are together.
    pub fn length(&self) -> Millimetres {
        Millimetres(self.streets.iter().map(|stretch| stretch.length().0).sum())
    }
}

/// For each of `posts` the junctions and streets it is first at within `limit`; of posts as soon, the first given has them.
pub fn jurisdictions(
    network: &Network,
    posts: &[Snap],
    limit: Millis,
    scratch: &mut Scratch,
) -> Vec<Jurisdiction> {
    let mut all = vec![Jurisdiction::default(); posts.len()];
    let reach = network.nearest_source(scratch, posts, limit, Way::Out);
    for (node, _) in reach.nodes() {
        if let Some(post) = reach.source(node) {
            all[post].nodes += 1;
        }
    }
    for stretch in reach.streets(limit) {
        // A post on the street itself is where its part may begin and end.
        let own = posts.iter().filter(|post| post.segment == stretch.segment);
        let mut cuts: Vec<u64> = own
            .map(|post| post.offset.0)
            .filter(|offset| (stretch.start.0 + 1..stretch.end.0).contains(offset))
            .collect();
        cuts.extend([stretch.start.0, stretch.end.0]);
        cuts.sort_unstable();
        cuts.dedup();
        for ends in cuts.windows(2) {
            share(&reach, stretch, (ends[0], ends[1]), &mut all);
        }
    }
    for one in &mut all {
        one.streets = Stretch::joined(std::mem::take(&mut one.streets));
    }
    all
}

/// Gives the parts of a stretch to the posts that are first there: a part whose ends belong to one post is that post's, another is
/// halved. Between two posts there is one border, since the time to each grows or falls along all of it.
fn share(reach: &Reach<'_>, on: Stretch, (start, end): (u64, u64), all: &mut [Jurisdiction]) {
    let at = |offset: u64| {
        let (side, distance) = (Side::On, Millimetres(0));
        let place = Snap {
            segment: on.segment,
            offset: Millimetres(offset),
            side,
            at: LonLat::default(),
            distance,
        };
        reach.at(&place).map(|(_, post)| post)
    };
    let middle = start.midpoint(end);
    let owner = |post: Option<usize>| post.or_else(|| at(middle));
    let (first, last) = (owner(at(start)), owner(at(end)));
    if first == last || end - start <= FINE {
        if let Some(post) = first.or(last) {
            let (start, end) = (Millimetres(start), Millimetres(end));
            all[post].streets.push(Stretch { segment: on.segment, start, end });
        }
        return;
    }
    share(reach, on, (start, middle), all);
    share(reach, on, (middle, end), all);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::seal::tests::world::{network, place, streets};

    /// How long each post takes to a place, by a search of its own.
    fn times(network: &Network, posts: &[Snap], at: &Snap) -> Vec<u32> {
        let mut scratch = Scratch::default();
        let limit = Millis::from_minutes(9);
        let time = |i: usize| {
            let reach = network.reach(&mut scratch, &posts[i..=i], limit, Way::Out);
            reach.at(at).map_or(u32::MAX, |(time, _)| time.0)
        };
        (0..posts.len()).map(time).collect()
    }

    proptest! {
        #[test]
        fn each_street_is_of_the_post_that_is_first_there(
            streets in streets(),
            picks in prop::collection::vec((any::<usize>(), any::<u64>()), 1..4),
            limit in 0u32..30,
        ) {
            let network = network(&streets);
            let posts: Vec<Snap> = picks.iter().map(|&pick| place(&network, pick)).collect();
            let limit = Millis(limit);
            let all = jurisdictions(&network, &posts, limit, &mut Scratch::default());
            let nodes: u32 = all.iter().map(|one| one.nodes).sum();
            let mut scratch = Scratch::default();
            let reached = network.reach(&mut scratch, &posts, limit, Way::Out);
            prop_assert_eq!(nodes as usize, reached.nodes().len());
            let length: u64 = all.iter().map(|one| one.length().0).sum();
            let whole: u64 = reached.streets(limit).iter().map(|one| one.length().0).sum();
            prop_assert_eq!(length, whole, "what is reached is somebody's, once");
            for (post, one) in all.iter().enumerate() {
                for stretch in one.streets.iter().filter(|one| one.length().0 > 2 * FINE) {
                    let offset = Millimetres(stretch.start.0.midpoint(stretch.end.0));
                    let at = Snap { segment: stretch.segment, offset, ..posts[0] };
                    let times = times(&network, &posts, &at);
                    // A border is found to a metre of twelve, over which one takes a millisecond at most.
                    let best = times.iter().min().copied().unwrap_or(0);
                    prop_assert!(times[post] <= best + 2, "{times:?} at {at:?} of {post}");
                }
            }
        }
    }
}
