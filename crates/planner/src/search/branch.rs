//! Branch and bound on what is left: the node with the loosest bound first, several at a time, the same for any number of threads.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;

use super::ascend::{Ascent, Climb, floor_to};
use super::pick::{Limits, Pick};
use super::solve::{Found, Stand};
use crate::Effort;
use crate::model::{Dual, Model, Scratch, State};
use crate::watch::Stage;

/// Nodes looked at between two looks at what they found. Fixed, so that the search does not depend on the threads.
const AT_ONCE: usize = 8;
/// The first step of a node's bound, in parts of 1,024: its multipliers are near their best already.
const AGILITY: i64 = 256;

/// A part of the search that is still open.
#[derive(Clone, Debug)]
struct Node {
    /// What it cannot pass, times 2^shift.
    bound: i64,
    /// Candidates settled on the way here.
    settled: Vec<(u32, bool)>,
    /// Multipliers of the node before.
    dual: Arc<Dual>,
    serial: u32,
}

impl Node {
    /// The loosest bound first, then the deepest, then the oldest.
    fn key(&self) -> (i64, usize, std::cmp::Reverse<u32>) {
        (self.bound, self.settled.len(), std::cmp::Reverse(self.serial))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// What a node comes to.
struct Looked {
    best: Option<Found>,
    /// Its two parts, if it is still open.
    parts: Vec<Node>,
}

/// How a tree ended.
pub(super) struct End {
    /// What is still open cannot pass this; `None` if nothing is open.
    pub(super) bound: Option<i64>,
    pub(super) nodes: u32,
    pub(super) cancelled: bool,
}

/// The search of one problem.
pub(super) struct Tree<'a, M> {
    core: &'a M,
    limits: &'a Limits,
    effort: &'a Effort,
    /// The value to pass.
    known: Option<i64>,
    /// A plan that passes it, if one was found; without what was in before.
    pub(super) best: Option<Found>,
}

impl<'a, M: Model> Tree<'a, M> {
    pub(super) const fn new(
        core: &'a M,
        limits: &'a Limits,
        effort: &'a Effort,
        known: Option<i64>,
    ) -> Self {
        Self { core, limits, effort, known, best: None }
    }

    /// Searches until nothing is open, the effort is spent, or `watch` has had enough.
    pub(super) fn search(
        &mut self,
        dual: Dual,
        bound: i64,
        mut watch: impl FnMut(&Stand) -> bool,
    ) -> End {
        let shift = self.core.shift();
        let loosest = bound.saturating_mul(1 << shift);
        let bound = if loosest >> shift == bound { loosest } else { i64::MAX };
        let root = Node { bound, settled: Vec::new(), dual: Arc::new(dual), serial: 0 };
        let mut open = BinaryHeap::from([root]);
        let (mut nodes, mut serial, mut cancelled) = (0, 1, false);
        while nodes < self.effort.nodes && !cancelled {
            let mut batch = Vec::new();
            while batch.len() < AT_ONCE {
                match open.pop() {
                    Some(node) if self.is_open(node.bound) => batch.push(node),
                    Some(_) => {}
                    None => break,
                }
            }
            if batch.is_empty() {
                return End { bound: None, nodes, cancelled };
            }
            nodes += batch.len() as u32;
            let looked: Vec<Looked> = batch.par_iter().map(|node| self.look(node)).collect();
            for one in looked {
                self.offer(one.best);
                for mut part in one.parts {
                    part.serial = serial;
                    serial += 1;
                    open.push(part);
                }
            }
            let top = open.peek().map_or(i64::MIN, |node| node.bound);
            let stand = Stand {
                stage: Stage::Searching,
                best: self.known,
                bound: floor_to(self.core, top).max(self.known.unwrap_or(i64::MIN)),
                nodes,
                open: open.len() as u32,
            };
            cancelled = watch(&stand);
        }
        let top = open.into_iter().filter(|node| self.is_open(node.bound)).map(|node| node.bound);
        End { bound: top.max().map(|top| floor_to(self.core, top)), nodes, cancelled }
    }

    fn offer(&mut self, found: Option<Found>) {
        let Some(found) = found else { return };
        if self.known.is_none_or(|known| found.0 > known) {
            self.known = Some(found.0);
            self.best = Some(found);
        }
    }

