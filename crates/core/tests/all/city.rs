//! A small city to give commands to. Whatever is decided goes through JSON before it is applied, and every state is audited.

use precinct_base::{
    AreaId, AreaLevel, Instant, LonLat, Millis, PostId, PostKind, Timestamp, UnitId,
};
use precinct_core::event::{AreaSet, PostSet, ShiftPlanned, UnitSet};
use precinct_core::{
    Approval, By, Code, Command, CommandId, Event, Fact, Hours, IncidentId, Intake, Member, Moment,
    Order, Place, Priority, Purpose, Rejection, Role, ShiftId, Source, State, Step, Title, Vehicle,
    Why, apply, audit, decide,
};

pub(crate) struct City {
    pub(crate) state: State,
    pub(crate) at: Moment,
    pub(crate) events: Vec<Event>,
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

pub(crate) fn minutes(n: u32) -> Millis {
    Millis::from_minutes(n)
}

pub(crate) fn at(east: i32) -> LonLat {
    LonLat::new(1_135_439_000 + east, 221_987_000).unwrap()
}

pub(crate) fn title(text: &str) -> Title {
    Title { en: text.to_owned(), zh: String::new() }
}

pub(crate) fn by() -> By {
    By {
        staff: code("A1"),
        role: Role::Dispatcher,
        area: AreaId(1),
        why: Why::Purpose(Purpose::Duty),
    }
}

pub(crate) fn area(id: u32, parent: Option<u32>, level: AreaLevel) -> AreaSet {
    let parent = parent.map(AreaId);
    AreaSet { area: AreaId(id), parent, level, grade: None, reach: None, title: title("area") }
}

pub(crate) fn post(id: u32) -> PostSet {
    PostSet {
        post: PostId(id),
        kind: PostKind::Checkpoint,
        area: AreaId(1),
        at: at(0),
        hours: Hours::ALWAYS,
        level: 2,
        title: title("post"),
    }
}

pub(crate) fn member(n: u32) -> Member {
    Member { staff: code(&format!("C{n}")), force: code("police") }
}

pub(crate) fn unit(id: u32) -> UnitSet {
    UnitSet {
        unit: UnitId(id),
        call_sign: format!("E{id}"),
        force: code("police"),
        capabilities: vec![code("patrol")],
        vehicle: Vehicle::Car,
        home: None,
        area: AreaId(1),
        members: vec![member(id)],
    }
}

pub(crate) fn intake(kind: &str) -> Intake {
    Intake {
        source: Source::Call,
        reported: None,
        kind: code(kind),
        priority: None,
        place: Place { at: at(0), segment: None, address: None, area: AreaId(1) },
        hazards: Vec::new(),
        text: None,
        contact: None,
    }
}

pub(crate) fn priority(n: u8) -> Priority {
    Priority::new(n).unwrap()
}

pub(crate) fn approval(lasts: Millis) -> Approval {
    Approval { approver: code("D1"), role: Role::DutyOfficer, lasts }
}

pub(crate) const START: Moment =
    Moment { tick: Instant(1_000), wall: Timestamp(1_790_000_000_000) };
pub(crate) const HOUR: u32 = 3_600_000;

impl City {
    /// An area and nothing else.
    pub(crate) fn empty() -> Self {
        let mut city = Self { state: State::default(), at: START, events: Vec::new() };
        city.ok(Order::SetArea(area(1, None, AreaLevel::City)));
        city
    }

    /// Three units on duty, in tours of eight hours.
    pub(crate) fn on_duty() -> Self {
        let mut city = Self::empty();
        city.ok(Order::SetPost(post(1)));
        for n in 1..=3 {
            city.ok(Order::SetUnit(unit(n)));
            city.ok(Order::PlanShift(city.tour(n, n, 0, 8)));
            city.ok(Order::StartShift { shift: ShiftId(n) });
        }
        city
    }

