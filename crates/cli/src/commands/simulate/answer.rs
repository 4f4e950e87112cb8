//! The answer in JSON.

use std::collections::BTreeMap;

use precinct_advice::Covered;
use precinct_base::Millis;
use precinct_city::CalibrationSummary;
use precinct_play::rfc3339;
use precinct_roads::Profile;
use precinct_whatif::{Comparison, Outcome, Responses, Settings, Shadowed};
use serde::Serialize;

use super::Told;
use super::part::Part;
use super::told::{areas, in_part, simulated, together};
use crate::text::words::Lang;

/// The answer.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    city: String,
    from: String,
    to: String,
    /// Days simulated.
    days: usize,
    /// Whether they were drawn from the record.
    drawn: bool,
    seeds: u32,
    /// Calls that count, in all of these days.
    calls: usize,
    /// What patrols came upon in them: work, and no demand.
    found: usize,
    left_out: &'a BTreeMap<String, u64>,
    /// What minutes come from, if the city is calibrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<CalibrationSummary>,
    record: Record,
    plans: Vec<PlanAnswer<'a>>,
    difference: Option<&'a Comparison>,
    /// The same of the calls of one area.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartAnswer<'a>>,
}

#[derive(Serialize)]
struct PartAnswer<'a> {
    area: String,
    record: Record,
    plans: Vec<PartPlan<'a>>,
    difference: Option<&'a Comparison>,
}

#[derive(Serialize)]
struct PartPlan<'a> {
    name: &'a str,
    all: Figures,
    by_priority: Vec<ByPriority>,
}

#[derive(Serialize)]
struct Record {
    calls: usize,
    all: Figures,
    by_priority: Vec<ByPriority>,
}

#[derive(Serialize)]
struct Figures {
    calls: u64,
    /// Calls that no unit is known to have come to.
    unknown: u64,
    mean_s: Option<f64>,
    median_s: Option<f64>,
    p90_s: Option<f64>,
    in_time: Option<f64>,
}

#[derive(Serialize)]
struct ByPriority {
    priority: u8,
    target_s: f64,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
struct ByArea {
    area: String,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Serialize)]
struct Look {
    minute: u64,
    within: [f64; 3],
}

#[derive(Serialize)]
struct PlanAnswer<'a> {
    name: &'a str,
    policy: &'static str,
    posts: usize,
    crews: usize,
    closed_segments: usize,
    runs: u64,
    all: Figures,
    by_priority: Vec<ByPriority>,
    by_area: Vec<ByArea>,
    /// From the call until a unit was sent.
    sent_median_s: Option<f64>,
    sent_p90_s: Option<f64>,
    /// How much longer the unit sent first took by road than the best then free, on average.
    regret_mean_s: Option<f64>,
    /// A day's sums.
    unit_hours: f64,
    task_hours: f64,
    km: f64,
    preempted: f64,
    not_found: f64,
    cover: Vec<Look>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shadow: Option<&'a Shadowed>,
}

fn seconds(time: Option<Millis>) -> Option<f64> {
    time.map(|time| f64::from(time.0) / 1_000.0)
}

fn figures(of: &Responses) -> Figures {
    Figures {
        calls: of.calls(),
        unknown: of.unknown,
        mean_s: seconds(of.mean()),
        median_s: seconds(of.quantile(500)),
        p90_s: seconds(of.quantile(900)),
        in_time: of.share(),
    }
}

/// A time of sorted ones, by nearest rank.
fn quantile(sorted: &[u32], thousandths: usize) -> Option<Millis> {
    let rank = (sorted.len() * thousandths).div_ceil(1_000).max(1) - 1;
    sorted.get(rank).copied().map(Millis)
}

