//! The best part of a seal where all of it cannot be had.

use super::hopeless::Hope;
use super::masks::Masks;
use super::plan::{Proof, ProofKind};
use super::prices::{Bargain, bargain, unpriced};
use super::question::Question;
use super::solve::{Outcome, Solver};

/// One cut in so many of the effort goes into a better part of what cannot be had.
const SHARE: u32 = 8;

impl Solver {
    /// More points than units are needed, or a way out passes none that anybody closes in time: the cut with the fewest points that nobody
    /// can be at, if each unit could be at all of its points at once; and better ones as far as effort goes.
    pub(super) fn overwhelmed(&mut self, question: &Question<'_>, cuts: &mut u32) -> Outcome {
        let force = &self.force;
        let in_time = |node: usize| force.best[node] >= 0;
        let first = unpriced((&self.web, &self.whoever), &mut self.flow, in_time, force.len());
        let missing = self.man(&first.cut).missing();
        let mut best = Bargain { missing, ..first };
        let mut rounds = (question.effort / SHARE).min(*cuts);
        if rounds > 0 && missing > best.missing_at_least {
            let masks = Masks::of(&self.web, &self.force);
            *cuts -= rounds;
            let asked = (&self.web, &masks, &self.whoever);
            let other = bargain(asked, &mut self.flow, &mut rounds);
            *cuts += rounds;
            let at_least = best.missing_at_least.max(other.missing_at_least);
            if (other.missing, other.cut.len()) < (best.missing, best.cut.len()) {
                best = other;
            }
            best.missing_at_least = at_least;
        }
        self.unsealed(&best, &Hope::None)
    }

    /// A plan that does not seal, with what is known of how much it lacks.
    pub(super) fn unsealed(&self, best: &Bargain, hope: &Hope) -> Outcome {
        let proven = *hope == Hope::None && !self.force.left_out;
        let kind = if proven { ProofKind::Impossible } else { ProofKind::Unknown };
        let at_least = self.fewest_of_any;
        let mut missing_at_least = best.missing_at_least.max(usize::from(proven));
        if !self.force.left_out {
            // Each unit is at one point.
            missing_at_least = missing_at_least.max(at_least.saturating_sub(self.force.len()));
        }
        let draft = self.man(&best.cut);
        let at_least = at_least as u32;
        let proof = Proof { kind, at_least, most_slack: false, cuts: 0 };
        Outcome { draft, proof, missing_at_least }
    }
}
