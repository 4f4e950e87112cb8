//! How the server is: whether it lives, whether it can record, what it counts; and what its doors are.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use utoipa::openapi::OpenApi;

use crate::app::App;
use crate::metrics::Counted;

/// Whether the process lives.
async fn alive() -> &'static str {
    "ok\n"
}

/// Whether commands can be recorded.
async fn ready(State(app): State<Arc<App>>) -> Response {
    match app.board.trouble() {
        None => "ready\n".into_response(),
        Some(trouble) => (StatusCode::SERVICE_UNAVAILABLE, format!("{trouble}\n")).into_response(),
    }
}

async fn counted(State(app): State<Arc<App>>, counted: axum::Extension<Counted>) -> Response {
    let (seq, incidents, units) = app.board.look(|state, seq| {
        let open = state.incidents().values().filter(|one| one.is_open()).count();
        let on = state.units().values().filter(|unit| unit.doing().is_some()).count();
        (seq, open, on)
    });
    metrics::gauge!("precinct_record_seq").set(seq as f64);
    metrics::gauge!("precinct_incidents_open").set(incidents as f64);
    metrics::gauge!("precinct_units_on_duty").set(units as f64);
    let form = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (form, counted.render()).into_response()
}

/// A page that lists the doors, for people.
fn page(api: &OpenApi) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Precinct API</title><style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
         color-scheme:light dark}code{font-size:.95em}h2{margin-top:2rem}dt{margin-top:.6rem}dd{margin:0 0 0 1.5rem}\
         b{display:inline-block;width:4.2rem;text-transform:uppercase}</style><h1>Precinct API</h1>\
         <p>The whole of it, for programs: <a href=\"/api/openapi.json\">/api/openapi.json</a> (OpenAPI 3.1).</p>",
    );
    let json = serde_json::to_value(api).unwrap_or_default();
    let mut tags: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let paths = json["paths"].as_object().cloned().unwrap_or_default();
    for (path, methods) in &paths {
        for (method, door) in methods.as_object().into_iter().flatten() {
            let tag = door["tags"][0].as_str().unwrap_or("other").to_owned();
            let says = door["summary"].as_str().unwrap_or_default();
            let list = tags.entry(tag).or_default();
            _ = write!(list, "<dt><b>{method}</b> <code>{path}</code><dd>{}", escaped(says));
        }
    }
    for (tag, list) in tags {
        _ = write!(page, "<h2>{tag}</h2><dl>{list}</dl>");
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// These doors. They tell nothing of the board but how much of it there is.
pub(crate) fn routes(api: &OpenApi) -> Router<Arc<App>> {
    let (document, page) = (Json(api.clone()), Html(page(api)));
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(counted))
        .route("/api/openapi.json", get(move || async move { document }))
        .route("/api", get(move || async move { page }))
}
