//! Every unit of the city, in or out, and those who are in by road time.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Millis, Timestamp, UnitId};
use precinct_core::{Code, Doing, Duty, IncidentId, State, Tour, Unit};
use precinct_roads::Scratch;

use crate::field::Times;
use crate::{ByHand, Out, Question, Reason};

/// A unit that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which.
    pub unit: UnitId,
    /// Its place among those who can be sent, from 0.
    pub rank: u32,
    /// Its time by road; none is one for a person to judge.
    pub travel: Option<Millis>,
    /// How old its last fix is; none is "never seen".
    pub fix_age: Option<Millis>,
    /// Why there is no time by road.
    pub by_hand: Option<ByHand>,
    /// What it would be taken off.
    pub pre_empts: Option<IncidentId>,
    /// Whether its fix is older than the city allows.
    pub stale: bool,
    /// The area it works in, if that is another.
    pub other_area: Option<AreaId>,
    /// How long its tour goes on, if that is not long enough.
    pub tour_ends: Option<Millis>,
    /// The demand no longer covered within each threshold when it alone goes.
    pub lost: [u64; 3],
}

impl Ranked {
    /// What is to be known of it.
    pub fn reasons(&self) -> impl Iterator<Item = Reason> {
        let nearest = self.rank == 0 && self.travel.is_some();
        let unseen = self.fix_age.is_none() && self.by_hand != Some(ByHand::NoPlace);
        [
            nearest.then_some(Reason::Nearest),
            self.by_hand.map(Reason::ByHand),
            self.pre_empts.map(Reason::PreEmpts),
            self.fix_age.filter(|_| self.stale).map(Reason::Stale),
            unseen.then_some(Reason::NeverSeen),
            self.other_area.map(Reason::OtherArea),
            self.tour_ends.map(Reason::TourEnds),
        ]
        .into_iter()
        .flatten()
    }

    /// The order of advice: those with a time by road first, by that, then by number.
    fn order(&self) -> (u32, UnitId) {
        (self.travel.map_or(u32::MAX, |time| time.0), self.unit)
    }
}

/// A unit that is not to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub unit: UnitId,
    /// Why.
    pub why: Out,
}

/// All units of the city.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranking {
    /// Those who can be sent, the first there first.
    pub(crate) ranked: Vec<Ranked>,
    /// The others, by number.
    pub(crate) out: Vec<LeftOut>,
    /// Those who are on it already, by number.
    pub(crate) on_it: Vec<UnitId>,
}

/// Ranks every unit of the city.
pub(crate) fn rank(question: &Question<'_>, scratch: &mut Scratch) -> Ranking {
    let times = question.field.times(scratch, question.at, question.settings.limit);
    let mut asked = Asked::new(question, &times);
    let mut ranking = Ranking::default();
    let slots = question.field.slots();
    let mut next = 0;
    for (&id, unit) in question.state.units() {
        while slots.get(next).is_some_and(|slot| slot.unit < id) {
            next += 1;
        }
        let slot = slots.get(next).filter(|slot| slot.unit == id).map(|_| next);
        match asked.judge(id, unit, slot) {
            Ok(ranked) => ranking.ranked.push(ranked),
            Err(why) => {
                if why == Out::OnIt {
                    ranking.on_it.push(id);
                }
                ranking.out.push(LeftOut { unit: id, why });
            }
        }
    }
    ranking.ranked.sort_unstable_by_key(Ranked::order);
    for (rank, ranked) in (0..).zip(&mut ranking.ranked) {
        ranked.rank = rank;
    }
    ranking
}

/// A question under way.
struct Asked<'a> {
    question: &'a Question<'a>,
    times: &'a Times,
    root: Option<IncidentId>,
    /// What of what is needed; any of it will do.
    needed: Vec<Code>,
    /// Whether an area is the place's own, holds it, or lies in it.
    own: BTreeMap<AreaId, bool>,
}

