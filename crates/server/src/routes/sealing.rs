//! Rings, checkpoints and containments of the board, for those who see their areas.

use std::collections::BTreeMap;

use precinct_base::AreaId;
use precinct_core::{Containment, State as City};
use precinct_wire::{CheckpointDoc, ContainmentDoc, RingDoc};

use super::board::sees;

/// The area of the incident that a containment is for.
pub(super) fn containment_area(city: &City, containment: &Containment) -> AreaId {
    let incident = city.incidents().get(&containment.incident);
    incident.map_or(AreaId(0), |incident| incident.place.area)
}

pub(super) fn checkpoints_of(city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<CheckpointDoc> {
    let area = |post| city.posts().get(post).map_or(AreaId(0), |post| post.area);
    let shown = city.checkpoints().iter().filter(|(post, _)| sees(areas, area(post)));
    shown.map(|(&id, checkpoint)| CheckpointDoc::new(id, checkpoint)).collect()
}

pub(super) fn rings_of(city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<RingDoc> {
    let shown = city.rings().iter().filter(|(_, ring)| sees(areas, ring.plan.area));
    shown.map(|(&id, ring)| RingDoc::new(id, ring)).collect()
}

pub(super) fn containments_of(city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<ContainmentDoc> {
    let shown = city.containments().iter();
    let shown = shown.filter(|(_, known)| sees(areas, containment_area(city, known)));
    shown.map(|(&id, known)| ContainmentDoc::new(city, id, known)).collect()
}
