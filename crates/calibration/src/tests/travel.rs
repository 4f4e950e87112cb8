//! Known factors are found again from drives made with them.

use precinct_base::{LonLat, Timestamp};
use proptest::prelude::*;

use super::town::{Chance, EAST, MAIN, MORNING, OTHER, START, Town, is_morning};
use crate::{Fault, Fitted, Made, NoCalibration, Response, Rules, Speeds, calibrate};

fn fitted(town: &Town, rows: &[Response]) -> Fitted {
    calibrate(rows, &town.ground(), &Rules::default(), Made::default()).unwrap()
}

/// Ratios of factors, which do not depend on which of them the level is in: main roads to others, east to west, morning to the rest;
/// and the cost of every drive.
fn told(speeds: &Speeds) -> [f64; 4] {
    let of = |map: &std::collections::BTreeMap<String, u16>, name: &str| f64::from(map[name]);
    let mean = |morning: bool| {
        let hours = speeds.hour.iter().enumerate().filter(|(hour, _)| {
            is_morning(precinct_base::HourOfWeek::new(*hour as u8).unwrap()) == morning
        });
        let all: Vec<f64> = hours.map(|(_, &factor)| f64::from(factor)).collect();
        all.iter().sum::<f64>() / all.len() as f64
    };
    [
        of(&speeds.class, "primary") / of(&speeds.class, "residential"),
        of(&speeds.area, "east") / of(&speeds.area, "west"),
        mean(true) / mean(false),
        f64::from(speeds.start_stop_ms),
    ]
}

fn truth() -> [f64; 4] {
    let ratio = |a: u16, b: u16| f64::from(a) / f64::from(b);
    [ratio(MAIN, OTHER), ratio(EAST, 1_000), ratio(MORNING, 1_000), f64::from(START)]
}

fn near(found: [f64; 4], wanted: [f64; 4], ratios: f64, start_ms: f64) -> bool {
    let ratio = |i: usize| (found[i] / wanted[i] - 1.0).abs() <= ratios;
    (0..3).all(ratio) && (found[3] - wanted[3]).abs() <= start_ms
}

/// Every tenth row is made wild: minutes added, places swapped, buttons pressed late, instants turned round.
fn wild(mut rows: Vec<Response>, chance: &mut Chance) -> Vec<Response> {
    for row in rows.iter_mut().step_by(10) {
        let later = |at: Option<Timestamp>, s: i64| at.map(|at| Timestamp(at.0 + s * 1_000));
        match chance.below(4) {
            0 => row.on_scene = later(row.on_scene, 100 + chance.below(500) as i64),
            1 => row.at = row.home.unwrap_or_default(),
            2 => row.on_scene = later(row.en_route, 2),
            _ => row.en_route = later(row.on_scene, 30),
        }
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn known_factors_are_found_again(seed in any::<u64>()) {
        let town = Town::new();
        let rows = town.responses(900, 60, &mut Chance(seed));
        let done = fitted(&town, &rows);
        let found = told(&done.calibration.speeds);
        prop_assert!(near(found, truth(), 0.06, 6_000.0), "{found:?} for {:?}", truth());
        let score = done.calibration.held_out;
        prop_assert!(score.bias_per_mille.abs() <= 15 && score.rank_per_mille >= 970, "{score:?}");
        // Noise alone is 30 thousandths in the median.
        let imported = done.calibration.held_out_as_imported;
        prop_assert!(score.median_error_ms * 3 < imported.median_error_ms, "{score:?} {imported:?}");
    }

    #[test]
    fn a_tenth_of_wild_rows_does_not_move_them(seed in any::<u64>()) {
        let town = Town::new();
        let chance = &mut Chance(seed);
        let rows = wild(town.responses(900, 60, chance), chance);
        let done = fitted(&town, &rows);
        let found = told(&done.calibration.speeds);
        prop_assert!(near(found, truth(), 0.08, 9_000.0), "{found:?} for {:?}", truth());
        let faults: Vec<Fault> = done.report.refused.each().map(|one| one.0).collect();
        prop_assert_eq!(faults, [Fault::Order, Fault::AtOnce]);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(seed in any::<u64>()) {
        let town = Town::new();
        let chance = &mut Chance(seed);
        let mut rows = town.responses(200, 100, chance);
        let text = fitted(&town, &rows).calibration.text();
        for i in (1..rows.len()).rev() {
            rows.swap(i, chance.below(i as u64 + 1) as usize);
        }
        prop_assert_eq!(fitted(&town, &rows).calibration.text(), text);
    }
}

#[test]
fn thin_data_stay_with_their_parent() {
    let town = Town::new();
    let done = fitted(&town, &town.responses(300, 60, &mut Chance(7)));
    let speeds = done.calibration.speeds;
    // Nobody drove on these, so they are as the mean of the streets that were driven on.
    assert_eq!(speeds.class["motorway"], speeds.class["trunk"]);
    let driven = [speeds.class["primary"], speeds.class["residential"]];
    assert!((driven[0]..=driven[1]).contains(&speeds.class["motorway"]), "{:?}", speeds.class);
}

#[test]
fn a_record_that_proves_nothing_is_refused() {
    let town = Town::new();
    let try_it = |rows: &[Response]| {
        calibrate(rows, &town.ground(), &Rules::default(), Made::default()).unwrap_err()
    };
    let rows = town.responses(60, 60, &mut Chance(1));
    let short: Vec<Response> = rows.iter().filter(|one| one.day < 2).cloned().collect();
    assert_eq!(try_it(&short), NoCalibration::Days { days: 2 });
    let nowhere = rows.iter().cloned().map(|one| Response { home: None, ..one });
    let nowhere: Vec<Response> = nowhere.collect();
    let told = try_it(&nowhere).to_string();
    assert!(told.contains("(60, line 2 first) for start_unknown"), "{told}");
    let far = rows.into_iter().map(|one| Response { at: LonLat::default(), ..one });
    assert!(try_it(&far.collect::<Vec<_>>()).to_string().contains("too_fast"));
}
