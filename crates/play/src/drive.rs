//! A drive along the roads: where a unit is at any moment of it.

use precinct_base::{LonLat, Millis, Plane, Timestamp};
use precinct_roads::{Along, Network, Route, Scratch, SnapRules};

/// The roads, and room to search them.
pub(crate) struct Roads<'a> {
    network: &'a Network,
    scratch: Scratch,
}

impl<'a> Roads<'a> {
    pub(crate) fn new(network: &'a Network) -> Self {
        Self { network, scratch: Scratch::default() }
    }

    /// The drive from one place to another that begins at `starts`, streets taking `pace` thousandths of their time. Where no road leads,
    /// it is as the crow flies at 30 km/h: the unit gets there on foot or in a boat, and the day goes on.
    pub(crate) fn drive(
        &mut self,
        (from, to): (LonLat, LonLat),
        starts: Timestamp,
        pace: u16,
    ) -> Drive {
        let rules = SnapRules::default();
        let ends = (self.network.snap(from, &rules), self.network.snap(to, &rules));
        let route = match ends {
            (Some(from), Some(to)) => self.network.route(&mut self.scratch, &from, &to),
            _ => None,
        };
        match route {
            Some(route) => Drive::along(self.network, &route, (from, to), (starts, pace)),
            None => Drive::crow(from, to, starts),
        }
    }
}

/// A drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drive {
    starts: Timestamp,
    /// Places with the milliseconds after the start, rising.
    places: Vec<(u64, LonLat)>,
}

/// Where a unit is, how fast and which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fix {
    pub(crate) at: LonLat,
    /// Centimetres a second.
    pub(crate) speed: u16,
    /// Hundredths of a degree clockwise from north; none at rest.
    pub(crate) heading: Option<u16>,
}

impl Drive {
    fn along(
        network: &Network,
        route: &Route,
        (from, to): (LonLat, LonLat),
        (starts, pace): (Timestamp, u16),
    ) -> Self {
        let mut places = vec![(0, from)];
        let mut ms = 0;
        for leg in &route.legs {
            let mut trace = network.map().trace(&leg.stretch);
            if leg.along == Along::Backward {
                trace.reverse();
            }
            timed(&mut places, ms, leg.time, &trace);
            ms += u64::from(leg.time.0);
        }
        // What a drive costs beside its streets comes first, and knows no pace.
        let beside = u64::from(network.start_stop().0);
        let paced = |ms: u64| ms.min(beside) + ms.saturating_sub(beside) * u64::from(pace) / 1_000;
        for place in &mut places {
            place.0 = paced(place.0);
        }
        // From the road to the door; what that takes is not the roads' to say.
        places.push((paced(u64::from(route.time.0).max(ms)), to));
        Self { starts, places }
    }

    fn crow(from: LonLat, to: LonLat, starts: Timestamp) -> Self {
        // 30 km/h are 8,333 mm a second.
        let ms = from.distance(to).0 * 1_000 / 8_333;
        Self { starts, places: vec![(0, from), (ms, to)] }
    }

    /// When it ends.
    pub(crate) fn ends(&self) -> Timestamp {
        let last = self.places.last().map_or(0, |place| place.0);
        Timestamp(self.starts.0.saturating_add_unsigned(last))
    }

    /// Where the unit is at an instant: at its start before, at its end after.
    pub(crate) fn at(&self, now: Timestamp) -> Fix {
        let ms = now.0.saturating_sub(self.starts.0).max(0) as u64;
        let next = self.places.partition_point(|&(at, _)| at <= ms);
        let last = self.places.last().map_or_else(LonLat::default, |place| place.1);
        match (
            next.checked_sub(1).and_then(|before| self.places.get(before)),
            self.places.get(next),
        ) {
            (Some(&a), Some(&b)) => between(a, b, ms),
            _ => Fix { at: last, speed: 0, heading: None },
        }
    }
}

/// Adds the places of a leg that takes `time`, each when its share of the way is done.
fn timed(places: &mut Vec<(u64, LonLat)>, start: u64, time: Millis, trace: &[LonLat]) {
    let whole: u64 = trace.windows(2).map(|pair| pair[0].distance(pair[1]).0).sum();
    let mut done = 0;
    for (index, &at) in trace.iter().enumerate() {
        if let Some(&before) = index.checked_sub(1).and_then(|before| trace.get(before)) {
            done += before.distance(at).0;
        }
        let ms = start + (u64::from(time.0) * done).checked_div(whole).unwrap_or(0);
        if places.last().is_none_or(|&(_, last)| last != at) {
            places.push((ms, at));
        }
    }
}

