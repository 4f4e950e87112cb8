//! Reach of those who are free, and who is within minutes, through the doors.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::{self, crossing};
use crate::client::Town;

/// The town with two places of demand, in the south-west and in the north-east, one thrice the other.
fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let file = folder.path().join("city.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let demand = "[[demand]]\nfile = \"demand.csv\"\ncolumns = { lon = \"lon\", lat = \"lat\", weight = \"weight\" }\n";
    std::fs::write(&file, format!("{text}{demand}")).unwrap();
    let table = "lon,lat,weight\n113.502,22.1,3\n113.518,22.118,1\n";
    std::fs::write(folder.path().join("demand.csv"), table).unwrap();
    Town::of(folder, None)
}

fn shares(reach: &Value, key: &str) -> Vec<u64> {
    let features = reach["features"].as_array().unwrap().iter();
    features.map(|feature| feature["properties"][key].as_u64().unwrap()).collect()
}

#[test]
fn reach_follows_the_units_that_are_free() {
    let town = town();
    let control = town.control();
    let nobody = control.get("/api/v1/reach").body;
    assert_eq!((shares(&nobody, "demand"), shares(&nobody, "streets")), (vec![0; 3], vec![0; 3]));
    assert_eq!(nobody["features"][0]["geometry"]["coordinates"], json!([]));
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    // Another way of asking: what is asked as before may be two seconds old.
    let both = control.get("/api/v1/reach?minutes=5,1").body;
    assert_eq!((&both["type"], &both["units_at_post"]), (&json!("FeatureCollection"), &json!(2)));
    assert_eq!(shares(&both, "minutes"), [1, 5]);
    assert_eq!(shares(&both, "demand"), [10_000, 10_000]);
    let streets = shares(&both, "streets");
    assert!(0 < streets[0] && streets[0] < streets[1] && streets[1] <= 10_000, "{streets:?}");
    let incident = control.call(5, 5);
    let send = json!({"unit": 2, "recommendation": null});
    control.done(&format!("/api/v1/incidents/{incident}/assignments"), &send);
    let west = control.get("/api/v1/reach?minutes=1&units=free").body;
    assert_eq!((shares(&west, "demand"), &west["units_at_post"]), (vec![7_500], &json!(1)));
    let posts = control.get("/api/v1/reach?minutes=1&posts=open").body;
    assert_eq!((shares(&posts, "demand"), &posts["posts"]), (vec![10_000], &json!(2)));
    assert_eq!(posts["units_at_post"], 0);
}

#[test]
fn an_outline_of_a_box_leaves_out_what_is_elsewhere_and_shares_stay_those_of_the_city() {
    let town = town();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let all = control.get("/api/v1/reach?minutes=1").body;
    let west = control.get("/api/v1/reach?minutes=1&bbox=113.49,22.09,113.501,22.101").body;
    let parts =
        |reach: &Value| reach["features"][0]["geometry"]["coordinates"].as_array().unwrap().len();
    assert_eq!((parts(&all), parts(&west)), (2, 1));
    assert_eq!(all["features"][0]["properties"], west["features"][0]["properties"]);
}

#[test]
fn what_was_not_made_anew_is_not_sent_again() {
    let town = town();
    let mut control = town.control();
    let first = control.get("/api/v1/reach");
    assert_eq!(first.headers["content-type"], "application/geo+json");
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    control.headers.push(("if-none-match".to_owned(), tag.clone()));
    let again = control.get("/api/v1/reach");
    // However slow the machine is: either it is the same picture, or another with another tag.
    let same = again.headers["etag"].to_str().unwrap() == tag;
    assert_eq!(again.status, if same { 304 } else { 200 });
    let other = control.get("/api/v1/reach?minutes=2");
    assert_eq!((other.status, other.headers["etag"] == tag.as_str()), (200, false));
}

#[test]
fn who_is_within_minutes_comes_soonest_first() {
    let town = town();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let near_west = "/api/v1/within?lon=113.504&lat=22.1&minutes=60";
    let all = control.get(&format!("{near_west}&posts=open")).body;
    let number = |list: &str, key: &str| -> Vec<u64> {
        all[list].as_array().unwrap().iter().map(|one| one[key].as_u64().unwrap()).collect()
    };
    assert_eq!((number("units", "unit"), number("posts", "post")), (vec![1, 2], vec![1, 2]));
    assert_eq!(number("units", "travel_ms"), number("posts", "travel_ms"));
    // One block of 413 m on a residential street: the way there says the same.
    let way = json!({"from": {"unit": 1}, "to": {"at": crossing(1, 0)}});
    let way = control.ask("/api/v1/routes", &way);
    assert_eq!(all["units"][0]["travel_ms"], way["travel_ms"]);
    let soon = control.get("/api/v1/within?lon=113.504&lat=22.1&minutes=1").body;
    assert_eq!((&soon["units_in_all"], &soon["units"][0]["call_sign"]), (&json!(1), &json!("E1")));
    let incident = control.call(1, 0);
    let send = json!({"unit": 1, "recommendation": null});
    control.done(&format!("/api/v1/incidents/{incident}/assignments"), &send);
    let free = control.get(&format!("{near_west}&units=free")).body;
    assert_eq!((&free["units_in_all"], &free["units"][0]["unit"]), (&json!(1), &json!(2)));
    let all = control.get(near_west).body;
    assert_eq!(
        (&all["units_in_all"], &all["units"][0]["status"]),
        (&json!(2), &json!("dispatched"))
    );
}

#[test]
fn each_sees_the_units_of_its_own_area() {
    let town = town();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let east = town.machine("east", &[Role::Dispatcher], 2);
    assert_eq!(east.get("/api/v1/reach?minutes=60").body["units_at_post"], 1);
    let within = east.get("/api/v1/within?lon=113.504&lat=22.1&minutes=60").body;
    assert_eq!((&within["units_in_all"], &within["units"][0]["unit"]), (&json!(1), &json!(2)));
    let planner = town.machine("plans", &[Role::Planner], 0);
    assert_eq!(planner.get("/api/v1/reach").status, 403);
}

#[test]
fn what_is_wrong_is_told() {
    let town = town();
    let control = town.control();
    for wrong in [
        "/reach?minutes=0",
        "/reach?minutes=61",
        "/reach?minutes=1,x",
        "/reach?minutes=1,2,3,4,5,6,7",
        "/reach?units=all",
        "/reach?posts=closed",
        "/reach?bbox=1,2,3",
        "/within?lon=113.5&lat=22.1",
        "/within?lon=200&lat=22.1&minutes=1",
        "/within?lon=113.5&lat=22.1&minutes=1.5",
    ] {
        assert_eq!(control.get(&format!("/api/v1{wrong}")).status, 400, "{wrong}");
    }
}
