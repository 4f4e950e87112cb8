//! Who is looking at an incident, and who is changing it: for the eyes of others at the same time, in memory alone and never on record.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use precinct_base::{Timestamp, caps};
use precinct_core::{IncidentId, StaffNo};
use precinct_wire::{LookerDoc, Looks};
use tokio::sync::watch;

use crate::app::App;

/// Whoever has not said for so long that they are still there has gone.
const FORGOTTEN: Duration = Duration::from_secs(25);
/// How long it is known of an incident that nobody looks at it any more, so that every watcher hears of it.
const TOLD: Duration = Duration::from_mins(10);

/// Who is looking at what.
#[derive(Debug)]
pub(crate) struct Looking {
    all: Mutex<All>,
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct All {
    /// Rises with every change.
    version: u64,
    incidents: BTreeMap<IncidentId, Looked>,
}

#[derive(Debug)]
struct Looked {
    version: u64,
    changed: Instant,
    by: BTreeMap<StaffNo, Look>,
}

#[derive(Clone, Copy, Debug)]
struct Look {
    what: Looks,
    since: Timestamp,
    last: Instant,
}

/// Too many look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TooManyLook {
    /// At one incident.
    #[error("{} look at this incident already: that you do too is not told", caps::LOOKERS)]
    Here,
    /// One person, at too many incidents.
    #[error("you look at {} incidents already: close some", caps::LOOKED_AT)]
    You,
}

impl All {
    fn changed(&mut self, incident: IncidentId, now: Instant) -> &mut Looked {
        self.version += 1;
        let version = self.version;
        let new = || Looked { version, changed: now, by: BTreeMap::new() };
        let looked = self.incidents.entry(incident).or_insert_with(new);
        (looked.version, looked.changed) = (version, now);
        looked
    }
}

impl Looking {
    /// Nobody looks.
    pub(crate) fn new() -> Self {
        Self { all: Mutex::default(), changes: watch::channel(0).0 }
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of every change, by its number.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Somebody looks, or still does.
    pub(crate) fn put(
        &self,
        incident: IncidentId,
        staff: StaffNo,
        what: Looks,
        (since, now): (Timestamp, Instant),
    ) -> Result<(), TooManyLook> {
        let mut all = self.all();
        let here = all.incidents.get_mut(&incident);
        if let Some(look) = here.and_then(|looked| looked.by.get_mut(&staff))
            && look.what == what
        {
            look.last = now;
            return Ok(());
        }
        let at = |looked: &&Looked| looked.by.contains_key(&staff);
        let known = all.incidents.get(&incident).is_some_and(|looked| at(&looked));
        let here = all.incidents.get(&incident).map_or(0, |looked| looked.by.len());
        if !known && here >= caps::LOOKERS {
            return Err(TooManyLook::Here);
        }
        if !known && all.incidents.values().filter(at).count() >= caps::LOOKED_AT {
            return Err(TooManyLook::You);
        }
        all.changed(incident, now).by.insert(staff, Look { what, since, last: now });
        self.changes.send_replace(all.version);
        Ok(())
    }

    /// Somebody looks no more.
    pub(crate) fn go(&self, incident: IncidentId, staff: StaffNo, now: Instant) {
        let mut all = self.all();
        if all.incidents.get(&incident).is_some_and(|looked| looked.by.contains_key(&staff)) {
            all.changed(incident, now).by.remove(&staff);
            self.changes.send_replace(all.version);
        }
    }

    /// Forgets who has not been heard of for [`FORGOTTEN`].
    pub(crate) fn forget(&self, now: Instant) {
        let mut all = self.all();
        let gone = |look: &Look| now.saturating_duration_since(look.last) >= FORGOTTEN;
        let some: Vec<IncidentId> = all
            .incidents
            .iter()
            .filter(|(_, looked)| looked.by.values().any(gone))
            .map(|(&incident, _)| incident)
            .collect();
        for &incident in &some {
            all.changed(incident, now).by.retain(|_, look| !gone(look));
        }
        all.incidents.retain(|_, looked| {
            !looked.by.is_empty() || now.saturating_duration_since(looked.changed) < TOLD
        });
        if !some.is_empty() {
            self.changes.send_replace(all.version);
        }
    }

    /// Who looks at an incident, and the number of the last change of that; 0 is nobody, and nobody for long.
    pub(crate) fn at(&self, incident: IncidentId) -> (u64, Vec<LookerDoc>) {
        self.all().incidents.get(&incident).map_or((0, Vec::new()), |looked| {
            let doc = |(&staff, look): (&StaffNo, &Look)| LookerDoc {
                staff,
                what: look.what,
                since: look.since.into(),
            };
            (looked.version, looked.by.iter().map(doc).collect())
        })
    }

    /// The number of the last change, and the incidents at which others look since change `known`. From 0 on they are all at which
    /// somebody looks.
    pub(crate) fn since(&self, known: u64) -> (u64, Vec<IncidentId>) {
        let all = self.all();
        let news = |(_, looked): &(&IncidentId, &Looked)| {
            looked.version > known && (known > 0 || !looked.by.is_empty())
        };
        (all.version, all.incidents.iter().filter(news).map(|(&incident, _)| incident).collect())
    }
}

/// How often it is looked who has gone that looked at an incident.
const GONE: Duration = Duration::from_secs(1);

/// Forgets who has gone without a word, and what was seen for what is over, until the server stops.
pub(crate) fn forget(app: &Arc<App>) {
    let (app, mut closing) = (Arc::downgrade(app), app.closing.subscribe());
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(GONE) => {}
                _ = closing.changed() => return,
            }
            let Some(app) = app.upgrade() else { return };
            app.looking.forget(Instant::now());
            app.seals.forget(&app);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: StaffNo = StaffNo::literal("A1");
    const B: StaffNo = StaffNo::literal("B2");

