//! Asking for the figures of a period.

use std::collections::BTreeMap;

use precinct_base::{Instant, Millis, Timestamp, UnitId, caps};
use precinct_core::{IncidentId, Moment, Priority, Source};

use crate::figures::{Dispatches, Figures, Hours, Incidents, Response, Workload};
use crate::laps::{Gathered, quantile};
use crate::rows::{Advised, Life, Row, Task};
use crate::watched::watched;
use crate::{Fold, Scope};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// From when, by the calendar.
    pub from: Timestamp,
    /// Until when, by the calendar: an instant that is not in the period any more.
    pub until: Timestamp,
    /// What time it is. What is later is not known, and what goes on now goes on until then.
    pub now: Moment,
    /// Where.
    pub scope: Scope,
}

/// A period, and the running time of it that is covered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) start: Instant,
    pub(crate) end: Instant,
}

impl Span {
    /// Whether it is known how things were up to `tick`.
    pub(crate) fn knows(&self, tick: Instant) -> bool {
        self.start <= tick && tick <= self.end && self.start < self.end
    }

    /// Whether what was entered at `tick` may have happened in the period: it may have been on paper for a while.
    fn may_have(&self, tick: Instant) -> bool {
        tick.0 < self.end.0.saturating_add(u64::from(caps::PAPER_MS))
    }

    fn has(&self, tick: Instant) -> bool {
        self.start <= tick && tick < self.end
    }
}

/// An incident with all that were merged into it: one thing, from its first report on.
struct Whole<'a> {
    first: &'a Row,
    root: &'a Row,
    sent: Option<Instant>,
    there: Option<Instant>,
    arrival: Option<(Instant, Millis)>,
}

impl<'a> Whole<'a> {
    fn of(root: &'a Row, rows: &[&'a Row]) -> Self {
        let first = rows.iter().copied().min_by_key(|row| (row.opened, row.id)).unwrap_or(root);
        let later =
            |row: &Row, after: Millis| Instant(row.opened.0.saturating_add(u64::from(after.0)));
        let sent = rows.iter().filter_map(|row| Some(later(row, row.sent?))).min();
        let there = rows.iter().filter_map(|row| Some(later(row, row.there?))).min();
        let arrivals = rows.iter().filter_map(|row| Some((row, row.arrival?)));
        let arrival = arrivals.map(|(row, (after, lasted))| (later(row, after), lasted)).min();
        Self { first, root, sent, there, arrival }
    }

    fn since(&self, step: Option<Instant>) -> Option<Millis> {
        Some(step?.saturating_since(self.first.opened))
    }

    fn came_upon(&self) -> bool {
        self.sent.is_none() && self.there.is_some()
    }

    fn unsent(&self) -> bool {
        self.sent.is_none() && self.there.is_none() && self.root.life != Life::Open
    }
}

/// The response to incidents of one urgency as it is gathered.
#[derive(Default)]
struct Group {
    incidents: u32,
    came_upon: u32,
    unsent: u32,
    regraded: u32,
    laps: [Gathered; 5],
}

impl Group {
    fn add(&mut self, whole: &Whole<'_>, reach: Option<[Millis; 3]>) {
        let [at_intake, when_sent] = whole.root.priorities;
        self.incidents += 1;
        self.regraded += u32::from(at_intake != when_sent);
        if whole.came_upon() {
            self.came_upon += 1;
        } else if whole.unsent() {
            self.unsent += 1;
        } else {
            let [dispatched, _, _, journey, on_scene] = &mut self.laps;
            dispatched.add(whole.since(whole.sent));
            journey.add_rated(whole.arrival.map(|(_, lasted)| lasted), reach);
            on_scene.add_rated(whole.since(whole.there), reach);
        }
    }

    fn add_task(&mut self, task: &Task) {
        let [_, acknowledged, en_route, ..] = &mut self.laps;
        acknowledged.add(task.acknowledged);
        en_route.add(task.en_route);
    }

    fn done(self, priority: Priority) -> Response {
        let Self { incidents, came_upon, unsent, regraded, laps } = self;
        let [
            received_dispatched,
            dispatched_acknowledged,
            dispatched_en_route,
            dispatched_on_scene,
            received_on_scene,
        ] = laps.map(Gathered::done);
        Response {
            priority,
            incidents,
            came_upon,
            unsent,
            regraded,
            received_dispatched,
            dispatched_acknowledged,
            dispatched_en_route,
            dispatched_on_scene,
            received_on_scene,
        }
    }
}

type Groups = [Group; Priority::COUNT];

fn group(groups: &mut Groups, priority: Priority) -> &mut Group {
    &mut groups[usize::from(priority.number() - 1)]
}

impl Fold {
    /// The figures of a period. A period that ends before it begins is one of no time.
    pub fn ask(&self, question: &Question) -> Figures {
        let span = self.span(question);
        let scope = &question.scope;
        let edges = self.edges(&span);
        let (mut groups, mut hours) = (Groups::default(), self.hours(&edges, scope));
        let incidents = self.incidents(&span, scope, |whole| {
            group(&mut groups, whole.root.priorities[1]).add(whole, self.reach(whole.root.area));
            let hour = edges.partition_point(|&edge| edge <= whole.first.opened);
            self.count(&mut hours, whole, hour.saturating_sub(1));
        });
        let tasks = || self.tasks_of(&span).filter(|task| scope.has(task.area));
        for task in tasks().filter(|task| !task.on_view) {
            group(&mut groups, task.priority).add_task(task);
        }
        let (watched, differed) = watched(tasks());
        let began = self.calendar.began().map(|began| began.max(self.cut()));
        let response = (1..).map_while(Priority::new).zip(groups);
        Figures {
            since: began.and_then(|began| self.calendar.wall(began)),
            covered_ms: span.end.0 - span.start.0,
            incidents,
            response: response.map(|(priority, group)| group.done(priority)).collect(),
            hours,
            workload: self.workload(&span, scope),
            dispatches: dispatches(tasks()),
            watched,
            differed,
            free: self.free(&span, scope),
        }
    }

