//! Second factors: codes, codes that were seen, and codes to recover with.

use precinct_base::Timestamp;

use super::city::{City, PASSWORD, from, staff};
use crate::totp::shown;
use crate::{AccountError, Secret, SignInError};

/// The secret of `A2`'s second factor, being set up or set up.
fn secret(city: &City) -> Vec<u8> {
    let find = "SELECT coalesce(factor_new, factor) FROM accounts WHERE staff = 'A2'";
    city.accounts.read(|on| on.query_row(find, [], |row| row.get(0))).unwrap()
}

pub(super) fn with_factor() -> (City, Vec<Secret>) {
    let mut city = City::with_dispatcher();
    let session = city.session();
    city.accounts.begin_factor(&session, &mut city.lots).unwrap();
    let code = shown(&secret(&city), city.now);
    let codes = city.accounts.confirm_factor(city.now, &session, &code, &mut city.lots).unwrap();
    city.pass(30);
    (city, codes)
}

#[test]
fn a_second_factor_is_set_up_once_a_code_of_it_was_shown() {
    let mut city = City::with_dispatcher();
    let session = city.session();
    let fresh = city.accounts.begin_factor(&session, &mut city.lots).unwrap();
    let text = fresh.secret.expose();
    assert_eq!((text.len(), crate::base32::encode(&secret(&city)).as_str()), (32, text));
    let address = format!("otpauth://totp/Precinct:A2?secret={text}&issuer=Precinct");
    assert_eq!(fresh.address.expose(), address);
    let wrong = city.accounts.confirm_factor(city.now, &session, "000000", &mut city.lots);
    assert!(matches!(wrong, Err(AccountError::Wrong)));
    // Nothing is asked for until it is confirmed.
    city.token();
    let code = shown(&secret(&city), city.now);
    let codes = city.accounts.confirm_factor(city.now, &session, &code, &mut city.lots).unwrap();
    assert_eq!(codes.len(), 10);
    let listed = city.accounts.sessions(city.now, staff("A2")).unwrap();
    let raised = |id: &str| listed.iter().any(|held| held.id == id && held.second_factor);
    assert!(raised(&session.id), "this session has shown it");
    assert_eq!(listed.iter().filter(|held| held.second_factor).count(), 1, "and no other");
    assert!(matches!(city.sign_in("A2", PASSWORD, None, 1), Err(SignInError::CodeNeeded)));
    // The code that confirmed it was used.
    assert!(matches!(city.sign_in("A2", PASSWORD, Some(&code), 1), Err(SignInError::WrongCode)));
    let twice = city.accounts.confirm_factor(city.now, &session, &code, &mut city.lots);
    assert!(matches!(twice, Err(AccountError::Wrong)));
    let nobody = crate::Session { staff: staff("A9"), ..session };
    let nobody = city.accounts.begin_factor(&nobody, &mut city.lots);
    assert!(matches!(nobody, Err(AccountError::NoAccount(_))));
}

#[test]
fn a_second_factor_is_replaced_only_by_who_has_shown_it() {
    let mut city = City::with_dispatcher();
    let (owner, thief) = (city.session(), city.session());
    city.accounts.begin_factor(&owner, &mut city.lots).unwrap();
    let code = shown(&secret(&city), city.now);
    city.accounts.confirm_factor(city.now, &owner, &code, &mut city.lots).unwrap();
    // What the session says of itself is not believed.
    for thief in [crate::Session { second_factor: true, ..thief.clone() }, thief] {
        let refused = city.accounts.begin_factor(&thief, &mut city.lots);
        assert!(matches!(refused, Err(AccountError::SecondFactor)));
    }
    let old = secret(&city);
    city.accounts.begin_factor(&owner, &mut city.lots).unwrap();
    city.pass(30);
    // The old one holds until the new one is confirmed.
    city.sign_in("A2", PASSWORD, Some(&shown(&old, city.now)), 1).unwrap();
    let code = shown(&secret(&city), city.now);
    city.accounts.confirm_factor(city.now, &owner, &code, &mut city.lots).unwrap();
    city.pass(30);
    assert!(city.sign_in("A2", PASSWORD, Some(&shown(&old, city.now)), 1).is_err());
    city.sign_in("A2", PASSWORD, Some(&shown(&secret(&city), city.now)), 2).unwrap();
}

#[test]
fn a_code_that_was_seen_is_not_taken_again() {
    let (mut city, _) = with_factor();
    let code = shown(&secret(&city), city.now);
    let earlier = shown(&secret(&city), Timestamp(city.now.0 - 30_000));
    assert!(city.sign_in("A2", PASSWORD, Some(&code), 1).unwrap().second_factor);
    for seen in [&code, &earlier] {
        let refused = city.sign_in("A2", PASSWORD, Some(seen), 2).unwrap_err();
        assert!(matches!(refused, SignInError::WrongCode), "{refused}");
    }
    let next = shown(&secret(&city), Timestamp(city.now.0 + 30_000));
    city.sign_in("A2", PASSWORD, Some(&format!(" {next} ")), 3).unwrap();
}

