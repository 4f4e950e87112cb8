//! Advice: where everybody is at a tick, the questions put to it, and what was answered, kept so that a dispatch can record it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use precinct_advice::{
    Covered, DemandPoint, Field as Standings, Joint, MoveUp, MoveUpRules, Networks, Placed,
    PostPlace, Question, Ranked, Recommendation, Settings, joint, move_ups, recommend,
};
use precinct_base::{Millis, SegmentId, UnitId, caps};
use precinct_core::{Advice, Candidate, Code, IncidentId, Missing, State, Unit, Vehicle};
use precinct_positions::View;
use precinct_roads::{Scratch, Snap, SnapRules, Snapper};

use crate::app::App;
use crate::door::Failure;
use crate::ground::{Ground, profile};
use crate::watched::{self, Mind};
use precinct_wire::Coded;

/// Answers that are kept: a dispatch names one, seconds or minutes later.
const KEPT: usize = 4_096;
/// Candidates of each that are kept: who stands behind them all is sent without a rank.
const KEPT_CANDIDATES: usize = 512;
/// Reach 1-3-5 where the city sets nothing else.
const REACH: [Millis; 3] =
    [Millis::from_minutes(1), Millis::from_minutes(3), Millis::from_minutes(5)];

/// Advice.
#[derive(Debug)]
pub(crate) struct Advisor {
    pub(crate) demand: Arc<[DemandPoint]>,
    /// The version of the roads asked.
    roads: Code,
    standings: Mutex<Option<(u64, Arc<Standings>)>>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    made: u64,
    answers: VecDeque<Answer>,
}

/// What is kept of an answer.
#[derive(Debug)]
struct Answer {
    name: String,
    seq: u64,
    candidates: Box<[Candidate]>,
    /// What the policy that is watched would do.
    mind: Option<Mind>,
}

/// An answer, with the board it was given from.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) recommendation: Recommendation,
    pub(crate) move_ups: Vec<MoveUp>,
    /// The record the board was at.
    pub(crate) seq: u64,
}

