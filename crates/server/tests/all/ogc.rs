//! OGC API – Features and EIDO, as other programs ask for them.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city;
use crate::client::{Client, Town, key};

const SITES: &str = r#"
[[sites]]
file = "sites.csv"
columns = { name = "name", lon = "lon", lat = "lat" }
constants = { kind = "school", grade = "key" }
"#;

/// The town with two schools, one in the west and one in the east.
fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let toml = folder.path().join("city.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    std::fs::write(&toml, text + SITES).unwrap();
    let sites = "name,lon,lat\nWest School,113.501,22.101\nEast School,113.519,22.115\n";
    std::fs::write(folder.path().join("sites.csv"), sites).unwrap();
    Town::of(folder, None)
}

#[track_caller]
fn items(client: &Client, rest: &str) -> Value {
    let said = client.get(&format!("/ogc/collections/{rest}"));
    assert_eq!(said.status, 200, "{rest}: {:?}", said.body);
    assert_eq!(said.headers["content-type"], "application/geo+json");
    let returned = said.body["features"].as_array().unwrap().len();
    assert_eq!(said.body["numberReturned"], returned, "{rest}");
    said.body
}

fn numbers(items: &Value) -> Vec<u64> {
    items["features"].as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect()
}

fn link(document: &Value, rel: &str) -> Option<String> {
    let links = document["links"].as_array().unwrap();
    let found = links.iter().find(|link| link["rel"] == rel)?;
    Some(found["href"].as_str().unwrap().to_owned())
}

/// Follows a link as it stands.
fn follow(client: &Client, href: &str) -> Value {
    let path = href.strip_prefix(&client.base).unwrap_or_else(|| panic!("{href} leads elsewhere"));
    let said = client.get(path);
    assert_eq!(said.status, 200, "{href}: {:?}", said.body);
    said.body
}

#[test]
fn everything_is_found_from_the_landing_page_by_its_links() {
    let town = town();
    let control = town.control();
    control.call(0, 0);
    let landing = control.get("/ogc").body;
    let conformance = follow(&control, &link(&landing, "conformance").unwrap());
    assert!(
        conformance["conformsTo"][0].as_str().unwrap().ends_with("ogcapi-features-1/1.0/conf/core")
    );
    let document = follow(&control, &link(&landing, "service-desc").unwrap());
    let parameters = &document["paths"]["/ogc/collections/{collection}/items"]["get"]["parameters"];
    let parameters: Vec<&str> = parameters
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["in"] == "query" && one["required"] == false)
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(parameters, ["limit", "bbox", "datetime", "after"]);
    assert_eq!(control.get("/ogc/api").body, document);
    assert!(follow(&control, &link(&landing, "service-doc").unwrap()).is_string());
    let collections = follow(&control, &link(&landing, "data").unwrap());
    let mut found = Vec::new();
    for collection in collections["collections"].as_array().unwrap() {
        let alone = follow(&control, &link(collection, "self").unwrap());
        assert_eq!(&alone, collection);
        let items = follow(&control, &link(collection, "items").unwrap());
        for feature in items["features"].as_array().unwrap() {
            let path = format!("{}/{}", link(collection, "items").unwrap(), feature["id"]);
            let mut one = follow(&control, &path);
            assert_eq!(link(&one, "self").unwrap(), path);
            one.as_object_mut().unwrap().remove("links");
            assert_eq!(&one, feature);
        }
        found.push((collection["id"].as_str().unwrap().to_owned(), numbers(&items).len()));
    }
    let expected = [("posts", 2), ("sites", 2), ("areas", 3), ("incidents", 1)];
    assert_eq!(found, expected.map(|(name, count)| (name.to_owned(), count)));
    let extent = &collections["collections"][1]["extent"]["spatial"]["bbox"];
    assert_eq!(extent, &json!([[113.501, 22.101, 113.519, 22.115]]));
}

