//! The figures of a plan: how soon units were there, by priority and area, what is unknown beside it, and what it took.

use std::collections::BTreeMap;

use precinct_advice::Covered;
use precinct_base::{AreaId, Millimetres, Millis};
use precinct_core::Priority;
use serde::Serialize;

use crate::run::{Report, Usage};
use crate::shadow::Shadowed;
use crate::{Call, Piece, Town};

/// Whether a call is in the part of the town that is asked about.
pub type Within<'a> = &'a (dyn Fn(&Call) -> bool + Sync);

/// How soon units were there, of the calls of one priority or area, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Responses {
    /// From the call to the first unit on scene, in milliseconds; rising once all is put together.
    pub ms: Vec<u32>,
    /// Calls that no unit came to before the run ended.
    pub unknown: u64,
    /// Of those that came to, how many within the target of their priority.
    pub in_time: u64,
}

impl Responses {
    /// Adds a call: its response, none if no unit is known to have come, and how soon one should have been there.
    pub fn add(&mut self, response: Option<Millis>, target: Millis) {
        match response {
            None => self.unknown += 1,
            Some(time) => {
                self.ms.push(time.0);
                self.in_time += u64::from(time <= target);
            }
        }
    }

    /// How many calls.
    pub const fn calls(&self) -> u64 {
        self.ms.len() as u64 + self.unknown
    }

    /// The time that `thousandths` of all calls did not exceed, by nearest rank; the unknown count as longer than any. None is unknown.
    pub fn quantile(&self, thousandths: u64) -> Option<Millis> {
        let rank = (self.calls() * thousandths).div_ceil(1_000).max(1) - 1;
        self.ms.get(rank as usize).copied().map(Millis)
    }

    /// The share within the target, of all calls; the unknown are not. None without calls.
    pub fn share(&self) -> Option<f64> {
        (self.calls() > 0).then(|| self.in_time as f64 / self.calls() as f64)
    }

    /// The mean of those that are known.
    pub fn mean(&self) -> Option<Millis> {
        let sum: u64 = self.ms.iter().copied().map(u64::from).sum();
        sum.checked_div(self.ms.len() as u64).map(|ms| Millis(ms as u32))
    }

    fn merge(&mut self, other: &mut Self) {
        self.ms.append(&mut other.ms);
        self.unknown += other.unknown;
        self.in_time += other.in_time;
    }
}

/// The figures of one run or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Runs put together.
    pub runs: u64,
    /// By priority and area.
    pub by: BTreeMap<(Priority, AreaId), Responses>,
    /// By priority, of the calls in the part of the town that was asked about; empty if none was.
    pub part: BTreeMap<Priority, Responses>,
    /// From the call until a unit was sent, in milliseconds; rising once all is put together.
    pub waits: Vec<u32>,
    /// By how much longer the unit sent first took by road than the best then free: the sum, and over how many.
    pub regret: (u64, u64),
    /// Crews together: on duty, on a task, driven.
    pub on_duty_ms: u64,
    /// On a task.
    pub on_task_ms: u64,
    /// Driven.
    pub driven: Millimetres,
    /// By crew, in the order of the plan: time on duty, and of it on a task, in milliseconds.
    pub crews: Vec<(u64, u64)>,
    /// Units taken off something less urgent.
    pub preempted: u64,
    /// What patrols found by the record when none was free here.
    pub not_found: u64,
    /// What free units covered at each look, and how many looks, by the number of the look.
    pub cover: Vec<(Covered, u64)>,
    /// How another policy would have decided.
    pub shadow: Shadowed,
}

/// The figures of one run that two plans are compared by. None is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Which piece.
    pub piece: usize,
    /// Which seed, from 0.
    pub seed: usize,
    /// The mean response of calls that are known, in milliseconds.
    pub mean_ms: Option<f64>,
    /// The middle response.
    pub median_ms: Option<f64>,
    /// What nine in ten did not exceed.
    pub p90_ms: Option<f64>,
    /// The mean response of the most urgent class that has calls.
    pub urgent_ms: Option<f64>,
    /// The share within target.
    pub in_time: Option<f64>,
    /// Kilometres driven.
    pub km: f64,
    /// Hours on a task.
    pub task_hours: f64,
    /// The share of demand covered within the third threshold, over all looks.
    pub covered: Option<f64>,
}

