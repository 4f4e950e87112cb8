//! A town that any commands are given to, and what is on its record then.

use precinct_base::{AreaId, AreaLevel, Instant, LonLat, Millis, NodeId, Timestamp, UnitId};
use precinct_core::event::{AreaSet, ShiftPlanned, UnitSet};
use precinct_core::{
    Advice, Approval, Beside, By, Candidate, Catalogue, Code, Command, CommandId, ContainmentOrder,
    Event, Incident, IncidentId, Intake, Loan, Member, Moment, Order, Place, Priority, Purpose,
    Role, SealPlan, SealPoint, SealProof, ShiftId, Source, State, Status, Step, Title, Travels,
    Vehicle, Why, apply, decide,
};

/// What an order is made from: what, to which two things, how, and how long after the one before.
pub(crate) type Made = (u8, u32, u32, u8, u32);

pub(crate) struct Town {
    pub(crate) state: State,
    pub(crate) at: Moment,
    pub(crate) events: Vec<Event>,
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn title() -> Title {
    Title { en: "x".to_owned(), zh: String::new() }
}

fn area(id: u32, parent: Option<u32>, level: AreaLevel) -> AreaSet {
    let parent = parent.map(AreaId);
    AreaSet { area: AreaId(id), parent, level, grade: None, reach: None, title: title() }
}

fn unit(id: u32, area: u32) -> UnitSet {
    UnitSet {
        unit: UnitId(id),
        call_sign: format!("E{id}"),
        force: code("police"),
        capabilities: vec![code("patrol")],
        vehicle: Vehicle::Car,
        home: None,
        area: AreaId(area),
        members: vec![member(id)],
    }
}

fn member(n: u32) -> Member {
    Member { staff: code(&format!("C{n}")), force: code("police") }
}

pub(crate) fn place(area: u32) -> Place {
    let at = LonLat::new(1_135_439_000 + area as i32 * 1_000_000, 221_987_000).unwrap();
    Place { at, segment: None, address: None, area: AreaId(area) }
}

fn approval(minutes: u32) -> Approval {
    let lasts = Millis::from_minutes(minutes);
    Approval { approver: code("D1"), role: Role::DutyOfficer, lasts }
}

impl Town {
    /// Areas 2 and 3 in 1, with thresholds of their own, of their grade, and none; four units, three of them on duty.
    pub(crate) fn new() -> Self {
        let at = Moment { tick: Instant(5_000), wall: Timestamp(1_790_000_000_000) };
        let mut town = Self { state: State::default(), at, events: Vec::new() };
        let mut catalogue = Catalogue::standard();
        catalogue.rules.keep_closed = Millis::from_minutes(10);
        town.give(Order::SetCatalogue(Box::new(catalogue)));
        town.give(Order::SetArea(area(1, None, AreaLevel::City)));
        let reach = Some([1, 2, 4].map(Millis::from_minutes));
        town.give(Order::SetArea(AreaSet { reach, ..area(2, Some(1), AreaLevel::District) }));
        town.give(Order::SetArea(area(3, Some(1), AreaLevel::District)));
        for n in 1..=4 {
            town.give(Order::SetUnit(unit(n, 2 + n % 2)));
        }
        for n in 1..=3 {
            town.give(Order::PlanShift(town.tour(n, n)));
            town.give(Order::StartShift { shift: ShiftId(n) });
        }
        assert_eq!(town.state.on_duty().count(), 3);
        town
    }

    fn tour(&self, shift: u32, unit: u32) -> ShiftPlanned {
        let starts = self.at.wall;
        ShiftPlanned {
            shift: ShiftId(shift),
            unit: UnitId(unit),
            members: vec![member(unit)],
            starts,
            ends: Timestamp(starts.0 + 8 * 3_600_000),
            waived: Some(code("D1")),
        }
    }

    /// Gives an order; whether it was done.
    pub(crate) fn give(&mut self, order: Order) -> bool {
        let why = Why::Purpose(Purpose::Duty);
        let by = By { staff: code("A1"), role: Role::Dispatcher, area: AreaId(1), why };
        // No two commands at one instant, so that what was first is beyond doubt.
        self.at = self.at.later(Millis(1));
        let command = Command { id: CommandId([1; 16]), by, at: self.at, order };
        let Ok(events) = decide(&self.state, &command) else { return false };
        for event in events {
            apply(&mut self.state, &event);
            self.events.push(event);
        }
        true
    }

