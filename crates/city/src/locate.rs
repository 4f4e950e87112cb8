//! Which areas a place lies in: a grid over the city, each cell with the areas whose boxes touch it.

use precinct_base::{AreaId, Bounds, LonLat};

use crate::Area;

/// Cells along each side of the grid.
const SIDE: usize = 64;

/// For each cell of a grid over all areas, those that may hold a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AreaIndex {
    bounds: Option<Bounds>,
    cells: Vec<Vec<AreaId>>,
}

impl AreaIndex {
    pub(crate) fn new(areas: &[Area]) -> Self {
        let boxes: Vec<Option<Bounds>> = areas.iter().map(|area| area.shape.bounds()).collect();
        let corners = boxes.iter().flatten().flat_map(|one| [one.min(), one.max()]);
        let Some(bounds) = Bounds::around(corners) else { return Self::default() };
        let mut cells = vec![Vec::new(); SIDE * SIDE];
        for (index, one) in boxes.iter().enumerate() {
            let Some(one) = one else { continue };
            let ((left, low), (right, high)) = (cell(bounds, one.min()), cell(bounds, one.max()));
            for y in low..=high {
                for x in left..=right {
                    cells[y * SIDE + x].push(AreaId(index as u32));
                }
            }
        }
        Self { bounds: Some(bounds), cells }
    }

    /// Every area `place` lies in, in the order of `areas`.
    pub(crate) fn at(&self, areas: &[Area], place: LonLat) -> Vec<AreaId> {
        let Some(bounds) = self.bounds.filter(|bounds| bounds.contains(place)) else {
            return Vec::new();
        };
        let (x, y) = cell(bounds, place);
        let holds =
            |id: &AreaId| areas.get(id.index()).is_some_and(|area| area.shape.contains(place));
        self.cells[y * SIDE + x].iter().copied().filter(holds).collect()
    }
}

fn cell(bounds: Bounds, place: LonLat) -> (usize, usize) {
    let part = |low: i32, high: i32, v: i32| {
        let (width, from) = (i64::from(high) - i64::from(low) + 1, i64::from(v) - i64::from(low));
        (from * SIDE as i64 / width) as usize
    };
    let (min, max) = (bounds.min(), bounds.max());
    (part(min.lon(), max.lon(), place.lon()), part(min.lat(), max.lat(), place.lat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AreaLevel;
    use precinct_base::MultiPolygon;
    use precinct_roads::Name;
    use proptest::prelude::*;

    fn square(lon: i32, lat: i32, side: i32) -> Area {
        let at = |x: i32, y: i32| LonLat::new(x, y).unwrap();
        let bounds = Bounds::new(at(lon, lat), at(lon + side, lat + side)).unwrap();
        Area {
            level: AreaLevel::District,
            name: Name::default(),
            id: String::new(),
            shape: MultiPolygon::from_bounds(bounds),
            grade: None,
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_asking_each(corners in prop::collection::vec((-900..900, -900..900, 0..500), 0..20),
                                      lon in -1000..1500, lat in -1000..1500) {
            let areas: Vec<Area> = corners.into_iter().map(|(x, y, side)| square(x, y, side)).collect();
            let place = LonLat::new(lon, lat).unwrap();
            let asked: Vec<AreaId> = (0..areas.len() as u32).map(AreaId)
                .filter(|id| areas[id.index()].shape.contains(place)).collect();
            prop_assert_eq!(AreaIndex::new(&areas).at(&areas, place), asked);
        }
    }
}
