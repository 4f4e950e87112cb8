//! Whom to send, and nothing more: the set that [`recommend()`](crate::recommend()) chooses, without ranking who is not sent.
//!
//! A year of calls asks a million times. Nobody reads why the hundredth unit was not sent, so here the search grows from the incident only
//! until who is found meets the run card, and the drives of those who go are read off it.

use std::collections::BTreeSet;

use precinct_base::{Millis, UnitId, caps};
use precinct_core::{Capability, Doing, IncidentId, Priority, Unit};
use precinct_roads::{Drive, Network, Profile, Scratch, Snap};

use crate::choose::{NeedMet, Pooled, able_units, can, fill, met, places};
use crate::field::Slot;
use crate::places::DOOR;
use crate::{Question, recommend};

/// If those who are found will not do, so many times as many are looked for.
const FARTHER: usize = 4;

/// A unit to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Going {
    /// Which.
    pub unit: UnitId,
    /// Its time by road; none is one for a person to judge.
    pub travel: Option<Millis>,
    /// Its drive, where it was found on the way.
    pub drive: Option<Drive>,
}

/// Whom to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soonest {
    /// Units to send, the first there first.
    pub going: Vec<Going>,
    /// Each need of the run card, and how far those on it and those chosen meet it.
    pub needs: Vec<NeedMet>,
    /// The least time of any that could be sent; none where nobody goes.
    pub best: Option<Millis>,
}

/// Who could be sent, and who is on it.
#[derive(Debug, Default)]
struct Candidates<'a> {
    /// How they travel.
    profile: Option<Profile>,
    /// Those who stand on a road.
    on_road: Vec<(UnitId, &'a Snap)>,
    /// Whether there are others, whom a person has to judge.
    by_hand: bool,
    on_it: Vec<UnitId>,
}

/// Chooses as [`recommend()`](crate::recommend()) does: the same units in the same order. Cover is not looked at.
pub fn soonest(question: &Question<'_>, scratch: &mut Scratch) -> Soonest {
    quickly(question, scratch).unwrap_or_else(|| by_all(question, scratch))
}

/// By ranking everybody.
fn by_all(question: &Question<'_>, scratch: &mut Scratch) -> Soonest {
    let told = recommend(question, scratch);
    let best = told.ranked.first().and_then(|ranked| ranked.travel);
    let travel = |unit| told.ranked.iter().find(|ranked| ranked.unit == unit)?.travel;
    let going = |&unit: &UnitId| Going { unit, travel: travel(unit), drive: None };
    let going: Vec<Going> = told.chosen.iter().map(going).collect();
    Soonest { best: best.filter(|_| !going.is_empty()), going, needs: told.needs }
}

/// None where everybody has to be ranked: those who could go do not all travel alike, the place is near no road, or a person has to judge.
fn quickly(question: &Question<'_>, scratch: &mut Scratch) -> Option<Soonest> {
    let field = question.field;
    let candidates = candidates(question)?;
    let profile = candidates.profile?;
    let network = field.networks().get(profile)?;
    let limit = Millis(question.settings.limit.0.min(caps::SEARCH_LIMIT_MS));
    if let Some(ways) = field.kept(question.at) {
        let towards = ways[profile.index()].as_ref()?;
        let time = |snap: &Snap| towards.time_from(network, snap).filter(|time| *time <= limit);
        let timed = timed(&candidates, time);
        let mut told = chosen(question, &candidates, &timed, true)?;
        told.read_off(&candidates, |snap| towards.drive(network, snap));
        return Some(told);
    }
    let sources = [network.snap(question.at, &DOOR)?];
    searched(question, network, &sources, &candidates, limit, scratch)
}

/// Searches until who is found will do, and if they will not for more.
fn searched(
    question: &Question<'_>,
    network: &Network,
    sources: &[Snap; 1],
    candidates: &Candidates<'_>,
    limit: Millis,
    scratch: &mut Scratch,
) -> Option<Soonest> {
    let mut count = places(question.needs(), caps::ADVICE_SLOTS).len();
    loop {
        let all = candidates.on_road.iter().map(|one| one.1);
        let reach = network.reach_first(scratch, sources, all, count, limit);
        let everybody = reach.limit() == limit || count >= candidates.on_road.len();
        let timed = timed(candidates, |snap| reach.time_from(snap));
        if let Some(mut told) = chosen(question, candidates, &timed, everybody) {
            told.read_off(candidates, |snap| reach.drive(snap));
            return Some(told);
        }
        if everybody {
            return None;
        }
        count *= FARTHER;
    }
}

impl Soonest {
    fn read_off(&mut self, candidates: &Candidates<'_>, drive: impl Fn(&Snap) -> Option<Drive>) {
        for going in &mut self.going {
            let at = candidates.on_road.binary_search_by_key(&going.unit, |one| one.0);
            going.drive = at.ok().and_then(|at| drive(candidates.on_road[at].1));
        }
    }
}

