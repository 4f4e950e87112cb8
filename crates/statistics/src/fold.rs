//! The fold: takes events one after another and keeps as much of them as figures need.

use std::collections::{BTreeMap, VecDeque};

use precinct_base::{AreaId, Instant, Millis, UnitId, caps};
use precinct_core::event::{AreaSet, IncidentMoved, IncidentOpened, IncidentRegraded};
use precinct_core::{
    Advice, Catalogue, Code, Event, Fact as F, IncidentId, Moment, Priority, SealPlan,
};

use crate::calendar::Calendar;
use crate::rows::{Advised, Kinds, Life, Row, Task, least};
use crate::tally::Tally;
use crate::units::{Doing, Log};

/// An area, as far as its thresholds go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Area {
    parent: Option<AreaId>,
    grade: Option<Code>,
    reach: Option<[Millis; 3]>,
}

/// What is kept of the events so far. Two folds of the same events are equal, on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    pub(crate) calendar: Calendar,
    pub(crate) now: Moment,
    areas: BTreeMap<AreaId, Area>,
    grades: BTreeMap<Code, [Millis; 3]>,
    pub(crate) kinds: Kinds,
    /// Rising in number and in time of entry.
    pub(crate) rows: VecDeque<Row>,
    /// What was merged into each.
    pub(crate) merged: BTreeMap<IncidentId, Vec<IncidentId>>,
    /// Those that are open, also beyond the days that are kept.
    open_now: BTreeMap<IncidentId, AreaId>,
    pub(crate) open: Tally,
    /// Rising in time of entry.
    pub(crate) tasks: VecDeque<Task>,
    tasks_gone: u64,
    /// The task that each unit is on, by number.
    active: BTreeMap<UnitId, u64>,
    pub(crate) units: BTreeMap<UnitId, Log>,
}

/// How a task begins.
#[derive(Clone, Copy, Debug)]
enum Begun<'a> {
    /// The unit was sent, with what was recommended, if that is on record.
    Sent(Option<&'a Advice>),
    /// The unit came upon it.
    CameUpon,
}

impl Default for Fold {
    /// Of no events.
    fn default() -> Self {
        Self {
            calendar: Calendar::default(),
            now: Moment::default(),
            areas: BTreeMap::new(),
            grades: grades(&Catalogue::standard()),
            kinds: Kinds::default(),
            rows: VecDeque::new(),
            merged: BTreeMap::new(),
            open_now: BTreeMap::new(),
            open: Tally::default(),
            tasks: VecDeque::new(),
            tasks_gone: 0,
            active: BTreeMap::new(),
            units: BTreeMap::new(),
        }
    }
}

fn grades(catalogue: &Catalogue) -> BTreeMap<Code, [Millis; 3]> {
    catalogue.grades.iter().map(|grade| (grade.code, grade.reach)).collect()
}

impl Fold {
    /// Takes over an event; they come in the order of the record, from its first on. One that names what is not known changes nothing.
    pub fn apply(&mut self, event: &Event) {
        self.now = event.at;
        self.calendar.note(event.at);
        self.forget();
        // What was on paper is counted when it happened, not when it was entered.
        let at = event.happened.unwrap_or(event.at);
        match &event.fact {
            F::CatalogueSet(fact) => self.grades = grades(&fact.catalogue),
            F::AreaSet(fact) => self.described(fact),
            fact => {
                if !self.of_units(fact, at) {
                    self.of_incidents(fact, at);
                }
            }
        }
    }

    /// From when on everything is kept.
    pub(crate) const fn cut(&self) -> Instant {
        Instant(self.now.tick.0.saturating_sub(caps::FIGURES_KEPT_MS))
    }

    fn forget(&mut self) {
        let cut = self.cut();
        while let Some(row) = self.rows.pop_front_if(|row| row.entered < cut) {
            self.merged.remove(&row.id);
        }
        while self.tasks.pop_front_if(|task| task.entered < cut).is_some() {
            self.tasks_gone += 1;
        }
        self.open.forget(cut);
        self.calendar.forget(cut);
    }

    fn described(&mut self, fact: &AreaSet) {
        let AreaSet { area, parent, grade, reach, .. } = *fact;
        self.areas.insert(area, Area { parent, grade, reach });
    }

