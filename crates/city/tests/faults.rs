//! Every fault a city's files can have, told with its file, row, column and mend.

use std::path::Path;

use precinct_base::LonLat;
use precinct_city::{CityError, Fault, Faults, OpenOptions, Severity, check, open, parse_city};
use precinct_osm::Silent;
use precinct_osm::write::PbfWriter;

const HEAD: &str =
    "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm.pbf\"\n";

fn at(text: &str) -> LonLat {
    text.parse().unwrap()
}

/// Two streets, a police station and two homes near 113.5, 22.1.
fn extract(path: &Path) {
    let mut out = PbfWriter::new(std::fs::File::create(path).unwrap()).unwrap();
    out.node(1, at("113.50,22.10"), &[]).unwrap();
    out.node(2, at("113.51,22.10"), &[]).unwrap();
    out.node(3, at("113.51,22.11"), &[]).unwrap();
    out.node(4, at("113.505,22.105"), &[("amenity", "police"), ("name", "一所")]).unwrap();
    for (id, place) in [(11, "113.502,22.102"), (12, "113.503,22.102"), (13, "113.503,22.103")] {
        out.node(id, at(place), &[]).unwrap();
    }
    out.way(1, &[1, 2, 3], &[("highway", "residential")]).unwrap();
    out.way(2, &[11, 12, 13, 11], &[("building", "apartments")]).unwrap();
    out.finish().unwrap();
}

/// The faults of a city whose file ends in `toml` and which has these files beside it.
fn faults(toml: &str, files: &[(&str, &[u8])]) -> Faults {
    let folder = tempfile::tempdir().unwrap();
    extract(&folder.path().join("x.osm.pbf"));
    std::fs::write(folder.path().join("city.toml"), format!("{HEAD}{toml}")).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    assert_eq!(report.sound, report.faults.is_sound());
    // A city with a refusal does not open; one with faults alone does.
    let opened = open(folder.path(), &OpenOptions::default());
    assert_eq!(
        matches!(opened, Err(CityError::Refused { .. })),
        report.faults.refusals > 0,
        "{:?}",
        report.faults
    );
    report.faults
}

/// The one fault among them, as `row:column: what`, and that its mend says something.
#[track_caller]
fn only(faults: &Faults, severity: Severity) -> String {
    let mut found = faults.listed.iter().filter(|fault| fault.severity == severity);
    let fault: &Fault = found.next().unwrap_or_else(|| panic!("no such fault: {faults:?}"));
    assert!(found.next().is_none(), "{faults:?}");
    assert!(fault.mend.en().len() > 5);
    let row = fault.row.map_or_else(|| "-".to_owned(), |row| row.to_string());
    format!("{}:{row}:{}: {}", fault.file, fault.column.as_deref().unwrap_or("-"), fault.what)
}

const POSTS: &str = "[[posts]]\nfile = \"p.csv\"\ncolumns = { lon = \"lon\", lat = \"lat\", name = \"name\", kind = \"kind\" }\n";

/// The fault of one row of a table of posts, among good ones.
#[track_caller]
fn post_fault(row: &str) -> String {
    let table = format!(
        "name,kind,lon,lat\nA,police_station,113.501,22.101\n{row}\nB,checkpoint,113.509,22.109\n"
    );
    only(&faults(POSTS, &[("p.csv", table.as_bytes())]), Severity::Fault)
}

#[test]
fn a_row_of_a_table_is_refused_by_name() {
    for (row, told) in [
        ("C,castle,113.502,22.102", "p.csv:3:kind: \"castle\" is not a kind known here"),
        ("C,,113.502,22.102", "p.csv:3:kind: the row has no kind"),
        ("C,checkpoint,,22.102", "p.csv:3:lon: the row has no lon"),
        ("C,checkpoint,113.502,", "p.csv:3:lat: the row has no lat"),
        ("C,checkpoint,113°30',22.102", "p.csv:3:lon: \"113°30'\" is not a number of degrees"),
        ("C,checkpoint,113.502,NaN", "p.csv:3:lat: \"NaN\" is not a number of degrees"),
        ("C,checkpoint,22.102,113.502", "p.csv:3:lon: 22.102,113.502 is outside the earth"),
        ("C,checkpoint,113.502", "p.csv:3:-: the row has 3 fields, the header 4"),
    ] {
        assert_eq!(post_fault(row), told);
    }
}

