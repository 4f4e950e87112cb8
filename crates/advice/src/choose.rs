//! The set of units that meets a run card: every need it can, the last of them there soonest, and together on the road least.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{Millis, UnitId, caps};
use precinct_core::{Capability, Need, State};

use crate::assign::{Cost, Costs};
use crate::rank::Ranking;

/// In place of a time by road for a unit that a person has to judge: longer than any.
pub(crate) const BY_HAND_MS: i64 = 2 * caps::SEARCH_LIMIT_MS as i64;

/// One need of the run card, and how far it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedMet {
    /// The capability; none is any unit.
    pub capability: Option<Capability>,
    /// How many units are needed.
    pub units: usize,
    /// How many are on it or chosen. Each unit counts once, for one need.
    pub met: usize,
}

/// A unit for a place to fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pooled {
    pub(crate) unit: UnitId,
    /// Nothing for one that is on it.
    pub(crate) ms: i64,
    /// Its place in the order of advice, those on it first: of sets as good, the one with those who are first in it is taken.
    pub(crate) order: i64,
}

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Units to send, the first there first.
    pub(crate) units: Vec<UnitId>,
    /// Each need of the run card.
    pub(crate) needs: Vec<NeedMet>,
}

/// The places to fill: one for each unit that the run card asks for, at most `room`.
pub(crate) fn places(needs: &[Need], room: usize) -> Vec<Option<Capability>> {
    let any = needs.is_empty().then_some(None);
    let named = |need: &Need| std::iter::repeat_n(Some(need.capability), usize::from(need.units));
    any.into_iter().chain(needs.iter().flat_map(named)).take(room).collect()
}

/// Whether a unit can fill a place.
pub(crate) fn can(state: &State, unit: UnitId, place: Option<Capability>) -> bool {
    let has = |capability| {
        state.units().get(&unit).is_some_and(|unit| unit.capabilities.contains(&capability))
    };
    place.is_none_or(has)
}

/// The units that a best choice can be made of: those on it, and for each need the first `most` that have it. Of the others none can be
/// missed: with `most` places in all, one of the first is always free in its stead, and there as soon.
pub(crate) fn pool(
    state: &State,
    places: &[Option<Capability>],
    ranking: &Ranking,
    most: usize,
    fit: impl Fn(&crate::Ranked) -> bool,
) -> Vec<Pooled> {
    let kinds: BTreeSet<Option<Capability>> = places.iter().copied().collect();
    let first = kinds.into_iter().flat_map(|kind| {
        let able = ranking.ranked.iter().filter(|ranked| fit(ranked));
        able.filter(move |ranked| can(state, ranked.unit, kind)).take(most)
    });
    let by_rank: BTreeMap<u32, &crate::Ranked> =
        first.map(|ranked| (ranked.rank, ranked)).collect();
    let on_it = ranking.on_it.iter().map(|&unit| (unit, 0));
    let others = by_rank
        .into_values()
        .map(|ranked| (ranked.unit, ranked.travel.map_or(BY_HAND_MS, |time| i64::from(time.0))));
    (0..).zip(on_it.chain(others)).map(|(order, (unit, ms))| Pooled { unit, ms, order }).collect()
}

/// The first `most` of those with times who can fill a place, the first there first.
pub(crate) fn able_units(
    state: &State,
    timed: &[(Millis, UnitId)],
    place: Option<Capability>,
    most: usize,
) -> Vec<(Millis, UnitId)> {
    let mut first: Vec<(Millis, UnitId)> = Vec::with_capacity(most + 1);
    for &one in timed {
        let farther = first.len() == most && first.last().is_some_and(|last| *last < one);
        if !farther && can(state, one.1, place) {
            first.insert(first.partition_point(|other| *other < one), one);
            first.truncate(most);
        }
    }
    first
}

