//! Ways out that nobody can close any more.

use super::ball::Ball;

/// Takes out of the ball the ways out that nobody can close any more, and tells which.
pub(super) fn lose(ball: &mut Ball) -> Vec<u32> {
    let open = |node: u32| !ball.closable[node as usize];
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
