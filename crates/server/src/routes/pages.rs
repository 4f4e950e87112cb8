//! The few pages that the server itself has: the first run and invitations. They ask nothing of any other origin.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::app::App;

/// Scripts, styles and requests of this origin alone; in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

fn page(form: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, &str); 5] = [
        (header::CONTENT_TYPE, form),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

async fn set_up() -> Response {
    page("text/html; charset=utf-8", include_str!("../pages/set-up.html"))
}

async fn script() -> Response {
    page("text/javascript; charset=utf-8", include_str!("../pages/set-up.js"))
}

async fn style() -> Response {
    page("text/css; charset=utf-8", include_str!("../pages/plain.css"))
}

/// These pages.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/api") }))
        .route("/set-up", get(set_up))
        .route("/accept", get(set_up))
        .route("/pages/set-up.js", get(script))
        .route("/pages/plain.css", get(style))
}
