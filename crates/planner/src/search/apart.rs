//! What is left, component by component, where only the number of posts ties the components together.
//!
//! Each has a bound for each number of posts it may be given. The numbers whose bounds add up to most are found by dynamic
//! programming; one of those bounds is made exact, or lower than matters, by a search of that component alone; and so on
//! until they add up to no more than what is known, or to a plan. So a gap in each of twenty towns costs the sum of twenty
//! small searches, where one search would multiply them.

use super::branch::{End, Tree};
use super::pick::Limits;
use super::solve::{Found, Stand};
use crate::Effort;
use crate::model::{Dual, Model};
use crate::watch::Stage;

/// Stands for what cannot be.
const NEVER: i64 = i64::MIN / 4;
/// More than any value is.
const BEYOND: i64 = 1 << 53;

/// What a component can be worth with at most so many posts.
#[derive(Clone, Debug)]
struct Top {
    value: i64,
    /// The plan that is worth it, if that was found.
    plan: Option<Vec<u32>>,
}

/// A component.
struct Part<M> {
    model: M,
    dual: Dual,
    /// How many posts each of `tops` is for, rising.
    counts: Vec<usize>,
    tops: Vec<Top>,
}

impl<M: Model> Part<M> {
    /// With bounds by what the multipliers of the whole say of it.
    fn new(model: M, whole: &Dual, posts: Option<usize>) -> Self {
        let dual = model.gather(whole);
        let mut scores = vec![0; model.candidates()];
        let stands = model.relax(&dual, &mut scores);
        let mut own: Vec<i64> = model.free().iter().map(|&one| scores[one as usize]).collect();
        own.sort_unstable_by(|a, b| b.cmp(a));
        let most = own.len();
        let counts = posts.map_or(vec![most], |posts| (0..=most.min(posts)).collect());
        let top = |&count: &usize| {
            let paid: i128 = own.iter().take(count).map(|&score| i128::from(score.max(0))).sum();
            let bound = (i128::from(stands) + paid) >> model.shift();
            let grain = i128::from(model.grain());
            let value = (bound.div_euclid(grain) * grain).clamp(-i128::from(BEYOND), BEYOND.into());
            Top { value: value as i64, plan: None }
        };
        let tops = counts.iter().map(top).collect();
        Self { model, dual, counts, tops }
    }

    /// With more posts nothing is worth less: a bound holds for all smaller numbers as well.
    fn lower(&mut self, at: usize, value: i64) {
        for top in self.tops[..=at].iter_mut().filter(|top| top.value > value) {
            top.value = value;
        }
    }
}

/// The components of what is left.
pub(super) struct Apart<'a, M> {
    parts: Vec<Part<M>>,
    posts: usize,
    effort: &'a Effort,
    /// The value to pass.
    known: Option<i64>,
    best: Option<Found>,
    nodes: u32,
    cancelled: bool,
}

/// How posts are shared out among the components: what it comes to at the most, and by component which of its numbers.
struct Shared {
    total: i64,
    chosen: Vec<usize>,
}

