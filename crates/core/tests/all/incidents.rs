//! Incidents, from intake to archive.

use precinct_base::{Metres, Millis, Timestamp, UnitId};
use precinct_core::{
    Ending, Fact, IncidentId, IncidentType, Order, Sealed, Source, Status, Step, Why,
};

use crate::city::{City, at, by, code, intake, minutes, names, priority};

fn text(bytes: usize) -> Sealed {
    Sealed(vec![7; bytes].into_boxed_slice())
}

#[test]
fn what_is_taken_in_is_kept_as_it_was_told() {
    let mut city = City::on_duty();
    let mut call = intake("robbery");
    call.source = Source::Partner;
    call.reported = Some(Timestamp(1));
    call.hazards = vec![code("gas"), code("dog"), code("gas")];
    call.text = Some(text(16 << 10));
    call.place.address = Some(text(3));
    let id = city.open_with(call.clone());
    let incident = city.state.incidents()[&id].clone();
    assert_eq!((id, city.state.next_incident()), (IncidentId(1), IncidentId(2)));
    assert_eq!((incident.source, incident.reported), (Source::Partner, Some(Timestamp(1))));
    assert_eq!((incident.opened, incident.by), (city.at, code("A1")));
    assert_eq!((incident.grading.priority, incident.grading.reason), (priority(1), None));
    assert_eq!(incident.hazards, [code("dog"), code("gas")]);
    assert_eq!((incident.notes.len(), &incident.notes[0].text), (1, &text(16 << 10)));
    assert_eq!(incident.place, call.place);
    call.priority = Some(priority(4));
    let other = city.open_with(call.clone());
    assert_eq!(city.state.incidents()[&other].grading.priority, priority(4));
    call.text = Some(text((16 << 10) + 1));
    city.no(Order::OpenIncident(call.clone()), "16385 bytes and may have 16384");
    call.text = None;
    call.place.address = Some(text((16 << 10) + 1));
    city.no(Order::OpenIncident(call.clone()), "may have 16384");
    call.place.address = None;
    call.place.area = precinct_base::AreaId(9);
    city.no(Order::OpenIncident(call), "there is no area 9");
    city.no(Order::OpenIncident(intake("nonsense")), "nonsense is not among the types");
    let mut call = intake("robbery");
    call.hazards = vec![code("ghost")];
    city.no(Order::OpenIncident(call), "ghost is not among the hazards");
}

#[test]
fn a_reason_must_be_an_incident_that_was_taken_in() {
    let mut city = City::on_duty();
    let id = city.open("noise");
    let note = Order::AddNote { incident: id, text: text(1) };
    let for_incident = |n| precinct_core::By { why: Why::Incident(IncidentId(n)), ..by() };
    for n in [0, 2] {
        let refused = city.give_as(for_incident(n), note.clone()).unwrap_err().to_string();
        assert!(refused.contains(&format!("I-{n} is not on the board")), "{refused}");
    }
    city.give_as(for_incident(1), note).unwrap();
    city.at.tick.0 -= 1;
    let refused = city.give(Order::TimePasses).unwrap_err().to_string();
    assert!(refused.contains("give it the present instant"), "{refused}");
}

#[test]
fn older_incidents_near_by_are_suggested_the_nearest_first() {
    let mut city = City::on_duty();
    let place = |east| {
        let mut call = intake("noise");
        call.place.at = at(east);
        call
    };
    let old = city.open_with(place(0));
    city.pass(minutes(31));
    // 150 m are 14,540 units of 1e-7 degree of longitude here.
    let (far, near, same) =
        (city.open_with(place(15_000)), city.open_with(place(5_000)), city.open_with(place(300)));
    city.ok(Order::Resolve { incident: same, disposition: code("dealt_with") });
    let same = city.open_with(place(200));
    let facts = city.ok(Order::OpenIncident(place(0)));
    let suggested: Vec<_> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::DuplicateSuggested(one) => Some((one.of, one.apart)),
            _ => None,
        })
        .collect();
    assert_eq!(suggested, [(same, Metres(2)), (near, Metres(52))]);
    let id = IncidentId(6);
    assert_eq!(city.state.incidents()[&id].suggested, [near, same]);
    assert!(!city.state.incidents()[&id].suggested.contains(&old));
    // Moved to the far one; what was dismissed is not said again.
    city.ok(Order::DismissDuplicate { incident: id, of: near });
    city.no(Order::DismissDuplicate { incident: id, of: near }, "not suggested");
    let moved = city.ok(Order::Move { incident: id, place: place(10_000).place });
    assert_eq!(names(&moved), ["incident_moved", "duplicate_suggested"]);
    let incident = &city.state.incidents()[&id];
    assert_eq!((&incident.suggested[..], &incident.dismissed[..]), (&[far, same][..], &[near][..]));
    assert_eq!((incident.place.at, incident.earlier_places[0].at), (at(10_000), at(0)));
    for _ in 0..10 {
        city.open_with(place(200_000));
    }
    let last = IncidentId(16);
    assert_eq!(city.state.incidents()[&last].suggested.len(), 8, "no more than eight");
}

