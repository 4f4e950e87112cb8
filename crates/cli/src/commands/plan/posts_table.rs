//! The answer of `precinct plan posts` as tables for people, in the terminal and in the report.

use precinct_base::AreaId;
use precinct_planner::{Aim, Binding};

use super::posts::Told;
use crate::failure::Failure;
use crate::output::Out;
use crate::text::fitting;
use crate::text::numbers::{Minutes, Share, Thousandths, clock, grouped};
use crate::text::plan::gap;
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;

/// Writes all tables.
pub(super) fn write(told: &Told<'_>, lang: Lang, out: &mut Out) -> Result<(), Failure> {
    let words = lang.plan_words();
    out.heading(&headline(told, lang))?;
    out.text(&summary(told, lang).render(false))?;
    section(out, words.before_after, &minutes(told, lang))?;
    section(out, words.new_posts, &added(told, lang))?;
    section(out, words.by_area, &areas(told, lang))?;
    out.line("")?;
    if let Some(shares) = told.shares {
        out.line(&lang.by_hour(&grouped(shares.calls())))?;
    }
    out.line(&fitting::statement(lang, told.city, told.network.profile()))?;
    told.city.attribution.iter().try_for_each(|line| out.line(line))
}

fn section(out: &mut Out, title: &str, table: &Table) -> Result<(), Failure> {
    if table.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.heading(title)?;
    out.text(&table.render(false))
}

/// City, traveller, candidates and times in one line.
pub(super) fn headline(told: &Told<'_>, lang: Lang) -> String {
    let city = lang.name(&told.city.name).unwrap_or_default();
    let travel = lang.profile(told.network.profile());
    let times: Vec<String> = told.ask.within.iter().map(|&limit| Minutes(limit).number()).collect();
    let candidates = grouped(told.spots.len() as u64);
    let words = lang.plan_words();
    format!(
        "{city} · {travel} · {} {candidates} · {}",
        words.candidates,
        lang.minutes(&times.join("-"))
    )
}

/// An amount of demand with its measure.
pub(super) fn amount(told: &Told<'_>, lang: Lang, weight: Thousandths) -> String {
    match told.city.demand_measure() {
        Some(measure) => lang.amount(&weight.rounded(), measure),
        None => weight.rounded(),
    }
}

/// What a candidate is called: its name, or where it is.
pub(super) fn name(told: &Told<'_>, lang: Lang, candidate: u32) -> String {
    let spot = &told.spots[candidate as usize];
    let named = lang.name(&spot.name).map(str::to_owned);
    named.unwrap_or_else(|| {
        let segment = told.network.map().segment(spot.snap.segment);
        let street = told.network.map().names().get(segment.name);
        lang.street(street, segment.class)
    })
}

/// The objective in the units of the city, as people read it.
fn objective(told: &Told<'_>, lang: Lang, value: u64) -> String {
    let total = told.change.after.demand.max(1);
    match told.ask.aim {
        Aim::Set { .. } => grouped(value),
        Aim::Median => clock(precinct_base::Millis((value / total) as u32)),
        Aim::Centre => clock(precinct_base::Millis(value as u32)),
        _ => amount(told, lang, Thousandths(value / u64::from(told.answer.parts))),
    }
}

/// The plan in figures.
pub(super) fn summary(told: &Told<'_>, lang: Lang) -> Table {
    let (words, answer, change) = (lang.plan_words(), told.answer, told.change);
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right)]);
    let mut row = |name: &str, text: String| table.row([name.to_owned(), text]);
    row(words.objective, objective(told, lang, answer.objective));
    row(words.bound, objective(told, lang, answer.bound));
    row(words.gap, gap(lang, answer.proven, answer.gap() as f64 / 1e6));
    row(words.posts, grouped(answer.chosen.len() as u64));
    let share = |part: u64| Share::of(part, change.after.demand).percent();
    row(words.demand_share, share(change.after.covered));
    row(
        words.gained,
        format!("{} ({})", amount(told, lang, Thousandths(change.gained)), share(change.gained)),
    );
    row(
        words.lost,
        format!("{} ({})", amount(told, lang, Thousandths(change.lost)), share(change.lost)),
    );
    for binding in &answer.binds {
        row(words.binds, binds(told, lang, binding));
    }
    table
}

