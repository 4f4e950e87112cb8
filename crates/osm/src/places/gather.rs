//! First and second pass: the ways and relations of interest, then the ways those relations are made of.

use std::ops::Range;

use precinct_base::Bounds;

use super::feature::{Feature, Form, feature};
use crate::budget::{Budget, Overdrawn};
use crate::element::{Kinds, Pass, Relation, Way};

/// What a feature is charged, beside its texts; over all steps.
const FEATURE_BYTES: usize = 400;
/// What a node of an outline, or a member of a relation, is charged; over all steps.
const REF_BYTES: usize = 64;

pub(super) fn charge(budget: &Budget, feature: &Feature, refs: usize) -> Result<(), Overdrawn> {
    let text = feature.name.local.len() + feature.name.zh.len() + feature.name.en.len();
    budget.charge(FEATURE_BYTES + 3 * text + REF_BYTES * refs)
}

/// A way of interest and its nodes in [`Gathered::refs`].
pub(super) struct WayFeature {
    pub(super) id: i64,
    pub(super) feature: Feature,
    pub(super) refs: Range<usize>,
}

/// A relation of interest and its ways in [`Gathered::members`].
pub(super) struct RelationFeature {
    pub(super) id: i64,
    pub(super) feature: Feature,
    pub(super) members: Range<usize>,
}

/// The ways and relations of interest.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) ways: Vec<WayFeature>,
    pub(super) refs: Vec<i64>,
    pub(super) relations: Vec<RelationFeature>,
    /// Member ways, and whether they bound a hole.
    pub(super) members: Vec<(i64, bool)>,
    pub(super) way_count: u64,
    pub(super) relation_count: u64,
    pub(super) bounds: Option<Bounds>,
}

impl Gathered {
    fn append(&mut self, part: Self) {
        let (refs, members) = (self.refs.len(), self.members.len());
        let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        self.refs.extend(part.refs);
        self.members.extend(part.members);
        self.ways.extend(
            part.ways.into_iter().map(|way| WayFeature { refs: moved(way.refs, refs), ..way }),
        );
        let relations = part.relations.into_iter();
        self.relations.extend(
            relations.map(|it| RelationFeature { members: moved(it.members, members), ..it }),
        );
        self.way_count += part.way_count;
        self.relation_count += part.relation_count;
    }
}

pub(super) struct Gathering<'b> {
    budget: &'b Budget,
    all: Gathered,
}

impl<'b> Gathering<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        Self { budget, all: Gathered::default() }
    }

    pub(super) fn finish(self) -> Gathered {
        self.all
    }
}

impl Pass for Gathering<'_> {
    type Part = Gathered;

    fn wants(&self) -> Kinds {
        Kinds::WAYS.and(Kinds::RELATIONS)
    }

    fn way(&self, part: &mut Gathered, way: &Way<'_>) -> Result<(), Overdrawn> {
        part.way_count += 1;
        let Some(feature) = feature(way.tags, Form::Area) else { return Ok(()) };
        charge(self.budget, &feature, way.refs.len())?;
        let start = part.refs.len();
        part.refs.extend_from_slice(way.refs);
        part.ways.push(WayFeature { id: way.id, feature, refs: start..part.refs.len() });
        Ok(())
    }

    fn relation(&self, part: &mut Gathered, relation: &Relation<'_>) -> Result<(), Overdrawn> {
        part.relation_count += 1;
        if !matches!(relation.tags.get("type"), Some("multipolygon" | "boundary")) {
            return Ok(());
        }
        let Some(feature) = feature(relation.tags, Form::Area) else { return Ok(()) };
        charge(self.budget, &feature, relation.ways.len())?;
        let start = part.members.len();
        // Other roles (label, subarea …) are no part of the outline.
        let outline =
            relation.ways.iter().filter(|(_, role)| matches!(*role, "" | "outer" | "inner"));
        part.members.extend(outline.map(|&(way, role)| (way, role == "inner")));
        part.relations.push(RelationFeature {
            id: relation.id,
            feature,
            members: start..part.members.len(),
        });
        Ok(())
    }

    fn absorb(&mut self, part: Gathered) -> Result<(), Overdrawn> {
        self.all.append(part);
        Ok(())
    }

    fn bounds(&mut self, bounds: Bounds) {
        self.all.bounds = Some(bounds);
    }
}

/// The lines that relations are made of, by the number of their way.
#[derive(Default)]
pub(super) struct Lines {
    ids: Vec<i64>,
    ranges: Vec<Range<usize>>,
    pub(super) refs: Vec<i64>,
}

impl Lines {
    /// The nodes of a way; `None` if it is not in the file.
    pub(super) fn get(&self, way: i64) -> Option<&[i64]> {
        let range = self.ranges[self.ids.binary_search(&way).ok()?].clone();
        (!range.is_empty()).then(|| &self.refs[range])
    }
}

/// The pass that finds them.
pub(super) struct MemberWays<'b> {
    budget: &'b Budget,
    lines: Lines,
}

impl<'b> MemberWays<'b> {
    pub(super) fn new(gathered: &Gathered, budget: &'b Budget) -> Self {
        let mut ids: Vec<i64> = gathered.members.iter().map(|(way, _)| *way).collect();
        ids.sort_unstable();
        ids.dedup();
        let ranges = vec![0..0; ids.len()];
        Self { budget, lines: Lines { ids, ranges, refs: Vec::new() } }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.ids.is_empty()
    }

    pub(super) fn finish(self) -> Lines {
        self.lines
    }
}

impl Pass for MemberWays<'_> {
    type Part = Vec<(usize, Vec<i64>)>;

    fn wants(&self) -> Kinds {
        Kinds::WAYS
    }

    fn way(&self, part: &mut Self::Part, way: &Way<'_>) -> Result<(), Overdrawn> {
        if let Ok(index) = self.lines.ids.binary_search(&way.id) {
            self.budget.charge(REF_BYTES * (1 + way.refs.len()))?;
            part.push((index, way.refs.to_vec()));
        }
        Ok(())
    }

    fn absorb(&mut self, part: Self::Part) -> Result<(), Overdrawn> {
        for (index, refs) in part {
            // A way given twice counts as it was given first.
            if self.lines.ranges[index].is_empty() {
                let start = self.lines.refs.len();
                self.lines.refs.extend(refs);
                self.lines.ranges[index] = start..self.lines.refs.len();
            }
        }
        Ok(())
    }
}
