//! The pages of the console and of the crew. They ask nothing of any other origin, and a browser is told not to let them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use precinct_pages::{File, Packed, Pages};

use crate::app::App;
use crate::door::Failure;

/// Scripts, styles, pictures and requests of this origin alone; in nobody's frame. A map draws its own pictures (`data:`, `blob:`).
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
/// A page may ask where its device is and take a picture; no other page within it may, and nothing else is asked for.
const PERMISSIONS: &str = "geolocation=(self), camera=(self), microphone=()";
/// What a page is called for good.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Addresses of the console: one page, which finds its way by the address.
const CONSOLE: &[&str] = &[
    "/",
    "/review",
    "/figures",
    "/paper",
    "/plan",
    "/plan/{page}",
    "/settings",
    "/settings/{page}",
    "/set-up",
    "/accept",
];
/// Addresses of the crew's page.
const CREW: &[&str] = &["/crew", "/crew/{page}"];
/// Files whose names do not change.
const FILES: &[&str] = &["/crew-worker.js", "/crew.webmanifest", "/icon.svg", "/icon-512.png"];

/// Said where the program was built without its pages.
const WITHOUT: &str = "This program was built without its pages: `make run` builds them first. What it can do is listed at /api.\n";

fn accepts(headers: &HeaderMap) -> Vec<Packed> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let names = |wanted: &str| {
        let mut all = accepted.unwrap_or_default().split(',');
        all.any(|one| one.split(';').next().is_some_and(|name| name.trim() == wanted))
    };
    let ways = [Packed::Brotli, Packed::Gzip].into_iter();
    ways.filter(|way| way.name().is_some_and(names)).collect()
}

fn pages(app: &App) -> Pages {
    app.options.pages.clone().map_or(Pages::Within, Pages::Folder)
}

fn answer(file: File) -> Response {
    let cache = if file.lasting { FOR_GOOD } else { "no-cache" };
    let headers: [(HeaderName, &str); 7] = [
        (header::CONTENT_TYPE, file.form),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "accept-encoding"),
    ];
    let mut response = (headers, file.bytes.into_owned()).into_response();
    if let Some(name) = file.packed.name() {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, axum::http::HeaderValue::from_static(name));
    }
    response
}

fn page(app: &App, headers: &HeaderMap, name: &str) -> Response {
    let pages = pages(app);
    match pages.file(name, &accepts(headers)) {
        Some(file) => answer(file),
        None if pages.are_there() => {
            Failure::missing(format!("there is no file {name}")).into_response()
        }
        None => (StatusCode::NOT_FOUND, WITHOUT).into_response(),
    }
}

async fn console(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    page(&app, &headers, "console.html")
}

async fn crew(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    page(&app, &headers, "crew.html")
}

async fn file(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Response {
    page(&app, &headers, uri.path().trim_start_matches('/'))
}

/// These pages.
pub(crate) fn routes() -> Router<Arc<App>> {
    let router =
        CONSOLE.iter().fold(Router::new(), |router, path| router.route(path, get(console)));
    let router = CREW.iter().fold(router, |router, path| router.route(path, get(crew)));
    let router = FILES.iter().fold(router, |router, path| router.route(path, get(file)));
    router.route("/assets/{name}", get(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_packed_as_the_browser_says_it_can_read_it() {
        let said = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, text.parse().unwrap());
            accepts(&headers)
        };
        assert_eq!(said("gzip, deflate, br;q=1.0"), [Packed::Brotli, Packed::Gzip]);
        assert_eq!(said("gzip"), [Packed::Gzip]);
        assert_eq!(said("zstd"), []);
        assert_eq!(accepts(&HeaderMap::new()), []);
    }
}
