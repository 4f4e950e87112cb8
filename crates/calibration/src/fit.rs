//! The whole fit: rows to drives, drives to factors, factors to a score on days they were not fitted to.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{HourOfWeek, Metres, Millimetres, Millis};
use precinct_roads::{Network, Profile, RoadClass, Scratch, Snap, SnapRules};
use serde::Serialize;

use crate::days::Days;
use crate::measure::{Fault, NoCalibration, Refused};
use crate::numbers::{median, rank_correlation};
use crate::screen::{Drive, Rules, drives};
use crate::stays::{Between, part_of_day, stay};
use crate::travel::{Model, Observed, Ways, fit, routed};
use crate::{Calibration, Group, Made, Response, Score, Shares, Speeds};

/// Fewer drives than this on either part of the days prove nothing.
const LEAST: usize = 20;
/// Drives are routed so often, each time under the factors found before.
const ROUTINGS: usize = 4;
/// How far from a street a unit or a call may be.
const SNAP: SnapRules = SnapRules { limit: Metres(300), islands: false, door: true };

/// The streets a record is held against.
#[derive(Debug)]
pub struct Ground<'a> {
    /// As imported.
    pub network: &'a Network,
    /// For each segment the number of its area, from 1; 0 is outside of all.
    pub areas: &'a [u16],
    /// What area `i + 1` is called in the calibration.
    pub area_names: &'a [String],
}

/// A calibration and how it came about.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The calibration.
    pub calibration: Calibration,
    /// What it was made from and how it did.
    pub report: Report,
}

/// How a calibration came about.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Rows of the record.
    pub rows: u64,
    /// Rows that tell nothing of travel.
    pub refused: Refused,
    /// Classes of road that were driven on; the others have their parent's factor.
    pub driven: Vec<String>,
    /// The speed of the constant baseline, in metres an hour.
    pub constant_m_h: u64,
    /// By the hour of the day, on days held out: calibrated, and as imported.
    pub by_hour: Vec<(Group, Score)>,
    /// By the area driven to.
    pub by_area: Vec<(Group, Score)>,
    /// Drives from one place to one street that the record has more than once, in pairs.
    pub repeats: u64,
    /// How far two such drives agree: their rank correlation, in thousandths. No forecast from places and hours alone can be
    /// expected to correlate better with what was than the square root of this.
    pub repeat_rank_per_mille: i32,
}

/// Drives on the streets.
struct Trips<'a> {
    responses: &'a [Response],
    drives: Vec<Drive>,
    ways: Ways<'a>,
    held_out: Vec<bool>,
}

/// Fits a calibration to `responses`. The same rows give the same calibration, whatever their order.
pub fn calibrate(
    responses: &[Response],
    ground: &Ground<'_>,
    rules: &Rules,
    made: Made,
) -> Result<Fitted, NoCalibration> {
    let mut responses = responses.to_vec();
    responses.sort_by(|a, b| (a.dispatch, &a.unit, a.row).cmp(&(b.dispatch, &b.unit, b.row)));
    let all_days = responses.iter().map(|one| one.day);
    let count = all_days.clone().collect::<BTreeSet<_>>().len();
    let days = Days::part(all_days).ok_or(NoCalibration::Days { days: count })?;
    let mut refused = Refused::default();
    let trips = trips(&responses, ground, rules, &days, &mut refused);
    let held_out = trips.held_out.iter().filter(|&&one| one).count();
    let fitted = trips.drives.len() - held_out;
    if fitted < LEAST || held_out < LEAST {
        let (rows, refused) = (responses.len(), Box::new(refused));
        return Err(NoCalibration::Trips { fitted, held_out, least: LEAST, rows, refused });
    }
    let fit = fitted_speeds(&trips, ground);
    let made = Made {
        days_fitted: days.fitted.len() as u32,
        days_held_out: days.held_out.len() as u32,
        trips_fitted: fitted as u32,
        ..made
    };
    Ok(scored(&trips, ground, &days, fit, made, refused))
}

/// The drives that can be put on the streets.
fn trips<'a>(
    responses: &'a [Response],
    ground: &Ground<'a>,
    rules: &Rules,
    days: &Days,
    refused: &mut Refused,
) -> Trips<'a> {
    let mut scratch = Scratch::default();
    let (mut kept, mut ends, mut held_out) = (Vec::new(), Vec::new(), Vec::new());
    for drive in drives(responses, rules, refused) {
        let one = &responses[drive.index];
        let snapped =
            ground.network.snap(drive.from, &SNAP).zip(ground.network.snap(one.at, &SNAP));
        let Some((from, to)) = snapped else {
            refused.add(Fault::FarFromStreets, one.row);
            continue;
        };
        if ground.network.route(&mut scratch, &from, &to).is_none() {
            refused.add(Fault::NoWay, one.row);
            continue;
        }
        kept.push(drive);
        ends.push((from, to));
        held_out.push(days.holds_out(one.day));
    }
    let ways = Ways { network: ground.network, areas: ground.areas, ends };
    Trips { responses, drives: kept, ways, held_out }
}

