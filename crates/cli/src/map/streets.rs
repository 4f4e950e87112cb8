//! Streets in the picture: a path for each band of minutes and width, minor streets below major ones.

use std::collections::BTreeMap;

use precinct_base::LonLat;
use precinct_roads::RoadClass;

use super::frame::{Frame, Point};
use super::lines::{join, simplify};
use super::svg::{Svg, Tenths, path_data, px};

/// A stretch of street within one band of minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Street {
    /// Its places in order.
    pub(crate) shape: Vec<LonLat>,
    /// Its kind.
    pub(crate) class: RoadClass,
    /// The band: 0 is nearest, the number of thresholds is out of reach.
    pub(crate) band: usize,
}

/// What may be lost of a bend, in tenths of a pixel.
const TOLERANCE: Tenths = 4;

/// How wide a class is drawn, from the widest, 0; `None` is not drawn (a ferry is no street).
const fn rank(class: RoadClass) -> Option<usize> {
    Some(match class {
        RoadClass::Motorway | RoadClass::Trunk => 0,
        RoadClass::Primary => 1,
        RoadClass::Secondary => 2,
        RoadClass::Tertiary => 3,
        RoadClass::Unclassified
        | RoadClass::Residential
        | RoadClass::LivingStreet
        | RoadClass::Timed => 4,
        RoadClass::Service
        | RoadClass::Track
        | RoadClass::Pedestrian
        | RoadClass::Cycleway
        | RoadClass::Path
        | RoadClass::Steps => 5,
        RoadClass::Ferry => return None,
    })
}

/// Widths by rank where a pixel is ten metres, in hundredths of a pixel.
const WIDTHS: [u64; 6] = [350, 290, 240, 200, 150, 95];

/// The width of a rank: it shrinks with the square root of the scale, so that a dense city does not fill up.
fn width(rank: usize, mm_per_px: i64) -> Tenths {
    let hundredths = WIDTHS[rank];
    let scaled = (hundredths * hundredths * 10_000 / mm_per_px.max(1) as u64).isqrt();
    (scaled.clamp(hundredths / 3, hundredths * 2) / 10).max(4) as Tenths
}

/// Draws them all. `bands` counts the band out of reach too.
pub(crate) fn draw(svg: &mut Svg, frame: &Frame, streets: &[Street], bands: usize) {
    let mut groups: BTreeMap<(usize, usize), Vec<Vec<Point>>> = BTreeMap::new();
    for street in streets {
        let Some(rank) = rank(street.class) else { continue };
        let line: Vec<Point> = street.shape.iter().map(|&place| frame.point(place)).collect();
        if line.iter().any(|&point| frame.shows(point)) {
            // Minor first, then far first: what matters more is drawn over what matters less.
            let key = (WIDTHS.len() - rank, bands - street.band.min(bands));
            groups.entry(key).or_default().push(line);
        }
    }
    svg.open("g", &[("clip-path", "url(#window)")]);
    for ((minor, far), lines) in groups {
        let (rank, band) = (WIDTHS.len() - minor, bands - far);
        let lines: Vec<Vec<Point>> = join(lines)
            .iter()
            .map(|line| simplify(line, TOLERANCE))
            .filter(|line| line.len() > 1)
            .collect();
        if lines.is_empty() {
            continue;
        }
        let class = format!("line s{band}");
        let data = path_data(lines.iter().map(Vec::as_slice));
        let wide = px(width(rank, frame.mm_per_px()) * 10);
        let attributes = [
            ("class", &*class),
            ("stroke-width", &*wide),
            ("transform", "scale(.1)"),
            ("d", &*data),
        ];
        svg.element("path", &attributes);
    }
    svg.close("g");
}

#[cfg(test)]
mod tests {
    use precinct_base::Bounds;

    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn streets_of_one_class_and_band_are_one_path() {
        let frame =
            Frame::over(Bounds::new(at(0, 0), at(100_000, 100_000)).unwrap(), (0, 0), 1_000, 2_000);
        let street = |from, to, class, band| Street { shape: vec![from, to], class, band };
        let streets = [
            street(at(0, 0), at(50_000, 0), RoadClass::Residential, 1),
            street(at(100_000, 0), at(50_000, 0), RoadClass::Residential, 1),
            street(at(0, 0), at(0, 50_000), RoadClass::Primary, 0),
            street(at(0, 0), at(50_000, 50_000), RoadClass::Ferry, 0),
            street(at(900_000, 0), at(950_000, 0), RoadClass::Primary, 0),
        ];
        let mut svg = Svg::default();
        draw(&mut svg, &frame, &streets, 3);
        let text = svg.finish();
        assert_eq!(text.matches("<path").count(), 2, "{text}");
        assert!(
            text.find("s1").unwrap() < text.find("s0").unwrap(),
            "minor streets come first: {text}"
        );
        assert!(text.contains("d=\"M1000 993l-1000 0\""), "both halves are joined: {text}");
    }

    #[test]
    fn widths_shrink_with_the_scale() {
        assert_eq!(width(0, 10_000), 35);
        assert!(width(0, 40_000) == 17 && width(5, 40_000) == 4);
        assert_eq!(width(5, 10_000_000), 4);
        assert_eq!(width(0, 1), 70);
    }
}