/// Demand on the streets, put together where it is on one segment: hundreds of addresses of a block are reached as one.
fn demand(ground: &Ground) -> Arc<[DemandPoint]> {
    let Some(network) = ground.main() else { return Arc::from([]) };
    let rules = SnapRules { door: true, ..SnapRules::default() };
    let mut by_segment: BTreeMap<SegmentId, (Snap, u64)> = BTreeMap::new();
    for one in &ground.city.demand {
        if let Some(snap) = network.snap(one.at, &rules) {
            let weight = &mut by_segment.entry(snap.segment).or_insert((snap, 0)).1;
            *weight += u64::from(one.weight);
        }
    }
    let point = |(snap, weight): (Snap, u64)| DemandPoint {
        snap,
        weight: u32::try_from(weight).unwrap_or(u32::MAX),
        thresholds: REACH,
    };
    by_segment.into_values().map(point).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Advisor {
    pub(crate) fn new(ground: &Ground) -> Self {
        let roads = ground.fingerprint();
        Self {
            demand: demand(ground),
            roads: roads.parse().unwrap_or(Code::literal("unknown")),
            standings: Mutex::default(),
            kept: Mutex::default(),
        }
    }

    /// Where everybody is at the last tick: made once a tick, by whoever asks first.
    fn standings(&self, app: &App, state: &State) -> Result<Arc<Standings>, Failure> {
        app.ground.turn(app.watch.wall());
        let tick = *app.field.ticks().borrow();
        let mut standings = lock(&self.standings);
        if let Some((made, standings)) = &*standings
            && *made == tick
        {
            return Ok(standings.clone());
        }
        let view = app.field.view();
        let placed: Vec<Placed> = state
            .units()
            .iter()
            .filter(|(_, unit)| unit.doing().is_some())
            .map(|(&id, unit)| placed(&app.ground, state, &view, id, unit))
            .collect();
        let networks = Networks::new(app.ground.networks().values().cloned());
        let networks = networks.map_err(Failure::inside)?;
        let made =
            Standings::new(state, networks, &placed, &self.demand).map_err(Failure::inside)?;
        let made = Arc::new(made);
        *standings = Some((tick, made.clone()));
        Ok(made)
    }

    /// Answers a question, and keeps the answer; the name it is kept under.
    pub(crate) fn ask<'a>(
        &self,
        app: &App,
        (state, seq): (&'a State, u64),
        question: impl FnOnce(&'a State, &'a Standings, Settings) -> Result<Question<'a>, Failure>,
        hold: &'a mut Option<Arc<Standings>>,
    ) -> Result<(String, Answered), Failure> {
        let standings: &'a Standings = hold.insert(self.standings(app, state)?);
        let mut scratch = Scratch::default();
        let asked = question(state, standings, Settings::default())?;
        let recommendation = recommend(&asked, &mut scratch);
        let posts: Vec<PostPlace> =
            state.posts().iter().map(|(&post, known)| PostPlace { post, at: known.at }).collect();
        let (normal, rules) = (recommendation.cover.before, MoveUpRules::default());
        let move_ups =
            move_ups(standings, &posts, normal, &recommendation.chosen, rules, &mut scratch);
        let mind = Mind::of(&asked, &recommendation, &mut scratch);
        let name = self.keep(&recommendation, mind, seq);
        Ok((name, Answered { recommendation, move_ups, seq }))
    }

    /// Answers for several incidents together, and for each by itself; those are kept under the names given with them.
    pub(crate) fn ask_together(
        &self,
        app: &App,
        (state, seq): (&State, u64),
        incidents: &[IncidentId],
    ) -> Result<(Joint, Vec<(String, Recommendation)>), Failure> {
        let (standings, now) = (self.standings(app, state)?, app.watch.now());
        let question = |&id: &IncidentId| {
            let known = Question::of(state, &standings, id, now, Settings::default());
            known.ok_or(Failure::from(Missing::Incident(id)))
        };
        let questions: Vec<Question<'_>> =
            incidents.iter().map(question).collect::<Result<_, _>>()?;
        let mut scratch = Scratch::default();
        let together = joint(&questions, &mut scratch);
        let alone = questions.iter().map(|question| {
            let recommendation = recommend(question, &mut scratch);
            let mind = Mind::of(question, &recommendation, &mut scratch);
            (self.keep(&recommendation, mind, seq), recommendation)
        });
        Ok((together, alone.collect()))
    }

    fn keep(&self, recommendation: &Recommendation, mind: Option<Mind>, seq: u64) -> String {
        let candidate = |ranked: &Ranked| Candidate {
            unit: ranked.unit,
            travel: ranked.travel,
            fix_age: ranked.fix_age,
        };
        let ranked = recommendation.ranked.iter();
        let candidates = ranked.take(KEPT_CANDIDATES).map(candidate).collect();
        let mut kept = lock(&self.kept);
        kept.made += 1;
        let name = format!("R-{}-{}", seq, kept.made);
        kept.answers.push_back(Answer { name: name.clone(), seq, candidates, mind });
        if kept.answers.len() > KEPT {
            kept.answers.pop_front();
        }
        name
    }

    /// What is recorded when `unit` is sent on the strength of an answer; none if the answer is not known any more. One that stands behind
    /// all that are recorded takes the last place among them, so that what it cost can be told.
    fn advice(&self, name: &str, unit: UnitId, already: &[UnitId]) -> Option<Advice> {
        let kept = lock(&self.kept);
        let answer = kept.answers.iter().rev().find(|answer| answer.name == name)?;
        let (first, behind) =
            answer.candidates.split_at(answer.candidates.len().min(caps::CANDIDATES));
        let mut candidates = first.to_vec();
        let behind = behind.iter().find(|candidate| candidate.unit == unit);
        if let Some((last, behind)) = candidates.last_mut().zip(behind) {
            *last = *behind;
        }
        let rank = candidates.iter().position(|candidate| candidate.unit == unit);
        let posts = format!("seq-{}", answer.seq).parse().unwrap_or(Code::literal("unknown"));
        let beside = answer.mind.as_ref().and_then(|mind| mind.beside(unit, already));
        let (rank, roads) = (rank.map(|rank| rank as u16), self.roads);
        Some(Advice { candidates, rank, roads, posts, beside })
    }
}

/// Where a unit is: where its newest fix is, else at its post.
pub(crate) fn placed(
    ground: &Ground,
    state: &State,
    view: &View,
    id: UnitId,
    unit: &Unit,
) -> Placed {
    let Some(profile) = profile(unit.vehicle) else {
        let fix_age = view.latest(id).map(|position| position.age);
        return Placed { unit: id, snap: None, fix_age };
    };
    if let Some(position) = view.latest(id) {
        let street = position.street.map(|street| street.segment);
        let known = street.and_then(|segment| Snapper::on(&ground.map, segment, position.at));
        let snap = known.or_else(|| ground.stand(profile, position.at));
        return Placed { unit: id, snap, fix_age: Some(position.age) };
    }
    let home = unit.home.and_then(|post| state.posts().get(&post));
    let snap = home.and_then(|post| ground.stand(profile, post.at));
    Placed { unit: id, snap, fix_age: None }
}

/// How a unit on duty moves, and where it is: where it is taken to be when advice is asked for. None if it is not on duty.
pub(crate) fn place_of(app: &App, state: &State, id: UnitId) -> Option<(Vehicle, Placed)> {
    let unit = state.units().get(&id).filter(|unit| unit.doing().is_some())?;
    Some((unit.vehicle, placed(&app.ground, state, &app.field.view(), id, unit)))
}

/// A share in parts of 10,000.
pub(crate) fn parts(part: u64, of: u64) -> u32 {
    let parts = (u128::from(part) * 10_000).checked_div(u128::from(of)).unwrap_or(0);
    u32::try_from(parts).unwrap_or(u32::MAX)
}

/// Cover in parts of 10,000; none where no demand is known.
pub(crate) fn shares(covered: Covered) -> Option<[u32; 3]> {
    (covered.of > 0).then(|| covered.within.map(|within| parts(within, covered.of)))
}

impl App {
    /// What is recorded when `unit` is sent on the strength of a recommendation.
    pub(crate) fn advised(
        &self,
        name: Option<&str>,
        (incident, unit): (IncidentId, UnitId),
    ) -> Result<Option<Box<Advice>>, Failure> {
        let Some(name) = name else { return Ok(None) };
        let already = self.board.look(|state, _| watched::on(state, incident));
        let advice = self.advisor.advice(name, unit, &already).ok_or_else(|| {
            Failure::conflict(format!(
                "{name} is no recommendation that is still known: ask anew, or send without one"
            ))
            .coded(Coded::advice_unknown())
        })?;
        Ok(Some(Box::new(advice)))
    }
}
