//! How a request says who asks: the key of a machine, or a session's cookie.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use precinct_access::Principal;
use precinct_accounts::{AccountError, Session};
use precinct_core::StaffNo;
use precinct_wire::Coded;

use super::{Asker, Failure, HasCode};
use crate::app::App;

/// The cookie of a session. The prefix has browsers refuse it unless it is secure and of this very host (RFC 6265bis, section 4.1.3.2).
pub(crate) const SECURE_COOKIE: &str = "__Host-precinct";
/// The same where there is no TLS: on a machine of one's own.
pub(crate) const PLAIN_COOKIE: &str = "precinct";
/// The header in which a page shows that a request is its own.
const CSRF: &str = "x-precinct-csrf";

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies =
        headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|value| value.split(';')).filter_map(|one| one.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The token of a session.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SECURE_COOKIE).or_else(|| cookie(headers, PLAIN_COOKIE))
}

/// The key of a machine.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

impl From<AccountError> for Failure {
    fn from(error: AccountError) -> Self {
        let coded = error.coded();
        let failure = match error {
            AccountError::NoToken => Self::unknown(error),
            AccountError::NoAccount(_) | AccountError::Missing { .. } => Self::missing(error),
            AccountError::Taken(_) | AccountError::SetUp => Self::conflict(error),
            AccountError::Busy => Self::later(1, error),
            _ if error.disk_is_full() => Self::no_room(error),
            AccountError::Open(_) | AccountError::Database(_) | AccountError::Memory => {
                return Self::inside(error);
            }
            _ => Self::bad(error),
        };
        failure.coded(coded)
    }
}

impl App {
    /// The session of a token, with its holder.
    pub(crate) fn session(&self, token: &str) -> Result<Option<(Session, Asker)>, Failure> {
        let Some(session) = self.accounts.session(self.real_now(), token)? else { return Ok(None) };
        let account = self.accounts.account_of(&session)?;
        let asker = Asker {
            principal: Principal::staff(session.staff, account.grants, self.unit_of(session.staff)),
            second_factor: session.second_factor,
        };
        Ok(Some((session, asker)))
    }

    fn unit_of(&self, staff: StaffNo) -> Option<precinct_base::UnitId> {
        self.board.look(|state, _| state.unit_of(staff))
    }

    async fn by_key(&self, key: &str) -> Result<Asker, Failure> {
        if let Some(device) = self.accounts.device(key)? {
            return Ok(Self::device_asker(&device));
        }
        let holder = self.accounts.key(self.real_now(), key)?;
        let holder = holder.ok_or_else(|| {
            Failure::unknown("this key is not known here, has ended or was revoked")
                .coded(Coded::key_unknown())
        })?;
        if !holder.recorded {
            self.record_key(holder.staff).await?;
        }
        Ok(Asker { principal: Principal::key(holder.staff, holder.grants), second_factor: false })
    }

    fn by_cookie(&self, parts: &Parts, token: &str) -> Result<Asker, Failure> {
        let (_, asker) = self.session(token)?.ok_or_else(Failure::ended)?;
        if matches!(parts.method, Method::GET | Method::HEAD) {
            return Ok(asker);
        }
        let shown = parts.headers.get(CSRF).and_then(|value| value.to_str().ok());
        if shown.is_some_and(|shown| Session::csrf_matches(token, shown)) {
            Ok(asker)
        } else {
            Err(Failure::forbidden(
                "the request did not come from a page of this session: load the page anew",
            )
            .coded(Coded::session_page()))
        }
    }
}

impl FromRequestParts<Arc<App>> for Asker {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        if let Some(key) = bearer(&parts.headers) {
            return app.by_key(key).await;
        }
        match token(&parts.headers) {
            Some(token) => app.by_cookie(parts, token),
            None => Err(Failure::unknown(
                "sign in, or send the key of a machine as Authorization: Bearer",
            )
            .coded(Coded::session_none())),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn keys_and_cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!((bearer(&headers), token(&headers)), (None, None));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("bearer  pk_1_2"));
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; precinctx=2"));
        headers.append(header::COOKIE, HeaderValue::from_static("precinct=3; __Host-precinct=4"));
        assert_eq!((bearer(&headers), token(&headers)), (Some("pk_1_2"), Some("4")));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic abc"));
        assert_eq!(bearer(&headers), None);
    }
}
