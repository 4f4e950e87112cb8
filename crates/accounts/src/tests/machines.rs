//! Keys of machines, and devices of units.

use precinct_base::{Timestamp, UnitId};
use precinct_core::Role;

use super::city::{City, from, grant, staff};
use crate::{AccountError, DeviceKind, SignInError};

#[test]
fn a_key_is_its_machines_until_it_ends_or_is_revoked() {
    let City { accounts, mut lots, now, folder: _folder } = City::new();
    let roles = [grant(Role::Dispatcher, 0), grant(Role::Planner, 3)];
    let ends = Timestamp(now.0 + 1_000);
    let key = accounts.create_key(now, "play".parse().unwrap(), &roles, None, &mut lots).unwrap();
    let short =
        accounts.create_key(now, "feed".parse().unwrap(), &[], Some(ends), &mut lots).unwrap();
    let holder = accounts.key(now, key.expose()).unwrap().unwrap();
    assert_eq!((holder.staff, &holder.grants[..]), (staff("key/play"), &roles[..]));
    assert!(accounts.key(Timestamp(ends.0 - 1), short.expose()).unwrap().is_some());
    assert_eq!(accounts.key(ends, short.expose()).unwrap(), None);
    let text = key.expose();
    let mixed = format!("{}_{}", &text[..19], short.expose().rsplit('_').next().unwrap());
    for wrong in [
        "",
        "pk_",
        "pk__",
        &text[..80],
        &format!("{text}0"),
        &mixed,
        &text.to_uppercase(),
        &text[3..],
    ] {
        assert_eq!(accounts.key(now, wrong).unwrap(), None, "{wrong}");
    }
    accounts.revoke_key(staff("key/play")).unwrap();
    assert_eq!(accounts.key(now, text).unwrap(), None);
    let twice = accounts.revoke_key(staff("key/play"));
    assert!(matches!(twice, Err(AccountError::Missing { what: "key of", .. })));
    // A number is given once, so that the record says who it was.
    let again = accounts.create_key(now, "play".parse().unwrap(), &[], None, &mut lots);
    assert!(matches!(again, Err(AccountError::Taken(_))));
    let long = accounts.create_key(now, "x".repeat(20).parse().unwrap(), &[], None, &mut lots);
    assert!(matches!(long, Err(AccountError::Taken(_))));
}

#[test]
fn when_a_key_was_used_is_known_by_the_day() {
    const DAY: i64 = 86_400_000;
    let City { accounts, mut lots, now, folder: _folder } = City::new();
    let key = accounts.create_key(now, "play".parse().unwrap(), &[], None, &mut lots).unwrap();
    let used = || accounts.keys().unwrap()[0].used.map(|used| used.0);
    assert_eq!(used(), None);
    for (at, expected) in [(now.0, now.0), (now.0 + 5, now.0), (now.0 + DAY, now.0 + DAY)] {
        accounts.key(Timestamp(at), key.expose()).unwrap().unwrap();
        assert_eq!(used(), Some(expected - expected % DAY));
        accounts.note().unwrap();
        assert_eq!(used(), Some(expected - expected % DAY));
    }
    let keys = accounts.keys().unwrap();
    assert_eq!((keys.len(), keys[0].staff, keys[0].revoked), (1, staff("key/play"), false));
}

#[test]
fn a_key_that_is_not_on_record_says_so_until_it_is() {
    let City { accounts, mut lots, now, folder: _folder } = City::new();
    let roles = [grant(Role::Gateway, 0)];
    let name = "cad".parse().unwrap();
    let key = accounts.create_unrecorded_key(now, name, &roles, None, &mut lots).unwrap();
    accounts.create_key(now, "play".parse().unwrap(), &roles, None, &mut lots).unwrap();
    let recorded = || accounts.key(now, key.expose()).unwrap().unwrap().recorded;
    let waiting = accounts.unrecorded_keys().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].staff, &waiting[0].grants[..]), (staff("key/cad"), &roles[..]));
    assert_eq!(accounts.unrecorded_keys().unwrap(), waiting, "its mark stays");
    assert!(!recorded());
    accounts.key_recorded(staff("key/cad")).unwrap();
    assert!(recorded() && accounts.unrecorded_keys().unwrap().is_empty());
}

