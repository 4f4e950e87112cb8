//! The answer as tables for people.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Millis};
use precinct_roads::Profile;
use precinct_whatif::{Basis, Comparison, Difference, Outcome, Responses};

use super::Told;
use super::told::{areas as areas_of, in_part, simulated, together};
use crate::failure::Failure;
use crate::output::Out;
use crate::text::fitting;
use crate::text::numbers::{clock, grouped};
use crate::text::simulate::SimulateWords;
use crate::text::table::{Align, Table};
use crate::text::words::Lang;

/// Responses by priority.
type ByPriority = BTreeMap<u8, Responses>;

/// What stands where nothing is known.
const NOTHING: &str = "–";

/// Writes all tables.
pub(super) fn write(told: &Told<'_>, lang: Lang, out: &mut Out) -> Result<(), Failure> {
    let words = SimulateWords::of(lang);
    let city = lang.name(&told.city.name).unwrap_or_default();
    out.heading(&words.headline(city, told.pieces.len(), told.like, told.seeds, calls(told)))?;
    out.line(&fitting::statement(lang, told.city, Profile::PoliceCar))?;
    for outcome in told.outcomes {
        out.line("")?;
        out.heading(&words.plan(&outcome.name, outcome.policy))?;
        let table = responses(told, (&simulated(outcome), &told.recorded()), outcome, words);
        out.text(&table.render(out.bold()))?;
        out.text(&effort(outcome, words).render(false))?;
    }
    areas(told, lang, words, out)?;
    shadow(told, words, out)?;
    difference(told.comparison.as_ref(), words, out)?;
    part(told, lang, words, out)
}

/// The calls of the area that was asked about, plan by plan.
fn part(told: &Told<'_>, lang: Lang, words: &SimulateWords, out: &mut Out) -> Result<(), Failure> {
    let Some(part) = told.part else { return Ok(()) };
    let recorded = told.recorded_of(&|call| part.holds(call));
    out.line("")?;
    out.heading(&words.in_area(&told.area_name(part.number(), lang)))?;
    for outcome in told.outcomes {
        out.line("")?;
        out.heading(&words.plan(&outcome.name, outcome.policy))?;
        let table = responses(told, (&in_part(outcome), &recorded), outcome, words);
        out.text(&table.render(out.bold()))?;
    }
    difference(told.part_comparison.as_ref(), words, out)
}

fn calls(told: &Told<'_>) -> usize {
    told.pieces
        .iter()
        .map(|piece| piece.calls.iter().filter(|call| piece.counts(call)).count())
        .sum()
}

fn time(time: Option<Millis>) -> String {
    time.map_or_else(|| NOTHING.to_owned(), clock)
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| NOTHING.to_owned(), |share| format!("{:.1} %", share * 100.0))
}

/// Beside each other: simulated, and as the record has it.
fn responses(
    told: &Told<'_>,
    (simulated, recorded): (&ByPriority, &ByPriority),
    outcome: &Outcome,
    words: &SimulateWords,
) -> Table {
    let mut table = Table::new(&[
        (words.priority, Align::Left),
        (words.calls, Align::Right),
        (words.median, Align::Right),
        (words.p90, Align::Right),
        (words.in_time, Align::Right),
        (words.unknown, Align::Right),
        (words.record, Align::Right),
        (words.p90, Align::Right),
        (words.unknown, Align::Right),
    ]);
    let runs = outcome.tally.runs.max(1);
    let mut row = |name: String, of: &Responses, record: &Responses| {
        table.row([
            name,
            grouped(of.calls() / runs),
            time(of.quantile(500)),
            time(of.quantile(900)),
            percent(of.share()),
            percent((of.calls() > 0).then(|| of.unknown as f64 / of.calls() as f64)),
            time(record.quantile(500)),
            time(record.quantile(900)),
            percent((record.calls() > 0).then(|| record.unknown as f64 / record.calls() as f64)),
        ]);
    };
    let none = Responses::default();
    for (priority, of) in simulated {
        let target = told.town.targets[usize::from(priority - 1)];
        let name = words.of_priority(*priority, &clock(target));
        row(name, of, recorded.get(priority).unwrap_or(&none));
    }
    row(words.all.to_owned(), &together(simulated), &together(recorded));
    table
}

