//! The duty officer: posts, duty levels, tours, units lent, and now and then another catalogue.

use precinct_base::{AreaId, Millis, PostId, Timestamp, UnitId};
use precinct_core::event::ShiftPlanned;
use precinct_core::{
    Approval, Code, Duty, DutyLevel, Loan, Moment, Order, PostState, Role, ShiftId, State, Vehicle,
};

use super::post::{Happening, World};

/// One round through the office.
pub(super) fn round(world: &mut World, state: &State, now: Moment) {
    world.within((60, 500), Happening::Office);
    start_tours(world, state, now);
    let approval = |world: &mut World| Approval {
        approver: Code::literal("D100"),
        role: if world.rng.chance(950) { Role::DutyOfficer } else { Role::Crew },
        lasts: Millis::from_minutes(world.rng.between(1, 60) as u32),
    };
    let reason = Code::literal("event");
    let order = match world.rng.between(0, 9) {
        0 | 1 => {
            let to =
                [PostState::Open, PostState::Reinforced, PostState::Closed][world.rng.index(3)];
            let approval = world.rng.chance(900).then(|| approval(world));
            Order::ChangePost { post: PostId(world.rng.index(5) as u32), to, reason, approval }
        }
        2 => {
            let level = [DutyLevel::L1, DutyLevel::L2, DutyLevel::L3][world.rng.index(3)];
            let area = AreaId(1 + world.rng.index(4) as u32);
            Order::SetDutyLevel { area, level, reason, approval: approval(world) }
        }
        3 => Order::JoinAid(Loan {
            unit: UnitId(100 + world.rng.index(3) as u32),
            call_sign: "Harbour".to_owned(),
            force: Code::literal("guard"),
            capabilities: vec![Code::literal("patrol")],
            vehicle: Vehicle::Car,
            area: AreaId(3),
            approval: approval(world),
        }),
        4 => Order::LeaveAid { unit: UnitId(100 + world.rng.index(3) as u32) },
        5 => {
            let mut catalogue = state.catalogue().clone();
            catalogue.rules.keep_closed = Millis::from_minutes(world.rng.between(5, 90) as u32);
            Order::SetCatalogue(Box::new(catalogue))
        }
        6 => Order::EndShift { shift: ShiftId(world.rng.index(world.plan.units as usize) as u32) },
        _ => return,
    };
    world.send(Role::DutyOfficer, order);
}

/// Starts tours that are planned, and plans another for units whose tours are over. After a jump of the calendar old plans no longer fit.
fn start_tours(world: &mut World, state: &State, now: Moment) {
    for (&shift, tour) in state.shifts() {
        if tour.began.is_none() {
            let order = if now.wall >= tour.ends {
                Order::CancelShift { shift, reason: Code::literal("other") }
            } else {
                Order::StartShift { shift }
            };
            world.send(Role::DutyOfficer, order);
        }
    }
    let planned =
        |unit| state.shifts().values().any(|tour| tour.unit == unit && tour.began.is_none());
    for (&unit, off) in state.units().iter().filter(|(_, unit)| unit.duty == Duty::Off) {
        if !planned(unit) && world.rng.chance(700) {
            let shift = ShiftId(1_000 + world.rng.between(0, 1 << 30) as u32);
            let ends = Timestamp(now.wall.0 + 4 * 3_600_000);
            let members = off.members.clone();
            let waived = Some(Code::literal("D100"));
            let plan = ShiftPlanned { shift, unit, members, starts: now.wall, ends, waived };
            world.send(Role::DutyOfficer, Order::PlanShift(plan));
        }
    }
}