fn enrol(city: &mut City, kind: DeviceKind, tracker: Option<&str>, unit: u32) -> crate::Enrolled {
    let City { accounts, lots, now, .. } = city;
    let code = accounts.enrolment(*now, UnitId(unit), kind, tracker, lots).unwrap();
    accounts.enrol(*now, code.expose(), from(1), lots).unwrap()
}

#[test]
fn a_device_is_enrolled_by_a_code_once_and_in_time() {
    let mut city = City::new();
    let City { accounts, lots, now, .. } = &mut city;
    let code = accounts.enrolment(*now, UnitId(7), DeviceKind::Phone, None, lots).unwrap();
    assert_eq!(code.expose().len(), 9, "{}", code.expose());
    let late = Timestamp(now.0 + 15 * 60_000);
    let no_token = |done: Result<crate::Enrolled, SignInError>| {
        matches!(done, Err(SignInError::Account(AccountError::NoToken)))
    };
    assert!(no_token(accounts.enrol(late, code.expose(), from(1), lots)));
    let typed = code.expose().to_lowercase().replace('-', "");
    let enrolled = accounts.enrol(*now, &typed, from(2), lots).unwrap();
    assert_eq!((enrolled.device.unit, enrolled.device.kind), (UnitId(7), DeviceKind::Phone));
    assert!(no_token(accounts.enrol(*now, code.expose(), from(2), lots)));
    let credential = enrolled.credential.expose();
    assert_eq!(accounts.device(credential).unwrap().as_ref(), Some(&enrolled.device));
    assert_eq!(accounts.device_by_osmand(credential).unwrap().as_ref(), Some(&enrolled.device));
    for wrong in ["", "pd_", &credential[..40], &credential.replace('a', "b"), &enrolled.device.id]
    {
        assert!(
            wrong == credential || accounts.device_by_osmand(wrong).unwrap().is_none(),
            "{wrong}"
        );
    }
    assert_eq!(accounts.devices(UnitId(7)).unwrap(), std::slice::from_ref(&enrolled.device));
    accounts.revoke_device(&enrolled.device.id).unwrap();
    assert_eq!(accounts.device(credential).unwrap(), None);
    assert!(accounts.revoke_device(&enrolled.device.id).is_err());
}

#[test]
fn guessing_codes_of_enrolment_is_slow() {
    let City { accounts, mut lots, now, folder: _folder } = City::new();
    let code = accounts.enrolment(now, UnitId(7), DeviceKind::Phone, None, &mut lots).unwrap();
    for n in 0..9 {
        let guessed = accounts.enrol(now, "AAAA-AAAA", from(66), &mut lots);
        assert_eq!(matches!(guessed, Err(SignInError::Wait(_))), n >= 4, "{guessed:?}");
    }
    accounts.enrol(now, code.expose(), from(1), &mut lots).unwrap();
}

#[test]
fn a_tracker_is_known_by_the_number_built_into_it() {
    let mut city = City::new();
    let enrolled = enrol(&mut city, DeviceKind::Tracker, Some("862205059210023"), 7);
    let find = |city: &City| city.accounts.device_by_osmand("862205059210023").unwrap();
    assert_eq!(find(&city), Some(enrolled.device));
    // It is built into another vehicle.
    let moved = enrol(&mut city, DeviceKind::Tracker, Some("862205059210023"), 8);
    assert_eq!(find(&city), Some(moved.device));
    assert!(city.accounts.devices(UnitId(7)).unwrap().is_empty());
    // Those without a number are not taken for each other.
    enrol(&mut city, DeviceKind::Phone, None, 9);
    enrol(&mut city, DeviceKind::Phone, None, 9);
    assert_eq!(city.accounts.devices(UnitId(9)).unwrap().len(), 2);
    let City { accounts, lots, now, .. } = &mut city;
    for bad in ["", "a b", &"1".repeat(65), "pd_0", "派"] {
        let refused = accounts.enrolment(*now, UnitId(7), DeviceKind::Tracker, Some(bad), lots);
        assert!(matches!(refused, Err(AccountError::TrackerNumber(_))), "{bad}");
    }
    for kind in DeviceKind::ALL {
        assert_eq!(DeviceKind::from_name(kind.name()), Some(kind));
    }
}
