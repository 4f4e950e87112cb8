//! Finding places by name, and the base map under them.

use std::io::Read as _;
use std::time::Duration;

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::{self, crossing};
use crate::client::{Client, Said, Town};

/// Two houses, and one without a number that nobody finds.
const ADDRESSES: &str = "no,road,unit,lon,lat\n12,Street 1,Shop,113.5010,22.1037\n8,中山路2,,113.5081,22.1010\n,Street 3,,113.5,22.1\n";
const TABLE: &str = "
[[addresses]]
file = \"addresses.csv\"
columns = { lon = \"lon\", lat = \"lat\", number = \"no\", street = \"road\", detail = \"unit\" }
";

/// The town with addresses, and with somebody to thank.
fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let file = folder.path().join("city.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("attribution = [\"Survey of Gridtown\"]\n{text}{TABLE}"))
        .unwrap();
    std::fs::write(folder.path().join("addresses.csv"), ADDRESSES).unwrap();
    Town::of(folder, None)
}

/// Asks until what is made beside the start is there; until then the answer must say when to ask again.
#[track_caller]
fn once_there<T>(
    mut ask: impl FnMut() -> (u16, ureq::http::HeaderMap, T),
) -> (u16, ureq::http::HeaderMap, T) {
    for _ in 0..600 {
        let (status, headers, body) = ask();
        if status != 503 {
            return (status, headers, body);
        }
        let again: u64 = headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=2).contains(&again));
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it is never there");
}

fn ask(client: &Client, path: &str) -> Said {
    let (status, headers, body) = once_there(|| {
        let Said { status, headers, body } = client.get(path);
        (status, headers, body)
    });
    Said { status, body, headers }
}

fn search(client: &Client, text: &str, more: &str) -> Said {
    let text: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    ask(client, &format!("/api/v1/search?q={}{more}", text.concat()))
}

/// What is found, best first.
#[track_caller]
fn found(client: &Client, text: &str, more: &str) -> Vec<Value> {
    let said = search(client, text, more);
    assert_eq!(said.status, 200, "{text}: {:?}", said.body);
    said.body.as_array().unwrap().clone()
}

/// Kind, label and place of the best.
#[track_caller]
fn first(client: &Client, text: &str, more: &str) -> (String, String, Value) {
    let found = found(client, text, more);
    let best = found.first().unwrap_or_else(|| panic!("nothing is called {text}"));
    let text = |key: &str| best[key].as_str().unwrap().to_owned();
    (text("kind"), text("label"), best["at"].clone())
}

/// A tile as it is: what it holds, unpacked.
fn tile(client: &Client, path: &str, tag: Option<&str>) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
    once_there(|| {
        let mut request = client.agent.get(format!("{}{path}", client.base));
        for (name, value) in &client.headers {
            request = request.header(name, value);
        }
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        let mut response = request.call().unwrap();
        let mut bytes = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut bytes).unwrap();
        (response.status().as_u16(), response.headers().clone(), bytes)
    })
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_call_taker_finds_streets_and_crossings() {
    let town = town();
    let control = town.control();
    let (kind, label, _) = first(&control, "street 3", "");
    assert_eq!((kind.as_str(), label.as_str()), ("street", "Street 3"));
    for text in ["Street 1 & 中山路2", "中山路2与Street 1", "corner of street 1 and zhongshan lu 2"]
    {
        let (kind, label, at) = first(&control, text, "");
        assert_eq!((kind.as_str(), at), ("crossing", crossing(2, 1)), "{text}: {label}");
        assert!(label.contains("Street 1") && label.contains("中山路2"), "{label}");
    }
    let streets = found(&control, "zsl", "");
    assert_eq!(streets.len(), 6, "{streets:?}");
    for street in &streets {
        let label = street["label"].as_str().unwrap();
        assert!(street["kind"] == "street" && label.starts_with("中山路"), "{street}");
        assert_eq!(street["how"], "initials");
    }
}

