//! Which older incidents one may be the same as: those that go on, near by and not long before.

use precinct_base::caps;

use super::Place;
use crate::event::{DuplicateSuggested, Fact};
use crate::{IncidentId, Moment, State};

/// Suggestions for an incident at `place`, the nearest first. What was suggested or dismissed before is not suggested again.
///
/// Incidents are numbered in order of intake, so the search goes back from the newest and stops at the first that is too old.
pub(super) fn suggestions(
    state: &State,
    incident: IncidentId,
    at: Moment,
    place: &Place,
) -> Vec<Fact> {
    let rules = &state.catalogue.rules;
    let subject = state.incidents.get(&incident);
    let taken_in = subject.map_or(at, |subject| subject.opened);
    let known =
        |of| subject.is_some_and(|s| s.suggested.contains(&of) || s.dismissed.contains(&of));
    let recent = state.incidents.range(..incident).rev();
    let recent = recent
        .take_while(|(_, older)| taken_in.since(older.opened) <= rules.duplicate_after)
        .filter(|&(&id, older)| older.is_open() && !known(id));
    let mut near: Vec<_> = recent
        .map(|(&of, older)| DuplicateSuggested {
            incident,
            of,
            apart: place.at.distance(older.place.at).metres(),
            after: taken_in.since(older.opened),
        })
        .filter(|one| one.apart <= rules.duplicate_apart)
        .collect();
    near.sort_by_key(|one| (one.apart, one.after, one.of));
    near.truncate(caps::SUGGESTIONS);
    near.into_iter().map(Fact::from).collect()
}
