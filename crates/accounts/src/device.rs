//! Devices of units: enrolled by a short code that is read out, and known by a secret of their own from then on.

use precinct_base::{Millis, Timestamp, UnitId, caps};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::key::parts;
use crate::secret::{draw, hash, hex, same};
use crate::{AccountError, Accounts, Chance, Secret, SignInError, Source, base32};

/// How long a code of enrolment holds.
const CODE_LASTS: Millis = Millis::from_minutes(15);
/// Bytes of a code: eight letters, 40 bits, for fifteen minutes, and guessing is slow.
const CODE_BYTES: usize = 5;
const CODE_LETTERS: usize = 8;
const ID_BYTES: usize = 8;
const SECRET_BYTES: usize = 16;
/// The longest number of a tracker.
const TRACKER_BYTES: usize = 64;
/// Guesses at codes are counted under this.
const ENROLMENT: precinct_core::StaffNo = precinct_core::StaffNo::literal("dev/enrolment");

/// What kind of device it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviceKind {
    /// The phone of a crew.
    Phone,
    /// A tracker built into a vehicle.
    Tracker,
    /// A radio or other gateway that speaks for one unit.
    Gateway,
}

impl DeviceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Tracker, Self::Gateway];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tracker => "tracker",
            Self::Gateway => "gateway",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id. It is no secret.
    pub id: String,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// What kind.
    pub kind: DeviceKind,
    /// The number built into a tracker that cannot be given another.
    pub tracker: Option<String>,
}

/// A device that was enrolled.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The device.
    pub device: Device,
    /// What it shows from now on: `pd_`, its id, `_`, its secret. It goes into the `id` of the `OsmAnd` protocol, or is the password of
    /// `OwnTracks`.
    pub credential: Secret,
}

const COLUMNS: &str = "id, unit, kind, tracker";

fn read(row: &Row<'_>) -> rusqlite::Result<Device> {
    let kind: String = row.get(2)?;
    Ok(Device {
        id: row.get(0)?,
        unit: UnitId(row.get(1)?),
        // Kinds do not differ in what they may do, so one that only a newer program knows is as any.
        kind: DeviceKind::from_name(&kind).unwrap_or(DeviceKind::Gateway),
        tracker: row.get(3)?,
    })
}

/// Uses a code up.
fn use_up(
    on: &Transaction<'_>,
    now: Timestamp,
    code: &str,
) -> Result<(u32, String, Option<String>), AccountError> {
    let take =
        "DELETE FROM enrolments WHERE hash = ? AND expires > ? RETURNING unit, kind, tracker";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let taken = on.query_row(take, params![hash(code.as_bytes()), now.0], read).optional()?;
    taken.ok_or(AccountError::NoToken)
}

fn by_tracker(on: &Connection, number: &str) -> rusqlite::Result<Option<Device>> {
    let find = format!("SELECT {COLUMNS} FROM devices WHERE tracker = ?");
    on.prepare_cached(&find)?.query_row([number], read).optional()
}

fn is_number(number: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    // What looks like a credential is one.
    (1..=TRACKER_BYTES).contains(&number.len())
        && number.bytes().all(good)
        && !number.starts_with("pd_")
}

impl Accounts {
    /// Draws a code with which one device is enrolled for a unit, within fifteen minutes. `tracker` is the number built into one that
    /// cannot be given a secret: whoever knows the number can then speak for it, so use it for nothing else.
    pub fn enrolment(
        &self,
        now: Timestamp,
        unit: UnitId,
        kind: DeviceKind,
        tracker: Option<&str>,
        chance: &mut dyn Chance,
    ) -> Result<Secret, AccountError> {
        if let Some(number) = tracker.filter(|number| !is_number(number)) {
            return Err(AccountError::TrackerNumber(number.chars().take(TRACKER_BYTES).collect()));
        }
        let code = base32::encode(&draw::<CODE_BYTES>(chance));
        self.write(|on| {
            let add = "INSERT INTO enrolments VALUES (?, ?, ?, ?, ?)";
            let expires = now.checked_add(CODE_LASTS).unwrap_or(now);
            let kind = kind.name();
            on.execute(add, params![hash(code.as_bytes()), unit.0, kind, tracker, expires.0])?;
            Ok(())
        })?;
        Ok(Secret::new(base32::groups(&code)))
    }

