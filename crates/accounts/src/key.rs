//! Keys of machines: `pk_`, an id, `_`, a secret.

use precinct_base::{Timestamp, caps};
use precinct_core::{Code, Grant, StaffNo};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::account::{code, grants, set_grants};
use crate::secret::{draw, hash, hex, same, unhex};
use crate::{AccountError, Accounts, Chance, Secret};

const ID_BYTES: usize = 8;
const SECRET_BYTES: usize = 32;
const DAY_MS: i64 = 86_400_000;

/// A machine that showed its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    /// The number it acts under: `key/` and its name.
    pub staff: StaffNo,
    /// Its roles and where they hold.
    pub grants: Vec<Grant>,
    /// Whether the record says that it was made. Until it does, nothing may be done with it.
    pub recorded: bool,
}

/// A key that the record does not know yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnrecordedKey {
    /// The number the machine acts under.
    pub staff: StaffNo,
    /// Its roles and where they hold.
    pub grants: Vec<Grant>,
    /// Chance, the same whenever it is asked for: the command that puts the key on record is known by it.
    pub mark: [u8; ID_BYTES],
}

/// A key as it is listed, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyShown {
    /// The number the machine acts under.
    pub staff: StaffNo,
    /// Its roles and where they hold.
    pub grants: Vec<Grant>,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// The start of the day (UTC) it was last used on.
    pub used: Option<Timestamp>,
    /// Whether it was revoked.
    pub revoked: bool,
}

/// Parts of a key or device as it is shown: id and secret.
pub(crate) fn parts<'a, const ID: usize, const SECRET: usize>(
    text: &'a str,
    start: &str,
) -> Option<(&'a str, &'a str)> {
    let (id, secret) = text.strip_prefix(start)?.split_once('_')?;
    unhex::<ID>(id).and(unhex::<SECRET>(secret)).map(|_| (id, secret))
}

/// A key that holds, and the day it was last used on.
fn find(
    on: &Connection,
    now: Timestamp,
    id: &str,
    secret: &str,
) -> rusqlite::Result<Option<(StaffNo, Option<i64>, bool)>> {
    let find = "SELECT holder, used, recorded, hash FROM keys
                WHERE id = ? AND NOT revoked AND (expires IS NULL OR expires > ?)";
    let read = |row: &Row<'_>| {
        let kept: Vec<u8> = row.get(3)?;
        Ok(((code(row, 0)?, row.get(1)?, row.get(2)?), kept))
    };
    let found = on.prepare_cached(find)?.query_row(params![id, now.0], read).optional()?;
    let is_it = |kept: &[u8]| same(kept, &hash(secret.as_bytes()));
    Ok(found.filter(|found| is_it(&found.1)).map(|(found, _)| found))
}

impl Accounts {
    /// Makes a key that is on record already. The machine acts under `key/NAME`, of at most 23 bytes together; a name is never given
    /// twice. The key is to be shown once.
    pub fn create_key(
        &self,
        now: Timestamp,
        name: Code,
        roles: &[Grant],
        expires: Option<Timestamp>,
        chance: &mut dyn Chance,
    ) -> Result<Secret, AccountError> {
        self.make_key(now, (name, true), roles, expires, chance)
    }

    /// The same for a key that is not on record yet, because whoever makes it cannot write there. It is good for nothing until
    /// [`Self::key_recorded`] says that it is.
    pub fn create_unrecorded_key(
        &self,
        now: Timestamp,
        name: Code,
        roles: &[Grant],
        expires: Option<Timestamp>,
        chance: &mut dyn Chance,
    ) -> Result<Secret, AccountError> {
        self.make_key(now, (name, false), roles, expires, chance)
    }

