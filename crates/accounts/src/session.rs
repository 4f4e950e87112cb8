//! Sessions: who is signed in, for how long, and the token that a page has to show so that no other page can act for it.

use precinct_base::{Millis, Timestamp, caps};
use precinct_core::StaffNo;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::account::{code, end_sessions};
use crate::secret::{draw, hash, hex, unhex};
use crate::{Account, AccountError, Accounts, Chance, Secret, hmac};

/// A session ends after so long without a request. A console that shows the board makes them all the time.
pub const IDLE: Millis = Millis::from_minutes(60);
/// A session ends after so long in any case: a tour of duty of twelve hours, and an hour to hand over.
pub const LONGEST_SESSION: Millis = Millis::from_minutes(13 * 60);
/// That it is in use is noted this seldom.
const SEEN_EVERY: Millis = Millis::from_minutes(5);
const TOKEN_BYTES: usize = 32;
const ID_BYTES: usize = 8;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id, to list and revoke it by. It is no secret.
    pub id: String,
    /// Whose.
    pub staff: StaffNo,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// When it began.
    pub made: Timestamp,
    /// When it was last in use, within five minutes.
    pub seen: Timestamp,
}

/// The token that a page of this session shows with every request that changes something: it follows from the session's own token, which
/// no page can read. Compare it with [`csrf_matches`](Session::csrf_matches).
pub fn csrf(token: &str) -> Secret {
    Secret::new(hex(&hmac::sha256(token.as_bytes(), b"precinct page")))
}

impl Session {
    /// Whether a page showed the token of the session whose own token is `token`, in constant time.
    pub fn csrf_matches(token: &str, shown: &str) -> bool {
        crate::secret::same(csrf(token).expose().as_bytes(), shown.as_bytes())
    }
}

const COLUMNS: &str = "id, staff, second_factor, made, seen";

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        staff: code(row, 1)?,
        second_factor: row.get(2)?,
        made: Timestamp(row.get(3)?),
        seen: Timestamp(row.get(4)?),
    })
}

/// Begins a session; where there are [`caps::SESSIONS`] of this account, the oldest ends.
pub(crate) fn begin(
    on: &Transaction<'_>,
    now: Timestamp,
    staff: StaffNo,
    second_factor: bool,
    chance: &mut dyn Chance,
) -> Result<Secret, AccountError> {
    let (id, token) = (draw::<ID_BYTES>(chance), draw::<TOKEN_BYTES>(chance));
    let most = caps::SESSIONS as u32 - 1;
    let oldest = "DELETE FROM sessions WHERE staff = ?1 AND id NOT IN
                  (SELECT id FROM sessions WHERE staff = ?1 ORDER BY made DESC, id LIMIT ?2)";
    on.execute(oldest, params![staff.as_str(), most])?;
    let add = "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)";
    let token = hex(&token);
    let values =
        params![hex(&id), hash(token.as_bytes()), staff.as_str(), second_factor, now.0, now.0];
    on.execute(add, values)?;
    Ok(Secret::new(token))
}

fn find(on: &Connection, token: &str) -> rusqlite::Result<Option<Session>> {
    let find = format!("SELECT {COLUMNS} FROM sessions WHERE hash = ?");
    on.prepare_cached(&find)?.query_row([hash(token.as_bytes())], read).optional()
}

/// Whether it has not ended by itself. A calendar that went back makes no session longer than it would be.
fn holds(session: &Session, now: Timestamp) -> bool {
    let age = now.0.saturating_sub(session.made.0);
    let idle = now.0.saturating_sub(session.seen.0);
    age < i64::from(LONGEST_SESSION.0) && idle < i64::from(IDLE.0)
}

impl Accounts {
    /// The session of a token, while it holds and its account is not disabled.
    pub fn session(&self, now: Timestamp, token: &str) -> Result<Option<Session>, AccountError> {
        if unhex::<TOKEN_BYTES>(token).is_none() {
            return Ok(None);
        }
        let Some(mut session) = self.read(|on| find(on, token))? else { return Ok(None) };
        let mut seen = self.seen();
        session.seen = session.seen.max(seen.session(&session.id));
        if !holds(&session, now) {
            return Ok(None);
        }
        let since = now.0.saturating_sub(session.seen.0);
        if since >= i64::from(SEEN_EVERY.0) {
            seen.see_session(&session.id, now);
            session.seen = now;
        }
        Ok(Some(session))
    }

    /// The account of a session: its roles as they are now.
    pub fn account_of(&self, session: &Session) -> Result<Account, AccountError> {
        let account = self.read(|on| Account::find(on, session.staff))?;
        account.filter(|account| !account.disabled).ok_or(AccountError::NoAccount(session.staff))
    }

    /// The sessions of somebody that hold, the newest first.
    pub fn sessions(&self, now: Timestamp, staff: StaffNo) -> Result<Vec<Session>, AccountError> {
        let mut found: Vec<Session> = self.read(|on| {
            let list =
                format!("SELECT {COLUMNS} FROM sessions WHERE staff = ? ORDER BY made DESC, id");
            on.prepare_cached(&list)?.query_map([staff.as_str()], read)?.collect()
        })?;
        let seen = self.seen();
        for session in &mut found {
            session.seen = session.seen.max(seen.session(&session.id));
        }
        found.retain(|session| holds(session, now));
        Ok(found)
    }

    /// Ends a session.
    pub fn revoke_session(&self, staff: StaffNo, id: &str) -> Result<(), AccountError> {
        self.write(|on| {
            let end = "DELETE FROM sessions WHERE staff = ? AND id = ?";
            let ended = on.execute(end, params![staff.as_str(), id])?;
            let missing = || AccountError::Missing { what: "session", id: id.to_owned() };
            if ended == 1 { Ok(()) } else { Err(missing()) }
        })
    }

    /// Ends every session of somebody.
    pub fn revoke_sessions(&self, staff: StaffNo) -> Result<(), AccountError> {
        self.write(|on| end_sessions(on, staff))
    }

    /// Signs out: ends the session of a token, if there is one.
    pub fn sign_out(&self, token: &str) -> Result<(), AccountError> {
        self.write(|on| {
            on.execute("DELETE FROM sessions WHERE hash = ?", [hash(token.as_bytes())])?;
            Ok(())
        })
    }
}
