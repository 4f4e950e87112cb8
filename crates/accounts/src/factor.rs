//! Second factors: setting one up, the codes to recover with, and taking it off.

use precinct_base::Timestamp;
use precinct_core::StaffNo;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::account::{end_sessions, there};
use crate::secret::{draw, hash};
use crate::{AccountError, Accounts, Chance, Secret, Session, Source, base32, totp};

/// How many codes to recover with are given.
const RECOVERY_CODES: usize = 10;
/// Bytes of one: 80 bits, so that a fast hash is enough.
const RECOVERY_BYTES: usize = 10;
/// Letters of one.
const RECOVERY_LETTERS: usize = 16;

/// A second factor that is being set up.
#[derive(Clone, Debug)]
pub struct NewFactor {
    /// The secret in base 32, to be typed into an app.
    pub secret: Secret,
    /// The same as `otpauth://` address, to be shown as a QR code.
    pub address: Secret,
}

fn blob(
    on: &Connection,
    column: &'static str,
    staff: StaffNo,
) -> rusqlite::Result<Option<(Vec<u8>, i64)>> {
    let find = format!("SELECT {column}, factor_step FROM accounts WHERE staff = ?");
    let mut find = on.prepare_cached(&find)?;
    let found = find
        .query_row([staff.as_str()], |row| Ok((row.get::<_, Option<Vec<u8>>>(0)?, row.get(1)?)));
    Ok(found.optional()?.and_then(|(secret, step)| Some((secret?, step))))
}

/// Takes a code of the second factor, or one to recover with, and sees to it that it is never taken again.
pub(crate) fn take(
    on: &Transaction<'_>,
    now: Timestamp,
    staff: StaffNo,
    typed: &str,
) -> Result<(), AccountError> {
    let Some((secret, used)) = blob(on, "factor", staff)? else { return Err(AccountError::Wrong) };
    if let Some(step) = totp::step_of(&secret, typed.trim(), now, used) {
        let set = "UPDATE accounts SET factor_step = ? WHERE staff = ?";
        on.execute(set, params![step, staff.as_str()])?;
        return Ok(());
    }
    let tidy = base32::tidy(typed).filter(|tidy| tidy.len() == RECOVERY_LETTERS);
    let code = tidy.ok_or(AccountError::Wrong)?;
    let take = "DELETE FROM recovery WHERE hash = ? AND staff = ?";
    let taken = on.execute(take, params![hash(code.as_bytes()), staff.as_str()])?;
    if taken == 1 { Ok(()) } else { Err(AccountError::Wrong) }
}

/// Whether a session has shown the second factor, as it is now.
fn is_raised(on: &Connection, session: &Session) -> rusqlite::Result<bool> {
    let find = "SELECT second_factor FROM sessions WHERE id = ?";
    Ok(on.query_row(find, [&session.id], |row| row.get(0)).optional()?.unwrap_or(false))
}

fn raise(on: &Transaction<'_>, session: &Session) -> Result<(), AccountError> {
    on.execute("UPDATE sessions SET second_factor = 1 WHERE id = ?", [&session.id])?;
    Ok(())
}

/// Draws codes to recover with, in the place of those before.
fn recovery(
    on: &Transaction<'_>,
    staff: StaffNo,
    chance: &mut dyn Chance,
) -> Result<Vec<Secret>, AccountError> {
    on.execute("DELETE FROM recovery WHERE staff = ?", [staff.as_str()])?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = base32::encode(&draw::<RECOVERY_BYTES>(chance));
        let add = "INSERT INTO recovery VALUES (?, ?)";
        on.execute(add, params![hash(code.as_bytes()), staff.as_str()])?;
        codes.push(Secret::new(base32::groups(&code)));
    }
    Ok(codes)
}

impl Accounts {
    /// Begins to set up a second factor. The one before holds until a code of the new one was given to [`Self::confirm_factor`], and only
    /// a session that has shown it may begin.
    pub fn begin_factor(
        &self,
        session: &Session,
        chance: &mut dyn Chance,
    ) -> Result<NewFactor, AccountError> {
        let (staff, secret) = (session.staff, draw::<{ totp::SECRET_BYTES }>(chance));
        self.write(|on| {
            if blob(on, "factor", staff)?.is_some() && !is_raised(on, session)? {
                return Err(AccountError::SecondFactor);
            }
            let set = "UPDATE accounts SET factor_new = ? WHERE staff = ?";
            there(on.execute(set, params![secret, staff.as_str()])?, staff)
        })?;
        let text = base32::encode(&secret);
        // A staff number may hold a slash.
        let number = staff.as_str().replace('/', "%2F");
        let address = format!("otpauth://totp/Precinct:{number}?secret={text}&issuer=Precinct");
        Ok(NewFactor { secret: Secret::new(text), address: Secret::new(address) })
    }

    /// Sets up the second factor that was begun, if `typed` is a code of it; the session has then shown it. Gives the codes to recover
    /// with, to be shown once.
    pub fn confirm_factor(
        &self,
        now: Timestamp,
        session: &Session,
        typed: &str,
        chance: &mut dyn Chance,
    ) -> Result<Vec<Secret>, AccountError> {
        let staff = session.staff;
        self.write(|on| {
            let (secret, _) = blob(on, "factor_new", staff)?.ok_or(AccountError::Wrong)?;
            let step = totp::step_of(&secret, typed.trim(), now, 0).ok_or(AccountError::Wrong)?;
            let set = "UPDATE accounts SET factor = factor_new, factor_new = NULL, factor_step = ?
                       WHERE staff = ?";
            on.execute(set, params![step, staff.as_str()])?;
            raise(on, session)?;
            recovery(on, staff, chance)
        })
    }

    /// Takes off the second factor of somebody who lost it, with the codes to recover with and all sessions.
    pub fn reset_factor(&self, staff: StaffNo) -> Result<(), AccountError> {
        self.write(|on| {
            let set = "UPDATE accounts SET factor = NULL, factor_new = NULL, factor_step = 0
                       WHERE staff = ?";
            there(on.execute(set, [staff.as_str()])?, staff)?;
            on.execute("DELETE FROM recovery WHERE staff = ?", [staff.as_str()])?;
            end_sessions(on, staff)
        })
    }

    /// Shows the second factor within a session that began without. Wrong codes make guessing slow, as in signing in.
    pub fn step_up(
        &self,
        now: Timestamp,
        token: &str,
        typed: &str,
        source: Source,
    ) -> Result<(), crate::SignInError> {
        let session = self.session(now, token)?.ok_or(crate::SignInError::Wrong)?;
        let pair = (session.staff, source);
        self.guesses().begin(now, pair)?;
        let taken = self.write(|on| {
            take(on, now, session.staff, typed)?;
            raise(on, &session)
        });
        match taken {
            Ok(()) => self.guesses().right(pair),
            Err(AccountError::Wrong) => return Err(crate::SignInError::WrongCode),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}
