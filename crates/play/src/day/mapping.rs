//! How the columns of a record are to be read, as a small TOML file; two for known records come with the program.

use std::collections::BTreeMap;

use precinct_core::{Catalogue, Code, Priority};
use serde::Deserialize;

use crate::Zone;

/// How a record is to be read.
///
/// ```
/// let mapping = precinct_play::Mapping::parse(r#"
///     [columns]
///     id = "nr"
///     received = "at"
///     kind = "what"
///     point = "place"
///     [time]
///     format = "%Y-%m-%d %H:%M:%S"
///     zone = "Asia/Shanghai"
///     [kinds]
///     theft = "pickpocket"
/// "#).unwrap();
/// assert_eq!(mapping.default_kind.as_str(), "other");
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What each column is.
    pub columns: Columns,
    /// How instants are written.
    pub time: Times,
    /// Values of the on-view column with which somebody called; with any other a patrol came upon it.
    #[serde(default)]
    pub called: Vec<String>,
    /// Types of the record (as they stand, else by their longest known beginning) and of the catalogue.
    #[serde(default)]
    pub kinds: BTreeMap<String, Code>,
    /// The type of every other.
    #[serde(default = "other")]
    pub default_kind: Code,
    /// Priorities of the record, and 1 to 5. For every other it is as the type says.
    #[serde(default)]
    pub priorities: BTreeMap<String, Priority>,
    /// Letters of units that stand at the post of their number: with `E`, the unit `E07` stands at the post with a 7 in its name.
    #[serde(default)]
    pub numbered: Vec<String>,
    /// Rows to leave out.
    #[serde(default)]
    pub leave_out: Vec<LeaveOut>,
}

/// Names of columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The number of the call.
    pub id: String,
    /// When it came in.
    pub received: String,
    /// Its type.
    pub kind: String,
    /// Longitude in degrees.
    pub lon: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<String>,
    /// A place written as `POINT (lon lat)`, in place of `lon` and `lat`.
    pub point: Option<String>,
    /// When the call was entered.
    pub entered: Option<String>,
    /// When a crew was sent.
    pub dispatch: Option<String>,
    /// When it set out.
    pub en_route: Option<String>,
    /// When it was there.
    pub on_scene: Option<String>,
    /// When it left for elsewhere, as with somebody for a hospital.
    pub leave: Option<String>,
    /// When it was done.
    pub clear: Option<String>,
    /// How urgent.
    pub priority: Option<String>,
    /// Which crew.
    pub unit: Option<String>,
    /// What kind of unit it is.
    pub force: Option<String>,
    /// The post it stands at when it has nothing to do, by the id or the name it has in the city's file.
    pub post: Option<String>,
    /// Longitude of where it was when it was sent.
    pub from_lon: Option<String>,
    /// Latitude of where it was when it was sent.
    pub from_lat: Option<String>,
    /// Whether somebody called or a patrol came upon it.
    pub on_view: Option<String>,
    /// The crossing or block.
    pub address: Option<String>,
    /// What the type is called, shown beside types that are not mapped.
    pub kind_text: Option<String>,
}

impl Columns {
    /// Every column named.
    pub fn names(&self) -> Vec<&str> {
        let always = [&self.id, &self.received, &self.kind];
        let may = [
            &self.lon,
            &self.lat,
            &self.point,
            &self.entered,
            &self.dispatch,
            &self.en_route,
            &self.on_scene,
            &self.leave,
            &self.clear,
            &self.priority,
            &self.unit,
            &self.force,
            &self.post,
            &self.from_lon,
            &self.from_lat,
            &self.on_view,
            &self.address,
            &self.kind_text,
        ];
        always.into_iter().chain(may.into_iter().flatten()).map(String::as_str).collect()
    }
}

/// How instants are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// As of `strptime`.
    pub format: String,
    /// Of the IANA database.
    pub zone: String,
}

