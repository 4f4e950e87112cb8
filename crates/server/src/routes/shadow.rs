//! A policy watched beside those who send units: switched on and off on record, and scored from the record. Nothing is sent by it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::Millis;
use precinct_core::{Order, Purpose, State as City};
use precinct_statistics::{Differed, Figures, Question, Watched};
use precinct_whatif::Policy;
use precinct_wire::{
    Coded, Nothing, Problem, ShadowBody, ShadowDiffersDoc, ShadowDoc, ShadowRowDoc,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::advice::call_sign;
use super::statistics::Wanted;
use crate::app::App;
use crate::door::{Asker, Failure, Query, Wish, commands};

/// Which policy is watched beside those who send units, and how what it would have sent differs from what they sent in a period. It is worked out with each recommendation and recorded with the dispatch that comes of it; nothing is sent
#[utoipa::path(get, path = "/api/v1/whatif/shadow", tag = "whatif", params(Wanted), responses((status = 200, body = ShadowDoc), (status = "4XX", body = Problem), (status = 503, description = "The record is still being read: come again", body = Problem)))]
async fn watched(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ShadowDoc>, Failure> {
    let question = wanted.question(&app, &asker)?;
    let answered = tokio::task::spawn_blocking(move || {
        let (figures, seq) = app.statistics.ask(&question)?;
        Ok(app.board.look(|city, _| document(city, &figures, seq, &question)))
    });
    answered.await.map_err(Failure::inside)?.map(Json)
}

fn document(city: &City, figures: &Figures, seq: u64, question: &Question) -> ShadowDoc {
    ShadowDoc {
        seq,
        policies: Policy::names().map(str::to_owned).to_vec(),
        now: city.shadow().map(Into::into),
        from: question.from.into(),
        until: question.until.into(),
        rows: figures.watched.iter().map(row).collect(),
        differed: figures.differed.iter().map(|one| differed(city, one)).collect(),
    }
}

fn row(of: &Watched) -> ShadowRowDoc {
    let Watched { policy, priority, compared, agreed, timed, later_ms, within_ms, kept } = *of;
    ShadowRowDoc { policy, priority, compared, agreed, timed, later_ms, within_ms, kept }
}

fn differed(city: &City, of: &Differed) -> ShadowDiffersDoc {
    let Differed { incident, sent, policy, would, later_ms, kept } = *of;
    ShadowDiffersDoc {
        incident: incident.0,
        unit: sent.0,
        call_sign: call_sign(city, sent),
        policy,
        would: would.map(|unit| unit.0),
        would_call_sign: would.map(|unit| call_sign(city, unit)),
        later_ms,
        kept,
    }
}

/// All of these doors.
pub(crate) fn all() -> OpenApiRouter<Arc<App>> {
    routes().routes(routes!(watched))
}

commands! {
    /// Have a policy watched beside those who send units, for a while: another takes the place of the one before
    post "/api/v1/whatif/shadow", "whatif", watch(; ShadowBody) =>
        |_: &App, _: &Asker, (), ShadowBody { policy, lasts_ms }| {
            if Policy::named(policy.as_str()).is_none() {
                let names = Policy::names().join(", ");
                let failure = Failure::bad(format!("{policy} is no policy: there are {names}"));
                return Err(failure.coded(Coded::shadow_policy(policy)));
            }
            let order = Order::WatchPolicy { policy, lasts: Millis(lasts_ms) };
            Ok(Wish::of_purpose(Action::MakePlans, Resource::CITY, Purpose::Planning, order))
        };
    /// Have no policy watched any more
    post "/api/v1/whatif/shadow/end", "whatif", end(; Nothing) =>
        |_: &App, _: &Asker, (), Nothing {}| {
            let order = Order::WatchNoPolicy;
            Ok(Wish::of_purpose(Action::MakePlans, Resource::CITY, Purpose::Planning, order))
        };
}
