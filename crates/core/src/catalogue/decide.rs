//! Replacing the catalogue.

use super::{Catalogue, CatalogueRejection};
use crate::decide::Decision;
use crate::event::CatalogueSet;
use crate::incidents::Status;
use crate::state::State;

/// The whole is replaced, unless it contradicts itself or an open incident would be of no type.
pub(crate) fn replace(state: &State, catalogue: &Catalogue) -> Decision {
    catalogue.check()?;
    for (&id, incident) in &state.incidents {
        let kind = incident.grading.kind;
        if !matches!(incident.status, Status::Closed { .. }) && catalogue.kind(kind).is_none() {
            return Err(CatalogueRejection::InUse { incident: id, kind }.into());
        }
    }
    Ok(vec![CatalogueSet { catalogue: Box::new(catalogue.clone()) }.into()])
}

pub(crate) fn replaced(state: &mut State, fact: &CatalogueSet) {
    state.catalogue.clone_from(&fact.catalogue);
}
