//! Signing in, wrong guesses, and passwords hashed anew.

use super::city::{City, PASSWORD, from, staff};
use crate::{Accounts, Cost, SignInError};

#[test]
fn number_and_password_belong_together() {
    let mut city = City::with_dispatcher();
    for (who, password) in
        [("A2", "a wrong sentence"), ("A2", ""), ("A9", PASSWORD), ("A2", &PASSWORD.repeat(50))]
    {
        let refused = city.sign_in(who, password, None, 1).unwrap_err();
        assert!(matches!(refused, SignInError::Wrong), "{who} {refused}");
        city.pass(3_601);
    }
    // An account that has no password yet has none.
    let token =
        city.accounts.create(city.now, &super::city::new("A4"), &[], &mut city.lots).unwrap();
    assert!(matches!(city.sign_in("A4", "", None, 1), Err(SignInError::Wrong)));
    assert!(matches!(city.sign_in("A4", token.expose(), None, 1), Err(SignInError::Wrong)));
    let signed_in = city.sign_in("A2", PASSWORD, None, 1).unwrap();
    assert!(!signed_in.second_factor);
    assert_eq!(signed_in.token.expose().len(), 64, "256 bits");
}

/// What a guesser gets in a day from one place, and what it costs the colleague.
#[test]
fn guessing_is_slow_and_locks_nobody_out() {
    let mut city = City::with_dispatcher();
    let (mut tried, end) = (0, city.now.0 + 86_400_000);
    while city.now.0 < end {
        match city.sign_in("A2", "a wrong sentence", None, 66) {
            Err(SignInError::Wrong) => tried += 1,
            Err(SignInError::Wait(wait)) => {
                city.now.0 += i64::from(wait.for_ms.0);
                // Also the right one waits there: else the wait would say that it is right.
                continue;
            }
            other => panic!("{other:?}"),
        }
        if tried % 10 == 0 {
            city.token();
        }
    }
    assert!(tried < 120, "{tried} guesses in a day");
    assert!(matches!(city.sign_in("A2", "a wrong sentence", None, 66), Err(SignInError::Wrong)));
    assert!(matches!(city.sign_in("A2", PASSWORD, None, 66), Err(SignInError::Wait(_))));
    city.sign_in("A2", PASSWORD, None, 67).unwrap();
}

#[test]
fn many_guesses_at_once_gain_nothing() {
    let city = City::with_dispatcher();
    let tried = std::thread::scope(|threads| {
        let guess = || {
            let mut lots = super::city::Lots::default();
            let guessed = city.accounts.sign_in(
                city.now,
                staff("A2"),
                "a wrong sentence",
                None,
                from(66),
                &mut lots,
            );
            !matches!(guessed, Err(SignInError::Wait(_)))
        };
        let all: Vec<_> = (0..16).map(|_| threads.spawn(guess)).collect();
        all.into_iter().map(|one| usize::from(one.join().unwrap())).sum::<usize>()
    });
    assert_eq!(tried, 4, "three that cost nothing, and one more");
}

#[test]
fn a_password_is_hashed_anew_when_that_has_become_dearer() {
    let mut city = City::with_dispatcher();
    let cost = |city: &City| {
        let find = "SELECT memory, passes FROM accounts WHERE staff = 'A2'";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?));
        city.accounts.read(|on| on.query_row(find, [], read)).unwrap()
    };
    assert_eq!(cost(&city), (8, 1));
    let dearer = Cost { memory: 32, passes: 2, ..Cost::LEAST };
    city.accounts = Accounts::open_with(city.folder.path(), dearer).unwrap();
    assert!(city.sign_in("A2", "a wrong sentence", None, 1).is_err());
    assert_eq!(cost(&city), (8, 1));
    city.token();
    assert_eq!(cost(&city), (32, 2));
    // A cheaper setting makes none cheaper.
    city.accounts = Accounts::open_with(city.folder.path(), Cost::LEAST).unwrap();
    city.token();
    assert_eq!(cost(&city), (32, 2));
}

#[test]
fn one_changes_ones_own_password_and_is_out_everywhere() {
    let mut city = City::with_dispatcher();
    let session = city.token();
    let change = |city: &mut City, old: &str, new: &str| {
        let (now, who) = (city.now, staff("A2"));
        city.accounts.change_password(now, who, (old, new), from(1), &mut city.lots)
    };
    assert!(matches!(
        change(&mut city, "a wrong sentence", "another sentence"),
        Err(SignInError::Wrong)
    ));
    assert!(matches!(change(&mut city, PASSWORD, "short"), Err(SignInError::Account(_))));
    assert!(city.holds(&session));
    change(&mut city, PASSWORD, "another sentence").unwrap();
    assert!(!city.holds(&session));
    assert!(city.sign_in("A2", PASSWORD, None, 1).is_err());
    city.sign_in("A2", "another sentence", None, 1).unwrap();
}
