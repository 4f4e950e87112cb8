//! A folder to work in, tiny cities, and running the command.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder of one test, removed when it ends.
pub(crate) struct World {
    folder: PathBuf,
}

/// What a run of the command said.
pub(crate) struct Said {
    /// Its exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Said {
    /// The answer as JSON; the run must have ended well.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}", self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// The command with nothing of the surroundings but what a test sets.
pub(crate) fn precinct() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_precinct"));
    for name in ["PRECINCT_DATA", "PRECINCT_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        command.env_remove(name);
    }
    for name in std::env::vars_os().map(|(name, _)| name) {
        if name.to_string_lossy().starts_with("PRECINCT_SERVE_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs it to its end.
pub(crate) fn said(command: &mut Command) -> Said {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

impl World {
    /// An empty folder.
    pub(crate) fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("precinct-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap_or(&self.folder)).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs the command in it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        said(self.command().args(arguments))
    }

    /// The command, in this folder and with its cache there.
    pub(crate) fn command(&self) -> Command {
        let mut command = precinct();
        command.current_dir(&self.folder).env("PRECINCT_CACHE", self.path("cache"));
        command
    }

    /// A city of one straight road of five junctions, a kilometre and a minute apart, its times given: node 1 in the west, 5
    /// in the east. The only post is at node 1; demand is 1, 2, 3, 4 and 10 from west to east.
    pub(crate) fn line(test: &str) -> Self {
        let world = Self::new(test);
        let arcs: Vec<String> = (1..5)
            .map(|west| format!("a {west} {} 60000\na {} {west} 60000\n", west + 1, west + 1))
            .collect();
        let nodes: Vec<String> =
            (1..=5).map(|node| format!("v {node} {} 0\n", (node - 1) * 9_000)).collect();
        world.write("line/line.gr", &format!("p sp 5 8\n{}", arcs.concat()));
        world.write("line/line.co", &format!("p aux sp co 5\n{}", nodes.concat()));
        world.write("line/posts.csv", "lon,lat,name,kind\n0,0,West,police_station\n");
        let demand =
            "lon,lat,name,weight\n0,0,A,1\n0.009,0,B,2\n0.018,0,C,3\n0.027,0,D,4\n0.036,0,E,10\n";
        world.write("line/demand.csv", demand);
        world.write("line/city.toml", LINE);
        world
    }

    /// Gives the line two districts, West of nodes 1 and 2 and East of 4 and 5.
    pub(crate) fn two_districts(&self) {
        let city = fs::read_to_string(self.path("line/city.toml")).unwrap();
        let areas = "[[areas]]\nfile = \"areas.geojson\"\ncolumns = { name = \"name\" }\nconstants = { level = \"district\" }\n";
        self.write("line/city.toml", &format!("{city}\n{areas}"));
        self.write("line/areas.geojson", DISTRICTS);
    }

    /// A town drawn as OpenStreetMap data.
    pub(crate) fn town(test: &str) -> Self {
        let world = Self::new(test);
        world.write("town.osm", TOWN);
        world
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own tidying.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The columns of a record of calls.
pub(crate) const CALLS_MAPPING: &str = r#"
    [columns]
    id = "id"
    received = "at"
    kind = "kind"
    lon = "lon"
    lat = "lat"
    [time]
    format = "%Y-%m-%dT%H:%M:%S"
    zone = "Etc/UTC"
"#;

const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"West"},"geometry":{"type":"Polygon","coordinates":[[[-0.01,-0.01],[0.014,-0.01],[0.014,0.01],[-0.01,0.01],[-0.01,-0.01]]]}},
{"type":"Feature","properties":{"name":"East"},"geometry":{"type":"Polygon","coordinates":[[[0.026,-0.01],[0.05,-0.01],[0.05,0.01],[0.026,0.01],[0.026,-0.01]]]}}]}"#;

const LINE: &str = r#"
time_zone = "Etc/UTC"
attribution = ["Made for a test"]

[name]
local = "Line"
zh = "线"
en = "Line"

[roads]
graph = "line.gr"
coordinates = "line.co"
milliseconds_per_unit = [1, 1]

[[posts]]
file = "posts.csv"
columns = { lon = "lon", lat = "lat", name = "name", kind = "kind" }

[[demand]]
name = "residents"
measure = "people"
file = "demand.csv"
columns = { lon = "lon", lat = "lat", name = "name", weight = "weight" }
"#;

/// High Street runs east, Mill Lane turns north off its end; a police station at the western end, a fire station at the
/// northern one; Island Road is cut off from both, far in the south.
const TOWN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <node id="1" lat="10.000" lon="20.000"/>
  <node id="2" lat="10.000" lon="20.010"/>
  <node id="3" lat="10.000" lon="20.020"/>
  <node id="4" lat="10.010" lon="20.020"/>
  <node id="5" lat="9.970" lon="20.000"/>
  <node id="6" lat="9.970" lon="20.010"/>
  <node id="7" lat="10.0001" lon="20.000"><tag k="amenity" v="police"/><tag k="name" v="Town Station"/></node>
  <node id="8" lat="10.0101" lon="20.020"><tag k="amenity" v="fire_station"/></node>
  <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="High Street"/><tag k="name:zh" v="高街"/></way>
  <way id="11"><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="name" v="Mill Lane"/></way>
  <way id="12"><nd ref="5"/><nd ref="6"/><tag k="highway" v="residential"/><tag k="name" v="Island Road"/></way>
</osm>
"#;

/// The folder of real data, if it is there.
pub(crate) fn data_root() -> Option<PathBuf> {
    let given = std::env::var_os("PRECINCT_DATA").map(PathBuf::from);
    let root = given.unwrap_or_else(|| checkout().join("../shared/data"));
    root.join("README.md").is_file().then_some(root)
}

/// The folder the project lies in.
pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