fn binds(told: &Told<'_>, lang: Lang, binding: &Binding) -> String {
    let whole = |number: u64| grouped(number);
    match *binding {
        Binding::Posts { most, next, by } => {
            let by = match told.ask.aim {
                Aim::Median => {
                    clock(precinct_base::Millis((by / told.change.after.demand.max(1)) as u32))
                }
                _ => amount(told, lang, Thousandths(by / u64::from(told.answer.parts))),
            };
            lang.posts_bind(most, &name(told, lang, next), &by)
        }
        Binding::Money { spent, most } => lang.money_binds(&whole(spent), &whole(most)),
        Binding::Staff { spent, most } => lang.staff_binds(&whole(spent), &whole(most)),
        Binding::Floor { area, least, covered } => {
            let area = lang.name(&told.city.areas[area as usize].name).unwrap_or_default();
            let of = |part: u64| Thousandths(part).rounded();
            lang.area_binds(area, &of(covered), &of(least))
        }
        Binding::Capacity { candidate } => lang.capacity_binds(&name(told, lang, candidate)),
    }
}

/// Demand within so many minutes, before and after.
pub(super) fn minutes(told: &Told<'_>, lang: Lang) -> Table {
    let words = lang.plan_words();
    let mut table = Table::new(&[
        (lang.words().reach, Align::Left),
        (words.before, Align::Right),
        (words.after, Align::Right),
    ]);
    let total = told.change.after.demand;
    for &(limit, within) in &told.change.within {
        let [before, after] = within.map(|part| Share::of(part, total).percent());
        table.row([lang.within(&Minutes(limit).number()), before, after]);
    }
    let in_time = [&told.change.before, &told.change.after];
    let [before, after] = in_time.map(|claims| Share::of(claims.covered, total).percent());
    table.row([lang.words().in_time.to_owned(), before, after]);
    table
}

/// New posts and what each adds on top of those before it.
pub(super) fn added(told: &Told<'_>, lang: Lang) -> Table {
    let words = lang.plan_words();
    let mut table = Table::new(&[
        (lang.words().place, Align::Left),
        (words.adds, Align::Right),
        ("", Align::Right),
        (words.place, Align::Right),
    ]);
    for (i, &(one, adds)) in told.change.adds.iter().enumerate() {
        let share = Share::of(adds, told.change.after.demand).percent();
        let name = format!("{}. {}", i + 1, shorten(&name(told, lang, one), 44));
        let adds = format!("+{}", amount(told, lang, Thousandths(adds)));
        table.row([name, adds, share, told.spots[one as usize].at.to_string()]);
    }
    table
}

/// Areas, and their share of demand in time before and after.
pub(super) fn areas(told: &Told<'_>, lang: Lang) -> Table {
    let words = lang.plan_words();
    let mut table = Table::new(&[
        (lang.words().area, Align::Left),
        (lang.words().demand, Align::Right),
        (words.before, Align::Right),
        (words.after, Align::Right),
        (words.change, Align::Right),
    ]);
    for (&area, moved) in &told.change.areas {
        let name = lang.name(&told.city.areas[AreaId(area).index()].name).unwrap_or_default();
        let share = |part: u64| Share::of(part, moved.demand).percent();
        let change = if moved.after >= moved.before { "+" } else { "-" };
        let apart = Thousandths(moved.after.abs_diff(moved.before)).rounded();
        table.row([
            shorten(name, 36),
            Thousandths(moved.demand).rounded(),
            share(moved.before),
            share(moved.after),
            format!("{change}{apart}"),
        ]);
    }
    table
}
