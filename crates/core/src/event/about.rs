//! What a fact is about: the things of the board that are no longer as they were once it is applied.

use precinct_base::{AreaId, PostId, UnitId};

use super::Fact;
use crate::{Clock, ContainmentId, IncidentId, PlanId, RingId, ShiftId, SosId};

/// A thing of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An incident.
    Incident(IncidentId),
    /// A unit.
    Unit(UnitId),
    /// A tour of duty.
    Shift(ShiftId),
    /// A post.
    Post(PostId),
    /// A plan.
    Plan(PlanId),
    /// An area.
    Area(AreaId),
    /// A ring.
    Ring(RingId),
    /// An order to hold points round an incident.
    Containment(ContainmentId),
    /// A call for help.
    Sos(SosId),
    /// The catalogue.
    Catalogue,
    /// The policies.
    Policies,
}

impl From<Clock> for Subject {
    fn from(clock: Clock) -> Self {
        match clock {
            Clock::Unanswered(incident) => Self::Incident(incident),
            Clock::Unacknowledged(unit) | Clock::Overdue(unit) | Clock::Welfare(unit) => {
                Self::Unit(unit)
            }
            Clock::Sos(sos) => Self::Sos(sos),
        }
    }
}

/// Subjects, at most three.
type Subjects = [Option<Subject>; 3];

const fn one(subject: Subject) -> Subjects {
    [Some(subject), None, None]
}

const fn two(first: Subject, second: Subject) -> Subjects {
    [Some(first), Some(second), None]
}

const fn task(incident: IncidentId, unit: UnitId) -> Subjects {
    two(Subject::Incident(incident), Subject::Unit(unit))
}

impl Fact {
    /// What it is about, the nearest first. What a person did beside the board (signing in, reading) is about nothing of it but what was read.
    pub fn about(&self) -> impl Iterator<Item = Subject> {
        let subjects = self
            .about_incidents()
            .or_else(|| self.about_tasks())
            .or_else(|| self.about_forces())
            .or_else(|| self.about_plans())
            .or_else(|| self.about_sealing())
            .unwrap_or_else(|| self.about_rest());
        subjects.into_iter().flatten()
    }

    const fn about_incidents(&self) -> Option<Subjects> {
        use Subject::Incident;
        Some(match self {
            Self::IncidentOpened(fact) => one(Incident(fact.incident)),
            Self::DuplicateSuggested(fact) => two(Incident(fact.incident), Incident(fact.of)),
            Self::DuplicateDismissed(fact) => two(Incident(fact.incident), Incident(fact.of)),
            Self::IncidentsMerged(fact) => two(Incident(fact.from), Incident(fact.into)),
            Self::IncidentsUnmerged(fact) => two(Incident(fact.from), Incident(fact.into)),
            Self::IncidentsLinked(fact) => two(Incident(fact.one), Incident(fact.other)),
            Self::NoteAdded(fact) => one(Incident(fact.incident)),
            Self::IncidentRegraded(fact) => one(Incident(fact.incident)),
            Self::IncidentMoved(fact) => one(Incident(fact.incident)),
            Self::HazardNoted(fact) => one(Incident(fact.incident)),
            Self::HazardCleared(fact) => one(Incident(fact.incident)),
            Self::IncidentCancelled(fact) => one(Incident(fact.incident)),
            Self::IncidentResolved(fact) => one(Incident(fact.incident)),
            Self::IncidentReopened(fact) => one(Incident(fact.incident)),
            Self::IncidentArchived(fact) => one(Incident(fact.incident)),
            Self::TextErased(fact) => one(Incident(fact.incident)),
            Self::ContactKept(fact) => one(Incident(fact.incident)),
            Self::ContactErased(fact) => one(Incident(fact.incident)),
            Self::MediaAdded(fact) => one(Incident(fact.incident)),
            _ => return None,
        })
    }

    const fn about_tasks(&self) -> Option<Subjects> {
        Some(match self {
            Self::UnitDispatched(fact) => task(fact.incident, fact.unit),
            Self::UnitOnView(fact) => task(fact.incident, fact.unit),
            Self::UnitAcknowledged(fact) => task(fact.incident, fact.unit),
            Self::UnitEnRoute(fact) => task(fact.incident, fact.unit),
            Self::UnitOnScene(fact) => task(fact.incident, fact.unit),
            Self::UnitTransporting(fact) => task(fact.incident, fact.unit),
            Self::UnitCleared(fact) => task(fact.incident, fact.unit),
            Self::UnitDeclined(fact) => task(fact.incident, fact.unit),
            Self::UnitRecalled(fact) => task(fact.incident, fact.unit),
            Self::UnitPreempted(fact) => task(fact.incident, fact.unit),
            _ => return None,
        })
    }

