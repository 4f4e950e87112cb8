//! Small towns: a grid of streets with the times one gives, and units on duty in a real state.

use std::sync::Arc;

use precinct_base::{
    AreaId, AreaLevel, HourOfWeek, Instant, LonLat, Millimetres, Millis, SegmentId, Timestamp,
    UnitId,
};
use precinct_core::event::{AreaSet, ShiftPlanned, UnitSet};
use precinct_core::{
    By, Code, Command, CommandId, IncidentId, Intake, Member, Moment, Order, Place, Priority,
    Purpose, Role, ShiftId, Source, State, Step, Title, Vehicle, Why, apply, decide,
};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass, RoadMap,
    Side, Snap, SpeedTable, Times,
};

use crate::{DemandPoint, Field, Networks, Placed, Question, Settings};

pub(super) const NOW: Moment = Moment { tick: Instant(1_000), wall: Timestamp(1_790_000_000_000) };
const HOUR: i64 = 3_600_000;

/// A state, networks and where units are.
pub(super) struct Town {
    pub(super) state: State,
    pub(super) networks: Networks,
    pub(super) placed: Vec<Placed>,
    pub(super) demand: Vec<DemandPoint>,
}

pub(super) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

/// The corner of the grid in column `x` and row `y`: some 110 m apart.
pub(super) fn corner(x: u32, y: u32) -> LonLat {
    LonLat::new(1_000_000_000 + 10_000 * x as i32, -10_000 * y as i32).unwrap()
}

/// A grid `wide` corners across and `high` down. `seconds` gives the times of each street, to the east or south and back, by car and on
/// foot; none is barred.
pub(super) fn grid(
    wide: u32,
    high: u32,
    mut seconds: impl FnMut(usize) -> [[Option<u32>; 2]; 2],
) -> Networks {
    let mut draft = Draft::default();
    let name = draft.names.add(Name::local("street".to_owned()));
    for (i, (x, y)) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))).enumerate() {
        draft.nodes.push(DraftNode { osm_id: i as i64, at: corner(x, y) });
        let here = i as u32;
        let streets = [(x > 0, here.wrapping_sub(1)), (y > 0, here.wrapping_sub(wide))];
        for (_, from) in streets.into_iter().filter(|street| street.0) {
            let way = draft.segments.len();
            let mut times = Times::default();
            for (profile, both) in [Profile::PoliceCar, Profile::Foot].into_iter().zip(seconds(way))
            {
                for (along, time) in [Along::Forward, Along::Backward].into_iter().zip(both) {
                    times.set(profile, along, time.map(Millis::from_seconds));
                }
            }
            draft.segments.push(DraftSegment {
                from,
                to: here,
                shape: Vec::new(),
                length: Millimetres(110_000),
                class: RoadClass::Residential,
                name,
                way: way as i64,
                times,
            });
        }
    }
    let map = Arc::new(RoadMap::build(&draft, Fingerprint::default()).unwrap());
    let (table, hour) = (SpeedTable::as_imported(), HourOfWeek::default());
    let car = Network::new(map, Profile::PoliceCar, &table, hour);
    let foot = car.with(Profile::Foot, &table, hour, |_| 0);
    Networks::new([Arc::new(car), Arc::new(foot)]).unwrap()
}

impl Town {
    pub(super) fn new(networks: Networks) -> Self {
        let mut town =
            Self { state: State::default(), networks, placed: Vec::new(), demand: Vec::new() };
        for (id, parent, level) in [
            (1, None, AreaLevel::City),
            (2, Some(1), AreaLevel::District),
            (3, Some(1), AreaLevel::District),
        ] {
            let title = Title { en: "area".to_owned(), zh: String::new() };
            let (area, parent) = (AreaId(id), parent.map(AreaId));
            town.give(Order::SetArea(AreaSet {
                area,
                parent,
                level,
                grade: None,
                reach: None,
                title,
            }));
        }
        town
    }

    pub(super) fn give(&mut self, order: Order) {
        let why = Why::Purpose(Purpose::Duty);
        let by = By { staff: code("A1"), role: Role::Dispatcher, area: AreaId(1), why };
        let command = Command { id: CommandId([1; 16]), by, at: NOW, order };
        for event in decide(&self.state, &command).unwrap() {
            apply(&mut self.state, &event);
        }
    }

    /// A unit off duty, nowhere.
    pub(super) fn describe(&mut self, id: u32, vehicle: Vehicle, area: u32, able: &[&str]) {
        let member = Member { staff: code(&format!("C{id}")), force: code("police") };
        self.give(Order::SetUnit(UnitSet {
            unit: UnitId(id),
            call_sign: format!("E{id}"),
            force: code("police"),
            capabilities: able.iter().map(|text| code(text)).collect(),
            vehicle,
            home: None,
            area: AreaId(area),
            members: vec![member],
        }));
    }

    /// It goes on duty for so long.
    pub(super) fn begin(&mut self, id: u32, minutes: i64) {
        let members = self.state.units()[&UnitId(id)].members.clone();
        let ends = Timestamp(NOW.wall.0 + minutes * 60_000);
        let starts = Timestamp(NOW.wall.0 - HOUR);
        let (shift, unit) = (ShiftId(id), UnitId(id));
        self.give(Order::PlanShift(ShiftPlanned {
            shift,
            unit,
            members,
            starts,
            ends,
            waived: None,
        }));
        self.give(Order::StartShift { shift });
    }

    pub(super) fn place(&mut self, id: u32, snap: Option<Snap>, fix_age: Option<Millis>) {
        self.placed.push(Placed { unit: UnitId(id), snap, fix_age });
    }

    /// A patrol car or foot patrol on duty at a place, seen just now.
    pub(super) fn unit(&mut self, id: u32, vehicle: Vehicle, able: &[&str], snap: Snap) {
        self.describe(id, vehicle, 1, able);
        self.begin(id, 480);
        self.place(id, Some(snap), Some(Millis(0)));
    }

    pub(super) fn open(&mut self, kind: &str, priority: u8, at: LonLat) -> IncidentId {
        let incident = self.state.next_incident();
        self.give(Order::OpenIncident(Intake {
            source: Source::Call,
            reported: None,
            kind: code(kind),
            priority: Priority::new(priority),
            place: Place { at, segment: None, address: None, area: AreaId(2) },
            hazards: Vec::new(),
            text: None,
            contact: None,
        }));
        incident
    }

    pub(super) fn send(&mut self, incident: IncidentId, unit: u32) {
        self.give(Order::Task { incident, unit: UnitId(unit), step: Step::Dispatch(None) });
    }

    pub(super) fn field(&self) -> Field {
        let demand: Arc<[DemandPoint]> = self.demand.clone().into();
        Field::new(&self.state, self.networks.clone(), &self.placed, &demand).unwrap()
    }

    pub(super) fn question<'a>(&'a self, field: &'a Field, incident: IncidentId) -> Question<'a> {
        Question::of(&self.state, field, incident, NOW, Settings::default()).unwrap()
    }

    /// A place on the street that came `way`th, `share` thousandths of the way along.
    pub(super) fn on(&self, way: usize, share: u64) -> Snap {
        let map = self.networks.each().next().unwrap().1.map();
        let streets = map.segment_count();
        let is_it = |id: &SegmentId| map.segment(*id).way == (way % streets) as i64;
        let segment = map.segment_ids().find(is_it).unwrap();
        let ends = map.segment(segment);
        let offset = Millimetres(ends.length.0 * share.min(1_000) / 1_000);
        Snap {
            segment,
            offset,
            side: Side::On,
            at: map.node_at(ends.from),
            distance: Millimetres(0),
        }
    }
}
