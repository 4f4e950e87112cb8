//! Families: incidents that were merged, and are answered as one.

use std::collections::BTreeMap;

use super::{Incident, Status};
use crate::IncidentId;

/// Incidents by number.
pub(crate) type Incidents = BTreeMap<IncidentId, Incident>;

/// An incident with its number.
pub(crate) type Numbered<'a> = (IncidentId, &'a Incident);

/// The incident under which this one goes on: itself, unless it was merged.
pub(crate) fn root(incidents: &Incidents, incident: IncidentId) -> Option<Numbered<'_>> {
    let mut root = (incident, incidents.get(&incident)?);
    while let Status::Merged { into, .. } = root.1.status {
        root = (into, incidents.get(&into)?);
    }
    Some(root)
}

/// An incident and all that were merged into it, and into those.
pub(crate) fn family<'a>(
    incidents: &'a Incidents,
    of: Numbered<'a>,
) -> impl Iterator<Item = Numbered<'a>> {
    // Most incidents are a family of one, and a list of none takes no memory.
    let (mut first, mut next) = (Some(of), Vec::new());
    std::iter::from_fn(move || {
        let named = |id| Some((id, incidents.get(&id)?));
        let (id, incident) = first.take().or_else(|| next.pop().and_then(named))?;
        next.extend(incident.merged.iter().rev());
        Some((id, incident))
    })
}