    fn span(&self, question: &Question) -> Span {
        let &Question { from, until, now, .. } = question;
        let since = self.calendar.began().unwrap_or_default().max(self.cut());
        let start = self.calendar.tick(from).max(since);
        let end = self.calendar.tick(until).min(now.tick.max(self.now.tick)).max(start);
        // Of a period that is all to come nothing is covered, wherever it begins.
        Span { from, until, start: start.min(end), end }
    }

    /// Shows each incident of the period and scope, whole; how many there are.
    fn incidents<'a>(
        &'a self,
        span: &Span,
        scope: &Scope,
        mut show: impl FnMut(&Whole<'a>),
    ) -> Incidents {
        let mut sum = Incidents::default();
        let from = self.rows.partition_point(|row| row.entered < span.start);
        let rows = self.rows.range(from..).take_while(|row| span.may_have(row.entered));
        for row in rows.filter(|row| span.has(row.opened)) {
            let root = self.root(row);
            if !scope.has(root.area) {
                continue;
            }
            sum.reports += 1;
            let whole = self.whole(root);
            if whole.first.id == row.id {
                sum.incidents += 1;
                sum.on_paper += u32::from(whole.first.entered > whole.first.opened);
                sum.retyped += u32::from(root.kinds[0] != root.kinds[1]);
                show(&whole);
            }
        }
        sum
    }

    /// The incident under which one goes on.
    fn root<'a>(&'a self, row: &'a Row) -> &'a Row {
        let mut root = row;
        while let Life::Merged(into) = root.life {
            let Some(next) = self.place(into).and_then(|place| self.rows.get(place)) else { break };
            root = next;
        }
        root
    }

    fn whole<'a>(&'a self, root: &'a Row) -> Whole<'a> {
        if !self.merged.contains_key(&root.id) {
            return Whole::of(root, &[root]);
        }
        let (mut rows, mut next): (Vec<&Row>, Vec<IncidentId>) = (Vec::new(), vec![root.id]);
        while let Some(id) = next.pop() {
            rows.extend(self.place(id).and_then(|place| self.rows.get(place)));
            next.extend(self.merged.get(&id).into_iter().flatten());
        }
        Whole::of(root, &rows)
    }

    fn count(&self, hours: &mut Hours, whole: &Whole<'_>, hour: usize) {
        let count = hours.covered_ms.len();
        let add = |counts: &mut Vec<u32>| {
            counts.resize(count, 0);
            if let Some(one) = counts.get_mut(hour) {
                *one += 1;
            }
        };
        let source: Source = whole.first.source;
        add(hours.by_source.entry(source).or_default());
        if let Some(kind) = self.kinds.code(whole.root.kinds[1]) {
            add(hours.by_kind.entry(kind).or_default());
        }
    }

    fn tasks_of(&self, span: &Span) -> impl Iterator<Item = &Task> {
        let from = self.tasks.partition_point(|task| task.entered < span.start);
        let span = *span;
        let tasks = self.tasks.range(from..).take_while(move |task| span.may_have(task.entered));
        tasks.filter(move |task| span.has(task.at))
    }

    fn workload(&self, span: &Span, scope: &Scope) -> Vec<Workload> {
        let mut tasks: BTreeMap<UnitId, u32> = BTreeMap::new();
        for task in self.tasks_of(span) {
            *tasks.entry(task.unit).or_default() += 1;
        }
        let of = |(&unit, log): (&UnitId, &crate::units::Log)| {
            let spent = log.spent(span.start, span.end);
            let call_sign = log.call_sign.clone();
            let tasks = tasks.get(&unit).copied().unwrap_or_default();
            let worked = tasks > 0 || spent.on_duty > 0;
            let work =
                Workload { unit, call_sign, tasks, busy_ms: spent.busy, on_duty_ms: spent.on_duty };
            worked.then_some(work)
        };
        self.units.iter().filter(|(_, log)| scope.has(log.area)).filter_map(of).collect()
    }
}

fn dispatches<'a>(tasks: impl Iterator<Item = &'a Task>) -> Dispatches {
    let mut sum = Dispatches::default();
    let mut regrets = Vec::new();
    for task in tasks.filter(|task| !task.on_view) {
        sum.all += 1;
        let (first, regret) = match task.advised {
            Advised::No => continue,
            Advised::Unknown { first } => (first, None),
            Advised::Known { first, regret } => (first, Some(regret)),
        };
        sum.advised += 1;
        sum.took_first += u32::from(first);
        regrets.extend(regret);
    }
    sum.compared = regrets.len() as u32;
    sum.regret_ms = regrets.iter().map(|regret| u64::from(regret.0)).sum();
    sum.regret_p50 = quantile(&mut regrets, 50);
    sum
}