    fn is_open(&self, bound: i64) -> bool {
        bound == i64::MAX || self.known.is_none_or(|known| floor_to(self.core, bound) > known)
    }

    fn look(&self, node: &Node) -> Looked {
        let nothing = Looked { best: None, parts: Vec::new() };
        let mut state = vec![State::Free; self.core.candidates()];
        for &(one, is_in) in &node.settled {
            state[one as usize] = if is_in { State::In } else { State::Out };
        }
        let chosen: Vec<u32> = node.settled.iter().filter(|one| one.1).map(|one| one.0).collect();
        let Some(rest) = self.limits.after(&chosen) else { return nothing };
        let model = self.core.left(&state, false);
        if model.hopeless() {
            return nothing;
        }
        if rest.posts == 0 || model.free().is_empty() {
            let value = model.value(&[], &mut Scratch::default());
            return Looked { best: value.map(|value| (value, sorted(chosen))), ..nothing };
        }
        let ascent = Ascent {
            model: &model,
            limits: &rest,
            turns: self.effort.node_turns.max(1),
            agility: AGILITY,
            target: self.known,
        };
        let climb = ascent.climb(model.gather(&node.dual), |_| false);
        let best = climb.best.clone().map(|(value, mut plan)| {
            plan.extend_from_slice(&chosen);
            (value, sorted(plan))
        });
        let known = best.as_ref().map(|best| best.0).max(self.known);
        let bound = climb.bound.min(node.bound);
        if known.is_some_and(|known| floor_to(&model, bound) <= known) {
            return Looked { best, ..nothing };
        }
        Looked { best, parts: parts(node, &model, &climb, known) }
    }
}

/// The two parts of a node that is still open, with what the bound settles in both.
fn parts<M: Model>(node: &Node, model: &M, climb: &Climb, known: Option<i64>) -> Vec<Node> {
    let mut settled = node.settled.clone();
    if let Some(known) = known {
        settled.extend(settled_by(model, &climb.pick, climb.bound, known));
    }
    let mut dual = (*node.dual).clone();
    model.scatter(&climb.dual, &mut dual);
    let dual = Arc::new(dual);
    let is_free = |one: u32| !settled.iter().any(|done| done.0 == one);
    let bound = climb.bound.min(node.bound);
    // The one that is picked about every other time, and of those the one that matters most.
    let doubt = |one: u32| {
        let mean = climb.mean[one as usize];
        let net = climb.pick.net.get(one as usize).copied().unwrap_or(0);
        (mean.min((1 << 16) - mean).max(0) / 4_096, net.max(0))
    };
    let free = model.free().iter().copied().filter(|&one| is_free(one));
    let branch = free.max_by_key(|&one| (doubt(one), std::cmp::Reverse(one)));
    let part = |extra: Option<(u32, bool)>| {
        let settled = settled.iter().copied().chain(extra).collect();
        Node { bound, settled, dual: dual.clone(), serial: 0 }
    };
    branch.map_or_else(
        || vec![part(None)],
        |one| vec![part(Some((one, true))), part(Some((one, false)))],
    )
}

/// Candidates whose other choice cannot lead to more than `best`: with whether they are in.
pub(super) fn settled<M: Model>(model: &M, pick: &Pick, bound: i64, best: i64) -> Vec<(u32, bool)> {
    settled_by(model, pick, bound, best).collect()
}

fn settled_by<'a, M: Model>(
    model: &'a M,
    pick: &'a Pick,
    bound: i64,
    best: i64,
) -> impl Iterator<Item = (u32, bool)> + 'a {
    // Multipliers that bound nothing settle nothing.
    let is_bound = !pick.net.is_empty();
    let sure = move |&&one: &&u32| {
        is_bound && floor_to(model, bound.saturating_sub(pick.loss(one).max(0))) <= best
    };
    model.free().iter().filter(sure).map(|&one| (one, pick.chosen.binary_search(&one).is_ok()))
}

fn sorted(mut chosen: Vec<u32>) -> Vec<u32> {
    chosen.sort_unstable();
    chosen
}
