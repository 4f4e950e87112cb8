//! Contacts end by the engine's own clock: the key is destroyed in the turn that records it, also if the machine was off meanwhile.

use precinct_base::{Millis, Timestamp};
use precinct_core::{ContactEnd, ContactId, Fact, IncidentId, KeptContact, Order};
use precinct_engine::Entry;
use precinct_journal::keys::Keys;

use crate::ports::{START, Tested, area, done, intake, one, request, start, start_at};

const CONTACT: ContactId = ContactId([0x11; 8]);
const MINUTE: u64 = 60_000;

/// An incident with a contact that may be kept for a minute.
fn kept(engine: &mut Tested, folder: &std::path::Path) {
    engine.turn(vec![request(1, area())]);
    Keys::open(folder).unwrap().create(&[(CONTACT.subject(), [7; 32])]).unwrap();
    let Order::OpenIncident(mut call) = intake() else { panic!("an intake") };
    call.contact = Some(KeptContact { contact: CONTACT, lasts: Millis(MINUTE as u32) });
    let facts = done(one(engine, request(2, Order::OpenIncident(call)))).facts;
    assert!(facts.iter().any(|fact| matches!(fact, Fact::ContactKept(_))));
}

fn has_key(folder: &std::path::Path) -> bool {
    Keys::reader(folder).unwrap().has(CONTACT.subject()).unwrap()
}

/// Why the contact was erased, as the record has it.
fn recorded(engine: &Tested) -> Option<ContactEnd> {
    use precinct_engine::Records as _;
    let mut why = None;
    let mut visit = |row: &precinct_journal::Row<'_>| {
        for fact in Entry::read(row).unwrap().facts {
            if let Fact::ContactErased(erased) = fact {
                assert_eq!((erased.incident, erased.contact), (IncidentId(1), CONTACT));
                why = Some(erased.why);
            }
        }
        std::ops::ControlFlow::Continue(())
    };
    engine.store().read(1, &mut visit).unwrap();
    why
}

#[test]
fn a_contact_is_erased_in_the_turn_that_its_time_is_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    kept(&mut engine, folder.path());
    engine.clock_mut().pass(MINUTE - 1);
    engine.turn(Vec::new());
    assert!(has_key(folder.path()) && recorded(&engine).is_none());
    engine.clock_mut().pass(1);
    engine.turn(Vec::new());
    assert!(!has_key(folder.path()));
    assert_eq!(recorded(&engine), Some(ContactEnd::TimeUp));
}

#[test]
fn a_contact_whose_time_was_up_while_the_machine_was_off_is_erased_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    kept(&mut engine, folder.path());
    drop(engine);
    let mut engine = start_at(folder.path(), Timestamp(START.0 + 3_600_000));
    engine.turn(Vec::new());
    assert!(!has_key(folder.path()));
    assert_eq!(recorded(&engine), Some(ContactEnd::TimeUp));
}