/// Rows to leave out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveOut {
    /// The column.
    pub column: String,
    /// With one of these values.
    pub one_of: Vec<String>,
    /// Why.
    pub because: String,
}

const fn other() -> Code {
    Code::literal("other")
}

/// Why a mapping cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It is not the TOML that is wanted.
    #[error("the mapping cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// It names a type that the catalogue does not have.
    #[error(
        "the mapping makes {from:?} a {kind}, which is no type of the catalogue: use one of {known}"
    )]
    Kind {
        /// The type of the record.
        from: String,
        /// What it is to become.
        kind: Code,
        /// The types there are.
        known: String,
    },
    /// It names a time zone that does not exist.
    #[error(
        "the mapping names the time zone {0:?}, which is not in the IANA database: use one such as Asia/Shanghai"
    )]
    Zone(String),
    /// It does not say where.
    #[error("the mapping names no place: give `lon` and `lat`, or `point`")]
    Place,
}

const PRESETS: [&str; 2] =
    [include_str!("../../presets/sf-police.toml"), include_str!("../../presets/sf-fire.toml")];

impl Mapping {
    /// Reads a mapping and checks it against the standard catalogue.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text)?;
        let columns = &mapping.columns;
        if columns.point.is_none() && (columns.lon.is_none() || columns.lat.is_none()) {
            return Err(MappingError::Place);
        }
        if Zone::named(&mapping.time.zone).is_none() {
            return Err(MappingError::Zone(mapping.time.zone));
        }
        let catalogue = Catalogue::standard();
        let default = (String::from("every other"), mapping.default_kind);
        let all = mapping.kinds.iter().map(|(from, &kind)| (from.clone(), kind)).chain([default]);
        for (from, kind) in all {
            if catalogue.kind(kind).is_none() {
                let known: Vec<&str> =
                    catalogue.types.iter().map(|kind| kind.code.as_str()).collect();
                return Err(MappingError::Kind { from, kind, known: known.join(", ") });
            }
        }
        Ok(mapping)
    }

    /// The known mapping whose columns are all in `header`.
    pub fn preset(header: &[&str]) -> Option<Self> {
        let fits =
            |mapping: &Self| mapping.columns.names().iter().all(|name| header.contains(name));
        PRESETS.iter().filter_map(|text| Self::parse(text).ok()).find(fits)
    }

    /// The type of the catalogue for one of the record: as it stands, else by its longest known beginning.
    pub fn kind(&self, text: &str) -> Option<Code> {
        let begins = |known: &&String| !known.is_empty() && text.starts_with(known.as_str());
        let longest = || self.kinds.keys().filter(begins).max_by_key(|known| known.len());
        self.kinds.get(text).or_else(|| self.kinds.get(longest()?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presets_are_sound() {
        for text in PRESETS {
            Mapping::parse(text).unwrap();
        }
        assert!(Mapping::preset(&["id", "when"]).is_none());
    }

    #[test]
    fn a_type_is_found_by_its_longest_beginning() {
        let police = Mapping::parse(PRESETS[0]).unwrap();
        assert_eq!(police.kind("418DV").unwrap().as_str(), "domestic");
        assert_eq!(police.kind("418").unwrap().as_str(), "disturbance");
        assert_eq!(police.kind("418X").unwrap().as_str(), "disturbance");
        assert_eq!(police.kind("ZZ"), None);
    }

    #[test]
    fn what_is_wrong_with_a_mapping_is_said() {
        let told = |change: (&str, &str)| {
            Mapping::parse(&PRESETS[0].replacen(change.0, change.1, 1)).unwrap_err().to_string()
        };
        assert!(told(("\"assault\"", "\"asault\"")).contains("asault, which is no type"));
        assert!(told(("America/Los_Angeles", "America/Nowhere")).contains("America/Nowhere"));
        assert!(told(("lon = \"lon\"", "")).contains("no place"));
        assert!(told(("[columns]", "[colums]")).contains("colums"));
    }
}