#[test]
fn features_say_what_the_board_says_and_nothing_that_was_written_freely() {
    let town = town();
    let control = town.control();
    let incident = control.call(1, 1);
    let posts = items(&control, "posts/items");
    assert_eq!(posts["features"][1]["properties"]["name_zh"], "东所");
    assert_eq!(posts["features"][0]["geometry"]["type"], "Point");
    let areas = items(&control, "areas/items");
    assert_eq!(areas["features"][0]["geometry"], Value::Null, "the whole city has no shape");
    let ring = &areas["features"][1]["geometry"]["coordinates"][0][0];
    assert_eq!(ring.as_array().unwrap().len(), 5);
    let sites = items(&control, "sites/items");
    assert_eq!(
        sites["features"][0]["properties"],
        json!({
            "site": 0, "kind": "school", "name": "West School", "name_en": "", "name_zh": "", "area": 1, "grade": "key",
        })
    );
    let one = &items(&control, "incidents/items")["features"][0];
    assert_eq!(one["geometry"]["coordinates"], city::crossing(1, 1));
    let said = &one["properties"];
    assert_eq!(
        (&said["incident"], &said["status"], &said["kind"], &said["priority"], &said["area"]),
        (&json!(incident), &json!("open"), &json!("disturbance"), &json!(3), &json!(1))
    );
    for secret in ["loud", "flat", "key/control"] {
        assert!(!one.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn pages_lead_to_the_next_and_together_are_everything() {
    let town = town();
    let control = town.control();
    let all: Vec<u64> = (0..5).map(|x| control.call(x, 5 - x)).collect();
    let mut page = items(&control, "incidents/items?limit=2");
    assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&json!(5), &json!(2)));
    let (mut seen, mut pages) = (numbers(&page), 1);
    while let Some(next) = link(&page, "next") {
        page = follow(&control, &next);
        assert_eq!(page["numberMatched"], 5);
        seen.extend(numbers(&page));
        pages += 1;
    }
    assert_eq!((seen, pages), (all, 3));
    let whole = items(&control, "incidents/items?limit=99999999999");
    assert_eq!((whole["numberReturned"].as_u64(), link(&whole, "next")), (Some(5), None));
}

#[test]
fn boxes_and_intervals_choose() {
    let town = town();
    let control = town.control();
    let (first, second) = (control.call(0, 0), control.call(5, 5));
    let cancel = json!({"reason": "false_alarm"});
    control.done(&format!("/api/v1/incidents/{first}/cancel"), &cancel);
    let known = items(&control, "incidents/items");
    let ended = known["features"][0]["properties"]["ended"].as_str().unwrap().to_owned();
    let west = "bbox=113.49,22.09,113.505,22.13";
    let chosen = |rest: &str| numbers(&items(&control, rest));
    assert_eq!(chosen(&format!("incidents/items?{west}")), [first]);
    assert_eq!(chosen("incidents/items?bbox=113.49,22.09,-5,113.505,22.13,50"), [first]);
    assert_eq!(chosen(&format!("sites/items?{west}")), [0]);
    assert_eq!(chosen(&format!("areas/items?{west}")), [0, 1], "what has no shape is in every box");
    assert_eq!(chosen("areas/items?bbox=113.505,22.10,113.515,22.11"), [0, 1, 2]);
    assert_eq!(chosen("posts/items?bbox=0,0,1,1"), Vec::<u64>::new());
    let later = control.get("/api/v1/clock").body["now"].as_str().unwrap().to_owned();
    assert!(later >= ended);
    assert_eq!(chosen("incidents/items?datetime=2100-01-01T00:00:00Z/.."), [second]);
    assert_eq!(chosen(&format!("incidents/items?datetime=../{later}&limit=10")), [first, second]);
    assert_eq!(chosen("incidents/items?datetime=1990-01-01T00:00:00Z"), Vec::<u64>::new());
    assert_eq!(chosen("posts/items?datetime=1990-01-01T00:00:00Z").len(), 2, "posts have no time");
}

#[test]
fn what_is_asked_wrongly_is_refused() {
    let town = town();
    let control = town.control();
    for bad in [
        "?f=json",
        "/conformance?f=json",
        "/api?x=1",
        "/collections?limit=1",
        "/collections/posts?bbox=1,2,3,4",
        "/collections/posts/items?offset=3",
        "/collections/posts/items?limit=0",
        "/collections/posts/items?limit=-1",
        "/collections/posts/items?limit=many",
        "/collections/posts/items?bbox=1,2,3",
        "/collections/posts/items?bbox=1,2,3,x",
        "/collections/posts/items?bbox=1,5,3,4",
        "/collections/posts/items?datetime=noon",
        "/collections/posts/items?limit=1&limit=2",
        "/collections/posts/items/1?x=1",
    ] {
        let said = control.get(&format!("/ogc{bad}"));
        assert_eq!(said.status, 400, "{bad}: {:?}", said.body);
        assert_eq!(said.headers["content-type"], "application/problem+json", "{bad}");
    }
    for missing in ["units", "units/items", "posts/items/99", "posts/items/one", "units/items/1"] {
        let said = control.get(&format!("/ogc/collections/{missing}"));
        assert_eq!(said.status, 404, "{missing}: {:?}", said.body);
    }
}

#[test]
fn who_does_not_see_the_board_of_an_area_sees_none_of_it_here() {
    let town = town();
    let control = town.control();
    let (west, east) = (control.call(0, 0), control.call(5, 5));
    let stranger = town.stranger();
    assert_eq!(stranger.get("/ogc").status, 200);
    let dispatcher = town.machine("west", &[Role::Dispatcher], 1);
    let gateway = town.machine("gateway", &[Role::Gateway], 0);
    for path in ["", "/incidents", "/incidents/items", "/posts/items/1"] {
        let path = format!("/ogc/collections{path}");
        assert_eq!(stranger.get(&path).status, 401, "{path}");
        assert_eq!(gateway.get(&path).status, 403, "{path}");
        assert_eq!(dispatcher.get(&path).status, 200, "{path}");
    }
    assert_eq!(numbers(&items(&dispatcher, "incidents/items")), [west]);
    assert_eq!(items(&dispatcher, "incidents/items")["numberMatched"], 1);
    assert_eq!(numbers(&items(&dispatcher, "sites/items")), [0]);
    assert_eq!(numbers(&items(&dispatcher, "posts/items")), [1]);
    let hidden = format!("/ogc/collections/incidents/items/{east}");
    assert_eq!(dispatcher.get(&hidden).status, 404);
    assert_eq!(control.get(&hidden).status, 200);
    let eido =
        |client: &Client, id: u64| client.get(&format!("/api/v1/incidents/{id}/eido")).status;
    assert_eq!(
        (
            eido(&dispatcher, west),
            eido(&dispatcher, east),
            eido(&gateway, west),
            eido(&stranger, west)
        ),
        (200, 403, 403, 401)
    );
}

/// That every part has what the schema of NENA-STA-021.1 asks of every part, and that what is referred to is there.
fn check_parts(eido: &Value) {
    let (mut ids, mut references) = (Vec::new(), Vec::new());
    let mut rest = vec![eido];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(to) = fields.get("$ref") {
                    assert_eq!(fields.len(), 1);
                    references.push(to);
                } else {
                    for required in ["$id", "lastUpdateTimeStamp", "updatedByAgencyReference"] {
                        assert!(fields.contains_key(required), "{required} in {value}");
                    }
                    ids.push(&fields["$id"]);
                }
                rest.extend(fields.values());
            }
            Value::Array(values) => rest.extend(values),
            _ => {}
        }
    }
    assert!(references.iter().all(|to| ids.contains(to)), "{references:?} in {ids:?}");
    ids.sort_by_key(ToString::to_string);
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
}

