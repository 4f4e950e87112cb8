//! Accounts: staff number, force, language, roles.

use precinct_base::{AreaId, Timestamp, caps};
use precinct_core::{Code, Grant, Role, StaffNo};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::{AccountError, Accounts};

/// The language somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Language {
    const fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    fn from_name(name: &str) -> Self {
        if name == "zh" { Self::Zh } else { Self::En }
    }
}

/// An account to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// Its staff number.
    pub staff: StaffNo,
    /// The force.
    pub force: Code,
    /// The language.
    pub language: Language,
}

/// Who gives the roles of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RolesFrom {
    /// An administrator.
    Administrator,
    /// They follow from what a sign-in provider says.
    Provider,
}

/// An account, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The staff number.
    pub staff: StaffNo,
    /// The force.
    pub force: Code,
    /// The language.
    pub language: Language,
    /// Its roles and where they hold, in order.
    pub grants: Vec<Grant>,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// Whether a password was set: an invitation was accepted.
    pub accepted: bool,
    /// Whether it has a second factor.
    pub second_factor: bool,
    /// Who gives its roles.
    pub roles_from: RolesFrom,
}

/// Numbers that machines and the system act under.
fn is_kept(staff: StaffNo) -> bool {
    let text = staff.as_str();
    ["key/", "dev/"].iter().any(|start| text.starts_with(start))
        || ["system", "nobody"].contains(&text)
}

/// A code that was written by this program.
pub(crate) fn code(row: &Row<'_>, column: usize) -> rusqlite::Result<Code> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}

/// The roles of an account or key.
pub(crate) fn grants(on: &Connection, holder: StaffNo) -> rusqlite::Result<Vec<Grant>> {
    let mut find = on.prepare_cached("SELECT role, area FROM grants WHERE holder = ?")?;
    let found = find.query_map([holder.as_str()], |row| {
        let role: String = row.get(0)?;
        Ok(Role::from_name(&role).map(|role| (role, row.get(1))))
    })?;
    // A role that only a newer program knows gives nothing in this one.
    let known = found.filter_map(Result::transpose);
    let grant = |found: rusqlite::Result<(Role, rusqlite::Result<u32>)>| {
        let (role, area) = found?;
        Ok(Grant { role, area: AreaId(area?) })
    };
    let mut grants: Vec<Grant> = known.map(grant).collect::<rusqlite::Result<_>>()?;
    grants.sort_unstable();
    Ok(grants)
}

/// Gives an account or key these roles and no others.
pub(crate) fn set_grants(
    on: &Transaction<'_>,
    holder: StaffNo,
    grants: &[Grant],
) -> Result<(), AccountError> {
    if grants.len() > caps::GRANTS {
        return Err(AccountError::TooMany { what: "roles of one account", most: caps::GRANTS });
    }
    if grants.iter().any(|grant| grant.role == Role::System) {
        let why = "the system itself acts in it, and nobody else";
        return Err(AccountError::Role { role: Role::System.name(), why });
    }
    on.execute("DELETE FROM grants WHERE holder = ?", [holder.as_str()])?;
    for Grant { role, area } in grants {
        let add = "INSERT INTO grants VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        on.execute(add, params![holder.as_str(), role.name(), area.0])?;
    }
    Ok(())
}

/// Makes an account without password and roles.
pub(crate) fn insert(
    on: &Transaction<'_>,
    now: Timestamp,
    new: &NewAccount,
) -> Result<(), AccountError> {
    let NewAccount { staff, force, language } = *new;
    if is_kept(staff) {
        return Err(AccountError::Kept(staff));
    }
    if count(on)? >= caps::ACCOUNTS {
        return Err(AccountError::TooMany { what: "accounts", most: caps::ACCOUNTS });
    }
    let add = "INSERT INTO accounts (staff, force, language, disabled, made, factor_step)
               VALUES (?, ?, ?, 0, ?, 0) ON CONFLICT DO NOTHING";
    let texts = (staff.as_str(), force.as_str(), language.name());
    let made = on.execute(add, params![texts.0, texts.1, texts.2, now.0])?;
    if made == 1 { Ok(()) } else { Err(AccountError::Taken(staff)) }
}

/// How many accounts there are.
pub(crate) fn count(on: &Connection) -> rusqlite::Result<usize> {
    on.query_row("SELECT count(*) FROM accounts", [], |row| row.get::<_, u32>(0))
        .map(|n| n as usize)
}

/// That a change found its account.
pub(crate) fn there(changed: usize, staff: StaffNo) -> Result<(), AccountError> {
    if changed == 1 { Ok(()) } else { Err(AccountError::NoAccount(staff)) }
}

/// Ends every session of somebody.
pub(crate) fn end_sessions(on: &Transaction<'_>, staff: StaffNo) -> Result<(), AccountError> {
    on.execute("DELETE FROM sessions WHERE staff = ?", [staff.as_str()])?;
    Ok(())
}

/// That somebody is left who can give rights; to be asked after a change of this account.
fn some_administrator(on: &Transaction<'_>, staff: StaffNo) -> Result<(), AccountError> {
    let left = "SELECT EXISTS (SELECT 1 FROM accounts JOIN grants ON holder = staff
                WHERE role = 'administrator' AND area = 0 AND NOT disabled AND hash IS NOT NULL)";
    let left: bool = on.query_row(left, [], |row| row.get(0))?;
    if left { Ok(()) } else { Err(AccountError::LastAdministrator(staff)) }
}

