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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::seal::tests::world::{network, place, streets};

    /// Every way to send them: how many places are closed, then the last of them, then all the driving; the best of all.
    fn best(times: &[Vec<Option<u32>>], taken: u32, so_far: (i64, i64, i64)) -> (i64, i64, i64) {
        let Some((first, rest)) = times.split_first() else { return so_far };
        let mut most = best(rest, taken, so_far);
        for (unit, time) in first.iter().enumerate() {
            if let Some(time) = time.map(i64::from).filter(|_| taken >> unit & 1 == 0) {
                let with = (so_far.0 + 1, so_far.1.min(-time), so_far.2 - time);
                most = most.max(best(rest, taken | 1 << unit, with));
            }
        }
        most
    }

    proptest! {
        #[test]
        fn places_are_closed_as_early_as_any_sending_does(
            streets in streets(),
            exits in prop::collection::vec((any::<usize>(), any::<u64>()), 0..5),
            crews in prop::collection::vec(((any::<usize>(), any::<u64>()), 0u32..9), 0..6),
            limit in 0u32..60,
        ) {
            let roads = network(&streets);
            let exits: Vec<Snap> = exits.iter().map(|&pick| place(&roads, pick)).collect();
            let unit = |(number, &(pick, delay)): (u32, &((usize, u64), u32))| UnitAt {
                unit: UnitId(number + 5),
                profile: Profile::PoliceCar,
                at: place(&roads, pick),
                delay: Millis(delay),
                holds: None,
            };
            let units: Vec<UnitAt> = (0..).zip(&crews).map(unit).collect();
            let (setup, limit) = (Millis(3), Millis(limit));
            let networks = [Some(&roads), None, None, None];
            let closing = Closing { exits: &exits, units: &units, networks, setup, limit };
            let mut scratch = Scratch::default();
            let closed = close(&closing, &mut scratch);

            // The other way round: from each unit outwards.
            let mut times = vec![vec![None; units.len()]; exits.len()];
            for (number, unit) in units.iter().enumerate() {
                let from = [unit.at];
                let reach = roads.reach(&mut scratch, &from, Millis(100_000), Way::Out);
                for (exit, times) in exits.iter().zip(&mut times) {
                    let takes = reach.at(exit).map(|(takes, _)| takes.0 + unit.delay.0);
                    times[number] = takes.filter(|&takes| takes <= limit.0);
                }
            }
            let mut got = (0, 0, 0);
            let mut gone = Vec::new();
            for (sent, times) in closed.sent.iter().zip(&times) {
                let Some(sent) = sent else { continue };
                let number = units.iter().position(|unit| unit.unit == sent.unit).unwrap();
                prop_assert_eq!(times[number], Some(sent.arrival.0));
                prop_assert_eq!(sent.ready.0, sent.arrival.0 + setup.0);
                let arrival = i64::from(sent.arrival.0);
                got = (got.0 + 1, got.1.min(-arrival), got.2 - arrival);
                gone.push(sent.unit);
            }
            prop_assert_eq!(got, best(&times, 0, (0, 0, 0)));
            prop_assert_eq!(closed.missing() as i64, exits.len() as i64 - got.0);
            let by = (got.0 > 0).then(|| Millis((-got.1) as u32 + setup.0));
            prop_assert_eq!(closed.by, by);
            gone.sort_unstable();
            prop_assert!(gone.windows(2).all(|pair| pair[0] != pair[1]), "a unit is at two places");
        }
    }
}
