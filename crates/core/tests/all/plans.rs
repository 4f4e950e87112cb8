//! Plans: proposed, tried, approved by a second person, published, superseded and withdrawn; and what stops them.

use precinct_base::{AreaId, AreaLevel, PostId, PostKind, UnitId, caps};
use precinct_core::{
    By, Day, Fact, FileHash, Hours, Order, PlanEnd, PlanId, PlanKind, PlanOrder, PlanStatus,
    PlannedPost, Proposal, Role, Rule, Subject, Unsound, audit,
};

use crate::city::{City, area, at, by, code, names, post, title, unit};

fn hash(n: u8) -> FileHash {
    FileHash([n; 32])
}

pub(crate) fn proposal(n: u8) -> Proposal {
    Proposal {
        kind: PlanKind::Posts,
        area: AreaId(1),
        title: title("three more"),
        parent: None,
        document: hash(n),
        inputs: hash(200),
        aim: code("cover"),
        objective: 90,
        bound: 100,
        gap_ppm: 100_000,
        audited: true,
        fitted: vec![Day(19_731), Day(19_730), Day(19_731)],
    }
}

pub(crate) fn standby(east: i32) -> PlannedPost {
    PlannedPost {
        kind: PostKind::Standby,
        area: AreaId(1),
        at: at(east),
        hours: Hours::ALWAYS,
        level: 3,
        title: title("standby"),
    }
}

pub(crate) fn officer(staff: &str) -> By {
    By { staff: code(staff), role: Role::DutyOfficer, ..by() }
}

pub(crate) fn propose(proposal: Proposal) -> Order {
    Order::OfPlan(PlanOrder::Propose(Box::new(proposal)))
}

fn no_as(city: &mut City, who: By, order: Order, told: &str) {
    let before = city.state.clone();
    let refused = city.give_as(who, order).unwrap_err().to_string();
    assert!(refused.contains(told), "{refused:?} does not say {told:?}");
    assert_eq!(city.state, before);
}

fn approve(plan: PlanId) -> Order {
    Order::OfPlan(PlanOrder::Approve { plan, reason: code("other") })
}

fn simulate(plan: PlanId, n: u8, days: &[i32]) -> Order {
    let days = days.iter().map(|&day| Day(day)).collect();
    Order::OfPlan(PlanOrder::Simulate { plan, result: hash(n), days })
}

/// Proposed, tried and approved; not published.
fn approved(city: &mut City, n: u8) -> PlanId {
    let plan = city.state.next_plan();
    city.ok(propose(proposal(n)));
    city.ok(simulate(plan, 100 + n, &[19_800]));
    city.give_as(officer("D1"), approve(plan)).unwrap();
    plan
}

fn posts(city: &City) -> Vec<u32> {
    city.state.posts().keys().map(|post| post.0).collect()
}

#[test]
fn a_plan_goes_from_proposal_to_the_board() {
    let mut city = City::on_duty();
    let plan = PlanId(1);
    assert_eq!(names(&city.ok(propose(proposal(1)))), ["plan_proposed"]);
    let known = &city.state.plans()[&plan];
    assert_eq!(known.fitted, [Day(19_730), Day(19_731)]);
    assert_eq!((known.status(), known.proposer), (PlanStatus::Proposed, code("A1")));
    city.ok(simulate(plan, 9, &[19_801, 19_800, 19_801]));
    assert_eq!(city.state.plans()[&plan].simulations[0].days, [Day(19_800), Day(19_801)]);
    city.give_as(officer("D1"), approve(plan)).unwrap();
    assert_eq!(city.state.plans()[&plan].status(), PlanStatus::Approved);
    let keeps = vec![PostId(1)];
    let adds = vec![standby(100), standby(200)];
    let facts = city.ok(Order::OfPlan(PlanOrder::Publish { plan, keeps, adds }));
    assert_eq!(names(&facts), ["plan_published", "post_set", "post_set"]);
    assert_eq!(posts(&city), [1, 2, 3]);
    let known = &city.state.plans()[&plan];
    let publication = known.publication.as_ref().unwrap();
    assert_eq!(publication.posts, [1, 2, 3].map(PostId));
    assert_eq!(publication.planned, [2, 3].map(PostId));
    assert_eq!((known.status(), known.files().count()), (PlanStatus::Published, 3));
    assert_eq!(city.replayed(), city.state);
}