const COLUMNS: &str =
    "staff, force, language, disabled, hash IS NOT NULL, factor IS NOT NULL, provider";

fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    let language: String = row.get(2)?;
    Ok(Account {
        staff: code(row, 0)?,
        force: code(row, 1)?,
        language: Language::from_name(&language),
        grants: Vec::new(),
        disabled: row.get(3)?,
        accepted: row.get(4)?,
        second_factor: row.get(5)?,
        roles_from: if row.get(6)? { RolesFrom::Provider } else { RolesFrom::Administrator },
    })
}

impl Account {
    /// The account of that number.
    pub(crate) fn find(on: &Connection, staff: StaffNo) -> rusqlite::Result<Option<Self>> {
        let find = format!("SELECT {COLUMNS} FROM accounts WHERE staff = ?");
        let mut find = on.prepare_cached(&find)?;
        let Some(account) = find.query_row([staff.as_str()], read).optional()? else {
            return Ok(None);
        };
        Ok(Some(Self { grants: grants(on, staff)?, ..account }))
    }
}

impl Accounts {
    /// An account, if there is one of that number.
    pub fn account(&self, staff: StaffNo) -> Result<Option<Account>, AccountError> {
        self.read(|on| Account::find(on, staff))
    }

    /// Accounts after that number, in order, at most [`caps::PAGE`]; fewer than that are the last.
    pub fn accounts(&self, after: Option<StaffNo>) -> Result<Vec<Account>, AccountError> {
        let after = after.map(|staff| staff.to_string()).unwrap_or_default();
        self.read(|on| {
            let list =
                format!("SELECT {COLUMNS} FROM accounts WHERE staff > ? ORDER BY staff LIMIT ?");
            let mut list = on.prepare_cached(&list)?;
            let found = list.query_map(params![after, caps::PAGE as u32], read)?;
            let with_grants = |account: rusqlite::Result<Account>| {
                let account = account?;
                Ok(Account { grants: grants(on, account.staff)?, ..account })
            };
            found.map(with_grants).collect()
        })
    }

    /// Gives an account these roles and no others. Its sessions go on, with the new ones.
    pub fn set_grants(&self, staff: StaffNo, grants: &[Grant]) -> Result<(), AccountError> {
        self.write(|on| {
            Account::find(on, staff)?.ok_or(AccountError::NoAccount(staff))?;
            set_grants(on, staff, grants)?;
            some_administrator(on, staff)
        })
    }

    /// Disables an account and ends its sessions and invitations, or enables it again.
    pub fn set_disabled(&self, staff: StaffNo, disabled: bool) -> Result<(), AccountError> {
        self.write(|on| {
            let set = "UPDATE accounts SET disabled = ? WHERE staff = ?";
            there(on.execute(set, params![disabled, staff.as_str()])?, staff)?;
            on.execute("DELETE FROM invites WHERE staff = ?", [staff.as_str()])?;
            end_sessions(on, staff)?;
            some_administrator(on, staff)
        })
    }

    /// Sets the language somebody reads.
    pub fn set_language(&self, staff: StaffNo, language: Language) -> Result<(), AccountError> {
        self.write(|on| {
            let set = "UPDATE accounts SET language = ? WHERE staff = ?";
            there(on.execute(set, params![language.name(), staff.as_str()])?, staff)
        })
    }
}
