//! Incidents that are one: merging, undoing that, and saying that they are not.

use precinct_base::caps;

use super::{IncidentRejection, Status};
use crate::decide::Decision;
use crate::event::{DuplicateDismissed, IncidentsMerged, IncidentsUnmerged};
use crate::{IncidentId, State, Thing, TooMany};

pub(crate) fn dismiss(state: &State, incident: IncidentId, of: IncidentId) -> Decision {
    if !state.incident(incident)?.suggested.contains(&of) {
        return Err(IncidentRejection::NotSuggested { incident, of }.into());
    }
    Ok(vec![DuplicateDismissed { incident, of }.into()])
}

/// What was done for `from` stays recorded with it and counts for `into`: nothing is copied, so that a merge can be undone whole.
pub(crate) fn merge(state: &State, from: IncidentId, into: IncidentId) -> Decision {
    if from == into {
        return Err(IncidentRejection::Same { incident: from }.into());
    }
    state.open_incident(from)?;
    state.open_incident(into)?;
    let family = state.family(from).count() + state.family(into).count();
    TooMany::check(Thing::Merged, family, caps::MERGED_INCIDENTS)?;
    Ok(vec![IncidentsMerged { from, into }.into()])
}

/// Undoes the merge of `from`, while the incident it goes on under is open.
pub(crate) fn unmerge(state: &State, from: IncidentId) -> Decision {
    let Status::Merged { into, .. } = state.incident(from)?.status else {
        return Err(IncidentRejection::NotMerged { incident: from }.into());
    };
    state.open_incident(state.root(into))?;
    Ok(vec![IncidentsUnmerged { from, into }.into()])
}
