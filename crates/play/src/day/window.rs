//! Which part of a record is played: between two instants, or its busiest day.

use std::collections::BTreeMap;

use precinct_base::Timestamp;

use super::Day;
use crate::Zone;

/// From one instant, up to and without another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after.
    pub to: Timestamp,
}

impl Window {
    /// Between the two given; a missing end is a day after the start, a missing start a day before the end, and both missing are
    /// the local day with the most calls (the earliest of several). `None` for a day without calls and without instants.
    pub fn of(
        day: &Day,
        zone: &Zone,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Option<Self> {
        const DAY_MS: i64 = 86_400_000;
        Some(match (from, to) {
            (Some(from), Some(to)) => Self { from, to },
            (Some(from), None) => Self { from, to: Timestamp(from.0.saturating_add(DAY_MS)) },
            (None, Some(to)) => Self { from: Timestamp(to.0.saturating_sub(DAY_MS)), to },
            (None, None) => {
                let mut days: BTreeMap<i64, usize> = BTreeMap::new();
                for call in &day.calls {
                    *days.entry(zone.day(call.received)).or_default() += 1;
                }
                let (&busiest, _) = days.iter().rev().max_by_key(|&(_, calls)| calls)?;
                Self { from: zone.begin(busiest), to: zone.begin(busiest + 1) }
            }
        })
    }

    /// Whether an instant is in it.
    pub fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// Leaves out of `day` what is outside, counted.
    pub fn cut(self, day: &mut Day) {
        let before = day.calls.len();
        day.calls.retain(|call| self.holds(call.received));
        let outside = (before - day.calls.len()) as u64;
        if outside > 0 {
            *day.left_out.entry("calls outside the time that is played".to_owned()).or_default() +=
                outside;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::{Call, Origin};
    use crate::from_rfc3339;

    fn day(times: &[&str]) -> Day {
        let call = |text: &&str| Call {
            id: (*text).to_owned(),
            origin: Origin::Call,
            received: from_rfc3339(text).unwrap(),
            entered: None,
            kind: precinct_core::Code::literal("other"),
            priority: None,
            at: precinct_base::LonLat::default(),
            address: None,
            responses: Vec::new(),
        };
        Day { calls: times.iter().map(call).collect(), ..Day::default() }
    }

    #[test]
    fn the_busiest_local_day_is_played_unless_told_otherwise() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let mut day = day(&[
            "2024-01-07T15:59:59Z",
            "2024-01-07T16:00:00Z",
            "2024-01-08T15:59:59Z",
            "2024-01-08T16:00:00Z",
        ]);
        let window = Window::of(&day, &zone, None, None).unwrap();
        assert_eq!(window.from, from_rfc3339("2024-01-07T16:00:00Z").unwrap());
        let told = Window::of(&day, &zone, None, Some(window.to)).unwrap();
        assert_eq!(told, window);
        assert_eq!(Window::of(&day, &zone, Some(window.from), None).unwrap(), window);
        window.cut(&mut day);
        assert_eq!((day.calls.len(), day.left_out.values().sum::<u64>()), (2, 2));
        assert_eq!(Window::of(&Day::default(), &zone, None, None), None);
    }
}
