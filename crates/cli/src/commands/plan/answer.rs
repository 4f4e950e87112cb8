//! What the planner found, for programs and for people, where all there is are numbers.

use std::ops::ControlFlow;

use precinct_planner::{Aim, Answer, Binding, Progress, Watch};
use serde::Serialize;

use super::instance::Micro;
use crate::failure::Failure;
use crate::output::Out;
use crate::progress::Bar;
use crate::text::numbers::{Share, grouped};
use crate::text::plan::gap;
use crate::text::table::{Align, Table};
use crate::text::words::Lang;

/// Milliseconds of a minute.
const MINUTE: u64 = 60_000;

/// What one is in the numbers of an instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// A distance of one, in millionths; 0 if distances are times, told in minutes.
    pub(super) distance: Micro,
    /// A weight of one, in millionths.
    pub(super) weight: Micro,
}

/// An answer in the numbers of its instance.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    objective: f64,
    bound: f64,
    gap: f64,
    proven: bool,
    chosen: Vec<u32>,
    demand_share: Share,
    demand_covered: f64,
    demand_total: f64,
    /// The mean, where the aim is the least.
    #[serde(skip_serializing_if = "Option::is_none")]
    mean: Option<f64>,
    binds: Vec<serde_json::Value>,
    work: precinct_planner::Work,
    #[serde(skip)]
    aim: Aim,
}

impl Outcome {
    /// An answer, told in the scale of its instance; `covered` says how much demand a choice covers.
    pub(super) fn new(
        aim: Aim,
        answer: Answer,
        scale: Scale,
        total: u64,
        covered: impl Fn(&[u32]) -> u64,
    ) -> Self {
        let millionths = |number: Micro| number as f64 / 1e6;
        let distance =
            if scale.distance == 0 { 1.0 / MINUTE as f64 } else { millionths(scale.distance) };
        let weight = millionths(scale.weight);
        let unit = match aim {
            Aim::Set { .. } => 1.0,
            Aim::Median => distance * weight,
            Aim::Centre => distance,
            _ => weight,
        };
        let told = |value: u64| tidy(value as f64 / f64::from(answer.parts) * unit);
        let parts = f64::from(answer.parts);
        let binds = answer.binds.iter().map(|one| told_binding(one, unit / parts)).collect();
        let within = covered(&answer.chosen);
        let mean = matches!(aim, Aim::Median) && total > 0;
        Self {
            objective: told(answer.objective),
            bound: told(answer.bound),
            gap: answer.gap() as f64 / 1e6,
            proven: answer.proven,
            demand_share: Share::of(within, total),
            demand_covered: tidy(within as f64 * weight),
            demand_total: tidy(total as f64 * weight),
            mean: mean.then(|| tidy(answer.objective as f64 * distance / total as f64)),
            chosen: answer.chosen,
            binds,
            work: answer.work,
            aim,
        }
    }

    /// Tells it.
    pub(super) fn tell(&self, json: bool, lang: Lang, out: &mut Out) -> Result<(), Failure> {
        if json {
            return out.json(self);
        }
        let words = lang.plan_words();
        out.heading(lang.aim(self.aim))?;
        let mut table = Table::new(&[("", Align::Left), ("", Align::Right)]);
        let mut row = |name: &str, text: String| table.row([name.to_owned(), text]);
        row(words.objective, number(self.objective));
        row(words.bound, number(self.bound));
        row(words.gap, gap(lang, self.proven, self.gap));
        if let Some(mean) = self.mean {
            row(words.mean, number(mean));
        }
        row(words.chosen_count, grouped(self.chosen.len() as u64));
        row(words.demand_covered, number(self.demand_covered));
        row(words.demand_share, self.demand_share.percent());
        row(words.places, grouped(self.work.places));
        row(words.rows, grouped(self.work.rows));
        row(words.searched, grouped(self.work.searched));
        row(words.nodes, grouped(self.work.nodes));
        out.text(&table.render(false))?;
        out.line("")?;
        let chosen: Vec<String> = self.chosen.iter().map(ToString::to_string).collect();
        out.line(&format!("{}: {}", words.chosen, chosen.join(" ")))
    }
}

/// A limit in the numbers of those who asked: amounts times `unit`.
pub(super) fn told_binding(binding: &Binding, unit: f64) -> serde_json::Value {
    let mut value = serde_json::to_value(binding).unwrap_or_default();
    let has_amounts = matches!(binding, Binding::Posts { .. } | Binding::Floor { .. });
    for key in ["by", "covered", "least"].into_iter().filter(|_| has_amounts) {
        if let Some(amount) = value.get(key).and_then(serde_json::Value::as_f64) {
            value[key] = tidy(amount * unit).into();
        }
    }
    value
}

/// A number without the noise of binary fractions: nine digits after the point are more than any instance has.
fn tidy(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

/// A number as people read it, with at most three decimals.
fn number(value: f64) -> String {
    let text = format!("{:.3}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if part.is_empty() { whole } else { format!("{whole}.{part}") }
}

/// Shows how a run stands beside the bar.
pub(super) fn watching(bar: &Bar) -> impl Watch + '_ {
    |progress: &Progress| {
        let apart = progress.objective.zip(progress.bound).map(|(best, bound)| {
            best.abs_diff(bound) as f64 / best.max(bound).max(1) as f64 * 100.0
        });
        if let Some(apart) = apart {
            bar.say(format!(
                "searching: gap {apart:.3} %, {} nodes, {} open",
                progress.nodes, progress.open
            ));
        }
        ControlFlow::Continue(())
    }
}
