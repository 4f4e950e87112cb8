//! Stays of units at hot spots: when they came, when they left, how long they were there.

use std::collections::BTreeMap;

use precinct_base::{Bounds, LonLat, Metres, Millis, Plane, Timestamp, UnitId, caps};

use crate::tree::Tree;
use crate::tree::sort::Sorter;

/// A place to be visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HotSpot {
    /// Its middle.
    pub at: LonLat,
    /// How far round it a unit is still there.
    pub radius: Metres,
}

/// Hot spots cannot be watched over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HotSpotError {
    /// There are too many.
    #[error("{count} hot spots are too many: at most {limit}", limit = caps::HOT_SPOTS)]
    TooMany {
        /// How many.
        count: usize,
    },
    /// One is too wide.
    #[error(
        "hot spot {spot} is {radius} round its middle: give it at most {limit} m, or make it an area",
        limit = caps::HOT_SPOT_RADIUS_M
    )]
    TooWide {
        /// Which, from 0.
        spot: u32,
        /// Its radius.
        radius: Metres,
    },
}

/// A stay that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// Which hot spot: its place in the list.
    pub spot: u32,
    /// Who was there.
    pub unit: UnitId,
    /// The first fix there.
    pub came: Timestamp,
    /// The last fix there.
    pub left: Timestamp,
}

impl Visit {
    /// How long it was; at most 49 days.
    pub fn stayed(&self) -> Millis {
        self.left.since(self.came).unwrap_or(Millis::MAX)
    }
}

/// When a visit is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitRules {
    /// Away for longer than this it is over; shorter absences belong to it.
    pub away: Millis,
    /// Unheard of for longer than this it is over with the last fix. Devices of parked cars report every few minutes.
    pub silence: Millis,
}

impl Default for VisitRules {
    fn default() -> Self {
        Self { away: Millis::from_minutes(3), silence: Millis::from_minutes(15) }
    }
}

/// A stay that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenVisit {
    /// The first fix there.
    pub came: Timestamp,
    /// The last fix there.
    pub last: Timestamp,
    /// The first fix elsewhere since then.
    pub away: Option<Timestamp>,
}

impl OpenVisit {
    const fn visit(self, unit: UnitId, spot: u32) -> Visit {
        Visit { spot, unit, came: self.came, left: self.last }
    }

    fn is_over(&self, now: Timestamp, rules: VisitRules) -> bool {
        let longer =
            |since: Timestamp, most: Millis| now.0.saturating_sub(since.0) > i64::from(most.0);
        longer(self.last, rules.silence) || self.away.is_some_and(|since| longer(since, rules.away))
    }
}

/// Watches over hot spots.
///
/// ```
/// use precinct_base::{LonLat, Metres, Millis, Timestamp, UnitId};
/// use precinct_positions::presence::{HotSpot, VisitRules, Visits};
///
/// let at: LonLat = "113.5439,22.1987".parse().unwrap();
/// let spots = vec![HotSpot { at, radius: Metres(80) }];
/// let mut visits = Visits::new(VisitRules::default(), spots).unwrap();
/// for minute in 0..13 {
///     visits.fix(UnitId(1), at, Timestamp(minute * 60_000));
/// }
/// assert_eq!(visits.end_tour(UnitId(1))[0].stayed(), Millis::from_minutes(12));
/// ```
#[derive(Clone, Debug)]
pub struct Visits {
    spots: Vec<HotSpot>,
    tree: Tree,
    widest: Metres,
    rules: VisitRules,
    open: BTreeMap<(UnitId, u32), OpenVisit>,
}

impl Visits {
    /// Watches over `spots`.
    pub fn new(rules: VisitRules, spots: Vec<HotSpot>) -> Result<Self, HotSpotError> {
        if spots.len() > caps::HOT_SPOTS {
            return Err(HotSpotError::TooMany { count: spots.len() });
        }
        let wide = |spot: &HotSpot| spot.radius.0 > caps::HOT_SPOT_RADIUS_M;
        if let Some(spot) = spots.iter().position(wide) {
            return Err(HotSpotError::TooWide { spot: spot as u32, radius: spots[spot].radius });
        }
        let (mut sorter, mut tree) = (Sorter::default(), Tree::default());
        sorter.sort(spots.iter().enumerate().map(|(spot, it)| (it.at, spot as u32)));
        tree.fill(sorter.ids().map(|spot| (spots[spot as usize].at, spot)));
        let widest = spots.iter().map(|spot| spot.radius).max().unwrap_or_default();
        Ok(Self { spots, tree, widest, rules, open: BTreeMap::new() })
    }

