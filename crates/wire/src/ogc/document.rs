//! The documents of OGC API – Features: landing page, conformance, collections and features.

use serde::{Deserialize, Serialize};

use super::{GeometryDoc, PropertiesDoc};
use crate::Time;

/// A link (RFC 8288).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LinkDoc {
    /// Where to.
    pub href: String,
    /// What is there, seen from here: self, next, data, items, …
    pub rel: String,
    /// The media type of what is there.
    #[serde(rename = "type")]
    pub form: String,
    /// What it is called, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl LinkDoc {
    /// A link without a title.
    pub fn new(rel: &str, form: &str, href: String) -> Self {
        Self { href, rel: rel.to_owned(), form: form.to_owned(), title: None }
    }

    /// The same with a title.
    #[must_use]
    pub fn titled(self, title: &str) -> Self {
        Self { title: Some(title.to_owned()), ..self }
    }
}

/// The landing page: where everything else is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LandingDoc {
    /// What this is called.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Where to go on.
    pub links: Vec<LinkDoc>,
}

/// Which parts of the standard are kept to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ConformanceDoc {
    /// Their addresses.
    #[serde(rename = "conformsTo")]
    pub conforms_to: Vec<String>,
}

/// Where the features of a collection are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SpatialDoc {
    /// Boxes: west, south, east, north, in degrees. The first holds all.
    pub bbox: Vec<[f64; 4]>,
    /// The reference system of the boxes.
    pub crs: String,
}

/// When the features of a collection are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TemporalDoc {
    /// Intervals, begin and end; null is open. The first holds all.
    #[schema(value_type = Vec<Vec<Option<String>>>)]
    pub interval: Vec<[Option<Time>; 2]>,
    /// The reference system of the instants.
    pub trs: String,
}

/// Where and when the features of a collection are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ExtentDoc {
    /// Where; absent if nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spatial: Option<SpatialDoc>,
    /// When; absent if they have no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporal: Option<TemporalDoc>,
}

/// A collection of features of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CollectionDoc {
    /// Its name in addresses.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What is in it.
    pub description: String,
    /// Where its features are.
    pub links: Vec<LinkDoc>,
    /// Where and when its features are, of those whoever asks may see.
    pub extent: ExtentDoc,
    /// What is in it, for programs: `feature`.
    #[serde(rename = "itemType")]
    pub item_type: String,
    /// The reference systems of its places.
    pub crs: Vec<String>,
}

/// All collections.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CollectionsDoc {
    /// Where this is.
    pub links: Vec<LinkDoc>,
    /// The collections.
    pub collections: Vec<CollectionDoc>,
}

/// The kind of a feature in `GeoJSON`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum FeatureKind {
    /// The only one.
    Feature,
}

/// The kind of a list of features in `GeoJSON`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum FeaturesKind {
    /// The only one.
    FeatureCollection,
}

/// A feature (RFC 7946, section 3.2).
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FeatureDoc {
    /// `Feature`.
    #[serde(rename = "type")]
    pub kind: FeatureKind,
    /// Its number, as everywhere else in the API.
    pub id: u32,
    /// Where it is; null if its place has no shape here.
    pub geometry: Option<GeometryDoc>,
    /// What is so of it.
    pub properties: PropertiesDoc,
    /// Where it and its collection are, where it stands alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDoc>,
}

/// A page of features (RFC 7946, section 3.3).
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FeaturesDoc {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: FeaturesKind,
    /// Those on this page, by rising number.
    pub features: Vec<FeatureDoc>,
    /// This page and the next.
    pub links: Vec<LinkDoc>,
    /// When this was so.
    #[serde(rename = "timeStamp")]
    pub time_stamp: Time,
    /// How many fit what was asked, on all pages.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are on this page.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
}
