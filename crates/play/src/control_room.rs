//! For tests: a city's doors with the real core behind them, and advice by the straight line.

use std::collections::BTreeMap;

use precinct_base::{AreaId, AreaLevel, Instant, PostId, PostKind, Timestamp, UnitId};
use precinct_core::event::{AreaSet, PostSet, ShiftPlanned, UnitSet};
use precinct_core::{
    By, Clock, Code, Command, CommandId, Doing, Event, Fact, Hours, IncidentId, Intake, Member,
    Moment, Order, Place, Priority, Purpose, Role, ShiftId, SosId, Source, State, Step, Title,
    Vehicle, Why, apply, audit, decide,
};
use serde_json::Value;

use crate::ask::{Answer, Ask, CrewStep, Doors, Key, Refused};
use crate::{PostSeen, Told, town};

/// The control room.
pub(crate) struct Room {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    pub(crate) seq: u64,
    /// Every event, in order.
    pub(crate) events: Vec<Event>,
    pub(crate) began: Timestamp,
    known: BTreeMap<Key, Result<Answer, Refused>>,
    next_shift: u32,
    /// The state is audited once in so many records.
    pub(crate) audited: u64,
    /// Whether answers tell only what was asked and not what happened, as those of repeated commands may.
    pub(crate) terse: bool,
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn title(text: &str) -> Title {
    Title { en: text.to_owned(), zh: String::new() }
}

fn members(staff: &[String], force: &str) -> Vec<Member> {
    staff.iter().map(|staff| Member { staff: code(staff), force: code(force) }).collect()
}

impl Room {
    /// A town with two police stations.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self::with(now, &Self::posts())
    }

    /// A city with these posts.
    pub(crate) fn with(now: Timestamp, posts: &[PostSeen]) -> Self {
        let mut room = Self {
            state: State::default(),
            now,
            seq: 0,
            events: Vec::new(),
            began: now,
            known: BTreeMap::new(),
            next_shift: 1,
            audited: 1,
            terse: false,
        };
        let area = AreaId(0);
        let set = AreaSet {
            area,
            parent: None,
            level: AreaLevel::City,
            grade: None,
            reach: None,
            title: title("town"),
        };
        room.order(Order::SetArea(set)).unwrap();
        for post in posts {
            let set = PostSet {
                post: PostId(post.post),
                kind: post.kind,
                area,
                at: post.at,
                hours: Hours::ALWAYS,
                level: 1,
                title: title(&post.name),
            };
            room.order(Order::SetPost(set)).unwrap();
        }
        room
    }

    pub(crate) fn posts() -> Vec<PostSeen> {
        let post = |post, at, name: &str| {
            let kind = PostKind::PoliceStation;
            PostSeen { post, kind, area: 0, at, name: name.to_owned() }
        };
        vec![post(0, town::at(100, 100), "North"), post(1, town::at(800, 700), "South")]
    }

    fn moment(&self) -> Moment {
        Moment { tick: Instant((self.now.0 - self.began.0) as u64), wall: self.now }
    }

    /// Gives an order; the facts it leads to.
    pub(crate) fn order(&mut self, order: Order) -> Result<Vec<Told>, Refused> {
        let why = Why::Purpose(Purpose::Drill);
        let by = By { staff: code("A1"), role: Role::Dispatcher, area: AreaId(0), why };
        let command = Command { id: CommandId::default(), by, at: self.moment(), order };
        let events = decide(&self.state, &command)
            .map_err(|rejection| Refused { status: 409, detail: rejection.to_string() })?;
        for event in &events {
            apply(&mut self.state, event);
        }
        if self.seq.is_multiple_of(self.audited) {
            audit(&self.state).unwrap();
        }
        self.seq += u64::from(!events.is_empty());
        let facts: Vec<&Fact> = events.iter().map(|event| &event.fact).collect();
        let told = Told::read_all(&serde_json::to_value(facts).unwrap());
        self.events.extend(events);
        Ok(told)
    }

    /// What falls due by now.
    pub(crate) fn time_passes(&mut self) -> Vec<Told> {
        let due = self.state.deadline().is_some_and(|due| due <= self.moment().tick);
        if due { self.order(Order::TimePasses).unwrap() } else { Vec::new() }
    }

