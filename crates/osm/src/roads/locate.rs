//! Second pass: where the nodes of the roads are, which of them lie in the area, and what stands on them.

use precinct_base::LonLat;

use crate::Clip;
use crate::budget::{Budget, Overdrawn};
use crate::element::{Kinds, Node, Pass};
use crate::tags::{Who, closed_by_barrier};

/// What the nodes found in the file are charged each, over and above what their way was charged.
const NODE_BYTES: usize = 24;

/// The nodes of the roads: sorted ids, and in the same order what is known of each.
#[derive(Debug, Default)]
pub(super) struct Located {
    ids: Vec<i64>,
    places: Vec<LonLat>,
    states: Vec<State>,
    /// Nodes that stop somebody, in the order of ids.
    pub(super) barriers: Vec<(u32, Who)>,
    /// Nodes in the file, and of those how many in the area.
    pub(super) nodes: u64,
    pub(super) nodes_inside: u64,
}

/// What is known of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    /// Ways meet at it, or a way comes back to it.
    shared: bool,
    barrier: bool,
    presence: Presence,
}

/// Whether a node can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Presence {
    /// Not in the file, as happens at the edge of an extract.
    #[default]
    Missing,
    /// Outside the area asked for.
    Outside,
    /// Here.
    Inside,
}

impl Located {
    fn new(refs: &[i64]) -> Self {
        let mut ids = refs.to_vec();
        rayon::slice::ParallelSliceMut::par_sort_unstable(ids.as_mut_slice());
        let mut states: Vec<State> = Vec::new();
        let mut last = None;
        ids.retain(|&id| {
            let again = last == Some(id);
            last = Some(id);
            match states.last_mut() {
                Some(state) if again => state.shared = true,
                _ => states.push(State::default()),
            }
            !again
        });
        ids.shrink_to_fit();
        let places = vec![LonLat::default(); ids.len()];
        Self { ids, places, states, ..Self::default() }
    }

    /// The number of a node.
    pub(super) fn find(&self, id: i64) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|index| index as u32)
    }

    /// The same, looking first just after `hint`: nodes lie in files in the order of ids.
    fn find_after(&self, hint: &mut usize, id: i64) -> Option<u32> {
        let ahead = self.ids.get(*hint..).unwrap_or_default();
        if ahead.first().is_none_or(|first| *first > id) {
            *hint = 0;
            let before = self.ids.partition_point(|other| *other < id);
            *hint = before;
        } else {
            let mut step = 1;
            while ahead.get(step).is_some_and(|other| *other < id) {
                step *= 2;
            }
            let near = &ahead[step / 2..ahead.len().min(step + 1)];
            *hint += step / 2 + near.partition_point(|other| *other < id);
        }
        (self.ids.get(*hint) == Some(&id)).then_some(*hint as u32)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn id(&self, node: u32) -> i64 {
        self.ids[node as usize]
    }

    pub(super) fn at(&self, node: u32) -> LonLat {
        self.places[node as usize]
    }

    pub(super) fn presence(&self, node: u32) -> Presence {
        self.states[node as usize].presence
    }

    /// Whether roads are split at the node wherever it lies on them.
    pub(super) fn splits(&self, node: u32) -> bool {
        let state = self.states[node as usize];
        state.shared || state.barrier
    }

    /// How many of the nodes have this presence.
    pub(super) fn count(&self, presence: Presence) -> u64 {
        self.states.iter().filter(|state| state.presence == presence).count() as u64
    }
}

pub(super) struct Locator<'a> {
    clip: &'a Clip,
    budget: &'a Budget,
    found: Located,
}

impl<'a> Locator<'a> {
    pub(super) fn new(refs: &[i64], clip: &'a Clip, budget: &'a Budget) -> Self {
        Self { clip, budget, found: Located::new(refs) }
    }

    pub(super) fn finish(mut self) -> Located {
        // A node given twice counts once, as it was given first.
        self.found.barriers.sort_by_key(|(node, _)| *node);
        self.found.barriers.dedup_by_key(|(node, _)| *node);
        self.found
    }
}

/// The nodes of one block.
#[derive(Default)]
pub(super) struct Part {
    hint: usize,
    nodes: u64,
    nodes_inside: u64,
    places: Vec<(u32, LonLat, bool)>,
    barriers: Vec<(u32, Who)>,
}

impl Pass for Locator<'_> {
    type Part = Part;

    fn wants(&self) -> Kinds {
        Kinds::NODES
    }

    fn node(&self, part: &mut Part, node: &Node<'_>) -> Result<(), Overdrawn> {
        let inside = self.clip.contains(node.at);
        part.nodes += 1;
        part.nodes_inside += u64::from(inside);
        let Some(index) = self.found.find_after(&mut part.hint, node.id) else { return Ok(()) };
        self.budget.charge(NODE_BYTES)?;
        part.places.push((index, node.at, inside));
        if !node.tags.is_empty() {
            let stopped = closed_by_barrier(node.tags);
            if !stopped.is_nobody() {
                part.barriers.push((index, stopped));
            }
        }
        Ok(())
    }

    fn absorb(&mut self, part: Part) -> Result<(), Overdrawn> {
        self.found.nodes += part.nodes;
        self.found.nodes_inside += part.nodes_inside;
        for (index, at, inside) in part.places {
            let state = &mut self.found.states[index as usize];
            if state.presence == Presence::Missing {
                state.presence = if inside { Presence::Inside } else { Presence::Outside };
                self.found.places[index as usize] = at;
            }
        }
        for &(index, _) in &part.barriers {
            self.found.states[index as usize].barrier = true;
        }
        self.found.barriers.extend(part.barriers);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_hint_changes_nothing(ids in prop::collection::vec(-50_i64..50, 0..60), wanted in prop::collection::vec(-60_i64..60, 1..60)) {
            let found = Located::new(&ids);
            let mut hint = 0;
            for id in wanted {
                prop_assert_eq!(found.find_after(&mut hint, id), found.find(id));
            }
            for (index, id) in found.ids.iter().enumerate() {
                let times = ids.iter().filter(|other| *other == id).count();
                prop_assert_eq!(found.states[index].shared, times > 1);
            }
        }
    }
}