impl<'a> Answer<'a> {
    pub(super) fn new(told: &'a Told<'a>, lang: Option<Lang>) -> Self {
        let count = |found: bool| {
            let of = told.pieces.iter().flat_map(|piece| {
                let within = |call: &&precinct_whatif::Call| {
                    piece.from <= call.received && call.received < piece.to
                };
                piece.calls.iter().filter(within)
            });
            of.filter(|call| call.is_found() == found).count()
        };
        let recorded = told.recorded();
        Self {
            city: Lang::plain(lang, &told.city.name).unwrap_or_default().to_owned(),
            from: rfc3339(told.window.from),
            to: rfc3339(told.window.to),
            days: told.pieces.len(),
            drawn: told.like,
            seeds: told.seeds,
            calls: count(false),
            found: count(true),
            left_out: &told.day.left_out,
            calibration: told.city.calibrated_for(Profile::PoliceCar).map(CalibrationSummary::of),
            record: told.record(&recorded),
            plans: told
                .outcomes
                .iter()
                .enumerate()
                .map(|(i, one)| told.plan(i, one, lang))
                .collect(),
            difference: told.comparison.as_ref(),
            part: told.part.map(|part| told.part(part, lang)),
        }
    }
}

impl Told<'_> {
    fn record(&self, recorded: &BTreeMap<u8, Responses>) -> Record {
        Record {
            calls: recorded.values().map(|of| of.calls() as usize).sum(),
            all: figures(&together(recorded)),
            by_priority: self.by_priority(recorded),
        }
    }

    fn part<'b>(&'b self, part: Part<'_>, lang: Option<Lang>) -> PartAnswer<'b> {
        let plan = |outcome: &'b Outcome| {
            let by = in_part(outcome);
            PartPlan {
                name: &outcome.name,
                all: figures(&together(&by)),
                by_priority: self.by_priority(&by),
            }
        };
        PartAnswer {
            area: self.area_name(part.number(), lang.unwrap_or_default()),
            record: self.record(&self.recorded_of(&|call| part.holds(call))),
            plans: self.outcomes.iter().map(plan).collect(),
            difference: self.part_comparison.as_ref(),
        }
    }

    fn by_priority(&self, by: &BTreeMap<u8, Responses>) -> Vec<ByPriority> {
        let one = |(&priority, of): (&u8, &Responses)| ByPriority {
            priority,
            target_s: f64::from(self.town.targets[usize::from(priority - 1)].0) / 1_000.0,
            figures: figures(of),
        };
        by.iter().map(one).collect()
    }

    fn plan<'b>(
        &'b self,
        index: usize,
        outcome: &'b Outcome,
        lang: Option<Lang>,
    ) -> PlanAnswer<'b> {
        let (tally, arm) = (&outcome.tally, &self.arms[index]);
        let runs = tally.runs.max(1) as f64;
        let look = Settings::default().look.unwrap_or_default();
        let cover = |(number, (covered, _)): (usize, &(Covered, u64))| Look {
            minute: number as u64 * u64::from(look.0) / 60_000,
            within: covered.within.map(|within| within as f64 / covered.of.max(1) as f64),
        };
        let areas = areas(outcome);
        let named = areas.into_iter().map(|(area, of)| ByArea {
            area: self.area_name(area, lang.unwrap_or_default()),
            figures: figures(&of),
        });
        PlanAnswer {
            name: &outcome.name,
            policy: outcome.policy.name(),
            posts: arm.plan.posts.len(),
            crews: arm.plan.crews.len(),
            closed_segments: arm.plan.closed.len(),
            runs: tally.runs,
            all: figures(&tally.responses(|_, _| true)),
            by_priority: self.by_priority(&simulated(outcome)),
            by_area: named.collect(),
            sent_median_s: seconds(quantile(&tally.waits, 500)),
            sent_p90_s: seconds(quantile(&tally.waits, 900)),
            regret_mean_s: (tally.regret.1 > 0)
                .then(|| tally.regret.0 as f64 / tally.regret.1 as f64 / 1_000.0),
            unit_hours: tally.on_duty_ms as f64 / 3.6e6 / runs,
            task_hours: tally.on_task_ms as f64 / 3.6e6 / runs,
            km: tally.driven.0 as f64 / 1e6 / runs,
            preempted: tally.preempted as f64 / runs,
            not_found: tally.not_found as f64 / runs,
            cover: tally.cover.iter().enumerate().map(cover).collect(),
            shadow: arm.shadow.map(|_| &tally.shadow),
        }
    }
}
