//! What a city's calibration says of its crews, for a play.

use precinct_base::{HourOfWeek, Millis, Timestamp};
use precinct_city::City;
use precinct_core::Priority;
use precinct_play::{Habits, Wanted, Zone};
use precinct_roads::Profile;
use precinct_whatif::{Behaviour, For, Table};

/// The crews of a city, as they were measured; nothing is said of those of a city that is not calibrated.
#[derive(Debug)]
pub(crate) struct Measured {
    zone: Zone,
    behaviour: Behaviour,
}

impl Measured {
    /// Those of a city that drive, by its local time.
    pub(crate) fn new(city: &City, zone: Zone) -> Self {
        let car = Profile::PoliceCar;
        let nothing =
            Behaviour { turnout: Table::default(), stay: Table::default(), ..Behaviour::default() };
        let hours = city.pace_by_hour(car, HourOfWeek::default());
        let fitted = city.calibrated_for(car).map(|used| &used.calibration);
        Self { zone, behaviour: nothing.paced(&hours, 1_000).calibrated(fitted) }
    }

    fn hour(&self, at: Timestamp) -> HourOfWeek {
        HourOfWeek::new(self.zone.hour_of_week(at) as u8).unwrap_or_default()
    }

    fn asked(&self, wanted: Wanted) -> For {
        let Wanted { force, kind, priority, at, .. } = wanted;
        let priority = Priority::new(priority).unwrap_or(Priority::HIGHEST);
        For { force: Some(force), kind, priority, hour: self.hour(at) }
    }
}

impl Habits for Measured {
    fn turnout(&self, wanted: Wanted) -> Option<Millis> {
        self.behaviour.turnout.find(self.asked(wanted), wanted.draw)
    }

    fn stay(&self, wanted: Wanted) -> Option<Millis> {
        self.behaviour.stay.find(self.asked(wanted), wanted.draw)
    }

    fn pace(&self, at: Timestamp) -> u16 {
        self.behaviour.pace[self.hour(at).index()]
    }
}
