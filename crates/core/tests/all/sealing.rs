//! Rings and checkpoints.

use precinct_base::{AreaId, Millis, PostId, PostKind, Timestamp};
use precinct_core::event::PostSet;
use precinct_core::{
    Approval, CheckpointOrder, CountId, Crossing, DutyLevel, Find, Order, RingId, RingOrder,
    RingPlan, Role, Tally, Title, Travels,
};

use crate::city::{City, approval, at, code, minutes, names, post, title};

pub(crate) fn ring() -> RingPlan {
    let crossing =
        |east, post| Crossing { at: at(east), segment: None, title: Title::default(), post };
    RingPlan {
        title: title("inner ring"),
        area: AreaId(1),
        border: None,
        line: vec![at(0), at(10_000), at(20_000)],
        travels: Travels::Car,
        crossings: vec![crossing(5_000, Some(PostId(1))), crossing(15_000, None)],
        roads: code("r1"),
    }
}

fn define(change: impl FnOnce(&mut RingPlan)) -> Order {
    let mut plan = ring();
    change(&mut plan);
    Order::Ring(RingOrder::Define(plan))
}

fn activate(ring: u32, level: DutyLevel, reason: &str, approval: Approval) -> Order {
    let (ring, reason) = (RingId(ring), code(reason));
    Order::Ring(RingOrder::Activate { ring, level, reason, approval })
}

fn stand_down(ring: u32) -> Order {
    Order::Ring(RingOrder::StandDown { ring: RingId(ring), reason: code("not_needed") })
}

#[test]
fn a_ring_has_a_line_and_crossings_that_checkpoints_man() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    city.ok(Order::SetPost(PostSet { kind: PostKind::Standby, ..post(2) }));
    city.no(define(|plan| plan.title = Title::default()), "the ring has no name");
    city.no(define(|plan| plan.area = AreaId(9)), "there is no area 9");
    let line = "either a line of at least three places or the border of an area";
    city.no(define(|plan| plan.line.truncate(2)), line);
    city.no(define(|plan| plan.border = Some(AreaId(1))), line);
    let border = |area| {
        define(move |plan| {
            plan.line.clear();
            plan.border = Some(AreaId(area));
        })
    };
    city.no(border(9), "there is no area 9");
    city.no(define(|plan| plan.line = vec![at(0); 4_097]), "more than 4096 places");
    city.no(define(|plan| plan.crossings[0].post = Some(PostId(9))), "there is no post 9");
    city.no(define(|plan| plan.crossings[0].post = Some(PostId(2))), "post 2 is a standby");
    city.no(define(|plan| plan.crossings[0].title.en = "x".repeat(257)), "the name of the road");
    assert_eq!(names(&city.ok(define(|_| {}))), ["ring_set"]);
    city.ok(border(1));
    assert_eq!(city.state.rings().keys().map(|ring| ring.0).collect::<Vec<_>>(), [1, 2]);
    // Described anew, it has the same number.
    let mut plan = ring();
    plan.crossings[1].post = Some(PostId(1));
    let change = |ring, plan| Order::Ring(RingOrder::Change { ring: RingId(ring), plan });
    city.ok(change(1, plan.clone()));
    city.no(change(9, plan.clone()), "there is no RING-9");
    assert_eq!(city.state.rings()[&RingId(1)].plan, plan);
    let retire = |reason| Order::Ring(RingOrder::Retire { ring: RingId(2), reason: code(reason) });
    city.no(retire("nonsense"), "not among the reasons");
    city.ok(retire("not_needed"));
    city.no(retire("not_needed"), "there is no RING-2");
    // No ring has a number that another had.
    city.ok(define(|_| {}));
    assert!(city.state.rings().contains_key(&RingId(3)));
}

