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
use crate::figures::{Cell, Tally};
use crate::run::{Asked, Report, RunError, run};
use crate::{Answered, Behaviour, Piece, Plan, Policy, Town};

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
    /// Whoever watches stopped it.
    #[error("stopped before it was done")]
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
    /// Figures of each run: pieces in order, and in each the seeds.
    pub cells: Vec<Cell>,
}

/// Runs every arm on every piece with every seed.
pub fn trial(
    town: &Town,
    behaviour: &Behaviour,
    pieces: &[Piece],
    arms: &[Arm],
    settings: Settings,
    observer: &dyn Observer,
) -> Result<Vec<Outcome>, TrialError> {
    let places = grounds(town, pieces, arms, settings.room)?;
    let seeds = settings.seeds.max(1) as usize;
    let of_arm = pieces.len() * seeds;
    let jobs: Vec<usize> = (0..arms.len() * of_arm).collect();
    let runs = jobs.into_par_iter().map(|job| {
        if observer.stop() {
            return Err(TrialError::Stopped);
        }
        let (arm, piece, seed) = (job / of_arm, job % of_arm / seeds, job % seeds);
        let (of, piece) = (&arms[arm], &pieces[piece]);
        let asked = asked(town, behaviour, piece, of, &places[arm], seed as u64 + 1, settings);
        let report =
            run(asked, None).map_err(|why| TrialError::Run { arm: of.name.clone(), why })?;
        observer.done(arms.len() * of_arm);
        Ok(Tally::of(town, piece, &report))
    });
    // In order, whatever order they came in.
    let runs: Vec<Result<Tally, TrialError>> = runs.collect();
    let mut runs = runs.into_iter();
    let mut outcomes = Vec::with_capacity(arms.len());
    for arm in arms {
        let mut outcome = Outcome {
            name: arm.name.clone(),
            policy: arm.policy,
            tally: Tally::default(),
            cells: Vec::with_capacity(of_arm),
        };
        for (number, tally) in runs.by_ref().take(of_arm).enumerate() {
            let mut tally = tally?;
            outcome.cells.push(tally.cell(number / seeds, number % seeds));
            outcome.tally.merge(&mut tally);
        }
        outcome.tally.sort();
        outcomes.push(outcome);
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
    let arms = std::slice::from_ref(arm);
    let places = grounds(town, std::slice::from_ref(piece), arms, settings.room)?;
    let asked = asked(town, behaviour, piece, arm, &places[0], seed, settings);
    let report =
        run(asked, Some(witness)).map_err(|why| TrialError::Run { arm: arm.name.clone(), why })?;
    let Report { calls, cover, .. } = report;
    Ok(Watched { calls, cover: cover.into_iter().map(|look| look.1).collect() })
}

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

/// For each arm the times to every place it asks about. Arms with the same streets closed share them.
fn grounds(
    town: &Town,
    pieces: &[Piece],
    arms: &[Arm],
    room: usize,
) -> Result<Vec<Arc<Places>>, OtherMap> {
    let calls = pieces.iter().flat_map(|piece| piece.calls.iter().map(|call| call.at));
    let posts = arms.iter().flat_map(|arm| arm.plan.posts.iter().map(|post| post.at));
    let mut all: Vec<LonLat> = calls.chain(posts).collect();
    all.sort_unstable();
    all.dedup();
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
        made.insert(closed, Arc::new(Places::new(networks, all.iter().copied(), room)));
    }
    Ok(arms.iter().map(|arm| Arc::clone(&made[&arm.plan.closed])).collect())
}
