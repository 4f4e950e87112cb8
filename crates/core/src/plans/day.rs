//! A day of the calendar, for what is counted by days: those a plan was made from and those it was tried on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the local calendar, as days since 1970-01-01. In records it is `2024-01-08`.
///
/// ```
/// use precinct_core::Day;
/// let day: Day = "2024-01-08".parse().unwrap();
/// assert_eq!((day.0, day.to_string()), (19_730, "2024-01-08".to_owned()));
/// assert!("2023-02-29".parse::<Day>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Why a text is no [`Day`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no day: write it as 2024-01-08")]
pub struct NotADay {
    /// What was given, cut to 64 characters.
    pub text: String,
}

/// Days from the first of March of year 0 to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Days of 400 years.
const ERA: i64 = 146_097;

impl Day {
    /// The day of a date of the Gregorian calendar; none if there is no such date in the years 1 to 9999. The reckoning is that of E. G.
    /// Richards, *Mapping Time* (1998), with years that begin in March.
    pub fn of(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9_999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let (year, month) = (i64::from(year) - i64::from(month < 3), i64::from(month));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let found = Self(i32::try_from(365 * year + leap_days + of_year - EPOCH).ok()?);
        (i64::from(found.date().1) == month && found.date().2 == day).then_some(found)
    }

    /// Its year, month and day of the month.
    pub fn date(self) -> (i32, u8, u8) {
        let days = i64::from(self.0) + EPOCH;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        ((era * 400 + year + next) as i32, month as u8, day as u8)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn read(text: &str) -> Option<Day> {
    let digits = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u16>().ok())?
    };
    let dashes = text.len() == 10 && text.get(4..5)? == "-" && text.get(7..8)? == "-";
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let found = Day::of(year.into(), u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    dashes.then_some(found)
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        read(text).ok_or_else(|| NotADay { text: text.chars().take(64).collect() })
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day by day from the year 1 on, against months counted by hand.
    #[test]
    fn days_are_those_of_the_calendar() {
        let leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let mut day = Day::of(1, 1, 1).unwrap();
        for year in 1..=9_999 {
            let february = if leap(year) { 29 } else { 28 };
            let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, days) in (1..).zip(months) {
                for of_month in [1, 15, days] {
                    let known = Day(day.0 + i32::from(of_month) - 1);
                    assert_eq!(Day::of(year, month, of_month), Some(known));
                    assert_eq!(known.date(), (year, month, of_month));
                }
                assert_eq!(Day::of(year, month, days + 1), None);
                day.0 += i32::from(days);
            }
        }
        assert_eq!(Day(0).date(), (1970, 1, 1));
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        let day: Day = serde_json::from_str("\"2024-02-29\"").unwrap();
        assert_eq!(
            (day.date(), serde_json::to_string(&day).unwrap()),
            ((2024, 2, 29), "\"2024-02-29\"".to_owned())
        );
        for bad in [
            "",
            "2024-2-29",
            "2023-02-29",
            "2024-02-30",
            "2024-13-01",
            "2024-00-01",
            "+024-01-01",
            "2024/01/01",
            "2024-01-0é",
            "2024-01-00",
        ] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        let refused = "soon".parse::<Day>().unwrap_err().to_string();
        assert_eq!(refused, "\"soon\" is no day: write it as 2024-01-08");
    }
}
