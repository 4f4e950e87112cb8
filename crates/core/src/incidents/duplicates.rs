//! Which older incidents one may be the same as: those that go on, near by and not long before.

use precinct_base::{LonLat, Metres, Millis, caps};

use super::Place;
use crate::event::{DuplicateSuggested, Fact};
use crate::{IncidentId, Moment, State};

/// Suggestions for an incident at `place`, the nearest first. What was suggested or dismissed before is not suggested again.
///
/// Incidents are numbered as they came on the board, so the search goes back from the newest and stops at the first that was there long
/// before. One that was taken in on paper may be older than its number says.
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
        .take_while(|(_, older)| taken_in.since(older.came_in()) <= rules.duplicate_after)
        .filter(|(_, older)| apart(taken_in, older.opened) <= rules.duplicate_after)
        .filter(|&(&id, older)| older.is_open() && !known(id))
        .filter(|(_, older)| may_be_near(place.at, older.place.at, rules.duplicate_apart));
    let mut near: Vec<_> = recent
        .map(|(&of, older)| DuplicateSuggested {
            incident,
            of,
            apart: place.at.distance(older.place.at).metres(),
            after: apart(taken_in, older.opened),
        })
        .filter(|one| one.apart <= rules.duplicate_apart)
        .collect();
    near.sort_by_key(|one| (one.apart, one.after, one.of));
    near.truncate(caps::SUGGESTIONS);
    near.into_iter().map(Fact::from).collect()
}

/// The time between two moments, whichever is earlier.
fn apart(one: Moment, other: Moment) -> Millis {
    one.since(other).max(other.since(one))
}

/// Millimetres of a meridian in 10⁻⁷ degree, at the least: it is shortest at the equator, 110,574 m a degree (WGS 84).
const LATITUDE_UNIT_MM: u64 = 11;

/// False only for places that are further apart than `apart` by their latitudes alone, which spares most of them the measuring.
fn may_be_near(one: LonLat, other: LonLat, apart: Metres) -> bool {
    u64::from(one.lat().abs_diff(other.lat())) * LATITUDE_UNIT_MM <= apart.millimetres().0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_near_is_passed_over(
            (lon, lat) in (-1_790_000_000..1_790_000_000, -899_000_000..899_000_000),
            (east, north) in (-40_000..40_000, -40_000..40_000),
            apart in 0u32..2_000,
        ) {
            let (one, other) = (LonLat::new(lon, lat).unwrap(), LonLat::new(lon + east, lat + north).unwrap());
            let near = one.distance(other).metres() <= Metres(apart);
            prop_assert!(!near || may_be_near(one, other, Metres(apart)));
        }
    }
}
