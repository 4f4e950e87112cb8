//! People: the first run, signing in with a second factor, requests from other pages.

use serde_json::{Value, json};

use crate::client::{Client, Said, Town};

const PASSWORD: &str = "four quiet horses at dawn";

fn post(client: &Client, path: &str, body: &Value) -> Said {
    client.send("post", path, &[("content-type", "application/json")], body.to_string().as_bytes())
}

fn set_up(town: &Town) -> Client {
    let stranger = town.stranger();
    let token = town.first_run.clone().unwrap();
    let body = json!({"token": token, "staff": "K100", "force": "police", "password": PASSWORD});
    assert_eq!(post(&stranger, "/api/v1/set-up", &body).status, 204);
    assert_eq!(post(&stranger, "/api/v1/set-up", &body).status, 401, "once");
    stranger
}

/// Signs in; the cookie and the page's token are kept.
fn signed_in(client: &Client, code: Option<&str>) -> Client {
    let body = json!({"staff": "K100", "password": PASSWORD, "code": code});
    let said = post(client, "/api/v1/session", &body);
    assert_eq!(said.status, 200, "{said:?}");
    let cookie = said.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let mut signed = client.clone();
    signed.headers.push(("cookie".to_owned(), pair));
    signed
        .headers
        .push(("x-precinct-csrf".to_owned(), said.body["csrf"].as_str().unwrap().to_owned()));
    signed
}

#[test]
fn the_first_administrator_signs_in_sets_up_a_factor_and_invites() {
    let town = Town::new();
    let stranger = set_up(&town);
    let administrator = signed_in(&stranger, None);
    let session = administrator.get("/api/v1/session").body;
    assert_eq!(session["roles"], json!([{"role": "administrator", "area": 0}]));
    let factor = post(&administrator, "/api/v1/factor", &json!({}));
    assert_eq!(factor.status, 200, "{factor:?}");
    let address = factor.body["address"].as_str().unwrap();
    assert!(address.starts_with("otpauth://totp/Precinct:K100?secret="), "{address}");
    assert_eq!(
        post(&administrator, "/api/v1/factor/confirm", &json!({"code": "000000"})).status,
        400
    );
    // An administrator does not read the board, and nobody's page but this session's may act for it.
    assert_eq!(administrator.get("/api/v1/board").status, 403);
    let mut other = administrator.clone();
    other.headers.retain(|(name, _)| name != "x-precinct-csrf");
    assert_eq!(post(&other, "/api/v1/factor", &json!({})).status, 403);
    assert_eq!(other.get("/api/v1/session").status, 200);
}

#[test]
fn wrong_passwords_are_slow_to_guess_and_say_nothing() {
    let town = Town::new();
    let stranger = set_up(&town);
    let guess = |staff: &str| {
        post(&stranger, "/api/v1/session", &json!({"staff": staff, "password": "x", "code": null}))
    };
    let (wrong, nobody) = (guess("K100"), guess("K999"));
    assert_eq!((wrong.status, &wrong.body["detail"]), (401, &nobody.body["detail"]));
    let mut last = wrong;
    for _ in 0..8 {
        last = guess("K100");
    }
    assert_eq!(last.status, 429, "{last:?}");
    assert!(last.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() > 0);
    assert_eq!(town.stranger().get("/api/v1/session").status, 401);
}
