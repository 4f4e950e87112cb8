//! The provider: what it says of itself, where browsers are sent, and what a code that comes back is worth.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::{
    AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, SignatureVerificationError, TokenResponse as _,
};
use precinct_base::Timestamp;
use serde_json::Value;
use tokio::sync::Semaphore;
use tracing::warn;

use super::agent::Agent;
use super::pending::{Begun, Pending, Proved};
use super::settings::Trusted;
use super::{Claims, Oidc, OidcFault};

/// How long what it says of itself is believed before it is asked again.
const BELIEVED: Duration = Duration::from_hours(1);
/// How long after it did not answer it is not asked again.
const PAUSE: Duration = Duration::from_secs(5);
/// Codes that are exchanged at one time: each has a thread that waits.
const AT_ONCE: usize = 8;
/// Algorithms of signatures that are taken: none that whoever knows the client's secret could make.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 5] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What it said of itself.
#[derive(Debug)]
struct Itself {
    client: Client,
    userinfo: Option<String>,
}

#[derive(Debug)]
enum Heard {
    Nothing,
    Silence(Instant),
    Itself(Arc<Itself>, Instant),
}

/// The provider, and the sign-ins under way.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) settings: Oidc,
    secret: Option<ClientSecret>,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    agent: Agent,
    heard: tokio::sync::Mutex<Heard>,
    slots: Semaphore,
    begun: Mutex<Pending<Begun>>,
    proved: Mutex<Proved>,
}

/// Whether an address is of this machine: there alone it may be without TLS.
fn is_safe(address: &openidconnect::url::Url) -> bool {
    let own =
        address.host_str().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
    address.scheme() == "https" || address.scheme() == "http" && own
}

/// A fault with everything it comes from.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

impl Provider {
    /// What the settings say. The provider itself is not asked.
    pub(crate) fn new(settings: Oidc) -> io::Result<Self> {
        let wrong = |name: &str, why: &dyn ToString| {
            io::Error::other(format!("{name}: {}", why.to_string()))
        };
        let issuer = IssuerUrl::new(settings.issuer.clone())
            .map_err(|error| wrong("oidc.issuer", &error))?;
        let back = format!("{}/api/v1/oidc/callback", settings.public.trim_end_matches('/'));
        let redirect = RedirectUrl::new(back).map_err(|error| wrong("oidc.public", &error))?;
        for (name, address) in [("oidc.issuer", issuer.url()), ("oidc.public", redirect.url())] {
            if !is_safe(address) {
                return Err(wrong(name, &format!("{address} has to begin with https://")));
            }
        }
        let read = |path| {
            std::fs::read_to_string(path).map_err(|error| wrong("oidc.client_secret", &error))
        };
        let secret = settings.client_secret.as_ref().map(read).transpose()?;
        let agent = Agent::new(settings.authorities.as_deref())
            .map_err(|error| wrong("oidc.authorities", &error))?;
        Ok(Self {
            secret: secret.map(|secret| ClientSecret::new(secret.trim().to_owned())),
            settings,
            issuer,
            redirect,
            agent,
            heard: tokio::sync::Mutex::new(Heard::Nothing),
            slots: Semaphore::new(AT_ONCE),
            begun: Mutex::new(Pending::new()),
            proved: Mutex::new(Pending::new()),
        })
    }

