//! Signing in through a provider: the way there and back, and everything that is refused on it.

use std::collections::BTreeMap;

use precinct_base::AreaId;
use precinct_core::{Code, Grant, Role};
use precinct_server::{Groups, Oidc, Trusted};
use serde_json::{Value, json};

use crate::city;
use crate::client::{Client, Said, Town};
use crate::person::{PASSWORD, administrator, person, post, with_factor_and_codes};
use crate::provider::{Provider, token};

fn town(provider: &Provider, change: impl FnOnce(&mut Oidc)) -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let mut settings = provider.settings(folder.path());
    change(&mut settings);
    Town::with(folder, |options| options.oidc = Some(settings))
}

/// A browser on its way, and what it asks of the provider.
struct Going {
    browser: Client,
    asked: BTreeMap<String, String>,
}

fn cookies(said: &Said) -> Vec<String> {
    let all = said.headers.get_all("set-cookie").iter();
    all.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}

/// Takes over a cookie of that name.
fn keep(browser: &mut Client, said: &Said, name: &str) {
    let found = cookies(said).into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")));
    let pair = found.expect(name).split(';').next().unwrap().to_owned();
    browser.headers.retain(|(_, value)| !value.starts_with(&format!("{name}=")));
    browser.headers.push(("cookie".to_owned(), pair));
}

fn browser(town: &Town) -> Client {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    Client { agent: config.build().into(), ..town.stranger() }
}

fn begin(town: &Town) -> Going {
    let mut browser = browser(town);
    let said = browser.get("/api/v1/oidc/start");
    assert_eq!(said.status, 303, "{said:?}");
    let cookie = &cookies(&said)[0];
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    keep(&mut browser, &said, "precinct-oidc");
    let address = said.headers["location"].to_str().unwrap();
    let address = openidconnect::url::Url::parse(address).unwrap();
    let asked = address.query_pairs().into_owned().collect();
    Going { browser, asked }
}

impl Going {
    fn back(&self, state: &str, code: &str) -> Said {
        self.browser.get(&format!("/api/v1/oidc/callback?state={state}&code={code}&iss=x"))
    }

    /// Comes back with what the provider says of somebody.
    fn comes_as(&self, provider: &Provider, more: &Value) -> Said {
        let claims = provider.claims(&self.asked, more);
        let code = provider.code(&self.asked, token(&claims, (0, 0), "EdDSA"));
        self.back(&self.asked["state"], &code)
    }
}

/// Begins and comes back at once.
fn comes_as(town: &Town, provider: &Provider, more: &Value) -> Said {
    begin(town).comes_as(provider, more)
}

