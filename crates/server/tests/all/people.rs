//! People: the first run, signing in with a second factor, requests from other pages.

use serde_json::json;

use crate::client::Town;
use crate::person::{administrator, person, post, set_up, signed_in};

#[test]
fn the_first_administrator_signs_in_sets_up_a_factor_and_invites() {
    let town = Town::new();
    let stranger = set_up(&town);
    let signed = signed_in(&stranger, "K100", None);
    let session = signed.get("/api/v1/session").body;
    assert_eq!(session["roles"], json!([{"role": "administrator", "area": 0}]));
    let body = json!({"staff": "D1", "force": "police", "roles": []});
    let refused = post(&signed, "/api/v1/accounts", &body);
    assert_eq!(refused.status, 403);
    assert!(refused.body["detail"].as_str().unwrap().contains("second factor"), "{refused:?}");
    assert_eq!(post(&signed, "/api/v1/factor/confirm", &json!({"code": "000000"})).status, 400);
    let administrator = crate::person::with_factor(&signed, "K100");
    let dispatcher = person(&administrator, "D1", "dispatcher", 0);
    assert_eq!(dispatcher.get("/api/v1/board").status, 200);
    let accounts = administrator.get("/api/v1/accounts").body;
    let staff: Vec<&str> =
        accounts.as_array().unwrap().iter().map(|one| one["staff"].as_str().unwrap()).collect();
    assert_eq!(staff, ["D1", "K100"]);
    // Who gives rights does none of the work they are for.
    assert_eq!(administrator.get("/api/v1/board").status, 403);
    assert_eq!(post(&administrator, "/api/v1/accounts/D1/disable", &json!({})).status, 204);
    assert_eq!(dispatcher.get("/api/v1/board").status, 401, "its sessions have ended");
}

#[test]
fn a_request_that_changes_something_comes_from_a_page_of_its_session() {
    let town = Town::new();
    let administrator = administrator(&town);
    let mut elsewhere = administrator.clone();
    elsewhere.headers.retain(|(name, _)| name != "x-precinct-csrf");
    assert_eq!(post(&elsewhere, "/api/v1/factor", &json!({})).status, 403);
    assert_eq!(elsewhere.get("/api/v1/session").status, 200);
    elsewhere.headers.push(("x-precinct-csrf".to_owned(), "0".repeat(64)));
    assert_eq!(post(&elsewhere, "/api/v1/factor", &json!({})).status, 403);
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

#[test]
fn the_first_one_of_a_drill_may_try_everything_and_of_a_city_at_work_administers_alone() {
    let drill =
        precinct_server::Drill { from: precinct_base::Timestamp(1_704_700_800_000), speed: 1 };
    let folder = tempfile::tempdir().unwrap();
    crate::city::write(folder.path());
    for (town, roles) in [(Town::new(), 1), (Town::of(folder, Some(drill)), 6)] {
        let signed = signed_in(&set_up(&town), "K100", None);
        let session = signed.get("/api/v1/session").body;
        assert_eq!(session["roles"].as_array().unwrap().len(), roles, "{session}");
        assert_eq!(signed.get("/api/v1/board").status == 200, roles > 1);
    }
}