    /// The thresholds of reach that hold in an area: its own, those of its grade, or those of the area it lies in.
    pub(crate) fn reach(&self, area: AreaId) -> Option<[Millis; 3]> {
        let mut next = Some(area);
        for _ in 0..caps::AREAS_DEEP {
            let area = self.areas.get(&next?)?;
            let of_grade = || self.grades.get(&area.grade?).copied();
            if let Some(reach) = area.reach.or_else(of_grade) {
                return Some(reach);
            }
            next = area.parent;
        }
        None
    }
}

/// Units and their tasks.
impl Fold {
    /// Whether it was about them.
    fn of_units(&mut self, fact: &F, at: Moment) -> bool {
        match fact {
            F::UnitSet(fact) => self.unit(fact.unit, &fact.call_sign, fact.area),
            F::AidJoined(fact) => {
                self.unit(fact.unit, &fact.call_sign, fact.area);
                self.turn(fact.unit, at, Doing::Free);
            }
            F::AidLeft(fact) => self.turn(fact.unit, at, Doing::Off),
            F::ShiftStarted(fact) => self.turn(fact.unit, at, Doing::Free),
            F::ShiftEnded(fact) => self.turn(fact.unit, at, Doing::Off),
            F::UnitOut(fact) => self.turn(fact.unit, at, Doing::Out),
            F::UnitBack(fact) => self.turn(fact.unit, at, Doing::Free),
            F::UnitDispatched(fact) => {
                self.begins((fact.incident, fact.unit), at, Begun::Sent(fact.advice.as_deref()));
            }
            F::UnitOnView(fact) => self.begins((fact.incident, fact.unit), at, Begun::CameUpon),
            F::UnitAcknowledged(fact) => {
                self.step(fact.unit, fact.at.unwrap_or(at), |task, after| {
                    task.acknowledged = Some(after);
                });
            }
            F::UnitEnRoute(fact) => {
                self.step(fact.unit, fact.at.unwrap_or(at), |task, after| {
                    task.en_route = Some(after);
                });
            }
            F::UnitOnScene(fact) => self.arrived(fact.incident, fact.unit, fact.at.unwrap_or(at)),
            F::ContainmentOrdered(fact) => self.posted(&fact.plan),
            F::ContainmentReplanned(fact) => self.posted(&fact.plan),
            F::UnitCleared(fact) => self.freed(fact.unit, at),
            F::UnitDeclined(fact) => self.freed(fact.unit, at),
            F::UnitRecalled(fact) => self.freed(fact.unit, at),
            F::UnitPreempted(fact) => self.freed(fact.unit, at),
            _ => return false,
        }
        true
    }

    fn unit(&mut self, unit: UnitId, call_sign: &str, area: AreaId) {
        let new = || Log::new(String::new(), area);
        let log = self.units.entry(unit).or_insert_with(new);
        log.area = area;
        if log.call_sign != call_sign {
            call_sign.clone_into(&mut log.call_sign);
        }
    }

    fn turn(&mut self, unit: UnitId, at: Moment, doing: Doing) {
        let cut = self.cut();
        if let Some(log) = self.units.get_mut(&unit) {
            log.turn(at.tick, doing, cut);
        }
    }

    fn freed(&mut self, unit: UnitId, at: Moment) {
        self.active.remove(&unit);
        self.turn(unit, at, Doing::Free);
    }

    fn begins(&mut self, (incident, unit): (IncidentId, UnitId), at: Moment, begun: Begun<'_>) {
        self.turn(unit, at, Doing::Busy);
        let entered = self.now.tick;
        let Some(row) = self.row(incident) else { return };
        let after = at.tick.saturating_since(row.opened);
        let beside = match begun {
            Begun::Sent(advice) => advice.and_then(|advice| advice.beside).map(Box::new),
            Begun::CameUpon => None,
        };
        let (known, on_view, advised) = match begun {
            Begun::Sent(advice) => (&mut row.sent, false, advice.into()),
            Begun::CameUpon => (&mut row.there, true, Advised::No),
        };
        least(known, after);
        let (area, priority) = (row.area, row.priorities[1]);
        let (acknowledged, en_route, posted) = (None, None, false);
        let at = at.tick;
        let task = Task {
            incident,
            unit,
            entered,
            at,
            on_view,
            posted,
            area,
            priority,
            acknowledged,
            en_route,
            advised,
            beside,
        };
        self.active.insert(unit, self.tasks_gone + self.tasks.len() as u64);
        self.tasks.push_back(task);
    }

    /// The task that a unit is on, if it is kept.
    fn task(&mut self, unit: UnitId) -> Option<&mut Task> {
        let number = *self.active.get(&unit)?;
        self.tasks.get_mut(number.checked_sub(self.tasks_gone)? as usize)
    }

