//! Who looked at what, which policies hold, who went beyond them, and whose rights changed.

use precinct_base::{AreaId, Millis, Timestamp, UnitId};
use precinct_core::event::{AccessRead, AccountChanged};
use precinct_core::{
    AccountChange, By, Glass, Grant, IncidentId, MediaId, Order, PolicyVersion, Purpose, Role,
    Sensitive, Why,
};

use crate::city::{City, by, code, minutes, names};

fn text_of(incident: u32) -> AccessRead {
    AccessRead::of_incident(Sensitive::Text, IncidentId(incident), Purpose::Response)
}

#[test]
fn a_sensitive_read_is_on_record_and_changes_nothing() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    let before = city.state.clone();
    assert_eq!(names(&city.ok(Order::RecordRead(text_of(incident.0)))), ["access_read"]);
    let track = AccessRead {
        what: Sensitive::Track,
        incident: None,
        unit: Some(UnitId(77)),
        media: None,
        from: Some(Timestamp(5)),
        to: Some(Timestamp(6)),
        purpose: Purpose::Review,
    };
    assert_eq!(names(&city.ok(Order::RecordRead(track.clone()))), ["access_read"]);
    assert_eq!(city.state, before);
    city.no(Order::RecordRead(text_of(9)), "I-9 is not on the board");
    city.no(Order::RecordRead(AccessRead { incident: None, ..text_of(1) }), "of which incident");
    let contact = AccessRead { what: Sensitive::Contact, incident: None, ..text_of(1) };
    city.no(Order::RecordRead(contact), "of which incident");
    let picture = AccessRead::of_media(MediaId([7; 16]), incident, Purpose::Response);
    assert_eq!(names(&city.ok(Order::RecordRead(picture.clone()))), ["access_read"]);
    city.no(Order::RecordRead(AccessRead { media: None, ..picture.clone() }), "which picture");
    city.no(Order::RecordRead(AccessRead { incident: None, ..picture }), "which picture");
    for wrong in [
        AccessRead { unit: None, ..track.clone() },
        AccessRead { from: None, ..track.clone() },
        AccessRead { to: None, ..track.clone() },
        AccessRead { to: Some(Timestamp(4)), ..track },
    ] {
        city.no(Order::RecordRead(wrong), "of which unit");
    }
}

#[test]
fn text_of_an_incident_that_left_the_board_can_be_read_on_record() {
    let mut city = City::empty();
    let incident = city.open("noise");
    city.ok(Order::Cancel { incident, reason: code("other") });
    city.pass(city.state.catalogue().rules.keep_closed);
    assert!(city.state.incidents().is_empty());
    city.ok(Order::RecordRead(text_of(incident.0)));
}

#[test]
fn the_policies_that_hold_are_known_by_their_version() {
    let mut city = City::empty();
    assert_eq!(city.state.policy(), None);
    let version = PolicyVersion([7; 32]);
    assert_eq!(names(&city.ok(Order::SetPolicy { version })), ["policy_set"]);
    assert_eq!(city.state.policy(), Some(version));
    assert!(city.ok(Order::SetPolicy { version }).is_empty(), "the same again is no change");
}

fn break_glass(lasts: Millis) -> Order {
    // A word that no catalogue has: in an emergency none is asked.
    Order::BreakGlass { reason: code("colleague_down"), lasts }
}

#[test]
fn broken_glass_works_at_once_and_ends_by_itself() {
    let mut city = City::empty();
    let staff = by().staff;
    assert_eq!(names(&city.ok(break_glass(Glass::USUAL))), ["glass_broken"]);
    let glass = city.state.glass()[&staff];
    assert_eq!((glass.since, glass.until), (city.at, city.at.later(minutes(60))));
    city.pass(minutes(59));
    assert!(city.state.glass().contains_key(&staff));
    // Once more, from now on.
    city.ok(break_glass(minutes(2)));
    assert_eq!(city.pass(minutes(1)), []);
    assert_eq!(names(&city.pass(minutes(1))), ["glass_mended"]);
    assert!(city.state.glass().is_empty());
}

#[test]
fn broken_glass_has_bounds_and_can_be_mended() {
    let mut city = City::empty();
    let staff = by().staff;
    city.no(Order::MendGlass { staff }, "A1 has not broken glass");
    for (asked, given) in [
        (Millis::ZERO, Glass::SHORTEST),
        (Millis(u32::MAX), Glass::LONGEST),
        (minutes(9), minutes(9)),
    ] {
        city.ok(break_glass(asked));
        assert_eq!(city.state.glass()[&staff].until, city.at.later(given));
    }
    assert_eq!(names(&city.ok(Order::MendGlass { staff })), ["glass_mended"]);
    assert!(city.state.glass().is_empty() && city.state.deadline().is_none());
}

#[test]
fn a_machine_breaks_no_glass_and_a_person_does_for_any_reason() {
    let mut city = City::empty();
    let before = city.state.clone();
    for role in [Role::Gateway, Role::System] {
        let refused = city.give_as(By { role, ..by() }, break_glass(minutes(5))).unwrap_err();
        assert!(refused.to_string().contains("only people break glass"), "{refused}");
    }
    assert_eq!(city.state, before);
    let why = Why::Incident(IncidentId(99));
    assert_eq!(city.give_as(By { why, ..by() }, break_glass(minutes(5))).unwrap().len(), 1);
}

#[test]
fn changed_rights_are_on_record_with_what_holds_after() {
    let mut city = City::empty();
    let before = city.state.clone();
    let grant = Grant { role: Role::Dispatcher, area: AreaId(1) };
    let changed = |roles| {
        let (staff, change) = (code("A7"), AccountChange::RolesChanged);
        Order::RecordAccount(AccountChanged { staff, change, roles })
    };
    assert_eq!(names(&city.ok(changed(vec![grant; 2]))), ["account_changed"]);
    assert_eq!(city.state, before);
    city.no(changed(vec![grant; 65]), "more than 64 roles of one account");
}