impl<'a> Asked<'a> {
    fn new(question: &'a Question<'a>, times: &'a Times) -> Self {
        let needed = question.needs().iter().map(|need| need.capability).collect();
        let own = question.state.up(question.area).map(|(area, _)| (area, true));
        let own = own.chain([(question.area, true)]).collect();
        Self { question, times, root: question.root(), needed, own }
    }

    fn judge(&mut self, id: UnitId, unit: &Unit, slot: Option<usize>) -> Result<Ranked, Out> {
        let (state, settings) = (self.question.state, self.question.settings);
        let pre_empts = self.may_go(id, unit)?;
        if let Some(&capability) = self.needed.first()
            && !self.needed.iter().any(|needed| unit.capabilities.contains(needed))
        {
            return Err(Out::Lacks { capability, others: self.needed.len() - 1 });
        }
        let (travel, by_hand) = match self.travel(slot) {
            Ok(time) => (Some(time?), None),
            Err(by_hand) => (None, Some(by_hand)),
        };
        let fix_age = slot.and_then(|slot| self.question.field.slots()[slot].fix_age);
        let enough = travel.unwrap_or_default().saturating_add(settings.tour_margin);
        let left = tour_end(state, unit).map(|end| left(end, self.question.now.wall));
        Ok(Ranked {
            unit: id,
            rank: 0,
            travel,
            fix_age,
            by_hand,
            pre_empts,
            stale: fix_age.is_some_and(|age| age > settings.stale),
            other_area: (!self.is_own(unit.area)).then_some(unit.area),
            tour_ends: left.filter(|&left| left < enough),
            lost: slot.map_or([0; 3], |slot| self.question.field.cover().lost(slot)),
        })
    }

    /// Whether what it does lets it be sent, and what it would be taken off.
    fn may_go(&self, id: UnitId, unit: &Unit) -> Result<Option<IncidentId>, Out> {
        let state = self.question.state;
        match unit.doing().ok_or(Out::OffDuty)? {
            Doing::Available => Ok(None),
            Doing::Out(reason) => Err(Out::OutOfService(reason)),
            Doing::Assigned(task) if Some(state.root(task)) == self.root => Err(Out::OnIt),
            Doing::Assigned(task) => {
                let taken = state.may_preempt(id, self.question.priority);
                taken.map(Some).ok_or(Out::AsUrgent(task))
            }
        }
    }

    /// Its time by road, or why it is out, or why there is none to tell.
    fn travel(&self, slot: Option<usize>) -> Result<Result<Millis, Out>, ByHand> {
        let slot = slot.ok_or(ByHand::NoPlace)?;
        let placed = &self.question.field.slots()[slot];
        let profile = placed.profile.ok_or(ByHand::NoNetwork)?;
        if placed.snap.is_none() {
            return Err(ByHand::NoPlace);
        }
        if !self.times.near_road[profile.index()] {
            return Err(ByHand::OffRoad);
        }
        let limit = self.question.settings.limit;
        let whole = limit.0 >= precinct_base::caps::SEARCH_LIMIT_MS;
        let none = if whole { Out::Unreachable } else { Out::Beyond(limit) };
        Ok(self.times.of(slot).ok_or(none))
    }

    fn is_own(&mut self, area: AreaId) -> bool {
        let Question { state, area: place, .. } = *self.question;
        *self.own.entry(area).or_insert_with(|| state.up(area).any(|(over, _)| over == place))
    }
}

/// When its tour ends.
fn tour_end(state: &State, unit: &Unit) -> Option<Timestamp> {
    match unit.duty {
        Duty::Off => None,
        Duty::On { tour: Tour::Shift(shift), .. } => Some(state.shifts().get(&shift)?.ends),
        Duty::On { tour: Tour::Aid { until, .. }, .. } => Some(until.wall),
    }
}

/// From `now` to `end`: nothing when it is past.
fn left(end: Timestamp, now: Timestamp) -> Millis {
    let ms = end.0.saturating_sub(now.0).clamp(0, i64::from(u32::MAX));
    Millis(ms as u32)
}
