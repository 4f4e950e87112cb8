//! The same figures, worked out from whole states of the core, one after another, with no thought of speed.

mod watched;

use std::collections::BTreeMap;

use precinct_base::{AreaId, Instant, Millis, Timestamp, UnitId};
use precinct_core::{
    Assignment, Event, Fact, Incident, IncidentId, Priority, State, Status, apply,
};
use precinct_statistics::{
    BUCKETS, Dispatches, Figures, Free, Hours, Incidents, Laps, Question, Response, Scope, Workload,
};

use crate::changes::{Changes, Does, changes, when};

type All = BTreeMap<IncidentId, Incident>;

/// The state after these events, with every incident there ever was.
fn after(events: &[Event]) -> (State, All) {
    let (mut state, mut gone) = (State::default(), All::new());
    for event in events {
        if let Fact::IncidentArchived(fact) = &event.fact {
            gone.insert(fact.incident, state.incidents()[&fact.incident].clone());
        }
        apply(&mut state, event);
    }
    gone.extend(state.incidents().clone());
    (state, gone)
}

/// The least running time at which the calendar showed `wall` or later.
fn tick(events: &[Event], wall: Timestamp) -> Instant {
    let ends = events.iter().skip(1).map(|event| event.at.tick.0).chain([u64::MAX]);
    let shown = events.iter().zip(ends).filter_map(|(event, end)| {
        let wait = (wall.0 - event.at.wall.0).max(0).unsigned_abs();
        Some(event.at.tick.0 + wait).filter(|tick| *tick < end)
    });
    shown.min().map_or(Instant(0), Instant)
}

fn walls(from: Timestamp, until: Timestamp, step: Millis) -> Vec<Timestamp> {
    let mut walls = Vec::new();
    let mut next = from;
    while next < until {
        walls.push(next);
        next = next.checked_add(step).unwrap();
    }
    walls
}

fn laps(of: &[(Option<Millis>, Option<[Millis; 3]>)]) -> Laps {
    let mut known: Vec<Millis> = of.iter().filter_map(|(lap, _)| *lap).collect();
    known.sort_unstable();
    let mut counts = [0; BUCKETS.len() + 1];
    for lap in &known {
        let bucket = BUCKETS.iter().position(|edge| lap.0 <= edge * 1_000);
        counts[bucket.unwrap_or(BUCKETS.len())] += 1;
    }
    let rank = |percent: usize| {
        (1..=known.len()).find(|n| n * 100 >= percent * known.len()).map(|n| known[n - 1])
    };
    let rated: Vec<(Millis, [Millis; 3])> =
        of.iter().filter_map(|(lap, reach)| lap.zip(*reach)).collect();
    let within =
        [0, 1, 2].map(|k| rated.iter().filter(|(lap, reach)| *lap <= reach[k]).count() as u32);
    Laps {
        counts,
        known: known.len() as u32,
        unknown: (of.len() - known.len()) as u32,
        p50: rank(50),
        p90: rank(90),
        rated: rated.len() as u32,
        within,
    }
}

/// The incident under which one goes on.
fn root(all: &All, mut id: IncidentId) -> IncidentId {
    while let Status::Merged { into, .. } = all[&id].status {
        id = into;
    }
    id
}

fn sent(incident: &Incident) -> impl Iterator<Item = &Assignment> {
    incident.assignments.iter().filter(|task| !task.on_view)
}

/// How it was graded when it was entered that the first unit was sent, else as it is.
fn priority(events: &[Event], id: IncidentId) -> Priority {
    let mut graded = Priority::HIGHEST;
    for event in events {
        match &event.fact {
            Fact::IncidentOpened(fact) if fact.incident == id => graded = fact.priority,
            Fact::IncidentRegraded(fact) if fact.incident == id => graded = fact.priority,
            Fact::UnitDispatched(fact) if fact.incident == id => return graded,
            _ => {}
        }
    }
    graded
}

