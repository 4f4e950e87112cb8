//! What is wrong with the city's files, through the doors.

use precinct_core::Role;

use crate::client::Town;
use crate::person::{administrator, person};

#[test]
fn a_fault_in_a_file_is_told_with_its_place_and_its_mend() {
    let town = Town::new();
    let planner = town.machine("plans", &[Role::Planner], 0);
    let said = planner.get("/api/v1/city/check");
    assert_eq!((said.status, &said.body["sound"]), (200, &true.into()), "{:?}", said.body);
    // Files are looked at as they are now, not as they were when the city was opened.
    let file = town.folder.path().join("city.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let sites = "[[demand]]\nfile = \"demand.csv\"\ncolumns = { lon = \"lon\", lat = \"lat\" }\n";
    std::fs::write(&file, format!("{text}{sites}")).unwrap();
    std::fs::write(town.folder.path().join("demand.csv"), "lon,lat\n113.5,22.1\n113.5,north\n")
        .unwrap();
    let told = planner.get("/api/v1/city/check").body;
    assert_eq!((&told["sound"], &told["faults"]), (&false.into(), &1.into()), "{told}");
    let listed = told["listed"].as_array().unwrap();
    let fault = listed.iter().find(|one| one["severity"] == "fault").unwrap();
    assert_eq!((&fault["row"], &fault["column"]), (&3.into(), &"lat".into()), "{fault}");
    assert!(fault["file"].as_str().unwrap().ends_with("demand.csv"), "{fault}");
    let what = &fault["what"];
    let params = serde_json::json!({ "text": "north" });
    assert_eq!((&what["code"], &what["params"]), (&"not_degrees".into(), &params), "{fault}");
    assert_eq!(what["en"], "\"north\" is not a number of degrees");
    assert_eq!(what["zh"], "“north”不是度数");
    assert_eq!(fault["mend"]["zh"], "请写带小数点的数字，例如 113.5439");
}

#[test]
fn a_city_that_is_gone_is_said_to_be() {
    let town = Town::new();
    std::fs::remove_file(town.folder.path().join("city.toml")).unwrap();
    let planner = town.machine("plans", &[Role::Planner], 0);
    let said = planner.get("/api/v1/city/check");
    assert_eq!(said.status, 409, "{:?}", said.body);
}

#[test]
fn administrators_and_planners_of_the_city_may_ask() {
    let town = Town::new();
    let administrator = administrator(&town);
    assert_eq!(administrator.get("/api/v1/city/check").status, 200);
    let dispatcher = person(&administrator, "D1", "dispatcher", 0);
    assert_eq!(dispatcher.get("/api/v1/city/check").status, 403);
    let west = town.machine("west", &[Role::Planner], 1);
    assert_eq!(west.get("/api/v1/city/check").status, 403);
}