    /// Enrols a device by its code. Wrong codes make the next from `source` wait.
    pub fn enrol(
        &self,
        now: Timestamp,
        typed: &str,
        source: Source,
        chance: &mut dyn Chance,
    ) -> Result<Enrolled, SignInError> {
        let pair = (ENROLMENT, source);
        self.guesses().begin(now, pair)?;
        let code = base32::tidy(typed).filter(|code| code.len() == CODE_LETTERS);
        let code = code.ok_or(AccountError::NoToken)?;
        let enrolled = self.write(|on| {
            let (unit, kind, tracker) = use_up(on, now, &code)?;
            insert(on, now, (unit, &kind, tracker), chance)
        })?;
        self.guesses().right(pair);
        Ok(enrolled)
    }

    /// The device that shows a credential.
    pub fn device(&self, credential: &str) -> Result<Option<Device>, AccountError> {
        let Some((id, secret)) = parts::<ID_BYTES, SECRET_BYTES>(credential, "pd_") else {
            return Ok(None);
        };
        self.read(|on| {
            let find = format!("SELECT {COLUMNS}, hash FROM devices WHERE id = ?");
            let read = |row: &Row<'_>| Ok((read(row)?, row.get::<_, Vec<u8>>(4)?));
            let found = on.prepare_cached(&find)?.query_row([id], read).optional()?;
            let is_it = |kept: &[u8]| same(kept, &hash(secret.as_bytes()));
            Ok(found.filter(|found| is_it(&found.1)).map(|(device, _)| device))
        })
    }

    /// The device of the `id` in a request of the `OsmAnd` protocol: a credential, or the number built into a tracker.
    pub fn device_by_osmand(&self, id: &str) -> Result<Option<Device>, AccountError> {
        if is_number(id) { self.read(|on| by_tracker(on, id)) } else { self.device(id) }
    }

    /// The devices of a unit.
    pub fn devices(&self, unit: UnitId) -> Result<Vec<Device>, AccountError> {
        self.read(|on| {
            let list = format!("SELECT {COLUMNS} FROM devices WHERE unit = ? ORDER BY id");
            on.prepare_cached(&list)?.query_map([unit.0], read)?.collect()
        })
    }

    /// Revokes a device: it is nobody's from now on.
    pub fn revoke_device(&self, id: &str) -> Result<(), AccountError> {
        self.write(|on| {
            let revoked = on.execute("DELETE FROM devices WHERE id = ?", [id])?;
            let missing = || AccountError::Missing { what: "device", id: id.to_owned() };
            if revoked == 1 { Ok(()) } else { Err(missing()) }
        })
    }
}

fn insert(
    on: &Transaction<'_>,
    now: Timestamp,
    (unit, kind, tracker): (u32, &str, Option<String>),
    chance: &mut dyn Chance,
) -> Result<Enrolled, AccountError> {
    let count: u32 = on.query_row("SELECT count(*) FROM devices", [], |row| row.get(0))?;
    if count as usize >= caps::DEVICES {
        return Err(AccountError::TooMany { what: "devices", most: caps::DEVICES });
    }
    // A tracker that moves to another unit belongs to that one alone.
    on.execute("DELETE FROM devices WHERE tracker = ?", [&tracker])?;
    let (id, secret) = (hex(&draw::<ID_BYTES>(chance)), hex(&draw::<SECRET_BYTES>(chance)));
    let add = "INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?)";
    on.execute(add, params![id, unit, kind, hash(secret.as_bytes()), tracker, now.0])?;
    let kind = DeviceKind::from_name(kind).unwrap_or(DeviceKind::Gateway);
    let credential = Secret::new(format!("pd_{id}_{secret}"));
    Ok(Enrolled { device: Device { id, unit: UnitId(unit), kind, tracker }, credential })
}