fn effort(outcome: &Outcome, words: &SimulateWords) -> Table {
    let tally = &outcome.tally;
    let runs = tally.runs.max(1) as f64;
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right)]);
    let hours = |ms: u64| ms as f64 / 3.6e6 / runs;
    let (duty, task) = (hours(tally.on_duty_ms), hours(tally.on_task_ms));
    table.row([words.unit_hours.to_owned(), format!("{duty:.0} h")]);
    table.row([
        words.task_hours.to_owned(),
        format!("{task:.0} h ({})", percent(Some(task / duty.max(1e-9)))),
    ]);
    table.row([words.driven.to_owned(), format!("{:.0} km", tally.driven.0 as f64 / 1e6 / runs)]);
    if let Some(covered) = tally.covered() {
        let shares = covered.map(|share| percent(Some(share)));
        table.row([words.covered.to_owned(), shares.join(" · ")]);
    }
    if let Some(mean) = tally.regret.0.checked_div(tally.regret.1) {
        table.row([words.regret.to_owned(), clock(Millis(mean as u32))]);
    }
    table.row([words.preempted.to_owned(), format!("{:.1}", tally.preempted as f64 / runs)]);
    if tally.not_found > 0 {
        table.row([words.not_found.to_owned(), format!("{:.1}", tally.not_found as f64 / runs)]);
    }
    table
}

/// Median and share in time of each area, plans side by side.
fn areas(told: &Told<'_>, lang: Lang, words: &SimulateWords, out: &mut Out) -> Result<(), Failure> {
    let by: Vec<BTreeMap<AreaId, Responses>> = told.outcomes.iter().map(areas_of).collect();
    let Some(first) = by.first().filter(|areas| areas.len() > 1) else { return Ok(()) };
    let mut columns = vec![(words.area, Align::Left), (words.calls, Align::Right)];
    for _ in told.outcomes {
        columns.extend([(words.median, Align::Right), (words.in_time, Align::Right)]);
    }
    let mut table = Table::new(&columns);
    for (area, of) in first {
        let calls = of.calls() / told.outcomes[0].tally.runs.max(1);
        let cells = by.iter().filter_map(|areas| areas.get(area));
        let cells = cells.flat_map(|of| [time(of.quantile(500)), percent(of.share())]);
        let name = told.area_name(*area, lang);
        table.row([name, grouped(calls)].into_iter().chain(cells));
    }
    out.line("")?;
    out.heading(words.by_area)?;
    out.text(&table.render(false))
}

fn shadow(told: &Told<'_>, words: &SimulateWords, out: &mut Out) -> Result<(), Failure> {
    for (arm, outcome) in told.arms.iter().zip(told.outcomes) {
        let (Some(policy), shadow) = (arm.shadow, &outcome.tally.shadow) else { continue };
        out.line("")?;
        let differ = shadow.differ as f64 / shadow.decisions.max(1) as f64;
        let later = shadow.later_ms as f64 / shadow.differ.max(1) as f64 / 1_000.0;
        out.line(&words.shadow(policy, &percent(Some(differ)), later))?;
    }
    Ok(())
}

fn difference(
    told: Option<&Comparison>,
    words: &SimulateWords,
    out: &mut Out,
) -> Result<(), Failure> {
    let Some(told) = told else { return Ok(()) };
    out.line("")?;
    out.heading(words.difference)?;
    let mut table = Table::new(&[
        ("", Align::Left),
        (words.first, Align::Right),
        (words.second, Align::Right),
        (words.by, Align::Right),
        (words.interval, Align::Right),
    ]);
    let seconds = |value: f64| format!("{:.1} s", value / 1_000.0);
    let share = |value: f64| format!("{:.2} %", value * 100.0);
    let plain = |value: f64| format!("{value:.1}");
    let mut row = |name: &str, one: &Option<Difference>, show: &dyn Fn(f64) -> String| {
        let Some(one) = one else { return };
        let signed = |value: f64| {
            let text = show(value.abs());
            if value < 0.0 { format!("−{text}") } else { format!("+{text}") }
        };
        let interval = one.interval.map_or_else(
            || NOTHING.to_owned(),
            |[low, high]| format!("{} … {}", signed(low), signed(high)),
        );
        table.row([name.to_owned(), show(one.first), show(one.second), signed(one.mean), interval]);
    };
    row(words.mean, &told.mean_ms, &seconds);
    row(words.median, &told.median_ms, &seconds);
    row(words.p90, &told.p90_ms, &seconds);
    row(words.urgent, &told.urgent_ms, &seconds);
    row(words.in_time, &told.in_time, &share);
    row(words.covered_far, &told.covered, &share);
    row(words.driven_km, &told.km, &plain);
    row(words.task_hours, &told.task_hours, &plain);
    out.text(&table.render(false))?;
    let count = told.mean_ms.map_or(0, |one| one.observations);
    out.line(&match told.basis {
        Basis::Pieces => words.basis_days(count),
        Basis::Seeds => words.basis_seeds(count),
    })
}
