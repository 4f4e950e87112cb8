//! From what a provider says to an account: found by its number, or made and kept by its groups.

use precinct_accounts::{Account, Language, NewAccount, RolesFrom, Vouched};
use precinct_core::event::AccountChanged;
use precinct_core::{AccountChange, Grant, StaffNo};

use super::settings::{Groups, Oidc};
use super::{Claims, OidcFault};
use crate::app::App;
use crate::chance::own_id;
use crate::door::Failure;

/// Why a provider's word comes to no account.
pub(crate) enum Unlinked {
    Fault(OidcFault),
    Failure(Failure),
}

impl From<OidcFault> for Unlinked {
    fn from(fault: OidcFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Failure> for Unlinked {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl App {
    /// Whom the claims vouch for. Where roles come with groups, an account is made for whoever has none, and the roles of one that was
    /// made so are brought up to what the groups say now; every change is on record first.
    pub(crate) async fn vouched(
        &self,
        settings: &Oidc,
        claims: &Claims,
    ) -> Result<Vouched, Unlinked> {
        let staff = claims.staff(&settings.staff_claim).ok_or(OidcFault::Nameless)?;
        let account = self.accounts.account(staff).map_err(Failure::from)?;
        if let Some(groups) = &settings.groups {
            self.follow_groups(groups, staff, account.as_ref(), claims.grants(groups)).await?;
        }
        Ok(Vouched { staff, second_factor: claims.has_second_factor(&settings.second_factor) })
    }

    async fn follow_groups(
        &self,
        groups: &Groups,
        staff: StaffNo,
        account: Option<&Account>,
        roles: Vec<Grant>,
    ) -> Result<(), Unlinked> {
        let change = match account {
            // An account that an administrator made is the administrator's.
            Some(account) if account.roles_from == RolesFrom::Administrator => return Ok(()),
            Some(account) if account.grants == roles => None,
            Some(_) => Some(AccountChange::RolesChanged),
            None if roles.is_empty() => return Err(OidcFault::Nobody(staff).into()),
            None => Some(AccountChange::Created),
        };
        if let Some(change) = change {
            let changed = AccountChanged { staff, change, roles: roles.clone() };
            self.rights_changed_by_itself(own_id(self.watch.wall()), changed).await?;
            let (now, force, given) = (self.real_now(), groups.force, roles.clone());
            let new = NewAccount { staff, force, language: Language::Zh };
            self.with_accounts(move |accounts| match change {
                AccountChange::Created => accounts.create_vouched(now, &new, &given),
                _ => accounts.set_grants(staff, &given),
            })
            .await?;
        }
        if roles.is_empty() { Err(OidcFault::Nobody(staff).into()) } else { Ok(()) }
    }
}
