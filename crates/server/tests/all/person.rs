//! People who sign in, as a browser of theirs would.

use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use crate::client::{Client, Said, Town};

pub(crate) const PASSWORD: &str = "four quiet horses at dawn";

pub(crate) fn post(client: &Client, path: &str, body: &Value) -> Said {
    client.send("post", path, &[("content-type", "application/json")], body.to_string().as_bytes())
}

/// RFC 4648, section 6.
fn base32(text: &str) -> Vec<u8> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        (bits, count) = (bits << 5 | u32::from(value), count + 5);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

/// The code an app shows (RFC 6238), by a second hand than the program's.
pub(crate) fn totp(secret: &str, seconds: u64) -> String {
    let mut key = base32(secret);
    key.resize(64, 0);
    let pad = |byte: u8| key.iter().map(|&one| one ^ byte).collect::<Vec<u8>>();
    let inner = Sha1::digest([pad(0x36), (seconds / 30).to_be_bytes().to_vec()].concat());
    let mac = Sha1::digest([pad(0x5c), inner.to_vec()].concat());
    let at = usize::from(mac[19] & 15);
    let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}

/// Signs in; the cookie and the page's token are kept.
#[track_caller]
pub(crate) fn signed_in(client: &Client, staff: &str, code: Option<&str>) -> Client {
    let body = json!({"staff": staff, "password": PASSWORD, "code": code});
    let said = post(client, "/api/v1/session", &body);
    assert_eq!(said.status, 200, "{said:?}");
    let cookie = said.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let mut signed = client.clone();
    signed.headers.push(("cookie".to_owned(), pair));
    let csrf = said.body["csrf"].as_str().unwrap().to_owned();
    signed.headers.push(("x-precinct-csrf".to_owned(), csrf));
    signed
}

/// Makes the first administrator.
pub(crate) fn set_up(town: &Town) -> Client {
    let stranger = town.stranger();
    let token = town.first_run.clone().unwrap();
    let body = json!({"token": token, "staff": "K100", "force": "police", "password": PASSWORD});
    assert_eq!(post(&stranger, "/api/v1/set-up", &body).status, 204);
    assert_eq!(post(&stranger, "/api/v1/set-up", &body).status, 401, "once");
    stranger
}

/// Sets up the second factor of whoever is signed in, and signs in with it.
#[track_caller]
pub(crate) fn with_factor(signed: &Client, staff: &str) -> Client {
    with_factor_and_codes(signed, staff).0
}

/// The same, and the codes to recover with.
#[track_caller]
pub(crate) fn with_factor_and_codes(signed: &Client, staff: &str) -> (Client, Vec<String>) {
    let factor = post(signed, "/api/v1/factor", &json!({}));
    assert_eq!(factor.status, 200, "{factor:?}");
    let secret = factor.body["secret"].as_str().unwrap();
    let code = json!({"code": totp(secret, now())});
    let confirmed = post(signed, "/api/v1/factor/confirm", &code);
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    let mut stranger = signed.clone();
    stranger.headers.clear();
    let body = json!({"staff": staff, "password": PASSWORD, "code": null});
    assert_eq!(post(&stranger, "/api/v1/session", &body).status, 401, "a code is needed by now");
    // The code that was used is not taken again; that of the next half minute is.
    let codes = serde_json::from_value(confirmed.body["codes"].clone()).unwrap();
    (signed_in(&stranger, staff, Some(&totp(secret, now() + 30))), codes)
}

/// An administrator with a second factor.
pub(crate) fn administrator(town: &Town) -> Client {
    let stranger = set_up(town);
    with_factor(&signed_in(&stranger, "K100", None), "K100")
}

/// Somebody who was invited by an administrator.
#[track_caller]
pub(crate) fn person(by: &Client, staff: &str, role: &str, area: u32) -> Client {
    let body = json!({"staff": staff, "force": "police", "roles": [{"role": role, "area": area}]});
    let token = by.ask("/api/v1/accounts", &body)["token"].clone();
    let mut stranger = by.clone();
    stranger.headers.clear();
    let accepted =
        post(&stranger, "/api/v1/accept", &json!({"token": token, "password": PASSWORD}));
    assert_eq!(accepted.status, 204, "{accepted:?}");
    signed_in(&stranger, staff, None)
}