#[test]
fn a_place_outside_the_clip_is_refused() {
    let toml = format!("[clip]\nbounds = [113.49, 22.09, 113.52, 22.12]\n{POSTS}");
    let table = b"name,kind,lon,lat\nA,checkpoint,113.501,22.101\nB,checkpoint,114.5,22.1\n";
    let told = only(&faults(&toml, &[("p.csv", table)]), Severity::Fault);
    assert_eq!(told, "p.csv:3:lon: 114.5000000,22.1000000 lies outside the city's clip");
}

#[test]
fn a_table_that_cannot_be_used_is_refused_whole() {
    let refused = |table: &[u8]| only(&faults(POSTS, &[("p.csv", table)]), Severity::Refusal);
    assert_eq!(refused(b"name,kind,lon\n"), "p.csv:1:lat: there is no column \"lat\"");
    assert_eq!(refused(b"name,kind,lon,lat\n"), "p.csv:-:-: it has no rows");
    assert_eq!(
        refused(b"name,kind,lon,lat\nA,x,1,2\nB,y,1,2\n"),
        "p.csv:-:-: none of its 2 rows can be used"
    );
    let filtered = format!("{POSTS}where = [{{ column = \"name\", equals = \"Z\" }}]\n");
    let table = b"name,kind,lon,lat\nA,checkpoint,113.501,22.101\n";
    let told = only(&faults(&filtered, &[("p.csv", table)]), Severity::Refusal);
    assert_eq!(told, "p.csv:-:-: `where` leaves out all of its 1 rows");
    let missing = only(&faults(POSTS, &[]), Severity::Refusal);
    assert!(missing.contains("city.toml:6:-: p.csv is not there; looked for "), "{missing}");
}

#[test]
fn areas_are_refused_by_their_feature() {
    let areas = "[[areas]]\nfile = \"a.geojson\"\ncolumns = { id = \"id\", level = \"level\" }\n";
    let feature = |id: &str, level: &str, geometry: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":{id},\"level\":\"{level}\"}},\"geometry\":{geometry}}}"
        )
    };
    let ring =
        "{\"type\":\"Polygon\",\"coordinates\":[[[113.5,22.1],[113.51,22.1],[113.51,22.11]]]}";
    for (second, told) in [
        (feature("1", "district", ring), "a.geojson:2:id: the id \"1\" is that of row 1 too"),
        (feature("2", "parish", ring), "a.geojson:2:level: \"parish\" is not a level known here"),
        (feature("2", "district", "null"), "a.geojson:2:geometry: the area has no outline"),
        (
            feature("2", "district", "{\"type\":\"Point\",\"coordinates\":[1,2]}"),
            "a.geojson:2:geometry: an area is a polygon, not a point",
        ),
        (
            feature("2", "district", "{\"type\":\"LineString\",\"coordinates\":[[1,2],[2,3]]}"),
            "a.geojson:2:geometry: the geometry is neither a Point, a Polygon nor a MultiPolygon",
        ),
    ] {
        let text = format!("{{\"features\":[{},{second}]}}", feature("1", "district", ring));
        assert_eq!(only(&faults(areas, &[("a.geojson", text.as_bytes())]), Severity::Fault), told);
    }
}

const DEMAND: &str = "[[areas]]\nname = \"zones\"\nfile = \"a.geojson\"\ncolumns = { id = \"id\" }\n\
    [[demand]]\nfile = \"d.csv\"\nareas = \"zones\"\n\
    columns = { area = \"zone\", density = \"density\", area_km2 = \"km2\", weight = \"people\", grade = \"grade\" }\n";
const ZONE: &[u8] = b"{\"features\":[{\"properties\":{\"id\":7},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\
    [[[113.5,22.1],[113.51,22.1],[113.51,22.11],[113.5,22.11]]]}}]}";