#[test]
fn a_merge_copies_nothing_and_can_be_undone() {
    let mut city = City::on_duty();
    let (a, b, c) = (city.open("noise"), city.open("noise"), city.open("robbery"));
    city.send(a, 1);
    city.no(Order::Merge { from: a, into: a }, "named twice");
    city.no(Order::Merge { from: a, into: IncidentId(9) }, "I-9 is not on the board");
    city.ok(Order::Merge { from: a, into: b });
    city.no(Order::Merge { from: a, into: c }, "I-1 was merged into I-2");
    city.no(Order::Merge { from: c, into: a }, "I-1 was merged into I-2");
    city.ok(Order::Merge { from: b, into: c });
    assert_eq!((city.state.root(a), city.state.root(c)), (c, c));
    let family: Vec<_> = city.state.family(c).map(|(id, _)| id).collect();
    assert_eq!(family, [c, b, a]);
    // The unit on a is on c, too.
    city.no(
        Order::Resolve { incident: c, disposition: code("dealt_with") },
        "1 units are still on I-3",
    );
    city.no(Order::Resolve { incident: a, disposition: code("dealt_with") }, "was merged into I-3");
    city.no(Order::Reopen { incident: a, reason: code("other") }, "was merged into I-3");
    city.ok(Order::Unmerge { from: b });
    assert_eq!((city.state.root(a), city.state.incidents()[&b].is_open()), (b, true));
    city.no(Order::Unmerge { from: b }, "I-2 is not merged");
    city.ok(Order::Merge { from: b, into: c });
    city.step(a, 1, Step::Clear);
    city.ok(Order::Resolve { incident: c, disposition: code("dealt_with") });
    city.no(Order::Unmerge { from: b }, "I-3 is closed: reopen it first");
    city.ok(Order::Reopen { incident: c, reason: code("new_report") });
    city.ok(Order::Unmerge { from: a });
    assert_eq!(city.state.incidents()[&a].assignments.len(), 1);
    assert_eq!(city.state.incidents()[&c].merged, [b]);
}

#[test]
fn no_more_than_256_incidents_become_one() {
    let mut city = City::on_duty();
    let root = city.open("noise");
    for _ in 0..255 {
        let from = city.open("noise");
        city.ok(Order::Merge { from, into: root });
    }
    let from = city.open("noise");
    city.no(Order::Merge { from, into: root }, "more than 256 incidents merged into one");
    city.no(Order::Merge { from: root, into: from }, "more than 256");
}

#[test]
fn links_go_both_ways_and_end_with_the_incident() {
    let mut city = City::on_duty();
    let (a, b) = (city.open("noise"), city.open("noise"));
    city.no(Order::Link { one: a, other: a }, "named twice");
    city.no(Order::Link { one: a, other: IncidentId(9) }, "I-9 is not on the board");
    city.ok(Order::Link { one: a, other: b });
    for (one, other) in [(a, b), (b, a)] {
        city.no(Order::Link { one, other }, "linked already");
    }
    assert_eq!(
        (&city.state.incidents()[&a].links[..], &city.state.incidents()[&b].links[..]),
        (&[b][..], &[a][..])
    );
    city.ok(Order::Cancel { incident: a, reason: code("false_alarm") });
    city.pass(minutes(24 * 60));
    assert!(city.state.incidents()[&b].links.is_empty());
}

