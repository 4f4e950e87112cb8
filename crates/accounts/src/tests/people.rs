//! Accounts, their roles, and the last administrator.

use precinct_core::Role;

use super::city::{City, PASSWORD, grant, new, staff};
use crate::{AccountError, Language};

#[test]
fn accounts_are_made_listed_and_changed() {
    let City { accounts, mut lots, now, folder: _folder } = City::new();
    for n in (2..30).rev() {
        accounts
            .create(now, &new(&format!("B{n:02}")), &[grant(Role::Crew, n)], &mut lots)
            .unwrap();
    }
    let all = accounts.accounts(None).unwrap();
    assert_eq!(all.len(), 29);
    assert!(all.is_sorted_by_key(|account| account.staff));
    let rest = accounts.accounts(Some(staff("B20"))).unwrap();
    assert_eq!(rest.len(), 9);
    assert_eq!(rest[0].grants, [grant(Role::Crew, 21)]);
    let taken = accounts.create(now, &new("B20"), &[], &mut lots);
    assert!(matches!(taken, Err(AccountError::Taken(number)) if number == staff("B20")));
    for kept in ["key/play", "dev/7", "system", "nobody"] {
        let refused = accounts.create(now, &new(kept), &[], &mut lots);
        assert!(matches!(refused, Err(AccountError::Kept(_))), "{kept}");
    }
    let roles = [grant(Role::Planner, 4), grant(Role::Crew, 2), grant(Role::Crew, 2)];
    accounts.set_grants(staff("B20"), &roles).unwrap();
    accounts.set_language(staff("B20"), Language::En).unwrap();
    let account = accounts.account(staff("B20")).unwrap().unwrap();
    assert_eq!(account.grants, [grant(Role::Planner, 4), grant(Role::Crew, 2)]);
    assert_eq!((account.language, account.accepted), (Language::En, false));
    let nobody = accounts.set_grants(staff("C1"), &roles);
    assert!(matches!(nobody, Err(AccountError::NoAccount(_))));
    assert!(accounts.set_language(staff("C1"), Language::En).is_err());
    assert_eq!(accounts.account(staff("C1")).unwrap(), None);
}

#[test]
fn nobody_is_the_system_and_roles_have_an_end() {
    let city = City::with_dispatcher();
    let set = |roles: &[_]| city.accounts.set_grants(staff("A2"), roles);
    assert!(matches!(set(&[grant(Role::System, 0)]), Err(AccountError::Role { .. })));
    let many: Vec<_> = (0..65).map(|area| grant(Role::Crew, area)).collect();
    assert!(matches!(set(&many), Err(AccountError::TooMany { most: 64, .. })));
    let before = [grant(Role::Dispatcher, 3)];
    assert_eq!(city.accounts.account(staff("A2")).unwrap().unwrap().grants, before);
}

#[test]
fn the_last_administrator_stays_one() {
    let mut city = City::with_dispatcher();
    let is_last =
        |done: Result<(), AccountError>| matches!(done, Err(AccountError::LastAdministrator(_)));
    assert!(is_last(city.accounts.set_grants(staff("A1"), &[grant(Role::Administrator, 3)])));
    assert!(is_last(city.accounts.set_disabled(staff("A1"), true)));
    assert!(!city.accounts.account(staff("A1")).unwrap().unwrap().disabled);
    // One who has not set a password yet does not count.
    let roles = [grant(Role::Administrator, 0)];
    let token = city.accounts.create(city.now, &new("A3"), &roles, &mut city.lots).unwrap();
    assert!(is_last(city.accounts.set_disabled(staff("A1"), true)));
    city.accounts.accept(city.now, token.expose(), PASSWORD, &mut city.lots).unwrap();
    city.accounts.set_disabled(staff("A1"), true).unwrap();
    assert!(is_last(city.accounts.set_grants(staff("A3"), &[])));
}

#[test]
fn a_disabled_account_is_out_at_once_and_comes_back() {
    let mut city = City::with_dispatcher();
    let session = city.token();
    let invitation = city.accounts.invite(city.now, staff("A2"), &mut city.lots).unwrap();
    let held = city.accounts.session(city.now, &session).unwrap().unwrap();
    assert_eq!(city.accounts.account_of(&held).unwrap().grants, [grant(Role::Dispatcher, 3)]);
    city.accounts.set_disabled(staff("A2"), true).unwrap();
    assert!(!city.holds(&session));
    assert!(city.accounts.account_of(&held).is_err());
    let refused = city.sign_in("A2", PASSWORD, None, 1).unwrap_err();
    assert!(matches!(refused, crate::SignInError::Disabled), "{refused}");
    let wrong = city.sign_in("A2", "a wrong sentence", None, 1).unwrap_err();
    assert!(matches!(wrong, crate::SignInError::Wrong), "who guesses learns nothing: {wrong}");
    assert!(city.accounts.accept(city.now, invitation.expose(), PASSWORD, &mut city.lots).is_err());
    assert!(city.accounts.invite(city.now, staff("A2"), &mut city.lots).is_err());
    city.accounts.set_disabled(staff("A2"), false).unwrap();
    city.token();
}
