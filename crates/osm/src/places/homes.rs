//! A first guess at where people live, from the buildings.
//!
//! **These are estimates.** Maps hold footprints and sometimes storeys, not people. The guess is floor area (footprint × storeys)
//! × the share of it lived in ÷ the floor area of one person, or flats × people in a flat where flats are counted. The numbers
//! below are round ones, Precinct's own, meant to give each quarter its place among the others and not its head count: a city
//! should put its census or its past calls in their stead.

use crate::element::Tags;

/// Gross floor area of one person, m²: stairs and walls included.
const FLOOR_PER_PERSON: u64 = 35;
/// People in a flat, in tenths.
const TENTHS_PER_FLAT: u64 = 28;
/// People on a square kilometre of residential land where no building is mapped.
const PEOPLE_PER_KM2: u64 = 10_000;
/// Storeys believed.
const STOREYS: std::ops::RangeInclusive<u32> = 1..=150;
/// Flats of one building believed.
const FLATS: std::ops::RangeInclusive<u32> = 1..=5_000;
/// The largest footprint believed to be one home, m²; what is larger is a mistake or a base for towers.
const FOOTPRINT: u64 = 50_000;

/// How people live in a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dwelling {
    /// Share of the floor lived in, in hundredths; 0 is "nobody lives here".
    share: u8,
    storeys: u32,
    flats: Option<u32>,
}

/// The building that the tags describe; `None` if they describe none.
pub(super) fn building(tags: Tags<'_>) -> Option<Dwelling> {
    let kind = tags
        .get("building")
        .filter(|kind| !matches!(*kind, "no" | "construction" | "ruins" | "proposed"))?;
    let (share, usual) = kind_of(kind, tags);
    let number = |key: &str, believed: std::ops::RangeInclusive<u32>| {
        let whole = tags.get(key)?.split(['.', ';', ',']).next()?.trim();
        whole.parse().ok().filter(|number| believed.contains(number))
    };
    let storeys = number("building:levels", STOREYS).unwrap_or(usual);
    Some(Dwelling { share, storeys, flats: number("building:flats", FLATS) })
}

/// The share of a kind of building that is lived in, in hundredths, and its storeys where they are not given.
fn kind_of(kind: &str, tags: Tags<'_>) -> (u8, u32) {
    match kind {
        "apartments" => (100, 6),
        "residential" => (100, 4),
        "dormitory" => (100, 5),
        "house" | "detached" | "semidetached_house" | "terrace" | "bungalow" | "villa" | "farm"
        | "cabin" => (100, 2),
        "yes" | "mixed" | "mixed_use" if is_used_otherwise(tags) => (0, 1),
        "mixed" | "mixed_use" => (60, 5),
        // Most buildings on most maps are only "yes"; about half of the floor in a town is lived in.
        "yes" => (50, 3),
        _ => (0, 1),
    }
}

/// Whether other tags say what the building is for.
fn is_used_otherwise(tags: Tags<'_>) -> bool {
    const KEYS: [&str; 13] = [
        "amenity",
        "shop",
        "office",
        "tourism",
        "leisure",
        "craft",
        "man_made",
        "historic",
        "military",
        "railway",
        "aeroway",
        "power",
        "public_transport",
    ];
    KEYS.into_iter().any(|key| tags.get(key).is_some())
}

impl Dwelling {
    /// People in a building with a footprint of so many m².
    pub(super) fn people(self, footprint: u64) -> u32 {
        if self.share == 0 {
            return 0;
        }
        let people = if let Some(flats) = self.flats {
            (u64::from(flats) * TENTHS_PER_FLAT).div_ceil(10)
        } else {
            let floor = footprint.min(FOOTPRINT) * u64::from(self.storeys) * u64::from(self.share);
            (floor / 100 + FLOOR_PER_PERSON / 2) / FLOOR_PER_PERSON
        };
        people as u32
    }
}

/// People on residential land of so many m² with no building on it.
pub(super) fn people_on_land(area: u64) -> u32 {
    u32::try_from(area.saturating_mul(PEOPLE_PER_KM2) / 1_000_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(tags: &[(&str, &str)], footprint: u64) -> Option<u32> {
        building(Tags(tags)).map(|dwelling| dwelling.people(footprint))
    }

    #[test]
    fn people_follow_floor_and_use() {
        assert_eq!(
            people(&[("building", "apartments"), ("building:levels", "20")], 700),
            Some(400)
        );
        assert_eq!(people(&[("building", "apartments")], 700), Some(120));
        assert_eq!(people(&[("building", "yes")], 350), Some(15));
        assert_eq!(people(&[("building", "house")], 70), Some(4));
        assert_eq!(people(&[("building", "apartments"), ("building:flats", "25")], 1), Some(70));
        assert_eq!(
            people(&[("building", "apartments"), ("building:levels", "9999")], 700),
            Some(120)
        );
        assert_eq!(
            people(&[("building", "apartments"), ("building:levels", "2.5")], 700),
            Some(40)
        );
    }

    #[test]
    fn where_nobody_lives_nobody_is_guessed() {
        for tags in [
            &[("building", "office")][..],
            &[("building", "garage")],
            &[("building", "yes"), ("shop", "mall")],
            &[("building", "school"), ("building:flats", "9")],
        ] {
            assert_eq!(people(tags, 1_000), Some(0), "{tags:?}");
        }
        assert_eq!(people(&[("building", "no")], 1_000), None);
        assert_eq!(people(&[("highway", "primary")], 1_000), None);
        assert_eq!(people_on_land(1_000_000), 10_000);
        assert_eq!(people_on_land(u64::MAX), u32::MAX);
    }
}
