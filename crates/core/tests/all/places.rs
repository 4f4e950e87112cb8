//! Areas, posts and duty levels.

use precinct_base::{AreaId, AreaLevel, Millis, PostId};
use precinct_core::event::{AreaSet, PostSet};
use precinct_core::{Approval, DutyLevel, Order, PostState, Role, Title};

use crate::city::{City, approval, area, code, minutes, names, post};

#[test]
fn areas_lie_in_one_another_and_never_in_themselves() {
    let mut city = City::empty();
    let set = |id, parent, level| Order::SetArea(area(id, parent, level));
    city.no(set(2, Some(9), AreaLevel::District), "there is no area 9");
    city.ok(set(2, Some(1), AreaLevel::District));
    city.ok(set(3, Some(2), AreaLevel::StationArea));
    city.ok(set(4, Some(2), AreaLevel::District));
    city.no(
        set(5, Some(3), AreaLevel::District),
        "area 5, a district, cannot lie in area 3, a station_area",
    );
    city.no(set(1, Some(1), AreaLevel::City), "area 1 cannot lie in area 1");
    city.no(set(1, Some(3), AreaLevel::GridCell), "area 1 cannot lie in area 3");
    let up: Vec<_> = city.state.up(AreaId(3)).map(|(id, _)| id.0).collect();
    assert_eq!(up, [3, 2, 1]);
    let with = |change: fn(&mut AreaSet)| {
        let mut set = area(6, None, AreaLevel::City);
        change(&mut set);
        Order::SetArea(set)
    };
    city.no(with(|set| set.title = Title::default()), "the area has no name");
    city.no(with(|set| set.title.zh = "长".repeat(86)), "258 bytes and may have 256");
    city.no(with(|set| set.grade = Some("nonsense".parse().unwrap())), "not among the grades");
    city.no(with(|set| set.reach = Some([Millis(1), Millis(1), Millis(2)])), "must rise");
    city.ok(with(|set| set.title = Title { en: String::new(), zh: "北区".to_owned() }));
}

#[test]
fn reach_comes_from_the_area_its_grade_or_what_it_lies_in() {
    let mut city = City::empty();
    let graded = |id: u32, parent, grade: Option<&str>, reach: Option<[u32; 3]>| AreaSet {
        grade: grade.map(code),
        reach: reach.map(|reach| reach.map(minutes)),
        ..area(id, parent, AreaLevel::District)
    };
    city.ok(Order::SetArea(graded(2, Some(1), Some("centre"), None)));
    city.ok(Order::SetArea(graded(3, Some(2), None, None)));
    city.ok(Order::SetArea(graded(4, Some(3), Some("key"), Some([2, 4, 6]))));
    let reach =
        |city: &City, id| city.state.reach(AreaId(id)).map(|reach| reach.map(|ms| ms.0 / 60_000));
    assert_eq!(reach(&city, 1), None);
    assert_eq!((reach(&city, 2), reach(&city, 3)), (Some([1, 3, 5]), Some([1, 3, 5])));
    assert_eq!(reach(&city, 4), Some([2, 4, 6]));
}

#[test]
fn duty_levels_hold_below_and_end_by_themselves() {
    let mut city = City::empty();
    city.ok(Order::SetArea(area(2, Some(1), AreaLevel::District)));
    let set = |area, level, approval| Order::SetDutyLevel {
        area: AreaId(area),
        level,
        reason: code("event"),
        approval,
    };
    let hour = approval(minutes(60));
    city.no(set(9, DutyLevel::L1, hour), "there is no area 9");
    let crew = Approval { role: Role::Crew, ..hour };
    city.no(set(1, DutyLevel::L1, crew), "D1 may not approve this as Crew");
    city.no(set(1, DutyLevel::L1, approval(minutes(72 * 60 + 1))), "may last from 1 minute to");
    let nonsense = Order::SetDutyLevel {
        area: AreaId(1),
        level: DutyLevel::L1,
        reason: code("nonsense"),
        approval: hour,
    };
    city.no(nonsense, "not among the reasons");
    let level = |city: &City, id| city.state.duty_level(AreaId(id));
    assert_eq!(level(&city, 2), DutyLevel::L3);
    city.ok(set(1, DutyLevel::L2, hour));
    city.ok(set(2, DutyLevel::L1, approval(minutes(30))));
    assert_eq!((level(&city, 1), level(&city, 2)), (DutyLevel::L2, DutyLevel::L1));
    // Described anew, it keeps its level.
    city.ok(Order::SetArea(area(2, Some(1), AreaLevel::District)));
    assert_eq!(names(&city.pass(minutes(30))), ["duty_level_lapsed"]);
    assert_eq!(level(&city, 2), DutyLevel::L2, "what holds above holds here");
    let order = city.state.areas()[&AreaId(1)].duty.unwrap();
    assert_eq!((order.approver, order.until.since(order.since)), (code("D1"), minutes(60)));
    city.pass(minutes(30));
    assert_eq!(level(&city, 2), DutyLevel::L3);
}

#[test]
fn posts_are_described_reinforced_closed_and_open_again() {
    let mut city = City::empty();
    let with = |change: fn(&mut PostSet)| {
        let mut set = post(1);
        change(&mut set);
        Order::SetPost(set)
    };
    city.no(with(|post| post.area = AreaId(9)), "there is no area 9");
    city.no(with(|post| post.level = 0), "level 0 is none");
    city.no(with(|post| post.level = 4), "level 4 is none");
    city.no(with(|post| post.title = Title::default()), "the post has no name");
    city.ok(with(|post| post.level = 1));
    city.ok(with(|post| post.level = 3));
    let change = |post, to, approval| Order::ChangePost {
        post: PostId(post),
        to,
        reason: code("threat"),
        approval,
    };
    let hour = Some(approval(minutes(60)));
    city.no(change(9, PostState::Closed, hour), "there is no post 9");
    city.no(change(1, PostState::Closed, None), "needs the approval");
    city.no(change(1, PostState::Open, None), "post 1 is open already");
    let bad = Order::ChangePost {
        post: PostId(1),
        to: PostState::Closed,
        reason: code("nonsense"),
        approval: hour,
    };
    city.no(bad, "not among the reasons");
    let state = |city: &City| city.state.posts()[&PostId(1)].state();
    city.ok(change(1, PostState::Closed, hour));
    assert_eq!(state(&city), PostState::Closed);
    city.pass(minutes(30));
    city.ok(change(1, PostState::Reinforced, hour));
    city.ok(with(|post| post.level = 2));
    city.pass(minutes(59));
    assert_eq!(state(&city), PostState::Reinforced, "the later order has its own end");
    assert_eq!(names(&city.pass(minutes(1))), ["post_lapsed"]);
    assert_eq!(state(&city), PostState::Open);
    city.ok(change(1, PostState::Closed, hour));
    assert_eq!(names(&city.ok(change(1, PostState::Open, None))), ["post_lapsed"]);
    assert!(city.pass(minutes(120)).is_empty());
}
