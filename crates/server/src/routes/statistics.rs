//! Figures of what was done: response times, incidents by the hour, workload, regret of dispatches and free units.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{AreaId, Millis, Timestamp, caps};
use precinct_statistics::{
    BUCKETS, Dispatches, Figures, Free, Hours, Laps, Question, Response, Scope, Workload,
};
use precinct_wire::{
    DispatchesDoc, FreeUnitsDoc, HoursDoc, IncidentCountsDoc, KindHoursDoc, LapsDoc, Problem,
    ResponseDoc, SourceHoursDoc, StatisticsDoc, Time, WorkloadDoc,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::Sees;
use crate::advise::parts;
use crate::app::App;
use crate::door::{Asker, Failure, Query};

/// The period that is taken if none is said: a day.
const DAY_MS: i64 = 86_400_000;

/// What is asked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct Wanted {
    /// The beginning of the period, by the city's calendar; a day before its end if nothing is said. Hours are counted from it.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Time>,
    /// The end of the period, which is not in it; now if nothing is said.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Time>,
    /// An area: what is in it and in the areas below it. All that the asker may see if nothing is said.
    area: Option<u32>,
}

impl Wanted {
    /// What is asked of the figures, as far as the asker may.
    pub(super) fn question(&self, app: &App, asker: &Asker) -> Result<Question, Failure> {
        let scope = scope(app, asker, Action::ReadFigures, self.area.map(AreaId))?;
        let now = app.watch.now();
        let (from, until) = self.period(now.wall)?;
        Ok(Question { from, until, now, scope })
    }

    fn period(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), Failure> {
        let until = self.until.map_or(now, |until| until.0);
        let day_before = Timestamp(until.0.saturating_sub(DAY_MS));
        let from = self.from.map_or(day_before, |from| from.0);
        if from >= until {
            return Err(Failure::bad("`from` is before `until`"));
        }
        if until.0.abs_diff(from.0) > caps::FIGURES_PERIOD_MS {
            let days = caps::FIGURES_PERIOD_MS / DAY_MS.unsigned_abs();
            return Err(Failure::bad(format!(
                "a period is at most {days} days: ask for a shorter one"
            )));
        }
        Ok((from, until))
    }
}

/// The areas that are asked about, of those in which the asker may do so.
pub(super) fn scope(
    app: &App,
    asker: &Asker,
    action: Action,
    area: Option<AreaId>,
) -> Result<Scope, Failure> {
    let mut sees = Sees::new(app, asker, action);
    sees.anything()?;
    let (there, all): (bool, Vec<AreaId>) = app.board.look(|city, _| {
        let there = area.is_none_or(|area| city.areas().contains_key(&area));
        let within = |one| area.is_none_or(|area| city.up(one).any(|(above, _)| above == area));
        (there, city.areas().keys().copied().filter(|&one| within(one)).collect())
    });
    if !there {
        return Err(Failure::missing("there is no such area: `/api/v1/areas` lists them"));
    }
    let seen: BTreeSet<AreaId> = all.iter().copied().filter(|&one| sees.area(one)).collect();
    if seen.is_empty() {
        // Says why, if that is so.
        app.may(asker, action, &Resource::area(area.unwrap_or_default()), None)?;
    }
    let everything = area.is_none() && seen.len() == all.len() && sees.area(AreaId(0));
    Ok(if everything { Scope::Everywhere } else { Scope::Areas(seen) })
}

/// Figures of what was done in a period, each with how much of it is known: how soon incidents were answered, how many there were hour by hour, what units did, how dispatches compare with what was recommended, and how many units were free
#[utoipa::path(get, path = "/api/v1/statistics", tag = "statistics", params(Wanted), responses((status = 200, body = StatisticsDoc), (status = "4XX", body = Problem), (status = 503, description = "The record is still being read: come again", body = Problem)))]
async fn statistics(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wanted): Query<Wanted>,
) -> Result<Json<StatisticsDoc>, Failure> {
    let question = wanted.question(&app, &asker)?;
    let answered = tokio::task::spawn_blocking(move || {
        let (figures, seq) = app.statistics.ask(&question)?;
        Ok(document(figures, seq, &question))
    });
    answered.await.map_err(Failure::inside)?.map(Json)
}

