//! Features projected, then laid out as columns.

use std::collections::BTreeMap;

use precinct_base::{LonLat, MultiPolygon};

use super::{select, thin};
use crate::feature::{Feature, Shape};
use crate::map::{Attributes, Columns, FeatureRow, Kind, PartRow};
use crate::project::project;
use crate::world::{Extent, Point, turned_area};
use crate::{About, hilbert};

/// A feature that is projected: parts without repeated points, rings turned as MVT wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) attributes: Attributes,
    pub(super) parts: Vec<Part>,
}

/// A point, a line or a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) hole: bool,
    pub(super) points: Vec<Point>,
}

/// Texts, each once, with numbers in the order they come.
struct Texts(BTreeMap<String, u32>);

impl Texts {
    fn number(&mut self, text: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text).or_insert(next)
    }

    fn finish(self) -> Vec<String> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_unstable_by_key(|(_, number)| *number);
        all.into_iter().map(|(text, _)| text).collect()
    }
}

/// Projects all features; also gives the texts their attributes name by number.
pub(super) fn gather(features: impl IntoIterator<Item = Feature>) -> (Vec<String>, Vec<Draft>) {
    let mut texts = Texts(BTreeMap::from([(String::new(), 0)]));
    let mut drafts = Vec::new();
    for feature in features {
        let (kind, parts) = parts(&feature.shape);
        if parts.is_empty() {
            continue;
        }
        let attributes = Attributes {
            layer: feature.layer,
            kind,
            rank: feature.rank,
            oneway: feature.oneway,
            class: texts.number(feature.class),
            name: texts.number(feature.name.local),
            zh: texts.number(feature.name.zh),
            en: texts.number(feature.name.en),
        };
        drafts.push(Draft { attributes, parts });
    }
    (texts.finish(), drafts)
}

fn parts(shape: &Shape) -> (Kind, Vec<Part>) {
    match shape {
        Shape::Point(at) => (Kind::Point, vec![Part { hole: false, points: vec![project(*at)] }]),
        Shape::Line(places) => {
            let points = projected(places);
            let line = (points.len() > 1).then_some(Part { hole: false, points });
            (Kind::Line, line.into_iter().collect())
        }
        Shape::Area(area) => (Kind::Area, rings(area)),
    }
}

fn projected(places: &[LonLat]) -> Vec<Point> {
    let mut points: Vec<Point> = places.iter().map(|at| project(*at)).collect();
    points.dedup();
    points
}

fn rings(area: &MultiPolygon) -> Vec<Part> {
    let mut parts = Vec::new();
    for polygon in &area.0 {
        let Some(outer) = ring(&polygon.outer, false) else { continue };
        parts.push(outer);
        parts.extend(polygon.holes.iter().filter_map(|hole| ring(hole, true)));
    }
    parts
}

/// A ring turned as it must be; `None` if it has no area.
fn ring(places: &[LonLat], hole: bool) -> Option<Part> {
    let mut points = projected(places);
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let area = area(&points);
    if (area < 0) != hole {
        points.reverse();
    }
    (area != 0).then_some(Part { hole, points })
}

fn area(ring: &[Point]) -> i128 {
    turned_area(ring.iter().map(|at| (*at).into()))
}

/// Lays drafts out: attributes in the order they are drawn, features by the zoom they appear at and along a Hilbert curve.
pub(super) fn columns(about: About, texts: Vec<String>, drafts: Vec<Draft>) -> Columns {
    let order = |a: &Attributes| {
        let text = |number: u32| texts[number as usize].as_str();
        // What matters least comes first, and is drawn under the rest.
        let drawn = (a.layer, 255 - a.rank, text(a.class), a.kind, a.oneway);
        (drawn, text(a.name), text(a.zh), text(a.en))
    };
    let mut attributes: Vec<Attributes> = drafts.iter().map(|draft| draft.attributes).collect();
    attributes.sort_by(|a, b| order(a).cmp(&order(b)));
    attributes.dedup();
    let mut rows: Vec<_> = drafts.into_iter().map(|draft| Row::of(draft, &texts)).collect();
    rows.sort_by_key(|row| (row.zoom, row.along));
    let mut columns = Columns { about, ..Columns::default() };
    for row in rows {
        let wanted = order(&row.attributes);
        let number = attributes.partition_point(|one| order(one) < wanted);
        row.add_to(&mut columns, number as u32);
    }
    columns.attributes = attributes;
    columns.texts = texts;
    columns
}

/// A draft, when it appears, and where along the curve it is.
struct Row {
    zoom: u8,
    along: u64,
    attributes: Attributes,
    parts: Vec<(u8, Part)>,
}

impl Row {
    fn of(draft: Draft, texts: &[String]) -> Self {
        let first = select::first_zoom(draft.attributes, &texts[draft.attributes.class as usize]);
        let kind = draft.attributes.kind;
        let parts: Vec<(u8, Part)> = draft
            .parts
            .into_iter()
            .map(|part| (first.max(zoom_of_part(kind, &part)), part))
            .collect();
        let zoom = parts.iter().map(|(zoom, _)| *zoom).min().unwrap_or(first);
        let extent = parts
            .iter()
            .map(|(_, part)| Extent::around(&part.points))
            .fold(Extent::NOTHING, Extent::with);
        let middle = Point {
            x: u32::midpoint(extent.min.x, extent.max.x),
            y: u32::midpoint(extent.min.y, extent.max.y),
        };
        Self { zoom, along: hilbert::along(middle), attributes: draft.attributes, parts }
    }

    fn add_to(self, columns: &mut Columns, attributes: u32) {
        columns.features.push(FeatureRow {
            zoom: self.zoom,
            attributes,
            first_part: columns.parts.len() as u32,
            parts: self.parts.len() as u32,
        });
        for (zoom, part) in self.parts {
            columns.parts.push(PartRow {
                zoom,
                hole: part.hole,
                first_point: columns.points.len() as u32,
                points: part.points.len() as u32,
            });
            let is_ring = self.attributes.kind == Kind::Area;
            columns.kept_from.extend(thin::kept_from(&part.points, is_ring));
            columns.points.extend(part.points);
        }
    }
}

fn zoom_of_part(kind: Kind, part: &Part) -> u8 {
    match kind {
        Kind::Area => select::zoom_of_ring(area(&part.points).unsigned_abs()),
        Kind::Point | Kind::Line => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::Polygon;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon * 10_000, lat * 10_000).unwrap()
    }

    #[test]
    fn rings_are_turned_and_empty_ones_left_out() {
        let square = |low, high| vec![at(low, low), at(high, low), at(high, high), at(low, high)];
        let mut closed = square(0, 90);
        closed.push(at(0, 0));
        let line = vec![at(1, 1), at(2, 2), at(3, 3), at(3, 3)];
        let holes = vec![square(10, 20), square(30, 40).into_iter().rev().collect(), line.clone()];
        let whole = Polygon { outer: closed, holes };
        let thin = Polygon { outer: line[..2].to_vec(), holes: vec![square(50, 60)] };
        let parts = rings(&MultiPolygon(vec![whole, thin]));
        let areas: Vec<bool> = parts.iter().map(|part| area(&part.points) > 0).collect();
        assert_eq!(areas, [true, false, false]);
        assert!(parts.iter().all(|part| part.points.len() == 4));
        assert_eq!(parts.iter().map(|part| part.hole).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn a_line_of_one_place_is_left_out() {
        assert!(parts(&Shape::Line(vec![at(1, 1), at(1, 1)])).1.is_empty());
        assert_eq!(parts(&Shape::Line(vec![at(1, 1), at(2, 1)])).1.len(), 1);
    }
}
