//! Presence: what the thread of positions counts on streets and at hot spots, and what whoever asks is answered from.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use precinct_base::{LonLat, Millis, SegmentId, Timestamp, UnitId};
use precinct_positions::presence::{
    HotSpot, Hour, HourPasses, PassRules, Passes, Stay, Visit, VisitRules, Visits,
};
use tracing::warn;

use super::hours::{Ended, HOUR_MS, Hours, Last, Open};
use crate::ground::Ground;

/// How often what is not over is written down.
const FLUSH_MS: i64 = 60_000;
/// How long after its end an hour is still open for what comes late.
const LATE_MS: i64 = HOUR_MS;
/// Ticks that are farther apart: nobody listened in between. In a drill time goes by faster than the ticks.
const ASLEEP_MS: i64 = 15 * 60_000;
/// A shorter stay is no visit: somebody drove by.
const LEAST: Millis = Millis::from_minutes(1);

/// Presence of a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Presence(Arc<Mutex<Store>>);

/// What is planned of a hot spot.
#[derive(Debug)]
struct Planned {
    key: String,
    dose: Millis,
}

#[derive(Debug)]
struct Store {
    hours: Hours,
    roads: [u8; 32],
    passes: Passes,
    visits: Visits,
    spots: Vec<Planned>,
    /// Visits that ended in hours that are not over.
    ended: Vec<Ended>,
    last: BTreeMap<String, Last>,
    /// Visits that ended in an hour that was written already.
    late: u64,
    /// Hours that are over and on their way to the disk.
    writing: Vec<Hour>,
    listened: Option<Timestamp>,
    flushed: i64,
    pruned: i64,
}

/// How things are at the hot spots: a place in the list for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct AtSpots {
    /// Units that are there now.
    pub(crate) there: Vec<u32>,
    /// When somebody was there last.
    pub(crate) last: Vec<Last>,
}

impl Presence {
    /// Goes on with what is in a data folder.
    pub(crate) fn open(data: &Path, ground: &Ground) -> io::Result<Self> {
        let hours = Hours::open(data)?;
        let (open, roads) = (hours.read_open(), ground.map.made_from().0);
        let spots = &ground.city.hot_spots;
        let keys: Vec<String> = spots.iter().map(precinct_city::HotSpot::key).collect();
        let places = spots.iter().map(|spot| HotSpot { at: spot.at, radius: spot.radius });
        let visits = Visits::new(VisitRules::default(), places.collect());
        let mut visits = visits.map_err(io::Error::other)?;
        visits.resume(open.going(&keys));
        let segments = ground.map.segment_ids().len();
        let passes = Passes::resume(PassRules::default(), segments, open.passes(roads));
        let planned =
            |(key, spot): (String, &precinct_city::HotSpot)| Planned { key, dose: spot.dose };
        let spots = keys.into_iter().zip(spots).map(planned).collect();
        let Open { ended, last, .. } = open;
        let (flushed, pruned) = (i64::MIN, i64::MIN);
        let store = Store {
            hours,
            roads,
            passes,
            visits,
            spots,
            ended,
            last,
            late: 0,
            writing: Vec::new(),
            listened: None,
            flushed,
            pruned,
        };
        Ok(Self(Arc::new(Mutex::new(store))))
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `unit` is somewhere, and on a street if it is on any. Instants of one unit do not go back.
    pub(super) fn seen(
        &self,
        unit: UnitId,
        at: LonLat,
        time: Timestamp,
        street: Option<SegmentId>,
    ) {
        let mut store = self.store();
        let over = store.visits.fix(unit, at, time);
        store.end(over);
        if let Some(segment) = street
            && let Err(error) = store.passes.on_street(unit, segment, time)
        {
            warn!(%error, "a pass was not counted");
        }
    }

    /// The tour of `unit` is over.
    pub(super) fn end_tour(&self, unit: UnitId) {
        let mut store = self.store();
        store.passes.end_tour(unit);
        let over = store.visits.end_tour(unit);
        store.end(over);
    }

    /// Somebody listens at `now`; visits that are over end. Nothing is written: a slow disk holds up no fix.
    pub(super) fn listen(&self, now: Timestamp) {
        let mut store = self.store();
        store.listen(now);
        let over = store.visits.sweep(now);
        store.end(over);
    }

    /// Writes hours that are over, and what is not over, once a minute. May wait for the disk.
    pub(super) fn keep(&self, now: Timestamp) {
        let (flushes, prunes) = {
            let mut store = self.store();
            let prunes = now.0.saturating_sub(store.pruned) >= HOUR_MS;
            if prunes {
                store.pruned = now.0;
            }
            (now.0.saturating_sub(store.flushed) >= FLUSH_MS, prunes)
        };
        if flushes {
            self.close(now);
        }
        if prunes {
            let hours = self.store().hours.clone();
            hours.prune(now);
        }
    }

    /// Writes all there is to write: nothing is held while it waits for the disk.
    pub(super) fn close(&self, now: Timestamp) {
        let (over, open, hours) = {
            let mut store = self.store();
            let (over, open) = store.flush(now);
            (over, open, store.hours.clone())
        };
        for hour in &over {
            hours.write(hour);
        }
        hours.write_open(&open);
        self.store().writing.clear();
    }

    /// Passes and visits that were not counted, since their hour was written already.
    pub(crate) fn late(&self) -> u64 {
        let store = self.store();
        store.late + store.passes.late()
    }

    /// Whether hours are of the streets the city has.
    pub(crate) fn roads(&self) -> [u8; 32] {
        self.store().roads
    }

    /// The hot spots as they are now.
    pub(crate) fn at_spots(&self) -> AtSpots {
        let store = self.store();
        let mut there = vec![0; store.spots.len()];
        for ((_, spot), visit) in store.visits.open() {
            if visit.away.is_none()
                && let Some(there) = there.get_mut(*spot as usize)
            {
                *there += 1;
            }
        }
        let last = |spot: &Planned| store.last.get(&spot.key).copied().unwrap_or_default();
        AtSpots { there, last: store.spots.iter().map(last).collect() }
    }

    /// Shows each hour that begins in a stretch of time, those that are over first; or why it cannot be read.
    pub(crate) fn each_hour(
        &self,
        within: Range<i64>,
        mut show: impl FnMut(Result<Hour, String>),
    ) -> io::Result<()> {
        // Those that are not over are taken first: one that is written meanwhile would be in neither.
        let (open, hours) = {
            let store = self.store();
            (store.open(&within), store.hours.clone())
        };
        let open_numbers: BTreeSet<i64> =
            open.iter().map(|hour| hour.begins.0.div_euclid(HOUR_MS)).collect();
        let wanted = |hour: &i64| {
            within.contains(&hour.saturating_mul(HOUR_MS)) && !open_numbers.contains(hour)
        };
        for hour in hours.numbers()?.into_iter().filter(wanted) {
            show(hours.read(hour));
        }
        for hour in open {
            show(Ok(hour));
        }
        Ok(())
    }
}

impl Store {
    /// Between two ticks that are near each other it listened all the while; else the machine was asleep, or the clock was set.
    fn listen(&mut self, now: Timestamp) {
        let near = |since: &Timestamp| (0..ASLEEP_MS).contains(&now.0.saturating_sub(since.0));
        let since = self.listened.filter(near);
        self.passes.watch(since.unwrap_or(now), now);
        self.listened = Some(now);
    }

