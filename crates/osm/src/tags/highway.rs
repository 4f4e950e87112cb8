//! `highway=*` and `route=ferry`: the class of a road, and who may use it when nothing else is said.

use precinct_roads::RoadClass;

use super::Who;
use crate::element::Tags;

/// A kind of road before its other tags are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) class: RoadClass,
    /// Who may use it unless access tags say otherwise.
    pub(super) open: Who,
    /// Whom no tag can let in: what is physically impossible.
    pub(super) never: Who,
    /// One-way unless tagged otherwise.
    pub(super) one_way: bool,
}

/// The kind of road a way is; `None` if it is none, not built, or an area rather than a line.
///
/// A square mapped as an area (`area=yes`) is left out: a walk round its edge is no road, and streets that end at it are joined by
/// the ways across it where they are mapped.
pub(super) fn kind(tags: Tags<'_>) -> Option<Kind> {
    if tags.is("area", "yes") {
        return None;
    }
    let (class, open) = match tags.get("highway") {
        Some(highway) => class(highway)?,
        None if tags.is("route", "ferry") => (RoadClass::Ferry, Who::FOOT),
        None => return None,
    };
    // A motor road (motorroad=yes) is closed to slow traffic like a motorway.
    let open = if tags.is("motorroad", "yes") { open.both(Who::MOTOR) } else { open };
    let never = match class {
        RoadClass::Steps => Who::MOTOR,
        _ if tags.is("smoothness", "impassable") => Who::WHEELS,
        _ => Who::NOBODY,
    };
    let circle = matches!(tags.get("junction"), Some("roundabout" | "circular"));
    // A motorway is one-way by definition; a motorway link only where tagged, as routers in use have it.
    let one_way = circle || tags.is("highway", "motorway");
    Some(Kind { class, open, never, one_way })
}

/// The class of a value of `highway`, and who may use it by default.
fn class(highway: &str) -> Option<(RoadClass, Who)> {
    let foot_and_bicycle = Who::FOOT.or(Who::BICYCLE);
    Some(match highway {
        "motorway" | "motorway_link" => (RoadClass::Motorway, Who::MOTOR),
        "trunk" | "trunk_link" => (RoadClass::Trunk, Who::ALL),
        "primary" | "primary_link" => (RoadClass::Primary, Who::ALL),
        "secondary" | "secondary_link" => (RoadClass::Secondary, Who::ALL),
        "tertiary" | "tertiary_link" => (RoadClass::Tertiary, Who::ALL),
        "unclassified" | "unclassified_link" | "road" => (RoadClass::Unclassified, Who::ALL),
        "residential" | "residential_link" => (RoadClass::Residential, Who::ALL),
        "living_street" => (RoadClass::LivingStreet, Who::ALL),
        "service" => (RoadClass::Service, Who::ALL),
        // A road for buses alone is open to police on duty.
        "busway" => (RoadClass::Service, Who::MOTOR),
        "track" => (RoadClass::Track, Who::ALL),
        "pedestrian" => (RoadClass::Pedestrian, Who::FOOT),
        "cycleway" => (RoadClass::Cycleway, foot_and_bicycle),
        "path" => (RoadClass::Path, foot_and_bicycle),
        "footway" | "bridleway" | "corridor" | "platform" => (RoadClass::Path, Who::FOOT),
        "steps" => (RoadClass::Steps, Who::FOOT),
        // construction, proposed, planned, abandoned, razed, bus_guideway, raceway, escape, elevator, via_ferrata, …
        _ => return None,
    })
}
