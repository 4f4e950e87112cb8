//! Values on the command line: minutes, hours of the week, kinds of traveller and of post.

use std::str::FromStr;

use clap::ValueEnum;
use precinct_base::{Bounds, HourOfWeek, LonLat, Millis, caps};
use precinct_city::{ClipWish, PostKind};
use precinct_roads::Profile;

/// A time in minutes, whole or decimal, of at least a millisecond and at most a day.
pub(crate) fn minutes(text: &str) -> Result<Millis, String> {
    let wrong = || format!("{text:?} is not a number of minutes: write 5 or 2.5");
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0
        || whole.len() > 6
        || fraction.len() > 6
        || !digits(whole)
        || !digits(fraction)
    {
        return Err(wrong());
    }
    let number = |part: &str| if part.is_empty() { Ok(0) } else { u64::from_str(part) };
    let whole = number(whole).map_err(|_| wrong())? * 60_000;
    let scale = 10u64.pow(fraction.len() as u32);
    let part = (number(fraction).map_err(|_| wrong())? * 60_000 + scale / 2) / scale;
    match whole + part {
        0 => Err("0 minutes reach nothing: write 1 or 0.5".to_owned()),
        ms if ms > u64::from(caps::SEARCH_LIMIT_MS) => {
            Err(format!("{text} minutes are more than a day (1440)"))
        }
        ms => Ok(Millis(ms as u32)),
    }
}

/// What of an extract belongs to the city: a box as west,south,east,north, or a file.
pub(crate) fn clip(text: &str) -> Result<ClipWish, String> {
    let is_box = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-., ".contains(&byte));
    if !is_box {
        return Ok(ClipWish::File(text.into()));
    }
    let form = || {
        format!(
            "{text:?} is not a box: write west,south,east,north, such as 113.52,22.10,113.61,22.22"
        )
    };
    let parts: Vec<&str> = text.split(',').collect();
    let [west, south, east, north] = parts[..] else { return Err(form()) };
    let corner = |lon: &str, lat: &str| {
        format!("{lon},{lat}").parse::<LonLat>().map_err(|fault| fault.to_string())
    };
    Bounds::new(corner(west, south)?, corner(east, north)?).map(ClipWish::Bounds).ok_or_else(form)
}

/// A kind of traveller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProfileName {
    /// A police car on duty
    #[default]
    Car,
    /// A police motorcycle
    Motorcycle,
    /// A bicycle
    Bicycle,
    /// On foot
    Foot,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Car => Self::PoliceCar,
            ProfileName::Motorcycle => Self::Motorcycle,
            ProfileName::Bicycle => Self::Bicycle,
            ProfileName::Foot => Self::Foot,
        }
    }
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// An hour of the week: a day and an hour, `fri-18`, or its number from Monday 00:00, `114`.
pub(crate) fn hour(text: &str) -> Result<HourOfWeek, String> {
    let wrong = || {
        format!(
            "{text:?} is not an hour of the week: write fri-18 for Friday 18:00, or 0 to 167 from Monday 00:00"
        )
    };
    let index = match text.split_once('-') {
        None => u8::from_str(text).map_err(|_| wrong())?,
        Some((day, hour)) => {
            let day =
                DAYS.iter().position(|name| day.eq_ignore_ascii_case(name)).ok_or_else(wrong)?;
            let hour = u8::from_str(hour).ok().filter(|&hour| hour < 24).ok_or_else(wrong)?;
            day as u8 * 24 + hour
        }
    };
    HourOfWeek::new(index).ok_or_else(wrong)
}

/// An hour of the week as [`hour`] reads it: `fri-18`.
pub(crate) fn hour_name(hour: HourOfWeek) -> String {
    format!("{}-{:02}", DAYS[hour.index() / 24], hour.index() % 24)
}

/// A kind of post to count, or all of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Posts {
    /// Every kind that police units work from.
    Police,
    /// Every kind there is.
    All,
    /// One kind.
    Kind(PostKind),
}

impl Posts {
    /// Whether posts of a kind are meant.
    pub(crate) fn holds(self, kind: PostKind) -> bool {
        match self {
            Self::Police => kind.is_police(),
            Self::All => true,
            Self::Kind(one) => one == kind,
        }
    }
}

/// `police`, `all`, or the name of one kind.
pub(crate) fn posts(text: &str) -> Result<Posts, String> {
    match text {
        "police" => Ok(Posts::Police),
        "all" => Ok(Posts::All),
        name => PostKind::from_name(name).map(Posts::Kind).ok_or_else(|| {
            let kinds: Vec<&str> = PostKind::ALL.iter().map(|kind| kind.name()).collect();
            format!(
                "{name:?} is no kind of post: write police, all, or one of {}",
                kinds.join(", ")
            )
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_a_box_or_a_file() {
        let bounds = Bounds::new("-122.5,37.7".parse().unwrap(), "-122.3,37.8".parse().unwrap());
        assert_eq!(clip("-122.5,37.7, -122.3,37.8"), Ok(ClipWish::Bounds(bounds.unwrap())));
        assert_eq!(clip("outline.geojson"), Ok(ClipWish::File("outline.geojson".into())));
        for text in ["1,2,3", "3,2,1,4", "1,2,3,95"] {
            assert!(clip(text).is_err(), "{text}");
        }
    }

    #[test]
    fn minutes_may_have_decimals() {
        for (text, ms) in [
            ("5", 300_000),
            ("0.5", 30_000),
            (".5", 30_000),
            ("1.", 60_000),
            ("0.33333", 20_000),
            ("1440", 86_400_000),
        ] {
            assert_eq!(minutes(text), Ok(Millis(ms)), "{text}");
        }
        for text in
            ["", ".", "-1", "+1", "1e3", "five", "0", "0.000001", "1440.1", "9999999", "1.2.3"]
        {
            assert!(minutes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn hours_are_days_and_hours_or_numbers() {
        let index = |text| hour(text).map(HourOfWeek::index);
        assert_eq!((index("mon-0"), index("Fri-18"), index("sun-23")), (Ok(0), Ok(114), Ok(167)));
        assert_eq!(index("114"), Ok(114));
        for text in ["168", "fri", "fri-24", "x-1", "-1", "fri-"] {
            assert!(hour(text).is_err(), "{text}");
        }
        assert_eq!(hour_name(hour("fri-8").unwrap()), "fri-08");
    }

    #[test]
    fn kinds_of_post_are_named() {
        assert!(posts("police").unwrap().holds(PostKind::Checkpoint));
        assert!(!posts("police").unwrap().holds(PostKind::FireStation));
        assert!(posts("all").unwrap().holds(PostKind::FireStation));
        assert!(!posts("standby").unwrap().holds(PostKind::PoliceStation));
        assert!(posts("church").unwrap_err().contains("street_station"));
    }
}