    /// Takes over visits that are over.
    fn end(&mut self, over: Vec<Visit>) {
        for visit in over.into_iter().filter(|visit| visit.stayed() >= LEAST) {
            let Some(Planned { key, dose }) = self.spots.get(visit.spot as usize) else { continue };
            let (came, left) = (visit.came.0, visit.left.0);
            let last = self.last.entry(key.clone()).or_default();
            last.visit = last.visit.max(Some(left));
            if visit.stayed() >= *dose {
                last.dosed = last.dosed.max(Some(left));
            }
            if left.div_euclid(HOUR_MS) < self.passes.open().closed_to {
                self.late += 1;
            } else {
                self.ended.push(Ended { spot: key.clone(), came, left });
            }
        }
    }

    /// Takes out the hours that are over, which are looked at here until they are written, and what is not over.
    fn flush(&mut self, now: Timestamp) -> (Vec<Hour>, Open) {
        self.flushed = now.0;
        let over = self.passes.close(Timestamp(now.0.saturating_sub(LATE_MS)));
        let over: Vec<Hour> = over.into_iter().map(|hour| self.whole(hour)).collect();
        self.writing.extend(over.iter().cloned());
        let closed_to = self.passes.open().closed_to;
        self.ended.retain(|ended| ended.left.div_euclid(HOUR_MS) >= closed_to);
        let keys: Vec<String> = self.spots.iter().map(|spot| spot.key.clone()).collect();
        let mut open = Open::new(self.roads, self.passes.open(), self.visits.open(), &keys);
        open.ended.clone_from(&self.ended);
        open.last.clone_from(&self.last);
        (over, open)
    }

    /// An hour of streets with the visits that ended in it.
    fn whole(&self, of: HourPasses) -> Hour {
        let HourPasses { begins, known, streets } = of;
        let of_it = self.ended.iter().filter(|one| (0..HOUR_MS).contains(&(one.left - begins.0)));
        let of_it: Vec<&Ended> = of_it.collect();
        let keys: BTreeSet<&String> = of_it.iter().map(|one| &one.spot).collect();
        let spots: Vec<String> = keys.into_iter().cloned().collect();
        let stay = |one: &&Ended| {
            let spot = spots.binary_search(&one.spot).ok()?;
            Some(Stay { spot: spot as u32, came: Timestamp(one.came), left: Timestamp(one.left) })
        };
        let mut stays: Vec<Stay> = of_it.iter().filter_map(stay).collect();
        stays.sort_unstable();
        Hour { roads: self.roads, begins, known, streets, spots, stays }
    }

    /// The hours that are not written yet, as they are by now.
    fn open(&self, within: &Range<i64>) -> Vec<Hour> {
        let all = self.passes.open_hours().into_iter();
        let all = all.filter(|hour| within.contains(&hour.saturating_mul(HOUR_MS)));
        let writing = self.writing.iter().filter(|hour| within.contains(&hour.begins.0)).cloned();
        writing.chain(all.map(|hour| self.whole(self.passes.hour(hour)))).collect()
    }
}

#[cfg(test)]
mod tests;