#[test]
fn what_is_wrong_with_a_proposal_is_said() {
    let mut city = City::on_duty();
    let changed = |change: fn(&mut Proposal)| {
        let mut proposal = proposal(1);
        change(&mut proposal);
        propose(proposal)
    };
    city.no(changed(|one| one.audited = false), "audit it first");
    city.no(changed(|one| one.area = AreaId(9)), "no area 9");
    city.no(changed(|one| one.title = title("")), "the plan has no name");
    city.no(changed(|one| one.parent = Some(PlanId(1))), "no plan P-1");
    city.no(
        changed(|one| one.fitted = (0..=caps::PLAN_DAYS as i32).map(Day).collect()),
        "4096 days",
    );
    city.ok(changed(|_| {}));
    city.no(changed(|_| {}), "proposed already, as P-1");
    city.no(
        changed(|one| {
            one.document = FileHash([2; 32]);
            one.kind = PlanKind::Patrol;
            one.parent = Some(PlanId(1));
        }),
        "P-1 is a plan of Posts",
    );
    let parent = Some(PlanId(1));
    city.ok(propose(Proposal { parent, ..proposal(2) }));
    city.ok(Order::OfPlan(PlanOrder::Withdraw { plan: PlanId(1), reason: code("not_needed") }));
    city.ok(changed(|_| {}));
    assert_eq!(city.state.next_plan(), PlanId(4));
}

#[test]
fn nothing_is_published_that_was_not_tried_and_approved_by_a_second_person() {
    let mut city = City::on_duty();
    let plan = PlanId(1);
    let publish =
        || Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![PostId(1)], adds: Vec::new() });
    city.no(publish(), "no plan P-1");
    city.ok(propose(proposal(1)));
    city.no(publish(), "not tried");
    no_as(&mut city, officer("D1"), approve(plan), "not tried");
    city.no(simulate(plan, 9, &[]), "on no day");
    city.no(simulate(plan, 9, &[19_800, 19_731]), "made from the calls of 2024-01-09");
    city.ok(simulate(plan, 9, &[19_800]));
    city.no(simulate(plan, 9, &[19_801]), "already");
    city.no(publish(), "not approved");
    city.no(approve(plan), "A1 may not approve");
    no_as(&mut city, officer("A1"), approve(plan), "proposed by A1");
    let reason = code("nonsense");
    no_as(&mut city, officer("D1"), Order::OfPlan(PlanOrder::Approve { plan, reason }), "nonsense");
    city.give_as(officer("D1"), approve(plan)).unwrap();
    no_as(&mut city, officer("D2"), approve(plan), "approved by D1");
    city.no(
        Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![PostId(7)], adds: vec![] }),
        "no post 7",
    );
    let nowhere = PlannedPost { area: AreaId(9), ..standby(1) };
    city.no(
        Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![], adds: vec![nowhere] }),
        "no area 9",
    );
    let too_many = vec![PostId(1); caps::PLAN_POSTS + 1];
    city.no(
        Order::OfPlan(PlanOrder::Publish { plan, keeps: too_many, adds: vec![] }),
        "4096 posts",
    );
    city.ok(publish());
    city.no(publish(), "published already");
    city.ok(simulate(plan, 10, &[19_900]));
}

#[test]
fn a_plan_of_patrols_has_no_posts() {
    let mut city = City::on_duty();
    let plan = PlanId(1);
    city.ok(propose(Proposal { kind: PlanKind::Patrol, ..proposal(1) }));
    city.ok(simulate(plan, 9, &[19_800]));
    city.give_as(officer("D1"), approve(plan)).unwrap();
    city.no(
        Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![], adds: vec![standby(1)] }),
        "has no posts",
    );
    city.ok(Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![], adds: vec![] }));
}

#[test]
fn a_plan_takes_the_place_of_the_one_before_and_its_posts() {
    let mut city = City::on_duty();
    city.ok(Order::SetArea(area(2, Some(1), AreaLevel::District)));
    let first = approved(&mut city, 1);
    city.ok(Order::OfPlan(PlanOrder::Publish {
        plan: first,
        keeps: vec![PostId(1)],
        adds: vec![standby(1), standby(2), standby(3)],
    }));
    assert_eq!(posts(&city), [1, 2, 3, 4]);
    // A plan for another area leaves it alone.
    let other = city.state.next_plan();
    city.ok(propose(Proposal { area: AreaId(2), ..proposal(2) }));
    city.ok(simulate(other, 9, &[19_800]));
    city.give_as(officer("D1"), approve(other)).unwrap();
    city.ok(Order::OfPlan(PlanOrder::Publish { plan: other, keeps: vec![], adds: vec![] }));
    assert_eq!(city.state.plans()[&first].status(), PlanStatus::Published);
    // A unit works from one of its posts; another is kept.
    let mut works = unit(3);
    works.home = Some(PostId(3));
    city.ok(Order::SetUnit(works));
    let second = approved(&mut city, 3);
    let keeps = vec![PostId(1), PostId(2)];
    let facts =
        city.ok(Order::OfPlan(PlanOrder::Publish { plan: second, keeps, adds: vec![standby(9)] }));
    assert_eq!(names(&facts), ["plan_published", "post_set", "plan_superseded", "post_removed"]);
    assert_eq!(posts(&city), [1, 2, 3, 5]);
    let old = &city.state.plans()[&first];
    assert_eq!(old.status(), PlanStatus::Superseded);
    assert_eq!(old.ending.unwrap().how, PlanEnd::Superseded(second));
    let publication = city.state.plans()[&second].publication.clone().unwrap();
    assert_eq!(publication.posts, [1, 2, 5].map(PostId));
    assert_eq!(
        publication.planned,
        [2, 5].map(PostId),
        "what is kept of the one before is still by a plan"
    );
    city.no(approve(first), "P-1 is Superseded");
    // Withdrawn, its posts go; the city's own stay, and no number is given twice.
    let facts =
        city.ok(Order::OfPlan(PlanOrder::Withdraw { plan: second, reason: code("not_needed") }));
    assert_eq!(names(&facts), ["plan_withdrawn", "post_removed", "post_removed"]);
    assert_eq!(posts(&city), [1, 3]);
    city.no(
        Order::OfPlan(PlanOrder::Withdraw { plan: second, reason: code("other") }),
        "P-3 is Withdrawn",
    );
    city.no(
        Order::OfPlan(PlanOrder::Withdraw { plan: other, reason: code("nonsense") }),
        "nonsense",
    );
    let third = approved(&mut city, 4);
    city.ok(Order::OfPlan(PlanOrder::Publish {
        plan: third,
        keeps: vec![],
        adds: vec![standby(1)],
    }));
    assert_eq!(posts(&city), [1, 3, 6]);
    assert_eq!(city.replayed(), city.state);
}

