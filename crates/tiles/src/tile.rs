//! One tile of a map.

use crate::cut::{Window, line, ring};
use crate::map::{Attributes, FeatureRow, Kind, PIECE, PartRow};
use crate::mvt::geometry::Geometry;
use crate::mvt::{LayerWriter, TileWriter};
use crate::world::{BUFFER, EXTENT, Extent, MAX_ZOOM, Point, Spot, shift};
use crate::{BaseMap, Layer};

/// The number of a tile: zoom, column from the west, row from the north, as maps of the web count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    zoom: u8,
    x: u32,
    y: u32,
}

impl TileId {
    /// The tile with that number; `None` deeper than [`MAX_ZOOM`] or outside the world.
    pub const fn new(zoom: u8, x: u32, y: u32) -> Option<Self> {
        if zoom <= MAX_ZOOM && x >> zoom == 0 && y >> zoom == 0 {
            Some(Self { zoom, x, y })
        } else {
            None
        }
    }

    /// Its zoom.
    pub const fn zoom(self) -> u8 {
        self.zoom
    }

    /// Its column, from the west.
    pub const fn x(self) -> u32 {
        self.x
    }

    /// Its row, from the north.
    pub const fn y(self) -> u32 {
        self.y
    }

    /// Its north-west corner, in tile units from the world's.
    const fn corner(self) -> Spot {
        Spot { x: (self.x as i32) * EXTENT, y: (self.y as i32) * EXTENT }
    }

    /// The tile and what is drawn beyond it.
    const fn window(self) -> Window {
        let corner = self.corner();
        let beyond = EXTENT + BUFFER;
        Window {
            min: Spot { x: corner.x - BUFFER, y: corner.y - BUFFER },
            max: Spot { x: corner.x + beyond, y: corner.y + beyond },
        }
    }

    /// Every place of the world that is rounded into the window.
    fn extent(self) -> Extent {
        let (window, bits) = (self.window(), shift(self.zoom));
        let world = |units: i32, more: i64| {
            ((i64::from(units) << bits) + more).clamp(0, i64::from(u32::MAX)) as u32
        };
        let half = 1 << (bits - 1);
        Extent {
            min: Point { x: world(window.min.x, -half), y: world(window.min.y, -half) },
            max: Point { x: world(window.max.x, half), y: world(window.max.y, half) },
        }
    }
}

impl BaseMap {
    /// The tile as a Mapbox Vector Tile, not compressed; empty if there is nothing in it.
    ///
    /// Features that differ in nothing but where they are come as one with several parts. Lines and areas reach
    /// [`BUFFER`] units beyond the tile; a point is in exactly one tile.
    pub fn tile(&self, id: TileId) -> Vec<u8> {
        let mut found = self.meeting(id.zoom, id.extent());
        found.sort_unstable_by_key(|&feature| {
            (self.columns.features[feature as usize].attributes, feature)
        });
        let mut cutter = Cutter::new(self, id);
        let mut tile = TileWriter::default();
        let mut layer: Option<LayerWriter<'_>> = None;
        for alike in found.chunk_by(|a, b| self.drawn(*a, id.zoom) == self.drawn(*b, id.zoom)) {
            let attributes = &self.drawn(alike[0], id.zoom);
            if layer.as_ref().is_none_or(|layer| layer.layer() != attributes.layer) {
                let next = LayerWriter::new(attributes.layer, &self.columns.texts);
                if let Some(done) = layer.replace(next) {
                    tile.layer(done);
                }
            }
            if let Some(layer) = &mut layer {
                layer.feature(attributes, cutter.geometry(alike, attributes.kind));
            }
        }
        if let Some(done) = layer {
            tile.layer(done);
        }
        tile.finish()
    }

    /// What a feature is drawn as: buildings have their names at the deepest zoom only, where there is room for them.
    fn drawn(&self, feature: u32, zoom: u8) -> Attributes {
        let row = self.columns.features[feature as usize];
        let all = self.columns.attributes[row.attributes as usize];
        let nameless = all.layer == Layer::Building && zoom < MAX_ZOOM;
        if nameless { Attributes { name: 0, zh: 0, en: 0, ..all } } else { all }
    }
}

/// Cuts features to one tile.
struct Cutter<'m> {
    map: &'m BaseMap,
    zoom: u8,
    corner: Spot,
    /// The window, and the tile without what is beyond it, relative to the tile's corner.
    window: Window,
    geometry: Geometry,
    spots: Vec<Spot>,
    spare: Vec<Spot>,
}

impl<'m> Cutter<'m> {
    fn new(map: &'m BaseMap, id: TileId) -> Self {
        let (min, max) = (-BUFFER, EXTENT + BUFFER);
        let window = Window { min: Spot { x: min, y: min }, max: Spot { x: max, y: max } };
        let (geometry, spots, spare) = (Geometry::default(), Vec::new(), Vec::new());
        Self { map, zoom: id.zoom, corner: id.corner(), window, geometry, spots, spare }
    }