#[test]
fn a_ring_is_called_out_on_approval_and_ends_by_itself() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    city.ok(define(|_| {}));
    let hour = approval(minutes(60));
    city.no(activate(9, DutyLevel::L1, "threat", hour), "there is no RING-9");
    city.no(activate(1, DutyLevel::L1, "nonsense", hour), "not among the reasons");
    let crew = Approval { role: Role::Crew, ..hour };
    city.no(activate(1, DutyLevel::L1, "threat", crew), "D1 may not approve this as Crew");
    let long = approval(minutes(72 * 60 + 1));
    city.no(activate(1, DutyLevel::L1, "threat", long), "may last from 1 minute to");
    city.no(stand_down(1), "there is nothing to stand down");
    city.ok(activate(1, DutyLevel::L2, "threat", hour));
    let active = |city: &City| city.state.rings()[&RingId(1)].active;
    let order = active(&city).unwrap();
    assert_eq!(
        (order.level, order.approver, order.reason),
        (DutyLevel::L2, code("D1"), code("threat"))
    );
    city.pass(minutes(30));
    // A later order replaces it and has its own end; described anew, the ring stays called out.
    city.ok(activate(1, DutyLevel::L1, "grew", hour));
    city.ok(Order::Ring(RingOrder::Change { ring: RingId(1), plan: ring() }));
    let retire = RingOrder::Retire { ring: RingId(1), reason: code("not_needed") };
    city.no(Order::Ring(retire), "stand it down first");
    assert!(city.pass(minutes(59)).is_empty());
    assert_eq!(active(&city).unwrap().level, DutyLevel::L1);
    assert_eq!(names(&city.pass(minutes(1))), ["ring_lapsed"]);
    assert_eq!(active(&city), None);
    city.ok(activate(1, DutyLevel::L3, "event", hour));
    assert_eq!(names(&city.ok(stand_down(1))), ["ring_stood_down"]);
    assert!(city.pass(minutes(120)).is_empty());
}

/// What was counted from so many minutes ago, for so many.
fn tally(city: &City, ago: i64, lasts: i64) -> Tally {
    let from = Timestamp(city.at.wall.0 - ago * 60_000);
    let until = Timestamp(from.0 + lasts * 60_000);
    let find = |kind, count| Find { kind: code(kind), count };
    let finds = vec![find("weapon", 1), find("explosives", 2)];
    Tally { from, until, vehicles: 300, people: 700, finds, queue: Some(12) }
}

fn count(post: u32, tally: Tally, corrects: Option<u32>) -> Order {
    let order = CheckpointOrder::Count { tally, corrects: corrects.map(CountId) };
    Order::Checkpoint { post: PostId(post), order }
}

fn man(post: u32, lanes: u8, staff: u16) -> Order {
    Order::Checkpoint { post: PostId(post), order: CheckpointOrder::Man { lanes, staff } }
}

#[test]
fn a_checkpoint_says_how_many_lanes_are_open_and_who_is_no_checkpoint_has_none() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    city.ok(Order::SetPost(PostSet { kind: PostKind::PoliceStation, ..post(2) }));
    city.no(man(9, 1, 1), "there is no post 9");
    city.no(man(2, 1, 1), "post 2 is a police_station");
    city.no(man(1, 65, 1), "65 lanes in one entry cannot be");
    city.no(man(1, 1, 1_025), "1025 people at work");
    city.ok(man(1, 4, 9));
    let known = &city.state.checkpoints()[&PostId(1)];
    assert_eq!((known.lanes, known.staff, known.since), (4, 9, Some(city.at)));
    city.ok(man(1, 0, 0));
    assert_eq!(city.state.checkpoints()[&PostId(1)].lanes, 0);
}