#[test]
fn who_has_an_account_is_signed_in_by_staff_number() {
    let provider = Provider::new();
    let town = town(&provider, |_| {});
    let _ = person(&administrator(&town), "D1", "dispatcher", 1);
    let ways = town.stranger().get("/api/v1/sign-in").body;
    assert_eq!(ways["provider"]["label_zh"], "全市统一登录");
    let mut going = begin(&town);
    assert_eq!(going.asked["response_type"], "code");
    assert_eq!(going.asked["redirect_uri"], "http://127.0.0.1:7171/api/v1/oidc/callback");
    assert!(going.asked["scope"].split(' ').any(|scope| scope == "openid"));
    let said = going.comes_as(&provider, &json!({"staff": "D1"}));
    assert_eq!(said.status, 200, "{said:?}");
    assert_eq!((&said.body["staff"], &said.body["second_factor"]), (&json!("D1"), &json!(false)));
    assert!(cookies(&said).iter().any(|cookie| cookie.contains("HttpOnly; SameSite=Strict")));
    keep(&mut going.browser, &said, "precinct");
    assert_eq!(going.browser.get("/api/v1/board").status, 200);
    // A browser is shown a page that leads on by itself.
    let mut going = begin(&town);
    going.browser.headers.push(("accept".to_owned(), "text/html,*/*".to_owned()));
    let page = going.comes_as(&provider, &json!({"staff": "D1"}));
    assert_eq!((page.status, page.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    assert!(page.body.as_str().unwrap().contains("content=\"done\""), "{page:?}");
    assert_eq!(town.stranger().get("/oidc/page.js").status, 200);
}

#[test]
fn what_does_not_hold_is_refused() {
    let provider = Provider::new();
    let town = town(&provider, |_| {});
    let _ = person(&administrator(&town), "D1", "dispatcher", 1);
    let good = json!({"staff": "D1"});
    assert_eq!(comes_as(&town, &provider, &good).status, 200);
    let with = |name: &str, value: Value| {
        let mut more = good.clone();
        more[name] = value;
        comes_as(&town, &provider, &more)
    };
    for (name, value) in [
        ("nonce", json!("another")),
        ("nonce", json!(null)),
        ("iss", json!("https://elsewhere.example")),
        ("aud", json!("another")),
        ("aud", json!(["precinct", "another"])),
        ("exp", json!(1_000_000_000)),
    ] {
        let said = with(name, value.clone());
        assert_eq!(said.status, 401, "{name} {value}: {said:?}");
        assert!(said.headers.get("set-cookie").is_none(), "{name}");
        assert!(said.body["detail"].as_str().unwrap().contains("does not hold"), "{said:?}");
    }
    // Signed by another, or by nobody.
    for ((signs, says), algorithm) in
        [((7, 0), "EdDSA"), ((7, 7), "EdDSA"), ((0, 0), "none"), ((0, 0), "HS256")]
    {
        let going = begin(&town);
        let forged = token(&provider.claims(&going.asked, &good), (signs, says), algorithm);
        let code = provider.code(&going.asked, forged);
        let said = going.back(&going.asked["state"], &code);
        assert_eq!(said.status, 401, "{signs} {says} {algorithm}: {said:?}");
    }
    assert_eq!(with("staff", json!(null)).status, 403, "no number");
    assert_eq!(with("staff", json!("D9")).status, 403, "no account");
    assert_eq!(with("staff", json!("key/control")).status, 403, "a machine's number");
}

#[test]
fn a_way_back_is_good_once_and_in_its_own_browser() {
    let provider = Provider::new();
    let town = town(&provider, |_| {});
    let _ = person(&administrator(&town), "D1", "dispatcher", 1);
    let more = json!({"staff": "D1"});
    let going = begin(&town);
    let code_of = |going: &Going| {
        let claims = provider.claims(&going.asked, &more);
        provider.code(&going.asked, token(&claims, (0, 0), "EdDSA"))
    };
    let over = |said: Said| {
        said.status == 401 && said.body["detail"].as_str().unwrap().contains("another browser")
    };
    assert!(over(going.back("made-up", &code_of(&going))), "wrong state");
    // Somebody else's way back is no good here, and then over.
    let other = begin(&town);
    assert!(over(other.back(&going.asked["state"], &code_of(&going))));
    assert!(over(going.back(&going.asked["state"], &code_of(&going))));
    let going = begin(&town);
    let code = code_of(&going);
    assert_eq!(going.back(&going.asked["state"], &code).status, 200);
    assert!(over(going.back(&going.asked["state"], &code)), "once");
    // The code, replayed with a way back of one's own.
    let again = begin(&town);
    let said = again.back(&again.asked["state"], &code);
    assert_eq!(said.status, 401, "{said:?}");
    // A code that was stolen from a sign-in that another began does not fit the verifier.
    let (own, stolen) = (begin(&town), begin(&town));
    let said = own.back(&own.asked["state"], &code_of(&stolen));
    assert_eq!(said.status, 401, "{said:?}");
    let refused = begin(&town);
    let path =
        format!("/api/v1/oidc/callback?state={}&error=access_denied", refused.asked["state"]);
    assert_eq!(refused.browser.get(&path).status, 401);
    let no_cookie = Client { headers: Vec::new(), ..browser(&town) };
    assert_eq!(no_cookie.get("/api/v1/oidc/callback?state=x&code=y").status, 401);
}

#[test]
fn the_second_factor_is_ours_unless_the_city_trusts_the_providers() {
    let provider = Provider::new();
    let town = town(&provider, |oidc| oidc.second_factor = vec![Trusted::Amr("otp".to_owned())]);
    let (_, codes) =
        with_factor_and_codes(&person(&administrator(&town), "D1", "dispatcher", 1), "D1");
    let trusted = comes_as(&town, &provider, &json!({"staff": "D1", "amr": ["pwd", "otp"]}));
    assert_eq!((trusted.status, &trusted.body["second_factor"]), (200, &json!(true)));
    let mut going = begin(&town);
    let said = going.comes_as(&provider, &json!({"staff": "D1", "amr": ["pwd"]}));
    assert_eq!(said.status, 401, "{said:?}");
    assert!(said.body["detail"].as_str().unwrap().contains("second factor"));
    assert!(!cookies(&said).iter().any(|cookie| cookie.starts_with("precinct=")));
    keep(&mut going.browser, &said, "precinct-oidc");
    let show =
        |browser: &Client, code: &str| post(browser, "/api/v1/oidc/code", &json!({"code": code}));
    assert_eq!(show(&going.browser, "000000").status, 401);
    assert_eq!(show(&browser(&town), "000000").status, 401);
    let shown = show(&going.browser, &codes[0]);
    assert_eq!((shown.status, &shown.body["second_factor"]), (200, &json!(true)), "{shown:?}");
    assert_eq!(show(&going.browser, &codes[1]).status, 401, "once");
}

fn groups(oidc: &mut Oidc) {
    let grant = |role, area| Grant { role, area: AreaId(area) };
    let roles = vec![
        ("west".to_owned(), grant(Role::Dispatcher, 1)),
        ("audit".to_owned(), grant(Role::Auditor, 0)),
    ];
    oidc.groups =
        Some(Groups { claim: "groups".to_owned(), roles, force: Code::literal("police") });
}

#[test]
fn roles_come_with_groups_where_the_city_says_so_and_go_with_them() {
    let provider = Provider::new();
    let town = town(&provider, groups);
    let administrator = administrator(&town);
    let _ = person(&administrator, "D1", "planner", 0);
    let comes = |more: Value| comes_as(&town, &provider, &more);
    let roles = |said: &Said| said.body["roles"].clone();
    let new = comes(json!({"staff": "N1", "groups": ["west", "others"]}));
    assert_eq!(new.status, 200, "{new:?}");
    assert_eq!(roles(&new), json!([{"role": "dispatcher", "area": 1}]));
    let moved = comes(json!({"staff": "N1", "groups": ["audit"]}));
    assert_eq!(roles(&moved), json!([{"role": "auditor", "area": 0}]));
    assert_eq!(comes(json!({"staff": "N1", "groups": []})).status, 403, "in no group any more");
    assert_eq!(comes(json!({"staff": "N2", "groups": ["others"]})).status, 403);
    // An account of an administrator's stays as it is.
    assert_eq!(
        roles(&comes(json!({"staff": "D1", "groups": ["west"]}))),
        json!([{"role": "planner", "area": 0}])
    );
    // What is not in the token is asked for, and believed of the same person only.
    provider.tell(json!({"sub": "s-1", "groups": ["west"]}));
    assert_eq!(comes(json!({"staff": "N3"})).status, 200);
    provider.tell(json!({"sub": "s-2", "groups": ["west"]}));
    assert_eq!(comes(json!({"staff": "N4"})).status, 403);
    let reader = precinct_journal::Reader::open(&town.folder.path().join("data")).unwrap();
    let mut told = Vec::new();
    reader
        .read(1, &mut |row| {
            let body: Value = serde_json::from_str(row.body).unwrap();
            let facts = body["facts"].as_array().unwrap().iter();
            let changed = facts.map(|fact| &fact["account_changed.1"]);
            let of_it = changed.filter(|changed| changed["staff"] == "N1");
            told.extend(of_it.map(|changed| changed["change"].as_str().unwrap().to_owned()));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(told, ["created", "roles_changed", "roles_changed"]);
    let disabled = post(&administrator, "/api/v1/accounts/N3/disable", &json!({}));
    assert_eq!(disabled.status, 204);
    assert_eq!(comes(json!({"staff": "N3", "groups": ["west"]})).status, 401);
}

#[test]
fn a_provider_that_changes_its_keys_is_believed_again() {
    let provider = Provider::new();
    let town = town(&provider, |_| {});
    let _ = person(&administrator(&town), "D1", "dispatcher", 1);
    assert_eq!(comes_as(&town, &provider, &json!({"staff": "D1"})).status, 200);
    provider.use_key(9);
    // It is not asked again within seconds.
    crate::duty::soon("the new key is known", || {
        let going = begin(&town);
        let claims = provider.claims(&going.asked, &json!({"staff": "D1"}));
        let code = provider.code(&going.asked, token(&claims, (9, 9), "EdDSA"));
        going.back(&going.asked["state"], &code).status == 200
    });
}

#[test]
fn a_provider_that_is_down_holds_up_nobody() {
    let provider = Provider::new();
    let town = town(&provider, |oidc| oidc.issuer = "http://127.0.0.1:9".to_owned());
    let browser = browser(&town);
    let said = browser.get("/api/v1/oidc/start");
    assert_eq!(said.status, 503, "{said:?}");
    assert!(said.headers.get("retry-after").is_some());
    let _ = administrator(&town);
    let body = json!({"staff": "K100", "password": PASSWORD, "code": "000000"});
    assert_eq!(post(&town.stranger(), "/api/v1/session", &body).status, 401, "it is answered");
    drop(provider);
    let plain = Town::new();
    assert_eq!(
        plain.stranger().get("/api/v1/sign-in").body,
        json!({"password": true, "provider": null})
    );
    assert_eq!(plain.stranger().get("/api/v1/oidc/start").status, 404);
    assert_eq!(post(&plain.stranger(), "/api/v1/oidc/code", &json!({"code": "1"})).status, 404);
}

#[test]
fn settings_that_cannot_be_are_refused_at_the_start() {
    let provider = Provider::new();
    for (change, part) in [
        ((|oidc| oidc.issuer = "http://id.example".to_owned()) as fn(&mut Oidc), "oidc.issuer"),
        (|oidc| oidc.issuer = "nonsense".to_owned(), "oidc.issuer"),
        (|oidc| oidc.public = "ftp://town".to_owned(), "oidc.public"),
        (|oidc| oidc.client_secret = Some("/nowhere".into()), "oidc.client_secret"),
        (|oidc| oidc.authorities = Some("/nowhere".into()), "oidc.authorities"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        city::write(folder.path());
        let mut settings = provider.settings(folder.path());
        change(&mut settings);
        let why = Town::refused(&folder, |options| options.oidc = Some(settings));
        assert!(why.contains(part), "{why}");
    }
}
