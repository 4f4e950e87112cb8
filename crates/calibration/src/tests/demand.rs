//! The forecast finds where calls come from, and what patrols find never reaches it.

use precinct_base::{HourOfWeek, LonLat};
use proptest::prelude::*;

use super::town::{Chance, at};
use crate::{Call, DemandError, Forecast, ForecastRules, Method, Origin, Places, forecast};

const SIDE: u64 = 4_000;

fn streets() -> Vec<LonLat> {
    (0..40).flat_map(|x| (0..40).map(move |y| at(x * 100 + 50, y * 100 + 50))).collect()
}

/// Three calls in four come from a square kilometre in the corner, most of them in the evening.
fn calls(days: i64, a_day: u64, chance: &mut Chance) -> Vec<Call> {
    let mut calls = Vec::new();
    for day in 0..days {
        for _ in 0..a_day {
            let busy = chance.below(4) < 3;
            let side = if busy { SIDE / 4 } else { SIDE };
            let hour = if busy { 18 + chance.below(6) } else { chance.below(24) };
            let place = at(chance.below(side) as i64, chance.below(side) as i64);
            let hour = HourOfWeek::new((day.rem_euclid(7) * 24) as u8 + hour as u8).unwrap();
            let row = calls.len() as u64 + 2;
            calls.push(Call { row, origin: Origin::Public, day, hour, at: place });
        }
    }
    calls
}

fn made(calls: &[Call]) -> Result<Forecast, DemandError> {
    let places = Places { streets: &streets(), people: &[] };
    forecast(calls, &places, &ForecastRules::default())
}

/// Every byte of what a forecast says.
fn bytes(forecast: &Forecast) -> String {
    let mut report = forecast.report.clone();
    // How many rows were refused is told; nothing else may differ.
    (report.rows, report.patrol) = (0, 0);
    format!("{:?}\n{report:?}", forecast.cells)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn what_patrols_found_changes_nothing(seed in any::<u64>(), found in 1usize..2_000) {
        let chance = &mut Chance(seed);
        let mut rows = calls(9, 40, chance);
        let before = made(&rows).unwrap();
        // Patrols find ten times as much wherever the forecast is highest, on days of their own too.
        let top = before.cells.iter().max_by_key(|cell| cell.weight).unwrap().at;
        for i in 0..found {
            let hour = HourOfWeek::new(chance.below(168) as u8).unwrap();
            let (row, day) = (10_000 + i as u64, chance.below(40) as i64);
            let found = Call { row, origin: Origin::Patrol, day, hour, at: top };
            rows.insert(chance.below(rows.len() as u64) as usize, found);
        }
        let after = made(&rows).unwrap();
        prop_assert_eq!(after.report.patrol, found as u64);
        prop_assert_eq!(bytes(&after), bytes(&before));
    }

    #[test]
    fn the_forecast_beats_last_week_and_people(seed in any::<u64>()) {
        let report = made(&calls(12, 60, &mut Chance(seed))).unwrap().report;
        let of = |method| report.methods.iter().find(|one| one.method == method).unwrap();
        let (smoothed, people) = (of(Method::Smoothed), of(Method::People));
        for other in [Method::SmoothedNoHours, Method::LastWeek, Method::People] {
            prop_assert!(smoothed.surprise_milli < of(other).surprise_milli, "{report:?}");
        }
        // A tenth of the cells: all in the busy corner, which is a sixteenth of the town.
        let hit = [smoothed, people].map(|one| one.hits[2].hit_per_mille);
        prop_assert!(hit[0] > 650 && hit[1] + 200 < hit[0], "{report:?}");
        prop_assert_eq!(people.gain_milli, 0);
        // As many a day as before, exactly.
        prop_assert!(report.expected.abs_diff(report.observed * 1_000) < 80_000, "{report:?}");
        prop_assert!(report.busy_within_per_mille >= 700, "{report:?}");
    }

    #[test]
    fn weights_add_up_and_lie_within_their_bounds(seed in any::<u64>()) {
        let rows = calls(7, 30, &mut Chance(seed));
        let done = made(&rows).unwrap();
        let all: u64 = done.cells.iter().map(|cell| u64::from(cell.weight)).sum();
        prop_assert!(all.abs_diff(7 * 30 * 1_000) < 3_000, "{all}");
        for cell in &done.cells {
            let bands: u32 = cell.bands.iter().sum();
            prop_assert!(bands.abs_diff(cell.weight) <= 3);
            prop_assert!(cell.low <= cell.weight && cell.weight <= cell.high, "{cell:?}");
        }
    }
}

#[test]
fn too_little_is_refused_and_patrols_do_not_help() {
    let mut rows = calls(9, 4, &mut Chance(3));
    for row in &mut rows {
        row.origin = Origin::Patrol;
    }
    let told = made(&rows).unwrap_err();
    assert_eq!(told, DemandError::Calls { calls: 0, least: 50, patrol: 36 });
    assert!(told.to_string().ends_with("36 rows are what patrols came upon, which is no demand"));
    let told = made(&calls(5, 20, &mut Chance(3))).unwrap_err();
    assert_eq!(told, DemandError::Days { days: 5 });
}
