//! Siting: from what a planner asks to candidates on the streets, times to demand, an answer with its proof, and the document of a plan.

mod by_hour;
mod document;
mod places;
mod solve;
mod terms;

use std::collections::BTreeSet;

use precinct_base::{AreaId, Millis, caps};
use precinct_core::{Day, PlanId};
use precinct_planner::{Aim, Ask, Effort, Floor, Least, PerMille};
use precinct_siting::HourShares;
use precinct_wire::{AimName, Coded, LeastName, SitingBody};

use self::by_hour::Hours;
pub(crate) use self::document::{Document, DocumentPost, Ingredients};
pub(crate) use self::places::{Stand, is_in, stands};
pub(crate) use self::solve::{Sited, again, work};
use crate::app::App;
use crate::door::Failure;

/// Street corners that are looked at if nothing is said.
pub(crate) const STREETS: u32 = 400;

/// What is asked, read.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) aim: AimName,
    pub(crate) area: AreaId,
    pub(crate) stands: Vec<Stand>,
    pub(crate) ask: Ask,
    pub(crate) effort: Effort,
    pub(crate) longest: Millis,
    pub(crate) fitted: Vec<Day>,
    pub(crate) parent: Option<PlanId>,
    /// How demand by hour is found, if it is wanted.
    hours: Option<Hours>,
    /// It, once it was found.
    pub(crate) shares: Option<HourShares>,
}

fn per_mille(share: Option<u16>, what: &str) -> Result<Option<PerMille>, Failure> {
    let fits = share.is_none_or(|share| share <= PerMille::ALL.0);
    let wrong = || Failure::bad(format!("`{what}` is a share in thousandths: 0 to 1000"));
    fits.then(|| share.map(PerMille)).ok_or_else(wrong)
}

const fn least(least: LeastName) -> Least {
    match least {
        LeastName::Posts => Least::Posts,
        LeastName::Money => Least::Money,
        LeastName::Staff => Least::Staff,
    }
}

fn aim(body: &SitingBody) -> Result<Aim, Failure> {
    let (share, busy) = (per_mille(body.share, "share")?, per_mille(body.busy, "busy")?);
    Ok(match body.aim {
        AimName::Cover => Aim::Cover,
        AimName::Set => Aim::Set { least: least(body.least), share },
        AimName::Backup => Aim::Backup,
        AimName::Double => Aim::DoubleStandard { once: share.unwrap_or_default() },
        AimName::Mexclp => Aim::Expected { busy: busy.unwrap_or(PerMille(300)) },
        AimName::Median => Aim::Median,
        AimName::Centre => Aim::Centre,
    })
}

fn minutes(minutes: u32) -> Result<Millis, Failure> {
    let most = caps::REACH_MINUTES;
    let fits = (1..=most).contains(&minutes);
    let wrong = || Failure::bad(format!("minutes are whole numbers from 1 to {most}"));
    fits.then(|| Millis::from_minutes(minutes)).ok_or_else(wrong)
}

impl Question {
    /// What a body asks of the city as it is by now.
    pub(crate) fn read(app: &App, body: &SitingBody) -> Result<Self, Failure> {
        let area = AreaId(body.candidates.area.unwrap_or(0));
        let mut stands = stands(app, &body.candidates)?;
        let kept = terms::set(app, body, &mut stands)?;
        check_demand(app, body)?;
        let hours = body.hours.as_ref().map(Hours::read).transpose()?;
        let mut ask = ask(app, body, kept)?;
        ask.capacities = stands.iter().any(|stand| stand.candidate.capacity.is_some());
        ask.bands = hours.as_ref().map_or_else(Vec::new, |hours| hours.times.to_vec());
        let by_time = matches!(body.aim, AimName::Median | AimName::Centre);
        let reach = ask.within.iter().copied().chain(ask.outer).max().unwrap_or_default();
        let longest = if by_time { Millis::from_minutes(caps::REACH_MINUTES) } else { reach };
        let nodes = body.nodes.unwrap_or(Effort::default().nodes).min(caps::SITING_NODES);
        Ok(Self {
            aim: body.aim,
            area,
            stands,
            ask,
            effort: Effort { nodes, ..Effort::default() },
            longest,
            fitted: fitted(&body.fitted, hours.as_ref()),
            parent: body.parent.map(PlanId),
            hours,
            shares: None,
        })
    }
}

/// Whether there is demand, and days are named that it is of.
fn check_demand(app: &App, body: &SitingBody) -> Result<(), Failure> {
    if app.ground.city.demand.is_empty() {
        return Err(Failure::conflict(
            "no demand is known for this city: add some to its file, so that posts can be held against it",
        )
        .coded(Coded::demand_none()));
    }
    let of_calls = app.ground.city.demand_measure() == Some("calls");
    if of_calls && body.fitted.is_empty() {
        return Err(Failure::bad(
            "the demand in use counts calls: say of which days (`fitted`), so that the plan is tried on others",
        )
        .coded(Coded::demand_days()));
    }
    Ok(())
}

/// The question, but for what holds of single candidates and hours.
fn ask(app: &App, body: &SitingBody, kept: usize) -> Result<Ask, Failure> {
    let within = match &body.minutes {
        Some(all) => all.iter().map(|&one| minutes(one)).collect::<Result<Vec<_>, _>>()?,
        None => app.ground.city.thresholds.all().iter().map(|one| one.within).collect(),
    };
    let posts = match (body.choose, body.more) {
        (Some(_), Some(_)) => {
            return Err(Failure::bad("say `choose` or `more`, and not both"));
        }
        (choose, None) => choose.map(|choose| choose as usize),
        (None, Some(more)) => Some(kept + more as usize),
    };
    let mut ask = Ask::new(aim(body)?, posts, within);
    ask.outer = body.outer_minutes.map(minutes).transpose()?;
    (ask.money, ask.staff) = (body.money, body.staff);
    for floor in &body.floors {
        if floor.area == 0 {
            return Err(Failure::bad(
                "the whole city has no least cover of its own: name an area, or give a `share` with `set` or `double`",
            ));
        }
        let least = per_mille(Some(floor.least), "least")?.unwrap_or_default();
        ask.floors.push(Floor { area: floor.area, least });
    }
    Ok(ask)
}

/// The days that demand or its hours are of.
fn fitted(of_demand: &[Day], hours: Option<&Hours>) -> Vec<Day> {
    let of_hours = hours.iter().flat_map(|hours| &hours.days);
    let days: BTreeSet<Day> = of_demand.iter().chain(of_hours).copied().collect();
    days.into_iter().collect()
}
