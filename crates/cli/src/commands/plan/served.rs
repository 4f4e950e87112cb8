//! The units that are free where a city is served, asked for at its doors.

use clap::Args;
use precinct_base::Millis;
use precinct_play::{Client, FreeUnit, Patience, PlayError};
use precinct_roads::Profile;

use super::units::Given;
use crate::failure::Failure;
use crate::output::remark;

/// A unit that was not heard of for longer is not sent: the server sends none either.
const HEARD: Millis = Millis::from_minutes(15);

/// Where the city is served, for `--units live`.
#[derive(Debug, Args)]
pub(crate) struct Served {
    /// Where the city is served, for --units live
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7171")]
    server: String,
    /// An API key that may see units and where they are, for --units live
    #[arg(long, value_name = "KEY", env = "PRECINCT_KEY", hide_env_values = true)]
    key: Option<String>,
}

/// What becomes of the units that are free.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sorted {
    units: Vec<Given>,
    /// Not heard of for too long.
    silent: Vec<String>,
    /// Those that use no roads.
    afloat: Vec<String>,
    /// How many are taken to be at their posts.
    at_posts: usize,
}

impl Served {
    /// The units that are free now, each where it was seen last or its post is.
    pub(super) fn units(&self) -> Result<Vec<Given>, Failure> {
        let Some(key) = &self.key else {
            let what = "--units live asks a served city for its units: give --key KEY, or set PRECINCT_KEY";
            return Err(Failure::Usage(what.to_owned()));
        };
        // Whoever asks waits at a prompt.
        let away = std::time::Duration::from_secs(10);
        let patience = Patience { answer: away, away, ..Patience::default() };
        let free =
            Client::new(&self.server, key, patience).free_units().map_err(PlayError::from)?;
        let sorted = sorted(free);
        sorted.remark();
        if sorted.units.is_empty() {
            let what = format!("{} has no free unit that can be sent by road", self.server);
            return Err(Failure::Nothing(what));
        }
        Ok(sorted.units)
    }
}

fn sorted(free: Vec<FreeUnit>) -> Sorted {
    let mut sorted = Sorted::default();
    for FreeUnit { call_sign: name, vehicle, at, seen } in free {
        match (Profile::from_name(&vehicle), seen) {
            (None, _) => sorted.afloat.push(name),
            (_, Some(age)) if age > HEARD => sorted.silent.push(name),
            (Some(profile), seen) => {
                sorted.at_posts += usize::from(seen.is_none());
                sorted.units.push(Given { name, at, profile, delay: Millis::ZERO });
            }
        }
    }
    sorted
}

impl Sorted {
    fn remark(&self) {
        if !self.silent.is_empty() {
            let minutes = HEARD.0 / 60_000;
            let names = self.silent.join(", ");
            remark(&format!("left out, not heard of for {minutes} minutes: {names}"));
        }
        if !self.afloat.is_empty() {
            remark(&format!("left out, not on roads: {}", self.afloat.join(", ")));
        }
        if self.at_posts > 0 {
            remark(&format!(
                "{} units were not seen, or this key may not know where; they are taken to be at their posts",
                self.at_posts
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use precinct_base::LonLat;

    use super::*;

    #[test]
    fn who_is_silent_or_afloat_is_left_out_by_name() {
        let unit = |name: &str, vehicle: &str, seen: Option<u32>| FreeUnit {
            call_sign: name.to_owned(),
            vehicle: vehicle.to_owned(),
            at: LonLat::new(0, 0).unwrap(),
            seen: seen.map(Millis),
        };
        let sorted = sorted(vec![
            unit("A", "car", Some(900_000)),
            unit("B", "car", Some(900_001)),
            unit("C", "boat", Some(0)),
            unit("D", "foot", None),
        ]);
        let sent: Vec<_> = sorted.units.iter().map(|unit| (&*unit.name, unit.profile)).collect();
        assert_eq!(sent, [("A", Profile::PoliceCar), ("D", Profile::Foot)]);
        assert_eq!((sorted.silent, sorted.afloat), (vec!["B".to_owned()], vec!["C".to_owned()]));
        assert_eq!(sorted.at_posts, 1);
    }
}
