//! Describing areas.

use precinct_base::caps;

use super::AreaRejection;
use crate::catalogue::{List, rises};
use crate::decide::Decision;
use crate::event::AreaSet;
use crate::{State, Thing, TooMany};

/// An area may lie in one of its own level (a part of a district that is large) but not in a smaller one, and never in itself.
pub(crate) fn set(state: &State, order: &AreaSet) -> Decision {
    let area = order.area;
    let count = state.areas.len() + usize::from(!state.areas.contains_key(&area));
    TooMany::check(Thing::Areas, count, caps::AREAS)?;
    if let Some(parent) = order.parent {
        let within = state.area(parent)?.level;
        if parent == area || state.up(parent).any(|(id, _)| id == area) {
            return Err(AreaRejection::Loop { area, parent }.into());
        }
        if order.level < within {
            let level = order.level;
            return Err(AreaRejection::Level { area, level, parent, within }.into());
        }
    }
    if let Some(grade) = order.grade {
        state.catalogue.need(List::Grades, grade)?;
    }
    if order.reach.is_some_and(|reach| !rises(reach)) {
        return Err(AreaRejection::Reach { area }.into());
    }
    order.title.check(Thing::Area)?;
    Ok(vec![order.clone().into()])
}
