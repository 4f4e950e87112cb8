//! The page at which a sign-in through a provider ends: what came of it, and the way on.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;

/// Scripts, styles and requests of this origin alone; in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

fn page(form: &'static str, text: impl IntoResponse) -> Response {
    let headers: [(HeaderName, &str); 5] = [
        (header::CONTENT_TYPE, form),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

/// The page for one of the outcomes it knows.
pub(super) fn outcome(word: &'static str) -> Response {
    let text = include_str!("../pages/oidc.html").replace("OUTCOME", word);
    page("text/html; charset=utf-8", text)
}

async fn script() -> Response {
    page("text/javascript; charset=utf-8", include_str!("../pages/oidc.js"))
}

async fn style() -> Response {
    page("text/css; charset=utf-8", include_str!("../pages/oidc.css"))
}

/// What belongs to the page.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/oidc/page.js", get(script)).route("/oidc/page.css", get(style))
}
