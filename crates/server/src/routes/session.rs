//! Signing in and out, the first run, invitations, and one's own second factor.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use precinct_accounts::{AccountError, Language, NewAccount, Session, SignInError, Source};
use precinct_base::AreaId;
use precinct_core::{Code, Grant, Role, StaffNo};
use precinct_engine::live::SystemChance;
use precinct_wire::{Nothing, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::chance::Drawn;
use crate::door::{Body, Failure, HasCode, PLAIN_COOKIE, SECURE_COOKIE, token};

/// Signing in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInBody {
    /// The staff number.
    #[schema(value_type = String)]
    staff: StaffNo,
    /// The password.
    password: String,
    /// A code of the second factor, or one to recover with.
    code: Option<String>,
}

/// The first administrator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetUpBody {
    /// The token that was printed at the first start.
    token: String,
    /// The staff number.
    #[schema(value_type = String)]
    staff: StaffNo,
    /// The force, a code of the catalogue.
    #[schema(value_type = String)]
    force: Code,
    /// The password.
    password: String,
}

/// An invitation that is accepted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptBody {
    /// The token of the invitation.
    token: String,
    /// The password.
    password: String,
}

/// A code of a second factor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeBody {
    /// The code.
    pub(super) code: String,
}

/// A second factor that is being set up.
#[derive(Debug, Serialize, ToSchema)]
struct FactorDoc {
    /// The secret, for an app that cannot read pictures.
    secret: String,
    /// The same as an address, for a QR code.
    address: String,
}

/// Codes to recover with, shown once.
#[derive(Debug, Serialize, ToSchema)]
struct CodesDoc {
    /// The codes.
    codes: Vec<String>,
}

/// A role and where it holds.
#[derive(Debug, Serialize, ToSchema)]
struct GrantDoc {
    /// The role.
    role: String,
    /// The area; 0 is the whole city.
    area: u32,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionDoc {
    /// The staff number.
    staff: String,
    /// Roles and where they hold.
    roles: Vec<GrantDoc>,
    /// Whether a second factor was shown.
    second_factor: bool,
    /// The unit of the tour the person is on, or is planned for.
    unit: Option<u32>,
    /// What a page shows with every request that changes something, as X-Precinct-Csrf.
    csrf: String,
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Self {
        let coded = error.coded();
        let failure = match error {
            SignInError::Wait(wait) => Self::too_often(wait.for_ms.0.div_ceil(1_000), error),
            SignInError::Account(error) => return error.into(),
            _ => Self::unknown(error),
        };
        failure.coded(coded)
    }
}

/// Slow work on a thread that may wait.
pub(super) async fn slowly<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(Failure::inside)
}

impl App {
    fn cookie(&self, value: &str, age: u32) -> Result<HeaderValue, Failure> {
        let cookie = if self.options.tls.is_some() {
            format!(
                "{SECURE_COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}"
            )
        } else {
            format!("{PLAIN_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}")
        };
        HeaderValue::from_str(&cookie).map_err(Failure::inside)
    }

    /// The cookie of a session that begins.
    pub(super) fn session_cookie(&self, token: &str) -> Result<HeaderValue, Failure> {
        self.cookie(token, COOKIE_SECONDS)
    }

    pub(super) fn session_doc(&self, token: &str) -> Result<SessionDoc, Failure> {
        let found = self.session(token)?;
        let (session, asker) = found.ok_or_else(Failure::nobody)?;
        let grant =
            |grant: &Grant| GrantDoc { role: grant.role.name().to_owned(), area: grant.area.0 };
        Ok(SessionDoc {
            staff: session.staff.to_string(),
            roles: asker.principal.grants.iter().map(grant).collect(),
            second_factor: session.second_factor,
            unit: asker.principal.unit.map(|unit| unit.0),
            csrf: precinct_accounts::csrf(token).expose().to_owned(),
        })
    }
}

/// How long a browser keeps the cookie; the session ends by its own rules.
const COOKIE_SECONDS: u32 = 24 * 3_600;

/// Sign in
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignInBody, responses((status = 200, body = SessionDoc), (status = "4XX", body = Problem)))]
async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Body(body): Body<SignInBody>,
) -> Result<Response, Failure> {
    let (accounts, now) = (app.accounts.clone(), app.real_now());
    let signed_in = slowly(move || {
        let SignInBody { staff, password, code } = body;
        let source = Source::of(from.ip());
        accounts.sign_in(now, staff, &password, code.as_deref(), source, &mut Drawn(SystemChance))
    });
    let signed_in = signed_in.await??;
    let token = signed_in.token.expose();
    let document = app.session_doc(token)?;
    let mut response = Json(document).into_response();
    response.headers_mut().insert(header::SET_COOKIE, app.session_cookie(token)?);
    Ok(response)
}

