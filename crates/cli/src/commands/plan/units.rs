//! The units a plan may send: from a file, one at each post of the city, or those that are free where the city is served.

use std::path::Path;

use precinct_base::{HourOfWeek, LonLat, Millis, UnitId, caps};
use precinct_city::City;
use precinct_containment::UnitAt;
use precinct_roads::{Network, Profile, SnapRules};
use serde_json::Value;

use super::served::Served;
use crate::failure::Failure;
use crate::output::remark;
use crate::place::Place;

/// What stands for one car at each police post, in place of a file.
const POSTS: &str = "posts";
/// What stands for those that are free where the city is served, in place of a file.
const LIVE: &str = "live";

/// A unit as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// What it is called.
    pub(crate) name: String,
    pub(super) at: LonLat,
    pub(super) profile: Profile,
    pub(super) delay: Millis,
}

/// Units on their roads.
pub(crate) struct Force {
    /// What each is called, by its id.
    pub(crate) names: Vec<String>,
    /// Where each is.
    pub(crate) units: Vec<UnitAt>,
    networks: Vec<Network>,
}

impl Force {
    /// Puts units on the roads of a city; one that is near none is told of and left out.
    pub(crate) fn new(
        given: &[Given],
        place: &Place,
        hour: HourOfWeek,
        rules: SnapRules,
    ) -> Result<Self, Failure> {
        let mut networks: Vec<Network> = Vec::new();
        let mut units = Vec::with_capacity(given.len());
        for (unit, one) in (0..).map(UnitId).zip(given) {
            if !networks.iter().any(|network| network.profile() == one.profile) {
                networks.push(place.network_at(one.profile, hour)?);
            }
            let network = networks.iter().find(|network| network.profile() == one.profile);
            match network.and_then(|network| network.snap(one.at, &rules)) {
                Some(at) => {
                    let (profile, delay) = (one.profile, one.delay);
                    units.push(UnitAt { unit, profile, at, delay, holds: None });
                }
                None => remark(&format!(
                    "{} at {} is near no road it can use and is left out; allow it with --snap",
                    one.name, one.at
                )),
            }
        }
        let names = given.iter().map(|one| one.name.clone()).collect();
        Ok(Self { names, units, networks })
    }

    /// The networks of its units, by profile.
    pub(crate) fn networks(&self) -> [Option<&Network>; Profile::COUNT] {
        let mut all = [None; Profile::COUNT];
        for network in &self.networks {
            all[network.profile().index()] = Some(network);
        }
        all
    }

    /// What a unit is called.
    pub(crate) fn name(&self, unit: UnitId) -> &str {
        self.names.get(unit.index()).map_or("", String::as_str)
    }
}

/// Reads units: `posts`, `live`, or a file by what is in it.
pub(crate) fn units(from: &Path, city: &City, served: &Served) -> Result<Vec<Given>, Failure> {
    if from.as_os_str() == POSTS {
        return at_posts(city);
    }
    if from.as_os_str() == LIVE {
        return served.units();
    }
    let wrong = |what: &str| Failure::Input(format!("{}: {what}", from.display()));
    let text = std::fs::read_to_string(from).map_err(|error| {
        wrong(&format!("cannot be read: {error}; give a file of units, `{POSTS}` or `{LIVE}`"))
    })?;
    let json = text.trim_start().starts_with(['[', '{']);
    let units =
        if json { from_json(&text) } else { from_csv(&text) }.map_err(|what| wrong(&what))?;
    if units.len() > caps::UNITS {
        return Err(wrong(&format!("more than {} units", caps::UNITS)));
    }
    Ok(units)
}

fn at_posts(city: &City) -> Result<Vec<Given>, Failure> {
    let police = city.posts.iter().filter(|post| post.kind.is_police());
    let units: Vec<Given> = police
        .enumerate()
        .map(|(i, post)| Given {
            name: if post.name.local.is_empty() {
                format!("{}", i + 1)
            } else {
                post.name.local.clone()
            },
            at: post.at,
            profile: Profile::PoliceCar,
            delay: Millis::ZERO,
        })
        .collect();
    if units.is_empty() {
        let what =
            "this city has no police posts to send units from: give --units a file".to_owned();
        return Err(Failure::Nothing(what));
    }
    Ok(units)
}

/// What may be said of a unit, by the names it may have in a file.
#[derive(Clone, Debug, Default)]
struct Fields {
    name: Option<String>,
    lon: Option<f64>,
    lat: Option<f64>,
    profile: Option<String>,
    delay: Option<f64>,
}

