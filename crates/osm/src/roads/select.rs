//! First pass: which ways are roads, what their tags say, and which nodes they go through.

use std::ops::Range;

use precinct_base::NameId;
use precinct_roads::{Along, Name, Names, Profile};

use super::RoadReport;
use crate::budget::{Budget, Overdrawn};
use crate::element::{Kinds, Pass, Way};
use crate::tags::{self, Road};

/// A way that is a road.
#[derive(Clone, Debug)]
pub(super) struct RoadWay {
    pub(super) id: i64,
    pub(super) road: Road,
    pub(super) name: NameId,
    /// Its nodes, in [`Selected::refs`].
    pub(super) refs: Range<usize>,
}

/// The roads of a file before their nodes are known.
pub(super) struct Selected {
    pub(super) ways: Vec<RoadWay>,
    pub(super) refs: Vec<i64>,
    pub(super) names: Names,
    pub(super) report: RoadReport,
}

/// What a way is charged for itself and for each of its nodes, over all steps: the lists here and of [`super::locate`].
const WAY_BYTES: usize = 160;
const REF_BYTES: usize = 32;

pub(super) struct Selection<'b> {
    budget: &'b Budget,
    all: Selected,
}

impl<'b> Selection<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        let (ways, refs) = (Vec::new(), Vec::new());
        Self {
            budget,
            all: Selected { ways, refs, names: Names::default(), report: RoadReport::default() },
        }
    }

    pub(super) fn finish(self) -> Selected {
        self.all
    }
}

/// The roads of one block.
#[derive(Default)]
pub(super) struct Part {
    ways: Vec<(i64, Road, Name, usize)>,
    refs: Vec<i64>,
    report: RoadReport,
}

impl Pass for Selection<'_> {
    type Part = Part;

    fn wants(&self) -> Kinds {
        Kinds::WAYS
    }

    fn way(&self, part: &mut Part, way: &Way<'_>) -> Result<(), Overdrawn> {
        part.report.ways += 1;
        let Some(road) = tags::road(way.tags) else { return Ok(()) };
        let name = tags::name_of(way.tags);
        let text = name.local.len() + name.zh.len() + name.en.len();
        self.budget.charge(WAY_BYTES + 3 * text + way.refs.len() * REF_BYTES)?;
        count(&mut part.report, &road, &name, way.tags.get("maxspeed").is_some());
        let start = part.refs.len();
        for &node in way.refs {
            if part.refs.len() == start || part.refs.last() != Some(&node) {
                part.refs.push(node);
            }
        }
        part.ways.push((way.id, road, name, part.refs.len() - start));
        Ok(())
    }

    fn absorb(&mut self, part: Part) -> Result<(), Overdrawn> {
        let mut start = self.all.refs.len();
        self.all.refs.extend_from_slice(&part.refs);
        for (id, road, name, length) in part.ways {
            let name = self.all.names.add(name);
            self.all.ways.push(RoadWay { id, road, name, refs: start..start + length });
            start += length;
        }
        self.all.report.add_ways(&part.report);
        Ok(())
    }
}

fn count(report: &mut RoadReport, road: &Road, name: &Name, has_limit: bool) {
    report.roads += 1;
    report.odd_limits += u64::from(road.odd_limit);
    let ways = [Along::Forward, Along::Backward]
        .map(|along| road.open[along as usize].has(Profile::PoliceCar));
    if ways == [false; 2] {
        return;
    }
    report.car_ways += 1;
    report.one_way += u64::from(ways[0] != ways[1]);
    report.named += u64::from(!name.is_empty());
    report.with_limit += u64::from(has_limit);
}
