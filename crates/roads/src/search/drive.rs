//! A drive: the quickest way from one place to another, that can be stopped at any moment.

use precinct_base::{Millimetres, Millis, NodeId, SegmentId};

use super::onward::{HERE, NOWHERE};
use crate::network::seeds::part;
use crate::{Along, Network, Snap, Way};

/// A stretch of a drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stage {
    /// Milliseconds from the start of the drive.
    after: u32,
    takes: u32,
    segment: SegmentId,
    from: Millimetres,
    to: Millimetres,
}

/// The quickest way from one place to another, as a drive that can be stopped at any moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drive {
    stages: Vec<Stage>,
    time: Millis,
    length: Millimetres,
    /// What it costs beside its streets: spent before it sets off.
    standing: Millis,
}

/// How long the way takes in all, and by which end of its segment a place is left; none is "along the segment".
pub(super) type First = (Millis, Option<(NodeId, Millimetres)>);

impl Network {
    /// The way from one place to another, by how long each node is from there.
    pub(super) fn way_on(
        &self,
        from: &Snap,
        to: &Snap,
        ms: impl Fn(NodeId) -> Option<u32>,
    ) -> Option<First> {
        let direct = self.direct(from, to).map(|time| (time, None));
        let through = self.seeds(from, Way::Out).filter_map(|seed| {
            let time = Millis(ms(seed.node)?).saturating_add(seed.time);
            Some((time, Some((seed.node, seed.end))))
        });
        direct.into_iter().chain(through).min()
    }
}

impl Drive {
    /// The drive from one place to another, by where each node leads on.
    pub(super) fn to(
        network: &Network,
        place: &Snap,
        from: &Snap,
        (time, first): First,
        next: impl Fn(NodeId) -> u32,
    ) -> Self {
        let mut drive = Self { time, standing: network.start_stop(), ..Self::default() };
        let Some((mut node, end)) = first else {
            drive.go(network, from.segment, (from.offset, place.offset));
            return drive;
        };
        drive.go(network, from.segment, (from.offset, end));
        loop {
            let next = next(node);
            if next == HERE || next == NOWHERE {
                break;
            }
            let (segment, backward) = (SegmentId(next >> 1), next & 1 == 1);
            drive.go_all_along(network, segment, backward);
            let ends = network.map().segment(segment);
            node = if backward { ends.from } else { ends.to };
        }
        let door = network.seeds(place, Way::In).filter(|seed| seed.node == node).min();
        if let Some(door) = door {
            drive.go(network, place.segment, (door.end, place.offset));
        }
        drive
    }

    /// Goes along a part of a segment.
    fn go(
        &mut self,
        network: &Network,
        segment: SegmentId,
        (from, to): (Millimetres, Millimetres),
    ) {
        if from != to {
            let along = if to > from { Along::Forward } else { Along::Backward };
            let (whole, stretch) =
                (network.map().segment(segment).length, Millimetres(to.0.abs_diff(from.0)));
            let takes = network.time(segment, along).map(|time| part(time, stretch, whole));
            self.add(segment, (from, to), takes.unwrap_or_default());
        }
    }

    /// Goes along a whole segment, which may have no length and take time all the same.
    fn go_all_along(&mut self, network: &Network, segment: SegmentId, backward: bool) {
        let ends = (Millimetres(0), network.map().segment(segment).length);
        let (along, ends) =
            if backward { (Along::Backward, (ends.1, ends.0)) } else { (Along::Forward, ends) };
        self.add(segment, ends, network.time(segment, along).unwrap_or_default());
    }

    fn add(&mut self, segment: SegmentId, (from, to): (Millimetres, Millimetres), takes: Millis) {
        let after = self.stages.last().map_or(self.standing.0, |stage| stage.after + stage.takes);
        self.stages.push(Stage { after, takes: takes.0, segment, from, to });
        self.length.0 += to.0.abs_diff(from.0);
    }

    /// How long it takes, to the millisecond.
    pub const fn time(&self) -> Millis {
        self.time
    }

    /// What of it is spent beside its streets, whatever the hour.
    pub const fn standing(&self) -> Millis {
        self.standing
    }

    /// How long it is.
    pub const fn length(&self) -> Millimetres {
        self.length
    }

    /// Where on the roads it is after so long; none for a drive that goes nowhere.
    pub fn after(&self, elapsed: Millis) -> Option<(SegmentId, Millimetres)> {
        let under_way = self.stages.partition_point(|stage| stage.after <= elapsed.0);
        let stage = self.stages.get(under_way.saturating_sub(1))?;
        let done = elapsed.0.saturating_sub(stage.after);
        if done >= stage.takes {
            return Some((stage.segment, stage.to));
        }
        let gap = stage.to.0.abs_diff(stage.from.0) * u64::from(done) / u64::from(stage.takes);
        let offset = if stage.to > stage.from { stage.from.0 + gap } else { stage.from.0 - gap };
        Some((stage.segment, Millimetres(offset)))
    }

    /// The share of its length that is done after so long, in millimetres.
    pub fn done(&self, elapsed: Millis) -> Millimetres {
        let mut done = 0;
        for stage in self.stages.iter().take_while(|stage| stage.after <= elapsed.0) {
            let length = stage.to.0.abs_diff(stage.from.0);
            let part = u64::from((elapsed.0 - stage.after).min(stage.takes));
            done += (length * part).checked_div(u64::from(stage.takes)).unwrap_or(length);
        }
        Millimetres(done)
    }
}
