//! JSON bodies, refused with a problem that says what is wrong with them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use precinct_core::MediaKind;
use serde::de::DeserializeOwned;

use super::Failure;

/// A JSON body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Failure::bad("send the body as Content-Type: application/json"))
            }
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Failure::too_large(error.body_text()))
            }
            Err(error) => Err(Failure::bad(error.body_text())),
        }
    }
}

/// A picture as it comes, and what its sender calls it.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) said: MediaKind,
    pub(crate) bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Picture {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let said = request.headers().get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok());
        let kinds = [MediaKind::Jpeg, MediaKind::Png, MediaKind::Webp];
        let said = kinds.into_iter().find(|kind| said == Some(kind.media_type()));
        let said = said.ok_or_else(|| {
            Failure::bad(
                "send the picture itself, as Content-Type: image/jpeg, image/png or image/webp",
            )
        })?;
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self { said, bytes }),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Failure::too_large(error.body_text()))
            }
            Err(error) => Err(Failure::bad(error.body_text())),
        }
    }
}
