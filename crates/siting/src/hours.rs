//! Demand by hour of the day: where only a day's demand is known, calls say how it spreads over the hours.

use std::collections::BTreeMap;

use precinct_base::AreaId;

/// Hours of a day.
pub const HOURS: usize = 24;
/// An area's hours are drawn towards the city's as if so many calls of the whole city had been counted in it besides.
const OF_CITY: u128 = 200;

/// How the calls of each area, and of all together, spread over the hours of the day.
///
/// An area with few calls is taken to be much like the city, one with many as it was seen: a share shrunk towards that of
/// the whole (Efron & Morris, *Data analysis using Stein's estimator*, J. Am. Stat. Assoc. 70, 1975), with a fixed strength.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HourShares {
    city: [u64; HOURS],
    areas: BTreeMap<AreaId, [u64; HOURS]>,
}

impl HourShares {
    /// Counts a call in an hour of the day; hours past 23 are those of the next day.
    pub fn count(&mut self, area: AreaId, hour: usize) {
        self.city[hour % HOURS] += 1;
        self.areas.entry(area).or_insert([0; HOURS])[hour % HOURS] += 1;
    }

    /// How many calls were counted.
    pub fn calls(&self) -> u64 {
        self.city.iter().sum()
    }

    /// Calls by hour, of the city.
    pub const fn of_city(&self) -> &[u64; HOURS] {
        &self.city
    }

    /// Calls by hour, of each area that has any.
    pub const fn of_areas(&self) -> &BTreeMap<AreaId, [u64; HOURS]> {
        &self.areas
    }

    /// A day's demand by hour, to the last thousandth; evenly where no call was counted.
    pub fn spread(&self, weight: u64, area: AreaId) -> [u64; HOURS] {
        let all = u128::from(self.calls());
        let own = self.areas.get(&area).copied().unwrap_or([0; HOURS]);
        let of_own: u128 = own.iter().map(|&calls| u128::from(calls)).sum();
        let part = |hour: usize| match all {
            0 => 1,
            _ => u128::from(own[hour]) * all + OF_CITY * u128::from(self.city[hour]),
        };
        let whole = if all == 0 { HOURS as u128 } else { (of_own + OF_CITY) * all };
        let (mut parts, mut told) = (0, 0);
        std::array::from_fn(|hour| {
            parts += part(hour);
            let by_now = (u128::from(weight) * parts / whole) as u64;
            let own = by_now - told;
            told = by_now;
            own
        })
    }
}

/// Hours of the day that count so many times: from one until another, past midnight where that is no later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first, 0 to 23.
    pub from: usize,
    /// The one after the last, 0 to 24.
    pub until: usize,
    /// How often they count.
    pub times: u32,
}

/// The most that an hour counts.
pub const MOST_TIMES: u32 = 100;

/// Why bands do not say how much each hour counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BandsError {
    /// One is of hours that are none, or counts too often.
    #[error(
        "a band is from an hour of 0 to 23 until one of 0 to 24, and counts 0 to {MOST_TIMES} times"
    )]
    Bounds,
    /// Two have an hour in common.
    #[error("hour {0} is in two bands: which one counts?")]
    Twice(usize),
    /// All hours count nothing.
    #[error("no hour counts: give one of them more than 0 times")]
    Nothing,
}

impl Band {
    /// Whether its hours are hours of a day and it counts no more than it may.
    pub const fn fits(self) -> bool {
        self.from < HOURS && self.until <= HOURS && self.times <= MOST_TIMES
    }

    fn hours(self) -> impl Iterator<Item = usize> {
        let Self { from, until, .. } = self;
        let long = if until > from { until - from } else { until + HOURS - from };
        (from..from + long).map(|hour| hour % HOURS)
    }
}

/// How much each hour of the day counts; one that is in no band counts once.
pub fn hour_times(bands: &[Band]) -> Result<[u32; HOURS], BandsError> {
    let mut all = [None; HOURS];
    for band in bands {
        if !band.fits() {
            return Err(BandsError::Bounds);
        }
        for hour in band.hours() {
            if all[hour].replace(band.times).is_some() {
                return Err(BandsError::Twice(hour));
            }
        }
    }
    let all = all.map(|times: Option<u32>| times.unwrap_or(1));
    if all.iter().all(|&times| times == 0) { Err(BandsError::Nothing) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: usize, until: usize, times: u32) -> Band {
        Band { from, until, times }
    }

    #[test]
    fn a_band_may_go_past_midnight_and_no_hour_is_in_two() {
        assert_eq!(hour_times(&[]), Ok([1; HOURS]));
        let night = hour_times(&[band(22, 6, 3), band(6, 8, 0)]).unwrap();
        assert_eq!((night[21], night[22], night[0], night[5]), (1, 3, 3, 3));
        assert_eq!((night[6], night[7], night[8]), (0, 0, 1));
        assert_eq!(hour_times(&[band(0, 24, 2)]), Ok([2; HOURS]));
        assert_eq!(hour_times(&[band(5, 5, 2)]), Ok([2; HOURS]), "a day from five to five");
        for (wrong, why) in [
            (vec![band(24, 1, 1)], BandsError::Bounds),
            (vec![band(1, 25, 1)], BandsError::Bounds),
            (vec![band(1, 2, 101)], BandsError::Bounds),
            (vec![band(22, 6, 1), band(5, 7, 2)], BandsError::Twice(5)),
            (vec![band(0, 24, 0)], BandsError::Nothing),
        ] {
            assert_eq!(hour_times(&wrong), Err(why), "{wrong:?}");
        }
    }

    #[test]
    fn an_area_with_few_calls_is_much_like_the_city_and_one_with_many_like_itself() {
        let mut shares = HourShares::default();
        (0..9_000).for_each(|_| shares.count(AreaId(1), 20));
        (0..1_000).for_each(|_| shares.count(AreaId(2), 3));
        shares.count(AreaId(3), 3);
        let at = |area: u32, hour: usize| shares.spread(1_000_000, AreaId(area))[hour];
        assert!(at(1, 20) > 995_000 && at(2, 3) > 800_000, "{} {}", at(1, 20), at(2, 3));
        assert!((880_000..900_000).contains(&at(3, 20)), "{}", at(3, 20));
        assert_eq!(at(4, 20), 899_911, "an area without calls has the city's hours");
    }

    #[test]
    fn nothing_is_lost_and_without_calls_every_hour_is_alike() {
        let mut shares = HourShares::default();
        assert_eq!(shares.spread(2_400, AreaId(0)), [100; HOURS]);
        for call in 0..977_u64 {
            shares.count(AreaId((call % 7) as u32), (call * call) as usize);
        }
        for weight in [0, 1, 999, 123_456_789, u64::from(u32::MAX)] {
            let spread = shares.spread(weight, AreaId(3));
            assert_eq!(spread.iter().sum::<u64>(), weight);
        }
    }
}
