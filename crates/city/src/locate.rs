//! Which areas a place lies in: a grid over the city, each cell with the areas whose boxes touch it.

use precinct_base::{Bounds, LonLat, MultiPolygon};

/// Cells along each side of the grid.
const SIDE: usize = 64;

/// For each cell of a grid over all areas, those that may hold a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShapeIndex {
    bounds: Option<Bounds>,
    cells: Vec<Vec<u32>>,
}

impl ShapeIndex {
    pub(crate) fn new<'a>(shapes: impl Iterator<Item = &'a MultiPolygon>) -> Self {
        let boxes: Vec<Option<Bounds>> = shapes.map(MultiPolygon::bounds).collect();
        let corners = boxes.iter().flatten().flat_map(|one| [one.min(), one.max()]);
        let Some(bounds) = Bounds::around(corners) else { return Self::default() };
        let mut cells = vec![Vec::new(); SIDE * SIDE];
        for (index, one) in boxes.iter().enumerate() {
            let Some(one) = one else { continue };
            let ((left, low), (right, high)) = (cell(bounds, one.min()), cell(bounds, one.max()));
            for y in low..=high {
                for x in left..=right {
                    cells[y * SIDE + x].push(index as u32);
                }
            }
        }
        Self { bounds: Some(bounds), cells }
    }

    /// The number of every shape `place` lies in, in their order; `shape` gives one by its number.
    pub(crate) fn at<'a>(
        &'a self,
        place: LonLat,
        shape: impl Fn(usize) -> Option<&'a MultiPolygon> + 'a,
    ) -> impl Iterator<Item = usize> + 'a {
        let inside = self.bounds.filter(|bounds| bounds.contains(place));
        let candidates = inside.map_or(&[][..], |bounds| {
            let (x, y) = cell(bounds, place);
            &self.cells[y * SIDE + x]
        });
        let numbers = candidates.iter().map(|&index| index as usize);
        numbers.filter(move |&index| shape(index).is_some_and(|shape| shape.contains(place)))
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_agrees_with_asking_each(corners in prop::collection::vec((-900..900, -900..900, 0..500), 0..20),
                                      lon in -1000..1500, lat in -1000..1500) {
            let at = |x: i32, y: i32| LonLat::new(x, y).unwrap();
            let square = |(x, y, side): (i32, i32, i32)| {
                MultiPolygon::from_bounds(Bounds::new(at(x, y), at(x + side, y + side)).unwrap())
            };
            let shapes: Vec<MultiPolygon> = corners.into_iter().map(square).collect();
            let asked: Vec<usize> = (0..shapes.len()).filter(|&index| shapes[index].contains(at(lon, lat))).collect();
            let index = ShapeIndex::new(shapes.iter());
            let found: Vec<usize> = index.at(at(lon, lat), |index| shapes.get(index)).collect();
            prop_assert_eq!(found, asked);
        }
    }
}