/// Chooses the set for a run card.
pub(crate) fn choose(state: &State, needs: &[Need], ranking: &Ranking) -> Chosen {
    let places = places(needs, caps::ADVICE_SLOTS);
    let pool = pool(state, &places, ranking, places.len(), |_| true);
    let able = |place: usize, unit: usize| can(state, pool[unit].unit, places[place]);
    let filled = fill(places.len(), &pool, able);
    let mut chosen: Vec<&Pooled> = filled.iter().flatten().map(|&unit| &pool[unit]).collect();
    chosen.retain(|pooled| ranking.on_it.binary_search(&pooled.unit).is_err());
    chosen.sort_unstable_by_key(|pooled| pooled.order);
    let by = filled.into_iter().map(|unit| unit.is_some());
    Chosen {
        units: chosen.iter().map(|pooled| pooled.unit).collect(),
        needs: met(needs, &places, by),
    }
}

/// How far each need is met by the places that are filled.
pub(crate) fn met(
    needs: &[Need],
    places: &[Option<Capability>],
    filled: impl Iterator<Item = bool> + Clone,
) -> Vec<NeedMet> {
    let any = needs.is_empty().then_some((None, 1));
    let named = needs.iter().map(|need| (Some(need.capability), usize::from(need.units)));
    let mut rest = places.iter().zip(filled);
    let tell = |(capability, units)| {
        let own = rest.by_ref().take(units);
        NeedMet { capability, units, met: own.filter(|(_, filled)| *filled).count() }
    };
    any.into_iter().chain(named).map(tell).collect()
}

/// A unit for each of `places`: as many filled as can be, then the last arrival least, then the sum least, then the order of advice.
///
/// Only the sum is looked for. What a unit costs does not depend on the place it fills, so the sets that can be placed are the
/// independent sets of a matroid (J. Edmonds and D. R. Fulkerson, *Transversals and matroid partition*, J. Res. NBS 69B (1965)), and
/// there the largest set of least sum has the least last arrival too.
pub(crate) fn fill(
    places: usize,
    pool: &[Pooled],
    able: impl Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    // Most run cards ask for one unit.
    if places == 1 {
        let able = (0..pool.len()).filter(|&unit| able(0, unit));
        return vec![able.min_by_key(|&unit| (pool[unit].ms, pool[unit].order))];
    }
    let cost = |place: usize, unit: usize| {
        let Pooled { ms, order, .. } = pool[unit];
        able(place, unit).then_some(Cost([0, ms, order]))
    };
    Costs::new(vec![Cost::of(0, 1); places], pool.len(), cost).assign().0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Unfilled, last arrival, sum and order of the best filling, by trying all.
    fn brute(
        places: usize,
        pool: &[Pooled],
        able: &dyn Fn(usize, usize) -> bool,
        taken: &mut Vec<Option<usize>>,
    ) -> [i64; 4] {
        if taken.len() == places {
            return worth(pool, taken);
        }
        let mut best = [i64::MAX; 4];
        let all = (0..pool.len()).map(Some).chain([None]);
        for unit in all {
            let fits = |unit: usize| able(taken.len(), unit) && !taken.contains(&Some(unit));
            if unit.is_none_or(fits) {
                taken.push(unit);
                best = best.min(brute(places, pool, able, taken));
                taken.pop();
            }
        }
        best
    }

    fn worth(pool: &[Pooled], taken: &[Option<usize>]) -> [i64; 4] {
        let units = || taken.iter().flatten().map(|&unit| pool[unit]);
        let unfilled = taken.iter().filter(|unit| unit.is_none()).count() as i64;
        let last = units().map(|unit| unit.ms).max().unwrap_or(0);
        [unfilled, last, units().map(|unit| unit.ms).sum(), units().map(|unit| unit.order).sum()]
    }

    proptest! {
        #[test]
        fn no_set_is_better(
            places in 0usize..5,
            times in prop::collection::vec(0i64..6, 0..6),
            abilities in prop::collection::vec(any::<bool>(), 30),
        ) {
            let pool: Vec<Pooled> = (0..).zip(&times)
                .map(|(order, &ms)| Pooled { unit: UnitId(order as u32), ms, order }).collect();
            let able = |place: usize, unit: usize| abilities[place * 6 + unit];
            let filled = fill(places, &pool, able);
            prop_assert!(filled.iter().enumerate().all(|(place, unit)| unit.is_none_or(|unit| able(place, unit))));
            prop_assert_eq!(worth(&pool, &filled), brute(places, &pool, &able, &mut Vec::new()));
        }
    }
}
