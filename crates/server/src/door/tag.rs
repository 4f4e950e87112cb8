//! Answers that need not be sent again: an `ETag` for what changes only with the record.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A document that is as it is by record `seq`; 304 to who has it.
pub(crate) fn tagged<T: Serialize>(
    headers: &HeaderMap,
    seq: u64,
    document: impl FnOnce() -> T,
) -> Response {
    unless_known(headers, &format!("W/\"{seq}\""), || Json(document()).into_response())
}

/// What goes by this tag; 304 to who has it.
pub(crate) fn unless_known(
    headers: &HeaderMap,
    tag: &str,
    response: impl FnOnce() -> Response,
) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let has = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if has { StatusCode::NOT_MODIFIED.into_response() } else { response() };
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    let cache = HeaderValue::from_static("private, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, cache);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_it_is_not_sent_it_again() {
        let mut headers = HeaderMap::new();
        let first = tagged(&headers, 7, || 1);
        assert_eq!(
            (first.status(), &first.headers()[header::ETAG]),
            (StatusCode::OK, &HeaderValue::from_static("W/\"7\""))
        );
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("W/\"6\", W/\"7\""));
        assert_eq!(tagged(&headers, 7, || 1).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(tagged(&headers, 8, || 1).status(), StatusCode::OK);
    }
}
