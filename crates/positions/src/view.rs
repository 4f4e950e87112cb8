//! What readers ask: an immutable picture of every unit's place at one instant.

use precinct_base::{Bounds, LonLat, Metres, Millimetres, Millis, MultiPolygon, Timestamp, UnitId};

use crate::columns::{Cold, Hot};
use crate::tree::Tree;
use crate::tree::sort::Sorter;
use crate::{Cells, CellsError, Heading, OnStreet, Source, Speed};

/// Where a unit was last, and how good that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Whose place.
    pub unit: UnitId,
    /// Where.
    pub at: LonLat,
    /// When, by its device.
    pub time: Timestamp,
    /// How old that was when the view was made: nothing if the device's clock is ahead, at most 49 days.
    pub age: Millis,
    /// How far off it may be, if the device told; kept to 65,534 m.
    pub accuracy: Option<Metres>,
    /// How fast it went, if the device told.
    pub speed: Option<Speed>,
    /// Where to, if the device told.
    pub heading: Option<Heading>,
    /// What it came through.
    pub source: Source,
    /// The street it is on, once it has been found for this very fix.
    pub street: Option<OnStreet>,
}

/// A unit and how far it is, over the ground in a straight line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// How far.
    pub distance: Millimetres,
    /// Which unit, and where.
    pub position: Position,
}

/// Every unit's place at one instant.
#[derive(Clone, Debug)]
pub struct View {
    now: Timestamp,
    hot: Vec<Hot>,
    cold: Vec<Cold>,
    tree: Tree,
}

impl Default for View {
    fn default() -> Self {
        let now = Timestamp::default();
        Self { now, hot: Vec::new(), cold: Vec::new(), tree: Tree::default() }
    }
}

impl View {
    pub(crate) fn fill(&mut self, now: Timestamp, hot: &[Hot], cold: &[Cold], sorter: &mut Sorter) {
        self.now = now;
        self.hot.clear();
        self.hot.extend_from_slice(hot);
        self.cold.clear();
        self.cold.extend_from_slice(cold);
        let places = hot.iter().enumerate().filter(|(_, hot)| hot.is_some());
        sorter.sort(places.map(|(unit, hot)| (hot.at, unit as u32)));
        self.tree.fill(sorter.ids().map(|unit| (hot[unit as usize].at, unit)));
    }

    /// The instant it was made.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// How many units have a place.
    pub const fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether no unit has a place.
    pub const fn is_empty(&self) -> bool {
        self.tree.len() == 0
    }

    /// The latest place of `unit`.
    pub fn latest(&self, unit: UnitId) -> Option<Position> {
        let hot = self.hot.get(unit.index()).filter(|hot| hot.is_some())?;
        Some(self.position(unit, hot, self.cold.get(unit.index())?))
    }

    fn position(&self, unit: UnitId, hot: &Hot, cold: &Cold) -> Position {
        let age = self.now.0.saturating_sub(hot.time.0).max(0);
        Position {
            unit,
            at: hot.at,
            time: hot.time,
            age: Millis(u32::try_from(age).unwrap_or(u32::MAX)),
            accuracy: cold.accuracy(),
            speed: cold.speed(),
            heading: cold.heading(),
            source: cold.source(),
            street: cold.street(),
        }
    }

    /// The `count` units nearest to `at` by [`LonLat::distance`], none farther than `limit`; the nearest first, of several as near
    /// the one with the smaller number first.
    pub fn nearest(&self, at: LonLat, count: usize, limit: Metres) -> Vec<Near> {
        let found = self.tree.nearest(at, count, limit.millimetres());
        let near = |(distance, unit)| Some(Near { distance, position: self.latest(UnitId(unit))? });
        found.into_iter().filter_map(near).collect()
    }

    /// The units in a box, edges included, by their numbers.
    pub fn within_box(&self, bounds: Bounds) -> Vec<Position> {
        self.by_number(self.tree.within_box(bounds))
    }

    /// The units in an area as [`MultiPolygon::contains`] has it, by their numbers.
    pub fn within_polygon(&self, area: &MultiPolygon) -> Vec<Position> {
        self.by_number(self.tree.within_polygon(area))
    }

    fn by_number(&self, mut units: Vec<u32>) -> Vec<Position> {
        units.sort_unstable();
        units.into_iter().filter_map(|unit| self.latest(UnitId(unit))).collect()
    }

    /// How many units are in each cell of a box that is cut into `columns` and `rows`: the picture for a map seen from afar.
    pub fn cells(&self, bounds: Bounds, columns: u32, rows: u32) -> Result<Cells, CellsError> {
        Cells::count(&self.tree, bounds, columns, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_counted_from_the_view_and_never_wrap() {
        let mut view = View::default();
        let times = [i64::MIN + 1, 0, 900, 2_000, i64::MAX];
        let hot: Vec<Hot> =
            times.iter().map(|ms| Hot { at: LonLat::default(), time: Timestamp(*ms) }).collect();
        view.fill(Timestamp(1_000), &hot, &[Cold::NONE; 5], &mut Sorter::default());
        let ages: Vec<Option<u32>> =
            (0..6).map(|unit| view.latest(UnitId(unit)).map(|found| found.age.0)).collect();
        assert_eq!(ages, [Some(u32::MAX), Some(1_000), Some(100), Some(0), Some(0), None]);
        assert_eq!((view.len(), view.is_empty()), (5, false));
    }
}
