//! The report as tables for people.

use precinct_base::Millis;
use precinct_calibration::{Fitted, Group, Score, Stay};
use precinct_play::Day;

use crate::failure::Failure;
use crate::output::Out;
use crate::text::fitting::{self, Words};
use crate::text::numbers::{clock, grouped};
use crate::text::table::{Align, Table};
use crate::text::words::Lang;

/// Groups of a stay that are shown; the file has all.
const SHOWN: usize = 12;

/// Writes all tables.
pub(super) fn write(fitted: &Fitted, day: &Day, lang: Lang, out: &mut Out) -> Result<(), Failure> {
    let words = fitting::words(lang);
    let made = &fitted.calibration.made;
    out.heading(&format!("{} · {}", words.title, made.record))?;
    out.text(&rows(fitted, day, words).render(out.bold()))?;
    section(out, words.error, &error(fitted, words))?;
    out.line(&format!("  {}", limit(fitted, words)))?;
    section(out, words.by_hour, &groups(&fitted.report.by_hour, words.hours, words))?;
    section(out, words.by_area, &groups(&fitted.report.by_area, words.area, words))?;
    section(out, words.factors, &factors(fitted, words))?;
    for (title, stay) in [
        (words.turnout, &fitted.calibration.turnout),
        (words.on_scene, &fitted.calibration.on_scene),
        (words.after, &fitted.calibration.after),
    ] {
        section(out, title, &stays(stay, words))?;
        let held = [stay.within_median_per_mille, stay.within_p90_per_mille].map(percent);
        out.line(&format!(
            "  {} {} · {} {} · {} {} / {}",
            words.unknown,
            grouped(stay.unknown),
            words.wrong,
            grouped(stay.wrong),
            words.held_within,
            held[0],
            held[1],
        ))?;
    }
    Ok(())
}

fn section(out: &mut Out, title: &str, table: &Table) -> Result<(), Failure> {
    out.line("")?;
    out.heading(title)?;
    out.text(&table.render(false))
}

fn percent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

/// Thousandths with their sign, as per cent.
fn signed(per_mille: i64) -> String {
    let sign = if per_mille < 0 { "−" } else { "+" };
    format!("{sign}{}", percent(per_mille.unsigned_abs()))
}

fn rows(fitted: &Fitted, day: &Day, words: &Words) -> Table {
    let (report, made) = (&fitted.report, &fitted.calibration.made);
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left)]);
    let mut row = |what: &str, count: u64, note: String| {
        table.row([what.to_owned(), grouped(count), note]);
    };
    row(words.rows, day.rows, String::new());
    for (why, &count) in &day.left_out {
        row(&format!("  {}: {why}", words.left_out), count, String::new());
    }
    for (fault, count, first) in report.refused.each() {
        let lines: Vec<String> = first.iter().map(ToString::to_string).collect();
        let note = format!("{} {}", words.lines, lines.join(", "));
        row(&format!("  {}", words.fault(fault)), count, note);
    }
    let days = |days: u32| format!("{} {}", grouped(u64::from(days)), words.days);
    row(words.fitted, u64::from(made.trips_fitted), days(made.days_fitted));
    row(words.held_out, fitted.calibration.held_out.trips, days(made.days_held_out));
    table
}

fn cells(score: &Score) -> [String; 4] {
    let time = |ms: u64| clock(Millis(u32::try_from(ms).unwrap_or(u32::MAX)));
    let rank = score.rank_per_mille;
    [
        signed(score.bias_per_mille),
        time(score.median_error_ms),
        time(score.p90_error_ms),
        format!(
            "{}{}.{:03}",
            if rank < 0 { "−" } else { "" },
            rank.unsigned_abs() / 1_000,
            rank.unsigned_abs() % 1_000
        ),
    ]
}

