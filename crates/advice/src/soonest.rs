//! Whom to send, and nothing more: the set that [`recommend()`](crate::recommend()) chooses, without ranking who is not sent.
//!
//! A year of calls asks a million times. Nobody reads why the hundredth unit was not sent, so here the search grows from the incident only
//! until who is found meets the run card, and the drives of those who go are read off it.

use std::collections::BTreeSet;

use precinct_base::{Millis, UnitId, caps};
use precinct_core::{Capability, Doing, Need, Priority, Unit};
use precinct_roads::{Drive, Network, Profile, Scratch, Snap};

use crate::about::Crowd;
use crate::choose::{NeedMet, Pooled, able_units, can, fill, met, places};
use crate::field::Slot;
use crate::{Field, Question, recommend};

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
    let (places_known, about) = field.follows()?;
    let limit = Millis(question.settings.limit.0.min(caps::SEARCH_LIMIT_MS));
    if let Some(ways) = field.kept(question.at) {
        let candidates = candidates(question)?;
        let profile = candidates.profile?;
        let (network, towards) = (field.networks().get(profile)?, ways[profile.index()].as_ref()?);
        let time = |snap: &Snap| towards.time_from(network, snap).filter(|time| *time <= limit);
        let timed = timed(&candidates, time);
        let mut told = chosen(question, &candidates, &timed, true)?;
        told.read_off(field, |snap| towards.drive(network, snap));
        return Some(told);
    }
    let profile = match about.only_profile() {
        Some(profile) => profile,
        None => candidates(question)?.profile?,
    };
    let asked = Nearby {
        question,
        network: field.networks().get(profile)?,
        crowd: about.on(profile)?,
        place: [places_known.snap(profile, question.at)?],
    };
    asked.near(scratch, limit).or_else(|| asked.far(scratch, limit))
}

/// How far is looked at first. Within that somebody is nearly always found; where nobody is, it is worth knowing who there is at all.
const NEAR: Millis = Millis::from_minutes(10);

/// A question put to those who are about.
struct Nearby<'a> {
    question: &'a Question<'a>,
    network: &'a Network,
    crowd: &'a Crowd,
    place: [Snap; 1],
}

impl Nearby<'_> {
    /// Searches until who is found will do; none if within [`NEAR`] nobody will.
    fn near(&self, scratch: &mut Scratch, limit: Millis) -> Option<Soonest> {
        let on_it = Candidates { on_it: on_it(self.question), ..Candidates::default() };
        self.searched(scratch, limit.min(NEAR), &on_it, None)
    }

    /// Searches until who is found will do or everybody is, which has to be known for that.
    fn far(&self, scratch: &mut Scratch, limit: Millis) -> Option<Soonest> {
        let candidates = candidates(self.question)?;
        self.searched(scratch, limit, &candidates, Some(candidates.on_road.len()))
    }

    fn searched(
        &self,
        scratch: &mut Scratch,
        limit: Millis,
        candidates: &Candidates<'_>,
        everybody: Option<usize>,
    ) -> Option<Soonest> {
        if everybody == Some(0) {
            return chosen(self.question, candidates, &[], true);
        }
        let mut found = Found::new(self.question, &candidates.on_it);
        let (stands, passing) = (&self.crowd.stands, &self.crowd.passing);
        let tell = |number, time| found.told(UnitId(number), time, everybody);
        let reach = self.network.reach_standing(scratch, &self.place, stands, passing, limit, tell);
        found.timed.retain(|one| one.0 <= reach.limit());
        let mut told = chosen(self.question, candidates, &found.timed, everybody.is_some())?;
        told.read_off(self.question.field, |snap| reach.drive(snap));
        Some(told)
    }
}

/// Whom a search has found.
struct Found<'a> {
    question: &'a Question<'a>,
    on_it: &'a [UnitId],
    taken_off: bool,
    /// What is needed, each once, and how many there are to be of each.
    kinds: Vec<Option<Capability>>,
    count: usize,
    /// Those who could go.
    timed: Vec<(Millis, UnitId)>,
    enough: Millis,
}

