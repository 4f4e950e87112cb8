//! A day that never was, for a city without a record: calls where its demand is, more by night at weekends, a few types.

use precinct_base::{LonLat, Timestamp};
use precinct_city::City;
use precinct_core::Code;

use super::{Call, Day, Origin, Response, Window};
use crate::Zone;
use crate::rng::Rng;

/// Why no day can be made up.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// Nobody knows where calls would arise.
    #[error(
        "nothing is known of where calls arise in this city: give it a demand in its city.toml, or a record with --calls"
    )]
    NoDemand,
    /// Its time zone is unknown.
    #[error("the city's time zone {0:?} is not in the IANA database: mend it in its city.toml")]
    Zone(String),
}

/// Calls of each hour of a day, in thousandths of the day's: a smooth curve, lowest before dawn and highest in the afternoon, as
/// in San Francisco's police calls; no city's own.
const HOURS: [u32; 24] = [
    28, 22, 18, 15, 14, 17, 25, 36, 44, 48, 50, 52, 53, 54, 55, 56, 56, 55, 53, 51, 51, 52, 50, 45,
];

/// Of a hundred calls: type, how many, the middle minutes at the scene.
const KINDS: [(Code, u32, u32); 14] = [
    (Code::literal("disturbance"), 16, 14),
    (Code::literal("other"), 14, 12),
    (Code::literal("noise"), 9, 8),
    (Code::literal("mediation"), 9, 22),
    (Code::literal("alarm_intrusion"), 8, 11),
    (Code::literal("traffic_accident"), 8, 26),
    (Code::literal("obstruction"), 8, 10),
    (Code::literal("suspicious_object"), 6, 12),
    (Code::literal("fraud"), 5, 25),
    (Code::literal("vehicle_theft"), 5, 21),
    (Code::literal("burglary"), 4, 30),
    (Code::literal("assault"), 3, 31),
    (Code::literal("lost_person"), 3, 34),
    (Code::literal("domestic"), 2, 35),
];

/// One call in so many is something a patrol comes upon.
const FOUND: u16 = 120;

/// A day of `count` calls for `city` in `window`, the same for the same seed. Without `count`, one call for each 600 people
/// (San Francisco's police: 1,305 located for 780,000 on that day), at least 40 and at most 20,000.
pub fn generate(
    city: &City,
    window: Window,
    count: Option<u32>,
    seed: u64,
) -> Result<Day, GenerateError> {
    let zone =
        Zone::named(&city.time_zone).ok_or_else(|| GenerateError::Zone(city.time_zone.clone()))?;
    let places: Vec<(LonLat, u32)> = city.demand.iter().map(|one| (one.at, one.weight)).collect();
    let people = city.demand_total() / u64::from(precinct_city::WEIGHT_ONE);
    let count = count.unwrap_or_else(|| (people / 600).clamp(40, 20_000) as u32);
    day(&places, &zone, window, count, seed)
}

fn day(
    places: &[(LonLat, u32)],
    zone: &Zone,
    window: Window,
    count: u32,
    seed: u64,
) -> Result<Day, GenerateError> {
    let places = Weighted::new(places.iter().map(|&(at, weight)| (at, u64::from(weight))));
    let kinds =
        Weighted::new(KINDS.iter().map(|&(kind, share, stay)| ((kind, stay), u64::from(share))));
    let hours = (window.from.0..window.to.0).step_by(3_600_000);
    let hours =
        Weighted::new(hours.map(|ms| (ms, u64::from(weight(zone.hour_of_week(Timestamp(ms)))))));
    let mut calls = Vec::with_capacity(count as usize);
    for number in 0..u64::from(count) {
        let rng = &mut Rng::new(seed, "call", number);
        let (Some(&hour), Some(&at), Some(&(kind, stay))) =
            (hours.draw(rng), places.draw(rng), kinds.draw(rng))
        else {
            return Err(GenerateError::NoDemand);
        };
        let received = Timestamp((hour + rng.between(0, 3_599_999)).min(window.to.0 - 1));
        calls.push(call(number, kind, stay, (received, at), rng));
    }
    calls.sort_by(|a, b| (a.received, &a.id).cmp(&(b.received, &b.id)));
    Ok(Day { rows: calls.len() as u64, calls, ..Day::default() })
}

