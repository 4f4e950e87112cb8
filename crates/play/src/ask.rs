//! What is asked of a served city and what it answers: the plain form of the API, whoever carries it.

use precinct_base::{LonLat, Millis, Timestamp};
use serde_json::Value;

use crate::Told;

/// A unit as it is described to the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitWish {
    /// Its number.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// Its force, a code of the catalogue.
    pub force: &'static str,
    /// What it can do, codes of the catalogue.
    pub capabilities: Vec<&'static str>,
    /// The post it works from.
    pub home: u32,
    /// The area it works in.
    pub area: u32,
    /// Who crews it when no tour says otherwise.
    pub members: Vec<String>,
}

/// A step of a crew's task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrewStep {
    /// It has its task.
    Acknowledge,
    /// It is on its way.
    EnRoute,
    /// It is there.
    OnScene,
    /// It came upon the incident and is there.
    OnView,
    /// It is done.
    Clear,
    /// It cannot take it; the reason.
    Decline(&'static str),
}

/// Something asked of the city.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "fields are those of the API")]
pub enum Ask {
    /// Describe a unit.
    SetUnit(UnitWish),
    /// Plan a tour of duty.
    PlanShift {
        unit: u32,
        force: &'static str,
        members: Vec<String>,
        starts: Timestamp,
        ends: Timestamp,
    },
    /// Go on duty.
    StartShift { shift: u32 },
    /// Go off duty.
    EndShift { shift: u32 },
    /// Take in an incident.
    Open(Intake),
    /// Which units to send.
    Recommend { incident: u32 },
    /// Send a unit, as recommended.
    Dispatch { incident: u32, unit: u32, recommendation: Option<Value> },
    /// A step of a crew's task.
    Step { incident: u32, unit: u32, step: CrewStep },
    /// It was dealt with.
    Resolve { incident: u32, disposition: &'static str },
    /// Two incidents are not one.
    DismissDuplicate { incident: u32, of: u32 },
    /// A unit cannot be sent for a while.
    Out { unit: u32, reason: &'static str },
    /// It can be sent again.
    Back { unit: u32 },
    /// An officer calls for help.
    Sos { unit: u32, at: LonLat },
    /// The call for help is over.
    CloseSos { sos: u32, outcome: &'static str },
    /// Somebody looked at a clock; ask again after `hold`. The clock is as it was told.
    AnswerClock { clock: Value, hold: Millis },
}

/// What is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are those of the API")]
pub struct Intake {
    pub source: &'static str,
    pub reported: Timestamp,
    pub kind: String,
    pub priority: Option<u8>,
    pub at: LonLat,
    pub address: Option<String>,
}

impl Ask {
    /// What it is called in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SetUnit(_) => "describe unit",
            Self::PlanShift { .. } => "plan tour",
            Self::StartShift { .. } => "start tour",
            Self::EndShift { .. } => "end tour",
            Self::Open(_) => "open incident",
            Self::Recommend { .. } => "recommend",
            Self::Dispatch { .. } => "dispatch",
            Self::Step { step, .. } => match step {
                CrewStep::Acknowledge => "acknowledge",
                CrewStep::EnRoute => "en route",
                CrewStep::OnScene => "on scene",
                CrewStep::OnView => "on view",
                CrewStep::Clear => "clear",
                CrewStep::Decline(_) => "decline",
            },
            Self::Resolve { .. } => "resolve",
            Self::DismissDuplicate { .. } => "dismiss duplicate",
            Self::Out { .. } => "out of service",
            Self::Back { .. } => "back in service",
            Self::Sos { .. } => "SOS",
            Self::CloseSos { .. } => "close SOS",
            Self::AnswerClock { .. } => "answer clock",
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The record it led to; none if there was nothing to do.
    pub seq: Option<u64>,
    /// When, by the city's clock.
    pub at: Timestamp,
    /// What happened.
    pub facts: Vec<Told>,
    /// The incident that it made or is about.
    pub incident: Option<u32>,
    /// The tour that it made or is about.
    pub shift: Option<u32>,
    /// What was recommended: the number of the recommendation as it was given, and the units to send.
    pub advice: Option<(Value, Vec<u32>)>,
}

/// The city said no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status}: {detail}")]
pub struct Refused {
    /// The HTTP status: 409 for what cannot be, others for faults.
    pub status: u16,
    /// Why.
    pub detail: String,
}

/// The id of a command: sent again under the same one, it has no further effect.
///
/// ```
/// use precinct_play::Key;
/// assert_eq!(Key::new(0x0123_4567_89ab, [0xcd; 6], 7).to_string(), "0123456789abcdcdcdcdcdcd00000007");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 16]);

impl Key {
    /// From milliseconds since 1970 (48 bits), the run, and the number of the command in it.
    pub fn new(ms: u64, run: [u8; 6], number: u32) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        bytes[6..12].copy_from_slice(&run);
        bytes[12..].copy_from_slice(&number.to_be_bytes());
        Self(bytes)
    }

    /// Its bytes.
    pub const fn bytes(self) -> [u8; 16] {
        self.0
    }
}

/// 32 hexadecimal digits.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The doors of a city: one implementation goes over HTTP, another has the core itself behind it.
pub trait Doors {
    /// Asks, and waits for the answer. Asked again under the same key it has no further effect.
    ///
    /// # Errors
    /// What the city refuses.
    fn ask(&mut self, key: Key, ask: &Ask) -> Result<Answer, Refused>;
}
