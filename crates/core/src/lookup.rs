//! Finding what a command names, or saying that it is not there; and changing what an event names.

use precinct_base::{AreaId, PostId, UnitId, caps};

use crate::areas::Area;
use crate::containments::Containment;
use crate::incidents::{Incident, Status};
use crate::rings::Ring;
use crate::shifts::Shift;
use crate::units::Unit;
use crate::{
    ContainmentId, IncidentId, IncidentRejection, Missing, Nameless, Plan, PlanId, Rejection,
    RingId, ShiftId, State, Thing, Title, TooLong,
};

impl State {
    pub(crate) fn area(&self, id: AreaId) -> Result<&Area, Missing> {
        self.areas.get(&id).ok_or(Missing::Area(id))
    }

    pub(crate) fn post(&self, id: PostId) -> Result<&crate::Post, Missing> {
        self.posts.get(&id).ok_or(Missing::Post(id))
    }

    pub(crate) fn ring(&self, id: RingId) -> Result<&Ring, Missing> {
        self.rings.get(&id).ok_or(Missing::Ring(id))
    }

    pub(crate) fn containment(&self, id: ContainmentId) -> Result<&Containment, Missing> {
        self.containments.get(&id).ok_or(Missing::Containment(id))
    }

    pub(crate) fn unit(&self, id: UnitId) -> Result<&Unit, Missing> {
        self.units.get(&id).ok_or(Missing::Unit(id))
    }

    pub(crate) fn shift(&self, id: ShiftId) -> Result<&Shift, Missing> {
        self.shifts.get(&id).ok_or(Missing::Shift(id))
    }

    pub(crate) fn plan(&self, id: PlanId) -> Result<&Plan, Missing> {
        self.plans.get(&id).ok_or(Missing::Plan(id))
    }

    pub(crate) fn incident(&self, id: IncidentId) -> Result<&Incident, Missing> {
        self.incidents.get(&id).ok_or(Missing::Incident(id))
    }

    /// The incident, if it goes on by itself.
    pub(crate) fn open_incident(&self, id: IncidentId) -> Result<&Incident, Rejection> {
        let incident = self.incident(id)?;
        match incident.status {
            Status::Open => Ok(incident),
            Status::Merged { .. } => {
                Err(IncidentRejection::Merged { incident: id, into: self.root(id) }.into())
            }
            Status::Closed { .. } => Err(IncidentRejection::Closed { incident: id }.into()),
        }
    }

    /// A unit that an event names.
    pub(crate) fn unit_mut(&mut self, id: UnitId) -> &mut Unit {
        self.units.get_mut(&id).expect("an event names a unit that is there")
    }

    /// A plan that an event names.
    pub(crate) fn plan_mut(&mut self, id: PlanId) -> &mut Plan {
        self.plans.get_mut(&id).expect("an event names a plan that is there")
    }

    /// An incident that an event names.
    pub(crate) fn incident_mut(&mut self, id: IncidentId) -> &mut Incident {
        self.incidents.get_mut(&id).expect("an event names an incident that is there")
    }
}

impl Title {
    /// Whether it names `what` in at least one language, and briefly.
    pub(crate) fn check(&self, what: Thing) -> Result<(), Rejection> {
        if self.en.is_empty() && self.zh.is_empty() {
            return Err(Nameless(what).into());
        }
        for text in [&self.en, &self.zh] {
            TooLong::check(Thing::Name, text.len(), caps::NAME_LENGTH)?;
        }
        Ok(())
    }
}

/// Puts `item` into a rising list, once.
pub(crate) fn insert<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

/// Takes `item` out of a rising list.
pub(crate) fn remove<T: Ord>(list: &mut Vec<T>, item: &T) {
    if let Ok(at) = list.binary_search(item) {
        list.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_list_holds_each_once() {
        let mut list = vec![2, 4];
        for item in [3, 4, 1, 3, 5] {
            insert(&mut list, item);
        }
        assert_eq!(list, [1, 2, 3, 4, 5]);
        for item in [3, 3, 9, 1] {
            remove(&mut list, &item);
        }
        assert_eq!(list, [2, 4, 5]);
    }
}