#[test]
fn demand_of_areas_is_refused_by_its_row() {
    for (row, told) in [
        ("8,,,10,", "d.csv:3:zone: there is no area \"8\""),
        ("7,,,ten,", "d.csv:3:people: \"ten\" is not a number from 0 up"),
        ("7,,,-3,", "d.csv:3:people: \"-3\" is not a number from 0 up"),
        ("7,,,,", "d.csv:3:people: the row has no weight"),
        (
            "7,,,1e17,",
            "d.csv:3:people: the weight is larger than 4294967, the most one place may have",
        ),
        ("7,,,5000000,", "d.csv:3:-: more demand than one place may have"),
        ("7,,,10,village", "d.csv:3:grade: \"village\" is not a grade known here"),
    ] {
        let table = format!("zone,density,km2,people,grade\n7,,,5,centre\n{row}\n");
        let faults = faults(DEMAND, &[("a.geojson", ZONE), ("d.csv", table.as_bytes())]);
        assert_eq!(only(&faults, Severity::Fault), told);
    }
}

#[test]
fn what_weighs_nothing_is_only_noted() {
    let table = b"zone,density,km2,people,grade\n7,,,5,\n8,,,0,\n7,,,0,\n";
    let faults = faults(DEMAND, &[("a.geojson", ZONE), ("d.csv", table)]);
    assert!(faults.is_sound());
    let told: Vec<String> =
        faults.listed.iter().map(|fault| format!("{:?}: {}", fault.row, fault.what)).collect();
    assert_eq!(
        told,
        ["Some(3): there is no area \"8\"", "Some(4): one row has a weight of 0: nobody is there"]
    );
}

#[test]
fn posts_given_twice_and_spaces_are_only_noted() {
    let table = b"name,kind,lon,lat\nA,checkpoint,113.501,22.101\n B,checkpoint,113.5011,22.101\n";
    let faults = faults(POSTS, &[("p.csv", table)]);
    assert!(faults.is_sound());
    let told: Vec<String> = faults.listed.iter().map(|fault| fault.what.en()).collect();
    assert_eq!(
        told,
        [
            "one row has spaces at the ends of a value, read without them",
            "\"B\" is a checkpoint 10 m from \"A\" (row 2)"
        ]
    );
}

#[test]
fn posts_far_from_every_road_are_noted() {
    let near = "name,kind,lon,lat\nA,checkpoint,113.501,22.1001\nB,checkpoint,113.509,22.1001\nC,standby,113.501,22.109\n";
    let faults_near = faults(POSTS, &[("p.csv", near.as_bytes())]);
    assert_eq!(faults_near.total(), 1);
    let fault = &faults_near.listed[0];
    assert!(
        fault.what.en().starts_with("the post \"C\" at 113.5010000,22.1090000 is more than 150 m"),
        "{fault}"
    );
    let shifted = POSTS.replace("file =", "coordinates = \"bd09\"\nfile =");
    let faults_far = faults(&shifted, &[("p.csv", near.as_bytes())]);
    assert!(faults_far.is_sound() && faults_far.total() >= 2, "{faults_far:?}");
    assert!(faults_far.listed[0].mend.en().contains("gcj02 and bd09"), "{faults_far:?}");
}

#[test]
fn areas_without_homes_are_noted_once() {
    let zones = "{\"features\":[{\"properties\":{\"p\":5},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,1],[2,2]]]}},\
        {\"properties\":{\"p\":7},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[3,1],[4,1],[4,2]]]}}]}";
    let toml = "[[demand]]\nfile = \"d.geojson\"\ncolumns = { weight = \"p\" }\n";
    let faults = faults(toml, &[("d.geojson", zones.as_bytes())]);
    assert!(faults.is_sound() && faults.total() == 1, "{faults:?}");
    assert!(faults.listed[0].what.en().starts_with("2 areas have no homes in the extract"));
}

const ADDRESSES: &str = "[[addresses]]\nfile = \"a.csv\"\n\
    columns = { lon = \"x\", lat = \"y\", number = \"no\", street = \"road\", detail = \"flat\" }\n";

