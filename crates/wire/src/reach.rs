//! Who and what is within minutes by road.

use serde::{Deserialize, Serialize};

use crate::{At, FeatureKind, FeaturesKind, GeometryDoc, Time, UnitStatus};

/// What is within one threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReachBandDoc {
    /// The threshold in minutes.
    pub minutes: u32,
    /// The share of the city's demand within it, in parts of 10,000; nothing where no demand is known.
    pub demand: Option<u32>,
    /// The share of the city's streets within it, by length, in parts of 10,000.
    pub streets: u32,
}

/// An outline of what is within one threshold, as a feature of `GeoJSON`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReachFeatureDoc {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: FeatureKind,
    /// The outline.
    pub geometry: GeometryDoc,
    /// How much is within it.
    pub properties: ReachBandDoc,
}

/// Reach, as a collection of features of `GeoJSON`, the shortest time first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReachDoc {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: FeaturesKind,
    /// The instant it holds for.
    pub at: Time,
    /// Free units from where they were seen last.
    pub units_seen: u32,
    /// Free units that were never seen on their tour and are taken to be at their post.
    pub units_at_post: u32,
    /// Free units that were not heard of for a quarter of an hour: they are left out.
    pub units_stale: u32,
    /// Free units that are near no street of their vehicle: they are left out.
    pub units_off_road: u32,
    /// Posts from which it is reckoned.
    pub posts: u32,
    /// One for each threshold.
    pub features: Vec<ReachFeatureDoc>,
}

/// A unit within minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UnitWithinDoc {
    /// Which.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// What it does.
    pub status: UnitStatus,
    /// How long it takes, by road.
    pub travel_ms: u32,
    /// How old its fix is; nothing is that it was never seen on its tour and is taken to be at its post.
    pub fix_age_ms: Option<u32>,
}

/// A post within minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PostWithinDoc {
    /// Which.
    pub post: u32,
    /// How long it takes from there, by car.
    pub travel_ms: u32,
}

/// Who is within minutes of a place by road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WithinDoc {
    /// The place.
    pub at: At,
    /// The instant it holds for.
    pub now: Time,
    /// Units on duty, the soonest first.
    pub units: Vec<UnitWithinDoc>,
    /// How many units there are, also those beyond the page.
    pub units_in_all: u32,
    /// Open posts, the soonest first.
    pub posts: Vec<PostWithinDoc>,
    /// How many posts there are, also those beyond the page.
    pub posts_in_all: u32,
}
