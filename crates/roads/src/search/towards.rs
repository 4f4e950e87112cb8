//! Times from everywhere to one place, kept: a place that is asked about again and again is searched once, and the way there from
//! anywhere is read off.

use precinct_base::{LonLat, Millimetres, Millis, NodeId, SegmentId, caps};

use super::Scratch;
use crate::network::seeds::part;
use crate::{Along, Network, Side, Snap, Way};

/// No way on from a node.
const NOWHERE: u32 = u32::MAX;
/// The place is entered from the node.
const HERE: u32 = u32::MAX - 1;

/// Times from every junction to one place, and where each way leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Towards {
    place: Snap,
    /// By node, in milliseconds; [`u32::MAX`] is "no way".
    ms: Vec<u32>,
    /// By node, the segment that leads on, and in the lowest bit whether backwards; or one of the two above.
    next: Vec<u32>,
}

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

impl Network {
    /// Times from everywhere to `place`, within a day.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use precinct_base::{HourOfWeek, LonLat, Millis};
    /// # use precinct_roads::{
    /// #     Along, Draft, DraftNode, DraftSegment, Fingerprint, Network, Profile, RoadClass, RoadMap, Scratch, SnapRules, SpeedTable,
    /// #     Times,
    /// # };
    /// # let at = |text: &str| text.parse::<LonLat>().unwrap();
    /// # let (west, east) = (at("113.5400,22.1900"), at("113.5500,22.1900"));
    /// # let mut draft = Draft::default();
    /// # draft.nodes = vec![DraftNode { osm_id: 1, at: west }, DraftNode { osm_id: 2, at: east }];
    /// # let name = draft.names.add(Default::default());
    /// # let mut times = Times::default();
    /// # for along in [Along::Forward, Along::Backward] {
    /// #     times.set(Profile::PoliceCar, along, Some(Millis(100_000)));
    /// # }
    /// # let length = Draft::length(&[west, east]);
    /// # let class = RoadClass::Residential;
    /// # draft.segments.push(DraftSegment { from: 0, to: 1, shape: vec![], length, class, name, way: 7, times });
    /// # let map = Arc::new(RoadMap::build(&draft, Fingerprint::default()).unwrap());
    /// # let network = Network::new(map, Profile::PoliceCar, &SpeedTable::as_imported(), HourOfWeek::default());
    /// // A street that takes a hundred seconds from end to end.
    /// let snap = |text| network.snap(at(text), &SnapRules::default()).unwrap();
    /// let towards = network.towards(&mut Scratch::default(), snap("113.55,22.19"));
    /// let drive = towards.drive(&network, &snap("113.54,22.19")).unwrap();
    /// assert_eq!(drive.time(), Millis(100_000));
    /// let quarter = network.point(drive.after(Millis(25_000)).unwrap());
    /// assert_eq!(towards.time_from(&network, &quarter), Some(Millis(75_000)));
    /// ```
    pub fn towards(&self, scratch: &mut Scratch, place: Snap) -> Towards {
        let nodes = self.map().node_count();
        let mut ms = vec![u32::MAX; nodes];
        let sources = [place];
        let reach = self.reach(scratch, &sources, Millis(caps::SEARCH_LIMIT_MS), Way::In);
        for (node, time) in reach.nodes() {
            ms[node.index()] = time.0;
        }
        let reached = ms.iter().zip(0..).filter(|&(&ms, _)| ms != u32::MAX);
        let mut order: Vec<(u32, u32)> = reached.map(|(&ms, node)| (ms, node)).collect();
        order.sort_unstable();
        let mut towards = Towards { place, ms, next: vec![NOWHERE; nodes] };
        for seed in self.sources(&place, Way::In) {
            if towards.ms[seed.node.index()] == seed.time.0 {
                towards.next[seed.node.index()] = HERE;
            }
        }
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            towards.lead_on(self, same);
        }
        towards
    }

    /// The place so far along a segment.
    pub fn point(&self, (segment, offset): (SegmentId, Millimetres)) -> Snap {
        let at = along(self, segment, offset);
        Snap { segment, offset, side: Side::On, at, distance: Millimetres(0) }
    }
}

