//! A sign-in provider in this process, with a key of its own, that can be told to lie.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use precinct_server::Oidc;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::client::key;

pub(crate) const CLIENT: &str = "precinct";
pub(crate) const SECRET: &str = "between the two";

/// What was said at the authorisation endpoint, and what a code is worth.
struct Given {
    asked: BTreeMap<String, String>,
    token: String,
}

#[derive(Default)]
struct Told {
    codes: BTreeMap<String, Given>,
    /// A number for the key it signs with.
    key: u8,
    userinfo: Value,
}

/// The provider; it stops when it is dropped.
pub(crate) struct Provider {
    pub(crate) base: String,
    told: Arc<Mutex<Told>>,
    _runtime: Runtime,
}

/// The private key of a number (RFC 8410, section 7).
fn signing_key(number: u8) -> CoreEdDsaPrivateSigningKey {
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([number; 32]);
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        BASE64_STANDARD.encode(der)
    );
    let id = JsonWebKeyId::new(format!("key-{number}"));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id)).unwrap()
}

/// A token of these claims, signed with the key of a number that says it is that of another.
pub(crate) fn token(claims: &Value, (signs, says): (u8, u8), algorithm: &str) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({"alg": algorithm, "typ": "JWT", "kid": format!("key-{says}")});
    let signed = format!("{}.{}", part(&header), part(claims));
    let bytes =
        signing_key(signs).sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap();
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

async fn exchange(
    State(told): State<Arc<Mutex<Told>>>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    use sha2::Digest as _;
    let no = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": why})));
    let basic = format!(
        "Basic {}",
        BASE64_STANDARD.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")))
    );
    if headers.get("authorization").is_none_or(|shown| shown.as_bytes() != basic.as_bytes()) {
        return no("invalid_client");
    }
    // A code is good once.
    let Some(given) = told.lock().unwrap().codes.remove(&form["code"]) else {
        return no("invalid_grant");
    };
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(&form["code_verifier"]));
    if given.asked["code_challenge"] != challenge
        || given.asked["code_challenge_method"] != "S256"
        || given.asked["redirect_uri"] != form["redirect_uri"]
    {
        return no("invalid_grant");
    }
    (
        StatusCode::OK,
        Json(
            json!({"access_token": "at", "token_type": "Bearer", "expires_in": 60, "id_token": given.token}),
        ),
    )
}

async fn keys(State(told): State<Arc<Mutex<Told>>>) -> Json<Value> {
    let key = signing_key(told.lock().unwrap().key).as_verification_key();
    Json(json!({"keys": [key]}))
}

async fn userinfo(State(told): State<Arc<Mutex<Told>>>) -> Json<Value> {
    Json(told.lock().unwrap().userinfo.clone())
}

impl Provider {
    pub(crate) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let told: Arc<Mutex<Told>> = Arc::default();
        let at = |path: &str| format!("{base}{path}");
        let document = json!({
            "issuer": base, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
            "userinfo_endpoint": at("/userinfo"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
        });
        let doors = Router::new()
            .route("/.well-known/openid-configuration", get(|| async { Json(document) }))
            .route("/keys", get(keys))
            .route("/token", post(exchange))
            .route("/userinfo", get(userinfo))
            .with_state(told.clone());
        runtime.spawn(async { axum::serve(listener, doors).await.unwrap() });
        Self { base, told, _runtime: runtime }
    }

    /// What a town is told of it. The secret is in a file of that folder.
    pub(crate) fn settings(&self, folder: &std::path::Path) -> Oidc {
        let secret = folder.join("client-secret");
        std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
        Oidc {
            issuer: self.base.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(secret),
            public: "http://127.0.0.1:7171".to_owned(),
            label_en: "City sign-on".to_owned(),
            label_zh: "全市统一登录".to_owned(),
            staff_claim: "staff".to_owned(),
            second_factor: Vec::new(),
            groups: None,
            authorities: None,
        }
    }

    /// Claims that are right for what was asked at its authorisation endpoint, with more of them.
    pub(crate) fn claims(&self, asked: &BTreeMap<String, String>, more: &Value) -> Value {
        let now =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let mut claims = json!({
            "iss": self.base, "sub": "s-1", "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"],
        });
        let all = claims.as_object_mut().unwrap();
        all.extend(more.as_object().unwrap().clone());
        all.retain(|_, value| !value.is_null());
        claims
    }

    /// A code that is worth a token.
    pub(crate) fn code(&self, asked: &BTreeMap<String, String>, token: String) -> String {
        let code = key();
        let given = Given { asked: asked.clone(), token };
        self.told.lock().unwrap().codes.insert(code.clone(), given);
        code
    }

    /// Signs with another key from now on.
    pub(crate) fn use_key(&self, number: u8) {
        self.told.lock().unwrap().key = number;
    }

    /// What it says of somebody beside the token.
    pub(crate) fn tell(&self, userinfo: Value) {
        self.told.lock().unwrap().userinfo = userinfo;
    }
}
