//! How fast each profile goes on each class of road, as imported.

use precinct_base::{Millimetres, Millis};
use precinct_roads::{Profile, RoadClass};

/// Speeds by class of road and profile, in whole km/h.
///
/// The default table is Precinct's own: what a unit keeps up in a town between stops, rounded to five. It is a beginning, not a
/// finding. A city overrides it in `city.toml`, and calibration against its own record replaces it; no figure that rests on it
/// alone should be believed.
///
/// ```
/// use precinct_osm::ClassSpeeds;
/// use precinct_roads::{Profile, RoadClass};
/// let mut speeds = ClassSpeeds::default();
/// speeds.set(RoadClass::Primary, Profile::PoliceCar, 60)?;
/// assert_eq!(speeds.get(RoadClass::Primary, Profile::PoliceCar), 60);
/// # Ok::<(), precinct_osm::SpeedError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassSpeeds([[u16; Profile::COUNT]; RoadClass::ALL.len()]);

/// A speed that no unit has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{kmh} km/h for {} on {} roads is no speed: give a whole number from 1 to {}",
    profile.name(), class.name(), ClassSpeeds::FASTEST
)]
pub struct SpeedError {
    /// The class of road.
    pub class: RoadClass,
    /// The profile.
    pub profile: Profile,
    /// As given.
    pub kmh: u16,
}

/// The default table, a row for each class in order of [`RoadClass::ALL`]: car, motorcycle, bicycle, foot.
const DEFAULT: [[u16; Profile::COUNT]; RoadClass::ALL.len()] = [
    [100, 100, 15, 5], // motorway
    [80, 80, 15, 5],   // trunk
    [60, 60, 15, 5],   // primary
    [55, 55, 15, 5],   // secondary
    [50, 50, 15, 5],   // tertiary
    [40, 40, 15, 5],   // unclassified
    [35, 35, 15, 5],   // residential
    [15, 15, 10, 5],   // living_street
    [20, 20, 12, 5],   // service
    [20, 20, 12, 5],   // track
    [10, 10, 8, 5],    // pedestrian
    [10, 15, 15, 5],   // cycleway
    [10, 10, 10, 5],   // path
    [5, 5, 3, 3],      // steps
    [15, 15, 15, 15],  // ferry
    [50, 50, 15, 5],   // timed: not used, their times come with the data
];

impl Default for ClassSpeeds {
    fn default() -> Self {
        Self(DEFAULT)
    }
}

impl ClassSpeeds {
    /// The highest speed that may be set. km/h.
    pub const FASTEST: u16 = 250;

    /// The speed of `profile` on roads of `class`, km/h.
    pub const fn get(&self, class: RoadClass, profile: Profile) -> u16 {
        self.0[class.index()][profile.index()]
    }

    /// Sets the speed of `profile` on roads of `class`.
    pub fn set(&mut self, class: RoadClass, profile: Profile, kmh: u16) -> Result<(), SpeedError> {
        if kmh == 0 || kmh > Self::FASTEST {
            return Err(SpeedError { class, profile, kmh });
        }
        self.0[class.index()][profile.index()] = kmh;
        Ok(())
    }

    /// The speed on a road with this limit, km/h.
    ///
    /// For cars and motorcycles the limit, where there is one, stands instead of the class's speed, up or down: it is the
    /// better guess at the road, and how a unit on an emergency call goes against limits is for calibration to find.
    /// A bicycle keeps to the lower of the two; a walker has no limit. Ferries keep their own.
    pub(crate) fn on(&self, class: RoadClass, profile: Profile, limit: Option<u16>) -> u16 {
        let own = self.get(class, profile);
        match (profile, limit) {
            _ if class == RoadClass::Ferry => own,
            (Profile::PoliceCar | Profile::Motorcycle, Some(limit)) => limit,
            (Profile::Bicycle, Some(limit)) => own.min(limit),
            _ => own,
        }
    }
}

/// The time to go `length` at `kmh`, to the nearest millisecond; at least one if there is any length.
pub(crate) fn time(length: Millimetres, kmh: u16) -> Millis {
    // 1 km/h is 1,000,000 mm in 3,600,000 ms.
    let kmh = u64::from(kmh.max(1)) * 10;
    let ms = length.0.saturating_mul(36).saturating_add(kmh / 2) / kmh;
    Millis(u32::try_from(ms.max(u64::from(length.0 > 0))).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_length_by_speed() {
        assert_eq!(time(Millimetres(1_000_000), 60), Millis(60_000));
        assert_eq!(time(Millimetres(1_000_000), 7), Millis(514_286));
        assert_eq!(time(Millimetres(1), 250), Millis(1));
        assert_eq!(time(Millimetres(0), 50), Millis(0));
        assert_eq!(time(Millimetres(u64::MAX), 1), Millis::MAX);
    }

    #[test]
    fn a_limit_stands_for_motors_and_binds_bicycles() {
        let speeds = ClassSpeeds::default();
        let on = |profile, limit| speeds.on(RoadClass::Residential, profile, limit);
        assert_eq!(on(Profile::PoliceCar, Some(20)), 20);
        assert_eq!(on(Profile::PoliceCar, Some(70)), 70);
        assert_eq!(on(Profile::PoliceCar, None), 35);
        assert_eq!(on(Profile::Bicycle, Some(5)), 5);
        assert_eq!(on(Profile::Bicycle, Some(70)), 15);
        assert_eq!(on(Profile::Foot, Some(70)), 5);
        assert_eq!(speeds.on(RoadClass::Ferry, Profile::PoliceCar, Some(70)), 15);
    }

    #[test]
    fn impossible_speeds_are_refused() {
        let mut speeds = ClassSpeeds::default();
        assert!(speeds.set(RoadClass::Primary, Profile::Foot, 0).is_err());
        let error = speeds.set(RoadClass::Primary, Profile::Foot, 251).unwrap_err();
        assert_eq!(
            error.to_string(),
            "251 km/h for foot on primary roads is no speed: give a whole number from 1 to 250"
        );
        assert_eq!(speeds, ClassSpeeds::default());
    }
}
