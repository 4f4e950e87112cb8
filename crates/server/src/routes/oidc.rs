//! Signing in through a provider: what ways there are, going there, coming back, and the code of the second factor where that is Precinct's.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use precinct_accounts::{AccountError, SignInError, Source, Vouched};
use precinct_engine::live::SystemChance;
use precinct_wire::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::outcome::outcome;
use super::session::{CodeBody, SessionDoc, slowly};
use crate::app::App;
use crate::chance::{Drawn, drawn_name};
use crate::door::{Body, Failure, Query, cookie};
use crate::oidc::{LASTS, OidcFault, Provider, Unlinked};

/// The cookie of a browser that signs in through the provider. It comes back from another site, so it is not as strict as a session's.
const SECURE: &str = "__Host-precinct-oidc";
/// The same where there is no TLS.
const PLAIN: &str = "precinct-oidc";

/// What ways there are to sign in.
#[derive(Debug, Serialize, ToSchema)]
struct SignInWaysDoc {
    /// With a staff number and a password: there always is this way.
    password: bool,
    /// Through a provider, if one was set up.
    provider: Option<SignInProviderDoc>,
}

/// A provider to sign in through.
#[derive(Debug, Serialize, ToSchema)]
struct SignInProviderDoc {
    /// What it is called, in English.
    label_en: String,
    /// What it is called, in Chinese.
    label_zh: String,
    /// Where the browser goes.
    start: &'static str,
}

/// What a browser brings back from the provider.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Back {
    /// What was begun.
    state: Option<String>,
    /// The code that stands for whoever signed in.
    code: Option<String>,
    /// Why there is no code.
    error: Option<String>,
}

/// Why a sign-in through the provider ends without a session.
enum Ends {
    Fault(OidcFault),
    Disabled(Failure),
    Failure(Failure),
}