/// Times of those who are found, the first there first. Units of one post stand in one place, and follow one another.
fn timed(
    candidates: &Candidates<'_>,
    time: impl Fn(&Snap) -> Option<Millis>,
) -> Vec<(Millis, UnitId)> {
    let mut last: Option<(&Snap, Option<Millis>)> = None;
    let mut all = Vec::with_capacity(candidates.on_road.len());
    for &(unit, snap) in &candidates.on_road {
        let same = last
            .filter(|(before, _)| (before.segment, before.offset) == (snap.segment, snap.offset));
        let time = same.map_or_else(|| time(snap), |(_, time)| time);
        last = Some((snap, time));
        all.extend(time.map(|time| (time, unit)));
    }
    all
}

/// The set, if who was found is enough to say: for each place to fill as many who can fill it as there are places, or `all` were looked
/// for and nobody has to be judged by a person.
fn chosen(
    question: &Question<'_>,
    candidates: &Candidates<'_>,
    timed: &[(Millis, UnitId)],
    all: bool,
) -> Option<Soonest> {
    let (state, needs) = (question.state, question.needs());
    let places = places(needs, caps::ADVICE_SLOTS);
    let mut pool: BTreeSet<(Millis, UnitId)> = BTreeSet::new();
    let kinds: BTreeSet<Option<Capability>> = places.iter().copied().collect();
    for kind in kinds {
        let first = able_units(state, timed, kind, places.len());
        if first.len() < places.len() && (!all || candidates.by_hand) {
            return None;
        }
        pool.extend(first);
    }
    let on_it = candidates.on_it.iter().map(|&unit| (Millis::ZERO, unit));
    let pool: Vec<Pooled> = (0..)
        .zip(on_it.chain(pool))
        .map(|(order, (time, unit))| Pooled { unit, ms: i64::from(time.0), order })
        .collect();
    let able = |place: usize, unit: usize| can(state, pool[unit].unit, places[place]);
    let filled = fill(places.len(), &pool, able);
    let mut going: Vec<&Pooled> = filled.iter().flatten().map(|&unit| &pool[unit]).collect();
    going.retain(|pooled| candidates.on_it.binary_search(&pooled.unit).is_err());
    going.sort_unstable_by_key(|pooled| pooled.order);
    let going: Vec<Going> = going
        .iter()
        .map(|one| Going { unit: one.unit, travel: Some(Millis(one.ms as u32)), drive: None })
        .collect();
    let best = timed.iter().min().filter(|_| !going.is_empty()).map(|first| first.0);
    let needs = met(needs, &places, filled.into_iter().map(|unit| unit.is_some()));
    Some(Soonest { going, needs, best })
}

/// Who could be sent: not off duty, out, on something as urgent, or without all that is needed. None if they travel in several ways.
fn candidates<'a>(question: &Question<'a>) -> Option<Candidates<'a>> {
    let (root, needs) = (question.root(), question.needs());
    let mut all = Candidates::default();
    let slots = question.field.slots();
    let taken_off = some_may_be_taken_off(question);
    let mut next = 0;
    for (&id, unit) in question.state.units() {
        while slots.get(next).is_some_and(|slot| slot.unit < id) {
            next += 1;
        }
        match may(question, (root, taken_off), id, unit) {
            May::Go => {}
            May::Not => continue,
            May::OnIt => {
                all.on_it.push(id);
                continue;
            }
        }
        let able = |need: &precinct_core::Need| unit.capabilities.contains(&need.capability);
        if !needs.is_empty() && !needs.iter().any(able) {
            continue;
        }
        let slot: Option<&Slot> = slots.get(next).filter(|slot| slot.unit == id);
        match slot.and_then(|slot| Some((slot.profile?, slot.snap.as_ref()?))) {
            Some((profile, snap)) if all.profile.is_none_or(|known| known == profile) => {
                all.profile = Some(profile);
                all.on_road.push((id, snap));
            }
            Some(_) => return None,
            None => all.by_hand = true,
        }
    }
    Some(all)
}

/// Whether a unit may be sent.
enum May {
    Go,
    Not,
    OnIt,
}

fn may(
    question: &Question<'_>,
    (root, taken_off): (Option<IncidentId>, bool),
    id: UnitId,
    unit: &Unit,
) -> May {
    let state = question.state;
    match unit.doing() {
        Some(Doing::Available) => May::Go,
        Some(Doing::Assigned(task)) if Some(state.root(task)) == root => May::OnIt,
        Some(Doing::Assigned(_)) if !taken_off => May::Not,
        Some(Doing::Assigned(_)) if state.may_preempt(id, question.priority).is_some() => May::Go,
        _ => May::Not,
    }
}

/// Whether anything can be so much less urgent that a unit may be taken off it. If not, nobody's task need be looked at.
fn some_may_be_taken_off(question: &Question<'_>) -> bool {
    let rules = &question.state.catalogue().rules;
    let widest = Priority::COUNT as u8 - question.priority.number();
    let needed = [rules.preempt_en_route, rules.preempt_on_scene];
    needed.into_iter().any(|needed| needed > 0 && widest >= needed)
}