#[test]
fn grades_and_hazards_are_new_entries_and_never_overwrite() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    let regrade = |kind: &str, n, reason: &str| Order::Regrade {
        incident,
        kind: code(kind),
        priority: priority(n),
        reason: code(reason),
    };
    city.no(regrade("noise", 5, "grew"), "I-1 is noise, priority 5, already");
    city.no(regrade("nonsense", 4, "grew"), "not among the types");
    city.no(regrade("noise", 4, "nonsense"), "not among the reasons");
    city.ok(regrade("noise", 4, "grew"));
    city.ok(regrade("robbery", 4, "new_report"));
    let graded = &city.state.incidents()[&incident];
    let all: Vec<_> = graded
        .earlier_gradings
        .iter()
        .chain([&graded.grading])
        .map(|grading| (grading.kind, grading.priority.number(), grading.reason))
        .collect();
    let expected = [
        (code("noise"), 5, None),
        (code("noise"), 4, Some(code("grew"))),
        (code("robbery"), 4, Some(code("new_report"))),
    ];
    assert_eq!(all, expected);
    let note = |hazard: &str| Order::NoteHazard { incident, hazard: code(hazard) };
    let clear = |hazard: &str| Order::ClearHazard { incident, hazard: code(hazard) };
    city.no(note("ghost"), "ghost is not among the hazards");
    city.no(clear("gas"), "gas is not noted");
    city.ok(note("gas"));
    city.no(note("gas"), "gas is noted for I-1 already");
    city.ok(note("dog"));
    city.ok(clear("gas"));
    assert_eq!(city.state.incidents()[&incident].hazards, [code("dog")]);
}

#[test]
fn an_incident_is_closed_reopened_and_leaves_the_board() {
    let mut city = City::on_duty();
    let (a, b) = (city.open("noise"), city.open("noise"));
    city.no(Order::Reopen { incident: a, reason: code("other") }, "I-1 is not closed");
    city.no(
        Order::Resolve { incident: a, disposition: code("nonsense") },
        "among the dispositions",
    );
    city.no(Order::Cancel { incident: a, reason: code("nonsense") }, "among the reasons");
    city.ok(Order::Cancel { incident: a, reason: code("false_alarm") });
    let status = city.state.incidents()[&a].status;
    assert_eq!(status, Status::Closed { how: Ending::Cancelled(code("false_alarm")), at: city.at });
    for order in [
        Order::Cancel { incident: a, reason: code("false_alarm") },
        Order::NoteHazard { incident: a, hazard: code("gas") },
        Order::Merge { from: a, into: b },
        Order::Task { incident: a, unit: UnitId(1), step: Step::Dispatch(None) },
    ] {
        city.no(order, "I-1 is closed: reopen it first");
    }
    city.no(Order::Reopen { incident: a, reason: code("nonsense") }, "among the reasons");
    city.pass(minutes(23 * 60));
    city.ok(Order::Reopen { incident: a, reason: code("new_report") });
    city.pass(minutes(120));
    assert!(city.state.incidents()[&a].is_open(), "an open one does not leave the board");
    city.ok(Order::Merge { from: b, into: a });
    city.ok(Order::Resolve { incident: a, disposition: code("dealt_with") });
    let gone = city.pass(minutes(24 * 60));
    let archived: Vec<_> = gone
        .iter()
        .filter_map(|fact| match fact {
            Fact::IncidentArchived(gone) => Some(gone.incident),
            _ => None,
        })
        .collect();
    assert_eq!(archived, [b, a], "with all that were merged into it, those first");
    assert!(city.state.incidents().is_empty());
    city.no(Order::Reopen { incident: a, reason: code("other") }, "look in the record");
}

