//! How crews behave in a city: by its calibration where it has one, else as the record that is simulated shows.

use precinct_base::HourOfWeek;
use precinct_city::City;
use precinct_roads::Profile;
use precinct_whatif::{Behaviour, Call, called_off};

/// How crews behave who travel as `profile` on roads as they are at `base`, each street taking `pace` thousandths of its time.
pub(crate) fn behaviour(
    city: &City,
    calls: &[Call],
    (profile, base): (Profile, HourOfWeek),
    pace: u16,
) -> Behaviour {
    let observed = Behaviour { called_off: called_off(calls), ..Behaviour::observed(calls) };
    let fitted = city.calibrated_for(profile).map(|used| &used.calibration);
    observed.paced(&city.pace_by_hour(profile, base), pace).calibrated(fitted)
}
