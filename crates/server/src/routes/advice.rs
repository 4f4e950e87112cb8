//! Which units to send.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_advice::{ByHand, NeedMet, Out, Question, Ranked, Reason};
use precinct_base::AreaId;
use precinct_core::{IncidentId, List, Missing, NotInCatalogue, State as City};
use precinct_wire::{
    AskAdvice, CandidateDoc, MoveUpDoc, NeedDoc, OutDoc, Problem, ReasonDoc, RecommendationDoc,
    unit,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::advise::{Answered, parts, shares};
use crate::app::App;
use crate::door::{Asker, Body, Failure};

/// Which units to send: every unit of the city in or out, by road time from where it is, and why. For an incident, or for a place and a type
#[utoipa::path(post, path = "/api/v1/recommendations", tag = "tasks", request_body = AskAdvice, responses((status = 200, body = RecommendationDoc), (status = "4XX", body = Problem)))]
async fn ask(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<AskAdvice>,
) -> Result<Json<RecommendationDoc>, Failure> {
    let resource = match (body.incident, body.at) {
        (Some(incident), None) => asker.incident(&app, incident)?,
        (None, Some(at)) => Resource::area(body.area.map_or_else(|| app.ground.area(at.0), AreaId)),
        _ => return Err(Failure::bad("name an incident, or a place with a type: one of the two")),
    };
    app.may(&asker, Action::Recommend, &resource, None)?;
    // Some milliseconds of thinking: not on a thread that others wait for.
    let answer = tokio::task::spawn_blocking(move || answer(&app, &body, resource.area));
    answer.await.map_err(Failure::inside)?.map(Json)
}

fn answer(app: &App, body: &AskAdvice, area: AreaId) -> Result<RecommendationDoc, Failure> {
    let began = std::time::Instant::now();
    let now = app.watch.now();
    let answered = app.board.look(|state, seq| {
        let mut hold = None;
        let question = |state, field, settings| match (body.incident, body.at) {
            (Some(incident), _) => {
                let id = IncidentId(incident);
                let known = Question::of(state, field, id, now, settings);
                known.ok_or(Failure::from(Missing::Incident(id)))
            }
            (None, at) => {
                let at = at.ok_or_else(|| Failure::bad("name a place"))?.0;
                let kind = body.kind.ok_or_else(|| Failure::bad("name a type beside the place"))?;
                let catalogue = state.catalogue().kind(kind);
                let list = List::Types;
                let catalogue =
                    catalogue.ok_or_else(|| Failure::bad(NotInCatalogue { list, code: kind }))?;
                let priority = body.priority.unwrap_or(catalogue.priority);
                Ok(Question {
                    state,
                    field,
                    at,
                    area,
                    kind,
                    priority,
                    incident: None,
                    now,
                    settings,
                })
            }
        };
        let (name, answered) = app.advisor.ask(app, (state, seq), question, &mut hold)?;
        let most = body.most.map_or(TOLD, |most| most as usize);
        Ok::<_, Failure>(document(state, name, &answered, most))
    });
    metrics::histogram!("precinct_recommend_seconds").record(began.elapsed().as_secs_f64());
    answered
}

/// Units told one by one if nothing is said.
const TOLD: usize = 64;

pub(super) fn call_sign(state: &City, id: precinct_base::UnitId) -> String {
    state.units().get(&id).map(|unit| unit.call_sign.clone()).unwrap_or_default()
}

pub(super) fn need(need: &NeedMet) -> NeedDoc {
    let count = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    NeedDoc { capability: need.capability, units: count(need.units), met: count(need.met) }
}

/// A reason as a document.
fn why(reason: Reason) -> ReasonDoc {
    let (code, number) = match reason {
        Reason::Nearest => ("nearest", None),
        Reason::ByHand(ByHand::NoNetwork) => ("no_network", None),
        Reason::ByHand(ByHand::NoPlace) => ("no_place", None),
        Reason::ByHand(ByHand::OffRoad) => ("off_road", None),
        Reason::PreEmpts(incident) => ("pre_empts", Some(incident.0)),
        Reason::Stale(age) => ("stale", Some(age.0)),
        Reason::NeverSeen => ("never_seen", None),
        Reason::OtherArea(area) => ("other_area", Some(area.0)),
        Reason::TourEnds(left) => ("tour_ends", Some(left.0)),
    };
    ReasonDoc { code: code.to_owned(), number, name: None, says: reason.to_string() }
}

/// A reason against as a document.
fn why_not(out: &Out) -> ReasonDoc {
    let (code, number, name) = match *out {
        Out::OffDuty => ("off_duty", None, None),
        Out::OutOfService(reason) => ("out_of_service", None, Some(reason)),
        Out::Lacks { capability, others } => {
            ("lacks", u32::try_from(others).ok(), Some(capability))
        }
        Out::OnIt => ("on_it", None, None),
        Out::AsUrgent(incident) => ("as_urgent", Some(incident.0), None),
        Out::Unreachable => ("unreachable", None, None),
        Out::Beyond(limit) => ("beyond", Some(limit.0), None),
    };
    ReasonDoc { code: code.to_owned(), number, name, says: out.to_string() }
}

fn candidate(state: &City, ranked: &Ranked, of: u64) -> Option<CandidateDoc> {
    let known = unit(state, ranked.unit, None)?;
    Some(CandidateDoc {
        unit: ranked.unit.0,
        call_sign: known.call_sign,
        rank: ranked.rank,
        travel_ms: ranked.travel.map(|travel| travel.0),
        fix_age_ms: ranked.fix_age.map(|age| age.0),
        status: known.status,
        pre_empts: ranked.pre_empts.map(|incident| incident.0),
        reasons: ranked.reasons().map(why).collect(),
        cover_lost: (of > 0).then(|| ranked.lost.map(|lost| parts(lost, of))),
    })
}

fn document(state: &City, id: String, answered: &Answered, most: usize) -> RecommendationDoc {
    let Answered { recommendation, move_ups, seq } = answered;
    let of = recommendation.cover.before.of;
    let share = |covered| shares(covered).unwrap_or_default();
    RecommendationDoc {
        id,
        at_seq: *seq,
        needs: recommendation.needs.iter().map(need).collect(),
        chosen: recommendation.chosen.iter().map(|unit| unit.0).collect(),
        candidates: recommendation
            .ranked
            .iter()
            .take(most)
            .filter_map(|one| candidate(state, one, of))
            .collect(),
        out: recommendation
            .out
            .iter()
            .take(most)
            .map(|out| OutDoc {
                unit: out.unit.0,
                call_sign: call_sign(state, out.unit),
                why: why_not(&out.why),
            })
            .collect(),
        candidates_in_all: recommendation.ranked.len() as u32,
        out_in_all: recommendation.out.len() as u32,
        cover: shares(recommendation.cover.before),
        cover_after: shares(recommendation.cover.after),
        move_ups: move_ups
            .iter()
            .map(|one| MoveUpDoc {
                unit: one.unit.0,
                post: one.post.0,
                before: share(one.effect.before),
                after: share(one.effect.after),
            })
            .collect(),
    }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(ask))
}
