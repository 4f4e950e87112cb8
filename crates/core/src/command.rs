//! What is asked of the core: by whom, in which role and area, why, when, and what.

use precinct_base::AreaId;
use serde::{Deserialize, Serialize};

use crate::{Code, CommandId, IncidentId, Moment, Order};

/// A staff number. Precinct knows staff by number and force, never by name.
pub type StaffNo = Code;

/// The number that the system itself acts under: time passing, clocks.
pub const SYSTEM: StaffNo = Code::literal("system");

/// In which role somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes calls.
    CallTaker,
    /// Sends units.
    Dispatcher,
    /// In charge of the control room; approves.
    DutyOfficer,
    /// In command of the force; approves.
    Commander,
    /// Plans posts, patrols and shifts.
    Planner,
    /// Member of a unit on duty.
    Crew,
    /// In charge of a protected site.
    SiteKeeper,
    /// Another agency or a neighbouring control room.
    Partner,
    /// Reads the record.
    Auditor,
    /// Runs the machines: backup, restore, upgrade. Sees none of what is on the board.
    Operator,
    /// Gives accounts, roles, keys and policies. Does none of the work they are for.
    Administrator,
    /// A machine that brings in positions of units.
    Gateway,
    /// The system itself.
    System,
}

impl Role {
    /// Every role, in order.
    pub const ALL: [Self; 13] = [
        Self::CallTaker,
        Self::Dispatcher,
        Self::DutyOfficer,
        Self::Commander,
        Self::Planner,
        Self::Crew,
        Self::SiteKeeper,
        Self::Partner,
        Self::Auditor,
        Self::Operator,
        Self::Administrator,
        Self::Gateway,
        Self::System,
    ];

    /// Its name in records, policies and settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CallTaker => "call_taker",
            Self::Dispatcher => "dispatcher",
            Self::DutyOfficer => "duty_officer",
            Self::Commander => "commander",
            Self::Planner => "planner",
            Self::Crew => "crew",
            Self::SiteKeeper => "site_keeper",
            Self::Partner => "partner",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
            Self::Administrator => "administrator",
            Self::Gateway => "gateway",
            Self::System => "system",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether somebody in this role may approve what needs approval.
    pub const fn approves(self) -> bool {
        matches!(self, Self::DutyOfficer | Self::Commander)
    }
}

/// What somebody who acts on no incident acts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Describing the city to the system.
    Setup,
    /// Planning posts, shifts and duty levels.
    Planning,
    /// Going on duty, off duty, and what a unit can do meanwhile.
    Duty,
    /// Taking in what was reported.
    Intake,
    /// Answering what was reported.
    Response,
    /// An officer's safety.
    Safety,
    /// An exercise.
    Drill,
    /// Looking back: review, audit, retention.
    Review,
    /// The system's own work.
    System,
}

impl Purpose {
    /// Every purpose, in order.
    pub const ALL: [Self; 9] = [
        Self::Setup,
        Self::Planning,
        Self::Duty,
        Self::Intake,
        Self::Response,
        Self::Safety,
        Self::Drill,
        Self::Review,
        Self::System,
    ];

    /// Its name in records, policies and requests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Planning => "planning",
            Self::Duty => "duty",
            Self::Intake => "intake",
            Self::Response => "response",
            Self::Safety => "safety",
            Self::Drill => "drill",
            Self::Review => "review",
            Self::System => "system",
        }
    }

    /// The purpose of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

/// Why: the incident it is for, or a stated purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// For this incident.
    Incident(IncidentId),
    /// For this purpose.
    Purpose(Purpose),
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct By {
    /// Who, by staff number.
    pub staff: StaffNo,
    /// In which role.
    pub role: Role,
    /// For which area.
    pub area: AreaId,
    /// Why.
    pub why: Why,
}

impl By {
    /// The system itself.
    pub const SYSTEM: Self = Self {
        staff: SYSTEM,
        role: Role::System,
        area: AreaId(0),
        why: Why::Purpose(Purpose::System),
    };
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its unique id.
    pub id: CommandId,
    /// Who gives it, in which role and area, and why.
    pub by: By,
    /// When. The driver's clock; the core has none.
    pub at: Moment,
    /// What is to be done.
    pub order: Order,
}

#[cfg(test)]
mod tests {
    use super::{Purpose, Role};

    #[test]
    fn a_role_has_one_name_everywhere() {
        assert!(Role::ALL.is_sorted());
        for role in Role::ALL {
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.name()));
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
        assert_eq!(Role::from_name("king"), None);
    }

    #[test]
    fn a_purpose_has_one_name_everywhere() {
        assert!(Purpose::ALL.is_sorted());
        for purpose in Purpose::ALL {
            let name = purpose.name();
            assert_eq!(serde_json::to_string(&purpose).unwrap(), format!("\"{name}\""));
            assert_eq!(Purpose::from_name(name), Some(purpose));
        }
        assert_eq!(Purpose::from_name("curiosity"), None);
    }
}