    fn step(&mut self, unit: UnitId, at: Moment, step: impl FnOnce(&mut Task, Millis)) {
        if let Some(task) = self.task(unit) {
            step(task, at.tick.saturating_since(task.at));
        }
    }

    /// Units were sent to hold points: they answer for the incident, and do not get to it.
    fn posted(&mut self, plan: &SealPlan) {
        for unit in plan.points.iter().filter_map(|point| point.unit) {
            if let Some(task) = self.task(unit) {
                task.posted = true;
            }
        }
    }

    fn arrived(&mut self, incident: IncidentId, unit: UnitId, at: Moment) {
        if self.task(unit).is_some_and(|task| task.posted) {
            return;
        }
        let sent = self.task(unit).filter(|task| !task.on_view).map(|task| task.at);
        let Some(row) = self.row(incident) else { return };
        let after = at.tick.saturating_since(row.opened);
        least(&mut row.there, after);
        if let Some(sent) = sent {
            least(&mut row.arrival, (after, at.tick.saturating_since(sent)));
        }
    }
}

/// Incidents.
impl Fold {
    /// Where an incident is among those that are kept.
    pub(crate) fn place(&self, incident: IncidentId) -> Option<usize> {
        self.rows.binary_search_by_key(&incident, |row| row.id).ok()
    }

    fn row(&mut self, incident: IncidentId) -> Option<&mut Row> {
        let place = self.place(incident)?;
        self.rows.get_mut(place)
    }

    fn of_incidents(&mut self, fact: &F, at: Moment) {
        match fact {
            F::IncidentOpened(fact) => self.opened(fact, at),
            F::IncidentRegraded(fact) => self.regraded(fact),
            F::IncidentMoved(fact) => self.moved(fact, at),
            F::IncidentCancelled(fact) => self.lives(fact.incident, at, Life::Closed),
            F::IncidentResolved(fact) => self.lives(fact.incident, at, Life::Closed),
            F::IncidentReopened(fact) => self.lives(fact.incident, at, Life::Open),
            F::IncidentsMerged(fact) => {
                self.lives(fact.from, at, Life::Merged(fact.into));
                if self.place(fact.into).is_some() {
                    self.merged.entry(fact.into).or_default().push(fact.from);
                }
            }
            F::IncidentsUnmerged(fact) => {
                self.lives(fact.from, at, Life::Open);
                if let Some(merged) = self.merged.get_mut(&fact.into) {
                    merged.retain(|&one| one != fact.from);
                }
            }
            _ => {}
        }
    }

    fn opened(&mut self, fact: &IncidentOpened, at: Moment) {
        let kind = self.kinds.number(fact.kind);
        self.rows.push_back(Row {
            id: fact.incident,
            entered: self.now.tick,
            opened: at.tick,
            area: fact.place.area,
            source: fact.source,
            kinds: [kind; 2],
            priorities: [fact.priority; 2],
            life: Life::Open,
            sent: None,
            there: None,
            arrival: None,
        });
        self.opens(fact.incident, at, fact.place.area);
    }

    fn regraded(&mut self, fact: &IncidentRegraded) {
        let kind = self.kinds.number(fact.kind);
        let priority: Priority = fact.priority;
        let Some(row) = self.row(fact.incident) else { return };
        row.kinds[1] = kind;
        if row.sent.is_none() {
            row.priorities[1] = priority;
        }
    }

    fn moved(&mut self, fact: &IncidentMoved, at: Moment) {
        let area = fact.place.area;
        if let Some(row) = self.row(fact.incident) {
            row.area = area;
        }
        if self.shuts(fact.incident, at) {
            self.opens(fact.incident, at, area);
        }
    }

    fn lives(&mut self, incident: IncidentId, at: Moment, life: Life) {
        self.shuts(incident, at);
        let Some(row) = self.row(incident) else { return };
        row.life = life;
        let area = row.area;
        if life == Life::Open {
            self.opens(incident, at, area);
        }
    }

    fn opens(&mut self, incident: IncidentId, at: Moment, area: AreaId) {
        self.open.change(at.tick, area, true);
        self.open_now.insert(incident, area);
    }

    /// Whether it was open.
    fn shuts(&mut self, incident: IncidentId, at: Moment) -> bool {
        let Some(area) = self.open_now.remove(&incident) else { return false };
        self.open.change(at.tick, area, false);
        true
    }
}