    const fn about_forces(&self) -> Option<Subjects> {
        use Subject::{Area, Post, Shift, Unit};
        Some(match self {
            Self::AreaSet(fact) => one(Area(fact.area)),
            Self::DutyLevelSet(fact) => one(Area(fact.area)),
            Self::DutyLevelLapsed(fact) => one(Area(fact.area)),
            Self::PostSet(fact) => one(Post(fact.post)),
            Self::PostChanged(fact) => one(Post(fact.post)),
            Self::PostLapsed(fact) => one(Post(fact.post)),
            Self::PostRemoved(fact) => one(Post(fact.post)),
            Self::UnitSet(fact) => one(Unit(fact.unit)),
            Self::UnitOut(fact) => one(Unit(fact.unit)),
            Self::UnitBack(fact) => one(Unit(fact.unit)),
            Self::AidJoined(fact) => one(Unit(fact.unit)),
            Self::AidLeft(fact) => one(Unit(fact.unit)),
            Self::ShiftPlanned(fact) => two(Shift(fact.shift), Unit(fact.unit)),
            Self::ShiftCancelled(fact) => one(Shift(fact.shift)),
            Self::ShiftStarted(fact) => two(Shift(fact.shift), Unit(fact.unit)),
            Self::ShiftEnded(fact) => two(Shift(fact.shift), Unit(fact.unit)),
            _ => return None,
        })
    }

    const fn about_plans(&self) -> Option<Subjects> {
        use Subject::Plan;
        Some(match self {
            Self::PlanProposed(fact) => one(Plan(fact.plan)),
            Self::PlanSimulated(fact) => one(Plan(fact.plan)),
            Self::PlanApproved(fact) => one(Plan(fact.plan)),
            Self::PlanPublished(fact) => one(Plan(fact.plan)),
            Self::PlanSuperseded(fact) => two(Plan(fact.plan), Plan(fact.by)),
            Self::PlanWithdrawn(fact) => one(Plan(fact.plan)),
            _ => return None,
        })
    }

    const fn about_sealing(&self) -> Option<Subjects> {
        use Subject::{Containment, Incident, Post, Ring};
        Some(match self {
            Self::RingSet(fact) => one(Ring(fact.ring)),
            Self::RingRetired(fact) => one(Ring(fact.ring)),
            Self::RingActivated(fact) => one(Ring(fact.ring)),
            Self::RingStoodDown(fact) => one(Ring(fact.ring)),
            Self::RingLapsed(fact) => one(Ring(fact.ring)),
            Self::CheckpointManned(fact) => one(Post(fact.post)),
            Self::CheckpointCounted(fact) => one(Post(fact.post)),
            Self::ContainmentOrdered(fact) => {
                two(Containment(fact.containment), Incident(fact.incident))
            }
            Self::ContainmentReplanned(fact) => {
                two(Containment(fact.containment), Incident(fact.incident))
            }
            Self::ContainmentStoodDown(fact) => {
                two(Containment(fact.containment), Incident(fact.incident))
            }
            Self::ContainmentLapsed(fact) => {
                two(Containment(fact.containment), Incident(fact.incident))
            }
            _ => return None,
        })
    }

    fn about_rest(&self) -> Subjects {
        match self {
            Self::CatalogueSet(_) => one(Subject::Catalogue),
            Self::PolicySet(_) => one(Subject::Policies),
            Self::ClockRaised(fact) => one(fact.clock.into()),
            Self::ClockEscalated(fact) => one(fact.clock.into()),
            Self::ClockAnswered(fact) => one(fact.clock.into()),
            Self::SosRaised(fact) => [
                Some(Subject::Sos(fact.sos)),
                Some(Subject::Unit(fact.unit)),
                fact.incident.map(Subject::Incident),
            ],
            Self::SosRepeated(fact) => one(Subject::Sos(fact.sos)),
            Self::SosClosed(fact) => one(Subject::Sos(fact.sos)),
            Self::AccessRead(fact) => {
                [fact.incident.map(Subject::Incident), fact.unit.map(Subject::Unit), None]
            }
            _ => [None; 3],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{ClockRaised, ContactErased, IncidentsMerged, PolicySet, UnitCleared};
    use crate::{PolicyVersion, Role};

    fn about(fact: impl Into<Fact>) -> Vec<Subject> {
        fact.into().about().collect()
    }

    #[test]
    fn a_fact_is_about_what_it_changes() {
        let (one, other, unit) = (IncidentId(1), IncidentId(2), UnitId(3));
        assert_eq!(
            about(IncidentsMerged { from: one, into: other }),
            [Subject::Incident(one), Subject::Incident(other)]
        );
        assert_eq!(
            about(UnitCleared { incident: one, unit }),
            [Subject::Incident(one), Subject::Unit(unit)]
        );
        let rings = |clock| ClockRaised { clock, tell: Role::Dispatcher };
        assert_eq!(about(rings(Clock::Welfare(unit))), [Subject::Unit(unit)]);
        assert_eq!(about(rings(Clock::Unanswered(one))), [Subject::Incident(one)]);
        let why = crate::ContactEnd::TimeUp;
        let erased = ContactErased { incident: one, contact: crate::ContactId([0; 8]), why };
        assert_eq!(about(erased), [Subject::Incident(one)]);
        assert_eq!(about(PolicySet { version: PolicyVersion([0; 32]) }), [Subject::Policies]);
    }
}
