//! The layer that counts requests before a door sees them, and what the doors of positions count by themselves.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use precinct_access::Who;
use precinct_accounts::{Device, Source};
use precinct_core::StaffNo;

use super::bucket::Known;
use super::{Class, Kind};
use crate::app::App;
use crate::door::{Asker, Failure, bearer, token};

impl App {
    /// Whose key or session a request shows, and the number it is counted under. One that is not known to hold is nobody's.
    fn known(&self, headers: &HeaderMap) -> Option<(u64, Known)> {
        let shown = bearer(headers).or_else(|| token(headers))?;
        let number = self.limits.number(shown);
        let known = self.limits.remembered(number).or_else(|| {
            let known = self.look_up(headers)?;
            self.limits.remember(number, known);
            Some(known)
        });
        known.map(|known| (number, known))
    }

    fn look_up(&self, headers: &HeaderMap) -> Option<Known> {
        let now = self.real_now();
        if let Some(key) = bearer(headers) {
            if self.accounts.device(key).ok()?.is_some() {
                return Some(Known { kind: Kind::Person, staff: None });
            }
            let holder = self.accounts.key(now, key).ok()??;
            return Some(Known { kind: Kind::Machine, staff: Some(holder.staff) });
        }
        let session = self.accounts.session(now, token(headers)?).ok()??;
        Some(Known { kind: Kind::Person, staff: Some(session.staff) })
    }

    fn has_broken_glass(&self, staff: StaffNo) -> bool {
        self.board.look(|state, _| state.glass().contains_key(&staff))
    }

    /// Counts a request of somebody who is not known.
    pub(crate) fn count_stranger(&self, from: SocketAddr) -> Result<(), Failure> {
        let number = self.limits.number(Source::of(from.ip()));
        self.limits.count(Kind::Stranger, Class::Reads, number)
    }

    fn count(&self, class: Class, from: SocketAddr, headers: &HeaderMap) -> Result<(), Failure> {
        match self.known(headers) {
            None => self.count_stranger(from),
            // The door looks by itself.
            Some(_) if class == Class::Positions => Ok(()),
            Some((_, Known { staff: Some(staff), .. })) if self.has_broken_glass(staff) => Ok(()),
            Some((number, Known { kind, .. })) => self.limits.count(kind, class, number),
        }
    }

    /// Counts positions that were sent at once; a call for help among them is never held up.
    pub(crate) fn count_positions(&self, asker: &Asker, sos: bool) -> Result<(), Failure> {
        let staff = asker.principal.staff;
        if sos || self.has_broken_glass(staff) {
            return Ok(());
        }
        let kind = if asker.principal.who == Who::Key { Kind::Machine } else { Kind::Person };
        self.limits.count(kind, Class::Positions, self.limits.number(staff))
    }

    /// The same for a device.
    pub(crate) fn count_device(&self, device: &Device, sos: bool) -> Result<(), Failure> {
        if sos {
            return Ok(());
        }
        self.limits.count(Kind::Person, Class::Positions, self.limits.number(&device.id))
    }
}

/// Doors at which a device shows who it is in a way of its own.
fn shows_itself(path: &str) -> bool {
    ["/osmand", "/owntracks"].contains(&path)
}

/// Counts a request, and answers it when it comes too often.
pub(crate) async fn hold(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let class = Class::of(request.method(), path).filter(|_| !shows_itself(path));
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0);
    if let (Some(class), Some(from)) = (class, from)
        && let Err(failure) = app.count(class, from, request.headers())
    {
        return failure.into_response();
    }
    next.run(request).await
}