struct Naive<'a> {
    events: &'a [Event],
    scope: &'a Scope,
    start: Instant,
    end: Instant,
    /// How everything is by now.
    state: State,
    all: All,
    changes: Changes,
}

impl Naive<'_> {
    fn within(&self, tick: Instant) -> bool {
        self.start <= tick && tick < self.end
    }

    fn reports(&self) -> impl Iterator<Item = IncidentId> {
        let reports = self.all.iter().filter(|(id, one)| {
            self.within(one.opened.tick)
                && self.scope.has(self.all[&root(&self.all, **id)].place.area)
        });
        reports.map(|(&id, _)| id)
    }

    fn family(&self, id: IncidentId) -> Vec<&Incident> {
        let of = self.all.keys().filter(|other| root(&self.all, **other) == root(&self.all, id));
        of.map(|id| &self.all[id]).collect()
    }

    /// The first reports of incidents.
    fn firsts(&self) -> Vec<IncidentId> {
        let is_first = |id: &IncidentId| {
            let first = |id: &IncidentId| (self.all[id].opened.tick, *id);
            let same = |other: &&IncidentId| root(&self.all, **other) == root(&self.all, *id);
            !self.all.keys().filter(same).any(|other| first(other) < first(id))
        };
        self.reports().filter(is_first).collect()
    }

    fn response(&self, of: Priority) -> Response {
        let (mut came_upon, mut unsent, mut regraded, mut incidents) = (0, 0, 0, 0);
        let mut timed: [Vec<_>; 3] = Default::default();
        for first in self.firsts() {
            let root = root(&self.all, first);
            if priority(self.events, root) != of {
                continue;
            }
            let root = &self.all[&root];
            incidents += 1;
            let intake = root.earlier_gradings.first().unwrap_or(&root.grading);
            regraded += u32::from(intake.priority != of);
            let family = self.family(first);
            let tasks: Vec<&Assignment> = family.iter().flat_map(|one| &one.assignments).collect();
            let dispatched =
                family.iter().flat_map(|one| sent(one)).map(|task| task.dispatched).min();
            // Who was sent to hold a point does not get to the incident.
            let there =
                tasks.iter().filter(|task| task.posted.is_none()).filter_map(|task| task.on_scene);
            let there = there.min();
            if dispatched.is_none() && there.is_some() {
                came_upon += 1;
                continue;
            }
            if dispatched.is_none() && !root.is_open() {
                unsent += 1;
                continue;
            }
            let opened = self.all[&first].opened;
            let journeys = tasks.iter().filter(|task| !task.on_view && task.posted.is_none());
            let journeys = journeys.filter_map(|task| {
                let there = task.on_scene?;
                Some((there.tick, there.since(task.dispatched)))
            });
            let reach = self.state.reach(root.place.area);
            timed[0].push((dispatched.map(|at| at.since(opened)), None));
            timed[1].push((journeys.min().map(|(_, lasted)| lasted), reach));
            timed[2].push((there.map(|at| at.since(opened)), reach));
        }
        let tasks =
            self.tasks().into_iter().filter(|(_, task, urgency)| !task.on_view && *urgency == of);
        let tasks: Vec<Assignment> = tasks.map(|(_, task, _)| task).collect();
        let step = |step: fn(&Assignment) -> Option<precinct_core::Moment>| {
            let lap = |task: &Assignment| (step(task).map(|at| at.since(task.dispatched)), None);
            laps(&tasks.iter().map(lap).collect::<Vec<_>>())
        };
        Response {
            priority: of,
            incidents,
            came_upon,
            unsent,
            regraded,
            received_dispatched: laps(&timed[0]),
            dispatched_acknowledged: step(|task| task.acknowledged),
            dispatched_en_route: step(|task| task.en_route),
            dispatched_on_scene: laps(&timed[1]),
            received_on_scene: laps(&timed[2]),
        }
    }

    /// Tasks begun in the period, in scope by where their incident was thought to be then, with the urgency it was counted under then.
    fn tasks(&self) -> Vec<(UnitId, Assignment, Priority)> {
        let (mut found, mut begun) = (Vec::new(), BTreeMap::new());
        for (index, event) in self.events.iter().enumerate() {
            let (id, unit) = match &event.fact {
                Fact::UnitDispatched(fact) => (fact.incident, fact.unit),
                Fact::UnitOnView(fact) => (fact.incident, fact.unit),
                _ => continue,
            };
            let nth = begun.entry(id).or_insert(0);
            let task = self.all[&id].assignments[*nth].clone();
            *nth += 1;
            let (then, _) = after(&self.events[..index]);
            if self.within(when(event)) && self.scope.has(then.incidents()[&id].place.area) {
                found.push((unit, task, priority(&self.events[..=index], id)));
            }
        }
        found
    }

    fn dispatches(&self) -> Dispatches {
        let mut sum = Dispatches::default();
        let mut regrets = Vec::new();
        for (index, event) in self.events.iter().enumerate() {
            let Fact::UnitDispatched(fact) = &event.fact else { continue };
            if !self.within(when(event)) {
                continue;
            }
            let (then, _) = after(&self.events[..index]);
            if !self.scope.has(then.incidents()[&fact.incident].place.area) {
                continue;
            }
            sum.all += 1;
            let Some(advice) = &fact.advice else { continue };
            sum.advised += 1;
            sum.took_first += u32::from(advice.rank == Some(0));
            let taken = advice.rank.map(|rank| &advice.candidates[usize::from(rank)]);
            if let Some(taken) = taken.and_then(|taken| taken.travel) {
                let times = advice.candidates.iter().filter_map(|one| one.travel);
                regrets.push((Some(taken - times.min().unwrap()), None));
            }
        }
        sum.compared = regrets.len() as u32;
        sum.regret_ms = regrets.iter().map(|(lap, _)| u64::from(lap.unwrap().0)).sum();
        sum.regret_p50 = laps(&regrets).p50;
        sum
    }

    /// Each unit's area and call sign, as they were told last.
    fn units(&self) -> BTreeMap<UnitId, (AreaId, String)> {
        let mut units = BTreeMap::new();
        for event in self.events {
            match &event.fact {
                Fact::UnitSet(fact) => {
                    units.insert(fact.unit, (fact.area, fact.call_sign.clone()));
                }
                Fact::AidJoined(fact) => {
                    units.insert(fact.unit, (fact.area, fact.call_sign.clone()));
                }
                _ => {}
            }
        }
        units.retain(|_, (area, _)| self.scope.has(*area));
        units
    }

    fn workload(&self) -> Vec<Workload> {
        let (mut busy, mut duty) = (BTreeMap::new(), BTreeMap::new());
        for (&id, changes) in &self.changes.units {
            let ends = changes.iter().skip(1).map(|(at, _)| *at).chain([self.end]);
            for (&(start, does), end) in changes.iter().zip(ends) {
                let (start, end) = (start.max(self.start), end.min(self.end));
                let lasted = end.0.saturating_sub(start.0);
                let assigned = does.is_some_and(|(_, task)| task);
                *busy.entry(id).or_insert(0) += if assigned { lasted } else { 0 };
                *duty.entry(id).or_insert(0) += if does.is_some() { lasted } else { 0 };
            }
        }
        let begun = |unit: UnitId| {
            let all = self.all.values().flat_map(|one| &one.assignments);
            all.filter(|task| task.unit == unit && self.within(task.dispatched.tick)).count() as u32
        };
        let of = |(unit, (_, call_sign)): (UnitId, (AreaId, String))| {
            let of = |spent: &BTreeMap<UnitId, u64>| spent.get(&unit).copied().unwrap_or(0);
            let (busy_ms, on_duty_ms) = (of(&busy), of(&duty));
            Workload { unit, call_sign, tasks: begun(unit), busy_ms, on_duty_ms }
        };
        let all = self.units().into_iter().map(of);
        all.filter(|work| work.tasks > 0 || work.on_duty_ms > 0).collect()
    }

    fn hours(&self, from: Timestamp, until: Timestamp) -> Hours {
        let starts = walls(from, until, Millis::from_minutes(60));
        let edge = |wall: &Timestamp| tick(self.events, *wall).clamp(self.start, self.end);
        let edges: Vec<Instant> = starts.iter().map(edge).chain([self.end]).collect();
        let mut hours = Hours::default();
        for (hour, pair) in edges.windows(2).enumerate() {
            hours.covered_ms.push(pair[1].0 - pair[0].0);
            let open = self.changes.open.iter();
            let open = open.filter(|(at, area, _)| *at < pair[1] && self.scope.has(*area));
            let open: i64 = open.map(|(.., step)| step).sum();
            hours.open.push((pair[0] < pair[1]).then_some(open.max(0).unsigned_abs()));
            for first in self.firsts() {
                let opened = self.all[&first].opened.tick;
                if pair[0] <= opened && opened < pair[1] {
                    let kind = self.all[&root(&self.all, first)].grading.kind;
                    let empty = || vec![0; starts.len()];
                    hours.by_kind.entry(kind).or_insert_with(empty)[hour] += 1;
                    let source = self.all[&first].source;
                    hours.by_source.entry(source).or_insert_with(empty)[hour] += 1;
                }
            }
        }
        hours
    }

    fn free(&self, from: Timestamp, until: Timestamp) -> Free {
        let areas = self.units();
        let sample = |wall: Timestamp| {
            let tick = tick(self.events, wall);
            let begun = self.events[0].at.wall <= wall;
            let known = begun && self.start < self.end && self.start <= tick && tick <= self.end;
            let units = self.changes.units.iter().filter(|(id, _)| areas.contains_key(id));
            let does = |changes: &[(Instant, Does)]| {
                changes.iter().rfind(|(at, _)| *at < tick).and_then(|(_, does)| *does)
            };
            let free = units.filter(|(_, changes)| does(changes).is_some_and(|(free, _)| free));
            known.then_some(free.count() as u64)
        };
        Free { units: walls(from, until, Free::EVERY).into_iter().map(sample).collect() }
    }
}

