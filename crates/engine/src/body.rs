//! The body of a record: what is kept of a command that was accepted, as JSON.

use std::borrow::Cow;

use precinct_base::{AreaId, Instant, Timestamp};
use precinct_core::{By, Code, CommandId, Event, Fact, Moment, Role, Why};
use precinct_journal::{CommandKey, Draft, Row};
use serde::{Deserialize, Serialize};

use crate::compact;

/// The version of this form: what was on paper says when it happened.
const FORM: u32 = 2;
/// The same without that. What happens as it is entered is written so, as ever.
const PLAIN: u32 = 1;

/// The whole of an accepted command: who, in which role and area, why, when, and what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The command's id.
    pub id: CommandId,
    /// When.
    pub at: Moment,
    /// When it happened, if it was on paper before it was entered.
    pub happened: Option<Moment>,
    /// Who, in which role and area, and why.
    pub by: By,
    /// What happened, in order.
    pub facts: Vec<Fact>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    v: u32,
    tick: Instant,
    role: Role,
    area: AreaId,
    why: Why,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    happened: Option<Moment>,
    facts: Cow<'a, [Fact]>,
}

/// Why a record is not an entry.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// It is of a form that this program does not know.
    #[error("record {seq} is of form {found}, and this program knows {FORM}: use a newer program")]
    Form {
        /// Which.
        seq: u64,
        /// Its form.
        found: u32,
    },
    /// It cannot be read.
    #[error("record {seq} cannot be read: {source}")]
    Json {
        /// Which.
        seq: u64,
        /// Why.
        source: serde_json::Error,
    },
    /// Its actor is no staff number.
    #[error("record {seq}: {actor:?} is no staff number")]
    Actor {
        /// Which.
        seq: u64,
        /// What stands there.
        actor: String,
    },
}

impl Entry {
    /// What is to be recorded.
    pub fn draft(&self) -> Draft {
        let body = Body {
            v: if self.happened.is_some() { FORM } else { PLAIN },
            tick: self.at.tick,
            role: self.by.role,
            area: self.by.area,
            why: self.by.why,
            happened: self.happened,
            facts: Cow::Borrowed(&self.facts),
        };
        Draft {
            command: CommandKey(self.id.0),
            instant: self.at.wall.0,
            actor: self.by.staff.to_string(),
            // Every key is a string, so there is always JSON for it.
            body: serde_json::to_string(&body).unwrap_or_default(),
        }
    }

    /// The entry that a record holds.
    pub fn read(row: &Row<'_>) -> Result<Self, BodyError> {
        let seq = row.seq;
        // The parser says what is wrong, and reads what another program wrote in another way.
        let parsed = || serde_json::from_str(row.body);
        let body: Body<'_> = compact::read(row.body)
            .or_else(|_| parsed())
            .map_err(|source| BodyError::Json { seq, source })?;
        if !(PLAIN..=FORM).contains(&body.v) {
            return Err(BodyError::Form { seq, found: body.v });
        }
        let staff: Code =
            row.actor.parse().map_err(|_| BodyError::Actor { seq, actor: row.actor.to_owned() })?;
        Ok(Self {
            id: CommandId(row.command.0),
            at: Moment { tick: body.tick, wall: Timestamp(row.instant) },
            happened: body.happened,
            by: By { staff, role: body.role, area: body.area, why: body.why },
            facts: body.facts.into_owned(),
        })
    }

    /// What happened, as the core takes it.
    pub fn events(&self) -> impl Iterator<Item = Event> {
        let (at, happened, by) = (self.at, self.happened, self.by.staff);
        self.facts.iter().map(move |fact| Event { at, happened, by, fact: fact.clone() })
    }

    /// The same, giving up the entry.
    pub fn into_events(self) -> impl Iterator<Item = Event> {
        let (at, happened, by) = (self.at, self.happened, self.by.staff);
        self.facts.into_iter().map(move |fact| Event { at, happened, by, fact })
    }
}
