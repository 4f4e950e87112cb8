//! Signing in on a provider's word.

use precinct_core::Role;

use super::city::{City, PASSWORD, from, grant, new, staff};
use super::factor::with_factor;
use crate::{AccountError, RolesFrom, SignInError, SignedIn, Vouched};

fn comes(
    city: &mut City,
    who: &str,
    second_factor: bool,
    code: Option<&str>,
) -> Result<SignedIn, SignInError> {
    let vouched = Vouched { staff: staff(who), second_factor };
    let City { accounts, lots, now, .. } = city;
    accounts.sign_in_vouched(*now, vouched, code, from(1), lots)
}

#[test]
fn whoever_has_an_account_is_signed_in_and_nobody_else() {
    let mut city = City::with_dispatcher();
    let signed_in = comes(&mut city, "A2", false, None).unwrap();
    assert!(!signed_in.second_factor && city.holds(signed_in.token.expose()));
    // No password has to be set for it.
    city.accounts.create(city.now, &new("A3"), &[grant(Role::Crew, 1)], &mut city.lots).unwrap();
    assert!(comes(&mut city, "A3", true, None).unwrap().second_factor);
    let nobody = comes(&mut city, "A9", true, None);
    assert!(matches!(nobody, Err(SignInError::Account(AccountError::NoAccount(_)))));
    city.accounts.set_disabled(staff("A2"), true).unwrap();
    assert!(matches!(comes(&mut city, "A2", true, None), Err(SignInError::Disabled)));
}

#[test]
fn our_second_factor_is_asked_for_unless_the_provider_saw_one() {
    let (mut city, codes) = with_factor();
    assert!(matches!(comes(&mut city, "A2", false, None), Err(SignInError::CodeNeeded)));
    assert!(comes(&mut city, "A2", true, None).unwrap().second_factor);
    let code = codes[0].expose();
    assert!(comes(&mut city, "A2", false, Some(code)).unwrap().second_factor);
    assert!(
        matches!(comes(&mut city, "A2", false, Some(code)), Err(SignInError::WrongCode)),
        "once"
    );
    let guess = |city: &mut City| comes(city, "A2", false, Some("000000"));
    let waits = (0..9).any(|_| matches!(guess(&mut city), Err(SignInError::Wait(_))));
    assert!(waits, "guessing is slow");
    // A word of the provider's is no guess.
    assert!(comes(&mut city, "A2", true, None).is_ok());
}

#[test]
fn an_account_of_a_providers_has_no_password_and_says_whose_its_roles_are() {
    let mut city = City::new();
    let roles = [grant(Role::Dispatcher, 3)];
    city.accounts.create_vouched(city.now, &new("P1"), &roles).unwrap();
    let account = city.accounts.account(staff("P1")).unwrap().unwrap();
    assert_eq!((account.roles_from, &account.grants[..]), (RolesFrom::Provider, &roles[..]));
    assert!(!account.accepted);
    let administrator = city.accounts.account(staff("A1")).unwrap().unwrap();
    assert_eq!(administrator.roles_from, RolesFrom::Administrator);
    assert!(matches!(city.sign_in("P1", PASSWORD, None, 1), Err(SignInError::Wrong)));
    assert!(comes(&mut city, "P1", false, None).is_ok());
    let twice = city.accounts.create_vouched(city.now, &new("P1"), &roles);
    assert!(matches!(twice, Err(AccountError::Taken(_))));
    let machine = city.accounts.create_vouched(city.now, &new("key/p"), &roles);
    assert!(matches!(machine, Err(AccountError::Kept(_))));
}
