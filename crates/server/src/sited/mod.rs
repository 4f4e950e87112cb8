//! Siting: from what a planner asks to candidates on the streets, times to demand, an answer with its proof, and the document of a plan.

mod document;
mod places;
mod solve;

use std::collections::BTreeSet;

use precinct_base::{AreaId, Millis, PostId, caps};
use precinct_core::{Day, PlanId};
use precinct_planner::{Aim, Effort, Floor, Least, PerMille, Standing};
use precinct_wire::{AimName, Coded, SitingBody};

pub(crate) use self::document::{Document, DocumentPost, Ingredients};
pub(crate) use self::places::{Stand, stands};
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
    pub(crate) ask: precinct_planner::Ask,
    pub(crate) effort: Effort,
    pub(crate) longest: Millis,
    pub(crate) fitted: Vec<Day>,
    pub(crate) parent: Option<PlanId>,
}

fn per_mille(share: Option<u16>, what: &str) -> Result<Option<PerMille>, Failure> {
    let fits = share.is_none_or(|share| share <= PerMille::ALL.0);
    let wrong = || Failure::bad(format!("`{what}` is a share in thousandths: 0 to 1000"));
    fits.then(|| share.map(PerMille)).ok_or_else(wrong)
}

fn aim(body: &SitingBody) -> Result<Aim, Failure> {
    let (share, busy) = (per_mille(body.share, "share")?, per_mille(body.busy, "busy")?);
    Ok(match body.aim {
        AimName::Cover => Aim::Cover,
        AimName::Set => Aim::Set { least: Least::Posts, share },
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
        let kept = keep(app, body.keep.as_deref(), &mut stands)?;
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
        let mut ask = precinct_planner::Ask::new(aim(body)?, posts, within);
        ask.outer = body.outer_minutes.map(minutes).transpose()?;
        for floor in &body.floors {
            let least = per_mille(Some(floor.least), "least")?.unwrap_or_default();
            ask.floors.push(Floor { area: floor.area, least });
        }
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
            fitted: body.fitted.clone(),
            parent: body.parent.map(PlanId),
        })
    }
}

/// Has posts stay; how many. Those of the police do if nothing is said.
fn keep(app: &App, keep: Option<&[u32]>, stands: &mut [Stand]) -> Result<usize, Failure> {
    let known: BTreeSet<PostId> = stands.iter().filter_map(|stand| stand.post).collect();
    let keep: BTreeSet<PostId> = match keep {
        Some(keep) => keep.iter().map(|&post| PostId(post)).collect(),
        None => app.board.look(|state, _| {
            let police = state.posts().iter().filter(|(_, post)| post.kind.is_police());
            police.map(|(&id, _)| id).filter(|id| known.contains(id)).collect()
        }),
    };
    if let Some(lost) = keep.iter().find(|post| !known.contains(post)) {
        return Err(Failure::bad(format!(
            "post {lost} is not in that area, or near no street: it cannot stay"
        )));
    }
    for stand in stands.iter_mut() {
        if stand.post.is_some_and(|post| keep.contains(&post)) {
            stand.candidate.standing = Standing::Kept;
        }
    }
    Ok(keep.len())
}
