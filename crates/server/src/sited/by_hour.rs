//! Demand by hour of the day: how much each hour counts, and from which calls it is known how demand spreads over them.

use precinct_base::caps;
use precinct_core::Day;
use precinct_siting::{Band, HOURS, HourShares, hour_times};
use precinct_wire::{BandBody, HoursBody};

use crate::app::App;
use crate::door::Failure;
use crate::tried::RECORD;

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
    let band = |&BandBody { from, until, times }: &BandBody| Band {
        from: usize::from(from),
        until: usize::from(until),
        times,
    };
    let bands: Vec<Band> = bands.iter().map(band).collect();
    hour_times(&bands).map_err(|error| Failure::bad(error.to_string()))
}
