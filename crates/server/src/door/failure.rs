//! What is said when something cannot be done: RFC 9457 problem details.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use precinct_access::Refused;
use precinct_contacts::ContactError;
use precinct_core::{Missing, PaperRejection, Rejection};
use precinct_engine::Trouble;
use precinct_journal::keys::KeyError;
use precinct_wire::{ChangedDoc, Coded, Problem};

use super::codes::HasCode;
use crate::album::AlbumError;
use crate::live::Busy;
use crate::review::ReviewError;
use crate::shelf::ShelfError;

/// Why a request is not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    status: StatusCode,
    kind: &'static str,
    title: &'static str,
    detail: String,
    /// What it is to pages of other languages.
    coded: Option<Box<Coded>>,
    /// Seconds after which to come again.
    again: Option<u32>,
    /// What has changed meanwhile.
    changed: Vec<ChangedDoc>,
}

impl Failure {
    #[expect(clippy::needless_pass_by_value, reason = "so that it can be handed to `map_err`")]
    fn new(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        detail: impl ToString,
    ) -> Self {
        let detail = detail.to_string();
        Self { status, kind, title, detail, coded: None, again: None, changed: Vec::new() }
    }

    /// The same with a code, for pages of other languages.
    pub(crate) fn coded(self, coded: impl Into<Option<Coded>>) -> Self {
        Self { coded: coded.into().map(Box::new), ..self }
    }

    /// The request itself is wrong.
    pub(crate) fn bad(detail: impl ToString) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "The request cannot be read", detail)
    }

    /// What it names is not there.
    pub(crate) fn missing(detail: impl ToString) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing", detail)
    }

    /// Nobody knows who asks.
    pub(crate) fn unknown(detail: impl ToString) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign-in", "Sign in first", detail)
    }

    /// Nobody is signed in.
    pub(crate) fn nobody() -> Self {
        Self::unknown("you are not signed in").coded(Coded::session_none())
    }

    /// Somebody was signed in.
    pub(crate) fn ended() -> Self {
        Self::unknown("the session has ended: sign in again").coded(Coded::session_ended())
    }

    /// Whoever asks may not.
    pub(crate) fn forbidden(detail: impl ToString) -> Self {
        Self::new(StatusCode::FORBIDDEN, "not-allowed", "You may not do this", detail)
    }

    /// The door is there, and does not take this method.
    pub(crate) fn no_method(detail: impl ToString) -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(status, "method", "Not by this method", detail)
    }

    /// It does not go with what is so.
    pub(crate) fn conflict(detail: impl ToString) -> Self {
        Self::new(StatusCode::CONFLICT, "refused", "This cannot be done now", detail)
    }

    /// Somebody else has changed it meanwhile.
    pub(crate) fn changed(detail: impl ToString, changed: Vec<ChangedDoc>) -> Self {
        let status = StatusCode::PRECONDITION_FAILED;
        let title = "Somebody else has changed this meanwhile";
        Self { changed, ..Self::new(status, "changed", title, detail) }
    }

    /// Too much at once.
    pub(crate) fn too_large(detail: impl ToString) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "This is too large", detail)
    }

    /// The disk has no room for it.
    pub(crate) fn no_room(detail: impl ToString) -> Self {
        let title = "There is no room for this";
        Self::new(StatusCode::INSUFFICIENT_STORAGE, "no-room", title, detail)
    }

    /// Too often.
    pub(crate) fn too_often(seconds: u32, detail: impl ToString) -> Self {
        let failure = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-often",
            "Wait before you try again",
            detail,
        );
        Self { again: Some(seconds), ..failure }
    }

    /// Not at present.
    pub(crate) fn later(seconds: u32, detail: impl ToString) -> Self {
        let failure = Self::new(StatusCode::SERVICE_UNAVAILABLE, "later", "Not at present", detail);
        Self { again: Some(seconds), ..failure }
    }

    /// A fault of the program or the machine.
    #[expect(clippy::needless_pass_by_value, reason = "so that it can be handed to `map_err`")]
    pub(crate) fn inside(detail: impl ToString) -> Self {
        let detail = detail.to_string();
        tracing::error!(detail, "a request failed inside");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "inside",
            "Something went wrong inside",
            "it is in the log; try again, and tell whoever runs this server if it goes on",
        )
        .coded(Coded::server_inside())
    }
}

