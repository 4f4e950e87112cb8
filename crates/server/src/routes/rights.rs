//! Rights: accounts and their roles, keys of machines, policies, and broken glass. Every change is on record.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use precinct_access::{Access, Action, Resource};
use precinct_accounts::{Account, Language, NewAccount};
use precinct_base::{AreaId, Millis};
use precinct_core::event::AccountChanged;
use precinct_core::{AccountChange, Code, Grant, Order, Purpose, Role, StaffNo, Why};
use precinct_engine::live::SystemChance;
use precinct_engine::{Outcome, Request};
use precinct_wire::{Problem, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::chance::{Drawn, own_id};
use crate::door::{Asker, Body, Failure, Key, Wish, give};

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

/// Policies.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PoliciesDoc {
    /// Their text, in Cedar's language.
    text: String,
}

/// Why glass is broken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GlassBody {
    /// Why, in a word.
    #[schema(value_type = String, example = "radio_down")]
    reason: Code,
    /// For how long, an hour at the most; none is an hour.
    lasts_ms: Option<u32>,
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
        match self.desk.ask(Request::new(own_id(self.watch.wall()), by, order)).await? {
            Outcome::Done(_) | Outcome::Nothing => Ok(()),
            Outcome::Refused(rejection) => Err(rejection.into()),
            Outcome::Failed(trouble) => Err(trouble.into()),
        }
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

fn staff(text: &str) -> Result<StaffNo, Failure> {
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
    let change = AccountChange::RolesChanged;
    app.rights_changed(&asker, acting, AccountChanged { staff, change, roles: roles.clone() })
        .await?;
    app.accounts.set_grants(staff, &roles)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Disable an account: its sessions end at once
#[utoipa::path(post, path = "/api/v1/accounts/{staff}/disable", tag = "rights", responses((status = 204), (status = "4XX", body = Problem)))]
async fn disable(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(number): Path<String>,
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

/// The policies that hold
#[utoipa::path(get, path = "/api/v1/policies", tag = "rights", responses((status = 200, body = PoliciesDoc), (status = "4XX", body = Problem)))]
async fn policies(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<PoliciesDoc>, Failure> {
    app.may(&asker, Action::ManagePolicies, &Resource::CITY, None)?;
    Ok(Json(PoliciesDoc { text: app.access.load().text().to_owned() }))
}

/// Replace the policies. They are read and held against their schema before they hold
#[utoipa::path(put, path = "/api/v1/policies", tag = "rights", request_body = PoliciesDoc, responses((status = 204), (status = "4XX", body = Problem)))]
async fn set_policies(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<PoliciesDoc>,
) -> Result<StatusCode, Failure> {
    let acting = app.may(&asker, Action::ManagePolicies, &Resource::CITY, None)?;
    let access = Access::read(&body.text).map_err(Failure::bad)?;
    crate::policies::write(&app.options.data, access.text()).map_err(Failure::inside)?;
    let by = App::by(&asker, acting, Why::Purpose(Purpose::Setup));
    let order = Order::SetPolicy { version: access.version() };
    match app.desk.ask(Request::new(own_id(app.watch.wall()), by, order)).await? {
        Outcome::Done(_) | Outcome::Nothing => {}
        Outcome::Refused(rejection) => return Err(rejection.into()),
        Outcome::Failed(trouble) => return Err(trouble.into()),
    }
    app.access.store(Arc::new(access));
    Ok(StatusCode::NO_CONTENT)
}

/// Break glass: act beyond the policies in an emergency, at once and for a while. It is on record, and everybody who watches sees it
#[utoipa::path(post, path = "/api/v1/glass", tag = "rights", request_body = GlassBody, params(("Idempotency-Key" = String, Header)), responses((status = 200, body = precinct_wire::Answer), (status = "4XX", body = Problem)))]
async fn break_glass(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Body(GlassBody { reason, lasts_ms }): Body<GlassBody>,
) -> Result<Json<precinct_wire::Answer>, Failure> {
    let lasts = lasts_ms.map_or(Millis::from_minutes(60), Millis);
    let order = Order::BreakGlass { reason, lasts };
    tracing::warn!(staff = %asker.principal.staff, %reason, "glass is broken");
    give(
        &app,
        &asker,
        key,
        Wish::of_purpose(Action::BreakGlass, Resource::CITY, Purpose::Safety, order),
    )
    .await
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(accounts, create_account))
        .routes(routes!(set_roles))
        .routes(routes!(disable))
        .routes(routes!(create_key))
        .routes(routes!(policies, set_policies))
        .routes(routes!(break_glass))
}
