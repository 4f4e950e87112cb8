//! Answers that need not be sent again: an `ETag` for what changes only with the record.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Failure;

/// By which record whoever asks knows the thing they change (`If-Match`); none is whatever it is by now.
///
/// A tag says by which record a thing was read, not which form it has, and what is asked is whether any record since has changed it. So a
/// weak tag is as good as a strong one here, also where a proxy has made it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AsOf(pub(crate) Option<u64>);

impl AsOf {
    /// What the headers say.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let mut newest = None;
        for value in headers.get_all(header::IF_MATCH) {
            for one in value.to_str().unwrap_or("?").split(',').map(str::trim) {
                if one == "*" {
                    return Ok(Self(None));
                }
                newest = newest.max(Some(read(one).ok_or_else(|| {
                    Failure::bad("`If-Match` is the `ETag` that came with the thing, unchanged")
                })?));
            }
        }
        Ok(Self(newest))
    }
}

/// The record of a tag.
fn read(tag: &str) -> Option<u64> {
    let tag = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    let seq = tag.split_once('-').map_or(tag, |(seq, _)| seq);
    seq.parse().ok()
}

/// A document that is as it is by record `seq`; 304 to who has it.
pub(crate) fn tagged<T: Serialize>(
    headers: &HeaderMap,
    seq: u64,
    document: impl FnOnce() -> T,
) -> Response {
    tagged_by(headers, &tag(seq), document)
}

/// The tag of what was read as it is by record `seq`.
fn tag(seq: u64) -> String {
    format!("W/\"{seq}\"")
}

/// A document that is as it is by record `seq` and by change `looks` of who looks at it.
pub(crate) fn tagged_with<T: Serialize>(
    headers: &HeaderMap,
    (seq, looks): (u64, u64),
    document: impl FnOnce() -> T,
) -> Response {
    tagged_by(headers, &format!("W/\"{seq}-{looks}\""), document)
}

/// A document that changes also without a record: it is always sent, with the record it is known by.
pub(crate) fn known_by<T: Serialize>(seq: u64, document: T) -> Response {
    tagged_by(&HeaderMap::new(), &tag(seq), || document)
}

fn tagged_by<T: Serialize>(
    headers: &HeaderMap,
    tag: &str,
    document: impl FnOnce() -> T,
) -> Response {
    unless_known(headers, tag, || Json(document()).into_response())
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

    #[test]
    fn a_tag_leads_back_to_the_record_it_was_made_at() {
        let as_of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::from_static(text));
            AsOf::of(&headers).map(|as_of| as_of.0)
        };
        assert_eq!(AsOf::of(&HeaderMap::new()), Ok(AsOf(None)));
        for (text, seq) in
            [("\"7\"", Some(7)), ("W/\"7-3\"", Some(7)), ("W/\"6\", \"9\"", Some(9)), ("*", None)]
        {
            assert_eq!(as_of(text), Ok(seq), "{text}");
        }
        for text in ["", "7", "\"x\"", "W/7", "\"7"] {
            assert!(as_of(text).is_err(), "{text}");
        }
        let response = tagged_with(&HeaderMap::new(), (8, 5), || 1);
        let tag = response.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert_eq!((tag.as_str(), read(&tag)), ("W/\"8-5\"", Some(8)));
    }
}
