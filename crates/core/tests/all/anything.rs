//! Any commands in any order: whatever is accepted leaves a state that can be, and replay gives it again.

use precinct_base::{AreaId, AreaLevel, Instant, Millis, PostId, SiteId, Timestamp, UnitId};
use precinct_core::event::{AccessRead, MediaAdded};
use precinct_core::{
    Advice, Candidate, Catalogue, CheckpointOrder, Clock, ContactId, ContainmentId,
    ContainmentOrder, CountId, Day, Destination, DutyLevel, FileHash, IncidentId, KeptContact,
    Loan, MediaId, MediaKind, Moment, Order, PlanId, PlanKind, PlanOrder, PolicyVersion, PostState,
    Proposal, Purpose, RingId, RingOrder, SealPlan, Sealed, Sensitive, ShiftId, SosId, Step, Tally,
    Vehicle,
};
use proptest::prelude::*;

use crate::city::{City, approval, area, at, by, code, intake, minutes, post, priority, unit};
use crate::containments::plan;
use crate::plans::{officer, proposal, propose, standby};

/// What an order is made from: what, to which two things, and how.
type Made = (u8, u32, u32, u8);

fn step(city: &City, n: u32, how: u8) -> Step {
    let late = |ago: u32| {
        let tick = Instant(city.at.tick.0.saturating_sub(u64::from(ago)));
        Some(Moment { tick, wall: Timestamp(city.at.wall.0 - i64::from(ago)) })
    };
    let instant = match n % 4 {
        0 => late(5_000 * n),
        1 => Some(city.at.later(Millis(5))),
        _ => None,
    };
    match how % 12 {
        0..=2 => Step::Dispatch(n.is_multiple_of(2).then(|| {
            let candidates = vec![Candidate { unit: UnitId(n % 4), travel: None, fix_age: None }];
            let rank = n.is_multiple_of(3).then_some(0);
            Box::new(Advice { candidates, rank, roads: code("r"), posts: code("p"), beside: None })
        })),
        3 => Step::OnView,
        4 => Step::Acknowledge(instant),
        5 => Step::EnRoute(instant),
        6 | 7 => Step::OnScene(instant),
        8 => Step::Transport(if n.is_multiple_of(2) {
            Destination::Post(PostId(n % 3))
        } else {
            Destination::Site(SiteId(1))
        }),
        9 => Step::Clear,
        10 => Step::Decline(code(if n.is_multiple_of(9) { "nonsense" } else { "breakdown" })),
        _ => Step::Recall(code("closer_unit")),
    }
}

/// So many milliseconds before a moment, or when the record began.
fn earlier(at: Moment, ms: u64) -> Moment {
    let tick = at.tick.0.saturating_sub(ms);
    let passed = (at.tick.0 - tick).cast_signed();
    Moment { tick: Instant(tick), wall: Timestamp(at.wall.0 - passed) }
}

fn clock(a: u32, b: u32) -> Clock {
    match b % 5 {
        0 => Clock::Unanswered(IncidentId(a % 6)),
        1 => Clock::Unacknowledged(UnitId(a % 5)),
        2 => Clock::Overdue(UnitId(a % 5)),
        3 => Clock::Welfare(UnitId(a % 5)),
        _ => Clock::Sos(SosId(a % 3)),
    }
}

fn incident_order((what, a, b, how): Made) -> Order {
    let (incident, other) = (IncidentId(a % 7), IncidentId(b % 7));
    let kinds = ["robbery", "noise", "fire", "nonsense"];
    match what {
        0..=4 => {
            let mut call = intake(kinds[usize::from(how % 8 / 2 % 4)]);
            call.place.at = at((b % 50) as i32 * 3_000);
            call.hazards = vec![code("gas"); usize::from(how % 3)];
            call.text = (how % 2 == 0).then(|| Sealed(Box::new([how; 8])));
            call.contact = (how % 3 == 0).then(|| contact(a, b));
            Order::OpenIncident(call)
        }
        5 => Order::DismissDuplicate { incident, of: other },
        6 | 7 => Order::Merge { from: incident, into: other },
        8 => Order::Unmerge { from: incident },
        9 => Order::Link { one: incident, other },
        10 => Order::AddNote { incident, text: Sealed(Box::new([1, 2])) },
        11 => {
            let kind = code(kinds[(b % 4) as usize]);
            let priority = priority(1 + how % 5);
            Order::Regrade { incident, kind, priority, reason: code("grew") }
        }
        12 => {
            let mut place = intake("noise").place;
            place.at = at((b % 50) as i32 * 2_000);
            Order::Move { incident, place }
        }
        13 => Order::NoteHazard { incident, hazard: code("dog") },
        14 => Order::ClearHazard { incident, hazard: code("gas") },
        15 => Order::Cancel { incident, reason: code("false_alarm") },
        16 | 17 => Order::Resolve { incident, disposition: code("dealt_with") },
        18 => Order::Reopen { incident, reason: code("new_report") },
        _ => Order::EraseText { incident },
    }
}