#[test]
fn addresses_are_refused_by_their_row() {
    for (row, told) in [
        (",Main St,,113.502,22.102", "a.csv:3:no: the row has no number"),
        ("7,,,113.502,22.102", "a.csv:3:road: the row has no street"),
        ("7,Main St,,,22.102", "a.csv:3:x: the row has no lon"),
        ("7,Main St,,113.502,north", "a.csv:3:y: \"north\" is not a number of degrees"),
        ("7,Main St,,22.102,113.502", "a.csv:3:x: 22.102,113.502 is outside the earth"),
        ("7,Main St", "a.csv:3:-: the row has 2 fields, the header 5"),
    ] {
        let table = format!("no,road,flat,x,y\n5,Main St,A,113.501,22.101\n{row}\n");
        assert_eq!(only(&faults(ADDRESSES, &[("a.csv", table.as_bytes())]), Severity::Fault), told);
    }
    let missing = only(&faults(ADDRESSES, &[]), Severity::Refusal);
    assert!(missing.contains("city.toml:6:-: a.csv is not there; looked for "), "{missing}");
}

#[test]
fn addresses_outside_the_clip_are_refused() {
    let toml = format!("[clip]\nbounds = [113.49, 22.09, 113.52, 22.12]\n{ADDRESSES}");
    let table = b"no,road,flat,x,y\n5,Main St,,113.501,22.101\n6,Main St,,114.5,22.1\n";
    let told = only(&faults(&toml, &[("a.csv", table)]), Severity::Fault);
    assert_eq!(told, "a.csv:3:x: 114.5000000,22.1000000 lies outside the city's clip");
}

#[test]
fn a_city_file_is_refused_where_it_is_wrong() {
    for (toml, told) in [
        ("[[posts]]\n", "c:6:1: an input comes from one place"),
        ("[[addresses]]\nsource = \"osm\"\n", "c:7:10: addresses are not taken from the extract"),
        (
            "[[addresses]]\nfile = \"a.csv\"\ncolumns = { name = \"n\" }\n",
            "c:8:20: [[addresses]] has no `name`",
        ),
        ("[[posts]]\nsource = \"map\"\n", "c:7:10: \"map\" is not a source"),
        ("[[posts]]\nfile = \"p.xls\"\n", "c:7:8: the name \"p.xls\" does not tell a format"),
        (
            "[[posts]]\nfile = \"p.csv\"\ndelimiter = \";;\"\n",
            "c:8:13: a delimiter is one character",
        ),
        ("[[posts]]\nsource = \"osm\"\nspread = \"homes\"\n", "c:8:10: [[posts]] has no `spread`"),
        (
            "[[posts]]\nsource = \"osm\"\ncolumns = { density = \"d\" }\n",
            "c:8:23: [[posts]] has no `density`",
        ),
        (
            "[[posts]]\nsource = \"osm\"\nconstants = { kind = \"x\" }\n",
            "c:8:22: \"x\" is not a kind of posts",
        ),
        (
            "[[posts]]\nsource = \"osm\"\ntranslate.kind = { a = \"x\" }\n",
            "c:8:24: \"x\" is not a kind of posts",
        ),
        (
            "[[posts]]\nsource = \"osm\"\nwhere = [{ column = \"a\" }]\n",
            "c:8:10: a condition without a condition",
        ),
        (
            "[[posts]]\nsource = \"osm\"\nwhere = [{ column = \"a\", equals = 1, one_of = [2] }]\n",
            "c:8:10: both `equals` and `one_of` are given",
        ),
        (
            "[[areas]]\nname = \"zones\"\nsource = \"osm\"\n[[demand]]\nfile = \"d.csv\"\nareas = \"zones\"\n",
            "c:11:9: no column says which of the areas a row is about",
        ),
        (
            "[[demand]]\nfile = \"d.csv\"\nareas = \"zones\"\ncolumns = { area = \"a\" }\n",
            "c:8:9: there is no [[areas]] called \"zones\"",
        ),
        ("[clip]\nbounds = [113, 22, 112, 23]\n", "c:6:1: the box is empty or outside the earth"),
        (
            "[clip]\npolygon = [[113, 22], [114, 23]]\n",
            "c:6:1: the polygon has fewer than three places",
        ),
        ("[clip]\n", "c:6:1: a clip is one of `bounds`, `polygon` and `file`"),
        ("[speeds.road]\ncar = 30\n", "c:6:9: \"road\" is not a class of road"),
        ("[speeds.primary]\ntank = 30\n", "c:7:1: \"tank\" is not a kind of traveller"),
        ("[speeds.primary]\ncar = 900\n", "c:7:7: 900 km/h is not a speed"),
        ("[thresholds]\nkey = \"soon\"\n", "c:7:7: \"soon\" is not a time for grade \"key\""),
        ("[thresholds]\n", "c:6:1: there must be 1 to 16 grades"),
    ] {
        let faults = parse_city(&format!("{HEAD}{toml}"), "c").unwrap_err();
        let first = only(&faults, Severity::Refusal);
        assert!(first.starts_with(told), "{first}\n{told}");
    }
}

