//! Recording reads, policies, broken glass and changed rights.

use precinct_base::{Millis, caps};

use super::{Glass, OversightRejection, PolicyVersion, Sensitive};
use crate::decide::Decision;
use crate::event::{AccessRead, AccountChanged, GlassBroken, GlassMended, PolicySet};
use crate::{By, Code, Missing, Moment, Role, StaffNo, State, Thing, TooMany};

/// An incident may have left the board, and a unit the city: what is read of them is recorded all the same.
pub(crate) fn read(state: &State, order: &AccessRead) -> Decision {
    if let Some(incident) = order.incident
        && !(1..state.next_incident.0).contains(&incident.0)
    {
        return Err(Missing::Incident(incident).into());
    }
    match order.what {
        Sensitive::Text | Sensitive::Contact if order.incident.is_none() => {
            Err(OversightRejection::OfNoIncident.into())
        }
        Sensitive::Media if order.incident.is_none() || order.media.is_none() => {
            Err(OversightRejection::OfNoPicture.into())
        }
        Sensitive::Track
            if order.unit.is_none() || order.from.is_none() || order.to < order.from =>
        {
            Err(OversightRejection::OfNoTrack.into())
        }
        _ => Ok(vec![order.clone().into()]),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a decision like the others")]
pub(crate) fn policy(state: &State, version: PolicyVersion) -> Decision {
    if state.policy == Some(version) {
        return Ok(Vec::new());
    }
    Ok(vec![PolicySet { version }.into()])
}

/// Never refused to a person for its reason or length: in an emergency it works at once, for at most [`Glass::LONGEST`]. Broken again, it
/// ends when it is said now.
pub(crate) fn break_glass(
    state: &State,
    at: Moment,
    by: By,
    (reason, lasts): (Code, Millis),
) -> Decision {
    let staff = by.staff;
    if matches!(by.role, Role::System | Role::Gateway) {
        return Err(OversightRejection::NobodyThere { staff, role: by.role }.into());
    }
    let count = state.glass.len() + usize::from(!state.glass.contains_key(&staff));
    TooMany::check(Thing::Glass, count, caps::GLASS_BROKEN)?;
    let until = at.later(lasts.clamp(Glass::SHORTEST, Glass::LONGEST));
    Ok(vec![GlassBroken { staff, reason, until }.into()])
}

pub(crate) fn mend_glass(state: &State, staff: StaffNo) -> Decision {
    if !state.glass.contains_key(&staff) {
        return Err(OversightRejection::Whole { staff }.into());
    }
    Ok(vec![GlassMended { staff }.into()])
}

pub(crate) fn account(order: &AccountChanged) -> Decision {
    TooMany::check(Thing::Roles, order.roles.len(), caps::GRANTS)?;
    Ok(vec![order.clone().into()])
}
