//! The answer to one question, what is recorded of it, and what a dispatch cost against it.

use precinct_base::{Millis, UnitId, caps};
use precinct_core::{Advice, Candidate, Code};
use precinct_roads::Scratch;

use crate::choose::choose;
use crate::rank::rank;
use crate::{Effect, LeftOut, NeedMet, Out, Question, Ranked};

/// Whom to send, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// Each need of the run card, and how far those on it and those chosen meet it.
    pub needs: Vec<NeedMet>,
    /// Units to send, the first there first.
    pub chosen: Vec<UnitId>,
    /// Every unit that can be sent, the first there first; of several as soon, by number; those for a person to judge last.
    pub ranked: Vec<Ranked>,
    /// Every other unit of the city, by number.
    pub out: Vec<LeftOut>,
    /// What sending all that are chosen does to cover.
    pub cover: Effect,
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It can be sent.
    In(&'a Ranked),
    /// It is not to be.
    Out(Out),
}

/// Answers a question: every unit of the city in or out, the set that meets the run card, and the cover without it. Exact.
pub fn recommend(question: &Question<'_>, scratch: &mut Scratch) -> Recommendation {
    let field = question.field;
    let ranking = rank(question, scratch);
    let chosen = choose(question.state, question.needs(), &ranking);
    let mut gone: Vec<u32> = chosen
        .units
        .iter()
        .filter_map(|&unit| field.slot_of(unit))
        .map(|slot| slot as u32)
        .collect();
    gone.sort_unstable();
    let before = field.covered();
    let after = field.cover().without(field.networks(), scratch, &gone);
    Recommendation {
        needs: chosen.needs,
        chosen: chosen.units,
        ranked: ranking.ranked,
        out: ranking.out,
        cover: Effect { before, after },
    }
}

impl Recommendation {
    /// Where a unit stands; none is one the city does not have.
    pub fn standing(&self, unit: UnitId) -> Option<Standing<'_>> {
        if let Ok(at) = self.out.binary_search_by_key(&unit, |out| out.unit) {
            return Some(Standing::Out(self.out[at].why));
        }
        self.ranked.iter().find(|ranked| ranked.unit == unit).map(Standing::In)
    }

    /// What sending one unit alone does to cover.
    pub fn effect(&self, ranked: &Ranked) -> Effect {
        let before = self.cover.before;
        let within = std::array::from_fn(|k| before.within[k].saturating_sub(ranked.lost[k]));
        Effect { before, after: crate::Covered { within, ..before } }
    }

    /// What is recorded when `unit` is sent: the best that were compared, and which was taken. One that stands behind all that are
    /// recorded takes the last place among them, so that what it cost can be told; one that was out has no rank. `roads` and `posts`
    /// are the versions asked.
    pub fn advice(&self, unit: UnitId, roads: Code, posts: Code) -> Advice {
        let candidate = |ranked: &Ranked| Candidate {
            unit: ranked.unit,
            travel: ranked.travel,
            fix_age: ranked.fix_age,
        };
        let mut candidates: Vec<Candidate> =
            self.ranked.iter().take(caps::CANDIDATES).map(candidate).collect();
        let behind = self.ranked.iter().skip(caps::CANDIDATES).find(|ranked| ranked.unit == unit);
        if let Some((last, behind)) = candidates.last_mut().zip(behind) {
            *last = candidate(behind);
        }
        let rank = candidates.iter().position(|candidate| candidate.unit == unit);
        Advice { candidates, rank: rank.map(|rank| rank as u16), roads, posts }
    }
}

/// How much longer the unit taken was by road than the best then available; none where that cannot be told: it was not among those
/// compared, or had no time by road.
pub fn regret(advice: &Advice) -> Option<Millis> {
    let taken = advice.candidates.get(usize::from(advice.rank?))?.travel?;
    let best = advice.candidates.iter().filter_map(|candidate| candidate.travel).min()?;
    Some(taken - best)
}
