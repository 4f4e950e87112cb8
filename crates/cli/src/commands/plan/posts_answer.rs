//! The answer of `precinct plan posts` as JSON; its shape is promised to programs.

use precinct_base::AreaId;
use precinct_city::CalibrationSummary;
use precinct_planner::{Aim, Claims, Work};
use precinct_siting::Origin;
use serde::Serialize;

use super::answer::told_binding;
use super::posts::Told as All;
use super::posts_table;
use crate::text::numbers::{Minutes, Share, Thousandths, Waited};
use crate::text::words::Lang;

/// The whole answer.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    city: &'a str,
    profile: &'static str,
    minutes: Vec<Minutes>,
    objective: f64,
    bound: f64,
    gap: f64,
    proven: bool,
    chosen: Vec<Post>,
    kept: Vec<Post>,
    demand_measure: Option<&'a str>,
    demand_total: Thousandths,
    demand_share: Share,
    before: State,
    after: State,
    gained: Thousandths,
    lost: Thousandths,
    nearer: Thousandths,
    farther: Thousandths,
    areas: Vec<AreaMoved<'a>>,
    binds: Vec<serde_json::Value>,
    work: Work,
    /// How much each hour of the day counts, and the calls that demand was spread over them by.
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<ToldHours<'a>>,
    /// What minutes come from, if the city is calibrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<CalibrationSummary>,
    attribution: &'a [String],
}

/// Demand by hour.
#[derive(Serialize)]
struct ToldHours<'a> {
    times: &'a [u32],
    calls: &'a [u64],
}

/// A post of the plan.
#[derive(Serialize)]
struct Post {
    candidate: u32,
    name: String,
    lon: f64,
    lat: f64,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    adds: Option<Thousandths>,
}

/// Cover before, or after.
#[derive(Serialize)]
struct State {
    posts: usize,
    demand_share: Share,
    covered: Thousandths,
    twice: Thousandths,
    mean_minutes: Option<Waited>,
    longest_minutes: Waited,
    within: Vec<Within>,
}

/// Demand within so many minutes.
#[derive(Serialize)]
struct Within {
    minutes: Minutes,
    demand: Thousandths,
    demand_share: Share,
}

/// An area before and after.
#[derive(Serialize)]
struct AreaMoved<'a> {
    name: &'a str,
    id: &'a str,
    demand: Thousandths,
    before: Share,
    after: Share,
}

/// Where a candidate comes from, by name.
pub(super) const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Street(_) => "street",
        Origin::Post(_) => "post",
        Origin::Site(_) => "site",
        Origin::Listed(_) => "listed",
    }
}

impl<'a> Told<'a> {
    /// The answer with names in the language asked for.
    pub(super) fn new(all: &'a All<'a>, lang: Option<Lang>) -> Self {
        let (change, answer, profile) = (all.change, all.answer, all.network.profile());
        let is_today = |one: &&u32| all.today.binary_search(one).is_ok();
        let new = change.adds.iter().map(|&(one, adds)| post(all, lang, one, Some(adds)));
        let kept = answer.chosen.iter().filter(is_today).map(|&one| post(all, lang, one, None));
        Self {
            city: Lang::plain(lang, &all.city.name).unwrap_or_default(),
            profile: profile.name(),
            minutes: all.ask.within.iter().map(|&limit| Minutes(limit)).collect(),
            objective: told(all, answer.objective),
            bound: told(all, answer.bound),
            gap: answer.gap() as f64 / 1e6,
            proven: answer.proven,
            chosen: new.collect(),
            kept: kept.collect(),
            demand_measure: all.city.demand_measure(),
            demand_total: Thousandths(change.after.demand),
            demand_share: Share::of(change.after.covered, change.after.demand),
            before: state(all, &change.before, all.today.len(), 0),
            after: state(all, &change.after, answer.chosen.len(), 1),
            gained: Thousandths(change.gained),
            lost: Thousandths(change.lost),
            nearer: Thousandths(change.nearer),
            farther: Thousandths(change.farther),
            areas: areas(all, lang),
            binds: answer
                .binds
                .iter()
                .map(|one| told_binding(one, told(all, 1_000_000) / 1e6))
                .collect(),
            work: answer.work,
            hours: all
                .shares
                .map(|shares| ToldHours { times: &all.ask.bands, calls: &shares.of_city()[..] }),
            calibration: all.city.calibrated_for(profile).map(CalibrationSummary::of),
            attribution: &all.city.attribution,
        }
    }
}

/// A value in the units of the city: demand, posts, or minutes (the mean for the least mean).
fn told(all: &All<'_>, value: u64) -> f64 {
    let value = value as f64;
    match all.ask.aim {
        Aim::Set { .. } => value,
        Aim::Median => value / all.change.after.demand.max(1) as f64 / 60_000.0,
        Aim::Centre => value / 60_000.0,
        _ => value / f64::from(all.answer.parts) / 1_000.0,
    }
}

fn post(all: &All<'_>, lang: Option<Lang>, candidate: u32, adds: Option<u64>) -> Post {
    let spot = &all.spots[candidate as usize];
    let named = Lang::plain(lang, &spot.name).map(str::to_owned);
    let (lon, lat) = spot.at.degrees();
    let name = named.unwrap_or_else(|| posts_table::name(all, lang.unwrap_or_default(), candidate));
    let origin = origin(spot.origin);
    Post { candidate, name, lon, lat, origin, adds: adds.map(Thousandths) }
}

fn state(all: &All<'_>, claims: &Claims, posts: usize, which: usize) -> State {
    let reached = claims.demand - claims.beyond;
    let mean = (reached > 0).then(|| claims.weighted_ms.div_ceil(reached) as u32);
    let within = |&(limit, within): &(precinct_base::Millis, [u64; 2])| Within {
        minutes: Minutes(limit),
        demand: Thousandths(within[which]),
        demand_share: Share::of(within[which], claims.demand),
    };
    State {
        posts,
        demand_share: Share::of(claims.covered, claims.demand),
        covered: Thousandths(claims.covered),
        twice: Thousandths(claims.twice),
        mean_minutes: mean.map(|ms| Waited(precinct_base::Millis(ms))),
        longest_minutes: Waited(claims.longest),
        within: all.change.within.iter().map(within).collect(),
    }
}

fn areas<'a>(all: &'a All<'a>, lang: Option<Lang>) -> Vec<AreaMoved<'a>> {
    let moved = all.change.areas.iter();
    moved
        .map(|(&area, moved)| {
            let area = &all.city.areas[AreaId(area).index()];
            AreaMoved {
                name: Lang::plain(lang, &area.name).unwrap_or_default(),
                id: &area.id,
                demand: Thousandths(moved.demand),
                before: Share::of(moved.before, moved.demand),
                after: Share::of(moved.after, moved.demand),
            }
        })
        .collect()
}
