//! Where a way leads on from a node, read off how long each node is from its end.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{Millis, NodeId};

use super::{Drive, Reach};
use crate::{Along, Network, Snap, Way};

/// No way on from a node.
pub(super) const NOWHERE: u32 = u32::MAX;
/// The place is entered from the node.
pub(super) const HERE: u32 = u32::MAX - 1;

/// The nodes that a place is entered from, with the milliseconds that takes: at most two.
pub(super) type Doors = [Option<(NodeId, u32)>; 2];

pub(super) fn doors(network: &Network, place: &Snap) -> Doors {
    let mut all = network.sources(place, Way::In).map(|seed| (seed.node, seed.time.0));
    [all.next(), all.next()]
}

/// Whether the way ends by entering the place from this node.
pub(super) fn is_here(doors: &Doors, ms: impl Fn(NodeId) -> Option<u32>, node: NodeId) -> bool {
    doors.iter().flatten().any(|&(door, time)| door == node && ms(node) == Some(time))
}

/// The first stretch that takes time and leads on to a node exactly so much nearer.
pub(super) fn quicker(
    network: &Network,
    ms: impl Fn(NodeId) -> Option<u32>,
    node: NodeId,
) -> Option<u32> {
    fitting(network, ms, node, |takes, _| takes.0 > 0)
}

/// The first stretch that takes no time and leads to a node that is known to lead on.
pub(super) fn level(
    network: &Network,
    ms: impl Fn(NodeId) -> Option<u32>,
    node: NodeId,
    leads: impl Fn(NodeId) -> bool,
) -> Option<u32> {
    fitting(network, ms, node, |takes, head| takes.0 == 0 && leads(head))
}

fn fitting(
    network: &Network,
    ms: impl Fn(NodeId) -> Option<u32>,
    node: NodeId,
    wanted: impl Fn(Millis, NodeId) -> bool,
) -> Option<u32> {
    let own = ms(node)?;
    network.segments_at(node).find_map(|(segment, away)| {
        let takes = network.time(segment, away)?;
        let ends = network.map().segment(segment);
        let head = if away == Along::Forward { ends.to } else { ends.from };
        let fits = ms(head)?.checked_add(takes.0) == Some(own) && wanted(takes, head);
        fits.then_some(segment.0 << 1 | u32::from(away == Along::Backward))
    })
}

impl Reach<'_> {
    /// The quickest drive from a place to the one that was searched from; none where it is over the limit, or no way leads. It is the
    /// drive that [`crate::Towards`] tells. The search must have gone [`Way::In`] from one place.
    pub fn drive(&self, from: &Snap) -> Option<Drive> {
        let [place] = self.sources else { return None };
        let ms = |node: NodeId| self.scratch.ms(node.0);
        let first = self.network.way_on(from, place, ms);
        let first = first.filter(|(time, _)| self.way == Way::In && *time <= self.limit)?;
        let doors = doors(self.network, place);
        Some(Drive::to(self.network, place, from, first, |node| self.onward(&doors, node)))
    }

    fn onward(&self, doors: &Doors, node: NodeId) -> u32 {
        let ms = |node: NodeId| self.scratch.ms(node.0);
        if is_here(doors, ms, node) {
            return HERE;
        }
        quicker(self.network, ms, node).unwrap_or_else(|| self.over_level(doors, node))
    }

    /// Where nodes lead on among which stretches take no time: settled for all of them together, as [`crate::Towards`] settles it.
    fn over_level(&self, doors: &Doors, node: NodeId) -> u32 {
        let ms = |node: NodeId| self.scratch.ms(node.0);
        let mut all = BTreeSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            for (segment, away) in self.network.segments_at(node) {
                let ends = self.network.map().segment(segment);
                let head = if away == Along::Forward { ends.to } else { ends.from };
                let level = self.network.time(segment, away) == Some(Millis::ZERO);
                if level && ms(head) == ms(node) && all.insert(head) {
                    open.push(head);
                }
            }
        }
        let known = |&node: &NodeId| {
            let here = is_here(doors, ms, node).then_some(HERE);
            Some((node, here.or_else(|| quicker(self.network, ms, node))?))
        };
        let mut next: BTreeMap<NodeId, u32> = all.iter().filter_map(known).collect();
        let mut found = true;
        while found {
            found = false;
            for &node in &all {
                if !next.contains_key(&node)
                    && let Some(on) = level(self.network, ms, node, |head| next.contains_key(&head))
                {
                    next.insert(node, on);
                    found = true;
                }
            }
        }
        next.get(&node).copied().unwrap_or(NOWHERE)
    }
}
