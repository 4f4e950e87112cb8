//! The way by road: what is asked, and the answer, street by street.

use precinct_core::Vehicle;
use serde::{Deserialize, Serialize};

use crate::{At, NameDoc};

/// Where a way begins: one of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WayFrom {
    /// Where this unit is now.
    pub unit: Option<u32>,
    /// Or here.
    pub at: Option<At>,
}

/// Where a way ends: one of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WayTo {
    /// Where this incident is.
    pub incident: Option<u32>,
    /// Or here.
    pub at: Option<At>,
}

/// Which way is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskWay {
    /// From where.
    pub from: WayFrom,
    /// To where.
    pub to: WayTo,
    /// How: car, motorcycle, bicycle or foot. Nothing is as the unit that is named moves, else by car.
    #[schema(value_type = Option<String>)]
    pub vehicle: Option<Vehicle>,
}

/// A line as `GeoJSON`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum LineDoc {
    /// Places in order.
    LineString(Vec<At>),
}

/// An end of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct WayEndDoc {
    /// The place on the street.
    pub at: At,
    /// How far from the street the place asked for is.
    pub off_road_m: u64,
    /// How old the fix of the unit is; nothing for a place, and for a unit that was never seen and is taken to be at its post.
    pub fix_age_ms: Option<u32>,
}

/// A part of a way along one street.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct WayStreetDoc {
    /// What to do first: start, straight, left, right or round.
    #[schema(value_type = String, example = "left")]
    pub turn: TurnName,
    /// What the street is called; nothing for one without a name.
    pub street: Option<NameDoc>,
    /// How far along it.
    pub length_m: u64,
    /// How long that takes.
    pub travel_ms: u32,
    /// Where it begins.
    pub at: At,
}

/// A turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnName {
    /// Set out.
    Start,
    /// Go straight on.
    Straight,
    /// Turn left.
    Left,
    /// Turn right.
    Right,
    /// Turn round.
    Round,
}

/// The quickest way by road.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct WayDoc {
    /// How long it takes.
    pub travel_ms: u32,
    /// How long it is.
    pub length_m: u64,
    /// How one goes.
    #[schema(value_type = String, example = "car")]
    pub vehicle: Vehicle,
    /// Where it begins.
    pub from: WayEndDoc,
    /// Where it ends.
    pub to: WayEndDoc,
    /// Its line, with as few places as a map needs.
    pub line: LineDoc,
    /// Its streets, in order.
    pub streets: Vec<WayStreetDoc>,
}
