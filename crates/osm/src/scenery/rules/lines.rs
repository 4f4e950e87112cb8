//! Lines: rivers, railways, runways, boundaries.

use super::{Look, Rule, look};
use crate::element::Tags;
use crate::scenery::SceneryLayer;

/// What a line with these tags is drawn as.
pub(super) fn line(tags: Tags<'_>) -> Option<Look> {
    river(tags).or_else(|| rail(tags))
}

fn river(tags: Tags<'_>) -> Option<Look> {
    let hidden = tags.get("tunnel").is_some_and(|value| value != "no");
    look(SceneryLayer::Water, RIVERS, tags).filter(|_| !hidden)
}

fn rail(tags: Tags<'_>) -> Option<Look> {
    let aside = tags.get("service").is_some();
    let look = look(SceneryLayer::Rail, RAILS, tags)?;
    // A runway that is drawn as an area is no line.
    let is_area = tags.is("area", "yes");
    (!is_area).then_some(Look { rank: look.rank + 3 * u8::from(aside), ..look })
}

/// The level of an administrative boundary, 1 (largest) to 12.
pub(super) fn level(tags: Tags<'_>) -> Option<u8> {
    if !tags.is("boundary", "administrative") {
        return None;
    }
    tags.get("admin_level")?.parse().ok().filter(|level| (1..=12).contains(level))
}

const RIVERS: &[Rule] = &[
    ("waterway", &["river"], "river", 3),
    ("waterway", &["canal"], "canal", 4),
    ("waterway", &["stream"], "stream", 6),
    ("waterway", &["ditch", "drain"], "ditch", 7),
];

const RAILS: &[Rule] = &[
    ("railway", &["rail", "narrow_gauge"], "rail", 2),
    ("railway", &["subway"], "subway", 3),
    ("railway", &["light_rail"], "light_rail", 3),
    ("railway", &["monorail"], "monorail", 3),
    ("railway", &["tram", "funicular"], "tram", 4),
    ("aeroway", &["runway"], "runway", 1),
    ("aeroway", &["taxiway"], "taxiway", 5),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{sight, told};
    use crate::outlines::Form;

    fn drawn(tags: &[(&str, &str)]) -> Option<(&'static str, &'static str, u8)> {
        told(sight(Form::Area, tags).line)
    }

    #[test]
    fn rivers_run_above_ground() {
        assert_eq!(drawn(&[("waterway", "river")]), Some(("water", "river", 3)));
        assert_eq!(
            drawn(&[("waterway", "stream"), ("tunnel", "no")]),
            Some(("water", "stream", 6))
        );
        assert_eq!(drawn(&[("waterway", "stream"), ("tunnel", "culvert")]), None);
    }

    #[test]
    fn sidings_matter_less() {
        assert_eq!(drawn(&[("railway", "rail")]), Some(("rail", "rail", 2)));
        assert_eq!(drawn(&[("railway", "rail"), ("service", "yard")]), Some(("rail", "rail", 5)));
        assert_eq!(drawn(&[("railway", "proposed")]), None);
        assert_eq!(drawn(&[("aeroway", "runway")]), Some(("rail", "runway", 1)));
        assert_eq!(drawn(&[("aeroway", "runway"), ("area", "yes")]), None);
    }

    #[test]
    fn a_boundary_has_a_level() {
        let level = |level| {
            sight(Form::Area, &[("boundary", "administrative"), ("admin_level", level)]).level
        };
        assert_eq!([level("6"), level("0"), level("13"), level("x")], [Some(6), None, None, None]);
        assert_eq!(sight(Form::Area, &[("admin_level", "6")]).level, None);
    }
}
