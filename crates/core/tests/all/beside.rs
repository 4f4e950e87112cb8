//! What is kept beside the record: contacts and pictures, and when they go.

use precinct_base::{Millis, caps};
use precinct_core::event::{ContactErased, MediaAdded};
use precinct_core::{
    ContactEnd, ContactId, Fact, FileHash, IncidentId, KeptContact, MediaId, MediaKind, Order,
};

use crate::city::{City, code, intake, minutes, names};

const fn kept(n: u8, lasts: Millis) -> KeptContact {
    KeptContact { contact: ContactId([n; 8]), lasts }
}

fn ends(facts: &[Fact]) -> Vec<(u8, ContactEnd)> {
    let ends = facts.iter().filter_map(|fact| match fact {
        Fact::ContactErased(ContactErased { contact, why, .. }) => Some((contact.0[0], *why)),
        _ => None,
    });
    ends.collect()
}

fn picture(incident: IncidentId, n: u8) -> MediaAdded {
    let (media, hash) = (MediaId([n; 16]), FileHash([n; 32]));
    MediaAdded { incident, media, kind: MediaKind::Jpeg, bytes: 1_000, hash }
}

#[test]
fn a_contact_comes_with_its_incident_and_goes_when_its_time_is_up() {
    let mut city = City::on_duty();
    let call = precinct_core::Intake { contact: Some(kept(1, minutes(10))), ..intake("noise") };
    let facts = city.ok(Order::OpenIncident(call));
    assert_eq!(names(&facts), ["incident_opened", "contact_kept"]);
    let incident = IncidentId(1);
    let contact = city.state.incidents()[&incident].contact.unwrap();
    assert_eq!(contact.until, city.at.later(minutes(10)));
    assert_eq!(ends(&city.pass(Millis(minutes(10).0 - 1))), []);
    assert_eq!(ends(&city.pass(Millis(1))), [(1, ContactEnd::TimeUp)]);
    assert!(city.state.incidents()[&incident].contact.is_none());
    city.no(Order::EraseContact { incident }, "no contact is kept of I-1");
}

#[test]
fn another_contact_takes_the_place_of_the_first_and_none_is_kept_for_longer_than_may_be() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    city.ok(Order::KeepContact { incident, kept: kept(1, Millis(u32::MAX)) });
    let until = city.state.incidents()[&incident].contact.unwrap().until;
    assert_eq!(until, city.at.later(Millis(caps::CONTACT_KEPT_MS)));
    let facts = city.ok(Order::KeepContact { incident, kept: kept(2, minutes(5)) });
    assert_eq!(names(&facts), ["contact_erased", "contact_kept"]);
    assert_eq!(ends(&facts), [(1, ContactEnd::Replaced)]);
    assert_eq!(ends(&city.ok(Order::EraseContact { incident })), [(2, ContactEnd::Asked)]);
    assert_eq!(ends(&city.pass(minutes(5))), [], "what is gone does not fall due");
    let none = IncidentId(9);
    city.no(Order::KeepContact { incident: none, kept: kept(3, minutes(5)) }, "not on the board");
    city.no(Order::EraseContact { incident: none }, "not on the board");
}

#[test]
fn a_contact_goes_with_the_text_of_its_incident_and_none_is_kept_after() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    city.ok(Order::KeepContact { incident, kept: kept(1, minutes(900)) });
    city.ok(Order::Cancel { incident, reason: code("other") });
    let facts = city.ok(Order::EraseText { incident });
    assert_eq!(names(&facts), ["contact_erased", "text_erased"]);
    assert_eq!(ends(&facts), [(1, ContactEnd::TextErased)]);
    city.no(Order::KeepContact { incident, kept: kept(2, minutes(9)) }, "was erased");
    city.no(Order::AddMedia(picture(incident, 1)), "was erased");
}

#[test]
fn a_contact_goes_when_its_incident_leaves_the_board_also_in_the_very_instant_its_time_is_up() {
    for lasts in [KeptContact::LONGEST, Millis(0)] {
        let mut city = City::on_duty();
        let (incident, other) = (city.open("noise"), city.open("noise"));
        city.ok(Order::KeepContact { incident: other, kept: kept(2, KeptContact::LONGEST) });
        city.ok(Order::Merge { from: other, into: incident });
        city.ok(Order::Cancel { incident, reason: code("other") });
        let leaves = city.state.catalogue().rules.keep_closed;
        let lasts = if lasts == Millis(0) { leaves } else { lasts };
        city.ok(Order::KeepContact { incident, kept: kept(1, lasts) });
        let gone = ends(&city.pass(leaves));
        assert!(gone.iter().any(|&(n, _)| n == 1), "{gone:?}");
        assert!(gone.contains(&(2, ContactEnd::LeftBoard)), "{gone:?}");
        assert!(city.state.incidents().is_empty());
        assert_eq!(city.replayed(), city.state);
    }
}

#[test]
fn pictures_are_known_by_their_sealed_files_and_there_are_not_too_many() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    city.ok(Order::AddMedia(picture(incident, 1)));
    let known = city.state.incidents()[&incident].media[0];
    assert_eq!((known.media, known.bytes, known.at), (MediaId([1; 16]), 1_000, city.at));
    city.no(Order::AddMedia(picture(incident, 1)), "has the picture 0101");
    let large = MediaAdded { bytes: caps::MEDIA_BYTES as u32 + 1, ..picture(incident, 2) };
    city.no(Order::AddMedia(large), "the sealed picture has 4194305 bytes");
    for n in 2..=caps::MEDIA as u8 {
        city.ok(Order::AddMedia(picture(incident, n)));
    }
    city.no(Order::AddMedia(picture(incident, 99)), "more than 32 pictures");
    city.no(Order::AddMedia(picture(IncidentId(9), 1)), "not on the board");
}
