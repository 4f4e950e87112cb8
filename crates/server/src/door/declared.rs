//! Query parameters, of which none but those a door declares are taken (OGC 17-069r4, requirement `/req/core/query-param-unknown`).

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Failure;

/// The query parameters of a door. Their type refuses fields it does not know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared<T>(pub(crate) T);

/// No parameters at all.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoParameters {}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Declared<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(error) => Err(Failure::bad(error.body_text())),
        }
    }
}
