//! Times from everywhere to one place, kept: a place that is asked about again and again is searched once, and the way there from
//! anywhere is read off.

use precinct_base::{LonLat, Millimetres, Millis, NodeId, SegmentId, caps};

use super::onward::{Doors, HERE, NOWHERE, doors, is_here, level, quicker};
use super::{Drive, Scratch};
use crate::{Network, Side, Snap, Way};

/// Times from every junction to one place, and where each way leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Towards {
    place: Snap,
    /// By node, in milliseconds; [`u32::MAX`] is "no way".
    ms: Vec<u32>,
    /// By node, the segment that leads on, and in the lowest bit whether backwards; or that there is none, or that the place is here.
    next: Vec<u32>,
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
        let mut towards = Towards { place, ms: vec![u32::MAX; nodes], next: vec![NOWHERE; nodes] };
        let sources = [place];
        let reach = self.reach(scratch, &sources, Millis(caps::SEARCH_LIMIT_MS), Way::In);
        for (node, time) in reach.nodes() {
            towards.ms[node.index()] = time.0;
        }
        let (mut level, doors) = (Vec::new(), doors(self, &place));
        for (node, _) in reach.nodes() {
            match towards.leads(self, &doors, node) {
                Some(next) => towards.next[node.index()] = next,
                None => level.push(node),
            }
        }
        towards.lead_on(self, level);
        towards
    }

    /// The place so far along a segment, for searches alone: they do not ask where on the ground it lies, and the start of its segment is
    /// told in its stead.
    pub fn spot(&self, (segment, offset): (SegmentId, Millimetres)) -> Snap {
        let at = self.map().node_at(self.map().segment(segment).from);
        Snap { segment, offset, side: Side::On, at, distance: Millimetres(0) }
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
    fn ms(&self, node: NodeId) -> Option<u32> {
        Some(self.ms[node.index()]).filter(|&ms| ms != u32::MAX)
    }

    /// Where the way leads on from a node; none if only stretches that take no time do.
    fn leads(&self, network: &Network, doors: &Doors, node: NodeId) -> Option<u32> {
        let ms = |node| self.ms(node);
        if is_here(doors, ms, node) {
            return Some(HERE);
        }
        quicker(network, ms, node)
    }

    /// Says of nodes that only stretches without time lead on from where they do.
    fn lead_on(&mut self, network: &Network, mut nodes: Vec<NodeId>) {
        nodes.sort_unstable();
        let mut found = true;
        while found {
            found = false;
            for &node in &nodes {
                let leads = |head: NodeId| self.next[head.index()] != NOWHERE;
                let next = level(network, |node| self.ms(node), node, leads);
                if let Some(next) = next.filter(|_| self.next[node.index()] == NOWHERE) {
                    self.next[node.index()] = next;
                    found = true;
                }
            }
        }
    }

    /// The place.
    pub const fn place(&self) -> &Snap {
        &self.place
    }

    /// The time from a place on a road, to the millisecond, as [`Network::unit_times`] tells it; none is "no way within a day".
    pub fn time_from(&self, network: &Network, from: &Snap) -> Option<Millis> {
        let first = network.way_on(from, &self.place, |node| self.ms(node));
        first.map(|(time, _)| time).filter(|time| time.0 <= caps::SEARCH_LIMIT_MS)
    }

    /// The drive from a place on a road; none where no way leads.
    pub fn drive(&self, network: &Network, from: &Snap) -> Option<Drive> {
        let first = network.way_on(from, &self.place, |node| self.ms(node));
        let first = first.filter(|(time, _)| time.0 <= caps::SEARCH_LIMIT_MS)?;
        Some(Drive::to(network, &self.place, from, first, |node| self.next[node.index()]))
    }
}
