//! Whether a unit can have come from one place to another in the time between.

use precinct_base::{LonLat, Metres, Millimetres, Timestamp};

use crate::Rules;

/// No unit of longitude or latitude is as long on the ground, in millimetres.
const UNIT_MM: u64 = 12;

/// A place at an instant, and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    pub(crate) at: LonLat,
    pub(crate) time: Timestamp,
    pub(crate) accuracy: Option<Metres>,
}

impl Stand {
    /// The distance to `next` if that is farther than anybody goes in the time between; `next` is not the earlier one.
    pub(crate) fn jump(&self, next: &Self, rules: &Rules) -> Option<Metres> {
        // Most fixes are a few metres from the last: no need to measure these.
        let lon = u64::from(self.at.lon().abs_diff(next.at.lon()));
        let lat = u64::from(self.at.lat().abs_diff(next.at.lat()));
        if (lon + lat) * UNIT_MM <= rules.slack.millimetres().0 {
            return None;
        }
        let distance = self.at.distance(next.at);
        (distance > self.reach(next, rules)).then(|| distance.metres())
    }

    fn reach(&self, next: &Self, rules: &Rules) -> Millimetres {
        let off = |stand: &Self| stand.accuracy.map_or(Metres(0), |it| it.min(rules.accuracy));
        let still = [rules.slack, off(self), off(next)].iter().map(|it| it.millimetres().0).sum();
        let passed = u64::try_from(next.time.0.saturating_sub(self.time.0)).unwrap_or(0);
        // Centimetres a second are hundredths of a millimetre a millisecond.
        let driven = passed.saturating_mul(u64::from(rules.fastest.cm_s())) / 100;
        Millimetres(driven.saturating_add(still))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::Millis;
    use proptest::prelude::*;

    fn stand(lon: i32, time: i64) -> Stand {
        Stand { at: LonLat::new(lon, 0).unwrap(), time: Timestamp(time), accuracy: None }
    }

    #[test]
    fn the_limit_is_slack_and_speed_together() {
        let rules = Rules::default();
        // 1,299 m in ten seconds at 100 m/s: within 300 m and 1,000 m. 1,302 m is not.
        assert_eq!(stand(0, 0).jump(&stand(116_700, 10_000), &rules), None);
        assert_eq!(stand(0, 0).jump(&stand(117_000, 10_000), &rules), Some(Metres(1_302)));
        let vague = Stand { accuracy: Some(Metres(50)), ..stand(117_000, 10_000) };
        assert_eq!(stand(0, 0).jump(&vague, &rules), None);
        let boast = Stand { accuracy: Some(Metres(u32::MAX)), ..stand(10_000_000, 0) };
        assert_eq!(stand(0, 0).jump(&boast, &rules), Some(Metres(111_319)));
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        let rules = Rules { ahead: Millis::ZERO, ..Rules::default() };
        let jump = |from: i64, to: i64| stand(0, from).jump(&stand(1_800_000_000, to), &rules);
        assert_eq!(jump(i64::MIN, i64::MAX), None);
        assert!(jump(i64::MAX, i64::MIN).is_some());
    }

    proptest! {
        #[test]
        fn the_short_way_agrees_with_the_measure(lon in -20_000..20_000, lat in -20_000..20_000, base in -899_000_000..899_000_000) {
            let rules = Rules::default();
            let from = Stand { at: LonLat::new(0, base).unwrap(), time: Timestamp(0), accuracy: None };
            let to = Stand { at: LonLat::new(lon, base + lat).unwrap(), ..from };
            let far = from.at.distance(to.at) > rules.slack.millimetres();
            prop_assert_eq!(from.jump(&to, &rules).is_some(), far);
        }
    }
}
