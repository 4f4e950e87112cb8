//! Third pass: nodes of interest, and where the nodes of outlines are.

use precinct_base::{Bounds, LonLat};

use super::density::Density;
use super::feature::{Feature, Form, feature};
use super::gather::{Gathered, Lines, charge};
use crate::Clip;
use crate::budget::{Budget, Overdrawn};
use crate::element::{Kinds, Node, Pass};

/// What a node of an outline that is found is charged.
const FOUND_BYTES: usize = 16;

/// Where the nodes of outlines are, and the nodes that are of interest themselves.
#[derive(Default)]
pub(super) struct Located {
    ids: Vec<i64>,
    places: Vec<Option<LonLat>>,
    /// Nodes of interest in the area.
    pub(super) nodes: Vec<(i64, LonLat, Feature)>,
    pub(super) node_count: u64,
    pub(super) density: Density,
    pub(super) around: Option<Bounds>,
}

impl Located {
    /// Where a node is; `None` if it is not in the file.
    pub(super) fn at(&self, node: i64) -> Option<LonLat> {
        self.places[self.ids.binary_search(&node).ok()?]
    }
}

pub(super) struct Locating<'a> {
    clip: &'a Clip,
    budget: &'a Budget,
    found: Located,
}

impl<'a> Locating<'a> {
    pub(super) fn new(
        gathered: &Gathered,
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

    pub(super) fn finish(self) -> Located {
        self.found
    }
}

/// The nodes of one block.
#[derive(Default)]
pub(super) struct Part {
    count: u64,
    density: Density,
    around: Option<Bounds>,
    places: Vec<(u32, LonLat)>,
    nodes: Vec<(i64, LonLat, Feature)>,
}

impl Pass for Locating<'_> {
    type Part = Part;

    fn wants(&self) -> Kinds {
        Kinds::NODES
    }

    fn node(&self, part: &mut Part, node: &Node<'_>) -> Result<(), Overdrawn> {
        part.count += 1;
        part.density.add(node.at);
        part.around = Bounds::around(corners(part.around).chain([node.at]));
        if let Ok(index) = self.found.ids.binary_search(&node.id) {
            self.budget.charge(FOUND_BYTES)?;
            part.places.push((index as u32, node.at));
        }
        if let Some(feature) =
            feature(node.tags, Form::Point).filter(|_| self.clip.contains(node.at))
        {
            charge(self.budget, &feature, 0)?;
            part.nodes.push((node.id, node.at, feature));
        }
        Ok(())
    }

    fn absorb(&mut self, part: Part) -> Result<(), Overdrawn> {
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