    /// Time passes, and what falls due does so when it is due.
    fn pass(&mut self, time: Millis) {
        let end = self.at.later(time);
        while let Some(due) = self.state.deadline().filter(|due| *due < end.tick) {
            self.at = self.at.later(due.saturating_since(self.at.tick));
            self.give(Order::TimePasses);
        }
        self.at = self.at.later(end.since(self.at));
    }

    /// Gives what was made up, some while after what was before.
    pub(crate) fn live(&mut self, (what, a, b, how, seconds): Made) {
        self.pass(Millis::from_seconds(seconds));
        if what == 0 {
            // The calendar is set, and running time is not.
            self.at.wall.0 += (i64::from(a) - 50) * 30_000;
            return;
        }
        let order = self.order((what, a, b, how));
        if how >= 220 {
            // It was on paper for a while.
            let ago = u64::from(a) * 9_000;
            let tick = Instant(self.at.tick.0.saturating_sub(ago));
            let happened = Moment { tick, wall: Timestamp(self.at.wall.0 - ago.cast_signed()) };
            self.give(Order::OnPaper { order: Box::new(order), happened });
        } else {
            self.give(order);
        }
    }

    fn order(&self, (what, a, b, how): (u8, u32, u32, u8)) -> Order {
        let incident = IncidentId(1 + a % self.state.next_incident().0.max(1));
        let unit_id = UnitId(1 + b % 5);
        let reason = code("other");
        match what {
            1..=8 => Order::OpenIncident(intake(a, b, how)),
            9..=28 => self.task(incident, unit_id, a, how),
            29..=33 => Order::Merge {
                from: self.nth(a, Incident::is_open),
                into: self.nth(b, Incident::is_open),
            },
            49 | 50 => Order::Unmerge {
                from: self.nth(a, |one| matches!(one.status, Status::Merged { .. })),
            },
            51 | 52 => {
                let priority = Priority::new(1 + how % 5).unwrap();
                let kind = code(["noise", "fire", "robbery"][usize::from(how) % 3]);
                Order::Regrade { incident, kind, priority, reason }
            }
            34 => Order::Move { incident, place: place(1 + b % 3) },
            35 => Order::Cancel { incident, reason },
            36 | 37 => Order::Resolve { incident, disposition: code("dealt_with") },
            38 => Order::Reopen { incident, reason },
            39 => Order::TakeOut { unit: unit_id, reason },
            40 => Order::BringBack { unit: unit_id },
            41 => Order::PlanShift(self.tour(self.state.next_shift().0, 1 + b % 4)),
            42 | 43 => Order::StartShift { shift: ShiftId(1 + a % self.state.next_shift().0) },
            44 => Order::EndShift { shift: ShiftId(1 + a % self.state.next_shift().0) },
            45 | 46 => Order::JoinAid(loan(2 + a % 2, u32::from(how))),
            47 => Order::LeaveAid { unit: UnitId(5) },
            53..=56 => self.seal(a, b, how),
            48 => Order::SetUnit(unit(1 + b % 4, 2 + a % 2)),
            _ => {
                let grade = how.is_multiple_of(2).then(|| code("centre"));
                Order::SetArea(AreaSet { grade, ..area(3, Some(1), AreaLevel::District) })
            }
        }
    }

    /// Points round an incident, held by one unit and by nobody.
    fn seal(&self, a: u32, b: u32, how: u8) -> Order {
        let point = |n: u32, unit| SealPoint {
            point: 0,
            at: LonLat::new(1_135_000_000 + n as i32, 221_000_000).unwrap(),
            node: NodeId(n),
            title: Title::default(),
            unit,
            fix_age: None,
            arrival: None,
            quarry: Millis(60_000),
        };
        let plan = Box::new(SealPlan {
            points: vec![point(a % 3, Some(UnitId(1 + b % 5))), point(3, None)],
            sealed: false,
            proof: SealProof::Unknown,
            least: 1,
            travels: Travels::Foot,
            left: self.at.wall,
            roads: code("r"),
            posts: code("p"),
        });
        let known = self.state.containments().keys().next().copied();
        Order::Containment(match known {
            Some(containment) if how.is_multiple_of(3) => {
                ContainmentOrder::StandDown { containment, reason: code("other") }
            }
            Some(containment) => ContainmentOrder::Replan { containment, plan, approval: None },
            None => {
                let (incident, reason) = (self.nth(a, Incident::is_open), code("other"));
                let approval = approval(1 + u32::from(how));
                ContainmentOrder::Begin { incident, plan, reason, approval }
            }
        })
    }