impl Failure {
    /// The problem as a document.
    pub(crate) fn problem(&self) -> Problem {
        let (status, detail) = (self.status.as_u16(), self.detail.clone());
        let mut problem = Problem::new(status, self.kind, self.title, detail);
        problem.changed.clone_from(&self.changed);
        if let Some(coded) = &self.coded {
            (problem.code, problem.params) = (Some(coded.code.to_owned()), coded.params.clone());
        }
        problem
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.problem())).into_response();
        let headers = response.headers_mut();
        let form = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, form);
        if let Some(seconds) = self.again {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        let coded = Coded::from(&rejection);
        let failure = match rejection {
            Rejection::Missing(_) => Self::missing(rejection),
            Rejection::NotInCatalogue(_)
            | Rejection::TooMany(_)
            | Rejection::TooLong(_)
            | Rejection::Nameless(_)
            | Rejection::Approval(_)
            | Rejection::Catalogue(_)
            | Rejection::Paper(PaperRejection::Future | PaperRejection::TooOld) => {
                Self::bad(rejection)
            }
            Rejection::Earlier(_) => Self::later(1, rejection),
            _ => Self::conflict(rejection),
        };
        failure.coded(coded)
    }
}

impl From<Missing> for Failure {
    fn from(missing: Missing) -> Self {
        Rejection::from(missing).into()
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let coded = trouble.coded();
        let failure = match trouble {
            Trouble::TooLarge(_) => Self::too_large(trouble),
            Trouble::NotWritten(_) => Self::later(1, trouble),
            _ => Self::later(5, trouble),
        };
        failure.coded(coded)
    }
}

impl From<ContactError> for Failure {
    fn from(error: ContactError) -> Self {
        let full = |error: &rusqlite::Error| {
            error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
        };
        match &error {
            ContactError::TooLong { .. } => Self::bad(error),
            ContactError::Database(inner) if full(inner) => {
                Self::no_room(error).coded(Coded::disk_full())
            }
            ContactError::Keys(KeyError::Database { source, .. }) if full(source) => {
                Self::no_room(error).coded(Coded::disk_full())
            }
            _ => Self::inside(error),
        }
    }
}

impl From<AlbumError> for Failure {
    fn from(error: AlbumError) -> Self {
        let coded = error.coded();
        let failure = match error {
            AlbumError::TooLarge { .. } => Self::too_large(error),
            AlbumError::NoRoom => Self::no_room(error),
            AlbumError::Erased { .. } => Self::missing(error),
            _ => Self::inside(error),
        };
        failure.coded(coded)
    }
}

impl From<ShelfError> for Failure {
    fn from(error: ShelfError) -> Self {
        let coded = error.coded();
        let failure = match error {
            ShelfError::TooLarge { .. } => Self::too_large(error),
            ShelfError::NoRoom => Self::no_room(error),
            ShelfError::Altered { .. } => {
                tracing::error!(%error, "a document is not shown");
                Self::conflict(
                    "the document beside the record is not the one that was recorded: it is not shown; whoever runs this server copies it from a backup",
                )
            }
            ShelfError::File { .. } => return Self::inside(error),
        };
        failure.coded(coded)
    }
}

impl From<Busy> for Failure {
    fn from(busy: Busy) -> Self {
        let failure = Self::later(if busy == Busy::Full { 1 } else { 2 }, busy);
        failure.coded(busy.coded())
    }
}

impl From<ReviewError> for Failure {
    fn from(error: ReviewError) -> Self {
        let coded = error.coded();
        let failure = match error {
            ReviewError::Missing { .. } | ReviewError::Before => Self::missing(error),
            ReviewError::Full => Self::later(1, error),
            ReviewError::Slow | ReviewError::Stopped => Self::later(2, error),
            ReviewError::Open(_) | ReviewError::Read(_) | ReviewError::Replay(_) => {
                Self::inside(error)
            }
        };
        failure.coded(coded)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let coded = refused.coded();
        let failure = match refused {
            Refused::Misfit { .. } | Refused::Failed { .. } => Self::inside(refused),
            _ => Self::forbidden(refused),
        };
        failure.coded(coded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_when_to_come_again() {
        let response = Failure::from(Busy::Slow).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "2");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let response = Failure::unknown("who?").into_response();
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
        let response = Failure::from(AlbumError::NoRoom).into_response();
        assert_eq!(response.status(), StatusCode::INSUFFICIENT_STORAGE);
    }
}