impl From<OidcFault> for Ends {
    fn from(fault: OidcFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Failure> for Ends {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Unlinked> for Ends {
    fn from(unlinked: Unlinked) -> Self {
        match unlinked {
            Unlinked::Fault(fault) => Self::Fault(fault),
            Unlinked::Failure(failure) => Self::Failure(failure),
        }
    }
}

impl From<SignInError> for Ends {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::CodeNeeded => Self::Fault(OidcFault::Code),
            SignInError::Account(AccountError::NoAccount(staff)) => {
                Self::Fault(OidcFault::Nobody(staff))
            }
            SignInError::Disabled => Self::Disabled(error.into()),
            error => Self::Failure(error.into()),
        }
    }
}

impl Ends {
    fn parts(self) -> (&'static str, Failure) {
        match self {
            Self::Fault(fault) => (fault.word(), fault.into()),
            Self::Disabled(failure) => ("disabled", failure),
            Self::Failure(failure) => ("later", failure),
        }
    }
}

/// Whether it is a browser that shows pages.
fn shows_pages(headers: &HeaderMap) -> bool {
    let takes = headers.get(header::ACCEPT).and_then(|takes| takes.to_str().ok());
    takes.is_some_and(|takes| takes.contains("text/html"))
}

/// An answer as a page or as a document, with the cookies that go with it.
fn answered(headers: &HeaderMap, word: &'static str, document: Response) -> Response {
    let mut response = if shows_pages(headers) {
        (document.status(), outcome(word)).into_response()
    } else {
        document
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn ended(headers: &HeaderMap, ends: Ends) -> Response {
    let (word, failure) = ends.parts();
    answered(headers, word, failure.into_response())
}

fn add_cookie(response: &mut Response, value: HeaderValue) {
    response.headers_mut().append(header::SET_COOKIE, value);
}

impl App {
    fn provider(&self) -> Result<&Arc<Provider>, OidcFault> {
        self.provider.as_ref().ok_or(OidcFault::None)
    }

    fn browser<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie(headers, if self.options.tls.is_some() { SECURE } else { PLAIN })
    }

    fn browser_cookie(&self, value: &str, age: u32) -> Result<HeaderValue, Failure> {
        let (name, secure) =
            if self.options.tls.is_some() { (SECURE, " Secure;") } else { (PLAIN, "") };
        let text = format!("{name}={value}; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age={age}");
        HeaderValue::from_str(&text).map_err(Failure::inside)
    }

    /// Signs in whom the provider vouches for; the response has the session and its cookie.
    async fn sign_in_vouched(
        &self,
        vouched: Vouched,
        code: Option<String>,
        from: SocketAddr,
    ) -> Result<Response, Ends> {
        let (accounts, now) = (self.accounts.clone(), self.real_now());
        let signed_in = slowly(move || {
            let source = Source::of(from.ip());
            let chance = &mut Drawn(SystemChance);
            accounts.sign_in_vouched(now, vouched, code.as_deref(), source, chance)
        });
        let signed_in = signed_in.await??;
        let token = signed_in.token.expose();
        let mut response = Json(self.session_doc(token)?).into_response();
        add_cookie(&mut response, self.session_cookie(token)?);
        add_cookie(&mut response, self.browser_cookie("", 0)?);
        Ok(response)
    }

    async fn came_back(
        &self,
        headers: &HeaderMap,
        back: Back,
        from: SocketAddr,
    ) -> Result<Response, Ends> {
        let provider = self.provider()?;
        let browser = self.browser(headers).ok_or(OidcFault::Over)?;
        let begun = provider.take(self.real_now(), &back.state.unwrap_or_default(), browser)?;
        if let Some(error) = back.error {
            let error: String = error.chars().filter(char::is_ascii_graphic).take(64).collect();
            tracing::info!(error, "the sign-in provider let somebody not in");
            return Err(OidcFault::Refused.into());
        }
        let claims = provider.finish(back.code.ok_or(OidcFault::Refused)?, begun).await?;
        let vouched = self.vouched(&provider.settings, &claims).await?;
        match self.sign_in_vouched(vouched, None, from).await {
            Err(Ends::Fault(OidcFault::Code)) => {
                let name = drawn_name();
                let cookie = self.browser_cookie(&name, LASTS.0 / 1_000)?;
                provider.proved().put(self.real_now(), name, vouched);
                let mut response = ended(headers, OidcFault::Code.into());
                add_cookie(&mut response, cookie);
                Ok(response)
            }
            signed_in => Ok(answered(headers, "done", signed_in?)),
        }
    }
}

/// What ways there are to sign in
#[utoipa::path(get, path = "/api/v1/sign-in", tag = "session", responses((status = 200, body = SignInWaysDoc)))]
async fn ways(State(app): State<Arc<App>>) -> Json<SignInWaysDoc> {
    let provider = app.provider.as_ref().map(|provider| SignInProviderDoc {
        label_en: provider.settings.label_en.clone(),
        label_zh: provider.settings.label_zh.clone(),
        start: "/api/v1/oidc/start",
    });
    Json(SignInWaysDoc { password: true, provider })
}

/// Go to the provider to sign in
#[utoipa::path(get, path = "/api/v1/oidc/start", tag = "session", responses((status = 303, description = "To the provider"), (status = "4XX", body = Problem), (status = 503, body = Problem)))]
async fn start(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    let browser = drawn_name();
    let begun = match app.provider() {
        Ok(provider) => provider.begin(app.real_now(), browser.clone()).await,
        Err(fault) => Err(fault),
    };
    let address = match begun {
        Ok(address) => HeaderValue::from_str(&address).map_err(Failure::inside)?,
        Err(fault) => return Ok(ended(&headers, fault.into())),
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, address);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    add_cookie(&mut response, app.browser_cookie(&browser, LASTS.0 / 1_000)?);
    Ok(response)
}

/// Come back from the provider: a page for a browser, the session for a program
#[utoipa::path(get, path = "/api/v1/oidc/callback", tag = "session", params(Back), responses((status = 200, body = SessionDoc), (status = "4XX", body = Problem), (status = 503, body = Problem)))]
async fn callback(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Response {
    match app.came_back(&headers, back, from).await {
        Ok(response) => response,
        Err(ends) => ended(&headers, ends),
    }
}

/// Show one's second factor after coming back from a provider that is not trusted with it
#[utoipa::path(post, path = "/api/v1/oidc/code", tag = "session", request_body = CodeBody, responses((status = 200, body = SessionDoc), (status = "4XX", body = Problem)))]
async fn code(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(CodeBody { code }): Body<CodeBody>,
) -> Result<Response, Failure> {
    let provider = app.provider()?;
    let name = app.browser(&headers).ok_or(OidcFault::Over)?;
    let now = app.real_now();
    let vouched = provider.proved().look(now, name).copied().ok_or(OidcFault::Over)?;
    // Where it was mistyped there is another try; wrong ones make the next wait.
    let signed_in = app.sign_in_vouched(vouched, Some(code), from).await;
    let response = signed_in.map_err(|ends| ends.parts().1)?;
    provider.proved().take(now, name);
    Ok(response)
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(ways))
        .routes(routes!(start))
        .routes(routes!(callback))
        .routes(routes!(code))
}