    fn who(looking: &Looking, incident: u32) -> Vec<(StaffNo, Looks)> {
        let (_, docs) = looking.at(IncidentId(incident));
        docs.iter().map(|doc| (doc.staff, doc.what)).collect()
    }

    #[test]
    fn who_says_nothing_for_long_is_forgotten_and_that_is_told() {
        let (looking, start) = (Looking::new(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        let put = |staff, what, seconds| {
            looking.put(IncidentId(1), staff, what, (Timestamp(0), at(seconds))).unwrap();
        };
        put(A, Looks::Looking, 0);
        put(B, Looks::Editing, 5);
        let (version, changed) = looking.since(0);
        assert_eq!(changed, [IncidentId(1)]);
        put(A, Looks::Looking, 10);
        looking.forget(at(29));
        assert_eq!(looking.since(version), (version, vec![]), "to say it again is no change");
        looking.forget(at(30));
        assert_eq!(who(&looking, 1), [(A, Looks::Looking)]);
        let (version, changed) = looking.since(version);
        assert_eq!(changed, [IncidentId(1)]);
        put(A, Looks::Editing, 31);
        assert_eq!(
            (looking.since(version).1.len(), who(&looking, 1)),
            (1, vec![(A, Looks::Editing)])
        );
        looking.go(IncidentId(1), A, at(32));
        looking.go(IncidentId(1), B, at(32));
        assert_eq!(who(&looking, 1), []);
        assert_eq!((looking.since(version).1.len(), looking.since(0).1), (1, vec![]));
        looking.forget(at(32) + TOLD);
        assert_eq!(looking.at(IncidentId(1)).0, 0);
        assert_eq!(looking.since(version).1, []);
    }

    #[test]
    fn there_is_an_end_to_looking() {
        let (looking, now) = (Looking::new(), (Timestamp(0), Instant::now()));
        for n in 0..caps::LOOKED_AT as u32 {
            looking.put(IncidentId(n), A, Looks::Looking, now).unwrap();
        }
        let more = looking.put(IncidentId(99), A, Looks::Looking, now);
        assert_eq!(more, Err(TooManyLook::You));
        assert_eq!(looking.put(IncidentId(0), A, Looks::Editing, now), Ok(()));
        for n in 1..caps::LOOKERS {
            let staff: StaffNo = format!("C{n}").parse().unwrap();
            looking.put(IncidentId(0), staff, Looks::Looking, now).unwrap();
        }
        assert_eq!(looking.put(IncidentId(0), B, Looks::Looking, now), Err(TooManyLook::Here));
    }
}