    fn make_key(
        &self,
        now: Timestamp,
        (name, recorded): (Code, bool),
        roles: &[Grant],
        expires: Option<Timestamp>,
        chance: &mut dyn Chance,
    ) -> Result<Secret, AccountError> {
        let (id, secret) = (hex(&draw::<ID_BYTES>(chance)), hex(&draw::<SECRET_BYTES>(chance)));
        let holder: StaffNo =
            format!("key/{name}").parse().map_err(|_| AccountError::Taken(name))?;
        self.write(|on| {
            let count = "SELECT count(*) FROM keys WHERE NOT revoked";
            let count: u32 = on.query_row(count, [], |row| row.get(0))?;
            if count as usize >= caps::KEYS {
                return Err(AccountError::TooMany { what: "keys", most: caps::KEYS });
            }
            let add = "INSERT INTO keys VALUES (?, ?, ?, ?, ?, NULL, 0, ?) ON CONFLICT DO NOTHING";
            let expires = expires.map(|expires| expires.0);
            let values =
                params![id, holder.as_str(), hash(secret.as_bytes()), now.0, expires, recorded];
            if on.execute(add, values)? == 0 {
                return Err(AccountError::Taken(holder));
            }
            set_grants(on, holder, roles)
        })?;
        Ok(Secret::new(format!("pk_{id}_{secret}")))
    }

    /// Whose key it is, while it holds. That it was used is noted once a day.
    pub fn key(&self, now: Timestamp, shown: &str) -> Result<Option<KeyHolder>, AccountError> {
        let Some((id, secret)) = parts::<ID_BYTES, SECRET_BYTES>(shown, "pk_") else {
            return Ok(None);
        };
        let found = self.read(|on| {
            let Some((staff, used, recorded)) = find(on, now, id, secret)? else {
                return Ok(None);
            };
            Ok(Some((KeyHolder { staff, grants: grants(on, staff)?, recorded }, used)))
        })?;
        let Some((holder, used)) = found else { return Ok(None) };
        let today = Timestamp(now.0.div_euclid(DAY_MS) * DAY_MS);
        if used.is_none_or(|used| used < today.0) {
            self.seen().see_key(holder.staff, today);
        }
        Ok(Some(holder))
    }

    /// Keys whose making is not on record yet, by name.
    pub fn unrecorded_keys(&self) -> Result<Vec<UnrecordedKey>, AccountError> {
        self.read(|on| {
            let list = "SELECT holder, id FROM keys WHERE NOT recorded ORDER BY holder";
            let mut list = on.prepare_cached(list)?;
            let found = list.query_map([], |row| {
                let staff = code(row, 0)?;
                // An id is written by this program.
                let mark = unhex(&row.get::<_, String>(1)?).unwrap_or_default();
                Ok(UnrecordedKey { staff, grants: grants(on, staff)?, mark })
            })?;
            found.collect()
        })
    }

    /// Writes down that the making of a key is on record.
    pub fn key_recorded(&self, staff: StaffNo) -> Result<(), AccountError> {
        self.write(|on| {
            on.execute("UPDATE keys SET recorded = 1 WHERE holder = ?", [staff.as_str()])?;
            Ok(())
        })
    }

    /// All keys that were ever made, by name.
    pub fn keys(&self) -> Result<Vec<KeyShown>, AccountError> {
        let mut keys: Vec<KeyShown> = self.read(|on| {
            let list = "SELECT holder, made, expires, used, revoked FROM keys ORDER BY holder";
            let mut list = on.prepare_cached(list)?;
            let found = list.query_map([], |row| {
                let staff = code(row, 0)?;
                Ok(KeyShown {
                    staff,
                    grants: grants(on, staff)?,
                    made: Timestamp(row.get(1)?),
                    expires: row.get::<_, Option<i64>>(2)?.map(Timestamp),
                    used: row.get::<_, Option<i64>>(3)?.map(Timestamp),
                    revoked: row.get(4)?,
                })
            })?;
            found.collect()
        })?;
        let seen = self.seen();
        for key in &mut keys {
            key.used = key.used.max(seen.key(key.staff));
        }
        Ok(keys)
    }

    /// Revokes a key, by the number its machine acts under.
    pub fn revoke_key(&self, staff: StaffNo) -> Result<(), AccountError> {
        self.write(|on| {
            let revoke = "UPDATE keys SET revoked = 1 WHERE holder = ? AND NOT revoked";
            let revoked = on.execute(revoke, [staff.as_str()])?;
            let missing = || AccountError::Missing { what: "key of", id: staff.to_string() };
            if revoked == 1 { Ok(()) } else { Err(missing()) }
        })
    }
}
