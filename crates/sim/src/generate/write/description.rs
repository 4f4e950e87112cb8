//! `city.toml`: what the folder holds and how to read it.

use std::io::{Result, Write};

use super::super::city::City;
use super::super::demand::PARTS;

pub(super) fn write(city: &City, out: &mut dyn Write) -> Result<()> {
    let (zh, en, people) = (&city.name.zh, &city.name.en, city.counts.people);
    write!(
        out,
        "# {en} ({zh}), {people} people: a city that does not exist.
# Made by `precinct city generate --seed {seed} --people {people}`; the same command makes the same files.
# Any likeness of a name to that of a real place is chance.

time_zone = \"Asia/Shanghai\"
attribution = [\"Generated city: not real data\"]

# Which of the [[demand]] below is in use.
use_demand = \"calls\"

[name]
local = \"{zh}\"
zh = \"{zh}\"
en = \"{en}\"

[roads]
osm = \"roads.osm.pbf\"

# Minutes by road within which a place of each grade is to be reached. Settings, not an official norm.
[thresholds]
key = 1
centre = 3
urban = 5
rural = 10
",
        seed = city.seed
    )?;
    sources(out)?;
    demands(out)
}

fn sources(out: &mut dyn Write) -> Result<()> {
    write!(
        out,
        "
# Police stations, street police stations and checkpoints. The column `staff` (people on patrol from there each day) is not
# read yet.
[[posts]]
file = \"posts.csv\"
columns = {{ id = \"id\", kind = \"kind\", name = \"name\", name_zh = \"name\", name_en = \"name_en\", lon = \"lon\", lat = \"lat\" }}

# Compounds, schools, hospitals, banks, stations, works, markets and offices.
[[sites]]
file = \"sites.csv\"
columns = {{ id = \"id\", kind = \"kind\", name = \"name\", name_zh = \"name\", name_en = \"name_en\", lon = \"lon\", lat = \"lat\" }}

# The city, its districts, police station areas and grid cells.
[[areas]]
file = \"areas.geojson\"
columns = {{ id = \"id\", level = \"level\", name = \"name\", name_zh = \"name\", name_en = \"name_en\" }}

# Places to be visited again and again: those that most calls come from. Dose and interval are settings, not an official norm.
[[hot_spots]]
file = \"hotspots.csv\"
columns = {{ id = \"id\", name = \"name\", name_zh = \"name\", name_en = \"name_en\", lon = \"lon\", lat = \"lat\", radius_m = \"radius_m\", dose_min = \"dose_min\", every_min = \"every_min\" }}
"
    )
}

fn demands(out: &mut dyn Write) -> Result<()> {
    let parts = PARTS.map(|part| (format!("calls-{part}"), format!("calls_{part}"), "calls"));
    let whole = [
        ("calls".to_owned(), "calls".to_owned(), "calls"),
        ("people".to_owned(), "people".to_owned(), "people"),
    ];
    write!(
        out,
        "
# Calls for help in a year, by place: of the whole day, and of its quarters (morning is 06 to 12 o'clock, night 00 to 06).
# The column `rhythm` names the column of hours.csv that says how the calls of a place lie in the 168 hours of the week.
"
    )?;
    for (name, column, measure) in whole.into_iter().chain(parts) {
        write!(
            out,
            "
[[demand]]
name = \"{name}\"
measure = \"{measure}\"
file = \"demand.csv\"
columns = {{ id = \"id\", name = \"name\", name_zh = \"name\", name_en = \"name_en\", grade = \"grade\", lon = \"lon\", lat = \"lat\", weight = \"{column}\" }}
where = [{{ column = \"{column}\", from = 1 }}]
"
        )?;
    }
    Ok(())
}
