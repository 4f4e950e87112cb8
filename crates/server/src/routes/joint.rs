//! Which units to send to several incidents that wait at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::Action;
use precinct_advice::{Joint, Plan, Recommendation, Total};
use precinct_base::{UnitId, caps};
use precinct_core::{IncidentId, Priority, State as City};
use precinct_wire::{AskJoint, JointDoc, JointPlanDoc, JointTotalDoc, JointUnitDoc, Problem};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::advice::{call_sign, need};
use crate::app::App;
use crate::door::{Asker, Body, Failure};

/// Which units to send to several incidents that wait at once, looked at together, beside what they would get one by one
#[utoipa::path(post, path = "/api/v1/recommendations/joint", tag = "tasks", request_body = AskJoint, responses((status = 200, body = JointDoc), (status = "4XX", body = Problem)))]
async fn ask_joint(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<AskJoint>,
) -> Result<Json<JointDoc>, Failure> {
    let most = caps::JOINT_INCIDENTS;
    if !(1..=most).contains(&body.incidents.len()) {
        return Err(Failure::bad(format!("name 1 to {most} incidents")));
    }
    if body.incidents.iter().collect::<BTreeSet<_>>().len() < body.incidents.len() {
        return Err(Failure::bad("name each incident once"));
    }
    for &incident in &body.incidents {
        app.may(&asker, Action::Recommend, &asker.incident(&app, incident)?, None)?;
    }
    let incidents: Vec<IncidentId> = body.incidents.into_iter().map(IncidentId).collect();
    let answer = tokio::task::spawn_blocking(move || {
        // Each incident asks the whole city's streets: that long the board is not to be held.
        let (state, seq) = app.board.look(|state, seq| (state.clone(), seq));
        let (joint, alone) = app.advisor.ask_together(&app, (&state, seq), &incidents)?;
        Ok(document(&state, seq, &incidents, &joint, &alone))
    });
    answer.await.map_err(Failure::inside)?.map(Json)
}

fn document(
    state: &City,
    seq: u64,
    incidents: &[IncidentId],
    joint: &Joint,
    alone: &[(String, Recommendation)],
) -> JointDoc {
    let plans = incidents.iter().zip(&joint.plans).zip(alone);
    let priority = |id| state.incidents().get(id).map(|known| known.grading.priority);
    let priorities: BTreeSet<Priority> = incidents.iter().filter_map(priority).collect();
    let totals = |totals: &[Total; Priority::COUNT]| {
        let asked = priorities.iter().map(|priority| priority.number());
        asked.map(|number| total(number, totals[usize::from(number - 1)])).collect()
    };
    JointDoc {
        at_seq: seq,
        plans: plans.map(|((&incident, plan), alone)| told(state, incident, plan, alone)).collect(),
        together: totals(&joint.together),
        apart: totals(&joint.apart),
    }
}

fn told(
    state: &City,
    incident: IncidentId,
    plan: &Plan,
    (name, recommendation): &(String, Recommendation),
) -> JointPlanDoc {
    let sent = |&unit: &UnitId| JointUnitDoc {
        unit: unit.0,
        call_sign: call_sign(state, unit),
        travel_ms: recommendation
            .ranked
            .iter()
            .find(|ranked| ranked.unit == unit)
            .and_then(|ranked| ranked.travel)
            .map(|travel| travel.0),
    };
    JointPlanDoc {
        incident: incident.0,
        recommendation: name.clone(),
        units: plan.units.iter().map(sent).collect(),
        alone: plan.alone.iter().map(sent).collect(),
        needs: plan.needs.iter().map(need).collect(),
    }
}

const fn total(priority: u8, total: Total) -> JointTotalDoc {
    let Total { unfilled, by_hand, travel_ms } = total;
    JointTotalDoc { priority, unfilled, by_hand, travel_ms }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(ask_joint))
}
