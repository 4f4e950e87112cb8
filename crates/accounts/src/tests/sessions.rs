//! Sessions: how long they hold, how they are listed and ended.

use precinct_base::{Timestamp, caps};

use super::city::{City, staff};
use crate::{AccountError, IDLE, LONGEST_SESSION, Session, csrf};

#[test]
fn a_session_ends_when_it_is_idle_and_in_any_case() {
    let mut city = City::with_dispatcher();
    let (idle, longest) = (i64::from(IDLE.0) / 1_000, i64::from(LONGEST_SESSION.0) / 1_000);
    let token = city.token();
    city.pass(idle - 1);
    assert!(city.holds(&token));
    city.pass(idle - 1);
    assert!(city.holds(&token), "it was in use meanwhile");
    city.pass(idle);
    assert!(!city.holds(&token));
    let token = city.token();
    let end = city.now.0 + longest * 1_000;
    while city.now.0 < end {
        assert!(city.holds(&token));
        city.pass(600);
    }
    assert!(!city.holds(&token));
}

#[test]
fn no_token_is_one_but_itself() {
    let mut city = City::with_dispatcher();
    let token = city.token();
    for wrong in ["", &token[1..], &format!("{token}0"), &token.to_uppercase(), &"0".repeat(64)] {
        assert!(wrong == token || !city.holds(wrong), "{wrong}");
    }
    assert!(city.holds(&token));
}

#[test]
fn sessions_are_listed_and_ended() {
    let mut city = City::with_dispatcher();
    let tokens: Vec<String> = (0..3)
        .map(|_| {
            city.pass(1);
            city.token()
        })
        .collect();
    let list = |city: &City| city.accounts.sessions(city.now, staff("A2")).unwrap();
    let listed = list(&city);
    assert_eq!(listed.len(), 3);
    assert!(listed.iter().rev().is_sorted_by_key(|session| session.made));
    city.accounts.revoke_session(staff("A2"), &listed[0].id).unwrap();
    assert_eq!([0, 1, 2].map(|n| city.holds(&tokens[n])), [true, true, false]);
    let gone = city.accounts.revoke_session(staff("A2"), &listed[0].id);
    assert!(matches!(gone, Err(AccountError::Missing { what: "session", .. })));
    let others = city.accounts.revoke_session(staff("A1"), &listed[1].id);
    assert!(others.is_err(), "only one's own");
    city.accounts.sign_out(&tokens[1]).unwrap();
    city.accounts.sign_out(&tokens[1]).unwrap();
    assert_eq!(list(&city).len(), 1);
    city.accounts.revoke_sessions(staff("A2")).unwrap();
    assert!(list(&city).is_empty() && !city.holds(&tokens[0]));
}

#[test]
fn the_oldest_session_ends_where_there_are_too_many() {
    let mut city = City::with_dispatcher();
    let tokens: Vec<String> = (0..=caps::SESSIONS)
        .map(|_| {
            city.pass(1);
            city.token()
        })
        .collect();
    assert!(!city.holds(&tokens[0]) && tokens[1..].iter().all(|token| city.holds(token)));
}

#[test]
fn what_is_over_is_swept() {
    let mut city = City::with_dispatcher();
    let token = city.token();
    let City { accounts, lots, now, .. } = &mut city;
    accounts.invite(*now, staff("A2"), lots).unwrap();
    let unit = precinct_base::UnitId(7);
    accounts.enrolment(*now, unit, crate::DeviceKind::Phone, None, lots).unwrap();
    let rows = |city: &City| {
        let count = "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM invites),
                     (SELECT count(*) FROM enrolments)";
        let read = |row: &rusqlite::Row<'_>| Ok([0, 1, 2].map(|n| row.get::<_, u32>(n).unwrap()));
        city.accounts.read(|on| on.query_row(count, [], read)).unwrap()
    };
    for (seconds, left) in
        [(0, [1, 1, 1]), (900, [1, 1, 0]), (2_700, [0, 1, 0]), (255_600, [0, 0, 0])]
    {
        city.pass(seconds);
        city.accounts.sweep(city.now).unwrap();
        assert_eq!(rows(&city), left, "after {seconds} more");
    }
    assert!(!city.holds(&token));
    city.accounts.sweep(Timestamp(i64::MAX)).unwrap();
}

#[test]
fn a_page_shows_a_token_that_follows_from_the_sessions() {
    let mut city = City::with_dispatcher();
    let (one, two) = (city.token(), city.token());
    let page = csrf(&one);
    assert_ne!(page, csrf(&two));
    assert!(Session::csrf_matches(&one, page.expose()));
    for wrong in ["", &one, csrf(&two).expose(), &page.expose()[1..]] {
        assert!(!Session::csrf_matches(&one, wrong));
    }
}

/// On a full disk, who is signed in goes on working, and machines with keys do.
#[test]
fn who_is_signed_in_goes_on_when_nothing_can_be_written() {
    let mut city = City::with_dispatcher();
    let token = city.token();
    let City { accounts, lots, now, .. } = &mut city;
    let key = accounts.create_key(*now, "play".parse().unwrap(), &[], None, lots).unwrap();
    city.pass(600);
    let stop = || city.accounts.read(|on| on.pragma_update(None, "query_only", true)).unwrap();
    stop();
    assert!(city.holds(&token));
    stop();
    assert!(city.accounts.key(city.now, key.expose()).unwrap().is_some());
    // Neither was written down.
    let kept = "SELECT (SELECT seen FROM sessions), (SELECT used FROM keys)";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?));
    let kept = city.accounts.read(|on| on.query_row(kept, [], read)).unwrap();
    assert_eq!(kept, (city.now.0 - 600_000, None));
}
