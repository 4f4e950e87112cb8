//! First and second pass: the ways and relations of interest, then the ways those relations are made of.

use std::ops::Range;

use precinct_base::Bounds;

use super::{Form, Subject};
use crate::budget::{Budget, Overdrawn};
use crate::element::{Kinds, Pass, Relation, Way};

/// What a feature is charged, beside its texts; over all steps.
const FEATURE_BYTES: usize = 400;
/// What a node of an outline, or a member of a relation, is charged; over all steps.
const REF_BYTES: usize = 64;

pub(crate) fn charge(
    budget: &Budget,
    subject: &impl Subject,
    refs: usize,
) -> Result<(), Overdrawn> {
    let name = subject.name();
    let text = name.local.len() + name.zh.len() + name.en.len();
    budget.charge(FEATURE_BYTES + 3 * text + REF_BYTES * refs)
}

/// A way of interest and its nodes in [`Gathered::refs`].
pub(crate) struct WayFeature<S> {
    pub(crate) id: i64,
    pub(crate) subject: S,
    pub(crate) refs: Range<usize>,
}

/// A relation of interest and its ways in [`Gathered::members`].
pub(crate) struct RelationFeature<S> {
    pub(crate) id: i64,
    pub(crate) subject: S,
    pub(crate) members: Range<usize>,
}

/// The ways and relations of interest.
#[derive(Default)]
pub(crate) struct Gathered<S> {
    pub(crate) ways: Vec<WayFeature<S>>,
    pub(crate) refs: Vec<i64>,
    pub(crate) relations: Vec<RelationFeature<S>>,
    /// Member ways, and whether they bound a hole.
    pub(crate) members: Vec<(i64, bool)>,
    pub(crate) way_count: u64,
    pub(crate) relation_count: u64,
    pub(crate) bounds: Option<Bounds>,
}

impl<S> Gathered<S> {
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

pub(crate) struct Gathering<'b, S> {
    budget: &'b Budget,
    all: Gathered<S>,
}

impl<'b, S: Subject> Gathering<'b, S> {
    pub(crate) fn new(budget: &'b Budget) -> Self {
        Self { budget, all: Gathered::default() }
    }

    pub(crate) fn finish(self) -> Gathered<S> {
        self.all
    }
}

impl<S: Subject> Pass for Gathering<'_, S> {
    type Part = Gathered<S>;

    fn wants(&self) -> Kinds {
        Kinds::WAYS.and(Kinds::RELATIONS)
    }

    fn way(&self, part: &mut Gathered<S>, way: &Way<'_>) -> Result<(), Overdrawn> {
        part.way_count += 1;
        let Some(subject) = S::of(way.tags, Form::Area) else { return Ok(()) };
        charge(self.budget, &subject, way.refs.len())?;
        let start = part.refs.len();
        part.refs.extend_from_slice(way.refs);
        part.ways.push(WayFeature { id: way.id, subject, refs: start..part.refs.len() });
        Ok(())
    }

    fn relation(&self, part: &mut Gathered<S>, relation: &Relation<'_>) -> Result<(), Overdrawn> {
        part.relation_count += 1;
        if !matches!(relation.tags.get("type"), Some("multipolygon" | "boundary")) {
            return Ok(());
        }
        let Some(subject) = S::of(relation.tags, Form::Area) else { return Ok(()) };
        charge(self.budget, &subject, relation.ways.len())?;
        let start = part.members.len();
        // Other roles (label, subarea …) are no part of the outline.
        let outline =
            relation.ways.iter().filter(|(_, role)| matches!(*role, "" | "outer" | "inner"));
        part.members.extend(outline.map(|&(way, role)| (way, role == "inner")));
        part.relations.push(RelationFeature {
            id: relation.id,
            subject,
            members: start..part.members.len(),
        });
        Ok(())
    }

    fn absorb(&mut self, part: Gathered<S>) -> Result<(), Overdrawn> {
        self.all.append(part);
        Ok(())
    }

    fn bounds(&mut self, bounds: Bounds) {
        self.all.bounds = Some(bounds);
    }
}

/// The lines that relations are made of, by the number of their way.
#[derive(Default)]
pub(crate) struct Lines {
    ids: Vec<i64>,
    ranges: Vec<Range<usize>>,
    pub(crate) refs: Vec<i64>,
}

impl Lines {
    /// The nodes of a way; `None` if it is not in the file.
    pub(crate) fn get(&self, way: i64) -> Option<&[i64]> {
        let range = self.ranges[self.ids.binary_search(&way).ok()?].clone();
        (!range.is_empty()).then(|| &self.refs[range])
    }
}

/// The pass that finds them.
pub(crate) struct MemberWays<'b> {
    budget: &'b Budget,
    lines: Lines,
}

impl<'b> MemberWays<'b> {
    pub(crate) fn new<S>(gathered: &Gathered<S>, budget: &'b Budget) -> Self {
        let mut ids: Vec<i64> = gathered.members.iter().map(|(way, _)| *way).collect();
        ids.sort_unstable();
        ids.dedup();
        let ranges = vec![0..0; ids.len()];
        Self { budget, lines: Lines { ids, ranges, refs: Vec::new() } }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.ids.is_empty()
    }

    pub(crate) fn finish(self) -> Lines {
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