    /// When something falls due.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.state.deadline().map(|due| Timestamp(self.began.0 + due.0 as i64))
    }

    fn of(&mut self, ask: &Ask) -> Order {
        match ask {
            Ask::SetUnit(wish) => Order::SetUnit(UnitSet {
                unit: UnitId(wish.unit),
                call_sign: wish.call_sign.clone(),
                force: code(wish.force),
                capabilities: wish.capabilities.iter().map(|one| code(one)).collect(),
                vehicle: Vehicle::Car,
                home: Some(PostId(wish.home)),
                area: AreaId(wish.area),
                members: members(&wish.members, wish.force),
            }),
            &Ask::PlanShift { unit, force, members: ref staff, starts, ends } => {
                let (shift, unit, members) =
                    (ShiftId(self.next_shift), UnitId(unit), members(staff, force));
                Order::PlanShift(ShiftPlanned { shift, unit, members, starts, ends, waived: None })
            }
            &Ask::StartShift { shift } => Order::StartShift { shift: ShiftId(shift) },
            &Ask::EndShift { shift } => Order::EndShift { shift: ShiftId(shift) },
            Ask::Open(intake) => Order::OpenIncident(taken_in(intake)),
            Ask::Recommend { .. } => unreachable!("no order of the core"),
            &Ask::Dispatch { incident, unit, .. } => task(incident, unit, Step::Dispatch(None)),
            &Ask::Step { incident, unit, step } => task(incident, unit, stepped(step)),
            &Ask::Resolve { incident, disposition } => {
                Order::Resolve { incident: IncidentId(incident), disposition: code(disposition) }
            }
            &Ask::DismissDuplicate { incident, of } => {
                Order::DismissDuplicate { incident: IncidentId(incident), of: IncidentId(of) }
            }
            &Ask::Out { unit, reason } => {
                Order::TakeOut { unit: UnitId(unit), reason: code(reason) }
            }
            &Ask::Back { unit } => Order::BringBack { unit: UnitId(unit) },
            &Ask::Sos { unit, at } => Order::RaiseSos { unit: UnitId(unit), at: Some(at) },
            &Ask::CloseSos { sos, outcome } => {
                Order::CloseSos { sos: SosId(sos), outcome: code(outcome) }
            }
            Ask::AnswerClock { clock, hold } => {
                let clock: Clock = serde_json::from_value(clock.clone()).unwrap();
                Order::AnswerClock { clock, hold: *hold }
            }
        }
    }

    fn recommend(&self, incident: u32) -> Result<Answer, Refused> {
        let gone = || Refused { status: 404, detail: "no such incident".to_owned() };
        let incident = self.state.incidents().get(&IncidentId(incident)).ok_or_else(gone)?;
        let needs =
            self.state.catalogue().kind(incident.grading.kind).map(|kind| kind.needs.clone());
        let needs: Vec<(Option<Code>, u8)> = match needs.unwrap_or_default() {
            needs if needs.is_empty() => vec![(None, 1)],
            needs => needs.into_iter().map(|need| (Some(need.capability), need.units)).collect(),
        };
        let free =
            self.state.units().iter().filter(|(_, unit)| unit.doing() == Some(Doing::Available));
        let mut free: Vec<_> = free
            .map(|(id, unit)| {
                let home = self.state.posts()[&unit.home.unwrap()].at;
                (home.distance(incident.place.at), id.0, unit)
            })
            .collect();
        free.sort_by_key(|&(distance, id, _)| (distance, id));
        let mut chosen = Vec::new();
        for (capability, units) in needs {
            let able = free
                .iter()
                .filter(|(.., unit)| capability.is_none_or(|one| unit.capabilities.contains(&one)));
            let able = able.map(|&(_, id, _)| id).filter(|id| !chosen.contains(id));
            chosen.extend(able.take(usize::from(units)).collect::<Vec<_>>());
        }
        Ok(Answer { advice: Some((Value::from(1), chosen)), ..Answer::default() })
    }

    fn first_time(&mut self, ask: &Ask) -> Result<Answer, Refused> {
        if let &Ask::Recommend { incident } = ask {
            return self.recommend(incident);
        }
        let (order, next) = (self.of(ask), self.state.next_incident().0);
        let facts = self.order(order)?;
        let mut answer = Answer { seq: Some(self.seq), at: self.now, facts, ..Answer::default() };
        match ask {
            Ask::Open(_) => answer.incident = Some(next),
            Ask::PlanShift { .. } => {
                answer.shift = Some(self.next_shift);
                self.next_shift += 1;
            }
            _ => {}
        }
        Ok(answer)
    }
}

fn task(incident: u32, unit: u32, step: Step) -> Order {
    Order::Task { incident: IncidentId(incident), unit: UnitId(unit), step }
}

fn stepped(step: CrewStep) -> Step {
    match step {
        CrewStep::Acknowledge => Step::Acknowledge(None),
        CrewStep::EnRoute => Step::EnRoute(None),
        CrewStep::OnScene => Step::OnScene(None),
        CrewStep::OnView => Step::OnView,
        CrewStep::Clear => Step::Clear,
        CrewStep::Decline(reason) => Step::Decline(code(reason)),
    }
}

fn taken_in(intake: &crate::Intake) -> Intake {
    let source = match intake.source {
        "patrol" => Source::Patrol,
        "alarm" => Source::Alarm,
        _ => Source::Call,
    };
    Intake {
        source,
        reported: Some(intake.reported),
        kind: code(&intake.kind),
        priority: intake.priority.and_then(Priority::new),
        place: Place { at: intake.at, segment: None, address: None, area: AreaId(0) },
        hazards: Vec::new(),
        text: None,
        contact: None,
    }
}

impl Doors for Room {
    fn ask(&mut self, key: Key, ask: &Ask) -> Result<Answer, Refused> {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let mut outcome = self.first_time(ask);
        self.known.insert(key, outcome.clone());
        if self.terse
            && let Ok(answer) = &mut outcome
        {
            answer.facts.clear();
        }
        outcome
    }
}