/// Factors from the drives of the days fitted to: routed, fitted, routed again under what was found.
fn fitted_speeds(trips: &Trips<'_>, ground: &Ground<'_>) -> (Speeds, Vec<String>) {
    let profile = ground.network.profile();
    let mut model = Model::new(ground.area_names.len() + 1);
    let (mut speeds, mut driven) = (Speeds::as_imported(profile), Vec::new());
    for _ in 0..ROUTINGS {
        // All streets are scaled alike by the hour, so one hour shows the ways of all.
        let even = Speeds { hour: vec![1_000; HourOfWeek::COUNT], ..speeds.clone() };
        let network = trips.ways.under(&even.table(ground.area_names), HourOfWeek::default());
        let took = |i: usize| {
            let drive = &trips.drives[i];
            (trips.responses[drive.index].hour.index(), drive.took)
        };
        let observed: Vec<Observed> = routed(&trips.ways, &network, took)
            .into_iter()
            .zip(&trips.held_out)
            .filter(|&(_, &held_out)| !held_out)
            .filter_map(|(one, _)| one)
            .collect();
        fit(&mut model, &observed);
        speeds = rounded(&model, &observed, profile, ground.area_names);
        driven = driven_on(&observed);
    }
    (speeds, driven)
}

/// The classes of road that drives went along.
fn driven_on(observed: &[Observed]) -> Vec<String> {
    let on = |class: &RoadClass| {
        let parts = observed.iter().flat_map(|drive| &drive.parts);
        parts.clone().any(|part| part.0 == class.index())
    };
    RoadClass::ALL.into_iter().filter(on).map(|class| class.name().to_owned()).collect()
}

/// The model in whole numbers: classes that were driven on, all hours, areas that were driven through.
fn rounded(model: &Model, observed: &[Observed], profile: Profile, areas: &[String]) -> Speeds {
    let per_mille = |factor: f64| (factor * 1_000.0).round().clamp(50.0, 20_000.0) as u16;
    let parts = observed.iter().flat_map(|drive| &drive.parts);
    let through: BTreeSet<usize> = parts.map(|part| part.1).collect();
    // A class nobody drove on has its parent's factor, and is written so that everybody sees it.
    let class = RoadClass::ALL
        .into_iter()
        .map(|class| (class.name().to_owned(), per_mille(model.class[class.index()])));
    let area = areas.iter().enumerate().filter(|(i, _)| through.contains(&(i + 1)));
    Speeds {
        profile: profile.name().to_owned(),
        start_stop_ms: (model.start_stop * 1_000.0).round() as u32,
        hour: (0..HourOfWeek::COUNT).map(|hour| per_mille(model.hour(hour))).collect(),
        class: class.collect(),
        area: area.map(|(i, name)| (name.clone(), per_mille(model.area[i + 1]))).collect(),
    }
}

fn scored(
    trips: &Trips<'_>,
    ground: &Ground<'_>,
    days: &Days,
    (speeds, driven): (Speeds, Vec<String>),
    made: Made,
    refused: Refused,
) -> Fitted {
    let imported = Speeds::as_imported(ground.network.profile());
    let calibrated = predicted(trips, ground, &speeds);
    let as_imported = predicted(trips, ground, &imported);
    let (constant, constant_m_h) = constant(trips);
    let score = |times: &[Option<Millis>]| Score::of(&pairs(trips, times, |_| true));
    let scores = [score(&calibrated), score(&as_imported), score(&constant)];
    let mut calibration = Calibration::new(made, speeds, scores);
    calibration.unknown_per_mille = Shares::of(trips.responses);
    let hours = |i: usize| part_of_day(trips.responses[trips.drives[i].index].hour.index());
    let area = |i: usize| {
        let segment = trips.ways.ends[i].1.segment;
        let number = usize::from(ground.areas.get(segment.index()).copied().unwrap_or(0));
        number.checked_sub(1).map_or_else(|| "-".to_owned(), |i| ground.area_names[i].clone())
    };
    let (repeats, repeat_rank_per_mille) = repeats(trips);
    let report = Report {
        rows: trips.responses.len() as u64,
        refused,
        driven,
        constant_m_h,
        by_hour: grouped(trips, &calibrated, &as_imported, hours),
        by_area: grouped(trips, &calibrated, &as_imported, area),
        repeats,
        repeat_rank_per_mille,
    };
    let all = trips.responses;
    calibration.turnout = stay(all, days, &TURNOUT);
    calibration.on_scene = stay(all, days, &ON_SCENE);
    calibration.after = stay(all, days, &AFTER);
    Fitted { calibration, report }
}

