//! What a fact takes from under the hands of whoever is changing the same thing.

use super::{Fact, Subject};
use crate::Order;
use crate::order::{ContainmentOrder, RingOrder};

impl Fact {
    /// The things it changes in what people write about them. It is less than what a fact is about: notes, looks, clocks, and how a unit
    /// gets on with its task overwrite nothing that anybody else may be about to write.
    pub fn changes(&self) -> impl Iterator<Item = Subject> {
        let counts = !matches!(
            self,
            Self::NoteAdded(_)
                | Self::ContactKept(_)
                | Self::ContactErased(_)
                | Self::MediaAdded(_)
                | Self::AccessRead(_)
                | Self::ClockRaised(_)
                | Self::ClockEscalated(_)
                | Self::ClockAnswered(_)
                | Self::DuplicateSuggested(_)
                | Self::SosRaised(_)
                | Self::SosRepeated(_)
                | Self::SosClosed(_)
                | Self::UnitAcknowledged(_)
                | Self::UnitEnRoute(_)
                | Self::UnitOnScene(_)
                | Self::UnitTransporting(_)
                | Self::CheckpointManned(_)
                | Self::CheckpointCounted(_)
        );
        self.about().filter(move |subject| counts && self.describes(*subject))
    }

    /// Whether it is one that says what a unit is, if it is about one: being sent and going on duty leave that as it is.
    const fn describes(&self, subject: Subject) -> bool {
        match subject {
            Subject::Unit(_) => matches!(
                self,
                Self::UnitSet(_)
                    | Self::AidJoined(_)
                    | Self::AidLeft(_)
                    | Self::UnitOut(_)
                    | Self::UnitBack(_)
            ),
            _ => true,
        }
    }
}

impl Order {
    /// The thing that it changes and that its sender has looked at before; none for what is new, or adds to a thing and changes nothing.
    pub fn subject(&self) -> Option<Subject> {
        Some(match *self {
            Self::OnPaper { ref order, .. } => return order.subject(),
            Self::SetCatalogue(_) => Subject::Catalogue,
            Self::SetArea(ref area) => Subject::Area(area.area),
            Self::SetDutyLevel { area, .. } => Subject::Area(area),
            Self::SetPost(ref post) => Subject::Post(post.post),
            Self::ChangePost { post, .. } => Subject::Post(post),
            Self::Ring(ref order) => return order.subject(),
            Self::Containment(ref order) => order.subject(),
            Self::SetUnit(ref unit) => Subject::Unit(unit.unit),
            Self::TakeOut { unit, .. } | Self::BringBack { unit } | Self::LeaveAid { unit } => {
                Subject::Unit(unit)
            }
            Self::CancelShift { shift, .. }
            | Self::StartShift { shift }
            | Self::EndShift { shift } => Subject::Shift(shift),
            Self::Merge { from: incident, .. }
            | Self::Unmerge { from: incident }
            | Self::Link { one: incident, .. }
            | Self::DismissDuplicate { incident, .. }
            | Self::Regrade { incident, .. }
            | Self::Move { incident, .. }
            | Self::NoteHazard { incident, .. }
            | Self::ClearHazard { incident, .. }
            | Self::Cancel { incident, .. }
            | Self::Resolve { incident, .. }
            | Self::Reopen { incident, .. }
            | Self::EraseText { incident }
            | Self::Task { incident, .. } => Subject::Incident(incident),
            Self::SetPolicy { .. } => Subject::Policies,
            Self::OfPlan(ref order) => Subject::Plan(order.plan()?),
            _ => return None,
        })
    }
}

impl RingOrder {
    const fn subject(&self) -> Option<Subject> {
        match *self {
            Self::Define(_) => None,
            Self::Change { ring, .. }
            | Self::Retire { ring, .. }
            | Self::Activate { ring, .. }
            | Self::StandDown { ring, .. } => Some(Subject::Ring(ring)),
        }
    }
}

impl ContainmentOrder {
    const fn subject(&self) -> Subject {
        match *self {
            Self::Begin { incident, .. } => Subject::Incident(incident),
            Self::Replan { containment, .. } | Self::StandDown { containment, .. } => {
                Subject::Containment(containment)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use precinct_base::UnitId;

    use crate::event::{IncidentRegraded, NoteAdded, UnitBack, UnitDispatched, UnitOnScene};
    use crate::{Code, Fact, IncidentId, Order, Priority, Sealed, Subject};

    fn changes(fact: impl Into<Fact>) -> Vec<Subject> {
        fact.into().changes().collect()
    }

    #[test]
    fn what_overwrites_nothing_changes_nothing() {
        let (incident, unit) = (IncidentId(1), UnitId(2));
        let priority = Priority::new(2).unwrap();
        let code = Code::literal("x");
        let graded = IncidentRegraded { incident, kind: code, priority, reason: code };
        assert_eq!(changes(graded), [Subject::Incident(incident)]);
        assert_eq!(changes(NoteAdded { incident, text: Sealed(Box::default()) }), []);
        assert_eq!(changes(UnitOnScene { incident, unit, at: None }), []);
        // An incident that a unit is sent to is not as it was; what the unit is has not changed.
        let sent = UnitDispatched { incident, unit, advice: None };
        assert_eq!(changes(sent), [Subject::Incident(incident)]);
        assert_eq!(changes(UnitBack { unit }), [Subject::Unit(unit)]);
    }

    #[test]
    fn an_order_is_held_against_the_thing_its_sender_looked_at() {
        let (from, into) = (IncidentId(1), IncidentId(2));
        assert_eq!(Order::Merge { from, into }.subject(), Some(Subject::Incident(from)));
        let text = Sealed(Box::default());
        assert_eq!(Order::AddNote { incident: from, text }.subject(), None);
        assert_eq!(Order::TimePasses.subject(), None);
    }
}
