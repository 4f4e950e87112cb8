//! `precinct city`.

use std::fs;

use serde_json::json;

use crate::world::World;

#[test]
fn a_road_file_is_the_same_every_time() {
    let world = World::town("build");
    for name in ["one.roads", "two.roads"] {
        let said = world.run(&["city", "build", "town.osm", "-o", name]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.contains("stretches of road"), "{}", said.out);
    }
    assert_eq!(
        fs::read(world.path("one.roads")).unwrap(),
        fs::read(world.path("two.roads")).unwrap()
    );
}

#[test]
fn a_damaged_road_file_is_made_anew() {
    let world = World::town("damaged");
    let ask = ["reach", "town.osm", "--from", "20,10", "--minutes", "5", "--json"];
    let first = world.run(&ask);
    for entry in fs::read_dir(world.path("cache")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    let second = world.run(&ask);
    assert_eq!((second.code, second.out), (0, first.out));
    assert!(second.err.contains("damaged") && second.err.contains("made anew"), "{}", second.err);
    assert_eq!(world.run(&ask).err, "");
}

#[test]
fn check_tells_every_fault_with_its_place_and_ends_with_1() {
    let world = World::line("check");
    assert_eq!(world.run(&["city", "check", "line"]).code, 0);
    world.write(
        "line/posts.csv",
        "lon,lat,name,kind\n0,0,West,police_station\nfar,0,East,police_station\n",
    );
    let said = world.run(&["city", "check", "line"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("posts.csv:3:lon"), "{}", said.out);
    assert!(said.out.contains("1 fault to mend."), "{}", said.out);
    let said = world.run(&["--lang", "zh", "city", "check", "line"]);
    assert!(
        said.out.contains("posts.csv:3:lon：“far”不是度数——请写带小数点的数字"),
        "{}",
        said.out
    );
    assert!(said.out.contains("1 处须更正。"), "{}", said.out);
    let answer = world.run(&["city", "check", "line", "--json"]);
    assert_eq!(answer.code, 1);
    let report: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((&report["sound"], &report["faults"]["faults"]), (&json!(false), &json!(1)));
    let fault = &report["faults"]["listed"][0];
    assert_eq!(
        (&fault["code"], &fault["params"]),
        (&json!("not_degrees"), &json!({"text": "far"}))
    );
    assert_eq!(fault["what_zh"], "“far”不是度数");
}

#[test]
fn init_writes_a_city_that_opens() {
    let world = World::town("init");
    let said = world.run(&["city", "init", "town.osm", "-o", "mine"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("city.toml is written"), "{}", said.out);
    assert_eq!(world.run(&["city", "build", "mine"]).code, 0);
    let again = world.run(&["city", "init", "town.osm", "-o", "mine"]);
    assert_eq!(again.code, 3);
    assert!(again.err.contains("exists already"), "{}", again.err);
}

#[test]
fn a_generated_city_opens_and_is_the_same_every_time() {
    let world = World::new("generate");
    for folder in ["one", "two"] {
        let said =
            world.run(&["city", "generate", "--seed", "7", "--people", "20000", "-o", folder]);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    for file in ["city.toml", "roads.osm.pbf"] {
        let read = |folder: &str| fs::read(world.path(folder).join(file)).unwrap();
        assert_eq!(read("one"), read("two"), "{file}");
    }
    let answer = world.run(&["coverage", "one", "--minutes", "1,3,5", "--json"]).json();
    let share = |i: usize| answer["within"][i]["demand_share"].as_f64().unwrap();
    assert!(0.0 < share(0) && share(0) <= share(1) && share(1) <= share(2), "{answer}");
}