impl Fields {
    fn set(&mut self, key: &str, text: &str) {
        let (text, number) = (text.trim(), text.trim().parse::<f64>().ok());
        if text.is_empty() {
            return;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "unit" | "call_sign" | "name" => self.name = Some(text.to_owned()),
            "id" => self.name = self.name.take().or_else(|| Some(text.to_owned())),
            "lon" | "longitude" | "x" => self.lon = number,
            "lat" | "latitude" | "y" => self.lat = number,
            "profile" | "vehicle" => self.profile = Some(text.to_owned()),
            "delay" | "delay_s" => self.delay = number,
            _ => {}
        }
    }

    fn given(self, row: usize) -> Result<Given, String> {
        let at = self.lon.zip(self.lat).and_then(|(lon, lat)| LonLat::from_degrees(lon, lat));
        let at = at.ok_or_else(|| {
            format!("unit {row} has no place: give lon and lat in degrees (WGS 84)")
        })?;
        let name = self.profile.unwrap_or_else(|| Profile::PoliceCar.name().to_owned());
        let profile = Profile::from_name(&name).ok_or_else(|| {
            let all: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
            format!("unit {row}: {name:?} is no profile: give one of {}", all.join(", "))
        })?;
        let delay = self.delay.unwrap_or(0.0);
        if !(0.0..=86_400.0).contains(&delay) {
            return Err(format!("unit {row}: delay is seconds, from 0 to a day"));
        }
        let name = self.name.unwrap_or_else(|| row.to_string());
        Ok(Given { name, at, profile, delay: Millis((delay * 1_000.0) as u32) })
    }
}

fn from_csv(text: &str) -> Result<Vec<Given>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let fault = |error: csv::Error| format!("is no table: {error}");
    let headings = reader.headers().map_err(fault)?.clone();
    let rows = reader.records().enumerate();
    rows.map(|(i, row)| {
        let mut fields = Fields::default();
        for (key, value) in headings.iter().zip(row.map_err(fault)?.iter()) {
            fields.set(key, value);
        }
        fields.given(i + 1)
    })
    .collect()
}

/// A list of units, `{"units": […]}`, or `GeoJSON` points.
fn from_json(text: &str) -> Result<Vec<Given>, String> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?;
    let list = ["units", "features"].iter().find_map(|key| value.get(key)).unwrap_or(&value);
    let list =
        list.as_array().ok_or("is no list of units: give [{\"unit\", \"lon\", \"lat\"}, …]")?;
    let rows = list.iter().enumerate();
    rows.map(|(i, unit)| {
        let mut fields = Fields::default();
        let places = [unit.get("at"), unit.pointer("/geometry/coordinates")];
        if let Some([lon, lat, ..]) =
            places.into_iter().flatten().find_map(Value::as_array).map(Vec::as_slice)
        {
            (fields.lon, fields.lat) = (lon.as_f64(), lat.as_f64());
        }
        let named = [Some(unit), unit.get("properties")].into_iter().flatten();
        for (key, value) in named.filter_map(Value::as_object).flatten() {
            match value {
                Value::String(text) => fields.set(key, text),
                Value::Number(number) => fields.set(key, &number.to_string()),
                _ => {}
            }
        }
        fields.given(i + 1)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_units_in_each_form() {
        let csv = "unit,lon,lat,profile,delay\nA1,113.55,22.19,,\nB2,113.56,22.2,foot,30\n";
        let json = r#"[{"unit":"A1","lon":113.55,"lat":22.19},{"call_sign":"B2","at":[113.56,22.2],"profile":"foot","delay_s":30}]"#;
        let points = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","geometry":{"type":"Point","coordinates":[113.55,22.19]},"properties":{"unit":"A1"}},
            {"type":"Feature","geometry":{"type":"Point","coordinates":[113.56,22.2]},"properties":{"unit":"B2","profile":"foot","delay":30}}]}"#;
        let from_csv = from_csv(csv).unwrap();
        assert_eq!(from_csv, from_json(json).unwrap());
        assert_eq!(from_csv, from_json(points).unwrap());
        assert_eq!((from_csv[1].name.as_str(), from_csv[1].profile), ("B2", Profile::Foot));
        assert_eq!(from_csv[1].delay, Millis(30_000));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_row() {
        let fault = |text| from_csv(text).unwrap_err();
        assert!(fault("unit,lon\nA,1\n").starts_with("unit 1 has no place"));
        assert!(fault("lon,lat,profile\n1,1,\n1,1,tank\n").starts_with("unit 2: \"tank\""));
        assert!(fault("lon,lat,delay\n1,1,-4\n").contains("from 0 to a day"));
        assert!(from_json("{}").unwrap_err().contains("no list"));
    }
}