    /// `unit` is somewhere at an instant; the visits that are over with that. Instants of one unit do not go back.
    pub fn fix(&mut self, unit: UnitId, at: LonLat, time: Timestamp) -> Vec<Visit> {
        let rules = self.rules;
        let over = self.take(unit, |open| open.is_over(time, rules));
        let here = self.around(at);
        for ((_, spot), open) in self.open.range_mut((unit, 0)..=(unit, u32::MAX)) {
            if here.binary_search(spot).is_err() {
                open.away.get_or_insert(time);
            }
        }
        for spot in here {
            let new = OpenVisit { came: time, last: time, away: None };
            let open = self.open.entry((unit, spot)).or_insert(new);
            *open = OpenVisit { came: open.came, ..new };
        }
        over
    }

    /// The tour of `unit` is over, and so are its visits.
    pub fn end_tour(&mut self, unit: UnitId) -> Vec<Visit> {
        self.take(unit, |_| true)
    }

    /// The visits of all units, also silent ones, that are over at `now`.
    pub fn sweep(&mut self, now: Timestamp) -> Vec<Visit> {
        let rules = self.rules;
        let over = self.open.extract_if(.., |_, open| open.is_over(now, rules));
        over.map(|((unit, spot), open)| open.visit(unit, spot)).collect()
    }

    /// The stays that are not over, by unit and spot: units that are there, or left so lately that they may come back.
    pub const fn open(&self) -> &BTreeMap<(UnitId, u32), OpenVisit> {
        &self.open
    }

    /// Goes on with stays that were not over. Spots there are not any more are left out.
    pub fn resume(&mut self, open: impl IntoIterator<Item = ((UnitId, u32), OpenVisit)>) {
        let known = self.spots.len();
        self.open.extend(open.into_iter().filter(|((_, spot), _)| (*spot as usize) < known));
    }

    fn take(&mut self, unit: UnitId, is_over: impl Fn(&OpenVisit) -> bool) -> Vec<Visit> {
        let own = self.open.extract_if((unit, 0)..=(unit, u32::MAX), |_, open| is_over(open));
        own.map(|((unit, spot), open)| open.visit(unit, spot)).collect()
    }

    /// The spots that `at` is in, by their numbers.
    fn around(&self, at: LonLat) -> Vec<u32> {
        let Some(bounds) = reach(at, self.widest) else { return Vec::new() };
        let mut near = self.tree.within_box(bounds);
        near.retain(|spot| {
            let spot = &self.spots[*spot as usize];
            at.distance(spot.at) <= spot.radius.millimetres()
        });
        near.sort_unstable();
        near
    }
}