#[test]
fn a_call_taker_finds_posts_areas_and_addresses() {
    let town = town();
    let control = town.control();
    let east = &found(&control, "east station", "")[0];
    assert_eq!((&east["kind"], &east["label"]), (&json!("post"), &json!("东所")));
    assert_eq!(
        (&east["number"], &east["area"], &east["at"]),
        (&json!(2), &json!(2), &crossing(5, 5))
    );
    assert_eq!(first(&control, "west", "").1, "West");
    let (kind, label, at) = first(&control, "12 street 1", "");
    assert_eq!((kind.as_str(), at), ("address", json!([113.501, 22.1037])), "{label}");
    assert!(label.contains("12") && label.contains("Street 1"), "{label}");
    let (kind, label, at) = first(&control, "中山路2 8号", "");
    assert_eq!((kind.as_str(), at), ("address", json!([113.5081, 22.101])), "{label}");
    assert_eq!(found(&control, "nothing of the kind", ""), [] as [Value; 0]);
}

#[test]
fn language_nearness_and_number_are_as_asked() {
    let town = town();
    let control = town.control();
    for (lang, label) in [("", "东所"), ("&lang=zh", "东所"), ("&lang=en", "East Station")] {
        assert_eq!(first(&control, "east station", lang).1, label);
    }
    for (near, label) in [("113.512,22.1072", "中山路3"), ("113.52,22.1036", "中山路5")] {
        let streets = found(&control, "zsl", &format!("&near={near}&limit=2"));
        assert_eq!((streets.len(), &streets[0]["label"]), (2, &json!(label)));
    }
    for wrong in ["&lang=fr", "&near=22.1", "&near=22.1,113.5", "&near=here", "&limit=many"] {
        assert_eq!(search(&control, "zsl", wrong).status, 400, "{wrong}");
    }
}

#[test]
fn the_base_map_holds_the_streets_of_the_town() {
    let town = town();
    let control = town.control();
    let (status, headers, bytes) = tile(&control, "/tiles/14/13357/7160", None);
    assert_eq!(
        (status, &headers["content-type"]),
        (200, &"application/vnd.mapbox-vector-tile".parse().unwrap())
    );
    for name in ["road", "Street 0", "Street 1", "中山路0", "中山路2"] {
        assert!(holds(&bytes, name), "{name}");
    }
    assert!(!holds(&bytes, "中山路5"), "it is in the next tile");
    let tag = headers["etag"].to_str().unwrap();
    let (status, _, bytes) = tile(&control, "/tiles/14/13357/7160", Some(tag));
    assert_eq!((status, bytes.len()), (304, 0));
    assert_eq!(tile(&control, "/tiles/14/13357/7160", Some("\"other\"")).0, 200);
    let (status, _, bytes) = tile(&control, "/tiles/14/1/1", None);
    assert_eq!((status, bytes.len()), (204, 0));
    assert_eq!(ask(&control, "/tiles/14/16384/0").status, 404);
    assert_eq!(ask(&control, "/tiles/17/0/0").status, 404);
}

#[test]
fn the_base_map_says_whose_it_is_and_what_is_in_it() {
    let town = town();
    let said = ask(&town.control(), "/tiles.json");
    assert_eq!((said.status, &said.body["tilejson"]), (200, &json!("3.0.0")));
    assert_eq!(said.body["attribution"], "Survey of Gridtown");
    let layers = said.body["vector_layers"].as_array().unwrap();
    let road = layers.iter().find(|layer| layer["id"] == "road").unwrap();
    assert!(road["fields"].get("name").is_some(), "{road}");
    let bounds: Vec<f64> =
        said.body["bounds"].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect();
    assert!(bounds[0] <= 113.5 && bounds[1] <= 22.1 && bounds[2] >= 113.52 && bounds[3] >= 22.118);
}

#[test]
fn places_are_shown_to_those_who_may_see_them() {
    let town = town();
    let gateway = town.machine("radio", &[Role::Gateway], 0);
    for path in ["/api/v1/search?q=zsl", "/tiles/14/13357/7160", "/tiles.json"] {
        assert_eq!(gateway.get(path).status, 403, "{path}");
        assert_eq!(town.stranger().get(path).status, 401, "{path}");
    }
}
