//! Who is looking at an incident.

use precinct_core::StaffNo;
use serde::{Deserialize, Serialize};

use crate::{IncidentDoc, Time};

/// What somebody does with an incident at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Looks {
    /// Looks at it.
    Looking,
    /// Is about to change it.
    Editing,
}

/// That somebody looks. It is forgotten after 25 seconds: say it again every ten or so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookingBody {
    /// What they do.
    pub what: Looks,
}

/// Somebody who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LookerDoc {
    /// Who, by staff number.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// What they do.
    pub what: Looks,
    /// Since when they do that.
    pub since: Time,
}

/// Who looks at an incident by now: all of them, in place of those that were told before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LookingDoc {
    /// Which incident.
    pub incident: u32,
    /// Who, by rising staff number.
    pub looking: Vec<LookerDoc>,
}

/// An incident, and who is looking at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LookedAtDoc {
    /// The incident.
    #[serde(flatten)]
    pub incident: IncidentDoc,
    /// Who looks at it, by rising staff number.
    pub looking: Vec<LookerDoc>,
}
