//! What the tags of a node, way or relation say it is, other than a road.

use precinct_roads::Name;

use super::homes::{self, Dwelling};
use super::{PostKind, SettlementKind, SiteKind};
use crate::element::Tags;
use crate::outlines::{Form, Subject};
use crate::tags::name_of;

/// Everything one element is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) name: Name,
    pub(super) post: Option<PostKind>,
    pub(super) site: Option<SiteKind>,
    pub(super) settlement: Option<SettlementKind>,
    /// The level of an administrative area, 1 to 12.
    pub(super) level: Option<u8>,
    /// A building, and how people live in it.
    pub(super) building: Option<Dwelling>,
    /// Land that people live on.
    pub(super) residential: bool,
}

impl Subject for Feature {
    fn of(tags: Tags<'_>, form: Form) -> Option<Self> {
        feature(tags, form)
    }

    fn name(&self) -> &Name {
        &self.name
    }
}

/// What the tags say, if it is anything of interest.
fn feature(tags: Tags<'_>, form: Form) -> Option<Feature> {
    if tags.is_empty() {
        return None;
    }
    let area = form == Form::Area;
    let mut feature = Feature {
        post: post(tags),
        site: site(tags, form),
        settlement: tags.get("place").and_then(SettlementKind::from_name),
        level: if area { level(tags) } else { None },
        building: homes::building(tags).filter(|_| area),
        residential: area && tags.is("landuse", "residential"),
        ..Feature::default()
    };
    if feature == Feature::default() {
        return None;
    }
    feature.name = name_of(tags);
    // A part of a town that nobody has named is no settlement anyone can speak of.
    feature.settlement = feature.settlement.filter(|_| !feature.name.is_empty());
    Some(feature)
}

/// Police and fire stations. A name or `police=*` tells the smaller kinds apart from police stations.
fn post(tags: Tags<'_>) -> Option<PostKind> {
    if tags.is("amenity", "fire_station") {
        return Some(PostKind::FireStation);
    }
    if tags.is("police", "checkpoint") {
        return Some(PostKind::Checkpoint);
    }
    if !tags.is("amenity", "police") {
        return None;
    }
    let named = |words: &[&str]| {
        ["name", "name:zh"]
            .iter()
            .filter_map(|key| tags.get(key))
            .any(|name| words.iter().any(|word| name.contains(word)))
    };
    if named(&["检查站", "檢查站"]) {
        Some(PostKind::Checkpoint)
    } else if named(&["警务站", "警務站", "警务亭", "警務亭"]) {
        Some(PostKind::StreetStation)
    } else {
        Some(PostKind::PoliceStation)
    }
}

fn site(tags: Tags<'_>, form: Form) -> Option<SiteKind> {
    let by_key = |key: &str, kind: fn(&str) -> Option<SiteKind>| tags.get(key).and_then(kind);
    let station = || {
        let metro = tags.is("subway", "yes") || tags.is("light_rail", "yes");
        let metro =
            metro || matches!(tags.get("station"), Some("subway" | "light_rail" | "monorail"));
        tags.is("railway", "station").then_some(if metro {
            SiteKind::MetroStation
        } else {
            SiteKind::RailwayStation
        })
    };
    by_key("amenity", amenity)
        .or_else(station)
        .or_else(|| {
            by_key("aeroway", |value| {
                matches!(value, "aerodrome" | "heliport").then_some(SiteKind::Airport)
            })
        })
        .or_else(|| {
            by_key("office", |value| (value == "government").then_some(SiteKind::Government))
        })
        .or_else(|| if form == Form::Area { ground(tags) } else { None })
}

fn amenity(value: &str) -> Option<SiteKind> {
    Some(match value {
        "school" => SiteKind::School,
        "kindergarten" => SiteKind::Kindergarten,
        "university" | "college" => SiteKind::University,
        "hospital" => SiteKind::Hospital,
        "clinic" | "doctors" => SiteKind::Clinic,
        "bank" => SiteKind::Bank,
        "bus_station" => SiteKind::BusStation,
        "ferry_terminal" => SiteKind::FerryTerminal,
        "townhall" | "courthouse" => SiteKind::Government,
        "marketplace" => SiteKind::Market,
        _ => return None,
    })
}

