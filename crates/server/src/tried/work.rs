//! The trial itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use precinct_advice::Networks;
use precinct_base::{AreaId, HourOfWeek, caps};
use precinct_core::event::AreaSet;
use precinct_core::{Day, FileHash, Missing, PlanId, State};
use precinct_roads::Profile;
use precinct_whatif::{
    Arm, Behaviour, Call, Observer, Outcome as Figures, Piece, Settings, TARGETS, Town, TrialError,
    Within, trial_of_part,
};
use precinct_wire::{ArmBody, TrialBody};

use super::calls::hash;
use super::{Crews, RECORD, arm};
use crate::app::App;
use crate::door::Failure;
use crate::runs::Run;
use crate::sited::is_in;

/// How often each day is simulated if nothing is said.
const SEEDS: u32 = 10;

/// What is known of one plan of a trial, beside its figures.
#[derive(Clone, Debug)]
pub(crate) struct OfArm {
    /// The plan on record that holds in it, and the hash of its document.
    pub(crate) plan: Option<(PlanId, FileHash)>,
    /// Whether it is that plan and nothing else.
    pub(crate) pure: bool,
    pub(crate) posts: u32,
    pub(crate) units: u32,
}

/// What is to be tried, read.
#[derive(Debug)]
pub(crate) struct Question {
    days: Vec<Day>,
    source: String,
    seeds: u32,
    pace: u16,
    arms: Vec<(Arm, OfArm)>,
    area: Option<AreaId>,
}

/// The part of the city whose calls have figures of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) area: AreaId,
    /// How many calls it has.
    pub(crate) calls: u32,
}

/// What a trial was made of, so that one of its days can be watched.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) arms: Vec<Arm>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) behaviour: Behaviour,
}

/// What a trial came to.
#[derive(Debug)]
pub(crate) struct Tried {
    pub(crate) made: Made,
    pub(crate) days: Vec<Day>,
    pub(crate) source: String,
    pub(crate) calls_hash: FileHash,
    pub(crate) calls: u32,
    pub(crate) seeds: u32,
    pub(crate) arms: Vec<OfArm>,
    pub(crate) outcomes: Vec<Figures>,
    pub(crate) part: Option<Part>,
}

fn of_arm(app: &App, body: &ArmBody, crews: Crews, name: &str) -> Result<(Arm, OfArm), Failure> {
    let arm = arm(app, body, crews, name)?;
    let plan = body.plan.map(PlanId).and_then(|id| {
        let document = app.board.look(|state, _| state.plans().get(&id).map(|plan| plan.document));
        document.map(|document| (id, document))
    });
    let of = OfArm {
        plan,
        pure: plan.is_some() && body.changes.is_empty(),
        posts: arm.plan.posts.len() as u32,
        units: arm.plan.crews.len() as u32,
    };
    Ok((arm, of))
}

impl Question {
    /// What a body asks of the city as it is by now.
    pub(crate) fn read(app: &App, body: &TrialBody) -> Result<Self, Failure> {
        let mut days = body.days.clone();
        days.sort_unstable();
        days.dedup();
        let seeds = body.seeds.unwrap_or(SEEDS);
        let (most_days, most) = (caps::TRIAL_DAYS, caps::TRIAL_RUNS);
        if days.is_empty() || days.len() > most_days {
            return Err(Failure::bad(format!("name one to {most_days} days")));
        }
        if seeds == 0 || days.len() as u64 * u64::from(seeds) > most {
            return Err(Failure::bad(format!(
                "days times seeds are at most {most}, and at least one: ask for fewer"
            )));
        }
        let pace = body.pace.unwrap_or(1_000);
        if !(100..=10_000).contains(&pace) {
            return Err(Failure::bad("`pace` is in thousandths: 100 to 10000"));
        }
        let crews = match body.per_post {
            None => Crews::Board,
            Some(each @ 1..=caps::TRIAL_UNITS_EACH) => Crews::PerPost(each),
            Some(_) => {
                let most = caps::TRIAL_UNITS_EACH;
                return Err(Failure::bad(format!("`per_post` is 1 to {most}")));
            }
        };
        let mut arms = vec![of_arm(app, &body.one, crews, "as it is")?];
        if let Some(other) = &body.other {
            arms.push(of_arm(app, other, crews, "other")?);
        }
        let source = body.source.clone().unwrap_or_else(|| RECORD.to_owned());
        let area = body.area.map(AreaId);
        let unknown =
            |&area: &AreaId| app.board.look(|state, _| !state.areas().contains_key(&area));
        if let Some(area) = area.filter(unknown) {
            return Err(Missing::Area(area).into());
        }
        Ok(Self { days, source, seeds, pace, arms, area })
    }
}

