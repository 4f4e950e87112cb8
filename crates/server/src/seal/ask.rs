//! What is asked of a containment, with everything settled that was left open. It is held in memory and in no record.

use precinct_base::{LonLat, Millis, Timestamp, caps};
use precinct_core::{Containment, IncidentId, Place, State, Travels};
use precinct_wire::{AskSeal, SeenBody};

use crate::door::Failure;

/// How long a unit takes to close its point if nothing is said.
const SET_UP: Millis = Millis::from_seconds(45);
/// How far ahead is looked if nothing is said.
const AHEAD: Millis = Millis::from_minutes(10);
/// As fast as the roads say, in thousandths.
const PACE: u16 = 1_000;

/// Where whoever left was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) at: LonLat,
    pub(crate) when: Timestamp,
    pub(crate) sure: bool,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) incident: IncidentId,
    pub(crate) at: LonLat,
    pub(crate) left: Timestamp,
    pub(crate) travels: Travels,
    pub(crate) seen: Vec<Seen>,
    pub(crate) set_up: Millis,
    pub(crate) pace: u16,
    pub(crate) any_way: bool,
    pub(crate) ahead: Millis,
    pub(crate) pre_empt: bool,
}

/// When somebody left if nothing is said: when it was reported, else when it was taken in.
fn left(state: &State, incident: IncidentId) -> Option<(Place, Timestamp)> {
    let known = state.incidents().get(&incident)?;
    Some((known.place.clone(), known.reported.unwrap_or(known.opened.wall)))
}

fn gone(incident: IncidentId) -> Failure {
    Failure::missing(format!("{incident} has left the board"))
}

impl Seen {
    /// A sighting; one that is to come is none.
    pub(crate) fn new(body: SeenBody, now: Timestamp) -> Result<Self, Failure> {
        let when = body.when.map_or(now, |when| when.0);
        if when > now {
            return Err(Failure::bad(
                "nobody was seen later than now: mend `when`, or leave it out",
            ));
        }
        Ok(Self { at: body.at.0, when, sure: body.sure })
    }
}

impl Ask {
    /// What a body asks, at `now`.
    pub(crate) fn of(state: &State, body: &AskSeal, now: Timestamp) -> Result<Self, Failure> {
        let incident = IncidentId(body.incident);
        let (place, reported) = left(state, incident).ok_or_else(|| gone(incident))?;
        let left = body.left.map_or(reported, |left| left.0);
        if left > now {
            return Err(Failure::bad("nobody left later than now: mend `left`, or leave it out"));
        }
        if body.seen.len() > caps::SEAL_SIGHTINGS {
            let most = caps::SEAL_SIGHTINGS;
            return Err(Failure::bad(format!("give the latest {most} sightings at most")));
        }
        let most = caps::SEAL_MINUTES;
        let ahead = match body.minutes {
            None => AHEAD,
            Some(minutes @ 1..=caps::SEAL_MINUTES) => Millis::from_minutes(minutes),
            Some(_) => return Err(Failure::bad(format!("`minutes` are 1 to {most} from now"))),
        };
        let seen = body.seen.iter().map(|&seen| Seen::new(seen, now)).collect::<Result<_, _>>()?;
        Ok(Self {
            incident,
            at: body.at.map_or(place.at, |at| at.0),
            left,
            travels: body.travels,
            seen,
            set_up: body.set_up_ms.map_or(SET_UP, Millis),
            pace: body.pace.unwrap_or(PACE),
            any_way: body.any_way.unwrap_or(false),
            ahead,
            pre_empt: body.pre_empt.unwrap_or(false),
        })
    }

    /// What a containment that goes on asks, as far as the record says: sightings it says nothing of.
    pub(crate) fn recorded(state: &State, known: &Containment) -> Result<Self, Failure> {
        let incident = known.incident;
        let (place, _) = left(state, incident).ok_or_else(|| gone(incident))?;
        let (left, travels) = (known.plan.left, known.plan.travels);
        Ok(Self {
            incident,
            at: place.at,
            left,
            travels,
            seen: Vec::new(),
            set_up: SET_UP,
            pace: PACE,
            any_way: false,
            ahead: AHEAD,
            pre_empt: false,
        })
    }

    /// The same with a sighting more. The oldest makes room.
    pub(crate) fn seen(mut self, seen: Seen) -> Self {
        let over = (self.seen.len() + 1).saturating_sub(caps::SEAL_SIGHTINGS);
        self.seen.drain(..over);
        self.seen.push(seen);
        self
    }
}