    /// A tour of `unit`, from so many hours from now on, for so many.
    pub(crate) fn tour(&self, shift: u32, unit: u32, from: i64, hours: i64) -> ShiftPlanned {
        let hour = i64::from(HOUR);
        let starts = Timestamp(self.at.wall.0 + from * hour);
        ShiftPlanned {
            shift: ShiftId(shift),
            unit: UnitId(unit),
            members: vec![member(unit)],
            starts,
            ends: Timestamp(starts.0 + hours * hour),
            waived: None,
        }
    }

    pub(crate) fn give_as(&mut self, by: By, order: Order) -> Result<Vec<Fact>, Rejection> {
        let command = Command { id: CommandId([1; 16]), by, at: self.at, order };
        let events = decide(&self.state, &command)?;
        assert_eq!(decide(&self.state, &command).unwrap(), events, "the same again");
        for event in &events {
            let json = serde_json::to_string(&event.fact).unwrap();
            let fact: Fact = serde_json::from_str(&json).unwrap();
            assert_eq!(fact, event.fact);
            apply(&mut self.state, &Event { fact, ..*event });
        }
        audit(&self.state).unwrap();
        self.events.extend(events.iter().cloned());
        Ok(events.into_iter().map(|event| event.fact).collect())
    }

    pub(crate) fn give(&mut self, order: Order) -> Result<Vec<Fact>, Rejection> {
        self.give_as(by(), order)
    }

    /// Does it.
    pub(crate) fn ok(&mut self, order: Order) -> Vec<Fact> {
        self.give(order).unwrap()
    }

    /// Is refused, with words that say what is wrong; nothing changes.
    pub(crate) fn no(&mut self, order: Order, told: &str) {
        let before = self.state.clone();
        let refused = self.give(order).unwrap_err().to_string();
        assert!(refused.contains(told), "{refused:?} does not say {told:?}");
        assert_eq!(self.state, before);
    }

    /// Time passes, and what falls due does so when it is due.
    pub(crate) fn pass(&mut self, time: Millis) -> Vec<Fact> {
        let end = self.at.later(time);
        let mut facts = Vec::new();
        while let Some(due) = self.state.deadline().filter(|due| *due <= end.tick) {
            let wait = due.saturating_since(self.at.tick);
            self.at = self.at.later(wait);
            let done = self.ok(Order::TimePasses);
            assert!(!done.is_empty());
            facts.extend(done);
        }
        self.at = end;
        assert!(self.ok(Order::TimePasses).is_empty());
        facts
    }

    /// An incident; its number.
    pub(crate) fn open(&mut self, kind: &str) -> IncidentId {
        self.open_with(intake(kind))
    }

    pub(crate) fn open_with(&mut self, intake: Intake) -> IncidentId {
        let incident = self.state.next_incident();
        self.ok(Order::OpenIncident(intake));
        incident
    }

    pub(crate) fn step(&mut self, incident: IncidentId, unit: u32, step: Step) -> Vec<Fact> {
        let order = Order::Task { incident, unit: UnitId(unit), step };
        self.ok(order)
    }

    pub(crate) fn no_step(&mut self, incident: IncidentId, unit: u32, step: Step, told: &str) {
        let order = Order::Task { incident, unit: UnitId(unit), step };
        self.no(order, told);
    }

    pub(crate) fn send(&mut self, incident: IncidentId, unit: u32) -> Vec<Fact> {
        self.step(incident, unit, Step::Dispatch(None))
    }

    /// The state from the events alone.
    pub(crate) fn replayed(&self) -> State {
        let mut state = State::default();
        self.events.iter().for_each(|event| apply(&mut state, event));
        state
    }
}

/// The tour that a unit is on.
pub(crate) fn tour_of(city: &City, unit: u32) -> ShiftId {
    let of_it = |(&id, shift): (&ShiftId, &precinct_core::Shift)| {
        (shift.unit == UnitId(unit) && shift.began.is_some()).then_some(id)
    };
    city.state.shifts().iter().find_map(of_it).unwrap()
}

/// The names of facts, without versions.
pub(crate) fn names(facts: &[Fact]) -> Vec<&str> {
    facts.iter().map(|fact| fact.name().split('.').next().unwrap()).collect()
}
