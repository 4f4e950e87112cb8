//! How things are when somebody asks.

use std::collections::BTreeMap;

use precinct_base::{AreaId, caps};
use precinct_core::{Grant, Purpose, State};

/// Which area lies in which. A state of the core is one.
pub trait Areas {
    /// The area that this one lies in; none if it lies in no other, or is not known.
    fn parent(&self, area: AreaId) -> Option<AreaId>;
}

impl Areas for State {
    fn parent(&self, area: AreaId) -> Option<AreaId> {
        self.areas().get(&area)?.parent
    }
}

impl Areas for BTreeMap<AreaId, AreaId> {
    fn parent(&self, area: AreaId) -> Option<AreaId> {
        self.get(&area).copied()
    }
}

/// The whole city: every area lies in it, known or not.
pub(crate) const CITY: AreaId = AreaId(0);

/// An area and all it lies in, the smallest first, up to [`caps::AREAS_DEEP`].
pub(crate) fn up(areas: &dyn Areas, area: AreaId) -> impl Iterator<Item = AreaId> {
    std::iter::successors(Some(area), move |&area| areas.parent(area)).take(caps::AREAS_DEEP)
}

/// Whether a role that was granted holds in an area.
pub(crate) fn holds(grant: Grant, areas: &dyn Areas, area: AreaId) -> bool {
    grant.area == CITY || up(areas, area).any(|within| within == grant.area)
}

/// How things are when somebody asks.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Which area lies in which, as it is now.
    pub areas: &'a dyn Areas,
    /// What for, if that was said.
    pub purpose: Option<Purpose>,
    /// Whether the asker has broken glass and it has not ended.
    pub glass: bool,
    /// Whether the person signed in with a second factor.
    pub second_factor: bool,
    /// Whether the person is on a tour of duty.
    pub on_duty: bool,
}

impl<'a> Context<'a> {
    /// Nothing is so: no purpose, no second factor, off duty, glass whole.
    pub const fn plain(areas: &'a dyn Areas) -> Self {
        Self { areas, purpose: None, glass: false, second_factor: false, on_duty: false }
    }
}

#[cfg(test)]
mod tests {
    use precinct_core::Role;

    use super::*;

    #[test]
    fn a_role_holds_in_its_area_and_below() {
        let tree: BTreeMap<AreaId, AreaId> =
            [(2, 1), (3, 2), (4, 1), (9, 9)].map(|(a, b)| (AreaId(a), AreaId(b))).into();
        let at = |area, of| {
            let grant = Grant { role: Role::Dispatcher, area: AreaId(area) };
            holds(grant, &tree, AreaId(of))
        };
        assert!(at(2, 2) && at(2, 3) && at(1, 3));
        assert!(!at(2, 1) && !at(2, 4) && !at(3, 2));
        // The whole city, even where an area is not known; and a loop comes to an end.
        assert!(at(0, 3) && at(0, 77) && at(0, 0));
        assert!(!at(1, 0) && !at(1, 77) && !at(1, 9) && at(9, 9));
    }
}
