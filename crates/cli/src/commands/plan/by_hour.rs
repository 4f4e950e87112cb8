//! Demand by hour: how much each hour of the day counts, and the calls that say how demand spreads over the hours.

use std::path::PathBuf;

use clap::Args;
use precinct_base::Millis;
use precinct_city::{City, Demand};
use precinct_planner::TableError;
use precinct_play::{Origin, read_day};
use precinct_roads::{Network, SnapRules};
use precinct_siting::{
    Band, HOURS, HourShares, MOST_TIMES, Place, Reached, hour_times, reach, reach_by_hour,
};

use crate::commands::calibrate::{mapping, zone};
use crate::failure::Failure;
use crate::simulate::area_at;

/// A band such as `22-6:3`: from ten at night until six, three times.
fn band(text: &str) -> Result<Band, String> {
    let read = || {
        let (hours, times) = text.trim().split_once(':')?;
        let (from, until) = hours.split_once('-')?;
        let band = Band {
            from: from.parse().ok()?,
            until: until.parse().ok()?,
            times: times.parse().ok()?,
        };
        band.fits().then_some(band)
    };
    read().ok_or_else(|| {
        format!(
            "{text:?} is no band of hours: write 22-6:3 for three times from 22:00 until 06:00; hours are 0 to 24, and count 0 to {MOST_TIMES} times"
        )
    })
}

/// Calls that say how demand spreads over the hours.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct HourCalls {
    /// Calls that say how demand spreads over the hours of the day, area by area: a record as for `precinct play`
    #[arg(long, value_name = "FILE")]
    calls: Option<PathBuf>,
    /// What the columns of that record are
    #[arg(long, value_name = "FILE", requires = "calls")]
    calls_map: Option<PathBuf>,
}

impl HourCalls {
    /// The calls by area and hour; none if no record is named.
    pub(super) fn counted(&self, city: &City) -> Result<Option<HourShares>, Failure> {
        let Some(path) = &self.calls else { return Ok(None) };
        let zone = zone(&city.time_zone)?;
        let day = read_day(path, mapping(self.calls_map.as_deref())?)?;
        let mut shares = HourShares::default();
        // What patrols came upon is no demand.
        for call in day.calls.iter().filter(|call| call.origin != Origin::Patrol) {
            shares.count(area_at(city, call.at), zone.hour_of_week(call.received) % HOURS);
        }
        if shares.calls() == 0 {
            let path = path.display();
            return Err(Failure::Nothing(format!(
                "{path} has no calls with a time and a place: check it, or its mapping"
            )));
        }
        Ok(Some(shares))
    }
}

/// How much hours count, and from which calls it is known how demand spreads over them.
#[derive(Clone, Debug, Args)]
pub(super) struct ByHour {
    /// How much hours of the day count: 22-6:3 is three times from 22:00 until 06:00, and hours not named count once
    #[arg(long, value_name = "FROM-UNTIL:TIMES,…", value_parser = band, value_delimiter = ',', requires = "calls")]
    hours: Vec<Band>,
    #[command(flatten)]
    calls: HourCalls,
}

impl ByHour {
    /// How much each hour counts; nothing if demand is not by hour.
    pub(super) fn times(&self) -> Result<Vec<u32>, Failure> {
        if self.hours.is_empty() {
            return Ok(Vec::new());
        }
        let all = hour_times(&self.hours);
        let all = all.map_err(|error| Failure::Usage(format!("--hours: {error}")))?;
        Ok(all.to_vec())
    }

    /// The calls by area and hour; none if demand is not by hour.
    pub(super) fn counted(&self, city: &City) -> Result<Option<HourShares>, Failure> {
        if self.hours.is_empty() && self.calls.calls.is_some() {
            return Err(Failure::Usage(
                "--calls say how demand spreads over the hours: say how much each counts with --hours, such as 22-6:3"
                    .to_owned(),
            ));
        }
        self.calls.counted(city)
    }
}

/// Who reaches what, with a band for each hour where `shares` say how demand spreads over them.
pub(super) fn reached(
    city: &City,
    network: &Network,
    spots: &[Place],
    how: (&SnapRules, Millis),
    shares: Option<&HourShares>,
) -> Result<Reached, TableError> {
    let area = |demand: &Demand| demand.area;
    match shares {
        None => reach(city, network, spots, how, area),
        Some(shares) => {
            let of_calls = |demand: &Demand| area_at(city, demand.at);
            reach_by_hour(city, network, spots, how, area, (shares, of_calls))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(hours: &[&str]) -> Result<Vec<u32>, Failure> {
        let hours = hours.iter().map(|one| band(one).unwrap()).collect();
        ByHour { hours, calls: HourCalls::default() }.times()
    }

    #[test]
    fn a_band_is_read_and_what_is_none_is_told_with_an_example() {
        assert_eq!(times(&[]).unwrap(), [0; 0]);
        let night = times(&["22-6:3", "6-8:0"]).unwrap();
        assert_eq!([21, 22, 0, 5, 6, 7, 8].map(|hour: usize| night[hour]), [1, 3, 3, 3, 0, 0, 1]);
        assert!(times(&["22-6:1", "5-7:2"]).is_err());
        for wrong in ["24-1:1", "1-25:1", "1-2:101", "1-2", "night:3", ""] {
            assert!(band(wrong).unwrap_err().contains("22-6:3"), "{wrong}");
        }
    }
}
