//! The first run and invitations.

use precinct_core::Role;

use super::city::{City, PASSWORD, grant, new, staff};
use crate::{AccountError, INVITE_LASTS, PasswordFault, SET_UP_LASTS};

#[test]
fn the_first_administrator_is_set_up_once_with_the_token_that_was_printed() {
    let City { accounts, mut lots, now, folder: _folder } = City::empty();
    let old = accounts.first_run(now, &mut lots).unwrap().unwrap();
    let token = accounts.first_run(now, &mut lots).unwrap().unwrap();
    assert!(token.expose().len() * 4 >= 128, "{} hexadecimal digits", token.expose().len());
    for wrong in ["", "00", old.expose(), &"0".repeat(48), &token.expose().to_uppercase()] {
        let refused = accounts.set_up(now, wrong, &new("A1"), PASSWORD, &mut lots);
        assert!(matches!(refused, Err(AccountError::NoToken)), "{wrong} {refused:?}");
    }
    let short = accounts.set_up(now, token.expose(), &new("A1"), "short", &mut lots);
    assert!(matches!(short, Err(AccountError::Password(PasswordFault::Short))));
    accounts.set_up(now, token.expose(), &new("A1"), PASSWORD, &mut lots).unwrap();
    let account = accounts.account(staff("A1")).unwrap().unwrap();
    assert_eq!(account.grants, [grant(Role::Administrator, 0)]);
    assert!(account.accepted && !account.disabled && !account.second_factor);
    let again = accounts.set_up(now, token.expose(), &new("A9"), PASSWORD, &mut lots);
    assert!(matches!(again, Err(AccountError::NoToken)), "{again:?}");
    assert_eq!(accounts.first_run(now, &mut lots).unwrap(), None);
}

#[test]
fn tokens_end() {
    let City { accounts, mut lots, now, folder: _folder } = City::empty();
    let token = accounts.first_run(now, &mut lots).unwrap().unwrap();
    let late = now.checked_add(SET_UP_LASTS).unwrap();
    let refused = accounts.set_up(late, token.expose(), &new("A1"), PASSWORD, &mut lots);
    assert!(matches!(refused, Err(AccountError::NoToken)));
    let City { accounts, mut lots, now, folder: _folder } = City::new();
    let token = accounts.create(now, &new("A2"), &[], &mut lots).unwrap();
    let late = now.checked_add(INVITE_LASTS).unwrap();
    let refused = accounts.accept(late, token.expose(), PASSWORD, &mut lots);
    assert!(matches!(refused, Err(AccountError::NoToken)));
    accounts.accept(now, token.expose(), PASSWORD, &mut lots).unwrap();
    let twice = accounts.accept(now, token.expose(), PASSWORD, &mut lots);
    assert!(matches!(twice, Err(AccountError::NoToken)));
}

#[test]
fn the_token_of_the_first_run_is_no_invitation_nor_the_other_way_round() {
    let City { accounts, mut lots, now, folder: _folder } = City::empty();
    let token = accounts.first_run(now, &mut lots).unwrap().unwrap();
    let refused = accounts.accept(now, token.expose(), PASSWORD, &mut lots);
    assert!(matches!(refused, Err(AccountError::NoToken)));
    let invitation = accounts.create(now, &new("A5"), &[], &mut lots).unwrap();
    let refused = accounts.set_up(now, invitation.expose(), &new("A1"), PASSWORD, &mut lots);
    assert!(matches!(refused, Err(AccountError::NoToken)));
    // Somebody has made an account meanwhile.
    let refused = accounts.set_up(now, token.expose(), &new("A1"), PASSWORD, &mut lots);
    assert!(matches!(refused, Err(AccountError::SetUp)));
}

#[test]
fn an_invitation_anew_is_the_way_to_another_password() {
    let mut city = City::with_dispatcher();
    let session = city.token();
    let first = city.accounts.invite(city.now, staff("A2"), &mut city.lots).unwrap();
    let second = city.accounts.invite(city.now, staff("A2"), &mut city.lots).unwrap();
    assert!(city.holds(&session), "the old password holds until there is a new one");
    let accept = |city: &mut City, token: &str| {
        city.accounts.accept(city.now, token, "another sentence", &mut city.lots)
    };
    assert!(matches!(accept(&mut city, first.expose()), Err(AccountError::NoToken)));
    assert_eq!(accept(&mut city, second.expose()).unwrap(), staff("A2"));
    assert!(!city.holds(&session), "whoever had the old one is out");
    assert!(city.sign_in("A2", PASSWORD, None, 1).is_err());
    city.sign_in("A2", "another sentence", None, 1).unwrap();
    let nobody = city.accounts.invite(city.now, staff("A7"), &mut city.lots);
    assert!(matches!(nobody, Err(AccountError::NoAccount(_))));
}