impl<'a, M: Model> Apart<'a, M> {
    /// `None` if what is left hangs together, or money or people tie it.
    pub(super) fn new(
        core: &M,
        limits: &Limits,
        (effort, known): (&'a Effort, Option<i64>),
        dual: &Dual,
    ) -> Option<Self> {
        let parts = if limits.purses.is_empty() { core.parts() } else { Vec::new() };
        if parts.len() < 2 {
            return None;
        }
        let wanted: usize = parts.iter().map(|part| part.free().len()).sum();
        let posts = (wanted > limits.posts).then_some(limits.posts);
        let parts = parts.into_iter().map(|part| Part::new(part, dual, posts)).collect();
        let posts = limits.posts;
        Some(Self { parts, posts, effort, known, best: None, nodes: 0, cancelled: false })
    }

    /// The best way to share posts out, by what each component can be worth at the most; fewer posts where that is the same.
    fn shared(&self) -> Shared {
        let mut best = vec![0; self.posts + 1];
        let mut taken: Vec<Vec<usize>> = Vec::new();
        for part in &self.parts {
            let mut next = vec![NEVER; self.posts + 1];
            let mut choice = vec![0; self.posts + 1];
            for (at, (&count, top)) in part.counts.iter().zip(&part.tops).enumerate() {
                for posts in count.min(self.posts + 1)..=self.posts {
                    let sum = (best[posts - count] + top.value).max(NEVER);
                    if sum > next[posts] {
                        (next[posts], choice[posts]) = (sum, at);
                    }
                }
            }
            best = next;
            taken.push(choice);
        }
        let (mut chosen, mut posts) = (vec![0; self.parts.len()], self.posts);
        for (number, part) in self.parts.iter().enumerate().rev() {
            chosen[number] = taken[number][posts];
            posts = posts.saturating_sub(part.counts[chosen[number]]);
        }
        Shared { total: best[self.posts], chosen }
    }

    /// Searches until nothing is open, the effort is spent, or `watch` has had enough: how it ended, and a plan that passes what was
    /// known, without what was in before. `stands` is what that is worth.
    pub(super) fn search(
        mut self,
        stands: i64,
        mut watch: impl FnMut(&Stand) -> bool,
    ) -> (End, Option<Found>) {
        loop {
            let shared = self.shared();
            let bound = stands.saturating_add(shared.total);
            if shared.total <= NEVER / 2 || self.known.is_some_and(|known| bound <= known) {
                let end = End { bound: None, nodes: self.nodes, cancelled: false };
                return (end, self.best);
            }
            let Some(number) = self.open(&shared) else {
                self.take(bound, &shared);
                continue;
            };
            let stand = Stand {
                stage: Stage::Searching,
                best: self.known,
                bound,
                nodes: self.nodes,
                open: self.parts.len() as u32,
            };
            let cancelled = self.cancelled || watch(&stand);
            if cancelled || self.nodes >= self.effort.nodes {
                return (End { bound: Some(bound), nodes: self.nodes, cancelled }, self.best);
            }
            let at = shared.chosen[number];
            let others = bound - self.parts[number].tops[at].value;
            let pass = self.known.map(|known| known - others);
            self.settle((number, at), pass, |nodes| watch(&Stand { nodes, ..stand }));
        }
    }

    /// A component whose bound is not that of a plan: the smallest, which is settled soonest.
    fn open(&self, shared: &Shared) -> Option<usize> {
        let bare = |&number: &usize| self.parts[number].tops[shared.chosen[number]].plan.is_none();
        let size = |&number: &usize| (self.parts[number].model.free().len(), number);
        (0..self.parts.len()).filter(bare).min_by_key(size)
    }

    /// Searches one component with at most so many posts, for more than `pass`.
    fn settle(
        &mut self,
        (number, at): (usize, usize),
        pass: Option<i64>,
        mut watch: impl FnMut(u32) -> bool,
    ) {
        let part = &self.parts[number];
        let limits = Limits { posts: part.counts[at], purses: Vec::new() };
        let effort = Effort { nodes: self.effort.nodes - self.nodes, ..*self.effort };
        let (base, top) = (self.nodes, part.tops[at].value);
        let mut tree = Tree::new(&part.model, &limits, &effort, pass);
        let end = tree.search(part.dual.clone(), top, |stand| watch(base + stand.nodes));
        self.nodes += end.nodes;
        self.cancelled |= end.cancelled;
        let best = tree.best.take();
        let part = &mut self.parts[number];
        match (end.bound, best) {
            (None, Some((value, plan))) => {
                part.lower(at, value);
                part.tops[at] = Top { value, plan: Some(plan) };
            }
            (None, None) => part.lower(at, pass.unwrap_or(NEVER)),
            (Some(bound), best) => {
                // It was not finished: what it found does not pass what is open.
                part.lower(at, best.map_or(bound, |best| best.0.max(bound)).min(top));
            }
        }
    }

    /// The plan that all components together come to.
    fn take(&mut self, value: i64, shared: &Shared) {
        let plans = self.parts.iter().zip(&shared.chosen);
        let plans = plans.filter_map(|(part, &at)| part.tops[at].plan.as_ref());
        let mut plan: Vec<u32> = plans.flatten().copied().collect();
        plan.sort_unstable();
        self.known = Some(value);
        self.best = Some((value, plan));
    }
}
