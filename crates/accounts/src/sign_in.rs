//! Signing in: password, second factor, and a session.

use precinct_base::Timestamp;
use precinct_core::StaffNo;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::account::end_sessions;
use crate::factor::take;
use crate::invite::set_password;
use crate::password::{Hashed, check};
use crate::session::begin;
use crate::{AccountError, Accounts, Chance, Cost, OpenError, Secret, Source, Wait};

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token of the session, for a cookie that only the server sees.
    pub token: Secret,
    /// Whether a second factor was shown.
    pub second_factor: bool,
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Number and password do not belong together, or there is no such account.
    #[error("that staff number and password do not belong together: try again")]
    Wrong,
    /// The password is right, and a code of the second factor is needed.
    #[error("give a code of your second factor too, or one to recover with")]
    CodeNeeded,
    /// The code is not right, or was used.
    #[error("that code is not right, or was used: wait for the next one")]
    WrongCode,
    /// The password is right, and the account was disabled.
    #[error("this account is disabled: ask an administrator")]
    Disabled,
    /// Too many wrong guesses from there.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// Something else.
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl From<OpenError> for SignInError {
    fn from(error: OpenError) -> Self {
        Self::Account(error.into())
    }
}

/// What is needed of an account to sign in.
struct Lock {
    hashed: Hashed,
    disabled: bool,
    second_factor: bool,
}

/// None where there is no account, and none where it has no password yet.
fn lock(on: &Connection, staff: StaffNo) -> rusqlite::Result<Option<Lock>> {
    let find =
        "SELECT salt, hash, memory, passes, lanes, disabled, factor IS NOT NULL FROM accounts
                WHERE staff = ? AND hash IS NOT NULL";
    let read = |row: &Row<'_>| {
        let cost = Cost { memory: row.get(2)?, passes: row.get(3)?, lanes: row.get(4)? };
        let hashed = Hashed { salt: row.get(0)?, hash: row.get(1)?, cost };
        Ok(Lock { hashed, disabled: row.get(5)?, second_factor: row.get(6)? })
    };
    on.prepare_cached(find)?.query_row([staff.as_str()], read).optional()
}

impl Accounts {
    /// Signs somebody in. Hashes a password: slow, and as slow for an account that is not there. Wrong guesses from `source` for this
    /// account make the next from there wait; from elsewhere the right password is taken at once.
    pub fn sign_in(
        &self,
        now: Timestamp,
        staff: StaffNo,
        password: &str,
        code: Option<&str>,
        source: Source,
        chance: &mut dyn Chance,
    ) -> Result<SignedIn, SignInError> {
        let pair = (staff, source);
        self.guesses().begin(now, pair)?;
        let signed_in = self.checked(now, staff, (password, code), chance);
        match &signed_in {
            Ok(_) => self.guesses().right(pair),
            // Nothing was guessed wrong.
            Err(SignInError::CodeNeeded | SignInError::Disabled | SignInError::Account(_)) => {
                self.guesses().not_wrong(pair);
            }
            Err(_) => {}
        }
        signed_in
    }

    fn checked(
        &self,
        now: Timestamp,
        staff: StaffNo,
        (password, code): (&str, Option<&str>),
        chance: &mut dyn Chance,
    ) -> Result<SignedIn, SignInError> {
        let lock = self.read(|on| lock(on, staff))?;
        let nobodys = || Hashed::nobodys(self.cost);
        let hashed = lock.as_ref().map_or_else(nobodys, |lock| lock.hashed.clone());
        if !self.is_password(&hashed, password)? {
            return Err(SignInError::Wrong);
        }
        let Lock { hashed, disabled, second_factor } = lock.ok_or(SignInError::Wrong)?;
        if disabled {
            return Err(SignInError::Disabled);
        }
        if second_factor && code.is_none() {
            return Err(SignInError::CodeNeeded);
        }
        let anew = hashed.is_cheaper_than(self.cost);
        let anew = if anew { Some(self.hashed(password, chance)?) } else { None };
        let code = code.filter(|_| second_factor);
        let begun = self.write(|on| {
            // It may have been disabled, or given another password, since it was read.
            let still = crate::sign_in::lock(on, staff)?
                .filter(|now| !now.disabled && now.hashed == hashed);
            still.ok_or(AccountError::NoAccount(staff))?;
            if let Some(code) = code {
                take(on, now, staff, code)?;
            }
            if let Some(anew) = &anew {
                set_password(on, staff, anew)?;
            }
            begin(on, now, staff, code.is_some(), chance)
        });
        match begun {
            Ok(token) => Ok(SignedIn { token, second_factor: code.is_some() }),
            Err(AccountError::Wrong) => Err(SignInError::WrongCode),
            Err(AccountError::NoAccount(_)) => Err(SignInError::Wrong),
            Err(error) => Err(error.into()),
        }
    }

    fn is_password(&self, hashed: &Hashed, password: &str) -> Result<bool, AccountError> {
        // A longer one cannot be right, and is not worth the work.
        if password.len() > precinct_base::caps::PASSWORD_BYTES {
            return Ok(false);
        }
        let is = self.hashing.pass(|| hashed.is(password));
        is.ok_or(AccountError::Busy)?.ok_or(AccountError::Memory)
    }

    /// Changes one's own password, and ends all sessions. Hashes two passwords: slow. Wrong guesses make the next from `source` wait.
    pub fn change_password(
        &self,
        now: Timestamp,
        staff: StaffNo,
        (old, new): (&str, &str),
        source: Source,
        chance: &mut dyn Chance,
    ) -> Result<(), SignInError> {
        check(new, staff).map_err(AccountError::from)?;
        let pair = (staff, source);
        self.guesses().begin(now, pair)?;
        let lock = self.read(|on| lock(on, staff))?.ok_or(SignInError::Wrong)?;
        if !self.is_password(&lock.hashed, old)? {
            return Err(SignInError::Wrong);
        }
        self.guesses().right(pair);
        let hashed = self.hashed(new, chance)?;
        self.write(|on| {
            set_password(on, staff, &hashed)?;
            end_sessions(on, staff)
        })?;
        Ok(())
    }
}