    /// The geometry of features that are alike; empty if nothing of them is in the tile.
    fn geometry(&mut self, alike: &[u32], kind: Kind) -> &[u8] {
        self.geometry.clear();
        let map = self.map;
        let rows = alike.iter().map(|&feature| map.columns.features[feature as usize]);
        match kind {
            Kind::Point => self.points(rows),
            Kind::Line => rows.for_each(|row| self.lines(row)),
            Kind::Area => rows.for_each(|row| self.areas(row)),
        }
        self.geometry.bytes()
    }

    fn points(&mut self, rows: impl Iterator<Item = FeatureRow>) {
        self.spots.clear();
        let inside = 0..EXTENT;
        for row in rows {
            for part in row.parts() {
                let first = self.map.columns.parts[part].first_point as usize;
                let at = self.spot(first);
                if inside.contains(&at.x) && inside.contains(&at.y) {
                    self.spots.push(at);
                }
            }
        }
        self.geometry.points(&self.spots);
    }

    fn lines(&mut self, row: FeatureRow) {
        for part in row.parts() {
            if self.map.columns.parts[part].zoom <= self.zoom {
                self.gather(part);
                let geometry = &mut self.geometry;
                let mut piece = |piece: &[Spot]| geometry.line(piece);
                line::cut(&self.spots, self.window, &mut self.spare, &mut piece);
            }
        }
    }

    fn areas(&mut self, row: FeatureRow) {
        let parts = &self.map.columns.parts[row.parts()];
        let mut first = row.first_part as usize;
        // An outer ring and its holes at a time.
        for polygon in parts.chunk_by(|_, next| next.hole) {
            self.polygon(first, polygon);
            first += polygon.len();
        }
    }

    /// Rings that are left. An outer ring that went takes its holes with it, and holes that leave nothing take their outer ring.
    fn polygon(&mut self, first: usize, rings: &[PartRow]) {
        let mark = self.geometry.mark();
        let mut left = 0;
        for (part, ring) in (first..).zip(rings) {
            if ring.zoom > self.zoom {
                if ring.hole {
                    continue;
                }
                return;
            }
            self.gather(part);
            ring::cut(&mut self.spots, self.window, &mut self.spare);
            let area = ring::area(&self.spots);
            if self.spots.len() > 2 && area != 0 && (area < 0) == ring.hole {
                left += area;
                self.geometry.ring(&self.spots);
            } else if !ring.hole {
                return;
            }
        }
        if left <= 0 {
            self.geometry.undo(mark);
        }
    }

    /// Puts the points of a part that are kept at this zoom into `spots`, neighbours at the same spot once. Of a piece that is
    /// clear of the window only the ends are taken: what lies between them cannot be seen.
    fn gather(&mut self, part: usize) {
        let map = self.map;
        let columns = &map.columns;
        let range = columns.parts[part].points();
        let mut pieces = map.pieces[map.first_piece[part] as usize..].iter();
        self.spots.clear();
        for first in range.clone().step_by(PIECE) {
            let points = first..(first + PIECE).min(range.end);
            let clear = pieces.next().is_some_and(|piece| self.is_clear(*piece));
            let zoom = self.zoom;
            let mut kept = points.filter(|&point| columns.kept_from[point] <= zoom);
            if clear {
                let ends = [kept.next(), kept.next_back()];
                ends.into_iter().flatten().for_each(|point| self.take(point));
            } else {
                kept.for_each(|point| self.take(point));
            }
        }
    }

    fn take(&mut self, point: usize) {
        let at = self.spot(point);
        if self.spots.last() != Some(&at) {
            self.spots.push(at);
        }
    }

    fn is_clear(&self, piece: Extent) -> bool {
        let (min, max) = (self.relative(piece.min), self.relative(piece.max));
        self.window.is_clear_of(Window { min, max })
    }

    fn spot(&self, point: usize) -> Spot {
        self.relative(self.map.columns.points[point])
    }

    /// Where a place is, from the tile's corner.
    const fn relative(&self, at: Point) -> Spot {
        let spot = at.at(self.zoom);
        Spot { x: spot.x - self.corner.x, y: spot.y - self.corner.y }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_the_world_are_no_tile() {
        assert!(TileId::new(0, 0, 0).is_some() && TileId::new(0, 1, 0).is_none());
        assert!(TileId::new(16, 65_535, 65_535).is_some() && TileId::new(16, 0, 65_536).is_none());
        assert!(TileId::new(17, 0, 0).is_none());
    }

    #[test]
    fn the_extent_holds_what_is_rounded_into_the_window() {
        let id = TileId::new(16, 3, 5).unwrap();
        let (extent, window) = (id.extent(), id.window());
        assert_eq!(extent.min.at(16), window.min);
        assert!(extent.max.at(16).x >= window.max.x);
        let before = Point { x: extent.min.x - 1, y: extent.min.y };
        assert!(before.at(16).x < window.min.x);
    }
}
