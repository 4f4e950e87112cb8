//! Sightings, seconds and factors on the command line.

use precinct_base::{LonLat, Millis, caps};
use precinct_containment::Pace;

/// A place where they were seen, and how long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) at: LonLat,
    pub(super) ago: Millis,
}

/// `-122.41,37.78@60`.
pub(super) fn seen(text: &str) -> Result<Seen, String> {
    let (at, ago) = text.split_once('@').ok_or_else(|| {
        format!("{text:?} says not when: write LON,LAT@SECONDS, such as 113.54,22.19@60 for a minute ago")
    })?;
    let at = at.parse::<LonLat>().map_err(|fault| fault.to_string())?;
    Ok(Seen { at, ago: seconds(ago)? })
}

/// Whole seconds, up to an hour of the search's day.
pub(in super::super) fn seconds(text: &str) -> Result<Millis, String> {
    let seconds = text.trim().parse::<u32>().ok().filter(|&s| s <= caps::SEARCH_LIMIT_MS / 1_000);
    seconds.map(Millis::from_seconds).ok_or_else(|| {
        format!("{text:?} is not a number of seconds: write a whole number, such as 120")
    })
}

/// A factor of at most three decimals.
pub(super) fn pace(text: &str) -> Result<Pace, String> {
    let factor = text.trim().parse::<f64>().ok().filter(|factor| (0.05..=20.0).contains(factor));
    factor.map(|factor| Pace((factor * 1_000.0).round() as u16)).ok_or_else(|| {
        format!("{text:?} is not a factor of speed: write a number from 0.05 to 20, such as 1.5")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sighting_has_a_place_and_a_time() {
        let at = "-122.41,37.78".parse().unwrap();
        assert_eq!(seen("-122.41,37.78@60"), Ok(Seen { at, ago: Millis(60_000) }));
        for text in ["-122.41,37.78", "1@2", "1,2@-3", "1,2@1.5"] {
            assert!(seen(text).is_err(), "{text}");
        }
        assert_eq!(pace("1.25"), Ok(Pace(1_250)));
        assert!(pace("0").is_err() && pace("21").is_err() && pace("fast").is_err());
    }
}