    /// One of the incidents on the board of which something is so; none is the first there ever was.
    fn nth(&self, n: u32, so: impl Fn(&Incident) -> bool) -> IncidentId {
        let ids = self.state.incidents().iter().filter(|(_, one)| so(one)).map(|(&id, _)| id);
        let ids: Vec<IncidentId> = ids.collect();
        ids.get(n as usize % ids.len().max(1)).copied().unwrap_or(IncidentId(1))
    }

    /// Mostly the next step of a unit that has a task, and a task for one that has none.
    fn task(&self, incident: IncidentId, unit: UnitId, a: u32, how: u8) -> Order {
        let on = self.state.assignment(unit).map(|(on, _)| on).filter(|_| !a.is_multiple_of(8));
        let step = self.step(a, if on.is_some() { 12 + how % 24 } else { how % 12 });
        let open = self.state.incidents().iter().rev().find(|(_, one)| one.is_open());
        let open = open.map(|(&id, _)| id).filter(|_| !a.is_multiple_of(4));
        Order::Task { incident: on.or(open).unwrap_or(incident), unit, step }
    }

    fn step(&self, a: u32, how: u8) -> Step {
        let late = how.is_multiple_of(3).then(|| {
            let ago = u64::from(a) * 600;
            let tick = Instant(self.at.tick.0.saturating_sub(ago));
            Moment { tick, wall: Timestamp(self.at.wall.0 - ago.cast_signed()) }
        });
        match how / 3 % 12 {
            0..=2 => Step::Dispatch(advice(a)),
            3 => Step::OnView,
            4 => Step::Acknowledge(late),
            5 => Step::EnRoute(late),
            6..=8 => Step::OnScene(late),
            9 => Step::Clear,
            10 => Step::Decline(code("other")),
            _ => Step::Recall(code("other")),
        }
    }
}

fn intake(a: u32, b: u32, how: u8) -> Intake {
    let sources = [Source::Call, Source::Alarm, Source::Report, Source::Patrol];
    let kinds = ["noise", "fire", "robbery"];
    Intake {
        source: sources[a as usize % 4],
        reported: None,
        kind: code(kinds[b as usize % 3]),
        priority: Priority::new(1 + how % 5),
        place: place(1 + u32::from(how) % 3),
        hazards: Vec::new(),
        text: None,
        contact: None,
    }
}

fn advice(a: u32) -> Option<Box<Advice>> {
    let travel = |n: u32| (!n.is_multiple_of(5)).then_some(Millis(1_000 * (n * 7 % 11)));
    let candidates = (1..=5).map(|n| {
        let travel = travel(n + a);
        Candidate { unit: UnitId(n), travel, fix_age: None }
    });
    let rank = (!a.is_multiple_of(3)).then_some((a % 5) as u16);
    let beside = (!a.is_multiple_of(3)).then(|| Beside {
        policy: code(if a.is_multiple_of(7) { "joint" } else { "cover-aware" }),
        would: (!a.is_multiple_of(5)).then_some(UnitId(1 + a % 4)),
        later_ms: (!a.is_multiple_of(6)).then(|| i64::from(a * 7_919 % 90_001) - 45_000),
        kept: [0, 1, 2].map(|k| (a * (k + 3) % 31) as i32 - 15),
    });
    let (candidates, roads, posts) = (candidates.collect(), code("r"), code("p"));
    let advice = Advice { candidates, rank, roads, posts, beside };
    (!a.is_multiple_of(4)).then(|| Box::new(advice))
}

fn loan(area: u32, minutes: u32) -> Loan {
    Loan {
        unit: UnitId(5),
        call_sign: format!("H{area}"),
        force: code("guard"),
        capabilities: Vec::new(),
        vehicle: Vehicle::Car,
        area: AreaId(area),
        approval: approval(1 + minutes),
    }
}
