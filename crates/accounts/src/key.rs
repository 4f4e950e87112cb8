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
) -> rusqlite::Result<Option<(StaffNo, Option<i64>)>> {
    let find = "SELECT holder, used, hash FROM keys
                WHERE id = ? AND NOT revoked AND (expires IS NULL OR expires > ?)";
    let read = |row: &Row<'_>| {
        let kept: Vec<u8> = row.get(2)?;
        Ok((code(row, 0)?, row.get(1)?, kept))
    };
    let found = on.prepare_cached(find)?.query_row(params![id, now.0], read).optional()?;
    let is_it = |kept: &[u8]| same(kept, &hash(secret.as_bytes()));
    Ok(found.filter(|found| is_it(&found.2)).map(|(holder, used, _)| (holder, used)))
}

impl Accounts {
    /// Makes a key. The machine acts under `key/NAME`, of at most 23 bytes together; a name is never given twice. The key is to be shown
    /// once.
    pub fn create_key(
        &self,
        now: Timestamp,
        name: Code,
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
            let add = "INSERT INTO keys VALUES (?, ?, ?, ?, ?, NULL, 0) ON CONFLICT DO NOTHING";
            let expires = expires.map(|expires| expires.0);
            let values = params![id, holder.as_str(), hash(secret.as_bytes()), now.0, expires];
            if on.execute(add, values)? == 0 {
                return Err(AccountError::Taken(holder));
            }
            set_grants(on, holder, roles)
        })?;
        Ok(Secret::new(format!("pk_{id}_{secret}")))
    }

    /// Whose key it is, while it holds. That it was used is written down once a day.
    pub fn key(&self, now: Timestamp, shown: &str) -> Result<Option<KeyHolder>, AccountError> {
        let Some((id, secret)) = parts::<ID_BYTES, SECRET_BYTES>(shown, "pk_") else {
            return Ok(None);
        };
        let found = self.read(|on| {
            let Some((staff, used)) = find(on, now, id, secret)? else { return Ok(None) };
            Ok(Some((KeyHolder { staff, grants: grants(on, staff)? }, used)))
        })?;
        let Some((holder, used)) = found else { return Ok(None) };
        let today = now.0.div_euclid(DAY_MS) * DAY_MS;
        if used.is_none_or(|used| used < today) {
            // On a full disk machines go on working.
            let _ = self.write(|on| {
                on.execute("UPDATE keys SET used = ? WHERE id = ?", params![today, id])?;
                Ok(())
            });
        }
        Ok(Some(holder))
    }

    /// All keys that were ever made, by name.
    pub fn keys(&self) -> Result<Vec<KeyShown>, AccountError> {
        self.read(|on| {
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
        })
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