pub(crate) fn figures(events: &[Event], question: &Question) -> Figures {
    let &Question { from, until, now, ref scope } = question;
    let (state, all) = after(events);
    let first = events.first().unwrap().at;
    let start = tick(events, from).max(first.tick);
    let end = tick(events, until).min(now.tick.max(events.last().unwrap().at.tick)).max(start);
    let (start, changes) = (start.min(end), changes(events));
    let naive = Naive { events, scope, start, end, state, all, changes };
    let retyped = naive.firsts().into_iter().filter(|&id| {
        let root = &naive.all[&root(&naive.all, id)];
        root.earlier_gradings.first().is_some_and(|intake| intake.kind != root.grading.kind)
    });
    let on_paper = naive.firsts().into_iter().map(|id| &naive.all[&id]);
    let on_paper = on_paper.filter(|one| one.came_in().tick > one.opened.tick);
    Figures {
        since: Some(first.wall),
        covered_ms: naive.end.0 - naive.start.0,
        incidents: Incidents {
            reports: naive.reports().count() as u32,
            incidents: naive.firsts().len() as u32,
            on_paper: on_paper.count() as u32,
            retyped: retyped.count() as u32,
        },
        response: (1..=5).map(|n| naive.response(Priority::new(n).unwrap())).collect(),
        hours: naive.hours(from, until),
        workload: naive.workload(),
        dispatches: naive.dispatches(),
        watched: naive.watched().0,
        differed: naive.watched().1,
        free: naive.free(from, until),
    }
}
