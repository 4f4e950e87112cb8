//! A trial: plans side by side on the same pieces of time with the same chance, all runs in parallel, and the figures of each plan.
//!
//! Every run is by itself, and what it leaves is put together in the order of runs; so the figures are the same, byte for byte, on any
//! number of threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_advice::{Covered, Networks, OtherMap, Places};
use precinct_base::{LonLat, Millis};
use precinct_core::Event;
use rayon::prelude::*;

use crate::chance::Chance;
use crate::figures::{Cell, Tally, Within};
use crate::run::{Asked, Report, RunError, Witness, run};
use crate::{Answered, Behaviour, Call, Piece, Plan, Policy, Returning, Town};

/// A plan and how units are chosen under it.
#[derive(Clone, Debug)]
pub struct Arm {
    /// What it is called.
    pub name: String,
    /// The plan.
    pub plan: Plan,
    /// How units are chosen.
    pub policy: Policy,
    /// Another policy that decides beside it, with nothing sent.
    pub shadow: Option<Policy>,
}

/// How a trial is made.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Each piece is run so many times, from seed 1 on, each time with other chance.
    pub seeds: u32,
    /// How often what is covered is looked at; none is never.
    pub look: Option<Millis>,
    /// How long after the end of a piece its calls are followed up. What is not over then is unknown.
    pub tail: Millis,
    /// Bytes of memory for times to places. With less, what does not fit is found anew each time.
    pub room: usize,
}

impl Default for Settings {
    /// Ten seeds, a look every quarter of an hour, twelve hours after the end, a gigabyte.
    fn default() -> Self {
        Self {
            seeds: 10,
            look: Some(Millis::from_minutes(15)),
            tail: Millis::from_minutes(12 * 60),
            room: 1 << 30,
        }
    }
}

/// Whoever watches a trial, and may stop it.
pub trait Observer: Sync {
    /// A run is done; how many there are in all.
    fn done(&self, runs: usize);
    /// Whether to stop. Asked before each run.
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Observer for Unwatched {
    fn done(&self, _: usize) {}
}

/// Why a trial has no figures.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// A run cannot be made.
    #[error("plan {arm:?}: {why}")]
    Run {
        /// The plan.
        arm: String,
        /// Why not.
        why: RunError,
    },
    /// A network is of another map.
    #[error(transparent)]
    Networks(#[from] OtherMap),
    /// Whoever watches stopped it before every plan had one run.
    #[error("stopped before anything of it was done")]
    Stopped,
}

/// What a plan came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The plan's name.
    pub name: String,
    /// How units were chosen.
    pub policy: Policy,
    /// Figures of all runs together.
    pub tally: Tally,
    /// Figures of each run: pieces in order, and in each the seeds. Of a trial that was stopped, those that every plan has.
    pub cells: Vec<Cell>,
    /// The same of the calls in the part of the town that was asked about; empty if none was. What crews did is of all of them.
    pub part: Vec<Cell>,
}

impl Outcome {
    /// Of nothing yet.
    fn of(arm: &Arm) -> Self {
        let (name, policy) = (arm.name.clone(), arm.policy);
        Self { name, policy, tally: Tally::default(), cells: Vec::new(), part: Vec::new() }
    }
}

/// Runs every arm on every piece with every seed. Stopped, it has the figures of the pairs of piece and seed that every arm has run by then.
pub fn trial(
    town: &Town,
    behaviour: &Behaviour,
    pieces: &[Piece],
    arms: &[Arm],
    settings: Settings,
    observer: &dyn Observer,
) -> Result<Vec<Outcome>, TrialError> {
    trial_of_part((town, None), behaviour, pieces, arms, settings, observer)
}