/// The point so far along a segment: on the straight line between the two places of its shape that it lies between.
fn along(network: &Network, segment: SegmentId, offset: Millimetres) -> LonLat {
    let mut shape = network.map().shape(segment);
    let mut before = shape.next().unwrap_or_default();
    let mut left = offset.0;
    for at in shape {
        let whole = before.distance(at).0;
        if left < whole {
            let share = |from: i32, to: i32| {
                let gap = i128::from(to) - i128::from(from);
                from + (gap * i128::from(left) / i128::from(whole)) as i32
            };
            let between = (share(before.lon(), at.lon()), share(before.lat(), at.lat()));
            return LonLat::new(between.0, between.1).unwrap_or(before);
        }
        left -= whole;
        before = at;
    }
    before
}

impl Towards {
    /// Says of nodes that are equally far where the way leads on, those behind stretches that take no time after those before.
    fn lead_on(&mut self, network: &Network, same: &[(u32, u32)]) {
        let mut found = true;
        while found {
            found = false;
            for &(_, node) in same {
                if self.next[node as usize] == NOWHERE
                    && let Some(next) = self.step(network, node)
                {
                    self.next[node as usize] = next;
                    found = true;
                }
            }
        }
    }

    /// The first segment that leads on from a node to one that is known to lead on, exactly as long as the search says.
    fn step(&self, network: &Network, node: u32) -> Option<u32> {
        let ms = self.ms[node as usize];
        network.segments_at(NodeId(node)).find_map(|(segment, away)| {
            let takes = network.time(segment, away)?;
            let ends = network.map().segment(segment);
            let head = if away == Along::Forward { ends.to } else { ends.from };
            let rest = self.ms[head.index()];
            let leads = self.next[head.index()] != NOWHERE && rest != u32::MAX;
            (leads && rest.checked_add(takes.0) == Some(ms))
                .then_some(segment.0 << 1 | u32::from(away == Along::Backward))
        })
    }

    /// The place.
    pub const fn place(&self) -> &Snap {
        &self.place
    }

    /// The time from a place on a road, to the millisecond, as [`Network::unit_times`] tells it; none is "no way within a day".
    pub fn time_from(&self, network: &Network, from: &Snap) -> Option<Millis> {
        self.first(network, from).map(|(time, _)| time)
    }

    /// The time from a place, and the end of its segment by which it is left; none is "along the segment".
    fn first(
        &self,
        network: &Network,
        from: &Snap,
    ) -> Option<(Millis, Option<(NodeId, Millimetres)>)> {
        let direct = network.direct(from, &self.place).map(|time| (time, None));
        let through = network.seeds(from, Way::Out).filter_map(|seed| {
            let rest = self.ms[seed.node.index()];
            let time = Millis(rest).saturating_add(seed.time);
            (rest != u32::MAX).then_some((time, Some((seed.node, seed.end))))
        });
        let best = direct.into_iter().chain(through).min();
        best.filter(|(time, _)| time.0 <= caps::SEARCH_LIMIT_MS)
    }

    /// The drive from a place on a road; none where no way leads.
    pub fn drive(&self, network: &Network, from: &Snap) -> Option<Drive> {
        let (time, first) = self.first(network, from)?;
        let mut drive = Drive { time, standing: network.start_stop(), ..Drive::default() };
        let Some((mut node, end)) = first else {
            drive.go(network, from.segment, (from.offset, self.place.offset));
            return Some(drive);
        };
        drive.go(network, from.segment, (from.offset, end));
        loop {
            let next = self.next[node.index()];
            if next == HERE || next == NOWHERE {
                break;
            }
            let (segment, backward) = (SegmentId(next >> 1), next & 1 == 1);
            drive.go_all_along(network, segment, backward);
            let ends = network.map().segment(segment);
            node = if backward { ends.from } else { ends.to };
        }
        let door = network.seeds(&self.place, Way::In).filter(|seed| seed.node == node).min();
        if let Some(door) = door {
            drive.go(network, self.place.segment, (door.end, self.place.offset));
        }
        Some(drive)
    }
}

impl Drive {
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