#[test]
fn counts_are_entries_and_are_corrected_by_later_ones() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    city.ok(Order::SetPost(post(2)));
    city.ok(man(1, 3, 6));
    let good = |city: &City| tally(city, 60, 60);
    let first = good(&city);
    city.ok(count(1, first.clone(), None));
    let entry = city.state.checkpoints()[&PostId(1)].counts[0].clone();
    assert_eq!((entry.count, entry.lanes, entry.by), (CountId(1), 3, code("A1")));
    let kinds: Vec<&str> = entry.tally.finds.iter().map(|find| find.kind.as_str()).collect();
    assert_eq!(kinds, ["explosives", "weapon"], "in order");
    // Nothing is counted twice, unless it corrects what it counts anew.
    let half = tally(&city, 90, 45);
    city.no(count(1, half.clone(), None), "COUNT-1 counts a part of that time already");
    city.ok(count(2, half.clone(), None));
    city.no(count(2, half.clone(), Some(1)), "post 2 has no entry COUNT-1 at hand");
    let mut right = good(&city);
    right.vehicles = 305;
    city.ok(count(1, right, Some(1)));
    city.no(count(1, good(&city), Some(1)), "COUNT-1 was corrected by COUNT-3 already");
    city.ok(count(1, tally(&city, 75, 15), None));
    let known = &city.state.checkpoints()[&PostId(1)];
    let holding: Vec<_> = known.holding().map(|one| (one.count.0, one.tally.vehicles)).collect();
    assert_eq!(holding, [(3, 305), (4, 300)]);
    assert_eq!(
        (known.counts[0].corrected, known.counts[0].tally.vehicles),
        (Some(CountId(3)), 300)
    );
}

#[test]
fn what_cannot_have_been_counted_is_refused() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    for (ago, lasts) in [(60, 0), (60, -1), (60, 61), (24 * 60 + 2, 24 * 60 + 1)] {
        let order = count(1, tally(&city, ago, lasts), None);
        city.no(order, "not later than now");
    }
    let mut with = |change: fn(&mut Tally), told| {
        let mut tally = tally(&city, 60, 60);
        change(&mut tally);
        city.no(count(1, tally, None), told);
    };
    with(|tally| tally.vehicles = 1_000_001, "1000001 vehicles in one entry");
    with(|tally| tally.people = 1_000_001, "1000001 people in one entry");
    with(|tally| tally.queue = Some(1_000_001), "vehicles that wait");
    with(|tally| tally.finds[0].count = 1_000_001, "1000001 finds in one entry");
    with(|tally| tally.finds[0].kind = code("explosives"), "named twice among the finds");
    with(|tally| tally.finds[0].kind = code("pickpocket"), "not among the hazards");
    with(|tally| tally.finds = vec![tally.finds[0]; 65], "more than 64 types of find");
}

#[test]
fn old_entries_make_room_and_stay_in_the_record() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    for _ in 0..100 {
        city.pass(minutes(60));
        let order = count(1, tally(&city, 60, 60), None);
        city.ok(order);
    }
    let known = &city.state.checkpoints()[&PostId(1)];
    let kept: Vec<u32> = known.counts.iter().map(|one| one.count.0).collect();
    assert_eq!(kept, (5..=100).collect::<Vec<_>>());
    let order = count(1, tally(&city, 1_000, 10), Some(4));
    city.no(order, "too old to be corrected");
    assert_eq!(city.replayed(), city.state);
}

#[test]
fn how_long_a_queue_waits_is_told_where_it_was_counted() {
    let mut city = City::empty();
    city.ok(Order::SetPost(post(1)));
    city.ok(man(1, 3, 6));
    let wait = |city: &City| city.state.checkpoints()[&PostId(1)].wait();
    let counted = |city: &City, ago: i64, queue: Option<u32>| {
        let mut tally = tally(city, ago, 20);
        tally.queue = queue;
        tally
    };
    let of = counted(&city, 90, None);
    city.ok(count(1, of, None));
    assert_eq!(wait(&city), None, "nobody looked at the queue");
    let of = counted(&city, 60, Some(0));
    city.ok(count(1, of, None));
    assert_eq!(wait(&city), Some(Millis::ZERO));
    // Three hundred in twenty minutes: twelve are through in 48 seconds.
    let of = counted(&city, 30, Some(12));
    city.ok(count(1, of, None));
    assert_eq!(wait(&city), Some(Millis(48_000)));
}