/// As [`trial()`], with the figures of the calls in a part of the town beside those of all. The whole town is simulated all the same: crews
/// come from everywhere, and are missed everywhere.
pub fn trial_of_part(
    (town, part): (&Town, Option<Within<'_>>),
    behaviour: &Behaviour,
    pieces: &[Piece],
    arms: &[Arm],
    settings: Settings,
    observer: &dyn Observer,
) -> Result<Vec<Outcome>, TrialError> {
    let places = grounds((town, behaviour), pieces, arms, settings, sends_the_soonest)?;
    let seeds = settings.seeds.max(1) as usize;
    let of_arm = pieces.len() * seeds;
    let jobs: Vec<usize> = (0..arms.len() * of_arm).collect();
    let runs = jobs.into_par_iter().map(|job| {
        if observer.stop() {
            return Ok(None);
        }
        // Plans side by side: whenever it is stopped, most runs have their other.
        let (arm, pair) = (job % arms.len(), job / arms.len());
        let (piece, seed) = (&pieces[pair / seeds], (pair % seeds) as u64 + 1);
        let of = &arms[arm];
        let asked = asked(town, behaviour, piece, of, &places[arm], seed, settings);
        let report =
            run(asked, None).map_err(|why| TrialError::Run { arm: of.name.clone(), why })?;
        observer.done(arms.len() * of_arm);
        Ok(Some(Tally::of((town, part), piece, &report)))
    });
    // In order, whatever order they came in.
    let mut runs = runs.collect::<Vec<Result<Option<Tally>, TrialError>>>().into_iter();
    let mut outcomes: Vec<Outcome> = arms.iter().map(Outcome::of).collect();
    for pair in 0..of_arm {
        let of_all: Vec<_> = runs.by_ref().take(arms.len()).collect();
        // What one plan has and another has not is compared with nothing.
        let Some(tallies) = of_all.into_iter().collect::<Result<Option<Vec<Tally>>, _>>()? else {
            continue;
        };
        for (outcome, mut tally) in outcomes.iter_mut().zip(tallies) {
            let run = (pair / seeds, pair % seeds);
            outcome.cells.push(tally.cell(run));
            outcome.part.extend(part.map(|_| tally.part_cell(run)));
            outcome.tally.merge(&mut tally);
        }
    }
    if of_arm > 0 && outcomes.iter().any(|outcome| outcome.cells.is_empty()) {
        return Err(TrialError::Stopped);
    }
    for outcome in &mut outcomes {
        outcome.tally.sort();
    }
    Ok(outcomes)
}

/// One run with every call told: what became of each, in the order of the piece's calls. Every event is shown to `witness`.
pub fn watch(
    town: &Town,
    behaviour: &Behaviour,
    piece: &Piece,
    arm: &Arm,
    seed: u64,
    settings: Settings,
    witness: &mut dyn FnMut(&Event),
) -> Result<Watched, TrialError> {
    let asked = Once { town, behaviour, piece, arm, seed, settings };
    asked.run(|_| false, Some(witness))
}

/// As [`watch()`], with nobody to see the events: the run that a [`trial()`] makes.
pub fn answers(
    town: &Town,
    behaviour: &Behaviour,
    piece: &Piece,
    arm: &Arm,
    seed: u64,
    settings: Settings,
) -> Result<Watched, TrialError> {
    Once { town, behaviour, piece, arm, seed, settings }.run(sends_the_soonest, None)
}

/// What is asked of one run.
struct Once<'a> {
    town: &'a Town,
    behaviour: &'a Behaviour,
    piece: &'a Piece,
    arm: &'a Arm,
    seed: u64,
    settings: Settings,
}

impl Once<'_> {
    fn run(
        self,
        soonest: impl Fn(&Arm) -> bool,
        witness: Option<Witness<'_>>,
    ) -> Result<Watched, TrialError> {
        let Self { town, behaviour, piece, arm, seed, settings } = self;
        let (pieces, arms) = (std::slice::from_ref(piece), std::slice::from_ref(arm));
        let once = Settings { seeds: 1, ..settings };
        let places = grounds((town, behaviour), pieces, arms, once, soonest)?;
        let asked = asked(town, behaviour, piece, arm, &places[0], seed, settings);
        let fails = |why| TrialError::Run { arm: arm.name.clone(), why };
        let Report { calls, cover, .. } = run(asked, witness).map_err(fails)?;
        Ok(Watched { calls, cover: cover.into_iter().map(|look| look.1).collect() })
    }
}

