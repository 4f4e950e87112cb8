//! The whole search: a first plan, the bound with what it settles, then branching, component by component where it falls apart.

use super::apart::Apart;
use super::ascend::{Ascent, floor_to};
use super::branch::{self, End, Tree};
use super::local;
use super::pick::Limits;
use crate::model::{Dual, Model, State};
use crate::watch::Stage;
use crate::{Effort, error::PlanError};

/// Rounds of bounding and settling before branching.
const ROUNDS: u32 = 6;
/// The first step of the bound, in parts of 1,024.
const AGILITY: i64 = 1_024;

/// A plan and its value.
pub(crate) type Found = (i64, Vec<u32>);

/// How a run stands, for whoever watches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stand {
    pub(crate) stage: Stage,
    pub(crate) best: Option<i64>,
    pub(crate) bound: i64,
    pub(crate) nodes: u32,
    pub(crate) open: u32,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// The best plan, with candidates ascending; `None` if there is none, or none was found.
    pub(crate) best: Option<Found>,
    /// What no plan can pass.
    pub(crate) bound: i64,
    /// Whether that was proven: nothing better is left, or there is no plan at all.
    pub(crate) proven: bool,
    pub(crate) nodes: u32,
    /// Candidates that had to be searched.
    pub(crate) searched: usize,
    /// By floor, whether it held the bound down.
    pub(crate) floors: Vec<bool>,
    pub(crate) cancelled: bool,
}

/// A search under way.
struct Run<'a, W> {
    watch: W,
    effort: &'a Effort,
    best: Option<Found>,
    /// What a plan has to pass to be worth anything.
    cutoff: Option<i64>,
    cancelled: bool,
}

impl<W: FnMut(&Stand) -> bool> Run<'_, W> {
    fn offer(&mut self, found: Option<Found>) -> bool {
        let better = found.as_ref().is_some_and(|new| self.value().is_none_or(|old| new.0 > old));
        if better {
            self.best = found;
        }
        better
    }

    fn value(&self) -> Option<i64> {
        self.best.as_ref().map(|best| best.0).max(self.cutoff)
    }
}

/// Searches. `given` is the problem with every candidate free; `state` says which are settled beforehand. A plan that does not pass
/// `cutoff` is worth nothing. `watch` says by `true` that it is enough.
pub(crate) fn solve<M: Model>(
    given: &M,
    limits: &Limits,
    state: Vec<State>,
    (effort, cutoff): (&Effort, Option<i64>),
    watch: impl FnMut(&Stand) -> bool,
) -> Result<Report, PlanError> {
    let mut run = Run { watch, effort, best: None, cutoff, cancelled: false };
    let chosen = those(&state, State::In);
    if limits.after(&chosen).is_none() {
        return Err(PlanError::KeptBeyondLimits { kept: chosen.len() });
    }
    let mut state = state;
    let mut core = given.left(&state, true);
    let mut whole = given.start();
    let mut bound = i64::MAX;
    if !core.hopeless() {
        build(&mut run, &core, limits, &chosen);
    }
    for round in 0..ROUNDS {
        let chosen = those(&state, State::In);
        let Some(rest) = limits.after(&chosen) else { break };
        if core.hopeless() || core.free().is_empty() || run.cancelled {
            break;
        }
        let climb = climb(&mut run, &core, &rest, core.gather(&whole), round);
        core.scatter(&climb.dual, &mut whole);
        bound = bound.min(floor_to(&core, climb.bound));
        if run.offer(with(climb.best, &chosen)) {
            polish(&mut run, given, limits, &state);
        }
        let before = core.free().len();
        if run.value().is_some_and(|best| bound <= best) {
            break;
        }
        settle(&core, &climb.pick, climb.bound, run.value(), &mut state);
        core = given.left(&state, true);
        if core.free().len() * 20 > before * 19 {
            break;
        }
    }
    let dual = core.gather(&whole);
    Ok(finish(run, limits, &state, (core, dual), bound))
}

