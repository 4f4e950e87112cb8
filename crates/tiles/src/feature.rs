//! What a base map is built from.

use precinct_base::{Bounds, LonLat, MultiPolygon};

use crate::Layer;

/// A name as signposted and in the console's two languages; empty where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// As signposted where it is.
    pub local: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Where a feature is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// At a place.
    Point(LonLat),
    /// Along places, at least two.
    Line(Vec<LonLat>),
    /// Over an area; rings may go round either way.
    Area(MultiPolygon),
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The layer it belongs to.
    pub layer: Layer,
    /// What it is within its layer, such as `residential` or `river`: a style goes by it.
    pub class: String,
    /// How much it matters among its like, 0 the most: within a layer, what matters more is drawn over what matters less.
    pub rank: u8,
    /// Whether traffic goes only the way the line does.
    pub oneway: bool,
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub shape: Shape,
}

/// What is said of a whole map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Whom to credit wherever the map is shown, such as "© `OpenStreetMap` contributors".
    pub attribution: String,
    /// The box worth looking at.
    pub bounds: Option<Bounds>,
    /// A fingerprint of what the map was made from, to see whether a file is stale.
    pub made_from: [u8; 32],
}