fn between((from_ms, from): (u64, LonLat), (to_ms, to): (u64, LonLat), ms: u64) -> Fix {
    let (part, whole) = ((ms - from_ms) as i64, (to_ms - from_ms).max(1) as i64);
    let share =
        |a: i32, b: i32| (i64::from(a) + (i64::from(b) - i64::from(a)) * part / whole) as i32;
    let at = LonLat::new(share(from.lon(), to.lon()), share(from.lat(), to.lat())).unwrap_or(from);
    let speed = (from.distance(to).0 * 100 / whole as u64).min(65_534) as u16;
    let (east, north) = Plane::between(from, to).vector(from, to);
    Fix { at, speed, heading: heading(east, north) }
}

/// Which way, in hundredths of a degree clockwise from north.
fn heading(east: i64, north: i64) -> Option<u16> {
    if east == 0 && north == 0 {
        return None;
    }
    let degrees = libm::atan2(east as f64, north as f64).to_degrees();
    Some((degrees.rem_euclid(360.0) * 100.0) as u16 % 36_000)
}

#[cfg(test)]
mod tests {
    use precinct_base::HourOfWeek;
    use precinct_roads::{Profile, SpeedTable};

    use super::*;
    use crate::town;

    #[test]
    fn a_drive_follows_the_roads_and_ends_at_the_door() {
        let network = town::network();
        let mut roads = Roads::new(&network);
        let (from, to) = (town::at(0, 10), town::at(900, 810));
        let drive = roads.drive((from, to), Timestamp(5_000), 1_000);
        // 1,700 m and a little by streets at 10 m/s.
        let takes = drive.ends().0 - 5_000;
        assert!((165_000..180_000).contains(&takes), "{takes}");
        // The road is a hair off the door.
        assert!(drive.at(Timestamp(0)).at.distance(from).0 < 20);
        assert_eq!(drive.at(drive.ends()), Fix { at: to, speed: 0, heading: None });
        assert!(drive.places.is_sorted_by_key(|place| place.0), "{drive:?}");
        let mut way = 0;
        for second in 1..=takes / 1_000 {
            let (a, b) = (
                drive.at(Timestamp(4_000 + second * 1_000)),
                drive.at(Timestamp(5_000 + second * 1_000)),
            );
            let step = a.at.distance(b.at).0;
            assert!(step < 35_000, "{step} mm in second {second}");
            way += step;
        }
        assert!(way > 1_500_000, "{way}");
    }

    #[test]
    fn at_twice_the_pace_streets_take_twice_as_long_and_nothing_else_does() {
        let network = town::network();
        let mut speeds = SpeedTable::as_imported();
        speeds.set_start_stop(Millis(30_000));
        let hour = HourOfWeek::default();
        let dear = network.with(Profile::PoliceCar, &speeds, hour, |_| 0);
        let way = (town::at(0, 10), town::at(900, 810));
        let takes = |network, pace| Roads::new(network).drive(way, Timestamp(0), pace).ends().0;
        let streets = takes(&network, 1_000);
        assert_eq!(takes(&dear, 1_000), streets + 30_000);
        let late = takes(&dear, 2_000).abs_diff(2 * streets + 30_000);
        assert!(late < 20, "{late} ms: each leg is rounded by itself");
    }

    #[test]
    fn where_no_road_leads_the_crow_flies() {
        let network = town::network();
        let far = LonLat::new(10_000_000, 10_000_000).unwrap();
        let drive = Roads::new(&network).drive((town::at(0, 0), far), Timestamp(0), 1_000);
        assert_eq!(drive.at(drive.ends()).at, far);
        assert!(drive.ends().0 > 0);
    }

    #[test]
    fn headings_go_clockwise_from_north() {
        let ways = [(0, 1), (1, 0), (0, -1), (-1, 0)].map(|(east, north)| heading(east, north));
        assert_eq!(ways, [Some(0), Some(9_000), Some(18_000), Some(27_000)]);
        assert_eq!(heading(0, 0), None);
    }
}