/// The tree, and what it proves.
fn finish<M: Model, W: FnMut(&Stand) -> bool>(
    mut run: Run<'_, W>,
    limits: &Limits,
    state: &[State],
    (core, dual): (M, Dual),
    bound: i64,
) -> Report {
    let chosen = those(state, State::In);
    let searched = core.free().len();
    let floors: Vec<bool> = dual.floors.iter().map(|&raise| raise > 0).collect();
    let met = run.value().is_some_and(|best| bound <= best);
    let rest = limits.after(&chosen);
    let (Some(rest), false) = (rest, met || run.cancelled) else {
        let bound = run.value().map_or(bound, |best| bound.max(best));
        let proven = met || (!run.cancelled && limits.after(&chosen).is_none());
        let (best, cancelled) = (run.best, run.cancelled);
        return Report { best, bound, proven, nodes: 0, searched, floors, cancelled };
    };
    let (end, found) = searched_through(&mut run, &core, &rest, (dual, bound));
    run.offer(with(found, &chosen));
    let best = run.value();
    let bound = match end.bound {
        Some(open) => best.map_or(open, |best| best.max(open)).min(bound),
        None => best.unwrap_or(bound),
    };
    let proven = end.bound.is_none_or(|open| best.is_some_and(|best| open <= best));
    let (nodes, cancelled) = (end.nodes, end.cancelled);
    Report { best: run.best, bound, proven, nodes, searched, floors, cancelled }
}

/// Searches what is left: component by component if it falls apart, else as one.
fn searched_through<M: Model, W: FnMut(&Stand) -> bool>(
    run: &mut Run<'_, W>,
    core: &M,
    rest: &Limits,
    (dual, bound): (Dual, i64),
) -> (End, Option<Found>) {
    let known = run.value();
    let watch = &mut run.watch;
    if let Some(apart) = Apart::new(core, rest, (run.effort, known), &dual) {
        return apart.search(core.stands(), |stand| {
            watch(&Stand { bound: stand.bound.min(bound), ..*stand })
        });
    }
    let mut tree = Tree::new(core, rest, run.effort, known);
    let end = tree.search(dual, bound, |stand| watch(stand));
    (end, tree.best.take())
}

fn build<M: Model, W: FnMut(&Stand) -> bool>(
    run: &mut Run<'_, W>,
    core: &M,
    limits: &Limits,
    chosen: &[u32],
) {
    let Some(rest) = limits.after(chosen) else { return };
    let passes = run.effort.passes;
    let watch = &mut run.watch;
    let mut enough = false;
    let stand = Stand { stage: Stage::Building, best: None, bound: i64::MAX, nodes: 0, open: 0 };
    let plan = local::first_plan(core, &rest, passes, || {
        enough |= watch(&stand);
        enough
    });
    run.cancelled |= enough;
    run.offer(with(plan, chosen));
}

/// Swaps on a plan that the bound has found.
fn polish<M: Model, W: FnMut(&Stand) -> bool>(
    run: &mut Run<'_, W>,
    given: &M,
    limits: &Limits,
    state: &[State],
) {
    let Some((_, plan)) = run.best.clone() else { return };
    let chosen = those(state, State::In);
    let free: Vec<u32> =
        plan.into_iter().filter(|one| chosen.binary_search(one).is_err()).collect();
    let Some(rest) = limits.after(&chosen) else { return };
    let core = given.left(state, false);
    let better = local::bettered(&core, &rest, free, run.effort.passes);
    run.offer(with(better, &chosen));
}

fn climb<M: Model, W: FnMut(&Stand) -> bool>(
    run: &mut Run<'_, W>,
    core: &M,
    rest: &Limits,
    dual: Dual,
    round: u32,
) -> super::ascend::Climb {
    let turns = if round == 0 { run.effort.turns } else { run.effort.turns / 2 }.max(1);
    let target = run.value();
    let ascent = Ascent { model: core, limits: rest, turns, agility: AGILITY, target };
    let watch = &mut run.watch;
    let mut enough = false;
    let climb = ascent.climb(dual, |bound| {
        let bound = floor_to(core, bound);
        let stand = Stand { stage: Stage::Bounding, best: target, bound, nodes: 0, open: 0 };
        enough |= watch(&stand);
        enough
    });
    run.cancelled |= enough;
    climb
}

/// Settles the candidates whose other choice cannot lead to anything better than the best.
fn settle<M: Model>(
    core: &M,
    pick: &super::pick::Pick,
    bound: i64,
    best: Option<i64>,
    state: &mut [State],
) {
    let Some(best) = best else { return };
    for (one, settled) in branch::settled(core, pick, bound, best) {
        state[one as usize] = if settled { State::In } else { State::Out };
    }
}

fn with(found: Option<Found>, chosen: &[u32]) -> Option<Found> {
    found.map(|(value, mut plan)| {
        plan.extend_from_slice(chosen);
        plan.sort_unstable();
        (value, plan)
    })
}

fn those(state: &[State], which: State) -> Vec<u32> {
    let all = state.iter().enumerate();
    all.filter(|one| *one.1 == which).map(|one| one.0 as u32).collect()
}
