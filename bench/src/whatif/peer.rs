//! The same trace through `SimPy`: a twin that knows nothing of this code, given the road times, held against every call.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use precinct_base::Timestamp;
use precinct_bench::results::{Markdown, grouped};
use precinct_bench::timing::{median, microseconds};
use precinct_roads::{Snap, SnapRules};
use precinct_whatif::{
    Behaviour, Call, Piece, Policy, Returning, Settings, Spread, Table, Unwatched, resampled,
    trial, watch,
};
use serde_json::{Value, json};

use super::day::Day;

const DAYS: u64 = 20;
const DAY_MS: i64 = 86_400_000;

/// Adds the row; without an interpreter, only what Precinct does by itself.
pub(super) fn row(day: &Day, python: Option<&Path>, table: &mut Markdown) {
    let piece = stretch(day);
    let mut town = day.town.clone();
    town.catalogue.rules.preempt_en_route = 0;
    let nothing = || Table::any(Spread::always(0));
    let behaviour = Behaviour {
        handling: nothing(),
        desk: nothing(),
        turnout: nothing(),
        returning: Returning::Busy,
        ..Behaviour::default()
    };
    let arm = day.arm("twin", Policy::Closest);
    let settings = Settings { seeds: 1, look: None, ..Settings::default() };
    let seen = watch(&town, &behaviour, &piece, &arm, 1, settings, &mut |_| {}).expect("a run");
    let (pieces, arms) = ([piece.clone()], [arm]);
    let rounds = (0..3).map(|_| {
        let run = || trial(&town, &behaviour, &pieces, &arms, settings, &Unwatched);
        microseconds(|| run().expect("a trial")).0
    });
    let calls = piece.calls.len() as f64;
    let ours = calls / median(rounds.collect::<Vec<f64>>()) * 1e6;
    let job = format!("{} calls as one stretch of {DAYS} days, one thread", grouped(calls as u64));
    let Some(python) = python else {
        let text = format!("{} calls a second", grouped(ours as u64));
        table.row(&[&job, &text, "", "not beside SimPy: no --python"]);
        return;
    };
    let told = seen.calls.iter().zip(piece.calls.iter()).map(|(one, call)| {
        let base = call.received.0 - piece.from.0;
        let at = |time: Option<precinct_base::Millis>| base + i64::from(time.expect("known").0);
        let unit = one.unit.expect("sent").0 - 1;
        json!([unit, at(one.dispatched), at(one.on_scene), at(one.closed)])
    });
    let told: Vec<Value> = told.collect();
    let theirs = measured(day, &piece, &told, python);
    table.row(&[
        &format!(
            "{job}; SimPy with all road times given to it: {} calls a second",
            grouped(theirs)
        ),
        &format!("{} calls a second, {:.0}×", grouped(ours as u64), ours / theirs as f64),
        "100×",
        "unit and times of every call by SimPy",
    ]);
}

/// Days one after the other.
fn stretch(day: &Day) -> Piece {
    let day_of = |number: u64| {
        let moved = number as i64 * DAY_MS;
        let like = resampled(&day.piece, number + 1, 900_000, 1);
        let later = move |call: &Call| Call {
            received: Timestamp(call.received.0 + moved),
            ..call.clone()
        };
        like.calls.iter().map(later).collect::<Vec<Call>>()
    };
    let mut calls: Vec<Call> = (0..DAYS).flat_map(day_of).collect();
    for call in &mut calls {
        let stay = call.crews.first().and_then(|crew| crew.stay);
        call.crews[0].stay = Some(stay.unwrap_or(precinct_base::Millis(600_000)));
    }
    // No two at one instant: which comes first would be each program's own affair.
    calls.sort_by_key(|call| (call.received, call.key));
    let mut before = i64::MIN;
    for call in &mut calls {
        call.received = Timestamp(call.received.0.max(before + 1));
        before = call.received.0;
    }
    let to = Timestamp(day.piece.from.0 + DAYS as i64 * DAY_MS);
    Piece { to, calls: Arc::from(calls), ..day.piece.clone() }
}

/// How many calls a second the twin does, once it has found every call to be as told.
fn measured(day: &Day, piece: &Piece, told: &[Value], python: &Path) -> u64 {
    let rules = SnapRules { door: true, ..SnapRules::default() };
    let snap = |at| day.network.snap(at, &rules).expect("a road is near");
    let mut places: Vec<_> = piece.calls.iter().map(|call| call.at).collect();
    places.sort_unstable();
    places.dedup();
    let of_calls: Vec<Snap> = places.iter().map(|&at| snap(at)).collect();
    let of_posts: Vec<Snap> = day.plan.posts.iter().map(|post| snap(post.at)).collect();
    let day_long = precinct_base::Millis(86_400_000);
    let to_call = day.network.table(&of_posts, &of_calls, day_long);
    let to_home = day.network.table(&of_calls, &of_posts, day_long);
    let ms = |time: Option<precinct_base::Millis>| time.expect("a way leads there").0;
    let (posts, all) = (0..of_posts.len(), 0..of_calls.len());
    let out: Vec<Vec<u32>> =
        posts.clone().map(|p| to_call.row(p).iter().map(|&t| ms(t)).collect()).collect();
    let back: Vec<Vec<u32>> =
        posts.map(|p| all.clone().map(|c| ms(to_home.get(c, p))).collect()).collect();
    let calls = piece.calls.iter().map(|call| {
        let place = places.binary_search(&call.at).expect("it is there");
        let stay = call.crews[0].stay.expect("it is known").0;
        json!([call.received.0 - piece.from.0, call.priority.number(), place, stay])
    });
    let homes: Vec<u32> =
        day.plan.crews.iter().map(|crew| crew.unit.home.expect("a post").0).collect();
    let trace = json!({
        "calls": calls.collect::<Vec<Value>>(), "homes": homes, "to_call": out, "to_home": back, "told": told,
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../build/whatif");
    std::fs::create_dir_all(&folder).expect("a folder for the trace");
    std::fs::write(folder.join("trace.json"), trace.to_string()).expect("the trace");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/simulation.py");
    let said =
        Command::new(python).arg(script).arg("measure").arg(&folder).output().expect("Python");
    assert!(said.status.success(), "the twin differs: {}", String::from_utf8_lossy(&said.stderr));
    let said: Value = serde_json::from_slice(&said.stdout).expect("what the twin says");
    assert_eq!(said["equal"].as_u64(), Some(piece.calls.len() as u64));
    said["calls_per_second"].as_u64().expect("a rate")
}
