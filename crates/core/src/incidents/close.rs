//! The end of incidents: cancelled, resolved, reopened, archived, erased.

use super::beside::gone;
use super::{ContactEnd, IncidentRejection, Status};
use crate::catalogue::List;
use crate::containments::sealed_off;
use crate::decide::Decision;
use crate::event::{
    IncidentArchived, IncidentCancelled, IncidentReopened, IncidentResolved, TextErased,
};
use crate::{Code, Fact, IncidentId, Missing, Rejection, State};

/// That an incident goes on, no unit is on it or on one merged into it, and nobody is to hold points round it.
fn free(state: &State, incident: IncidentId) -> Result<(), Rejection> {
    state.open_incident(incident)?;
    let of_family = state.family(incident).flat_map(|(_, member)| &member.assignments);
    let units = of_family.filter(|assignment| assignment.is_active()).count();
    if units > 0 {
        return Err(IncidentRejection::UnitsOn { incident, units }.into());
    }
    Ok(sealed_off(state, incident)?)
}

pub(crate) fn cancel(state: &State, incident: IncidentId, reason: Code) -> Decision {
    free(state, incident)?;
    state.catalogue.need(List::Reasons, reason)?;
    Ok(vec![IncidentCancelled { incident, reason }.into()])
}

pub(crate) fn resolve(state: &State, incident: IncidentId, disposition: Code) -> Decision {
    free(state, incident)?;
    state.catalogue.need(List::Dispositions, disposition)?;
    Ok(vec![IncidentResolved { incident, disposition }.into()])
}

pub(crate) fn reopen(state: &State, incident: IncidentId, reason: Code) -> Decision {
    match state.incident(incident)?.status {
        Status::Closed { .. } => {}
        Status::Open => return Err(IncidentRejection::NotClosed { incident }.into()),
        Status::Merged { .. } => {
            let into = state.root(incident);
            return Err(IncidentRejection::Merged { incident, into }.into());
        }
    }
    state.catalogue.need(List::Reasons, reason)?;
    Ok(vec![IncidentReopened { incident, reason }.into()])
}

/// A closed incident leaves the board together with all that were merged into it, those first. Who is reached for an incident that nobody
/// works on any more is nobody's business: contacts go with it.
pub(crate) fn archive(state: &State, incident: IncidentId) -> impl Iterator<Item = Fact> {
    let mut family: Vec<IncidentId> = state.family(incident).map(|(id, _)| id).collect();
    family.reverse();
    family.into_iter().flat_map(move |incident| {
        let contact = gone(state, incident, ContactEnd::LeftBoard);
        contact.into_iter().chain([IncidentArchived { incident }.into()])
    })
}

/// Text, pictures and contact may be erased once its incident is over. One that has left the board may be erased again: the key is gone already.
pub(crate) fn erase(state: &State, incident: IncidentId) -> Decision {
    if incident < IncidentId(1) || incident >= state.next_incident {
        return Err(Missing::Incident(incident).into());
    }
    if let Some(on_board) = state.incidents.get(&incident) {
        let root = state.incident(state.root(incident))?;
        if !matches!(root.status, Status::Closed { .. }) {
            return Err(IncidentRejection::NotClosed { incident }.into());
        }
        if on_board.erased {
            return Err(IncidentRejection::Erased { incident }.into());
        }
    }
    let contact = gone(state, incident, ContactEnd::TextErased);
    Ok(contact.into_iter().chain([TextErased { incident }.into()]).collect())
}
