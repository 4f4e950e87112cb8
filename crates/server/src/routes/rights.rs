//! Rights: accounts and their roles, and keys of machines. Every change is on record.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use precinct_access::{Action, Resource};
use precinct_accounts::{Account, AccountError, Language, NewAccount};
use precinct_base::AreaId;
use precinct_core::event::AccountChanged;
use precinct_core::{AccountChange, Code, Grant, Order, Purpose, Role, StaffNo, Why};
use precinct_engine::Request;
use precinct_engine::live::SystemChance;
use precinct_wire::{Nothing, Problem, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::chance::{Drawn, own_id};
use crate::door::{Asker, Body, Failure, Path};

/// A role and where it holds.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleBody {
    /// The role.
    #[schema(value_type = String, example = "dispatcher")]
    role: Role,
    /// The area; 0 is the whole city.
    area: u32,
}

fn grants(roles: &[RoleBody]) -> Vec<Grant> {
    roles.iter().map(|one| Grant { role: one.role, area: AreaId(one.area) }).collect()
}

fn roles(grants: &[Grant]) -> Vec<RoleBody> {
    grants.iter().map(|one| RoleBody { role: one.role, area: one.area.0 }).collect()
}

/// An account to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountBody {
    /// The staff number.
    #[schema(value_type = String)]
    staff: StaffNo,
    /// The force, a code of the catalogue.
    #[schema(value_type = String)]
    force: Code,
    /// Its roles and where they hold.
    roles: Vec<RoleBody>,
}

/// The roles an account is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RolesBody {
    /// The roles and where they hold.
    roles: Vec<RoleBody>,
}

/// An account, without its secrets.
#[derive(Debug, Serialize, ToSchema)]
struct AccountDoc {
    /// The staff number.
    staff: String,
    /// The force.
    force: String,
    /// Its roles and where they hold.
    roles: Vec<RoleBody>,
    /// Whether it cannot be used.
    disabled: bool,
    /// Whether a password was set.
    accepted: bool,
    /// Whether it has a second factor.
    second_factor: bool,
}

impl From<Account> for AccountDoc {
    fn from(account: Account) -> Self {
        Self {
            staff: account.staff.to_string(),
            force: account.force.to_string(),
            roles: roles(&account.grants),
            disabled: account.disabled,
            accepted: account.accepted,
            second_factor: account.second_factor,
        }
    }
}

/// What is for whom it is for.
#[derive(Debug, Serialize, ToSchema)]
struct TokenDoc {
    /// The token of the invitation; shown once.
    token: String,
}

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyBody {
    /// What the machine is called.
    #[schema(value_type = String)]
    name: Code,
    /// Its roles and where they hold.
    roles: Vec<RoleBody>,
    /// When it ends; none is when it is revoked.
    expires: Option<Time>,
}

/// A key.
#[derive(Debug, Serialize, ToSchema)]
struct KeyDoc {
    /// The number the machine acts under.
    staff: String,
    /// The key; shown once.
    key: String,
}

impl App {
    /// That the asker may give and take those roles where they hold.
    fn may_grant(&self, asker: &Asker, grants: &[Grant]) -> Result<Grant, Failure> {
        let mut acting = self.may(asker, Action::ManageRoles, &Resource::CITY, None);
        for grant in grants {
            acting = self.may(asker, Action::ManageRoles, &Resource::area(grant.area), None);
            if acting.is_err() {
                break;
            }
        }
        acting
    }

    /// Records that rights changed.
    async fn rights_changed(
        &self,
        asker: &Asker,
        acting: Grant,
        changed: AccountChanged,
    ) -> Result<(), Failure> {
        let by = Self::by(asker, acting, Why::Purpose(Purpose::Setup));
        let order = Order::RecordAccount(changed);
        self.order(Request::new(own_id(self.watch.wall()), by, order)).await.map(|_| ())
    }
}

/// Accounts
#[utoipa::path(get, path = "/api/v1/accounts", tag = "rights", responses((status = 200, body = Vec<AccountDoc>), (status = "4XX", body = Problem)))]
async fn accounts(
    State(app): State<Arc<App>>,
    asker: Asker,
) -> Result<Json<Vec<AccountDoc>>, Failure> {
    app.may(&asker, Action::ManageAccounts, &Resource::CITY, None)?;
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = app.accounts.accounts(after)?;
        let Some(last) = page.last() else { break };
        after = Some(last.staff);
        all.extend(page.into_iter().map(AccountDoc::from));
    }
    Ok(Json(all))
}

/// Make an account. The token is for whom it is for, to set a password with
#[utoipa::path(post, path = "/api/v1/accounts", tag = "rights", request_body = AccountBody, responses((status = 200, body = TokenDoc), (status = "4XX", body = Problem)))]
async fn create_account(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<AccountBody>,
) -> Result<Json<TokenDoc>, Failure> {
    let acting = app.may(&asker, Action::ManageAccounts, &Resource::CITY, None)?;
    let roles = grants(&body.roles);
    app.may_grant(&asker, &roles)?;
    let staff = body.staff;
    // On record first: nobody has rights that nobody can see the giving of.
    let change = AccountChange::Created;
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: roles.clone() })
        .await?;
    let new = NewAccount { staff, force: body.force, language: Language::En };
    let token = app.accounts.create(app.real_now(), &new, &roles, &mut Drawn(SystemChance))?;
    Ok(Json(TokenDoc { token: token.expose().to_owned() }))
}

