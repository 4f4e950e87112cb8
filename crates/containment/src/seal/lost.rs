//! Ways out that nobody can close any more.

use super::ball::Ball;
use super::force::Force;
use super::question::Question;

/// Whether a unit that stood at `node` now could close it in time, or somebody does.
pub(super) fn closable(question: &Question<'_>, ball: &Ball, force: &Force, node: usize) -> bool {
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
