//! A clock that is set and chance that is counted.

use std::path::Path;

use precinct_base::{AreaId, AreaLevel, Instant, LonLat, Timestamp, UnitId};
use precinct_core::event::{AreaSet, UnitSet};
use precinct_core::{
    By, Code, CommandId, Intake, Order, Place, Purpose, Role, Source, Title, Vehicle, Why,
};
use precinct_engine::{Chance, Clock, Disk, Done, Engine, Outcome, Reading, Request};
use precinct_journal::Options;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Set(pub(crate) Reading);

impl Set {
    pub(crate) fn pass(&mut self, ms: u64) {
        self.0.running.0 += ms;
        self.0.wall.0 += ms.cast_signed();
    }
}

impl Clock for Set {
    fn read(&mut self) -> Reading {
        self.0
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted(u64);

impl Chance for Counted {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

pub(crate) type Tested = Engine<Disk, Set, Counted>;

pub(crate) const START: Timestamp = Timestamp(1_790_000_000_000);

pub(crate) fn start_at(folder: &Path, wall: Timestamp) -> Tested {
    let disk = Disk::open(folder, Options::default().reserving(4_096)).unwrap();
    let clock = Set(Reading { running: Instant(77), wall });
    Engine::start(disk, clock, Counted(wall.0.cast_unsigned())).unwrap()
}

pub(crate) fn start(folder: &Path) -> Tested {
    start_at(folder, START)
}

pub(crate) fn by() -> By {
    By {
        staff: Code::literal("A101"),
        role: Role::Dispatcher,
        area: AreaId(1),
        why: Why::Purpose(Purpose::Intake),
    }
}

pub(crate) fn id(n: u8) -> CommandId {
    CommandId([n; 16])
}

pub(crate) fn request(n: u8, order: Order) -> Request {
    Request::new(id(n), by(), order)
}

pub(crate) fn area() -> Order {
    Order::SetArea(AreaSet {
        area: AreaId(1),
        parent: None,
        level: AreaLevel::City,
        grade: None,
        reach: None,
        title: Title { en: "City".to_owned(), zh: String::new() },
    })
}

pub(crate) fn unit() -> Order {
    Order::SetUnit(UnitSet {
        unit: UnitId(1),
        call_sign: "E1".to_owned(),
        force: Code::literal("police"),
        capabilities: Vec::new(),
        vehicle: Vehicle::Car,
        home: None,
        area: AreaId(1),
        members: Vec::new(),
    })
}

pub(crate) fn intake() -> Order {
    let at = LonLat::new(1_135_439_000, 221_987_000).unwrap();
    Order::OpenIncident(Intake {
        source: Source::Call,
        reported: None,
        kind: Code::literal("robbery"),
        priority: None,
        place: Place { at, segment: None, address: None, area: AreaId(1) },
        hazards: Vec::new(),
        text: None,
        contact: None,
    })
}

pub(crate) fn done(outcome: Outcome) -> Done {
    match outcome {
        Outcome::Done(done) => done,
        other => panic!("not done: {other:?}"),
    }
}

pub(crate) fn one(engine: &mut Tested, request: Request) -> Outcome {
    let mut outcomes = engine.turn(vec![request]);
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0)
}
