//! A first plan: lazy greedy (Minoux 1978), then swaps of one post for another (Teitz & Bart 1968).

use std::collections::BinaryHeap;

use super::pick::Limits;
use crate::model::{Model, Scratch, Tally};

/// What demand short of a floor counts for beside demand covered, tried one after the other.
const URGES: [i64; 5] = [1, 4, 16, 256, 65_536];

/// A plan by greedy steps and swaps; `None` if it breaks what must hold. `stop` ends the swaps.
pub(crate) fn first_plan<M: Model>(
    model: &M,
    limits: &Limits,
    passes: u32,
    mut stop: impl FnMut() -> bool,
) -> Option<(i64, Vec<u32>)> {
    let mut scratch = Scratch::default();
    let floors = model.short(&[], &mut scratch).len();
    for urge in URGES {
        let urge = vec![urge; floors];
        let mut best = None;
        for by_cost in [false, true].into_iter().take(1 + usize::from(!limits.purses.is_empty())) {
            let mut tally = model.tally(&urge);
            let mut chosen = greedy(model, &mut tally, limits, by_cost);
            swaps(model, &mut tally, limits, &mut chosen, passes, &mut stop);
            prune(&mut tally, &mut chosen);
            chosen.sort_unstable();
            let value = model.value(&chosen, &mut scratch);
            best = best.max(value.map(|value| (value, chosen)));
        }
        if best.is_some() || floors == 0 {
            return best;
        }
    }
    None
}

/// A plan bettered by swaps.
pub(crate) fn bettered<M: Model>(
    model: &M,
    limits: &Limits,
    mut chosen: Vec<u32>,
    passes: u32,
) -> Option<(i64, Vec<u32>)> {
    let mut scratch = Scratch::default();
    let urge = vec![URGES[3]; model.short(&[], &mut scratch).len()];
    let mut tally = model.tally(&urge);
    for &one in &chosen {
        tally.add(one);
    }
    swaps(model, &mut tally, limits, &mut chosen, passes, &mut || false);
    prune(&mut tally, &mut chosen);
    chosen.sort_unstable();
    model.value(&chosen, &mut scratch).map(|value| (value, chosen))
}

/// Adds whoever gains most, or most for what it costs, until nothing gains or fits. A gain that was looked up earlier is at
/// least what it is now wherever gains shrink, so only the first in line is looked up anew.
fn greedy<M: Model>(
    model: &M,
    tally: &mut M::Tally<'_>,
    limits: &Limits,
    by_cost: bool,
) -> Vec<u32> {
    let cost = |one: u32| {
        limits.purses.iter().fold(1u64, |sum, purse| sum.saturating_add(purse.costs[one as usize]))
    };
    let rank = |gain: i64, one: u32| {
        let scaled = i128::from(gain) << 20;
        if by_cost { scaled / i128::from(cost(one)) } else { scaled }
    };
    let mut line: BinaryHeap<(i128, std::cmp::Reverse<u32>, i64)> = model
        .free()
        .iter()
        .map(|&one| (tally.gain(one), one))
        .map(|(gain, one)| (rank(gain, one), std::cmp::Reverse(one), gain))
        .collect();
    let mut chosen = Vec::new();
    while let Some((_, std::cmp::Reverse(one), known)) = line.pop() {
        if chosen.len() >= limits.posts {
            break;
        }
        if !limits.hold_with(&chosen, one) {
            continue;
        }
        let gain = tally.gain(one);
        if gain != known {
            line.push((rank(gain, one), std::cmp::Reverse(one), gain));
        } else if gain > 0 || (gain == 0 && by_cost) {
            tally.add(one);
            chosen.push(one);
        }
    }
    chosen
}

/// Swaps one for another, or for nothing, while that is better.
fn swaps<M: Model>(
    model: &M,
    tally: &mut M::Tally<'_>,
    limits: &Limits,
    chosen: &mut Vec<u32>,
    passes: u32,
    stop: &mut impl FnMut() -> bool,
) {
    for _ in 0..passes {
        let mut better = false;
        for place in 0..chosen.len() {
            let before = tally.value();
            let old = chosen.remove(place);
            tally.remove(old);
            let new = best_addition(model, tally, limits, chosen).unwrap_or((0, old));
            let kept = if tally.value() + new.0 > before { new.1 } else { old };
            better |= kept != old;
            chosen.insert(place, kept);
            tally.add(kept);
        }
        while let Some((gain, one)) = best_addition(model, tally, limits, chosen) {
            if gain <= 0 {
                break;
            }
            tally.add(one);
            chosen.push(one);
            better = true;
        }
        if !better || stop() {
            return;
        }
    }
}

fn best_addition<M: Model>(
    model: &M,
    tally: &M::Tally<'_>,
    limits: &Limits,
    chosen: &[u32],
) -> Option<(i64, u32)> {
    let open = |&&one: &&u32| !chosen.contains(&one) && limits.hold_with(chosen, one);
    let gains = model.free().iter().filter(open).map(|&one| (tally.gain(one), one));
    gains.reduce(|a, b| if b.0 > a.0 { b } else { a })
}

/// Drops whoever brings less than it takes.
fn prune(tally: &mut impl Tally, chosen: &mut Vec<u32>) {
    let mut place = 0;
    while place < chosen.len() {
        let one = chosen[place];
        let before = tally.value();
        tally.remove(one);
        if tally.value() > before {
            chosen.remove(place);
        } else {
            tally.add(one);
            place += 1;
        }
    }
}
