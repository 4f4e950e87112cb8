//! Ways become segments: cut at what is missing or outside, split where they meet.

use precinct_base::caps::SEGMENT_LENGTH_MM;
use precinct_base::{LonLat, Millimetres};
use precinct_roads::{Along, Draft, DraftNode, DraftSegment, Names, Profile, Times};

use super::RoadReport;
use super::locate::{Located, Presence};
use super::select::RoadWay;
use crate::ClassSpeeds;
use crate::budget::{Budget, Overdrawn};
use crate::speeds;
use crate::tags::Road;

/// What a segment with its new nodes is charged.
const SEGMENT_BYTES: usize = size_of::<DraftSegment>() + 2 * size_of::<DraftNode>();
/// A node that no segment ends at so far.
const UNUSED: u32 = u32::MAX;

pub(super) struct Assembly<'a> {
    located: &'a Located,
    speeds: &'a ClassSpeeds,
    budget: &'a Budget,
    draft: Draft,
    /// The draft node of each located node.
    nodes: Vec<u32>,
    /// The nodes of the way at hand, as found in the area.
    run: Vec<u32>,
}

impl<'a> Assembly<'a> {
    pub(super) fn new(
        located: &'a Located,
        names: Names,
        speeds: &'a ClassSpeeds,
        budget: &'a Budget,
    ) -> Self {
        let draft = Draft { names, ..Draft::default() };
        Self { located, speeds, budget, draft, nodes: vec![UNUSED; located.len()], run: Vec::new() }
    }

    pub(super) fn finish(self) -> Draft {
        self.draft
    }

    /// Adds the segments of a way.
    pub(super) fn add(
        &mut self,
        way: &RoadWay,
        refs: &[i64],
        report: &mut RoadReport,
    ) -> Result<(), Overdrawn> {
        let (before, mut cut) = (self.draft.segments.len(), false);
        self.run.clear();
        for &id in refs {
            let node = self.located.find(id);
            if let Some(node) = node.filter(|node| self.located.presence(*node) == Presence::Inside)
            {
                self.run.push(node);
            } else {
                cut = true;
                self.end_run(way, report)?;
            }
        }
        self.end_run(way, report)?;
        let lost = self.draft.segments.len() == before;
        report.lost_ways += u64::from(lost);
        report.cut_ways += u64::from(cut && !lost);
        Ok(())
    }

    /// Splits the nodes gathered at the graph nodes among them.
    fn end_run(&mut self, way: &RoadWay, report: &mut RoadReport) -> Result<(), Overdrawn> {
        let run = std::mem::take(&mut self.run);
        let mut first = 0;
        for last in 1..run.len() {
            if last + 1 == run.len() || self.located.splits(run[last]) {
                self.segment(way, &run[first..=last], report)?;
                first = last;
            }
        }
        self.run = run;
        self.run.clear();
        Ok(())
    }

    fn segment(
        &mut self,
        way: &RoadWay,
        nodes: &[u32],
        report: &mut RoadReport,
    ) -> Result<(), Overdrawn> {
        self.budget.charge(SEGMENT_BYTES + size_of_val(nodes) * 2)?;
        let line: Vec<LonLat> = nodes.iter().map(|node| self.located.at(*node)).collect();
        let length = Draft::length(&line);
        if length.0 > u64::from(SEGMENT_LENGTH_MM) {
            report.too_long += 1;
            return Ok(());
        }
        let segment = DraftSegment {
            from: self.node(nodes[0]),
            to: self.node(nodes[nodes.len() - 1]),
            shape: line[1..line.len() - 1].to_vec(),
            length,
            class: way.road.class,
            name: way.name,
            way: way.id,
            times: times(&way.road, length, self.speeds),
        };
        self.draft.segments.push(segment);
        Ok(())
    }

    fn node(&mut self, node: u32) -> u32 {
        let slot = &mut self.nodes[node as usize];
        if *slot == UNUSED {
            *slot = self.draft.nodes.len() as u32;
            self.draft
                .nodes
                .push(DraftNode { osm_id: self.located.id(node), at: self.located.at(node) });
        }
        *slot
    }
}

/// The times of everyone who may go along a segment of a road.
fn times(road: &Road, length: Millimetres, speeds: &ClassSpeeds) -> Times {
    let mut times = Times::default();
    for along in [Along::Forward, Along::Backward] {
        for profile in Profile::ALL {
            if road.open[along as usize].has(profile) {
                let kmh = speeds.on(road.class, profile, road.limit[along as usize]);
                times.set(profile, along, Some(speeds::time(length, kmh)));
            }
        }
    }
    times
}
