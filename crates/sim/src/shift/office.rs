//! The duty officer: posts, rings, duty levels, what is sealed off, tours, units lent, and now and then another catalogue.

use precinct_base::{AreaId, Millis, PostId, PostKind, Timestamp, UnitId};
use precinct_core::event::ShiftPlanned;
use precinct_core::{
    Approval, Code, Day, Duty, DutyLevel, FileHash, Hours, Loan, Moment, Order, PlanId, PlanKind,
    PlanOrder, PlannedPost, PostState, Proposal, Role, ShiftId, State, Title, Vehicle,
};

use super::post::{Happening, World};
use super::seal;

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
    let order = match world.rng.between(0, 12) {
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
        7 | 8 => return plans(world, state),
        9 | 10 => {
            let approval = approval(world);
            let Some(order) = seal::seal(world, state, now, approval) else { return };
            order
        }
        11 => {
            let approval = approval(world);
            seal::ring(world, state, approval)
        }
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

/// Something is done with plans: the planner proposes, tries and publishes, the duty officer approves; not always when it is time to.
fn plans(world: &mut World, state: &State) {
    let plan = PlanId(1 + world.rng.index(state.next_plan().0 as usize) as u32);
    let day = |world: &mut World| Day(19_730 + world.rng.index(6) as i32);
    let hash = |world: &mut World| FileHash([world.rng.index(60) as u8; 32]);
    let other = Code::literal("other");
    let (role, order) = match world.rng.index(5) {
        0 => {
            let proposal = Proposal {
                kind: PlanKind::Posts,
                area: AreaId(1 + world.rng.index(4) as u32),
                title: Title { en: "Plan".to_owned(), zh: String::new() },
                parent: world.rng.chance(300).then_some(plan),
                document: hash(world),
                inputs: hash(world),
                aim: Code::literal("cover"),
                objective: 1,
                bound: 1,
                gap_ppm: 0,
                audited: world.rng.chance(950),
                fitted: vec![day(world)],
            };
            (Role::Planner, PlanOrder::Propose(Box::new(proposal)))
        }
        1 => {
            let (result, days) = (hash(world), vec![day(world)]);
            (Role::Planner, PlanOrder::Simulate { plan, result, days })
        }
        2 => {
            let role = if world.rng.chance(800) { Role::DutyOfficer } else { Role::Planner };
            (role, PlanOrder::Approve { plan, reason: other })
        }
        3 => {
            let area = AreaId(1 + world.rng.index(4) as u32);
            let at = state.posts().values().next().map(|post| post.at);
            let add = at.map(|at| PlannedPost {
                kind: PostKind::Standby,
                area,
                at,
                hours: Hours::ALWAYS,
                level: 3,
                title: Title { en: "Standby".to_owned(), zh: String::new() },
            });
            let keeps = vec![PostId(world.rng.index(8) as u32)];
            let adds = add.into_iter().collect();
            (Role::Planner, PlanOrder::Publish { plan, keeps, adds })
        }
        _ => (Role::DutyOfficer, PlanOrder::Withdraw { plan, reason: other }),
    };
    world.send(role, order.into());
}