    fn begun(&self) -> MutexGuard<'_, Pending<Begun>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those who have to show their second factor here.
    pub(crate) fn proved(&self) -> MutexGuard<'_, Proved> {
        self.proved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Itself {
        let userinfo = metadata.userinfo_endpoint().map(|at| at.url().to_string());
        let ways = metadata.token_endpoint_auth_methods_supported();
        let basic = ways.is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata, id, self.secret.clone())
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody });
        Itself { client, userinfo }
    }

    async fn ask_it(&self) -> Option<Arc<Itself>> {
        let (agent, issuer) = (self.agent.clone(), self.issuer.clone());
        let asked = tokio::task::spawn_blocking(move || {
            CoreProviderMetadata::discover(&issuer, &|request| agent.ask(request))
        });
        match asked.await {
            Ok(Ok(metadata)) => Some(Arc::new(self.client(metadata))),
            Ok(Err(error)) => {
                warn!(error = chain(&error), "the sign-in provider does not say what it is");
                None
            }
            Err(error) => {
                warn!(%error, "the sign-in provider was not asked");
                None
            }
        }
    }

    /// What it says of itself: known, or asked for. Those who come meanwhile wait for the same answer.
    async fn itself(&self, newer_than: Duration) -> Result<Arc<Itself>, OidcFault> {
        let mut heard = self.heard.lock().await;
        match &*heard {
            Heard::Itself(itself, at) if at.elapsed() < newer_than => return Ok(itself.clone()),
            Heard::Silence(at) if at.elapsed() < PAUSE => return Err(OidcFault::Silent),
            _ => {}
        }
        let said = self.ask_it().await;
        let said = match (said, &*heard) {
            // What it said before still holds, as far as anybody knows.
            (None, Heard::Itself(before, _)) => Some(before.clone()),
            (said, _) => said,
        };
        let now = Instant::now();
        *heard = said.clone().map_or(Heard::Silence(now), |itself| Heard::Itself(itself, now));
        said.ok_or(OidcFault::Silent)
    }

    /// Begins a sign-in in the browser that has this cookie: where to send it.
    pub(crate) async fn begin(&self, now: Timestamp, browser: String) -> Result<String, OidcFault> {
        let itself = self.itself(BELIEVED).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = itself
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge);
        for trusted in &self.settings.second_factor {
            if let Trusted::Acr(class) = trusted {
                let class = AuthenticationContextClass::new(class.clone());
                request = request.add_auth_context_value(class);
            }
        }
        let (address, state, nonce) = request.url();
        let verifier = verifier.into_secret();
        let begun = Begun { nonce: nonce.secret().clone(), verifier, browser };
        self.begun().put(now, state.into_secret(), begun);
        Ok(address.to_string())
    }

    /// What was begun under a state in this browser; it is then over.
    pub(crate) fn take(
        &self,
        now: Timestamp,
        state: &str,
        browser: &str,
    ) -> Result<Begun, OidcFault> {
        let begun = self.begun().take(now, state);
        begun.filter(|begun| begun.browser == browser).ok_or(OidcFault::Over)
    }

    /// Waits for a thread that may wait for the provider.
    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce(Agent) -> Result<T, OidcFault> + Send + 'static,
    ) -> Result<T, OidcFault> {
        let agent = self.agent.clone();
        let slot = tokio::time::timeout(PAUSE, self.slots.acquire()).await;
        let _slot = slot.map_err(|_| OidcFault::Silent)?.map_err(|_| OidcFault::Silent)?;
        let done = tokio::task::spawn_blocking(move || work(agent)).await;
        done.map_err(|_| OidcFault::Silent)?
    }

    /// Who a code stands for.
    pub(crate) async fn finish(&self, code: String, begun: Begun) -> Result<Claims, OidcFault> {
        let itself = self.itself(BELIEVED).await?;
        let Begun { nonce, verifier, .. } = begun;
        let nonce = Nonce::new(nonce);
        let asked = itself.clone();
        let said =
            self.slowly(move |agent| exchange(&agent, &asked.client, code, verifier)).await?;
        let mut claims = match verified(&itself.client, &said, &nonce) {
            // It has new keys, if this is no forgery: it is asked, and not more often than it may keep silent.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => verified(&self.itself(PAUSE).await?.client, &said, &nonce),
            verified => verified,
        }
        .map_err(|error| {
            warn!(error = chain(&error), "what the sign-in provider said does not hold");
            OidcFault::Untrue
        })?;
        let groups = self.settings.groups.as_ref().map(|groups| groups.claim.as_str());
        let mut wanted = groups.into_iter().chain([self.settings.staff_claim.as_str()]);
        let token = said.access_token().secret().clone();
        if let Some(at) = itself.userinfo.clone().filter(|_| wanted.any(|claim| !claims.has(claim)))
        {
            let document = self.slowly(move |agent| {
                agent.document(&at, &token).map_err(|error| {
                    warn!(%error, "the sign-in provider does not say more of somebody");
                    OidcFault::Silent
                })
            });
            if let Value::Object(more) = document.await? {
                claims.take_over(more);
            }
        }
        Ok(claims)
    }
}

fn exchange(
    agent: &Agent,
    client: &Client,
    code: String,
    verifier: String,
) -> Result<CoreTokenResponse, OidcFault> {
    let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| {
        warn!(%error, "the sign-in provider does not say where codes are exchanged");
        OidcFault::Untrue
    })?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
    request.request(&|request| agent.ask(request)).map_err(|error| {
        warn!(error = chain(&error), "the sign-in provider does not exchange a code");
        match error {
            RequestTokenError::Request(_) => OidcFault::Silent,
            RequestTokenError::ServerResponse(_) => OidcFault::Refused,
            _ => OidcFault::Untrue,
        }
    })
}

/// The claims of an answer whose identity token is of this provider, for this server, in time, and the one that was asked for.
fn verified(
    client: &Client,
    said: &CoreTokenResponse,
    nonce: &Nonce,
) -> Result<Claims, ClaimsVerificationError> {
    let none = || ClaimsVerificationError::Other("there is no identity token".to_owned());
    let token = said.id_token().ok_or_else(none)?;
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    token.claims(&verifier, nonce)?;
    let unread = || ClaimsVerificationError::Other("its claims cannot be read".to_owned());
    Claims::of_verified(&token.to_string()).ok_or_else(unread)
}
