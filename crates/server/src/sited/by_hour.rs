//! Demand by hour of the day: how much each hour counts, and from which calls it is known how demand spreads over them.

use precinct_base::caps;
use precinct_core::Day;
use precinct_siting::{HOURS, HourShares};
use precinct_wire::{BandBody, HoursBody};

use crate::app::App;
use crate::door::Failure;
use crate::tried::RECORD;

/// The most that an hour counts.
const MOST: u32 = 100;

/// How demand by hour is found.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    pub(super) source: String,
    pub(super) days: Vec<Day>,
    /// How much each hour of the day counts.
    pub(super) times: [u32; HOURS],
}

impl Hours {
    pub(super) fn read(body: &HoursBody) -> Result<Self, Failure> {
        if body.days.is_empty() || body.days.len() > caps::TRIAL_DAYS {
            let most = caps::TRIAL_DAYS;
            return Err(Failure::bad(format!(
                "demand by hour is counted from the calls of 1 to {most} `days`"
            )));
        }
        let source = body.source.clone().unwrap_or_else(|| RECORD.to_owned());
        Ok(Self { source, days: body.days.clone(), times: times(&body.bands)? })
    }

    /// The calls of those days by area and hour; reads them: not for a thread that others wait for.
    pub(super) fn counted(&self, app: &App, ends: &dyn Fn() -> bool) -> Result<HourShares, String> {
        let mut shares = HourShares::default();
        for piece in app.planning.sources.pieces(app, &self.source, &self.days, ends)? {
            for call in piece.calls.iter().filter(|call| piece.counts(call)) {
                let hour = app.ground.hour_of_week(call.received).index() % HOURS;
                shares.count(app.ground.area(call.at), hour);
            }
        }
        Ok(shares)
    }
}

fn times(bands: &[BandBody]) -> Result<[u32; HOURS], Failure> {
    let mut all = [None; HOURS];
    for &BandBody { from, until, times } in bands {
        let (first, last) = (usize::from(from), usize::from(until));
        if first >= HOURS || last > HOURS || times > MOST {
            return Err(Failure::bad(format!(
                "a band is from an hour of 0 to 23 until one of 0 to 24, and counts 0 to {MOST} times"
            )));
        }
        let long = if last > first { last - first } else { last + HOURS - first };
        for hour in (first..first + long).map(|hour| hour % HOURS) {
            if all[hour].replace(times).is_some() {
                return Err(Failure::bad(format!(
                    "hour {hour} is in two bands: which one counts?"
                )));
            }
        }
    }
    let all = all.map(|times: Option<u32>| times.unwrap_or(1));
    if all.iter().all(|&times| times == 0) {
        return Err(Failure::bad("no hour counts: give one of them more than 0 `times`"));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: u8, until: u8, times: u32) -> BandBody {
        BandBody { from, until, times }
    }

    #[test]
    fn a_band_may_go_past_midnight_and_no_hour_is_in_two() {
        let night = times(&[band(22, 6, 3), band(6, 8, 0)]).unwrap();
        assert_eq!((night[21], night[22], night[0], night[5]), (1, 3, 3, 3));
        assert_eq!((night[6], night[7], night[8]), (0, 0, 1));
        assert_eq!(times(&[band(0, 24, 2)]).unwrap(), [2; HOURS]);
        assert_eq!(times(&[band(5, 5, 2)]).unwrap(), [2; HOURS], "a day from five to five");
        for wrong in [
            vec![band(24, 1, 1)],
            vec![band(1, 25, 1)],
            vec![band(1, 2, 101)],
            vec![band(22, 6, 1), band(5, 7, 2)],
            vec![band(0, 24, 0)],
        ] {
            assert!(times(&wrong).is_err(), "{wrong:?}");
        }
    }
}