/// Communities and works, which are areas and count when they have a name.
fn ground(tags: Tags<'_>) -> Option<SiteKind> {
    tags.get("name").or_else(|| tags.get("name:zh"))?;
    if tags.is("landuse", "residential") || tags.is("place", "neighbourhood") {
        Some(SiteKind::Community)
    } else if tags.is("landuse", "industrial") || tags.is("man_made", "works") {
        Some(SiteKind::Works)
    } else {
        None
    }
}

fn level(tags: Tags<'_>) -> Option<u8> {
    if !tags.is("boundary", "administrative") {
        return None;
    }
    tags.get("admin_level")?.parse().ok().filter(|level| (1..=12).contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs = &'static [(&'static str, &'static str)];

    fn of(tags: &[(&str, &str)], form: Form) -> Feature {
        feature(Tags(tags), form).unwrap_or_default()
    }

    #[test]
    fn posts_are_told_apart() {
        let cases: &[(Pairs, Option<PostKind>)] = &[
            (&[("amenity", "police")], Some(PostKind::PoliceStation)),
            (&[("amenity", "police"), ("name", "中山路警务站")], Some(PostKind::StreetStation)),
            (&[("amenity", "police"), ("name:zh", "拱北檢查站")], Some(PostKind::Checkpoint)),
            (&[("police", "checkpoint")], Some(PostKind::Checkpoint)),
            (&[("amenity", "fire_station")], Some(PostKind::FireStation)),
            (&[("disused:amenity", "police")], None),
        ];
        for (tags, kind) in cases {
            assert_eq!(of(tags, Form::Point).post, *kind, "{tags:?}");
        }
    }

    #[test]
    fn sites_are_told_apart() {
        let cases: &[(Pairs, Form, Option<SiteKind>)] = &[
            (&[("amenity", "school")], Form::Point, Some(SiteKind::School)),
            (&[("amenity", "kindergarten")], Form::Area, Some(SiteKind::Kindergarten)),
            (&[("amenity", "college")], Form::Area, Some(SiteKind::University)),
            (&[("amenity", "hospital")], Form::Area, Some(SiteKind::Hospital)),
            (&[("amenity", "doctors")], Form::Point, Some(SiteKind::Clinic)),
            (&[("amenity", "bank")], Form::Point, Some(SiteKind::Bank)),
            (&[("railway", "station")], Form::Point, Some(SiteKind::RailwayStation)),
            (
                &[("railway", "station"), ("station", "subway")],
                Form::Point,
                Some(SiteKind::MetroStation),
            ),
            (&[("amenity", "bus_station")], Form::Area, Some(SiteKind::BusStation)),
            (&[("amenity", "ferry_terminal")], Form::Area, Some(SiteKind::FerryTerminal)),
            (&[("aeroway", "aerodrome")], Form::Area, Some(SiteKind::Airport)),
            (&[("amenity", "townhall")], Form::Area, Some(SiteKind::Government)),
            (&[("office", "government")], Form::Point, Some(SiteKind::Government)),
            (&[("amenity", "marketplace")], Form::Area, Some(SiteKind::Market)),
            (
                &[("landuse", "residential"), ("name", "幸福小区")],
                Form::Area,
                Some(SiteKind::Community),
            ),
            (&[("landuse", "residential")], Form::Area, None),
            (
                &[("place", "neighbourhood"), ("name", "Ilha")],
                Form::Area,
                Some(SiteKind::Community),
            ),
            (&[("place", "neighbourhood"), ("name", "Ilha")], Form::Point, None),
            (&[("landuse", "industrial"), ("name", "Mill")], Form::Area, Some(SiteKind::Works)),
            (&[("shop", "bakery")], Form::Point, None),
        ];
        for (tags, form, kind) in cases {
            assert_eq!(of(tags, *form).site, *kind, "{tags:?}");
        }
    }

    #[test]
    fn settlements_have_names_and_areas_have_levels() {
        let suburb = of(&[("place", "suburb"), ("name", "Sé")], Form::Point);
        assert_eq!(
            (suburb.settlement, suburb.name.local.as_str()),
            (Some(SettlementKind::Suburb), "Sé")
        );
        assert_eq!(of(&[("place", "suburb")], Form::Point).settlement, None);
        let boundary =
            |level, form| of(&[("boundary", "administrative"), ("admin_level", level)], form).level;
        assert_eq!(boundary("6", Form::Area), Some(6));
        assert_eq!(boundary("6", Form::Point), None);
        assert_eq!(
            [boundary("0", Form::Area), boundary("13", Form::Area), boundary("x", Form::Area)],
            [None; 3]
        );
    }
}