#[test]
fn an_order_for_a_post_ends_with_the_post() {
    let mut city = City::on_duty();
    let plan = approved(&mut city, 1);
    city.ok(Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![], adds: vec![standby(1)] }));
    let approval = Some(crate::city::approval(crate::city::minutes(30)));
    let to = precinct_core::PostState::Closed;
    city.ok(Order::ChangePost { post: PostId(2), to, reason: code("event"), approval });
    city.ok(Order::OfPlan(PlanOrder::Withdraw { plan, reason: code("other") }));
    city.pass(crate::city::minutes(60));
    assert_eq!(posts(&city), [1]);
    city.no(
        Order::SetUnit(precinct_core::event::UnitSet { home: Some(PostId(2)), ..unit(4) }),
        "no post 2",
    );
    city.ok(Order::SetPost(post(2)));
}

/// The audit is held against what [`precinct_core::decide()`] never lets through.
#[test]
fn the_audit_finds_what_went_round_the_gate() {
    let mut city = City::on_duty();
    let plan = approved(&mut city, 1);
    city.ok(Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![PostId(1)], adds: vec![] }));
    let second = city.state.next_plan();
    city.ok(propose(proposal(2)));
    let whole = serde_json::to_value(&city.state).unwrap();
    let id = plan.0.to_string();
    let spoilt = |path: &[&str], value: serde_json::Value| {
        let mut state = whole.clone();
        let spot = path.iter().fold(&mut state["plans"][&id], |spot, key| &mut spot[*key]);
        *spot = value;
        let state = serde_json::from_value(state).unwrap();
        audit(&state).unwrap_err()
    };
    let null = serde_json::Value::Null;
    let mut again = whole["plans"][&id].clone();
    again["document"] = serde_json::to_value(hash(7)).unwrap();
    let mut two = whole.clone();
    two["plans"][second.0.to_string()] = again;
    let two = audit(&serde_json::from_value(two).unwrap()).unwrap_err();
    let mut unborn = whole.clone();
    unborn["next_plan"] = plan.0.into();
    let unborn = audit(&serde_json::from_value(unborn).unwrap()).unwrap_err();
    for (Unsound { rule, what }, told) in [
        (spoilt(&["proposer"], "D1".into()), "who proposed it"),
        (spoilt(&["approval"], null.clone()), "was not approved"),
        (spoilt(&["simulations"], serde_json::json!([])), "not tried"),
        (spoilt(&["fitted"], serde_json::json!(["2024-03-18"])), "was tried on"),
        (spoilt(&["parent"], 5.into()), "which came after it"),
        (spoilt(&["publication", "planned"], serde_json::json!([9])), "does not stand on"),
        (two, "so does another"),
        (unborn, "which came after it"),
    ] {
        assert!(rule == Rule::PlansProven && what.contains(told), "{what}");
    }
}

#[test]
fn what_a_plan_is_about_is_told() {
    let mut city = City::on_duty();
    let plan = approved(&mut city, 1);
    let facts =
        city.ok(Order::OfPlan(PlanOrder::Publish { plan, keeps: vec![], adds: vec![standby(1)] }));
    let about: Vec<_> = facts.iter().flat_map(Fact::about).collect();
    assert_eq!(about, [Subject::Plan(plan), Subject::Post(PostId(2))]);
    assert_eq!(approve(plan).subject(), Some(Subject::Plan(plan)));
    assert_eq!(propose(proposal(9)).subject(), None);
    let works = city.state.units()[&UnitId(1)].home;
    assert_eq!(works, None);
}