fn eido(client: &Client, incident: u64) -> Value {
    let said = client.get(&format!("/api/v1/incidents/{incident}/eido"));
    assert_eq!(said.status, 200, "{:?}", said.body);
    assert_eq!(said.headers["content-type"], "application/emergency.eido+json");
    check_parts(&said.body);
    said.body
}

#[test]
fn an_incident_is_told_to_another_control_room() {
    let town = town();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let incident = control.call(1, 0);
    let new = eido(&control, incident);
    let id = new["$id"].as_str().unwrap();
    assert!(id.starts_with("urn:emergency:uid:incidentid:") && id.ends_with(":127.0.0.1"), "{id}");
    assert_eq!(
        (&new["eidoVersion"], &new["issuingElementIdentification"]),
        (&json!("1.0"), &json!("127.0.0.1"))
    );
    let component = &new["incidentComponent"];
    assert_eq!(component["incidentTypeCommonRegistryText"], "DISORD");
    assert_eq!(component["incidentStatusCommonRegistryText"], json!(["Active"]));
    assert_eq!(component["incidentCommonPriorityNumber"], 6);
    assert_eq!(new["dispatchComponent"], Value::Null);
    let place = new["locationComponent"][0]["locationByValue"].as_str().unwrap();
    let at = city::place(1, 0).degrees();
    assert!(place.contains(&format!("<gml:pos>{} {}</gml:pos>", at.1, at.0)), "{place}");
    let tasks = format!("/api/v1/incidents/{incident}/assignments");
    control.done(&tasks, &json!({"unit": 1, "recommendation": null}));
    control.done(&format!("{tasks}/1/en-route"), &json!({"at": null}));
    let under_way = eido(&control, incident);
    assert_eq!(under_way["$id"], new["$id"], "the same incident");
    let unit = &under_way["emergencyResourceComponent"][0];
    assert_eq!(
        (&unit["emergencyResourceName"], &unit["secondaryUnitStatusRegistryText"]),
        (&json!("E1"), &json!(["EnRoute"]))
    );
    assert_eq!(
        under_way["dispatchComponent"][0]["emergencyResourceReference"][0]["$ref"],
        unit["$id"]
    );
    assert_eq!(
        under_way["incidentComponent"]["incidentStatusCommonRegistryText"],
        json!(["Active", "ResourcesAssigned", "ResourcesEnroute"])
    );
    for secret in ["loud", "flat", "C1\"", "key/control"] {
        assert!(!under_way.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn merges_and_endings_are_told_too() {
    let town = town();
    let control = town.control();
    let (one, other) = (control.call(1, 0), control.call(1, 0));
    let merge = format!("/api/v1/incidents/{other}/merge");
    control.done(&merge, &json!({"into": one}));
    let (kept, gone) = (eido(&control, one), eido(&control, other));
    let of = |eido: &Value| {
        let merge = &eido["mergeComponent"][0];
        (merge["incidentMergeDirectionCode"].clone(), merge["incidentTrackingIdentifier"].clone())
    };
    assert_eq!(of(&kept), (json!("REPLACED"), gone["$id"].clone()));
    assert_eq!(of(&gone), (json!("REPLACING"), kept["$id"].clone()));
    let path = format!("/api/v1/incidents/{one}/resolve");
    assert_eq!(
        control.command(&key(), "post", &path, &json!({"disposition": "nothing_found"})).status,
        200
    );
    let ended = &eido(&control, one)["incidentComponent"];
    assert_eq!(ended["incidentStatusCommonRegistryText"], json!(["Closed"]));
    assert_eq!(ended["dispositionComponent"][0]["dispositionCommonRegistryCode"], "14");
    assert_eq!(control.get("/api/v1/incidents/99/eido").status, 404);
}