/// Searches that end once crews are found, for the price of one from everywhere.
const WORTH: u64 = 400;

/// What was seen of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// What became of each call.
    pub calls: Vec<Answered>,
    /// What was covered at each look.
    pub cover: Vec<Covered>,
}

fn asked<'a>(
    town: &'a Town,
    behaviour: &'a Behaviour,
    piece: &'a Piece,
    arm: &'a Arm,
    places: &'a Arc<Places>,
    seed: u64,
    settings: Settings,
) -> Asked<'a> {
    let Arm { plan, policy, shadow, .. } = arm;
    let (policy, shadow) = (*policy, *shadow);
    let Settings { look, tail, .. } = settings;
    Asked { town, behaviour, piece, plan, policy, shadow, places, chance: Chance(seed), look, tail }
}

/// Whether an arm sends whoever is there first, and nobody asks about the others.
fn sends_the_soonest(arm: &Arm) -> bool {
    arm.shadow.is_none() && arm.policy == Policy::Closest
}

/// Each place that calls are from, once, with how much is asked about it: in searches that end once crews are found.
fn asked_about(pieces: &[Piece], asks: u64, quick: bool) -> Vec<(LonLat, u64)> {
    let calls = pieces.iter().flat_map(|piece| piece.calls.iter());
    let searches = |call: &Call| if quick && !call.is_found() { 1 } else { WORTH };
    let mut all: Vec<(LonLat, u64)> = calls.map(|call| (call.at, searches(call) * asks)).collect();
    all.sort_unstable_by_key(|one| one.0);
    all.dedup_by(|later, first| {
        let same = later.0 == first.0;
        first.1 += if same { later.1 } else { 0 };
        same
    });
    all
}

/// Places that are asked about so often that the times to them from everywhere are worth keeping, the most often asked first. A search from
/// everywhere costs as much as many that end once the crews who go are found; but those say nothing of the others, for whoever decides by
/// cover or wants to be told of all, and what patrols come upon is looked at so.
fn often(places: &[(LonLat, u64)]) -> Vec<LonLat> {
    let mut often: Vec<(LonLat, u64)> =
        places.iter().copied().filter(|&(_, asked)| asked >= WORTH).collect();
    often.sort_by_key(|&(at, asked)| (std::cmp::Reverse(asked), at));
    often.into_iter().map(|(at, _)| at).collect()
}

/// For each arm the times to every place it asks about often. Arms with the same streets closed share them.
fn grounds(
    (town, behaviour): (&Town, &Behaviour),
    pieces: &[Piece],
    arms: &[Arm],
    Settings { room, seeds, .. }: Settings,
    soonest: impl Fn(&Arm) -> bool,
) -> Result<Vec<Arc<Places>>, OtherMap> {
    // Who does not go back asks for no way to a post.
    let go_back = arms.iter().filter(|_| behaviour.returning != Returning::Stays);
    let posts = go_back.flat_map(|arm| arm.plan.posts.iter().map(|post| post.at));
    let (asks, quick) = (u64::from(seeds.max(1)) * arms.len() as u64, arms.iter().all(soonest));
    let places = asked_about(pieces, asks, quick);
    let all: Vec<LonLat> = posts.chain(often(&places)).collect();
    let doors = || places.iter().map(|place| place.0);
    let mut made = BTreeMap::new();
    let kinds = arms.iter().map(|arm| &arm.plan.closed).collect::<std::collections::BTreeSet<_>>();
    let room = room / kinds.len().max(1);
    for closed in kinds {
        let networks = if closed.is_empty() {
            town.networks.clone()
        } else {
            let open = |network: &precinct_roads::Network| {
                Arc::new(network.without(|segment| closed.contains(&segment)))
            };
            Networks::new(town.networks.each().map(|(_, network)| open(network)))?
        };
        let known = Places::new(networks, all.iter().copied(), room).with_doors(doors());
        made.insert(closed, Arc::new(known));
    }
    Ok(arms.iter().map(|arm| Arc::clone(&made[&arm.plan.closed])).collect())
}