/// Areas of the board, each after the one it lies in.
fn areas(state: &State) -> Vec<AreaSet> {
    let mut all: Vec<_> = state.areas().iter().collect();
    all.sort_by_key(|&(&id, _)| (state.up(id).count(), id));
    let area = |(&area, known): (&precinct_base::AreaId, &precinct_core::Area)| AreaSet {
        area,
        parent: known.parent,
        level: known.level,
        grade: known.grade,
        reach: known.reach,
        title: known.title.clone(),
    };
    all.into_iter().map(area).collect()
}

/// How crews behave: turnout, time on scene and the pace of each hour by the city's calibration where it has one, else as the days show
/// that are tried; and `pace` on top of that.
fn behaviour(app: &App, pieces: &[Piece], pace: u16) -> Behaviour {
    let all: Vec<_> = pieces.iter().flat_map(|piece| piece.calls.iter().cloned()).collect();
    let (city, car) = (&app.ground.city, Profile::PoliceCar);
    let hours = city.pace_by_hour(car, HourOfWeek::default());
    let fitted = city.calibrated_for(car).map(|used| &used.calibration);
    Behaviour::observed(&all).paced(&hours, pace).calibrated(fitted)
}

/// The town as it is by now.
pub(super) fn town(app: &App) -> Result<Town, String> {
    let networks = Networks::new(app.ground.planned_networks().values().cloned());
    let networks = networks.map_err(|error| error.to_string())?;
    Ok(app.board.look(|state, _| Town {
        catalogue: state.catalogue().clone(),
        areas: areas(state),
        networks,
        demand: app.advisor.demand.clone(),
        targets: TARGETS,
    }))
}

/// Tells a run how far its trial is, and ends the one with the other.
struct Watching<'a> {
    run: &'a Run,
    done: AtomicUsize,
}

impl Observer for Watching<'_> {
    fn done(&self, runs: usize) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let share = done * 10_000 / runs.max(1);
        self.run.tell(|seen| seen.share = Some(share.min(10_000) as u32));
    }

    fn stop(&self) -> bool {
        self.run.is_cancelled()
    }
}

/// Does what is asked. Cancelled, it has the runs that were done under every plan by then; nothing if there are none.
pub(crate) fn work(app: &App, question: Question, run: &Run) -> Result<Option<Arc<Tried>>, String> {
    let Question { days, source, seeds, pace, arms, area } = question;
    run.tell(|seen| seen.stage = Some("reading"));
    let ends = || run.is_cancelled();
    let pieces = app.planning.sources.pieces(app, &source, &days, &ends)?;
    if run.is_cancelled() {
        return Ok(None);
    }
    let behaviour = behaviour(app, &pieces, pace);
    let counted =
        || pieces.iter().flat_map(|piece| piece.calls.iter().filter(|call| piece.counts(call)));
    let calls = counted().count() as u32;
    let (arms, of): (Vec<Arm>, Vec<OfArm>) = arms.into_iter().unzip();
    run.tell(|seen| (seen.stage, seen.share) = (Some("simulating"), Some(0)));
    let watching = Watching { run, done: AtomicUsize::new(0) };
    let settings = Settings { seeds, room: caps::TRIAL_ROOM, ..Settings::default() };
    let town = town(app)?;
    let within = |call: &Call| area.is_some_and(|area| is_in(app, call.at, area));
    let part =
        area.map(|area| Part { area, calls: counted().filter(|call| within(call)).count() as u32 });
    let asked = (&town, area.map(|_| &within as Within<'_>));
    let outcomes = match trial_of_part(asked, &behaviour, &pieces, &arms, settings, &watching) {
        Err(TrialError::Stopped) => return Ok(None),
        outcomes => outcomes.map_err(|error| error.to_string())?,
    };
    let calls_hash = hash(&pieces);
    let made = Made { arms, pieces, behaviour };
    let tried = Tried { made, days, source, calls_hash, calls, seeds, arms: of, outcomes, part };
    Ok(Some(Arc::new(tried)))
}
