//! The answer in JSON.

use std::collections::BTreeMap;

use precinct_calibration::{Calibration, Fitted, Report};
use precinct_play::Day;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Answer<'a> {
    calibration: &'a Calibration,
    report: &'a Report,
    day: DayAnswer<'a>,
}

#[derive(Serialize)]
struct DayAnswer<'a> {
    rows: u64,
    left_out: &'a BTreeMap<String, u64>,
    unmapped: &'a BTreeMap<String, u64>,
    faults: Vec<String>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(fitted: &'a Fitted, day: &'a Day) -> Self {
        Self {
            calibration: &fitted.calibration,
            report: &fitted.report,
            day: DayAnswer {
                rows: day.rows,
                left_out: &day.left_out,
                unmapped: &day.unmapped,
                faults: day.faults.listed.iter().map(ToString::to_string).collect(),
            },
        }
    }
}