/// Who is signed in
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = SessionDoc), (status = "4XX", body = Problem)))]
async fn session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Json<SessionDoc>, Failure> {
    let token = token(&headers).ok_or_else(Failure::nobody)?;
    Ok(Json(app.session_doc(token)?))
}

/// Sign out
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204)))]
async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = token(&headers) {
        app.accounts.sign_out(token)?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, app.cookie("", 0)?);
    Ok(response)
}

/// Make the first administrator, with the token that was printed at the first start
#[utoipa::path(post, path = "/api/v1/set-up", tag = "session", request_body = SetUpBody, responses((status = 204), (status = "4XX", body = Problem)))]
async fn set_up(
    State(app): State<Arc<App>>,
    Body(body): Body<SetUpBody>,
) -> Result<StatusCode, Failure> {
    let SetUpBody { token, staff, force, password } = body;
    let new = NewAccount { staff, force, language: Language::En };
    let (accounts, now) = (app.accounts.clone(), app.real_now());
    let drill = app.options.drill.is_some();
    let done = slowly(move || {
        accounts.set_up(now, &token, &new, &password, &mut Drawn(SystemChance))?;
        if drill {
            let grant = |&role: &Role| Grant { role, area: AreaId(0) };
            accounts.set_grants(staff, &OF_A_DRILL.iter().map(grant).collect::<Vec<_>>())?;
        }
        Ok::<(), AccountError>(())
    });
    done.await??;
    Ok(StatusCode::NO_CONTENT)
}

/// What the first one of a drill may do: nothing there is at stake, and whoever tries the program out wants to try all of it.
const OF_A_DRILL: [Role; 6] = [
    Role::Administrator,
    Role::CallTaker,
    Role::Dispatcher,
    Role::DutyOfficer,
    Role::Planner,
    Role::Auditor,
];

/// Accept an invitation: set a password
#[utoipa::path(post, path = "/api/v1/accept", tag = "session", request_body = AcceptBody, responses((status = 204), (status = "4XX", body = Problem)))]
async fn accept(
    State(app): State<Arc<App>>,
    Body(body): Body<AcceptBody>,
) -> Result<StatusCode, Failure> {
    let (accounts, now) = (app.accounts.clone(), app.real_now());
    slowly(move || accounts.accept(now, &body.token, &body.password, &mut Drawn(SystemChance)))
        .await??;
    Ok(StatusCode::NO_CONTENT)
}

/// The session of whoever is signed in, with a request that changes something.
fn own(app: &App, headers: &HeaderMap) -> Result<Session, Failure> {
    let token =
        token(headers).ok_or_else(|| Failure::forbidden("this is for people, not for machines"))?;
    let found = app.session(token)?;
    Ok(found.ok_or_else(Failure::ended)?.0)
}

/// Begin to set up one's second factor
#[utoipa::path(post, path = "/api/v1/factor", tag = "session", request_body = Nothing, responses((status = 200, body = FactorDoc), (status = "4XX", body = Problem)))]
async fn begin_factor(
    State(app): State<Arc<App>>,
    _: crate::door::Asker,
    headers: HeaderMap,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<FactorDoc>, Failure> {
    let factor = app.accounts.begin_factor(&own(&app, &headers)?, &mut Drawn(SystemChance))?;
    let (secret, address) = (factor.secret.expose().to_owned(), factor.address.expose().to_owned());
    Ok(Json(FactorDoc { secret, address }))
}

/// Set up one's second factor, by a code of it
#[utoipa::path(post, path = "/api/v1/factor/confirm", tag = "session", request_body = CodeBody, responses((status = 200, body = CodesDoc), (status = "4XX", body = Problem)))]
async fn confirm_factor(
    State(app): State<Arc<App>>,
    _: crate::door::Asker,
    headers: HeaderMap,
    Body(body): Body<CodeBody>,
) -> Result<Json<CodesDoc>, Failure> {
    let session = own(&app, &headers)?;
    let codes = app.accounts.confirm_factor(
        app.real_now(),
        &session,
        &body.code,
        &mut Drawn(SystemChance),
    )?;
    Ok(Json(CodesDoc { codes: codes.iter().map(|code| code.expose().to_owned()).collect() }))
}

/// Show one's second factor within a session that began without
#[utoipa::path(post, path = "/api/v1/session/step-up", tag = "session", request_body = CodeBody, responses((status = 204), (status = "4XX", body = Problem)))]
async fn step_up(
    State(app): State<Arc<App>>,
    _: crate::door::Asker,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(body): Body<CodeBody>,
) -> Result<StatusCode, Failure> {
    let token = token(&headers).ok_or_else(Failure::nobody)?;
    app.accounts.step_up(app.real_now(), token, &body.code, Source::of(from.ip()))?;
    Ok(StatusCode::NO_CONTENT)
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, session, sign_out))
        .routes(routes!(set_up))
        .routes(routes!(accept))
        .routes(routes!(begin_factor))
        .routes(routes!(confirm_factor))
        .routes(routes!(step_up))
}
