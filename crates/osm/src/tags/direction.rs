//! One-way in all its spellings.
//!
//! Decided here: a **reversible** road (`oneway=reversible`, its direction changing with the hour, as on bridges and tunnels at rush
//! hour) is closed to vehicles both ways. Which way it runs now is not in the map, and a plan must not count minutes over a
//! road that may be running against it; general routers do the same. An **alternating** road (traffic lights at a narrow place)
//! is open both ways.
//!
//! Lanes for buses against a one-way street are open to police cars and motorcycles, contraflow lanes for bicycles to bicycles.
//! Walkers mind one-way only where it is said of them.

use precinct_roads::{Along, Profile};

use super::Who;
use super::highway::Kind;
use crate::element::Tags;

/// Which ways traffic runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Both,
    Forward,
    Backward,
    Neither,
}

impl Flow {
    fn runs(self, along: Along) -> bool {
        match self {
            Self::Both => true,
            Self::Forward => along == Along::Forward,
            Self::Backward => along == Along::Backward,
            Self::Neither => false,
        }
    }
}

/// Who may go `along` as far as directions are concerned.
pub(super) fn who(kind: Kind, tags: Tags<'_>, along: Along) -> Who {
    let general = match tags.get("oneway").and_then(flow) {
        Some(flow) => flow,
        None if kind.one_way => Flow::Forward,
        None => Flow::Both,
    };
    Who::where_(|profile| of(profile, general, tags).runs(along))
}

fn flow(value: &str) -> Option<Flow> {
    Some(match value {
        "yes" | "1" | "true" => Flow::Forward,
        "-1" | "reverse" => Flow::Backward,
        "no" | "0" | "false" | "alternating" => Flow::Both,
        "reversible" => Flow::Neither,
        _ => return None,
    })
}

fn of(profile: Profile, general: Flow, tags: Tags<'_>) -> Flow {
    let last = |keys: &[&str]| keys.iter().rev().find_map(|key| tags.get(key).and_then(flow));
    match profile {
        Profile::PoliceCar => {
            let own =
                ["oneway:vehicle", "oneway:motor_vehicle", "oneway:motorcar", "oneway:emergency"];
            last(&own).unwrap_or_else(|| with_bus_lane(general, tags))
        }
        Profile::Motorcycle => {
            let own =
                ["oneway:vehicle", "oneway:motor_vehicle", "oneway:motorcycle", "oneway:emergency"];
            last(&own).unwrap_or_else(|| with_bus_lane(general, tags))
        }
        Profile::Bicycle => {
            let own = last(&["oneway:vehicle", "oneway:bicycle"]);
            own.unwrap_or(if has_contraflow_cycleway(tags) { Flow::Both } else { general })
        }
        Profile::Foot => last(&["oneway:foot"]).unwrap_or(match tags.get("conveying") {
            Some("forward") => Flow::Forward,
            Some("backward") => Flow::Backward,
            _ => Flow::Both,
        }),
    }
}

fn with_bus_lane(general: Flow, tags: Tags<'_>) -> Flow {
    let against = ["oneway:psv", "oneway:bus"].into_iter().any(|key| tags.is(key, "no"))
        || ["busway", "busway:left", "busway:right"].into_iter().any(|key| is_opposite(tags, key));
    if against && general != Flow::Neither { Flow::Both } else { general }
}

fn has_contraflow_cycleway(tags: Tags<'_>) -> bool {
    let lanes = ["cycleway", "cycleway:left", "cycleway:right", "cycleway:both"];
    let ways = ["cycleway:left:oneway", "cycleway:right:oneway", "cycleway:both:oneway"];
    lanes.into_iter().any(|key| is_opposite(tags, key))
        || ways.into_iter().any(|key| matches!(tags.get(key), Some("no" | "-1")))
}

fn is_opposite(tags: Tags<'_>, key: &str) -> bool {
    matches!(
        tags.get(key),
        Some("opposite" | "opposite_lane" | "opposite_track" | "opposite_share_busway")
    )
}
