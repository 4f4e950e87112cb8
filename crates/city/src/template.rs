//! The text of a `city.toml` made from an extract, with comments that say what to change.

use precinct_base::Bounds;
use precinct_roads::Name;

use crate::gather::OSM_ATTRIBUTION;
use crate::report::corners;
use crate::zone::Guess;

/// What the text tells.
pub(crate) struct Template<'a> {
    pub(crate) extract: &'a str,
    pub(crate) name: &'a Name,
    pub(crate) zone: &'a Guess,
    pub(crate) bounds: Option<Bounds>,
    /// A file with the city's outline, in place of a box.
    pub(crate) outline: Option<&'a str>,
    pub(crate) posts: usize,
    pub(crate) sites: usize,
    pub(crate) areas: usize,
    pub(crate) homes: usize,
}

pub(crate) fn write(city: &Template<'_>) -> String {
    [
        head(city),
        ground(city),
        posts(city),
        sites_and_areas(city),
        demand(city),
        ADDRESSES.to_owned(),
        HOT_SPOTS.to_owned(),
    ]
    .concat()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn head(city: &Template<'_>) -> String {
    let zone = if city.zone.is_near {
        "guessed from the nearest large city"
    } else {
        "guessed from the longitude alone"
    };
    let Name { local, zh, en } = city.name;
    let other = |key: &str, text: &str, hint: &str| {
        if text.is_empty() {
            format!("# {key} = {hint}\n")
        } else {
            format!("{key} = {}\n", quoted(text))
        }
    };
    format!(
        "# A city, made from an OpenStreetMap extract by `precinct city init`. Change what you like: `precinct city check` tells
# what is wrong, with the line. Paths are relative to the data folder or to this file.

# IANA time zone, {zone}: check it.
time_zone = {}

# Shown wherever the city is shown.
attribution = [{}]

[name]
# As signposted there.
local = {}
{}{}",
        quoted(&city.zone.name),
        quoted(OSM_ATTRIBUTION),
        quoted(local),
        other("zh", zh, "\"中文名\""),
        other("en", en, "\"English name\""),
    )
}

fn ground(city: &Template<'_>) -> String {
    let outline = city.outline.map(|file| {
        let file = quoted(file);
        format!("\n# What of the extract belongs to the city: the polygons of a file.\n[clip]\nfile = {file}\n")
    });
    let boxed = city.bounds.map(|bounds| {
        let [west, south, east, north] = corners(bounds);
        format!(
            "
# What of the extract belongs to the city: west, south, east, north in degrees. The box leaves out stray far places; widen it,
# draw a polygon = [[lon, lat], …], name a file = \"outline.geojson\", or remove it to keep everything.
[clip]
bounds = [{west}, {south}, {east}, {north}]
"
        )
    });
    let clip = outline.or(boxed).unwrap_or_default();
    format!(
        "{clip}
[roads]
osm = {}

# Speeds in km/h for a class of road, where the usual ones are wrong here.
# [speeds.residential]
# car = 30

# Minutes by road within which a place of each grade is to be reached. Settings, not an official norm.
[thresholds]
key = 1
centre = 3
urban = 5
",
        quoted(city.extract)
    )
}

fn posts(city: &Template<'_>) -> String {
    let found = match city.posts {
        0 => "The extract has no police or fire stations. Units need places to work from: add your own.".to_owned(),
        n => format!("{n} police and fire stations of the extract. Offices that send nobody out are best left out."),
    };
    format!(
        "
# {found}
[[posts]]
source = \"osm\"
# where = [{{ column = \"kind\", equals = \"police_station\" }}, {{ column = \"id\", not_one_of = [\"way/1\"] }}]

# Your own street stations and checkpoints, from a table (.csv or .geojson, also .gz). Coordinates of Chinese map services are
# \"gcj02\" or \"bd09\"; they are put right.
# [[posts]]
# file = \"posts.csv\"
# coordinates = \"wgs84\"
# columns = {{ lon = \"lon\", lat = \"lat\", name = \"name\", kind = \"type\" }}
# translate.kind = {{ \"派出所\" = \"police_station\", \"街面警务站\" = \"street_station\", \"检查站\" = \"checkpoint\" }}
"
    )
}

fn sites_and_areas(city: &Template<'_>) -> String {
    let areas = match city.areas {
        0 => "The extract has no whole administrative area. Add your own districts, station areas and grid cells.".to_owned(),
        n => format!("{n} administrative areas of the extract."),
    };
    format!(
        "
# {} schools, hospitals, banks, stations, residential compounds and other sites of the extract.
[[sites]]
source = \"osm\"

# {areas}
[[areas]]
source = \"osm\"

# [[areas]]
# name = \"station-areas\"
# file = \"areas.geojson\"
# columns = {{ id = \"code\", name = \"name\" }}
# constants = {{ level = \"station_area\" }}
",
        city.sites
    )
}

fn demand(city: &Template<'_>) -> String {
    let homes = match city.homes {
        0 => "The extract has no buildings that people live in, so nothing is known of demand: add your own.".to_owned(),
        n => format!("A first guess: {n} places where people may live, by footprint and storeys. Replace it by your own figures."),
    };
    format!(
        "
# {homes}
[[demand]]
name = \"homes\"
measure = \"people, estimated\"
source = \"osm\"

# People by small area, laid out over its homes; or past calls, what patrols found themselves left out.
# [[demand]]
# name = \"residents\"
# measure = \"people\"
# file = \"population.geojson\"
# columns = {{ weight = \"people\" }}
#
# [[demand]]
# name = \"calls\"
# measure = \"calls\"
# file = \"calls.csv\"
# columns = {{ lon = \"lon\", lat = \"lat\" }}
# where = [{{ column = \"source\", equals = \"call\" }}, {{ column = \"received\", from = \"2026-01-01\", before = \"2027-01-01\" }}]
#
# Which of them is in use:
# use_demand = \"residents\"  (this line belongs at the top of the file)
"
    )
}

const ADDRESSES: &str = "
# House numbers, so that a call-taker finds an address; read by the server alone.
# [[addresses]]
# file = \"addresses.csv\"
# columns = { lon = \"lon\", lat = \"lat\", number = \"number\", street = \"street\" }
";

const HOT_SPOTS: &str = "
# Places to be visited again and again: how far round them counts, how long, and how soon again.
# [[hot_spots]]
# file = \"hotspots.csv\"
# columns = { id = \"id\", name = \"name\", lon = \"lon\", lat = \"lat\", radius_m = \"radius_m\", dose_min = \"dose_min\", every_min = \"every_min\" }
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_city;

    #[test]
    fn what_is_written_can_be_read_whatever_the_name() {
        let name =
            Name { local: "a \"b\" \\ 澳門\n".into(), zh: String::new(), en: "O'Hara".into() };
        let zone = Guess { name: "Asia/Macau".into(), is_near: true };
        let bounds = Bounds::new("113.5,22.1".parse().unwrap(), "113.6,22.2".parse().unwrap());
        for bounds in [bounds, None] {
            let city = Template {
                extract: "a'b\\c.osm",
                name: &name,
                zone: &zone,
                bounds,
                outline: bounds.is_none().then_some("a \"b\".geojson"),
                posts: 0,
                sites: 1,
                areas: 2,
                homes: 3,
            };
            let text = write(&city);
            let parsed = parse_city(&text, "city.toml")
                .unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
            assert_eq!(
                (parsed.name.local.as_str(), parsed.name.en.as_str()),
                ("a \"b\" \\ 澳門", "O'Hara")
            );
        }
    }

    #[test]
    fn what_is_commented_out_can_be_read_too() {
        let zone = Guess { name: "Asia/Macau".into(), is_near: false };
        let name = Name::local("x");
        let city = Template {
            extract: "x.osm",
            name: &name,
            zone: &zone,
            bounds: None,
            outline: None,
            posts: 1,
            sites: 1,
            areas: 0,
            homes: 0,
        };
        // Uncomment what is TOML: tables, and the keys below them.
        let lines = write(&city).lines().map(str::to_owned).collect::<Vec<_>>();
        let is_toml = |line: &str| {
            line.starts_with('[')
                || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
        };
        let open = lines
            .iter()
            .map(|line| line.strip_prefix("# ").filter(|rest| is_toml(rest)).unwrap_or(line));
        let text: Vec<&str> = open.filter(|line| !line.starts_with("use_demand")).collect();
        assert!(
            parse_city(&text.join("\n"), "city.toml").is_ok(),
            "{:?}",
            parse_city(&text.join("\n"), "city.toml")
        );
    }
}
