//! How often streets are passed and hot spots visited, and how much of that is known.

use serde::{Deserialize, Serialize};

use crate::{At, FeatureKind, FeaturesKind, LineDoc, NameDoc, Time};

/// Of which hours of a period something is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HoursKnownDoc {
    /// Full hours of the period that have begun.
    pub hours: u32,
    /// Of these, how many anything is known of.
    pub known: u32,
    /// Of these, how many were counted on other streets than the city has now: of streets they say nothing.
    pub other_roads: u32,
    /// Of these, how many cannot be read any more.
    pub unreadable: u32,
    /// The share of the minutes up to now that is known, in parts of 10,000; nothing if all of it is to come.
    pub completeness: Option<u32>,
}

/// Presence in one hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PresenceHourDoc {
    /// When it begins.
    pub begins: Time,
    /// Minutes of it that are known.
    pub known_min: u32,
    /// The share of demand on streets that were passed within the interval, in parts of 10,000; nothing where none is known.
    pub demand: Option<u32>,
    /// The share of streets by length that were passed within the interval, in parts of 10,000; nothing where none is known.
    pub streets: Option<u32>,
    /// How often units came onto a street.
    pub passes: u64,
}

/// Presence in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PresenceDoc {
    /// The beginning of the period, cut to a full hour.
    pub from: Time,
    /// The end of the period, which is not in it, filled up to a full hour.
    pub until: Time,
    /// What time it is.
    pub now: Time,
    /// The interval within which a unit has to pass, in minutes.
    pub within_min: u32,
    /// How much is known.
    pub hours: HoursKnownDoc,
    /// The share of street-time, weighed by demand, with a unit passing within the interval, in parts of 10,000; nothing where no demand or no
    /// hour is known.
    pub demand: Option<u32>,
    /// The same weighed by length of street.
    pub streets: Option<u32>,
    /// How often units came onto a street.
    pub passes: u64,
    /// Passes and visits since the start that came too late to be counted.
    pub late: u64,
    /// Hour by hour, those of which something is known.
    pub by_hour: Vec<PresenceHourDoc>,
}

/// Presence on one street.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PresenceStreetDoc {
    /// The street's number on the roads there are now.
    pub segment: u32,
    /// What it is called.
    pub name: Option<NameDoc>,
    /// The share of the known time with a unit passing within the interval, in parts of 10,000; nothing where no time is known.
    pub share: Option<u32>,
    /// How often units came onto it.
    pub passes: u64,
}

/// A street as a feature of `GeoJSON`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PresenceFeatureDoc {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: FeatureKind,
    /// Its line.
    pub geometry: LineDoc,
    /// Presence on it.
    pub properties: PresenceStreetDoc,
}

/// Streets with their presence, as a collection of features of `GeoJSON`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PresenceStreetsDoc {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: FeaturesKind,
    /// The beginning of the period, cut to a full hour.
    pub from: Time,
    /// The end of the period, which is not in it, filled up to a full hour.
    pub until: Time,
    /// The interval within which a unit has to pass, in minutes.
    pub within_min: u32,
    /// How much is known.
    pub hours: HoursKnownDoc,
    /// Those in the box, also those nobody passed.
    pub features: Vec<PresenceFeatureDoc>,
}

/// A hot spot and its visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HotSpotDoc {
    /// What its visits are kept under: its number in the city's table, else its name, else its place.
    pub key: String,
    /// What it is called.
    pub name: Option<NameDoc>,
    /// Its middle.
    pub at: At,
    /// The smallest area it is in.
    pub area: u32,
    /// How far round it a unit is still there.
    pub radius_m: u32,
    /// How long a visit is planned to last.
    pub dose_ms: u32,
    /// How soon it is to be visited again.
    pub every_ms: u32,
    /// Units that are there now.
    pub there: u32,
    /// The end of the last visit; nothing if none is known.
    pub last_visit: Option<Time>,
    /// The end of the last visit that lasted as long as planned; nothing if none is known.
    pub last_dosed: Option<Time>,
    /// When it is to be visited again; nothing if it is at once, since no visit as long as planned is known.
    pub due_at: Option<Time>,
    /// Whether it is to be visited now: it is time, and nobody is there.
    pub due: bool,
    /// Visits of a minute and more that ended in the period.
    pub visits: u32,
    /// Of these, how many lasted as long as planned.
    pub dosed: u32,
    /// How long they were in all.
    pub visited_ms: u64,
}

/// Hot spots and their visits in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HotSpotsDoc {
    /// The beginning of the period, cut to a full hour.
    pub from: Time,
    /// The end of the period, which is not in it, filled up to a full hour.
    pub until: Time,
    /// What time it is.
    pub now: Time,
    /// How much is known.
    pub hours: HoursKnownDoc,
    /// The hot spots, in the order of the city's tables.
    pub spots: Vec<HotSpotDoc>,
}
