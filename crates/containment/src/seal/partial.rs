//! What can be done where units cannot seal: as few points as can be without a unit.

use super::ball::Ball;
use super::flow::{Flow, OPEN};
use super::force::Force;
use super::matching::Matching;
use super::question::Question;

/// What a point weighs that no unit can close in time, beside one that some unit can. More points than this are in no cut.
const NOBODY: u32 = 1 << 16;

/// A seal with points that nobody is at.
#[derive(Clone, Debug, Default)]
pub(super) struct Partial {
    /// The points.
    pub(super) cut: Vec<u32>,
    /// How many of them have no unit.
    pub(super) missing: usize,
    /// How many any seal lacks at least.
    pub(super) missing_at_least: usize,
    /// How many points any seal has at least, whoever is at them.
    pub(super) at_least: usize,
}

/// Whether a unit that stood at `node` now could close it in time, or somebody does.
fn closable(question: &Question<'_>, ball: &Ball, force: &Force, node: usize) -> bool {
    let ready = question.now.0.saturating_add(question.setup.0);
    ball.arrival[node] >= ready || force.best[node] <= ball.arrival[node]
}

/// Takes out of the ball the ways out that nobody can close any more, and tells which.
pub(super) fn lose(question: &Question<'_>, ball: &mut Ball, force: &Force) -> Vec<u32> {
    let open = |node: u32| !closable(question, ball, force, node as usize);
    let mut seen = vec![false; ball.len()];
    let mut todo: Vec<u32> = ball.sources.iter().copied().filter(|&node| open(node)).collect();
    let mut lost = Vec::new();
    while let Some(node) = todo.pop() {
        if std::mem::replace(&mut seen[node as usize], true) {
            continue;
        }
        if ball.exit[node as usize] {
            lost.push(node);
        }
        todo.extend(ball.out(node as usize).iter().copied().filter(|&head| open(head)));
    }
    lost.sort_unstable();
    for &node in &lost {
        ball.exit[node as usize] = false;
    }
    lost
}

/// The seal that lacks the fewest units, as far as a few rounds of making points dearer find it.
pub(super) fn partial(
    question: &Question<'_>,
    (ball, force): (&Ball, &Force),
    flow: &mut Flow,
    cuts: &mut u32,
) -> Partial {
    let can = |node: usize| closable(question, ball, force, node);
    let some = |node: usize| force.best[node] <= ball.arrival[node];
    flow.begin(ball, |node| if can(node) { 1 } else { OPEN });
    flow.raise(ball, u64::MAX);
    let at_least = flow.value() as usize;
    let base = |node: usize| if some(node) { 1 } else { NOBODY };
    flow.begin(ball, |node| if can(node) { base(node) } else { OPEN });
    flow.raise(ball, u64::MAX);
    let nobody = (flow.value() / u64::from(NOBODY)) as usize;
    let missing_at_least = nobody.max(at_least.saturating_sub(force.len()));
    let may = |node: u32, unit: usize| force.row(node)[unit] <= ball.arrival[node as usize];
    let mut dear = vec![0; ball.len()];
    let mut best: Option<(usize, Vec<u32>)> = None;
    for _ in 0..(*cuts / 4).clamp(1, 16) {
        let cut = flow.nearest_cut(ball);
        let allowed = |row: usize, unit: usize| may(cut[row], unit);
        let matching = Matching::most(cut.len(), force.len(), allowed);
        let missing = cut.len() - matching.len();
        let short = matching.short(&allowed);
        let theirs: Vec<bool> = (0..force.len())
            .map(|unit| short.iter().flatten().any(|&row| may(cut[row], unit)))
            .collect();
        if best.as_ref().is_none_or(|(had, points)| (missing, cut.len()) < (*had, points.len())) {
            best = Some((missing, cut));
        }
        if best.as_ref().is_some_and(|(missing, _)| *missing <= missing_at_least) {
            break;
        }
        for (node, dear) in dear.iter_mut().enumerate().filter(|(node, _)| some(*node)) {
            let other = (0..force.len()).any(|unit| !theirs[unit] && may(node as u32, unit));
            *dear += u32::from(!other);
        }
        *cuts = cuts.saturating_sub(1);
        flow.begin(ball, |node| if can(node) { base(node) + dear[node] } else { OPEN });
        flow.raise(ball, u64::MAX);
    }
    let (missing, cut) = best.unwrap_or_default();
    Partial { cut, missing, missing_at_least, at_least }
}
