//! Speed limits: numbers with units, words, and zones of national law.

use super::zone;
use crate::element::Tags;

/// Limits believed, km/h. Below is no road, above is none in the world; what lies outside is a slip of the pen.
const PLAUSIBLE: std::ops::RangeInclusive<u32> = 5..=160;
/// `maxspeed=walk`. km/h.
const WALK: u32 = 5;

/// The limits of a road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// Forwards and backwards, km/h.
    pub(super) along: [Option<u16>; 2],
    /// Whether a value was given that cannot be meant or is not understood.
    pub(super) odd: bool,
}

/// What one value says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    Kmh(u32),
    /// No limit, or one that is not in the map (changing signs).
    Unsaid,
    Odd,
}

/// The limits that the tags give: the direction's own, else the road's, else those of the zone it is tagged to lie in.
pub(super) fn limits(tags: Tags<'_>) -> Limits {
    const ZONES: [&str; 4] = ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"];
    let mut limits = Limits::default();
    for (along, own) in ["maxspeed:forward", "maxspeed:backward"].into_iter().enumerate() {
        let signed = [own, "maxspeed"].into_iter().filter_map(|key| tags.get(key)).map(limit);
        // A source that is no zone ("sign", "survey") is no fault.
        let zones = ZONES
            .into_iter()
            .filter_map(|key| tags.get(key))
            .filter_map(zone::limit)
            .map(Limit::Kmh);
        for limit in signed.chain(zones) {
            match limit {
                Limit::Kmh(kmh) if PLAUSIBLE.contains(&kmh) => {
                    limits.along[along] = Some(kmh as u16);
                    break;
                }
                Limit::Unsaid => break,
                Limit::Kmh(_) | Limit::Odd => limits.odd = true,
            }
        }
    }
    limits
}

/// What a value says; of several (`50;30`), the lowest.
fn limit(values: &str) -> Limit {
    let mut lowest = None;
    for value in values.split([';', '|', ',']).map(str::trim).filter(|value| !value.is_empty()) {
        match one(value) {
            Limit::Kmh(kmh) => lowest = Some(lowest.map_or(kmh, |low: u32| low.min(kmh))),
            Limit::Unsaid => {}
            Limit::Odd => return Limit::Odd,
        }
    }
    lowest.map_or(Limit::Unsaid, Limit::Kmh)
}

fn one(value: &str) -> Limit {
    match value {
        "none" | "signals" | "variable" | "no" | "unposted" => return Limit::Unsaid,
        "walk" => return Limit::Kmh(WALK),
        _ => {}
    }
    measured(value).or_else(|| zone::limit(value)).map_or(Limit::Odd, Limit::Kmh)
}

/// A number with its unit, to the nearest km/h.
fn measured(value: &str) -> Option<u32> {
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let metres = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" | "KM/H" => 1_000_000,
        "mph" | "MPH" => 1_609_344,
        "knots" | "kn" => 1_852_000,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let tenth =
        u64::from(fraction.bytes().next().map_or(0, |digit| digit.wrapping_sub(b'0')).min(9));
    let tenths = u64::from(whole.parse::<u16>().ok()?) * 10 + tenth;
    Some(((tenths * metres + 5_000_000) / 10_000_000) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(tags: &[(&str, &str)]) -> ([Option<u16>; 2], bool) {
        let limits = limits(Tags(tags));
        (limits.along, limits.odd)
    }

    #[test]
    fn units_are_turned_into_kilometres_an_hour() {
        let cases = [
            ("50", Some(50)),
            ("50 km/h", Some(50)),
            ("50kmh", Some(50)),
            ("30 mph", Some(48)),
            ("30mph", Some(48)),
            ("12.5", Some(13)),
            ("10 knots", Some(19)),
            ("walk", Some(5)),
            ("50;30", Some(30)),
            ("none", None),
            ("signals", None),
            ("CN:urban", Some(50)),
            ("DE:zone:30", Some(30)),
        ];
        for (value, kmh) in cases {
            assert_eq!(both(&[("maxspeed", value)]), ([kmh; 2], false), "{value}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_left_out_and_told() {
        for value in
            ["0", "4", "500", "fast", "-50", "50 furlongs", "99999999999", "1.2.3 mph", "XX:urban?"]
        {
            assert_eq!(both(&[("maxspeed", value)]), ([None; 2], true), "{value}");
        }
        assert_eq!(
            both(&[("maxspeed", "900"), ("source:maxspeed", "CN:urban")]),
            ([Some(50); 2], true)
        );
    }

    #[test]
    fn a_direction_has_its_own_and_a_zone_comes_last() {
        assert_eq!(
            both(&[("maxspeed", "60"), ("maxspeed:backward", "40")]),
            ([Some(60), Some(40)], false)
        );
        assert_eq!(both(&[("maxspeed:forward", "40")]), ([Some(40), None], false));
        assert_eq!(both(&[("maxspeed", "60"), ("zone:maxspeed", "DE:30")]), ([Some(60); 2], false));
        assert_eq!(both(&[("zone:maxspeed", "DE:30")]), ([Some(30); 2], false));
        assert_eq!(both(&[("maxspeed:type", "GB:nsl_single")]), ([Some(97); 2], false));
        assert_eq!(both(&[("source:maxspeed", "sign")]), ([None; 2], false));
        assert_eq!(both(&[]), ([None; 2], false));
    }
}
