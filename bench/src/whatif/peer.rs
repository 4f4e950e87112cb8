//! The same traces through `SimPy` and Ciw: twins that know nothing of this code, held against every call.

use std::path::Path;
use std::sync::Arc;

use precinct_base::Timestamp;
use precinct_bench::results::{Markdown, figure, grouped};
use precinct_bench::timing::{median, microseconds};
use precinct_whatif::{
    Answered, Behaviour, Call, Piece, Policy, Returning, Settings, Spread, Table, Unwatched,
    answers, resampled, trial,
};

use super::day::Day;
use super::trace;

const DAYS: u64 = 20;
const DAY_MS: i64 = 86_400_000;

/// A trace, and how crews go back.
pub(super) struct Twin<'a> {
    pub(super) day: &'a Day,
    pub(super) piece: Piece,
    pub(super) returning: Returning,
}

/// Adds the rows of San Francisco; without an interpreter, only what Precinct does by itself.
pub(super) fn san_francisco(day: &Day, python: Option<&Path>, table: &mut Markdown) {
    let piece = stretch(day);
    let posts = Twin { day, piece: piece.clone(), returning: Returning::Busy };
    posts.rows("San Francisco, crews that go back to their post", python, table);
    let patrols = Twin { day, piece, returning: Returning::Stays };
    patrols.rows("San Francisco, patrols that stay where they were", python, table);
}

/// Adds the rows of New York.
pub(super) fn new_york(day: &Day, python: Option<&Path>, table: &mut Markdown) {
    let patrols = Twin { day, piece: day.piece.clone(), returning: Returning::Stays };
    patrols.rows("New York, patrols that stay where they were", python, table);
}

impl Twin<'_> {
    fn rows(&self, job: &str, python: Option<&Path>, table: &mut Markdown) {
        let (ours, told) = self.ours();
        let calls = self.piece.calls.len() as u64;
        let job = format!("{job}: {} calls in one stretch, one thread", grouped(calls));
        let text = format!("{} calls a second", grouped(ours as u64));
        let Some(python) = python else {
            table.row(&[&job, &text, "", "not beside SimPy: no --python"]);
            return;
        };
        table.row(&[&job, &text, "", "by each SimPy below"]);
        for said in trace::measured(self, &told, python) {
            let (what, bar) = named(&said.what);
            let rate =
                if said.rate < 1_000.0 { figure(said.rate) } else { grouped(said.rate as u64) };
            let row = format!("{rate} calls a second; Precinct {}×", figure(ours / said.rate));
            let equal = format!("{} calls alike", grouped(said.equal));
            table.row(&[what, &row, bar, &equal]);
        }
    }

    /// Calls a second, and what became of each.
    fn ours(&self) -> (f64, Vec<Answered>) {
        let mut town = self.day.town.clone();
        town.catalogue.rules.preempt_en_route = 0;
        let nothing = || Table::any(Spread::always(0));
        let behaviour = Behaviour {
            handling: nothing(),
            desk: nothing(),
            turnout: nothing(),
            returning: self.returning,
            ..Behaviour::default()
        };
        let arm = self.day.arm("twin", Policy::Closest);
        let settings = Settings { seeds: 1, look: None, ..Settings::default() };
        let seen = answers(&town, &behaviour, &self.piece, &arm, 1, settings).expect("a run");
        let (pieces, arms) = ([self.piece.clone()], [arm]);
        let rounds = (0..3).map(|_| {
            let run = || trial(&town, &behaviour, &pieces, &arms, settings, &Unwatched);
            microseconds(|| run().expect("a trial")).0
        });
        let us = median(rounds.collect::<Vec<f64>>());
        (self.piece.calls.len() as f64 / us * 1e6, seen.calls)
    }
}

/// A way of `SimPy` in words, and what is to be reached beside it.
fn named(what: &str) -> (&'static str, &'static str) {
    match what {
        "given" => ("— SimPy, given all road times for nothing", ""),
        "ciw" => ("— Ciw, the queue alone: no places, no roads, one class", ""),
        "whole" => ("— SimPy, scipy's Dijkstra for each call, over the whole network", "100×"),
        "limited" => {
            ("— SimPy, scipy's Dijkstra for each call, its limit growing from 4 minutes", "100×")
        }
        _ => ("— SimPy, scipy's Dijkstra once for each distinct place, kept", ""),
    }
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