fn call(
    number: u64,
    kind: Code,
    stay: u32,
    (received, at): (Timestamp, LonLat),
    rng: &mut Rng,
) -> Call {
    let origin = if rng.chance(FOUND) {
        Origin::Patrol
    } else if kind.as_str().starts_with("alarm_") {
        Origin::Alarm
    } else {
        Origin::Call
    };
    // Only how long crews stay is drawn here; when they arrive is for the roads to say.
    let stay = rng.about(i64::from(stay) * 60_000);
    let clear = Timestamp(received.0 + stay);
    let response = Response { on_scene: Some(received), clear: Some(clear), ..Response::default() };
    let id = format!("g{number}");
    Call {
        id,
        origin,
        received,
        entered: None,
        kind,
        priority: None,
        at,
        address: None,
        responses: vec![response],
    }
}

/// How many calls come in an hour of the week: nights of Friday and Saturday have half as many again.
fn weight(hour_of_week: usize) -> u32 {
    let (day, hour) = (hour_of_week / 24, hour_of_week % 24);
    let late = (matches!(day, 4 | 5) && hour >= 20) || (matches!(day, 5 | 6) && hour < 4);
    HOURS[hour] * if late { 3 } else { 2 }
}

/// Things to be drawn, each with its weight.
struct Weighted<T> {
    /// Each thing with the sum of weights up to and with its own.
    sums: Vec<(u64, T)>,
}

impl<T> Weighted<T> {
    fn new(things: impl Iterator<Item = (T, u64)>) -> Self {
        let mut sum = 0;
        let sums = things.filter(|&(_, weight)| weight > 0).map(|(thing, weight)| {
            sum += weight;
            (sum, thing)
        });
        Self { sums: sums.collect() }
    }

    fn draw(&self, rng: &mut Rng) -> Option<&T> {
        let (total, _) = self.sums.last()?;
        let ticket = rng.between(0, *total as i64 - 1) as u64;
        let place = self.sums.partition_point(|&(sum, _)| sum <= ticket);
        self.sums.get(place).map(|(_, thing)| thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_rfc3339;
    use precinct_core::Catalogue;

    fn made(seed: u64) -> Day {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let from = from_rfc3339("2024-01-07T16:00:00Z").unwrap();
        let window = Window { from, to: Timestamp(from.0 + 86_400_000) };
        let place = |lon| LonLat::new(lon, 0).unwrap();
        day(&[(place(1), 1), (place(2), 9), (place(3), 0)], &zone, window, 2_000, seed).unwrap()
    }

    #[test]
    fn a_made_up_day_repeats_and_follows_demand_and_hours() {
        let day = made(1);
        assert_eq!(day.calls, made(1).calls);
        assert_ne!(day.calls, made(2).calls);
        let there = |lon| day.calls.iter().filter(|call| call.at.lon() == lon).count();
        assert_eq!(there(3), 0);
        assert!((1_700..1_900).contains(&there(2)), "{}", there(2));
        let hour = |at: Timestamp| (at.0 / 3_600_000 + 8) % 24;
        let in_hour = |h| day.calls.iter().filter(|call| hour(call.received) == h).count();
        assert!(in_hour(15) > 2 * in_hour(3), "{} {}", in_hour(15), in_hour(3));
        assert!(day.calls.iter().any(|call| call.origin == Origin::Patrol));
    }

    #[test]
    fn the_tables_are_whole_and_known() {
        assert_eq!(
            (HOURS.iter().sum::<u32>(), KINDS.iter().map(|kind| kind.1).sum::<u32>()),
            (1_000, 100)
        );
        let catalogue = Catalogue::standard();
        assert!(KINDS.iter().all(|&(kind, ..)| catalogue.kind(kind).is_some()));
        assert!(weight(4 * 24 + 22) > weight(22) && weight(6 * 24 + 2) > weight(2));
    }

    #[test]
    fn without_demand_there_is_no_day() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let window = Window { from: Timestamp(0), to: Timestamp(3_600_000) };
        assert!(matches!(day(&[], &zone, window, 1, 1), Err(GenerateError::NoDemand)));
    }
}
