//! Policies, and broken glass. Every change is on record, and so is every use of broken glass.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use precinct_access::{Access, Action, PolicyFault, PolicyFaults, Resource};
use precinct_base::Millis;
use precinct_core::{Code, Order, Purpose, Subject, Why};
use precinct_engine::Request;
use precinct_wire::{Coded, Nothing, Problem, SaidDoc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rights::staff;
use crate::app::App;
use crate::chance::own_id;
use crate::door::{AsOf, Asker, Body, Failure, Key, Path, Wish, give, known_by};

/// Policies.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PoliciesDoc {
    /// Their text, in Cedar's language.
    text: String,
}

/// Why glass is broken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GlassBody {
    /// Why, in a word.
    #[schema(value_type = String, example = "radio_down")]
    reason: Code,
    /// For how long, an hour at the most; none is an hour.
    lasts_ms: Option<u32>,
}

/// The policies that hold
#[utoipa::path(get, path = "/api/v1/policies", tag = "rights", responses((status = 200, body = PoliciesDoc), (status = "4XX", body = Problem)))]
async fn policies(State(app): State<Arc<App>>, asker: Asker) -> Result<Response, Failure> {
    app.may(&asker, Action::ManagePolicies, &Resource::CITY, None)?;
    let _held = app.one_policy.lock().await;
    let seq = app.board.look(|_, seq| seq);
    Ok(known_by(seq, PoliciesDoc { text: app.access.load().text().to_owned() }))
}

/// Replace the policies. They are read and held against their schema before they hold
#[utoipa::path(put, path = "/api/v1/policies", tag = "rights", request_body = PoliciesDoc, params(("If-Match" = Option<String>, Header, description = "The ETag that came with the policies: nothing is done if somebody has replaced them since")), responses((status = 204), (status = "4XX", body = Problem)))]
async fn set_policies(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Body(body): Body<PoliciesDoc>,
) -> Result<StatusCode, Failure> {
    let acting = app.may(&asker, Action::ManagePolicies, &Resource::CITY, None)?;
    let _held = app.one_policy.lock().await;
    if let AsOf(Some(after)) = AsOf::of(&headers)? {
        app.unchanged(Subject::Policies, after).await?;
    }
    let access = Access::read(&body.text).map_err(|faults| {
        let coded = Coded::policies_faults(faults.0.len(), told(&faults));
        Failure::bad(faults).coded(coded)
    })?;
    crate::policies::write(&app.options.data, access.text()).map_err(Failure::inside)?;
    let by = App::by(&asker, acting, Why::Purpose(Purpose::Setup));
    let order = Order::SetPolicy { version: access.version() };
    app.order(Request::new(own_id(app.watch.wall()), by, order)).await?;
    app.access.store(Arc::new(access));
    Ok(StatusCode::NO_CONTENT)
}

/// What is wrong with policies, one by one and in both languages.
fn told(faults: &PolicyFaults) -> Value {
    let told = |fault: &PolicyFault| {
        json!({
            "line": fault.line,
            "column": fault.column,
            "policy": fault.policy,
            "what": SaidDoc::from(&fault.what),
            "mend": SaidDoc::from(&fault.mend),
        })
    };
    faults.0.iter().map(told).collect()
}

/// Break glass: act beyond the policies in an emergency, at once and for a while. It is on record, and everybody who watches sees it
#[utoipa::path(post, path = "/api/v1/glass", tag = "rights", request_body = GlassBody, params(("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$")), responses((status = 200, body = precinct_wire::Answer), (status = "4XX", body = Problem)))]
async fn break_glass(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Body(GlassBody { reason, lasts_ms }): Body<GlassBody>,
) -> Result<Json<precinct_wire::Answer>, Failure> {
    let lasts = lasts_ms.map_or(Millis::from_minutes(60), Millis);
    let order = Order::BreakGlass { reason, lasts };
    tracing::warn!(staff = %asker.principal.staff, %reason, "glass is broken");
    give(
        &app,
        &asker,
        key,
        Wish::of_purpose(Action::BreakGlass, Resource::CITY, Purpose::Safety, order),
    )
    .await
}

/// Mend glass, one's own or somebody else's: the policies hold again
#[utoipa::path(post, path = "/api/v1/glass/{staff}/mend", tag = "rights", params(("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$")), request_body = Nothing, responses((status = 200, body = precinct_wire::Answer), (status = "4XX", body = Problem)))]
async fn mend_glass(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Path(number): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<precinct_wire::Answer>, Failure> {
    let staff = staff(&number)?;
    let own = asker.principal.staff == staff;
    let action = if own { Action::BreakGlass } else { Action::MendGlass };
    let order = Order::MendGlass { staff };
    give(&app, &asker, key, Wish::of_purpose(action, Resource::CITY, Purpose::Safety, order)).await
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(policies, set_policies))
        .routes(routes!(break_glass))
        .routes(routes!(mend_glass))
}
