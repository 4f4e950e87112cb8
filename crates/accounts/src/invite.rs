//! Invitations: how the first administrator and everybody after come to a password. There never is a default one.

use precinct_base::{AreaId, Millis, Timestamp};
use precinct_core::{Grant, Role, StaffNo};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::account::{count, end_sessions, insert, set_grants, there};
use crate::password::{Hashed, check};
use crate::secret::{draw, hash, hex, unhex};
use crate::{Account, AccountError, Accounts, Chance, NewAccount, Secret};

/// How long the token of the first run holds.
pub const SET_UP_LASTS: Millis = Millis::from_minutes(24 * 60);
/// How long an invitation holds.
pub const INVITE_LASTS: Millis = Millis::from_minutes(3 * 24 * 60);
/// Bytes of a token: 192 bits.
const TOKEN_BYTES: usize = 24;

/// Puts an invitation of `staff`, or of the first administrator, in the place of any before.
fn invite(
    on: &Transaction<'_>,
    staff: Option<StaffNo>,
    expires: Timestamp,
    chance: &mut dyn Chance,
) -> Result<Secret, AccountError> {
    let token: [u8; TOKEN_BYTES] = draw(chance);
    let staff = staff.map(|staff| staff.to_string());
    on.execute("DELETE FROM invites WHERE staff IS ?", [&staff])?;
    let add = "INSERT INTO invites VALUES (?, ?, ?)";
    on.execute(add, params![hash(&token), staff, expires.0])?;
    Ok(Secret::new(hex(&token)))
}

fn later(now: Timestamp, by: Millis) -> Timestamp {
    now.checked_add(by).unwrap_or(now)
}

/// Whose invitation a token is, while it holds; the inner `None` is the first administrator's.
fn whose(
    on: &rusqlite::Connection,
    now: Timestamp,
    token: &str,
) -> Result<Option<StaffNo>, AccountError> {
    let token: [u8; TOKEN_BYTES] = unhex(token).ok_or(AccountError::NoToken)?;
    let find = "SELECT staff FROM invites WHERE hash = ? AND expires > ?";
    let found: Option<Option<String>> =
        on.query_row(find, params![hash(&token), now.0], |row| row.get(0)).optional()?;
    let staff = found.ok_or(AccountError::NoToken)?;
    staff.map(|staff| staff.parse().map_err(|_| AccountError::NoToken)).transpose()
}

/// Uses a token up; whoever comes second finds it gone.
fn use_up(
    on: &Transaction<'_>,
    now: Timestamp,
    token: &str,
) -> Result<Option<StaffNo>, AccountError> {
    let staff = whose(on, now, token)?;
    let token: [u8; TOKEN_BYTES] = unhex(token).ok_or(AccountError::NoToken)?;
    on.execute("DELETE FROM invites WHERE hash = ?", [hash(&token)])?;
    Ok(staff)
}

pub(crate) fn set_password(
    on: &Transaction<'_>,
    staff: StaffNo,
    hashed: &Hashed,
) -> Result<(), AccountError> {
    let set =
        "UPDATE accounts SET salt = ?, hash = ?, memory = ?, passes = ?, lanes = ? WHERE staff = ?";
    let Hashed { salt, hash, cost } = hashed;
    let values = params![salt, hash, cost.memory, cost.passes, cost.lanes, staff.as_str()];
    there(on.execute(set, values)?, staff)
}

impl Accounts {
    /// The token of the first run, if there is no account yet: to be printed once, and to be given back to [`Self::set_up`] within
    /// [`SET_UP_LASTS`]. One that was drawn before holds no more.
    pub fn first_run(
        &self,
        now: Timestamp,
        chance: &mut dyn Chance,
    ) -> Result<Option<Secret>, AccountError> {
        self.write(|on| {
            if count(on)? > 0 {
                return Ok(None);
            }
            invite(on, None, later(now, SET_UP_LASTS), chance).map(Some)
        })
    }

    /// Makes the first account, an administrator of the whole city. Hashes a password: slow.
    pub fn set_up(
        &self,
        now: Timestamp,
        token: &str,
        new: &NewAccount,
        password: &str,
        chance: &mut dyn Chance,
    ) -> Result<(), AccountError> {
        check(password, new.staff)?;
        // Nobody makes the machine hash without a token.
        let of_the_first = |staff: Option<StaffNo>| match staff {
            None => Ok(()),
            Some(_) => Err(AccountError::NoToken),
        };
        self.read(|on| Ok(whose(on, now, token))).flatten().and_then(of_the_first)?;
        let hashed = self.hashed(password, chance)?;
        self.write(|on| {
            if count(on)? > 0 {
                return Err(AccountError::SetUp);
            }
            of_the_first(use_up(on, now, token)?)?;
            insert(on, now, new)?;
            set_password(on, new.staff, &hashed)?;
            set_grants(on, new.staff, &[Grant { role: Role::Administrator, area: AreaId(0) }])
        })
    }

    /// Makes an account with roles. The token is for whom it is for, to set a password with [`Self::accept`] within [`INVITE_LASTS`].
    pub fn create(
        &self,
        now: Timestamp,
        new: &NewAccount,
        grants: &[Grant],
        chance: &mut dyn Chance,
    ) -> Result<Secret, AccountError> {
        self.write(|on| {
            insert(on, now, new)?;
            set_grants(on, new.staff, grants)?;
            invite(on, Some(new.staff), later(now, INVITE_LASTS), chance)
        })
    }

    /// Invites somebody anew: the way to another password for who has forgotten it. The old one holds until the new one is set.
    pub fn invite(
        &self,
        now: Timestamp,
        staff: StaffNo,
        chance: &mut dyn Chance,
    ) -> Result<Secret, AccountError> {
        self.write(|on| {
            let account = Account::find(on, staff)?.filter(|account| !account.disabled);
            account.ok_or(AccountError::NoAccount(staff))?;
            invite(on, Some(staff), later(now, INVITE_LASTS), chance)
        })
    }

    /// Sets the password of whoever was invited, and ends that account's sessions. Hashes a password: slow.
    pub fn accept(
        &self,
        now: Timestamp,
        token: &str,
        password: &str,
        chance: &mut dyn Chance,
    ) -> Result<StaffNo, AccountError> {
        let somebody = |staff: Option<StaffNo>| staff.ok_or(AccountError::NoToken);
        let staff = self.read(|on| Ok(whose(on, now, token))).flatten().and_then(somebody)?;
        check(password, staff)?;
        let hashed = self.hashed(password, chance)?;
        self.write(|on| {
            let staff = somebody(use_up(on, now, token)?)?;
            set_password(on, staff, &hashed)?;
            end_sessions(on, staff)?;
            Ok(staff)
        })
    }

    /// Hashes a password when it is its turn.
    pub(crate) fn hashed(
        &self,
        password: &str,
        chance: &mut dyn Chance,
    ) -> Result<Hashed, AccountError> {
        let hashed = self.hashing.pass(|| Hashed::new(password, self.cost, chance));
        hashed.ok_or(AccountError::Busy)?.ok_or(AccountError::Memory)
    }
}
