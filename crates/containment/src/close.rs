//! Closing given places as early as possible.

use precinct_base::{Millis, UnitId, caps};
use precinct_roads::{Network, Profile, Scratch, Snap, Way};

use crate::seal::UnitAt;
use crate::seal::matching::assign;

/// What is to be closed, and by whom. Times are counted from now.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// The places, each for one unit.
    pub exits: &'a [Snap],
    /// The units; what they hold is of no account.
    pub units: &'a [UnitAt],
    /// The networks units move on, by profile.
    pub networks: [Option<&'a Network>; Profile::COUNT],
    /// How long a place takes to set up.
    pub setup: Millis,
    /// How long at most a unit may take.
    pub limit: Millis,
}

/// A unit on its way to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which.
    pub unit: UnitId,
    /// When it is there.
    pub arrival: Millis,
    /// When the place is closed.
    pub ready: Millis,
}

/// Who closes what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// For each place who goes there; nobody where no unit is left, or none is near enough.
    pub sent: Vec<Option<Sent>>,
    /// When all that are closed are closed.
    pub by: Option<Millis>,
}

impl Closed {
    /// How many places nobody closes.
    pub fn missing(&self) -> usize {
        self.sent.iter().filter(|sent| sent.is_none()).count()
    }
}

/// As many places closed as can be, of such ways the one that is done first, and of those the one with the least driving: a
/// bottleneck assignment.
pub fn close(closing: &Closing<'_>, scratch: &mut Scratch) -> Closed {
    let limit = Millis(closing.limit.0.min(caps::SEARCH_LIMIT_MS));
    let rows: Vec<Vec<Option<Millis>>> =
        closing.exits.iter().map(|exit| times(closing, exit, limit, scratch)).collect();
    let cell = |row: usize, unit: usize| {
        let Millis(ms) = rows[row][unit]?;
        Some((-i64::from(ms), ms))
    };
    let filled = assign(rows.len(), closing.units.len(), cell);
    let sent: Vec<Option<Sent>> = filled
        .iter()
        .zip(&rows)
        .map(|(unit, row)| {
            let unit = (*unit)?;
            let arrival = row[unit]?;
            let ready = arrival.saturating_add(closing.setup);
            Some(Sent { unit: closing.units[unit].unit, arrival, ready })
        })
        .collect();
    let by = sent.iter().flatten().map(|sent| sent.ready).max();
    Closed { sent, by }
}

/// How long each unit takes to a place.
fn times(
    closing: &Closing<'_>,
    exit: &Snap,
    limit: Millis,
    scratch: &mut Scratch,
) -> Vec<Option<Millis>> {
    let mut times = vec![None; closing.units.len()];
    let sources = [*exit];
    for network in closing.networks.iter().flatten() {
        let reach = network.reach(scratch, &sources, limit, Way::In);
        for (unit, time) in closing.units.iter().zip(&mut times) {
            if unit.profile == network.profile() {
                let takes = reach.at(&unit.at).map(|(takes, _)| takes.saturating_add(unit.delay));
                *time = takes.filter(|takes| *takes <= limit);
            }
        }
    }
    times
}
