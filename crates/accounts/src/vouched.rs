//! Signing in on the word of a provider that the city trusts, and accounts that follow from it.

use precinct_base::Timestamp;
use precinct_core::{Grant, StaffNo};

use crate::account::{insert, set_grants};
use crate::factor::take;
use crate::session::begin;
use crate::{Account, AccountError, Accounts, Chance, NewAccount, SignInError, SignedIn, Source};

/// Somebody whom a provider vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// The staff number.
    pub staff: StaffNo,
    /// Whether a second factor was shown there that the city takes for its own.
    pub second_factor: bool,
}

impl Accounts {
    /// Signs somebody in whom a provider vouches for. Where the account has a second factor and none was shown there, `code` is one of it,
    /// as with a password; wrong ones make the next from `source` wait.
    pub fn sign_in_vouched(
        &self,
        now: Timestamp,
        Vouched { staff, second_factor }: Vouched,
        code: Option<&str>,
        source: Source,
        chance: &mut dyn Chance,
    ) -> Result<SignedIn, SignInError> {
        let account = self.account(staff)?.ok_or(AccountError::NoAccount(staff))?;
        if account.disabled {
            return Err(SignInError::Disabled);
        }
        let needed = account.second_factor && !second_factor;
        let code = match code.filter(|_| needed) {
            None if needed => return Err(SignInError::CodeNeeded),
            code => code,
        };
        let pair = (staff, source);
        if code.is_some() {
            self.guesses().begin(now, pair)?;
        }
        let shown = second_factor || code.is_some();
        let begun = self.write(|on| {
            // It may have been disabled, or given a second factor, since it was read.
            let still = Account::find(on, staff)?
                .filter(|now| !now.disabled && (shown || !now.second_factor));
            still.ok_or(AccountError::NoAccount(staff))?;
            if let Some(code) = code {
                take(on, now, staff, code)?;
            }
            begin(on, now, staff, shown, chance)
        });
        match begun {
            Ok(token) => {
                if code.is_some() {
                    self.guesses().right(pair);
                }
                Ok(SignedIn { token, second_factor: shown })
            }
            Err(AccountError::Wrong) => Err(SignInError::WrongCode),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes the account of somebody whom a provider vouches for. It has no password, and its roles follow from what the provider says.
    pub fn create_vouched(
        &self,
        now: Timestamp,
        new: &NewAccount,
        roles: &[Grant],
    ) -> Result<(), AccountError> {
        self.write(|on| {
            insert(on, now, new)?;
            let set = "UPDATE accounts SET provider = 1 WHERE staff = ?";
            on.execute(set, [new.staff.as_str()])?;
            set_grants(on, new.staff, roles)
        })
    }
}