impl<'a> Found<'a> {
    fn new(question: &'a Question<'a>, on_it: &'a [UnitId]) -> Self {
        let mut kinds = places(question.needs(), caps::ADVICE_SLOTS);
        let count = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        let taken_off = some_may_be_taken_off(question);
        Self { question, on_it, taken_off, kinds, count, timed: Vec::new(), enough: Millis::MAX }
    }

    /// Takes note of a unit; after what time nobody more is wanted.
    fn told(&mut self, unit: UnitId, time: Millis, everybody: Option<usize>) -> Millis {
        if time > self.enough {
            return self.enough;
        }
        if let Some(known) = self.timed.iter_mut().find(|known| known.1 == unit) {
            if known.0 <= time {
                return self.enough;
            }
            known.0 = time;
        } else if self.could_go(unit) {
            self.timed.push((time, unit));
        } else {
            return self.enough;
        }
        let of_kind = self.kinds.iter().map(|&kind| self.last_of(kind));
        self.enough = of_kind.max().unwrap_or(Millis::MAX);
        // When everybody is found, the last of them there is enough.
        if everybody == Some(self.timed.len()) {
            let last = self.timed.iter().map(|one| one.0).max().unwrap_or_default();
            self.enough = self.enough.min(last);
        }
        self.enough
    }

    fn could_go(&self, unit: UnitId) -> bool {
        let known = self.question.state.units().get(&unit);
        known.is_some_and(|known| {
            may_go(self.question, (self.on_it, self.taken_off), unit, known)
                && able(self.question.needs(), known)
        })
    }

    /// When as many are there as could be of a kind; never, as long as there are fewer.
    fn last_of(&self, kind: Option<Capability>) -> Millis {
        let first = able_units(self.question.state, &self.timed, kind, self.count);
        let last = first.last().filter(|_| first.len() == self.count);
        last.map_or(Millis::MAX, |last| last.0)
    }
}

impl Soonest {
    fn read_off(&mut self, field: &Field, drive: impl Fn(&Snap) -> Option<Drive>) {
        for going in &mut self.going {
            let slot = field.slot_of(going.unit).and_then(|at| field.slots()[at].snap.as_ref());
            going.drive = slot.and_then(&drive);
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
    let (slots, needs) = (question.field.slots(), question.needs());
    let mut all = Candidates { on_it: on_it(question), ..Candidates::default() };
    let taken_off = some_may_be_taken_off(question);
    let mut next = 0;
    for (&id, unit) in question.state.units() {
        while slots.get(next).is_some_and(|slot| slot.unit < id) {
            next += 1;
        }
        if !(may_go(question, (&all.on_it, taken_off), id, unit) && able(needs, unit)) {
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

/// Whether a unit has any of what is needed.
fn able(needs: &[Need], unit: &Unit) -> bool {
    let has = |need: &Need| unit.capabilities.contains(&need.capability);
    needs.is_empty() || needs.iter().any(has)
}

/// Units that are on it, or on what was merged into it, by number.
fn on_it(question: &Question<'_>) -> Vec<UnitId> {
    let family = question.root().into_iter().flat_map(|root| question.state.family(root));
    let tasks = family.flat_map(|(_, member)| &member.assignments);
    let mut units: Vec<UnitId> =
        tasks.filter(|task| task.is_active()).map(|task| task.unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// Whether a unit may be sent: it is free, or on something so much less urgent that it may be taken off.
fn may_go(
    question: &Question<'_>,
    (on_it, taken_off): (&[UnitId], bool),
    id: UnitId,
    unit: &Unit,
) -> bool {
    match unit.doing() {
        Some(Doing::Available) => true,
        Some(Doing::Assigned(_)) => {
            taken_off
                && on_it.binary_search(&id).is_err()
                && question.state.may_preempt(id, question.priority).is_some()
        }
        _ => false,
    }
}

/// Whether anything can be so much less urgent that a unit may be taken off it. If not, nobody's task need be looked at.
fn some_may_be_taken_off(question: &Question<'_>) -> bool {
    let rules = &question.state.catalogue().rules;
    let widest = Priority::COUNT as u8 - question.priority.number();
    let needed = [rules.preempt_en_route, rules.preempt_on_scene];
    needed.into_iter().any(|needed| needed > 0 && widest >= needed)
}
