//! Answers for the real cities, kept as files: any change to them is seen. Run with `UPDATE_GOLDEN=1` to accept a change.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::world::{World, checkout, data_root, said};

/// A real city whose data is there.
struct Real {
    world: World,
    data: PathBuf,
    city: PathBuf,
}

impl Real {
    /// Nothing, and a line that says so, if the data is not there.
    fn there(city: &str) -> Option<Self> {
        let Some(data) = data_root() else {
            println!("skipped: the public data of {city} is not there");
            return None;
        };
        Some(Self { world: World::new(city), data, city: checkout().join("cities").join(city) })
    }

    /// The answer of a command in JSON.
    fn ask(&self, command: &str, arguments: &[&str]) -> Value {
        let mut run = self.world.command();
        run.arg(command)
            .arg(&self.city)
            .args(arguments)
            .arg("--json")
            .env("PRECINCT_DATA", &self.data);
        said(&mut run).json()
    }
}

pub(crate) fn same_as_kept(name: &str, answer: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let text = serde_json::to_string_pretty(answer).unwrap() + "\n";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} has changed; it was\n{kept}\nand is\n{text}");
}

/// The heads and the sums of an answer of reach: small enough to keep, and different if anything is.
fn summary(answer: &Value) -> Value {
    let nodes = answer["nodes"].as_array().unwrap();
    let number = |node: &Value, key: &str| node[key].as_i64().unwrap();
    assert!(nodes.windows(2).all(|pair| number(&pair[0], "osm_id") < number(&pair[1], "osm_id")));
    json!({
        "snap_m": answer["snap_m"],
        "streets_km": answer["streets_km"],
        "nodes": nodes.len(),
        "sum_of_ms": nodes.iter().map(|node| number(node, "ms")).sum::<i64>(),
        "sum_of_ids": nodes.iter().map(|node| number(node, "osm_id")).sum::<i64>(),
    })
}

/// Times, lengths and turns of a route. Names stay where the data is.
fn way(answer: &Value) -> Value {
    let steps = answer["steps"].as_array().unwrap();
    let told = |step: &Value| json!([step["turn"], step["length_m"], step["ms"]]);
    json!({
        "ms": answer["ms"],
        "length_m": answer["length_m"],
        "steps": steps.iter().map(told).collect::<Vec<_>>(),
    })
}

/// The figures of an answer of coverage.
fn figures(answer: &Value) -> Value {
    let worst = |one: &Value| json!([one["demand"], one["ms"], one["places"]]);
    let area = |one: &Value| json!([one["id"], one["demand_total"], one["within"]]);
    let all = |key: &str, of: &dyn Fn(&Value) -> Value| -> Vec<Value> {
        answer[key].as_array().unwrap().iter().map(of).collect()
    };
    json!({
        "posts": answer["posts"],
        "demand_total": answer["demand_total"],
        "demand_off_road": answer["demand_off_road"],
        "street_km": answer["street_km"],
        "cut_off_km": answer["cut_off_km"],
        "within": answer["within"],
        "grades": answer["grades"],
        "uncovered": all("uncovered", &worst),
        "areas": all("areas", &area),
    })
}

#[test]
fn new_york() {
    let Some(city) = Real::there("new-york-dimacs") else { return };
    let from = city.ask("reach", &["--from", "-73.9857,40.7484", "--minutes", "5"]);
    same_as_kept("reach-new-york.json", &summary(&from));
}

#[test]
fn san_francisco() {
    let Some(city) = Real::there("san-francisco") else { return };
    let from = city.ask("reach", &["--from", "-122.4193,37.7793", "--minutes", "3"]);
    same_as_kept("reach-san-francisco.json", &summary(&from));
    let cover = city.ask("coverage", &["--minutes", "1,3,5", "--worst", "3"]);
    same_as_kept("coverage-san-francisco.json", &figures(&cover));
}

#[test]
fn macau() {
    let Some(city) = Real::there("macau") else { return };
    let route = city.ask("route", &["--from", "113.5439,22.1987", "--to", "113.5583,22.1560"]);
    same_as_kept("route-macau.json", &way(&route));
    let cover = city.ask("coverage", &["--minutes", "1,3,5", "--worst", "3"]);
    same_as_kept("coverage-macau.json", &figures(&cover));
}