/// Few contacts, so that the same one comes again.
fn contact(a: u32, b: u32) -> KeptContact {
    KeptContact { contact: ContactId([(a % 5) as u8; 8]), lasts: minutes(b) }
}

fn beside_order(what: u8, a: u32, b: u32, how: u8) -> Order {
    let incident = IncidentId(a % 7);
    match what {
        63 => Order::KeepContact { incident, kept: contact(a, b) },
        64 => Order::EraseContact { incident },
        _ => Order::AddMedia(MediaAdded {
            incident,
            media: MediaId([how % 9; 16]),
            kind: [MediaKind::Jpeg, MediaKind::Png, MediaKind::Webp][(b % 3) as usize],
            bytes: b * 70_000,
            hash: FileHash([how; 32]),
        }),
    }
}

fn oversight_order((what, a, b, how): Made, lasts: Millis) -> Order {
    match what {
        59 => Order::BreakGlass { reason: code("threat"), lasts },
        60 => Order::MendGlass { staff: code("A1") },
        88 => Order::WatchPolicy { policy: code(["joint", "closest"][b as usize % 2]), lasts },
        89 => Order::WatchNoPolicy,
        61 => Order::SetPolicy { version: PolicyVersion([how; 32]) },
        _ => Order::RecordRead(AccessRead {
            what: [Sensitive::Text, Sensitive::Contact, Sensitive::Track, Sensitive::Media]
                [(b % 4) as usize],
            incident: (how % 3 > 0).then_some(IncidentId(a % 7)),
            unit: (how % 5 > 0).then_some(UnitId(b % 6)),
            media: (how % 4 > 0).then_some(MediaId([how; 16])),
            from: (how % 7 > 0).then_some(Timestamp(i64::from(a))),
            to: Some(Timestamp(i64::from(b))),
            purpose: Purpose::Review,
        }),
    }
}

/// Few plans, few days and few posts, so that they come again.
fn plan_order((what, a, b, how): Made) -> Order {
    let plan = PlanId(a % 5);
    match what {
        68 => {
            let parent = (how % 3 == 0).then_some(PlanId(b % 4));
            let kind = if how % 5 == 0 { PlanKind::Patrol } else { PlanKind::Posts };
            let fitted = vec![Day(b as i32 % 4)];
            let made = proposal((b % 30) as u8);
            let audited = how % 11 > 0;
            propose(Proposal { parent, kind, fitted, audited, ..made })
        }
        69 => {
            let days = (0..i32::from(how % 3)).map(|day| Day(b as i32 % 4 + day)).collect();
            Order::OfPlan(PlanOrder::Simulate {
                plan,
                result: FileHash([(b % 40) as u8; 32]),
                days,
            })
        }
        70 => Order::OfPlan(PlanOrder::Approve { plan, reason: code("other") }),
        71 => {
            let keeps = (0..b % 4).map(PostId).collect();
            let adds = (0..i32::from(how % 3)).map(standby).collect();
            Order::OfPlan(PlanOrder::Publish { plan, keeps, adds })
        }
        _ => Order::OfPlan(PlanOrder::Withdraw { plan, reason: code("not_needed") }),
    }
}

/// A plan of a few points, held by anybody or nobody.
fn seal(b: u32, how: u8) -> SealPlan {
    let point = |n: u32| {
        let unit = (b / (n + 1) + n) % 6;
        ((b % 3 + n) as i32 * 1_000, (unit > 0).then_some(unit))
    };
    let points: Vec<(i32, Option<u32>)> = (0..u32::from(how % 4)).map(point).collect();
    plan(&points)
}

fn sealing_order(city: &City, (what, a, b, how): Made, lasts: Millis) -> Order {
    let (ring, post, reason) = (RingId(a % 4), PostId(a % 3), code("event"));
    let (containment, approval) = (ContainmentId(1 + a % 4), approval(lasts));
    match what {
        74 => Order::Ring(RingOrder::Define(crate::sealing::ring())),
        75 if how % 4 == 0 => Order::Ring(RingOrder::Retire { ring, reason }),
        75 => Order::Ring(RingOrder::Activate { ring, level: DutyLevel::L1, reason, approval }),
        76 => Order::Ring(RingOrder::StandDown { ring, reason }),
        77 if how % 2 == 0 => {
            let order = CheckpointOrder::Man { lanes: how % 70, staff: 3 };
            Order::Checkpoint { post, order }
        }
        77 => {
            let from = Timestamp(city.at.wall.0 - i64::from(b) * 60_000);
            let until = Timestamp(from.0 + i64::from(how) * 30_000);
            let tally =
                Tally { from, until, vehicles: b, people: a, finds: Vec::new(), queue: None };
            let corrects = (how % 3 == 0).then_some(CountId(b % 5));
            Order::Checkpoint { post, order: CheckpointOrder::Count { tally, corrects } }
        }
        78..=81 => {
            let (incident, plan) = (IncidentId(1 + a % 4), Box::new(seal(b, how)));
            Order::Containment(ContainmentOrder::Begin { incident, plan, reason, approval })
        }
        82..=85 => {
            let approval = (how % 5 == 0).then_some(approval);
            let plan = Box::new(seal(b, how));
            Order::Containment(ContainmentOrder::Replan { containment, plan, approval })
        }
        _ => Order::Containment(ContainmentOrder::StandDown { containment, reason }),
    }
}