pub(super) fn staff(text: &str) -> Result<StaffNo, Failure> {
    text.parse().map_err(Failure::bad)
}

/// Give an account other roles
#[utoipa::path(put, path = "/api/v1/accounts/{staff}/roles", tag = "rights", request_body = RolesBody, responses((status = 204), (status = "4XX", body = Problem)))]
async fn set_roles(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(number): Path<String>,
    Body(body): Body<RolesBody>,
) -> Result<StatusCode, Failure> {
    let (staff, roles) = (staff(&number)?, grants(&body.roles));
    let acting = app.may_grant(&asker, &roles)?;
    let known = app.accounts.account(staff)?;
    let known = known.ok_or(AccountError::NoAccount(staff))?;
    // What is taken away counts like what is given.
    if !known.grants.is_empty() {
        app.may_grant(&asker, &known.grants)?;
    }
    let change = AccountChange::RolesChanged;
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: roles.clone() })
        .await?;
    app.accounts.set_grants(staff, &roles)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Disable an account: its sessions end at once
#[utoipa::path(post, path = "/api/v1/accounts/{staff}/disable", tag = "rights", request_body = Nothing, responses((status = 204), (status = "4XX", body = Problem)))]
async fn disable(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(number): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Failure> {
    let staff = staff(&number)?;
    let acting = app.may(&asker, Action::ManageAccounts, &Resource::CITY, None)?;
    app.accounts.set_disabled(staff, true)?;
    let change = AccountChange::Disabled;
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: Vec::new() }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a key for a machine
#[utoipa::path(post, path = "/api/v1/keys", tag = "rights", request_body = KeyBody, responses((status = 200, body = KeyDoc), (status = "4XX", body = Problem)))]
async fn create_key(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<KeyBody>,
) -> Result<Json<KeyDoc>, Failure> {
    let roles = grants(&body.roles);
    let acting = app.may(&asker, Action::ManageKeys, &Resource::CITY, None)?;
    app.may_grant(&asker, &roles)?;
    let holder = format!("key/{}", body.name);
    let staff = staff(&holder)?;
    let change = AccountChange::Created;
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: roles.clone() })
        .await?;
    let expires = body.expires.map(|expires| expires.0);
    let mut chance = Drawn(SystemChance);
    let key = app.accounts.create_key(app.real_now(), body.name, &roles, expires, &mut chance)?;
    Ok(Json(KeyDoc { staff: holder, key: key.expose().to_owned() }))
}

/// A key as it is listed, without its secret.
#[derive(Debug, Serialize, ToSchema)]
struct KeyListed {
    /// The number the machine acts under.
    staff: String,
    /// Its roles and where they hold.
    roles: Vec<RoleBody>,
    /// When it was made.
    made: Time,
    /// When it ends.
    expires: Option<Time>,
    /// The day it was last used on.
    used: Option<Time>,
    /// Whether it was revoked.
    revoked: bool,
}

/// Keys of machines
#[utoipa::path(get, path = "/api/v1/keys", tag = "rights", responses((status = 200, body = Vec<KeyListed>), (status = "4XX", body = Problem)))]
async fn keys(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<Vec<KeyListed>>, Failure> {
    app.may(&asker, Action::ManageKeys, &Resource::CITY, None)?;
    let listed = app.accounts.keys()?.into_iter().map(|key| KeyListed {
        staff: key.staff.to_string(),
        roles: roles(&key.grants),
        made: key.made.into(),
        expires: key.expires.map(Time),
        used: key.used.map(Time),
        revoked: key.revoked,
    });
    Ok(Json(listed.collect()))
}

/// Revoke the key of a machine, by what it is called: it is nobody's from now on
#[utoipa::path(post, path = "/api/v1/keys/{name}/revoke", tag = "rights", request_body = Nothing, responses((status = 204), (status = "4XX", body = Problem)))]
async fn revoke_key(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(name): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Failure> {
    let acting = app.may(&asker, Action::ManageKeys, &Resource::CITY, None)?;
    let staff = staff(&format!("key/{name}"))?;
    // That it was made comes before that it was revoked.
    app.record_key(staff).await?;
    app.accounts.revoke_key(staff)?;
    let change = AccountChange::Disabled;
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: Vec::new() }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take off the second factor of somebody who lost it, and end the sessions
#[utoipa::path(post, path = "/api/v1/accounts/{staff}/reset-factor", tag = "rights", request_body = Nothing, responses((status = 204), (status = "4XX", body = Problem)))]
async fn reset_factor(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(number): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Failure> {
    let staff = staff(&number)?;
    let acting = app.may(&asker, Action::ManageAccounts, &Resource::CITY, None)?;
    app.accounts.reset_factor(staff)?;
    let change = AccountChange::FactorReset;
    let known = app.accounts.account(staff)?.map(|account| account.grants).unwrap_or_default();
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: known }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(accounts, create_account))
        .routes(routes!(set_roles))
        .routes(routes!(disable))
        .routes(routes!(keys, create_key))
        .routes(routes!(revoke_key))
        .routes(routes!(reset_factor))
}