impl Tally {
    /// The figures of one run.
    pub(crate) fn of(
        (town, part): (&Town, Option<Within<'_>>),
        piece: &Piece,
        report: &Report,
    ) -> Self {
        let mut tally = Self {
            runs: 1,
            preempted: report.preempted,
            not_found: report.not_found,
            shadow: report.shadow,
            ..Self::default()
        };
        for (call, answered) in piece.calls.iter().zip(&report.calls) {
            if !piece.counts(call) {
                continue;
            }
            let target = town.targets[usize::from(call.priority.number() - 1)];
            let of = tally.by.entry((call.priority, call.area)).or_default();
            of.add(answered.on_scene, target);
            if part.is_some_and(|within| within(call)) {
                let of = tally.part.entry(call.priority).or_default();
                of.add(answered.on_scene, target);
            }
            tally.waits.extend(answered.dispatched.map(|wait| wait.0));
            if let Some(regret) = answered.regret {
                tally.regret = (tally.regret.0 + u64::from(regret.0), tally.regret.1 + 1);
            }
        }
        for &Usage { on_duty_ms, on_task_ms, driven, .. } in &report.usage {
            tally.on_duty_ms += on_duty_ms;
            tally.on_task_ms += on_task_ms;
            tally.driven.0 += driven.0;
            tally.crews.push((on_duty_ms, on_task_ms));
        }
        tally.cover = report.cover.iter().map(|look| (look.1, 1)).collect();
        tally.sort();
        tally
    }

    /// Responses of those that `wanted` takes.
    pub fn responses(&self, wanted: impl Fn(Priority, AreaId) -> bool) -> Responses {
        let mut all = Responses::default();
        for (_, one) in self.by.iter().filter(|((priority, area), _)| wanted(*priority, *area)) {
            all.merge(&mut one.clone());
        }
        all.ms.sort_unstable();
        all
    }

    /// The share of demand covered within each threshold, over all looks.
    pub fn covered(&self) -> Option<[f64; 3]> {
        let of: u64 = self.cover.iter().map(|look| look.0.of).sum();
        let within = |k: usize| self.cover.iter().map(|look| look.0.within[k]).sum::<u64>();
        (of > 0).then(|| [0, 1, 2].map(|k| within(k) as f64 / of as f64))
    }

    /// Responses of the calls in the part that was asked about.
    pub fn part_responses(&self, wanted: impl Fn(Priority) -> bool) -> Responses {
        let mut all = Responses::default();
        for (_, one) in self.part.iter().filter(|(priority, _)| wanted(**priority)) {
            all.merge(&mut one.clone());
        }
        all.ms.sort_unstable();
        all
    }

    /// The figures of one run.
    pub(crate) fn cell(&self, run: (usize, usize)) -> Cell {
        let urgent = self.by.keys().map(|key| key.0).min();
        let urgent = self.responses(|priority, _| Some(priority) == urgent);
        self.cell_of(run, &self.responses(|_, _| true), &urgent)
    }

    /// The figures of one run, of the calls in the part that was asked about.
    pub(crate) fn part_cell(&self, run: (usize, usize)) -> Cell {
        let urgent = self.part.keys().next().copied();
        let urgent = self.part_responses(|priority| Some(priority) == urgent);
        self.cell_of(run, &self.part_responses(|_| true), &urgent)
    }

    fn cell_of(&self, (piece, seed): (usize, usize), all: &Responses, urgent: &Responses) -> Cell {
        let ms = |time: Option<Millis>| time.map(|time| f64::from(time.0));
        let mean = |all: &Responses| {
            let sum: u64 = all.ms.iter().copied().map(u64::from).sum();
            (!all.ms.is_empty()).then(|| sum as f64 / all.ms.len() as f64)
        };
        Cell {
            piece,
            seed,
            mean_ms: mean(all),
            median_ms: ms(all.quantile(500)),
            p90_ms: ms(all.quantile(900)),
            urgent_ms: mean(urgent),
            in_time: all.share(),
            km: self.driven.0 as f64 / 1e6,
            task_hours: self.on_task_ms as f64 / 3.6e6,
            covered: self.covered().map(|shares| shares[2]),
        }
    }

    pub(crate) fn merge(&mut self, other: &mut Self) {
        self.runs += other.runs;
        for (key, responses) in &mut other.by {
            self.by.entry(*key).or_default().merge(responses);
        }
        for (priority, responses) in &mut other.part {
            self.part.entry(*priority).or_default().merge(responses);
        }
        self.waits.append(&mut other.waits);
        self.regret = (self.regret.0 + other.regret.0, self.regret.1 + other.regret.1);
        self.on_duty_ms += other.on_duty_ms;
        self.on_task_ms += other.on_task_ms;
        self.driven.0 += other.driven.0;
        self.crews.resize(self.crews.len().max(other.crews.len()), (0, 0));
        for (sum, one) in self.crews.iter_mut().zip(&other.crews) {
            *sum = (sum.0 + one.0, sum.1 + one.1);
        }
        self.preempted += other.preempted;
        self.not_found += other.not_found;
        self.shadow.merge(&other.shadow);
        self.cover.resize(self.cover.len().max(other.cover.len()), (Covered::default(), 0));
        for (sum, one) in self.cover.iter_mut().zip(&other.cover) {
            sum.0.of += one.0.of;
            sum.1 += one.1;
            for (within, more) in sum.0.within.iter_mut().zip(one.0.within) {
                *within += more;
            }
        }
    }

    pub(crate) fn sort(&mut self) {
        self.waits.sort_unstable();
        let all = self.by.values_mut().chain(self.part.values_mut());
        all.for_each(|responses| responses.ms.sort_unstable());
    }
}
