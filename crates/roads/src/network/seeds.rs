//! Where a search starts when its source lies inside a segment.

use precinct_base::{Millimetres, Millis, NodeId};

use super::{Network, Way};
use crate::{Along, Snap};

/// A node by which a place inside a segment is left or entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seed {
    /// How long it takes between the node and the place.
    pub(crate) time: Millis,
    /// The node.
    pub(crate) node: NodeId,
    /// Which end of the segment it is, as a distance from the first.
    pub(crate) end: Millimetres,
}

impl Network {
    /// The nodes at which a search from `snap` enters the network: at most two.
    ///
    /// A place exactly at an end of its segment is that end: whoever stands at a junction may take any street there.
    pub(crate) fn seeds(&self, snap: &Snap, way: Way) -> impl Iterator<Item = Seed> {
        let segment = self.map.segment(snap.segment);
        let whole = segment.length;
        let before = snap.offset;
        let after = Millimetres(whole.0.saturating_sub(before.0));
        let (to_first, to_last) = match way {
            Way::Out => (Along::Backward, Along::Forward),
            Way::In => (Along::Forward, Along::Backward),
        };
        let reach = |node, end, stretch: Millimetres, along| {
            let time = self.time(snap.segment, along).map(|time| part(time, stretch, whole));
            let time = if stretch.0 == 0 { Some(Millis::ZERO) } else { time };
            time.map(|time| Seed { time, node, end })
        };
        [
            reach(segment.from, Millimetres(0), before, to_first),
            reach(segment.to, whole, after, to_last),
        ]
        .into_iter()
        .flatten()
    }

    /// As [`Network::seeds`], for the end that a search starts from: what every way costs beside its streets is counted there, once.
    pub(crate) fn sources(&self, snap: &Snap, way: Way) -> impl Iterator<Item = Seed> {
        let later =
            move |seed: Seed| Seed { time: seed.time.saturating_add(self.start_stop), ..seed };
        self.seeds(snap, way).map(later)
    }

    /// The time from one place to another on the same segment without leaving it.
    pub fn direct(&self, from: &Snap, to: &Snap) -> Option<Millis> {
        if from.segment != to.segment {
            return None;
        }
        let gap = Millimetres(to.offset.0.abs_diff(from.offset.0));
        if gap.0 == 0 {
            return Some(self.start_stop);
        }
        let along = if to.offset > from.offset { Along::Forward } else { Along::Backward };
        self.time(from.segment, along)
            .map(|time| part(time, gap, self.map.segment(from.segment).length))
            .map(|time| time.saturating_add(self.start_stop))
    }
}

/// The time over `stretch` of a segment `whole` long that takes `time`.
pub(crate) fn part(time: Millis, stretch: Millimetres, whole: Millimetres) -> Millis {
    time.share(stretch.0 as u32, whole.0 as u32)
}
