//! Patrol plans: beats, and tours of units by the hours of the week.

use precinct_core::{Day, Hours};
use serde::{Deserialize, Serialize};

use crate::{At, NameDoc};

/// A beat: where a unit stands by and from where it goes about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeatBody {
    /// What it is called.
    pub name: NameDoc,
    /// Its middle, near a street.
    pub at: At,
}

/// A tour: a unit is on a beat at hours of the week whenever it is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TourBody {
    /// The unit. It is on one beat at a time.
    pub unit: u32,
    /// The beat, by its place in the list, the first is 0.
    pub beat: u32,
    /// When, as 42 hexadecimal digits: Monday 00:00 is the highest bit of the first.
    #[schema(value_type = String)]
    pub hours: Hours,
}

/// A patrol plan to be proposed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposePatrolBody {
    /// What the plan is called.
    pub name: NameDoc,
    /// The area whose units it is for; the whole city if nothing is said.
    #[serde(default)]
    pub area: Option<u32>,
    /// Its beats.
    pub beats: Vec<BeatBody>,
    /// Its tours. Each beat has one at least.
    pub tours: Vec<TourBody>,
    /// The days whose calls the beats were chosen by, if they were: the plan is tried on others.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["2024-01-08"]))]
    pub fitted: Vec<Day>,
    /// The plan it is made from.
    #[serde(default)]
    pub parent: Option<u32>,
}
