//! A city at work: incidents one after another, each step a command.

use precinct_base::{AreaId, AreaLevel, LonLat, Timestamp, UnitId};
use precinct_core::event::{AreaSet, ShiftPlanned, UnitSet};
use precinct_core::{
    By, Code, CommandId, IncidentId, Intake, Member, Order, Place, Purpose, Role, ShiftId, Source,
    Step, Title, Vehicle, Why,
};
use precinct_engine::Request;

/// Steps in the life of an incident.
pub(super) const STEPS: u64 = 7;

pub(super) fn by() -> By {
    let why = Why::Purpose(Purpose::Duty);
    By { staff: Code::literal("A101"), role: Role::Dispatcher, area: AreaId(1), why }
}

/// The id of a command: in order of time, as they should be.
pub(super) fn id(n: u64, client: u64) -> CommandId {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    id[8..].copy_from_slice(&client.to_be_bytes());
    CommandId(id)
}

/// Describes so many units and puts them on duty at `wall`.
pub(super) fn begin(units: u32, wall: Timestamp) -> Vec<Order> {
    let title = Title { en: "City".to_owned(), zh: "市".to_owned() };
    let (area, level) = (AreaId(1), AreaLevel::City);
    let mut orders = vec![Order::SetArea(AreaSet {
        area,
        parent: None,
        level,
        grade: None,
        reach: None,
        title,
    })];
    for number in 0..units {
        let unit = UnitId(number);
        let staff = format!("C{number}").parse().unwrap_or(Code::literal("C"));
        let members = vec![Member { staff, force: Code::literal("police") }];
        orders.push(Order::SetUnit(UnitSet {
            unit,
            call_sign: format!("E{number}"),
            force: Code::literal("police"),
            capabilities: vec![Code::literal("patrol")],
            vehicle: Vehicle::Car,
            home: None,
            area,
            members: members.clone(),
        }));
        let shift = ShiftId(number);
        let ends = Timestamp(wall.0 + 12 * 3_600_000);
        let plan = ShiftPlanned { shift, unit, members, starts: wall, ends, waived: None };
        orders.push(Order::PlanShift(plan));
        orders.push(Order::StartShift { shift });
    }
    orders
}

pub(super) fn intake(n: u64) -> Intake {
    let east = (n.wrapping_mul(7_919) % 1_000_000) as i32;
    let north = (n.wrapping_mul(104_729) % 1_000_000) as i32;
    let at = LonLat::new(1_130_000_000 + east * 9, 220_000_000 + north * 9).unwrap_or_default();
    Intake {
        source: Source::Call,
        reported: None,
        kind: Code::literal("traffic_accident"),
        priority: None,
        place: Place { at, segment: None, address: None, area: AreaId(1) },
        hazards: Vec::new(),
        text: None,
        contact: None,
    }
}

/// The `step`th step of an incident that `unit` goes to.
pub(super) fn step(n: u64, step: u64, incident: IncidentId, unit: UnitId) -> Order {
    let task = |step| Order::Task { incident, unit, step };
    match step {
        0 => Order::OpenIncident(intake(n)),
        1 => task(Step::Dispatch(None)),
        2 => task(Step::Acknowledge(None)),
        3 => task(Step::EnRoute(None)),
        4 => task(Step::OnScene(None)),
        5 => task(Step::Clear),
        _ => Order::Resolve { incident, disposition: Code::literal("dealt_with") },
    }
}

/// A request for an order, with a text where one belongs.
pub(super) fn request(n: u64, client: u64, order: Order) -> Request {
    let told = matches!(order, Order::OpenIncident(_));
    let mut request = Request::new(id(n, client), by(), order);
    request.text =
        told.then(|| "two cars at the crossing, nobody hurt 两车相撞无人受伤".to_owned());
    request
}
