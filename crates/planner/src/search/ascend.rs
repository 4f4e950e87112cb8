//! Drawing the bound closer: subgradient steps on the multipliers (Held, Wolfe & Crowder 1974), with what each relaxation picks
//! tried as a plan.

use super::pick::{Limits, Pick};
use crate::model::{Dual, Model, Scratch, Stride};

/// Turns without a better bound before steps get half as long.
const PATIENCE: u32 = 12;
/// Steps shorter than this, in parts of 1,024, bring nothing.
const SHORTEST: i64 = 4;
/// The mean of what was picked is over about this many turns.
const MEMORY: i32 = 16;

/// Where an ascent ended.
#[derive(Clone, Debug)]
pub(crate) struct Climb {
    /// The least bound found, times 2^shift.
    pub(crate) bound: i64,
    /// The multipliers that gave it, and what it picked.
    pub(crate) dual: Dual,
    pub(crate) pick: Pick,
    /// By candidate: how often it was picked of late, in parts of 2^16.
    pub(crate) mean: Vec<i32>,
    /// The best plan met on the way.
    pub(crate) best: Option<(i64, Vec<u32>)>,
}

/// What an ascent is to do.
pub(crate) struct Ascent<'a, M> {
    pub(crate) model: &'a M,
    pub(crate) limits: &'a Limits,
    /// The most turns.
    pub(crate) turns: u32,
    /// The length of the first step, in parts of 1,024.
    pub(crate) agility: i64,
    /// The value to pass: bounds below the next one are as good as none.
    pub(crate) target: Option<i64>,
}

impl<M: Model> Ascent<'_, M> {
    /// Takes the turns. `stop` is asked every few with the bound, and ends it.
    pub(crate) fn climb(&self, dual: Dual, mut stop: impl FnMut(i64) -> bool) -> Climb {
        let model = self.model;
        let mut scratch = Scratch::default();
        let mut scores = vec![0; model.candidates()];
        let mut climb = Climb {
            bound: i64::MAX,
            dual: dual.clone(),
            pick: Pick::default(),
            mean: vec![0; model.candidates()],
            best: None,
        };
        let (mut dual, mut agility, mut waited) = (dual, self.agility, 0);
        for turn in 0..self.turns {
            let stands = model.relax(&dual, &mut scores);
            let pick = Pick::best(model.free(), &scores, self.limits);
            let bound = stands.saturating_add(pick.sum);
            self.try_plan(&pick, &mut scratch, &mut climb);
            for &one in model.free() {
                climb.mean[one as usize] -= climb.mean[one as usize] / MEMORY;
            }
            for &one in &pick.chosen {
                climb.mean[one as usize] += (1 << 16) / MEMORY;
            }
            if bound < climb.bound {
                climb.bound = bound;
                climb.dual.clone_from(&dual);
                climb.pick = pick;
                waited = 0;
            } else {
                waited += 1;
            }
            let target = self.reached(&climb);
            if self.is_met(climb.bound, &climb) || turn % 16 == 15 && stop(climb.bound) {
                break;
            }
            if waited >= PATIENCE {
                (agility, waited) = (agility / 2, 0);
                dual.clone_from(&climb.dual);
                dual.trail.fill(0);
                if agility < SHORTEST {
                    break;
                }
                // The counts are those of another pick: start from the best again.
                continue;
            }
            model.turn(&mut dual, &scratch, Stride { room: bound.saturating_sub(target), agility });
        }
        climb
    }

    fn try_plan(&self, pick: &Pick, scratch: &mut Scratch, climb: &mut Climb) {
        // Counted whether it holds or not: the turn looks at the counts.
        let Some(value) = self.model.value(&pick.chosen, scratch) else { return };
        let better = climb.best.as_ref().is_none_or(|best| value > best.0);
        if better && self.limits.hold(&pick.chosen) {
            climb.best = Some((value, pick.chosen.clone()));
        }
    }

    /// The best value known, times 2^shift, or one a little below the bound.
    fn reached(&self, climb: &Climb) -> i64 {
        let best = climb.best.as_ref().map(|best| best.0).max(self.target);
        let guess = || climb.bound - climb.bound.abs() / 32 - (1 << self.model.shift());
        best.map_or_else(guess, |best| best << self.model.shift())
    }

    /// Whether nothing better than what is known can be left.
    fn is_met(&self, bound: i64, climb: &Climb) -> bool {
        let best = climb.best.as_ref().map(|best| best.0).max(self.target);
        best.is_some_and(|best| floor_to(self.model, bound) <= best)
    }
}

/// The greatest value there can be under a bound times 2^shift.
pub(crate) fn floor_to(model: &impl Model, bound: i64) -> i64 {
    let grain = model.grain();
    (bound >> model.shift()).div_euclid(grain) * grain
}
