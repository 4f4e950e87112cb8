//! The words of `city.toml`, as they are written. What they mean is worked out in `describe`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{self, Deserializer};
use toml::Spanned;

use crate::Datum;

/// `city.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CityFile {
    pub(crate) name: NameFile,
    pub(crate) time_zone: Spanned<String>,
    #[serde(default)]
    pub(crate) attribution: Vec<String>,
    /// The name of the `[[demand]]` in use; the first if not given.
    pub(crate) use_demand: Option<Spanned<String>>,
    /// What `precinct calibrate` wrote.
    pub(crate) calibration: Option<Spanned<String>>,
    pub(crate) clip: Option<Spanned<ClipFile>>,
    pub(crate) roads: Spanned<RoadsFile>,
    #[serde(default)]
    pub(crate) speeds: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<i64>>>,
    /// Minutes by grade.
    pub(crate) thresholds: Option<Spanned<BTreeMap<String, Spanned<Scalar>>>>,
    #[serde(default)]
    pub(crate) posts: Vec<Spanned<SourceFile>>,
    #[serde(default)]
    pub(crate) sites: Vec<Spanned<SourceFile>>,
    #[serde(default)]
    pub(crate) areas: Vec<Spanned<SourceFile>>,
    #[serde(default)]
    pub(crate) demand: Vec<Spanned<SourceFile>>,
    #[serde(default)]
    pub(crate) addresses: Vec<Spanned<SourceFile>>,
    #[serde(default)]
    pub(crate) hot_spots: Vec<Spanned<SourceFile>>,
}

/// `[name]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameFile {
    pub(crate) local: Spanned<String>,
    #[serde(default)]
    pub(crate) zh: String,
    #[serde(default)]
    pub(crate) en: String,
}

/// `[clip]`: one of the three.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClipFile {
    /// West, south, east, north in degrees of WGS 84.
    pub(crate) bounds: Option<[f64; 4]>,
    /// One ring of longitudes and latitudes.
    pub(crate) polygon: Option<Vec<[f64; 2]>>,
    /// A `GeoJSON` file of polygons.
    pub(crate) file: Option<String>,
    #[serde(default)]
    pub(crate) coordinates: Datum,
}

/// `[roads]`: `osm`, or `graph` with `coordinates`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoadsFile {
    pub(crate) osm: Option<String>,
    pub(crate) graph: Option<String>,
    pub(crate) coordinates: Option<String>,
    /// Milliseconds of one unit of the graph, as a fraction: numerator, denominator.
    pub(crate) milliseconds_per_unit: Option<[u32; 2]>,
}

/// One `[[posts]]`, `[[sites]]`, `[[areas]]`, `[[demand]]`, `[[addresses]]` or `[[hot_spots]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFile {
    /// What others call it by.
    pub(crate) name: Option<Spanned<String>>,
    /// `osm`: the extract the roads come from.
    pub(crate) source: Option<Spanned<String>>,
    pub(crate) file: Option<Spanned<String>>,
    pub(crate) format: Option<FileFormat>,
    pub(crate) delimiter: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) coordinates: Datum,
    #[serde(default)]
    pub(crate) columns: BTreeMap<Role, Spanned<String>>,
    #[serde(default)]
    pub(crate) constants: BTreeMap<Role, Spanned<Scalar>>,
    #[serde(default, rename = "where")]
    pub(crate) filters: Vec<Spanned<FilterFile>>,
    /// What kinds, levels or grades are called in the file, and what they are called here.
    #[serde(default)]
    pub(crate) translate: BTreeMap<Role, BTreeMap<String, Spanned<String>>>,
    /// What one unit of demand is.
    pub(crate) measure: Option<Spanned<String>>,
    /// How demand given for an area is laid out in it.
    pub(crate) spread: Option<Spanned<Spread>>,
    /// The `[[areas]]` that the column `area` names.
    pub(crate) areas: Option<Spanned<String>>,
    /// What `density` counts by.
    pub(crate) density_per: Option<Spanned<DensityPer>>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    /// Comma-separated values with a header row.
    Csv,
    /// A `GeoJSON` feature collection.
    Geojson,
}

/// What a column says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Lon,
    Lat,
    Id,
    Name,
    NameZh,
    NameEn,
    Kind,
    Level,
    Grade,
    Weight,
    Density,
    AreaKm2,
    Area,
    Number,
    Street,
    Detail,
    RadiusM,
    DoseMin,
    EveryMin,
}

impl Role {
    pub(crate) const ALL: [Self; 19] = [
        Self::Lon,
        Self::Lat,
        Self::Id,
        Self::Name,
        Self::NameZh,
        Self::NameEn,
        Self::Kind,
        Self::Level,
        Self::Grade,
        Self::Weight,
        Self::Density,
        Self::AreaKm2,
        Self::Area,
        Self::Number,
        Self::Street,
        Self::Detail,
        Self::RadiusM,
        Self::DoseMin,
        Self::EveryMin,
    ];

    /// Its name in files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Id => "id",
            Self::Name => "name",
            Self::NameZh => "name_zh",
            Self::NameEn => "name_en",
            Self::Kind => "kind",
            Self::Level => "level",
            Self::Grade => "grade",
            Self::Weight => "weight",
            Self::Density => "density",
            Self::AreaKm2 => "area_km2",
            Self::Area => "area",
            Self::Number => "number",
            Self::Street => "street",
            Self::Detail => "detail",
            Self::RadiusM => "radius_m",
            Self::DoseMin => "dose_min",
            Self::EveryMin => "every_min",
        }
    }
}

/// How demand given for an area is laid out in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Spread {
    /// Over the homes the extract has in it, by the people each may hold.
    Homes,
    /// At one place inside it.
    Point,
}

/// What a density counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DensityPer {
    SquareKilometre,
    SquareMile,
    Hectare,
}

/// One condition of `where`. All given in it must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilterFile {
    pub(crate) column: Spanned<String>,
    pub(crate) equals: Option<Scalar>,
    pub(crate) one_of: Option<Vec<Scalar>>,
    pub(crate) not_one_of: Option<Vec<Scalar>>,
    pub(crate) empty: Option<bool>,
    pub(crate) from: Option<Scalar>,
    pub(crate) before: Option<Scalar>,
}

/// A text, number or truth value, as the text it is written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar(pub(crate) String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => Ok(Self(text)),
            toml::Value::Integer(number) => Ok(Self(number.to_string())),
            toml::Value::Float(number) => Ok(Self(number.to_string())),
            toml::Value::Boolean(truth) => Ok(Self(truth.to_string())),
            toml::Value::Datetime(time) => Ok(Self(time.to_string())),
            _ => Err(de::Error::custom("a text or a number is wanted here")),
        }
    }
}
