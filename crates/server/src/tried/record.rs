//! The calls of the city's own record: what was taken in, and how it was answered.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use precinct_base::{Millis, Timestamp, UnitId};
use precinct_core::{Event, Fact, IncidentId};
use precinct_engine::Entry;
use precinct_journal::Reader;
use precinct_whatif::{Call, Recorded};

/// What the record says of a unit that was sent.
#[derive(Clone, Copy, Debug, Default)]
struct Sent {
    dispatched: Option<Timestamp>,
    en_route: Option<Timestamp>,
    on_scene: Option<Timestamp>,
    cleared: Option<Timestamp>,
}

/// A call, as far as it has been read.
#[derive(Debug)]
struct Read {
    call: Call,
    entered: Timestamp,
    sent: Vec<(UnitId, Sent)>,
    /// Whether it goes on under another.
    merged: bool,
}

/// Calls of the record within a time.
#[derive(Debug)]
pub(crate) struct RecordCalls {
    from: Timestamp,
    to: Timestamp,
    read: BTreeMap<IncidentId, Read>,
}

fn gap(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<Millis> {
    u32::try_from(to?.0.checked_sub(from?.0)?).ok().map(Millis)
}

impl RecordCalls {
    /// Reads the record of a data folder: the calls received from `from` until `to`, in order of time.
    pub(crate) fn read(
        data: &Path,
        (from, to): (Timestamp, Timestamp),
        ends: &dyn Fn() -> bool,
    ) -> Result<Vec<Call>, String> {
        let mut calls = Self { from, to, read: BTreeMap::new() };
        each(data, 1, ends, &mut |event| calls.apply(event))?;
        Ok(calls.finish())
    }

    fn apply(&mut self, event: &Event) {
        let now = event.happened.unwrap_or(event.at).wall;
        match &event.fact {
            Fact::IncidentOpened(opened) => {
                let received = opened.reported.unwrap_or(now);
                if self.from <= received && received < self.to {
                    let call = Call {
                        key: Call::key(&opened.incident.to_string()),
                        source: opened.source,
                        received,
                        kind: opened.kind,
                        priority: opened.priority,
                        at: opened.place.at,
                        area: opened.place.area,
                        handling: None,
                        sent: None,
                        there: None,
                        crews: Vec::new(),
                    };
                    let read = Read { call, entered: now, sent: Vec::new(), merged: false };
                    self.read.insert(opened.incident, read);
                }
            }
            Fact::IncidentsMerged(fact) => self.merged(fact.from, true),
            Fact::IncidentsUnmerged(fact) => self.merged(fact.from, false),
            Fact::UnitDispatched(fact) => {
                if let Some(read) = self.read.get_mut(&fact.incident) {
                    let sent = Sent { dispatched: Some(now), ..Sent::default() };
                    read.sent.push((fact.unit, sent));
                }
            }
            Fact::UnitEnRoute(fact) => {
                let at = fact.at.map_or(now, |at| at.wall);
                self.step(fact.incident, fact.unit, |sent| sent.en_route = Some(at));
            }
            Fact::UnitOnScene(fact) => {
                let at = fact.at.map_or(now, |at| at.wall);
                self.step(fact.incident, fact.unit, |sent| sent.on_scene = Some(at));
            }
            Fact::UnitCleared(fact) => {
                self.step(fact.incident, fact.unit, |sent| sent.cleared = Some(now));
            }
            _ => {}
        }
    }

    fn merged(&mut self, incident: IncidentId, merged: bool) {
        if let Some(read) = self.read.get_mut(&incident) {
            read.merged = merged;
        }
    }

    fn step(&mut self, incident: IncidentId, unit: UnitId, change: impl FnOnce(&mut Sent)) {
        let read = self.read.get_mut(&incident);
        let sent = read.and_then(|read| read.sent.iter_mut().rev().find(|one| one.0 == unit));
        if let Some((_, sent)) = sent {
            change(sent);
        }
    }

    fn finish(self) -> Vec<Call> {
        let call = |read: Read| {
            let received = Some(read.call.received);
            let first = |of: fn(&Sent) -> Option<Timestamp>| {
                read.sent.iter().filter_map(|(_, sent)| of(sent)).min()
            };
            let crew = |(_, sent): &(UnitId, Sent)| Recorded {
                turnout: gap(sent.dispatched, sent.en_route),
                stay: gap(sent.on_scene, sent.cleared),
            };
            Call {
                handling: gap(received, Some(read.entered)),
                sent: gap(received, first(|sent| sent.dispatched)),
                there: gap(received, first(|sent| sent.on_scene)),
                crews: read.sent.iter().map(crew).collect(),
                ..read.call
            }
        };
        let mut calls: Vec<Call> =
            self.read.into_values().filter(|read| !read.merged).map(call).collect();
        calls.sort_by_key(|call| (call.received, call.key));
        calls
    }
}

/// How often it is looked whether to end, in records.
const LOOK: u64 = 4_096;

/// Hands on every event of the record from a number on; the number of the last.
fn each(
    data: &Path,
    from: u64,
    ends: &dyn Fn() -> bool,
    hand_on: &mut dyn FnMut(&Event),
) -> Result<u64, String> {
    let reader = Reader::open(data).map_err(|error| error.to_string())?;
    let (mut last, mut wrong) = (from - 1, None);
    let read = reader.read(from, &mut |row| {
        match Entry::read(row) {
            Ok(entry) => entry.into_events().for_each(|event| hand_on(&event)),
            Err(error) => {
                wrong = Some(error.to_string());
                return ControlFlow::Break(());
            }
        }
        last = row.seq;
        let over = last.is_multiple_of(LOOK) && ends();
        if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    read.map_err(|error| error.to_string())?;
    wrong.map_or(Ok(last), Err)
}

/// How many calls came in on each local day, read from the record as it grows.
#[derive(Debug, Default)]
pub(super) struct Counts {
    data: PathBuf,
    seq: u64,
    days: BTreeMap<i64, u32>,
}

impl Counts {
    pub(super) fn new(data: &Path) -> Self {
        Self { data: data.to_owned(), ..Self::default() }
    }

    /// Reads what is new; the days and their calls.
    pub(super) fn days(
        &mut self,
        day: &dyn Fn(Timestamp) -> i64,
    ) -> Result<&BTreeMap<i64, u32>, String> {
        let Self { data, seq, days } = self;
        let mut count = |event: &Event| {
            if let Fact::IncidentOpened(opened) = &event.fact
                && opened.source != precinct_core::Source::Patrol
            {
                let now = event.happened.unwrap_or(event.at).wall;
                *days.entry(day(opened.reported.unwrap_or(now))).or_default() += 1;
            }
        };
        *seq = each(data, *seq + 1, &|| false, &mut count)?;
        Ok(&self.days)
    }
}