const TURNOUT: Between = Between {
    from: |one| one.dispatch,
    to: |one| one.en_route,
    most_ms: 15 * 60_000,
    concerns: |_| true,
    by_hours: true,
};
const ON_SCENE: Between = Between {
    from: |one| one.on_scene,
    to: |one| one.leave.or(one.clear),
    most_ms: 12 * 3_600_000,
    concerns: |one| one.on_scene.is_some(),
    by_hours: false,
};
const AFTER: Between = Between {
    from: |one| one.leave,
    to: |one| one.clear,
    most_ms: 12 * 3_600_000,
    concerns: |one| one.leave.is_some(),
    by_hours: false,
};

/// What the streets themselves say under those speeds, drive by drive: the answer anybody who asks for minutes would get.
fn predicted(trips: &Trips<'_>, ground: &Ground<'_>, speeds: &Speeds) -> Vec<Option<Millis>> {
    let table = speeds.table(ground.area_names);
    let mut by_hour: BTreeMap<HourOfWeek, Vec<usize>> = BTreeMap::new();
    for (i, _) in trips.held_out.iter().enumerate().filter(|(_, held_out)| **held_out) {
        by_hour.entry(trips.responses[trips.drives[i].index].hour).or_default().push(i);
    }
    let mut scratch = Scratch::default();
    let mut times = vec![None; trips.drives.len()];
    for (hour, drives) in by_hour {
        let network = trips.ways.under(&table, hour);
        for i in drives {
            let (from, to) = &trips.ways.ends[i];
            times[i] = network.route(&mut scratch, from, to).map(|route| route.time);
        }
    }
    times
}

/// One speed for everybody everywhere, over the way as imported: the median of those driven on the days fitted to.
fn constant(trips: &Trips<'_>) -> (Vec<Option<Millis>>, u64) {
    let mut scratch = Scratch::default();
    let length = |(from, to): &(Snap, Snap)| {
        let route = trips.ways.network.route(&mut scratch, from, to);
        route.map_or(Millimetres(0), |route| route.length()).0 as f64
    };
    let lengths: Vec<f64> = trips.ways.ends.iter().map(length).collect();
    let fitted = (0..lengths.len()).filter(|&i| !trips.held_out[i]);
    let speeds = fitted.map(|i| lengths[i] / f64::from(trips.drives[i].took.0)).collect();
    // Millimetres a millisecond are metres a second.
    let speed: f64 = median(speeds).unwrap_or(1.0).max(0.001);
    let times = lengths.iter().map(|length| Some(Millis((length / speed).round() as u32)));
    (times.collect(), (speed * 3_600.0).round() as u64)
}

/// Predicted and observed of the drives held out that `wanted` names.
fn pairs(
    trips: &Trips<'_>,
    times: &[Option<Millis>],
    wanted: impl Fn(usize) -> bool,
) -> Vec<(i64, i64)> {
    let all = times.iter().zip(&trips.drives).zip(&trips.held_out).enumerate();
    all.filter(|&(i, (_, &held_out))| held_out && wanted(i))
        .filter_map(|(_, ((time, drive), _))| {
            Some((i64::from((*time)?.0), i64::from(drive.took.0)))
        })
        .collect()
}

fn grouped(
    trips: &Trips<'_>,
    calibrated: &[Option<Millis>],
    as_imported: &[Option<Millis>],
    name: impl Fn(usize) -> String,
) -> Vec<(Group, Score)> {
    let names: Vec<String> = (0..trips.drives.len()).map(name).collect();
    let mut distinct: Vec<&String> = names.iter().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let score = |times, name: &String| Score::of(&pairs(trips, times, |i| names[i] == *name));
    let groups = distinct.into_iter().map(|name| {
        let group = Group { name: name.clone(), score: score(calibrated, name) };
        (group, score(as_imported, name))
    });
    groups.filter(|(group, _)| group.score.trips > 0).collect()
}

/// Pairs of drives, one after the other, from one place to one street, and how far their times agree in rank.
fn repeats(trips: &Trips<'_>) -> (u64, i32) {
    let mut last: BTreeMap<_, i64> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (drive, (from, to)) in trips.drives.iter().zip(&trips.ways.ends) {
        let took = i64::from(drive.took.0);
        if let Some(before) = last.insert((from.segment, from.offset, to.segment), took) {
            // Neither of the two is the first by nature.
            pairs.extend([(before, took), (took, before)]);
        }
    }
    (pairs.len() as u64 / 2, rank_correlation(&pairs).unwrap_or(0))
}