#[test]
fn text_is_erased_once_its_incident_is_over() {
    let mut city = City::on_duty();
    let mut call = intake("noise");
    (call.text, call.place.address) = (Some(text(5)), Some(text(6)));
    let id = city.open_with(call.clone());
    city.ok(Order::AddNote { incident: id, text: text(7) });
    city.ok(Order::Move { incident: id, place: call.place.clone() });
    let erase = |n| Order::EraseText { incident: IncidentId(n) };
    city.no(erase(1), "I-1 is not closed");
    city.no(erase(0), "I-0 is not on the board");
    city.no(erase(2), "I-2 is not on the board");
    city.ok(Order::Resolve { incident: id, disposition: code("dealt_with") });
    city.ok(Order::AddNote { incident: id, text: text(8) });
    city.no(Order::AddNote { incident: id, text: text((16 << 10) + 1) }, "may have 16384");
    city.ok(erase(1));
    city.no(erase(1), "was erased at the end of its time");
    city.no(Order::AddNote { incident: id, text: text(1) }, "was erased");
    let incident = &city.state.incidents()[&id];
    assert!(incident.erased && incident.notes.len() == 3);
    assert!(incident.notes.iter().all(|note| note.text.0.is_empty()));
    let places = [&incident.place, &incident.earlier_places[0]];
    assert!(places.iter().all(|place| place.address.as_ref().unwrap().0.is_empty()));
    city.ok(Order::Reopen { incident: id, reason: code("other") });
    city.no(Order::Move { incident: id, place: call.place.clone() }, "was erased");
    call.place.address = None;
    city.ok(Order::Move { incident: id, place: call.place });
    city.ok(Order::Resolve { incident: id, disposition: code("dealt_with") });
    city.pass(minutes(24 * 60));
    city.ok(erase(1));
    // A merged one, while the one it goes on under is open.
    let (from, into) = (city.open("noise"), city.open("noise"));
    city.ok(Order::Merge { from, into });
    city.no(Order::EraseText { incident: from }, "is not closed");
}

#[test]
fn nothing_grows_without_end() {
    let mut city = City::on_duty();
    let id = city.open("noise");
    for _ in 0..4_096 {
        city.ok(Order::AddNote { incident: id, text: text(1) });
    }
    city.no(Order::AddNote { incident: id, text: text(1) }, "more than 4096 notes");
    let place = intake("noise").place;
    for n in 0..255_u32 {
        let (kind, priority) = (code("noise"), priority(1 + (n % 2) as u8));
        city.ok(Order::Regrade { incident: id, kind, priority, reason: code("grew") });
        city.ok(Order::Move { incident: id, place: place.clone() });
    }
    let regrade = Order::Regrade {
        incident: id,
        kind: code("fire"),
        priority: priority(1),
        reason: code("grew"),
    };
    city.no(regrade, "more than 256 gradings");
    city.no(Order::Move { incident: id, place }, "more than 256 places");
    for _ in 0..1_024 {
        city.send(id, 1);
        city.step(id, 1, Step::Clear);
    }
    city.no_step(id, 1, Step::Dispatch(None), "more than 1024 units");
    assert_eq!(city.pass(Millis::ZERO), []);
}

#[test]
fn hazards_and_links_have_an_end_too() {
    let mut city = City::on_duty();
    let mut catalogue = city.state.catalogue().clone();
    catalogue.hazards = (0..300)
        .map(|n| precinct_core::Named {
            code: code(&format!("h{n:03}")),
            title: crate::city::title("h"),
        })
        .collect();
    city.ok(Order::SetCatalogue(Box::new(catalogue)));
    let mut call = intake("noise");
    call.hazards = (0..257).map(|n| code(&format!("h{n:03}"))).collect();
    city.no(Order::OpenIncident(call.clone()), "more than 256 hazards");
    call.hazards.pop();
    let id = city.open_with(call);
    city.no(Order::NoteHazard { incident: id, hazard: code("h299") }, "more than 256 hazards");
    for _ in 0..256 {
        let other = city.open("noise");
        city.ok(Order::Link { one: id, other });
    }
    let other = city.open("noise");
    city.no(Order::Link { one: other, other: id }, "more than 256 links");
}

#[test]
fn a_catalogue_may_not_lose_the_type_of_an_open_incident() {
    let mut city = City::on_duty();
    let id = city.open("robbery");
    let mut catalogue = city.state.catalogue().clone();
    catalogue.types.retain(|kind: &IncidentType| kind.code != code("robbery"));
    let order = Order::SetCatalogue(Box::new(catalogue));
    city.no(order.clone(), "I-1 is of type robbery, which the new catalogue lacks");
    city.ok(Order::Cancel { incident: id, reason: code("other") });
    city.ok(order);
    assert!(city.state.catalogue().kind(code("robbery")).is_none());
    let mut catalogue = city.state.catalogue().clone();
    catalogue.rules.sos_ladder.clear();
    city.no(Order::SetCatalogue(Box::new(catalogue)), "its ladder is empty");
}