#[test]
fn of_many_who_show_one_code_one_gets_in() {
    let (city, _) = with_factor();
    let code = shown(&secret(&city), city.now);
    let inside = std::thread::scope(|threads| {
        let all: Vec<_> = (0..8_u8)
            .map(|n| {
                let (city, code) = (&city, &code);
                threads.spawn(move || {
                    let mut lots = super::city::Lots(u64::from(n) << 32);
                    let who = staff("A2");
                    city.accounts
                        .sign_in(city.now, who, PASSWORD, Some(code), from(n), &mut lots)
                        .is_ok()
                })
            })
            .collect();
        all.into_iter().map(|one| usize::from(one.join().unwrap())).sum::<usize>()
    });
    assert_eq!(inside, 1);
}

#[test]
fn a_code_is_no_way_round_the_password() {
    let (mut city, codes) = with_factor();
    let code = shown(&secret(&city), city.now);
    for code in [&code, codes[0].expose()] {
        let refused = city.sign_in("A2", "a wrong sentence", Some(code), 1).unwrap_err();
        assert!(matches!(refused, SignInError::Wrong), "{refused}");
    }
    // And none was used up by it.
    city.sign_in("A2", PASSWORD, Some(codes[0].expose()), 2).unwrap();
    city.sign_in("A2", PASSWORD, Some(&code), 2).unwrap();
}

#[test]
fn guessing_codes_is_slow_too() {
    let (mut city, _) = with_factor();
    let mut waits = 0;
    for n in 0..10 {
        let guessed = city.sign_in("A2", PASSWORD, Some(&format!("00000{n}")), 66);
        waits += usize::from(matches!(guessed, Err(SignInError::Wait(_))));
    }
    assert_eq!(waits, 6);
    // To be asked for a code is no wrong guess.
    for _ in 0..10 {
        assert!(matches!(city.sign_in("A2", PASSWORD, None, 1), Err(SignInError::CodeNeeded)));
    }
}

#[test]
fn a_code_to_recover_with_works_once_as_it_is_typed() {
    let (mut city, codes) = with_factor();
    let typed = codes[3].expose().to_lowercase().replace('-', " ");
    assert!(city.sign_in("A2", PASSWORD, Some(&typed), 1).unwrap().second_factor);
    let refused = city.sign_in("A2", PASSWORD, Some(&typed), 2).unwrap_err();
    assert!(matches!(refused, SignInError::WrongCode), "{refused}");
    // Another's is not taken.
    let refused = city.sign_in("A1", PASSWORD, Some(codes[4].expose()), 3).unwrap();
    assert!(!refused.second_factor, "A1 has no second factor, and a code makes none");
    city.sign_in("A2", PASSWORD, Some(codes[4].expose()), 3).unwrap();
}

#[test]
fn who_lost_it_is_given_another_and_the_old_one_is_gone() {
    let (mut city, codes) = with_factor();
    let code = shown(&secret(&city), city.now);
    let session = city.sign_in("A2", PASSWORD, Some(&code), 1).unwrap();
    city.accounts.reset_factor(staff("A2")).unwrap();
    assert!(!city.holds(session.token.expose()));
    assert!(!city.sign_in("A2", PASSWORD, Some(codes[5].expose()), 1).unwrap().second_factor);
    let left = "SELECT count(*) FROM recovery";
    assert_eq!(
        city.accounts.read(|on| on.query_row(left, [], |row| row.get::<_, u32>(0))).unwrap(),
        0
    );
    assert!(matches!(city.accounts.reset_factor(staff("A9")), Err(AccountError::NoAccount(_))));
}

#[test]
fn a_session_is_raised_by_a_code() {
    let mut city = City::with_dispatcher();
    let (token, session) = (city.token(), city.session());
    city.accounts.begin_factor(&session, &mut city.lots).unwrap();
    let code = shown(&secret(&city), city.now);
    city.accounts.confirm_factor(city.now, &session, &code, &mut city.lots).unwrap();
    let raise = |city: &City, token: &str, code: &str| {
        city.accounts.step_up(city.now, token, code, from(1))
    };
    assert!(matches!(raise(&city, &token, &code), Err(SignInError::WrongCode)), "it was used");
    city.pass(30);
    let code = shown(&secret(&city), city.now);
    assert!(matches!(raise(&city, &"0".repeat(64), &code), Err(SignInError::Wrong)));
    raise(&city, &token, &code).unwrap();
    assert!(city.accounts.session(city.now, &token).unwrap().unwrap().second_factor);
}
