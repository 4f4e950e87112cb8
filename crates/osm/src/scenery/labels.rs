//! Labels that are there already: a station is mapped once for each of its parts, and should be named once.

use std::collections::BTreeMap;

use precinct_base::LonLat;

/// Labels of the same class and name nearer than this, about 300 m, are one. 1e-7 degree.
const NEAR: i32 = 30_000;

/// The labels there are, by class and name, in cells as wide as what is near.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeMap<(&'static str, String), Cells>);

/// Places by the cell they are in.
type Cells = BTreeMap<(i32, i32), Vec<LonLat>>;

impl Labels {
    /// Adds a label, unless one like it is near.
    pub(super) fn add(&mut self, class: &'static str, name: String, at: LonLat) -> bool {
        let cells = self.0.entry((class, name)).or_default();
        let (column, row) = (at.lon().div_euclid(NEAR), at.lat().div_euclid(NEAR));
        for x in column - 1..=column + 1 {
            let beside = cells.range((x, row - 1)..=(x, row + 1));
            if beside.flat_map(|(_, places)| places).any(|place| is_near(*place, at)) {
                return false;
            }
        }
        cells.entry((column, row)).or_default().push(at);
        true
    }
}

const fn is_near(a: LonLat, b: LonLat) -> bool {
    a.lon().abs_diff(b.lon()) < NEAR as u32 && a.lat().abs_diff(b.lat()) < NEAR as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn none_is_near_another(places in prop::collection::vec((-200_000..200_000, -200_000..200_000), 0..80)) {
            let mut labels = Labels::default();
            let mut there: Vec<LonLat> = Vec::new();
            for (lon, lat) in places {
                let at = LonLat::new(lon, lat).unwrap();
                let free = !there.iter().any(|one| is_near(*one, at));
                prop_assert_eq!(labels.add("school", "A".to_owned(), at), free);
                there.extend(free.then_some(at));
            }
        }
    }

    #[test]
    fn other_names_and_classes_do_not_count() {
        let (mut labels, at) = (Labels::default(), LonLat::default());
        assert!(
            labels.add("school", "A".to_owned(), at) && labels.add("school", "B".to_owned(), at)
        );
        assert!(
            labels.add("police", "A".to_owned(), at) && !labels.add("school", "A".to_owned(), at)
        );
    }
}
