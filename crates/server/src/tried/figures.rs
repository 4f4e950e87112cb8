//! The figures of a trial as a document.

use std::collections::BTreeSet;

use precinct_base::AreaId;
use precinct_core::Priority;
use precinct_whatif::{
    Basis, Comparison, Difference, Outcome, Responses, TARGETS, compare, compare_part,
};
use precinct_wire::{
    AreaResponsesDoc, ArmDoc, DifferenceDoc, PartArmDoc, PartDoc, PriorityResponsesDoc,
    ResponsesDoc, TrialDoc,
};

use super::work::{OfArm, Part, Tried};
use crate::advise::{parts, shares};

fn responses(of: &Responses) -> ResponsesDoc {
    let calls = of.calls();
    ResponsesDoc {
        calls,
        unknown: of.unknown,
        mean_ms: of.mean().map(|time| time.0),
        p50_ms: of.quantile(500).map(|time| time.0),
        p90_ms: of.quantile(900).map(|time| time.0),
        in_time: (calls > 0).then(|| parts(of.in_time, calls)),
    }
}

/// A mean of so many runs.
#[expect(clippy::cast_precision_loss, reason = "figures for people, far below 2^53")]
fn per_run(sum: u64, runs: u64, unit: f64) -> f64 {
    sum as f64 / unit / runs.max(1) as f64
}

fn of_priority(priority: Priority, of: &Responses) -> PriorityResponsesDoc {
    let target_ms = TARGETS[usize::from(priority.number() - 1)].0;
    PriorityResponsesDoc { priority, target_ms, responses: responses(of) }
}

fn arm(of: &OfArm, outcome: &Outcome) -> ArmDoc {
    let tally = &outcome.tally;
    let by_priority: BTreeSet<Priority> = tally.by.keys().map(|key| key.0).collect();
    let by_area: BTreeSet<AreaId> = tally.by.keys().map(|key| key.1).collect();
    let priority =
        |&one: &Priority| of_priority(one, &tally.responses(|priority, _| priority == one));
    let area = |&area: &AreaId| AreaResponsesDoc {
        area: area.0,
        responses: responses(&tally.responses(|_, one| one == area)),
    };
    let runs = tally.runs;
    let regret = tally.regret.0.checked_div(tally.regret.1);
    ArmDoc {
        name: outcome.name.clone(),
        plan: of.plan.map(|(plan, _)| plan.0),
        document: of.plan.map(|(_, document)| document),
        pure: of.pure,
        policy: outcome.policy.name().to_owned(),
        posts: of.posts,
        units: of.units,
        all: responses(&tally.responses(|_, _| true)),
        by_priority: by_priority.iter().map(priority).collect(),
        by_area: by_area.iter().map(area).collect(),
        duty_hours: per_run(tally.on_duty_ms, runs, 3_600_000.0),
        task_hours: per_run(tally.on_task_ms, runs, 3_600_000.0),
        km: per_run(tally.driven.0, runs, 1_000_000.0),
        regret_ms: regret.and_then(|mean| u32::try_from(mean).ok()),
        cover: tally.cover.iter().filter_map(|(sum, _)| shares(*sum)).collect(),
    }
}

fn difference(figure: &str, of: Option<Difference>) -> Option<DifferenceDoc> {
    let of = of?;
    Some(DifferenceDoc {
        figure: figure.to_owned(),
        one: of.first,
        other: of.second,
        difference: of.mean,
        interval: of.interval,
        observations: of.observations as u32,
        lower: of.lower as u32,
        higher: of.higher as u32,
    })
}

fn differences(of: &Comparison) -> Vec<DifferenceDoc> {
    let figures = [
        ("mean_ms", of.mean_ms),
        ("median_ms", of.median_ms),
        ("p90_ms", of.p90_ms),
        ("urgent_ms", of.urgent_ms),
        ("in_time", of.in_time),
        ("km", of.km),
        ("task_hours", of.task_hours),
        ("covered", of.covered),
    ];
    figures.into_iter().filter_map(|(name, of)| difference(name, of)).collect()
}

/// The calls of the area that was asked about.
fn part(tried: &Tried, of: Part) -> PartDoc {
    let priority = |(&one, of): (&Priority, &Responses)| of_priority(one, of);
    let arm = |outcome: &Outcome| PartArmDoc {
        all: responses(&outcome.tally.part_responses(|_| true)),
        by_priority: outcome.tally.part.iter().map(priority).collect(),
    };
    let compared = tried.outcomes.get(1).and_then(|other| compare_part(&tried.outcomes[0], other));
    PartDoc {
        area: of.area.0,
        calls: of.calls,
        arms: tried.outcomes.iter().map(arm).collect(),
        differences: compared.as_ref().map(differences).unwrap_or_default(),
    }
}

/// What a trial came to.
pub(crate) fn document(tried: &Tried) -> TrialDoc {
    let compared = tried.outcomes.get(1).map(|other| compare(&tried.outcomes[0], other));
    let basis = compared.as_ref().map(|compared| match compared.basis {
        Basis::Pieces => "pieces",
        Basis::Seeds => "seeds",
    });
    TrialDoc {
        days: tried.days.clone(),
        source: tried.source.clone(),
        calls_hash: tried.calls_hash,
        calls: tried.calls,
        seeds: tried.seeds,
        runs: tried.outcomes.first().map_or(0, |outcome| outcome.cells.len() as u32),
        arms: tried
            .arms
            .iter()
            .zip(&tried.outcomes)
            .map(|(of, outcome)| arm(of, outcome))
            .collect(),
        basis: basis.map(str::to_owned),
        differences: compared.as_ref().map(differences).unwrap_or_default(),
        part: tried.part.map(|of| part(tried, of)),
    }
}
