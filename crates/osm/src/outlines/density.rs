//! Where most of the nodes lie: counts by longitude and by latitude, in steps.

use std::collections::BTreeMap;

use precinct_base::{Bounds, LonLat};

/// One step: a hundredth of a degree, about a kilometre.
const STEP: i32 = 100_000;
/// Nodes left out at each of the four sides, as one in so many.
const ONE_IN: u64 = 100;

/// Counts of nodes by step of longitude and of latitude.
#[derive(Clone, Debug, Default)]
pub(crate) struct Density {
    lons: Counts,
    lats: Counts,
}

/// Counts by step; the last one met is kept at hand, since nodes of one block lie together.
#[derive(Clone, Debug, Default)]
struct Counts {
    all: BTreeMap<i32, u64>,
    last: (i32, u64),
}

impl Counts {
    fn add(&mut self, value: i32) {
        let step = value.div_euclid(STEP);
        if step != self.last.0 {
            self.settle();
            self.last.0 = step;
        }
        self.last.1 += 1;
    }

    fn settle(&mut self) {
        let (step, count) = (self.last.0, std::mem::take(&mut self.last.1));
        if count > 0 {
            *self.all.entry(step).or_default() += count;
        }
    }

    fn append(&mut self, mut other: Self) {
        other.settle();
        for (step, count) in other.all {
            *self.all.entry(step).or_default() += count;
        }
    }

    /// The first and last step with all but a few of the nodes between.
    fn middle(&mut self) -> Option<(i32, i32)> {
        self.settle();
        let few = self.all.values().sum::<u64>() / ONE_IN;
        Some((past(self.all.iter(), few)?, past(self.all.iter().rev(), few)?))
    }
}

/// The first step by which more than `few` have been counted.
fn past<'a>(counts: impl Iterator<Item = (&'a i32, &'a u64)>, few: u64) -> Option<i32> {
    let mut seen = 0;
    for (step, count) in counts {
        seen += count;
        if seen > few {
            return Some(*step);
        }
    }
    None
}

impl Density {
    pub(crate) fn add(&mut self, at: LonLat) {
        self.lons.add(at.lon());
        self.lats.add(at.lat());
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.lons.append(other.lons);
        self.lats.append(other.lats);
    }

    /// The box with all but a few of the nodes, in whole steps and a step wider.
    pub(crate) fn bounds(mut self) -> Option<Bounds> {
        let ((west, east), (south, north)) = self.lons.middle().zip(self.lats.middle())?;
        let lon = |step: i32| (step * STEP).clamp(-1_800_000_000, 1_800_000_000);
        let lat = |step: i32| (step * STEP).clamp(-900_000_000, 900_000_000);
        let min = LonLat::new(lon(west - 1), lat(south - 1))?;
        let max = LonLat::new(lon(east + 2), lat(north + 2))?;
        Bounds::new(min, max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strays_are_left_out() {
        let mut density = Density::default();
        let mut other = Density::default();
        for i in 0..2_000 {
            let half = if i % 2 == 0 { &mut density } else { &mut other };
            half.add(LonLat::new(1_135_000_000 + i * 10, 221_500_000).unwrap());
        }
        density.add(LonLat::new(-1_800_000_000, 900_000_000).unwrap());
        density.append(other);
        let bounds = density.bounds().unwrap();
        assert_eq!(bounds.min().to_string(), "113.4900000,22.1400000");
        assert_eq!(bounds.max().to_string(), "113.5200000,22.1700000");
        assert_eq!(Density::default().bounds(), None);
    }
}