#[test]
fn the_head_of_a_city_file_is_refused_where_it_is_wrong() {
    let rest = "[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm.pbf\"\n";
    let first = |text: &str| only(&parse_city(text, "c").unwrap_err(), Severity::Refusal);
    assert_eq!(
        first(&format!("time_zone = \"Asia/Peking\"\n{rest}")),
        "c:1:13: \"Asia/Peking\" is not a time zone"
    );
    let used = first(&format!("time_zone = \"Asia/Macau\"\nuse_demand = \"x\"\n{rest}"));
    assert_eq!(used, "c:2:14: there is no [[demand]] called \"x\"");
    let nameless =
        first("time_zone = \"Asia/Macau\"\n[name]\nlocal = \" \"\n[roads]\nosm = \"x\"\n");
    assert_eq!(nameless, "c:3:9: the city has no name");
    let roads = |roads: &str| {
        first(&format!("time_zone = \"Asia/Macau\"\n[name]\nlocal = \"X\"\n[roads]\n{roads}"))
    };
    assert!(roads("graph = \"x.gr\"\n").starts_with("c:4:1: the roads are neither"));
    let unit = "graph = \"x.gr\"\ncoordinates = \"x.co\"\nmilliseconds_per_unit = [1, 0]\n";
    assert_eq!(roads(unit), "c:4:1: one unit of the graph takes no time");
    let mixed = "graph = \"x.gr\"\ncoordinates = \"x.co\"\n[[posts]]\nsource = \"osm\"\n";
    assert!(roads(mixed).starts_with("c:4:1: an input is taken from `osm`"));
}

#[test]
fn what_is_taken_from_the_extract_needs_no_columns() {
    let toml = "[[posts]]\nsource = \"osm\"\n[[demand]]\nsource = \"osm\"\n";
    assert!(faults(toml, &[]).is_sound());
    let wrong =
        "[[posts]]\nsource = \"osm\"\nwhere = [{ column = \"colour\", equals = \"red\" }]\n";
    let told = only(&faults(wrong, &[]), Severity::Refusal);
    assert!(
        told.ends_with("city.toml:6:-: what is taken from the extract has no column \"colour\""),
        "{told}"
    );
}

#[test]
fn an_extract_that_is_broken_or_empty_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("city.toml"), HEAD).unwrap();
    std::fs::write(folder.path().join("x.osm.pbf"), b"not a map").unwrap();
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    assert_eq!(report.faults.refusals, 1, "{:?}", report.faults);
    PbfWriter::new(std::fs::File::create(folder.path().join("x.osm.pbf")).unwrap())
        .unwrap()
        .finish()
        .unwrap();
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    assert!(
        only(&report.faults, Severity::Refusal).ends_with("there are no roads in the city's clip")
    );
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("city.toml"), format!("{HEAD}{POSTS}")).unwrap();
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    let rows: Vec<Option<u64>> = report.faults.listed.iter().map(|fault| fault.row).collect();
    assert_eq!((rows, report.faults.refusals), (vec![Some(4), Some(6)], 2));
}

#[test]
fn what_is_no_city_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| open(path, &OpenOptions::default());
    assert!(matches!(open(&folder.path().join("x")), Err(CityError::NotFound { .. })));
    assert!(matches!(open(folder.path()), Err(CityError::NoCityFile { .. })));
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "").unwrap();
    assert!(matches!(open(&other), Err(CityError::NotACity { .. })));
    std::fs::write(folder.path().join("city.toml"), b"\xff").unwrap();
    assert!(matches!(open(folder.path()), Err(CityError::Refused { .. })));
}