/// A box with all that is within `radius` of `at`, and somewhat more.
fn reach(at: LonLat, radius: Metres) -> Option<Bounds> {
    let far = radius.millimetres().0 as i64 * 102 / 100 + 100;
    // Degrees of longitude are shortest towards the pole: so is the box made wide enough there.
    let north = Plane::at(at.lat()).offset(at, 0, far).lat();
    let south = Plane::at(at.lat()).offset(at, 0, -far).lat();
    let poleward = Plane::at(if north.abs() > south.abs() { north } else { south });
    let (east, west) = (poleward.offset(at, far, 0).lon(), poleward.offset(at, -far, 0).lon());
    Bounds::new(LonLat::new(west, south)?, LonLat::new(east, north)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(metres: i32) -> LonLat {
        LonLat::new(metres * 90, 0).unwrap()
    }

    fn watch() -> Visits {
        let spots = vec![
            HotSpot { at: at(0), radius: Metres(50) },
            HotSpot { at: at(80), radius: Metres(50) },
        ];
        let rules = VisitRules { away: Millis(10_000), silence: Millis(20_000) };
        Visits::new(rules, spots).unwrap()
    }

    #[test]
    fn a_short_absence_belongs_to_the_visit_and_a_long_one_ends_it() {
        let mut visits = watch();
        let mut over = Vec::new();
        for (metres, s) in [(0, 0), (200, 5), (10, 15), (200, 20), (200, 25), (200, 26), (0, 36)] {
            over.extend(visits.fix(UnitId(1), at(metres), Timestamp(s * 1_000)));
        }
        let visit = Visit { spot: 0, unit: UnitId(1), came: Timestamp(0), left: Timestamp(15_000) };
        assert_eq!((over, visits.open().len(), visit.stayed()), (vec![visit], 1, Millis(15_000)));
    }

    #[test]
    fn a_parked_unit_that_reports_seldom_is_there_all_the_while() {
        let mut visits = watch();
        for s in [0, 20, 40] {
            assert_eq!(visits.fix(UnitId(1), at(0), Timestamp(s * 1_000)), []);
        }
        let left = visits.fix(UnitId(1), at(0), Timestamp(60_001));
        assert_eq!(left.iter().map(Visit::stayed).collect::<Vec<_>>(), [Millis(40_000)]);
    }

    #[test]
    fn spots_that_overlap_are_visited_both() {
        let mut visits = watch();
        assert_eq!(visits.fix(UnitId(1), at(40), Timestamp(0)), []);
        assert_eq!(visits.fix(UnitId(2), at(-40), Timestamp(9_000)), []);
        assert_eq!(visits.open().len(), 3);
        assert_eq!(
            visits.sweep(Timestamp(20_001)).iter().map(|it| it.spot).collect::<Vec<_>>(),
            [0, 1]
        );
        assert_eq!(visits.end_tour(UnitId(2)).len(), 1);
        assert_eq!(visits.open().len(), 0);
    }

    #[test]
    fn too_many_and_too_wide_are_refused() {
        let spot = HotSpot { at: at(0), radius: Metres(5_001) };
        let refused = |spots: Vec<HotSpot>| Visits::new(VisitRules::default(), spots).unwrap_err();
        assert_eq!(refused(vec![spot]), HotSpotError::TooWide { spot: 0, radius: Metres(5_001) });
        let many = vec![HotSpot { radius: Metres(1), ..spot }; caps::HOT_SPOTS + 1];
        assert_eq!(refused(many), HotSpotError::TooMany { count: caps::HOT_SPOTS + 1 });
    }

    proptest! {
        #[test]
        fn a_unit_is_in_the_spots_that_a_look_at_all_finds(
            lat in prop_oneof![Just(0), Just(600_000_000), Just(-895_000_000)],
            spots in prop::collection::vec((-900_000..900_000, -900_000..900_000, 0..5_000_u32), 0..60),
            x in -900_000..900_000, y in -900_000..900_000,
        ) {
            let place = |x: i32, y: i32| LonLat::new(x, lat + y).unwrap();
            let spots: Vec<_> = spots.into_iter().map(|(x, y, radius)| HotSpot { at: place(x, y), radius: Metres(radius) }).collect();
            let visits = Visits::new(VisitRules::default(), spots.clone()).unwrap();
            let inside = |spot: &HotSpot| place(x, y).distance(spot.at) <= spot.radius.millimetres();
            let truth: Vec<u32> = (0..spots.len()).filter(|at| inside(&spots[*at])).map(|at| at as u32).collect();
            prop_assert_eq!(visits.around(place(x, y)), truth);
        }

        /// Against all that was said of one spot, looked through anew at each fix.
        #[test]
        fn visits_are_those_of_a_list(steps in prop::collection::vec((0..12_i64, any::<bool>()), 0..60)) {
            let mut visits = watch();
            let (mut said, mut truth, mut found) = (Vec::<(i64, bool)>::new(), Vec::new(), Vec::new());
            let mut now = 0;
            for (seconds, there) in steps {
                now += seconds * 1_000;
                // The visit under way: from its first fix there; over by a silence or an absence.
                let last = said.iter().rposition(|fix| fix.1);
                if let Some(last) = last {
                    let away = said.get(last + 1).is_some_and(|fix| now - fix.0 > 10_000);
                    if away || now - said[last].0 > 20_000 {
                        truth.push((said[0].0, said[last].0));
                        said.clear();
                    }
                }
                if there || !said.is_empty() {
                    said.push((now, there));
                }
                let over = visits.fix(UnitId(1), at(if there { 0 } else { 500 }), Timestamp(now));
                found.extend(over.iter().map(|visit| (visit.came.0, visit.left.0)));
            }
            prop_assert_eq!(found, truth);
        }
    }
}