/// The share that is known, in parts of 10,000; nothing if there is none at all.
fn share(known: u64, all: u64) -> Option<u32> {
    (all > 0).then(|| parts(known, all))
}

const fn ms(lap: Millis) -> u32 {
    lap.0
}

fn document(figures: Figures, seq: u64, question: &Question) -> StatisticsDoc {
    let &Question { from, until, now, .. } = question;
    let passed = until.min(now.wall).0.saturating_sub(from.0);
    let covered = figures.covered_ms;
    let passed = u64::try_from(passed).unwrap_or(0);
    let incidents = figures.incidents;
    StatisticsDoc {
        seq,
        from: from.into(),
        until: until.into(),
        now: now.wall.into(),
        since: figures.since.map(Time::from),
        // What the calendar was set back makes up for nothing that is missing.
        completeness: share(covered.min(passed), passed),
        buckets_s: BUCKETS.to_vec(),
        incidents: IncidentCountsDoc {
            reports: incidents.reports,
            incidents: incidents.incidents,
            on_paper: incidents.on_paper,
            retyped: incidents.retyped,
        },
        response: figures.response.iter().map(response).collect(),
        hours: hours(figures.hours),
        workload: figures.workload.into_iter().map(workload).collect(),
        dispatches: dispatches(figures.dispatches),
        free: FreeUnitsDoc { every_ms: Free::EVERY.0, units: figures.free.units },
    }
}

fn laps(laps: &Laps) -> LapsDoc {
    let Laps { counts, known, unknown, p50, p90, rated, within } = *laps;
    LapsDoc {
        counts: counts.to_vec(),
        known,
        unknown,
        completeness: share(u64::from(known), u64::from(known) + u64::from(unknown)),
        p50_ms: p50.map(ms),
        p90_ms: p90.map(ms),
        rated,
        within,
    }
}

fn response(of: &Response) -> ResponseDoc {
    ResponseDoc {
        priority: of.priority,
        incidents: of.incidents,
        came_upon: of.came_upon,
        unsent: of.unsent,
        regraded: of.regraded,
        received_dispatched: laps(&of.received_dispatched),
        dispatched_acknowledged: laps(&of.dispatched_acknowledged),
        dispatched_en_route: laps(&of.dispatched_en_route),
        dispatched_on_scene: laps(&of.dispatched_on_scene),
        received_on_scene: laps(&of.received_on_scene),
    }
}

fn hours(hours: Hours) -> HoursDoc {
    let Hours { covered_ms, by_kind, by_source, open } = hours;
    let by_kind = by_kind.into_iter().map(|(kind, counts)| KindHoursDoc { kind, counts });
    let by_source = by_source.into_iter().map(|(source, counts)| SourceHoursDoc { source, counts });
    HoursDoc { covered_ms, by_kind: by_kind.collect(), by_source: by_source.collect(), open }
}

fn workload(work: Workload) -> WorkloadDoc {
    let Workload { unit, call_sign, tasks, busy_ms, on_duty_ms } = work;
    WorkloadDoc { unit: unit.0, call_sign, tasks, busy_ms, on_duty_ms }
}

fn dispatches(of: Dispatches) -> DispatchesDoc {
    let Dispatches { all, advised, took_first, compared, regret_ms, regret_p50 } = of;
    let completeness = share(u64::from(compared), u64::from(all));
    let regret_p50_ms = regret_p50.map(ms);
    DispatchesDoc { all, advised, took_first, compared, completeness, regret_ms, regret_p50_ms }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(statistics))
}