fn error(fitted: &Fitted, words: &Words) -> Table {
    let columns = [
        ("", Align::Left),
        (words.bias, Align::Right),
        (words.median_error, Align::Right),
        (words.p90_error, Align::Right),
        (words.rank, Align::Right),
        (words.of_imported, Align::Right),
    ];
    let mut table = Table::new(&columns);
    let calibration = &fitted.calibration;
    let imported = calibration.held_out_as_imported.median_error_ms.max(1);
    let constant =
        format!("{} ({} km/h)", words.constant, (fitted.report.constant_m_h + 500) / 1_000);
    for (name, score) in [
        (words.calibrated.to_owned(), &calibration.held_out),
        (words.imported.to_owned(), &calibration.held_out_as_imported),
        (constant, &calibration.held_out_constant),
    ] {
        let share = percent(score.median_error_ms * 1_000 / imported);
        table.row([name].into_iter().chain(cells(score)).chain([share]));
    }
    table
}

/// What limits the rank correlation.
fn limit(fitted: &Fitted, words: &Words) -> String {
    let report = &fitted.report;
    let rank = f64::from(report.repeat_rank_per_mille.max(0)) / 1_000.0;
    words.limit(&grouped(report.repeats), &format!("{rank:.2}"), &format!("{:.2}", rank.sqrt()))
}

fn groups(all: &[(Group, Score)], name: &str, words: &Words) -> Table {
    let mut table = Table::new(&[
        (name, Align::Left),
        (words.trips, Align::Right),
        (words.bias, Align::Right),
        (words.median_error, Align::Right),
        (words.p90_error, Align::Right),
        (words.rank, Align::Right),
        (words.error_imported, Align::Right),
    ]);
    for (group, imported) in all {
        let row = [group.name.clone(), grouped(group.score.trips)].into_iter();
        let before = cells(imported)[1].clone();
        table.row(row.chain(cells(&group.score)).chain([before]));
    }
    table
}

fn factors(fitted: &Fitted, words: &Words) -> Table {
    let speeds = &fitted.calibration.speeds;
    let mut table = Table::new(&[("", Align::Left), (words.factor, Align::Right)]);
    let factor = |per_mille: u16| format!("{}.{:03}", per_mille / 1_000, per_mille % 1_000);
    let start = clock(Millis(speeds.start_stop_ms));
    table.row([words.start_stop.to_owned(), start]);
    let driven = |class: &String| fitted.report.driven.contains(class);
    for (class, &per_mille) in speeds.class.iter().filter(|(class, _)| driven(class)) {
        table.row([class.clone(), factor(per_mille)]);
    }
    for first in (0..24).step_by(6) {
        let hours = || {
            speeds
                .hour
                .iter()
                .enumerate()
                .filter(|(hour, _)| (first..first + 6).contains(&(hour % 24)))
        };
        let sum: u32 = hours().map(|(_, &one)| u32::from(one)).sum();
        let mean = sum / u32::try_from(hours().count()).unwrap_or(1).max(1);
        let name = format!("{} {first:02}-{:02}", words.hours, first + 6);
        table.row([name, factor(u16::try_from(mean).unwrap_or(u16::MAX))]);
    }
    for (area, &per_mille) in &speeds.area {
        table.row([format!("{} {area}", words.area), factor(per_mille)]);
    }
    table
}

fn stays(stay: &Stay, words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.force, Align::Left),
        (words.kind, Align::Left),
        (words.hours, Align::Left),
        (words.rows, Align::Right),
        (words.median, Align::Right),
        (words.p90, Align::Right),
    ]);
    let or_all = |text: &String| if text.is_empty() { words.all.to_owned() } else { text.clone() };
    for group in stay.groups.iter().take(SHOWN) {
        let names = [&group.force, &group.kind, &group.hours].map(or_all);
        let times = [group.median_ms, group.p90_ms].map(|ms| clock(Millis(ms)));
        table.row(names.into_iter().chain([grouped(group.rows)]).chain(times));
    }
    table
}
