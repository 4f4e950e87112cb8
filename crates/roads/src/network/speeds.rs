//! Speeds as a table that is replaced while the system runs: time factors by kind of road, hour of week and area.

use precinct_base::{HourOfWeek, Millis};

use crate::RoadClass;

/// A factor on travel time in thousandths: 1000 leaves it as imported, 2000 doubles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(pub u16);

impl Factor {
    /// As imported.
    pub const ONE: Self = Self(1_000);
}

/// Time factors by [`RoadClass`] × [`HourOfWeek`], and by area. The times of the import are multiplied by both.
///
/// ```
/// use precinct_base::{HourOfWeek, Millis};
/// use precinct_roads::{Factor, RoadClass, SpeedTable};
/// let monday_8 = HourOfWeek::new(8).unwrap();
/// let mut table = SpeedTable::as_imported();
/// table.set_class(RoadClass::Primary, monday_8, Factor(1_500));
/// assert_eq!(table.time(Millis(10_000), RoadClass::Primary, monday_8, 0), Millis(15_000));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeedTable {
    by_class: Vec<[Factor; HourOfWeek::COUNT]>,
    by_area: Vec<Factor>,
    start_stop: Millis,
}

impl SpeedTable {
    /// Every factor one.
    pub fn as_imported() -> Self {
        Self {
            by_class: vec![[Factor::ONE; HourOfWeek::COUNT]; RoadClass::ALL.len()],
            by_area: Vec::new(),
            start_stop: Millis::ZERO,
        }
    }

    /// Sets the factor of a kind of road at an hour.
    pub fn set_class(&mut self, class: RoadClass, hour: HourOfWeek, factor: Factor) {
        self.by_class[class.index()][hour.index()] = factor;
    }

    /// Sets the factor of an area; areas not set have factor one.
    pub fn set_area(&mut self, area: u16, factor: Factor) {
        let area = usize::from(area);
        if self.by_area.len() <= area {
            self.by_area.resize(area + 1, Factor::ONE);
        }
        self.by_area[area] = factor;
    }

    /// Sets what every way costs beside its streets: getting away, pulling up, reporting. It is in every time from place to place.
    pub fn set_start_stop(&mut self, time: Millis) {
        self.start_stop = time;
    }

    /// What every way costs beside its streets; none as imported.
    pub const fn start_stop(&self) -> Millis {
        self.start_stop
    }

    /// The time on a stretch that took `imported` at the import, to the nearest millisecond. A stretch that took any time still does.
    pub fn time(&self, imported: Millis, class: RoadClass, hour: HourOfWeek, area: u16) -> Millis {
        let class = self.by_class[class.index()][hour.index()];
        let area = self.by_area.get(usize::from(area)).copied().unwrap_or(Factor::ONE);
        let scaled = u128::from(imported.0) * u128::from(class.0) * u128::from(area.0);
        let ms = ((scaled + 500_000) / 1_000_000)
            .min(u128::from(precinct_base::caps::SEARCH_LIMIT_MS)) as u32;
        Millis(ms.max(u32::from(imported.0 > 0)))
    }
}

impl Default for SpeedTable {
    fn default() -> Self {
        Self::as_imported()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_multiply_and_never_make_a_road_free() {
        let hour = HourOfWeek::default();
        let mut table = SpeedTable::as_imported();
        assert_eq!(table.time(Millis(7), RoadClass::Steps, hour, 9), Millis(7));
        table.set_class(RoadClass::Steps, hour, Factor(500));
        table.set_area(3, Factor(3_000));
        assert_eq!(table.time(Millis(7), RoadClass::Steps, hour, 3), Millis(11));
        assert_eq!(table.time(Millis(7), RoadClass::Steps, hour, 2), Millis(4));
        table.set_area(2, Factor(0));
        assert_eq!(table.time(Millis(7), RoadClass::Steps, hour, 2), Millis(1));
        assert_eq!(table.time(Millis(0), RoadClass::Steps, hour, 2), Millis(0));
        table.set_area(4, Factor(u16::MAX));
        assert_eq!(table.time(Millis::MAX, RoadClass::Path, hour, 4), Millis(86_400_000));
    }
}