fn order(city: &City, (what, a, b, how): Made) -> Order {
    let (unit_id, shift, reason) = (UnitId(a % 5), ShiftId(b % 6), code("event"));
    let lasts = minutes(u32::from(how));
    match what {
        0..20 => incident_order((what, a, b, how)),
        20..40 => {
            Order::Task { incident: IncidentId(b % 7), unit: unit_id, step: step(city, b, how) }
        }
        40 | 41 => Order::AnswerClock { clock: clock(a, b), hold: Millis(u32::from(how) * 9_000) },
        42 => Order::RaiseSos { unit: unit_id, at: (how % 2 == 0).then(|| at(0)) },
        43 => Order::CloseSos { sos: SosId(a % 3), outcome: code("dealt_with") },
        44 => Order::TakeOut { unit: unit_id, reason },
        45 => Order::BringBack { unit: unit_id },
        46 => Order::JoinAid(Loan {
            unit: UnitId(4 + a % 2),
            call_sign: "H".to_owned(),
            force: code("guard"),
            capabilities: vec![code("boat"), code("armed"), code("boat")],
            vehicle: Vehicle::Boat,
            area: AreaId(1),
            approval: approval(lasts),
        }),
        47 => Order::LeaveAid { unit: UnitId(4 + a % 2) },
        48 => Order::EndShift { shift },
        49 => Order::StartShift { shift },
        50 => Order::PlanShift(city.tour(b % 6, a % 4, i64::from(how % 30), i64::from(how % 14))),
        51 => Order::CancelShift { shift, reason },
        52 => {
            let to = [PostState::Open, PostState::Reinforced, PostState::Closed][(b % 3) as usize];
            let approval = (how % 5 > 0).then(|| approval(lasts));
            Order::ChangePost { post: PostId(a % 3), to, reason, approval }
        }
        53 => {
            let level = [DutyLevel::L1, DutyLevel::L2, DutyLevel::L3][(b % 3) as usize];
            Order::SetDutyLevel { area: AreaId(a % 4), level, reason, approval: approval(lasts) }
        }
        54 => {
            let parent = (how % 3 > 0).then_some(b % 4);
            let level = AreaLevel::ALL[usize::from(how % 4)];
            Order::SetArea(area(a % 4, parent, level))
        }
        55 => Order::SetPost(post(a % 3)),
        56 => Order::SetUnit(unit(a % 6)),
        57 => {
            let mut catalogue = Catalogue::standard();
            catalogue.rules.preempt_on_scene = how % 3;
            catalogue.rules.keep_closed = minutes(1 + u32::from(how));
            Order::SetCatalogue(Box::new(catalogue))
        }
        58 => Order::SetClock { before: Timestamp(i64::from(a)) },
        63..=65 => beside_order(what, a, b, how),
        74..=87 => sealing_order(city, (what, a, b, how), lasts),
        88 | 89 | 59..=62 => oversight_order((what, a, b, how), lasts),
        68..=72 => plan_order((what, a, b, how)),
        _ => Order::TimePasses,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_ordered_the_state_can_be(
        orders in prop::collection::vec((0u8..92, 0u32..100, 0u32..100, any::<u8>(), 0u32..400), 1..150),
    ) {
        let mut city = City::on_duty();
        for (what, a, b, how, seconds) in orders {
            let mut order = order(&city, (what, a, b, how));
            if how % 4 == 1 {
                // Some of it was on paper: just now, a while ago, too long ago, or still to come.
                let ago = [0, u64::from(seconds) * 1_000, u64::from(b) * 60_000, 80 * 3_600_000][(a % 4) as usize];
                let mut happened = earlier(city.at, ago);
                if b % 19 == 0 {
                    happened = city.at.later(Millis(1));
                }
                order = Order::OnPaper { order: Box::new(order), happened };
            }
            let before = city.state.clone();
            let approves = matches!(order, Order::OfPlan(PlanOrder::Approve { .. })) && how % 4 > 0;
            let who = if approves { officer("D1") } else { by() };
            if city.give_as(who, order).is_err() {
                prop_assert_eq!(&city.state, &before);
            }
            if seconds < 200 {
                city.pass(Millis(seconds * 700));
            }
        }
        prop_assert_eq!(&city.replayed(), &city.state);
        let json = serde_json::to_string(&city.state).unwrap();
        prop_assert_eq!(&serde_json::from_str::<precinct_core::State>(&json).unwrap(), &city.state);
    }
}
