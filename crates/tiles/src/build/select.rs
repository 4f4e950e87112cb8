//! From which zoom on something is worth drawing: by layer and class, and for areas by their size.

use crate::Layer;
use crate::map::Attributes;
use crate::world::{MAX_ZOOM, shift};

/// The smallest ring that is drawn: 256 square units of a tile, two pixels by two where a tile is drawn 512 pixels wide.
const LEAST_RING_BITS: u32 = 8;

/// The first zoom at which a ring of twice this area, in world units, is large enough.
pub(super) fn zoom_of_ring(twice: u128) -> u8 {
    let large = |zoom: &u8| twice >> (2 * shift(*zoom) + LEAST_RING_BITS + 1) > 0;
    (0..MAX_ZOOM).find(large).unwrap_or(MAX_ZOOM)
}

/// The first zoom at which things of a class are drawn at all.
pub(super) fn first_zoom(attributes: Attributes, class: &str) -> u8 {
    match attributes.layer {
        Layer::Water => water(class),
        Layer::Green => 8,
        Layer::Landuse => 9,
        Layer::Building => 13,
        Layer::Road => road(class),
        Layer::Rail => rail(class),
        // The rank of a boundary is its level: 1 to 12.
        Layer::Boundary => match attributes.rank {
            0..=4 => 3,
            5 | 6 => 8,
            7 | 8 => 10,
            _ => 12,
        },
        Layer::Place => place(class),
        Layer::Poi => match attributes.rank {
            0 => 12,
            1 => 13,
            2 => 14,
            _ => 15,
        },
    }
}

fn water(class: &str) -> u8 {
    match class {
        "river" => 9,
        "canal" => 12,
        "stream" => 13,
        "ditch" | "drain" => 15,
        _ => 0,
    }
}

fn road(class: &str) -> u8 {
    match class {
        "motorway" => 6,
        "trunk" => 7,
        "primary" => 9,
        "secondary" | "ferry" => 10,
        "tertiary" | "timed" => 11,
        "unclassified" | "residential" | "living_street" => 12,
        "pedestrian" => 13,
        _ => 14,
    }
}

fn rail(class: &str) -> u8 {
    match class {
        "rail" => 9,
        "runway" => 10,
        "subway" | "light_rail" | "monorail" => 11,
        "taxiway" => 13,
        _ => 12,
    }
}

fn place(class: &str) -> u8 {
    match class {
        "city" => 4,
        "town" => 8,
        "village" | "suburb" => 10,
        "quarter" => 12,
        _ => 13,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_appears_when_it_is_large_enough() {
        // A square of 2^24 world units is 16 tile units wide at zoom 0.
        assert_eq!(zoom_of_ring(2 << 48), 0);
        assert_eq!(zoom_of_ring((2 << 48) - 1), 1);
        assert_eq!(zoom_of_ring(1), MAX_ZOOM);
    }

    #[test]
    fn wide_roads_come_before_narrow_ones() {
        let zooms = ["motorway", "primary", "tertiary", "residential", "service"].map(road);
        assert!(zooms.is_sorted(), "{zooms:?}");
        assert!(water("river") < water("stream") && rail("rail") < rail("tram"));
        assert!(place("city") < place("suburb") && place("suburb") < place("neighbourhood"));
    }
}
