//! A city full of units, the same every time.

use std::sync::Arc;

use precinct_advice::{DemandPoint, Field, Networks, Placed, Question, Settings};
use precinct_base::{
    AreaId, AreaLevel, HourOfWeek, Instant, LonLat, Millimetres, Millis, NodeId, Timestamp, UnitId,
};
use precinct_bench::ny;
use precinct_core::event::{AreaSet, ShiftPlanned, UnitSet};
use precinct_core::{
    By, Code, Command, CommandId, Doing, Intake, Member, Moment, Order, Place, Priority, ShiftId,
    Source, State, Step, Title, Vehicle, apply, decide,
};
use precinct_roads::{Network, Profile, Side, Snap, SpeedTable};

const NOW: Moment = Moment { tick: Instant(1_000), wall: Timestamp(1_790_000_000_000) };
const HOUR: i64 = 3_600_000;

/// A city full of units.
pub(super) struct Town {
    pub(super) state: State,
    pub(super) networks: Networks,
    pub(super) placed: Vec<Placed>,
    pub(super) demand: Arc<[DemandPoint]>,
    incidents: Vec<LonLat>,
}

impl Town {
    /// `units` on the roads of `network`, and `incidents` places where something happens.
    pub(super) fn new(network: &Arc<Network>, units: usize, incidents: usize) -> Self {
        let (table, hour) = (SpeedTable::as_imported(), HourOfWeek::default());
        let walkers = network.map().is_open_to(Profile::Foot);
        let foot = walkers.then(|| Arc::new(network.with(Profile::Foot, &table, hour, |_| 0)));
        let networks =
            Networks::new([Arc::clone(network)].into_iter().chain(foot)).expect("one map");
        let mut town = Self {
            state: State::default(),
            networks,
            placed: Vec::new(),
            demand: demand(network),
            incidents: Vec::new(),
        };
        let area = AreaSet {
            area: AreaId(1),
            parent: None,
            level: AreaLevel::City,
            grade: None,
            reach: None,
            title: title(),
        };
        town.give(Order::SetArea(area));
        for (id, snap) in (0..).zip(ny::places(network, units)) {
            town.unit(id, snap, walkers);
        }
        town.incidents = town.corners(incidents);
        town
    }

    fn give(&mut self, order: Order) {
        let by = By::SYSTEM;
        let command = Command { id: CommandId([1; 16]), by, at: NOW, order };
        for event in decide(&self.state, &command).expect("the order is right") {
            apply(&mut self.state, &event);
        }
    }

    fn unit(&mut self, id: u32, snap: Snap, walkers: bool) {
        let able: &[&str] = match id % 7 {
            0 => &["armed", "patrol"],
            1 => &["traffic", "first_aid"],
            _ => &["patrol"],
        };
        let (unit, shift) = (UnitId(id), ShiftId(id));
        let staff = format!("C{id}").parse().expect("a short word");
        let members = vec![Member { staff, force: Code::literal("police") }];
        self.give(Order::SetUnit(UnitSet {
            unit,
            call_sign: format!("E{id}"),
            force: Code::literal("police"),
            capabilities: able.iter().map(|text| Code::literal(text)).collect(),
            vehicle: if walkers && id.is_multiple_of(10) { Vehicle::Foot } else { Vehicle::Car },
            home: None,
            area: AreaId(1),
            members: members.clone(),
        }));
        self.placed.push(Placed {
            unit,
            snap: Some(snap),
            fix_age: Some(Millis(id % 200 * 1_000)),
        });
        if id % 20 == 1 {
            return;
        }
        let (starts, ends) = (Timestamp(NOW.wall.0 - HOUR), Timestamp(NOW.wall.0 + 7 * HOUR));
        self.give(Order::PlanShift(ShiftPlanned {
            shift,
            unit,
            members,
            starts,
            ends,
            waived: None,
        }));
        self.give(Order::StartShift { shift });
        if id % 20 == 2 {
            self.give(Order::TakeOut { unit, reason: Code::literal("fuel") });
        }
        if id % 20 == 3 {
            let incident = self.state.next_incident();
            self.give(Order::OpenIncident(intake(snap.at)));
            self.give(Order::Task { incident, unit, step: Step::Dispatch(None) });
        }
    }

    /// So many corners, the same every time.
    pub(super) fn corners(&self, count: usize) -> Vec<LonLat> {
        let map = self.network().map();
        ny::sources(map.node_count(), count)
            .into_iter()
            .map(|node| map.node_at(NodeId(node)))
            .collect()
    }

    /// The network of cars.
    pub(super) fn network(&self) -> &Network {
        self.networks.get(Profile::PoliceCar).expect("cars drive")
    }

    /// Where the cars that are free are.
    pub(super) fn cars(&self) -> Vec<Snap> {
        let free = self.placed.iter().filter(|placed| self.free(placed.unit) == Some(Vehicle::Car));
        free.filter_map(|placed| placed.snap).collect()
    }

    /// How a unit travels, if it is free.
    pub(super) fn free(&self, unit: UnitId) -> Option<Vehicle> {
        let unit = self.state.units().get(&unit)?;
        (unit.doing() == Some(Doing::Available)).then_some(unit.vehicle)
    }

    pub(super) fn field(&self, demand: &Arc<[DemandPoint]>) -> Field {
        Field::new(&self.state, self.networks.clone(), &self.placed, demand)
            .expect("all are on the map")
    }

    /// What is asked of each place: a small matter, one for two patrols, one for an armed unit and two patrols, in turn.
    pub(super) fn questions<'a>(&'a self, field: &'a Field) -> Vec<Question<'a>> {
        let kinds = [("noise", 5), ("robbery", 1), ("weapon", 1), ("traffic_accident", 3)];
        let asked = self.incidents.iter().zip(kinds.iter().cycle());
        asked
            .map(|(&at, &(kind, priority))| Question {
                state: &self.state,
                field,
                at,
                area: AreaId(1),
                kind: Code::literal(kind),
                priority: Priority::new(priority).unwrap_or(Priority::HIGHEST),
                incident: None,
                now: NOW,
                settings: Settings::default(),
            })
            .collect()
    }
}

fn title() -> Title {
    Title { en: "city".to_owned(), zh: String::new() }
}

fn intake(at: LonLat) -> Intake {
    Intake {
        source: Source::Call,
        reported: None,
        kind: Code::literal("burglary"),
        priority: None,
        place: Place { at, segment: None, address: None, area: AreaId(1) },
        hazards: Vec::new(),
        text: None,
        contact: None,
    }
}

/// A place of demand in the middle of every street.
fn demand(network: &Network) -> Arc<[DemandPoint]> {
    let map = network.map();
    let point = |segment| {
        let ends = map.segment(segment);
        let offset = Millimetres(ends.length.0 / 2);
        let (at, distance) = (map.node_at(ends.from), Millimetres(0));
        let snap = Snap { segment, offset, side: Side::On, at, distance };
        DemandPoint {
            snap,
            weight: 1 + segment.0 % 17,
            thresholds: [1, 3, 5].map(Millis::from_minutes),
        }
    };
    map.segment_ids().map(point).collect()
}
