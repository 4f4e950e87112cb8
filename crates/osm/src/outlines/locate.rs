//! Third pass: nodes of interest, and where the nodes of outlines are.

use precinct_base::{Bounds, LonLat};

use super::density::Density;
use super::gather::{Gathered, Lines, charge};
use super::{Form, Subject};
use crate::Clip;
use crate::budget::{Budget, Overdrawn};
use crate::element::{Kinds, Node, Pass};

/// What a node of an outline that is found is charged.
const FOUND_BYTES: usize = 16;

/// Where the nodes of outlines are, and the nodes that are of interest themselves.
#[derive(Default)]
pub(crate) struct Located<S> {
    ids: Vec<i64>,
    places: Vec<Option<LonLat>>,
    /// Nodes of interest in the area.
    pub(crate) nodes: Vec<(i64, LonLat, S)>,
    pub(crate) node_count: u64,
    pub(crate) density: Density,
    pub(crate) around: Option<Bounds>,
}

impl<S> Located<S> {
    /// Where a node is; `None` if it is not in the file.
    pub(crate) fn at(&self, node: i64) -> Option<LonLat> {
        self.places[self.ids.binary_search(&node).ok()?]
    }
}

pub(crate) struct Locating<'a, S> {
    clip: &'a Clip,
    budget: &'a Budget,
    found: Located<S>,
}

impl<'a, S: Subject> Locating<'a, S> {
    pub(crate) fn new(
        gathered: &Gathered<S>,
        lines: &Lines,
        clip: &'a Clip,
        budget: &'a Budget,
    ) -> Self {
        let mut ids = [gathered.refs.as_slice(), &lines.refs].concat();
        rayon::slice::ParallelSliceMut::par_sort_unstable(ids.as_mut_slice());
        ids.dedup();
        let places = vec![None; ids.len()];
        Self { clip, budget, found: Located { ids, places, ..Located::default() } }
    }

    pub(crate) fn finish(self) -> Located<S> {
        self.found
    }
}

/// The nodes of one block.
#[derive(Default)]
pub(crate) struct Part<S> {
    count: u64,
    density: Density,
    around: Option<Bounds>,
    places: Vec<(u32, LonLat)>,
    nodes: Vec<(i64, LonLat, S)>,
}

impl<S: Subject> Pass for Locating<'_, S> {
    type Part = Part<S>;

    fn wants(&self) -> Kinds {
        Kinds::NODES
    }

    fn node(&self, part: &mut Part<S>, node: &Node<'_>) -> Result<(), Overdrawn> {
        part.count += 1;
        part.density.add(node.at);
        part.around = Bounds::around(corners(part.around).chain([node.at]));
        if let Ok(index) = self.found.ids.binary_search(&node.id) {
            self.budget.charge(FOUND_BYTES)?;
            part.places.push((index as u32, node.at));
        }
        if let Some(subject) = S::of(node.tags, Form::Point).filter(|_| self.clip.contains(node.at))
        {
            charge(self.budget, &subject, 0)?;
            part.nodes.push((node.id, node.at, subject));
        }
        Ok(())
    }

    fn absorb(&mut self, part: Part<S>) -> Result<(), Overdrawn> {
        let all = &mut self.found;
        all.node_count += part.count;
        all.density.append(part.density);
        all.around = Bounds::around(corners(all.around).chain(corners(part.around)));
        for (index, at) in part.places {
            all.places[index as usize].get_or_insert(at);
        }
        all.nodes.extend(part.nodes);
        Ok(())
    }
}

fn corners(bounds: Option<Bounds>) -> impl Iterator<Item = LonLat> {
    bounds.into_iter().flat_map(|bounds| [bounds.min(), bounds.max()])
}
