//! The answer as tables for people.

use precinct_base::AreaId;
use precinct_city::AreaLevel;

use super::Told;
use crate::coverage::{Tally, Uncovered};
use crate::failure::Failure;
use crate::output::Out;
use crate::text::fitting;
use crate::text::numbers::{Minutes, Share, Thousandths, clock, length};
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;

/// More areas than this make no table a person reads.
const MOST_AREAS: usize = 40;
/// What stands where there is nothing to share.
const NOTHING: &str = "–";

/// Writes all tables.
pub(super) fn write(told: &Told<'_>, lang: Lang, out: &mut Out) -> Result<(), Failure> {
    let words = lang.words();
    out.heading(&headline(told, lang))?;
    out.text(&thresholds(told, lang).render(out.bold()))?;
    section(out, words.by_grade, &grades(told, lang))?;
    let known = told.coverage.total.demand_total().0 > 0;
    section(out, if known { words.by_area } else { words.by_area_streets }, &areas(told, lang))?;
    let worst = worst(told, lang);
    if worst.is_empty() && known {
        out.line("")?;
        out.line(words.nothing_uncovered)?;
    }
    section(out, words.blind_worst, &worst)?;
    notes(told, lang, out)
}

fn section(out: &mut Out, title: &str, table: &Table) -> Result<(), Failure> {
    if table.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.heading(title)?;
    out.text(&table.render(false))
}

/// City, traveller, posts and demand in one line.
pub(super) fn headline(told: &Told<'_>, lang: Lang) -> String {
    let city = lang.name(&told.city.name).unwrap_or_default();
    let travel = lang.profile(told.network.profile());
    format!("{city} · {travel} · {}", lang.posts(told.posts.len()))
}

/// An amount of demand with its measure.
pub(super) fn amount(told: &Told<'_>, lang: Lang, weight: Thousandths) -> String {
    match told.city.demand_measure() {
        Some(measure) => lang.amount(&weight.rounded(), measure),
        None => weight.rounded(),
    }
}

fn percent(share: Option<Share>) -> String {
    share.map_or_else(|| NOTHING.to_owned(), Share::percent)
}

fn thresholds(told: &Told<'_>, lang: Lang) -> Table {
    let (words, total) = (lang.words(), &told.coverage.total);
    // Where no demand is known, streets are all there is to tell.
    let known = total.demand_total().0 > 0;
    let demand = |cells: [String; 2]| cells.into_iter().filter(move |_| known);
    let mut columns = vec![(words.reach, Align::Left)];
    if known {
        columns.extend([(words.demand, Align::Right), ("", Align::Right)]);
    }
    columns.extend([(words.streets, Align::Right), ("", Align::Right)]);
    let mut table = Table::new(&columns);
    for (i, &limit) in told.thresholds.iter().enumerate() {
        let within = amount(told, lang, total.demand_within(i));
        let row = [lang.within(&Minutes(limit).number())].into_iter();
        let row = row.chain(demand([within, percent(total.demand_share(i))]));
        table.row(row.chain([length(total.street_within(i)), percent(total.street_share(i))]));
    }
    let all = amount(told, lang, total.demand_total());
    let row = [words.whole_city.to_owned()].into_iter().chain(demand([all, String::new()]));
    table.row(row.chain([length(total.street_total())]));
    table
}

fn grades(told: &Told<'_>, lang: Lang) -> Table {
    let words = lang.words();
    let mut table = Table::new(&[
        (words.grade, Align::Left),
        (words.reach, Align::Left),
        (words.demand, Align::Right),
        (words.in_time, Align::Right),
    ]);
    for cover in &told.coverage.grades {
        let threshold = told.city.thresholds.get(cover.grade);
        table.row([
            lang.grade(&threshold.grade).to_owned(),
            lang.within(&Minutes(threshold.within).number()),
            amount(told, lang, Thousandths(cover.demand)),
            percent((cover.demand > 0).then(|| Share::of(cover.within, cover.demand))),
        ]);
    }
    table
}

/// The largest level that has more than one area, if it has not too many.
pub(crate) fn level_shown(
    areas: impl Iterator<Item = AreaLevel>,
    most: usize,
) -> Option<AreaLevel> {
    let areas: Vec<AreaLevel> = areas.collect();
    let count = |level: AreaLevel| areas.iter().filter(|&&one| one == level).count();
    AreaLevel::ALL.iter().copied().find(|&level| (2..=most).contains(&count(level)))
}

fn areas(told: &Told<'_>, lang: Lang) -> Table {
    let words = lang.words();
    let known = told.coverage.total.demand_total().0 > 0;
    let minutes: Vec<String> =
        told.thresholds.iter().map(|&limit| lang.minutes(&Minutes(limit).number())).collect();
    let mut columns = vec![(words.area, Align::Left)];
    columns.extend(known.then_some((words.demand, Align::Right)));
    columns.extend(minutes.iter().map(|text| (text.as_str(), Align::Right)));
    columns.extend(known.then_some((words.streets, Align::Right)));
    let mut table = Table::new(&columns);
    let level = |id: AreaId| told.city.areas[id.index()].level;
    let levels = told.coverage.areas.iter().map(|(id, _)| level(*id));
    let Some(shown) = level_shown(levels, MOST_AREAS) else {
        return table;
    };
    for (id, tally) in told.coverage.areas.iter().filter(|(id, _)| level(*id) == shown) {
        let name = lang.name(&told.city.areas[id.index()].name).unwrap_or(NOTHING);
        table.row([shorten(name, 36)].into_iter().chain(shares(
            tally,
            told.thresholds.len(),
            known,
        )));
    }
    table
}

/// Demand, its share by threshold and the street share at the last; or street shares alone where no demand is known at all.
fn shares(tally: &Tally, thresholds: usize, known: bool) -> Vec<String> {
    let streets = |i| percent(tally.street_share(i));
    if !known {
        return (0..thresholds).map(streets).collect();
    }
    let mut row = vec![tally.demand_total().rounded()];
    row.extend((0..thresholds).map(|i| percent(tally.demand_share(i))));
    row.push(streets(thresholds - 1));
    row
}

fn worst(told: &Told<'_>, lang: Lang) -> Table {
    let words = lang.words();
    let mut table = Table::new(&[
        (words.place, Align::Left),
        (words.demand, Align::Right),
        (words.minutes, Align::Right),
        (words.area, Align::Left),
    ]);
    for one in &told.coverage.uncovered {
        let area = one.area.and_then(|area| lang.name(&told.city.areas[area.index()].name));
        table.row([
            shorten(&place_name(told, lang, one), 48),
            amount(told, lang, Thousandths(one.weight)),
            wait(lang, one),
            area.unwrap_or_default().to_owned(),
        ]);
    }
    table
}

/// What an uncovered place is called: its name and street, as far as they are known, else where it is.
pub(super) fn place_name(told: &Told<'_>, lang: Lang, one: &Uncovered) -> String {
    let street = one.street.and_then(|name| lang.name(told.network.map().names().get(name)));
    match (lang.name(&one.name), street) {
        (None, Some(street)) => street.to_owned(),
        (None, None) => {
            let area = one.area.and_then(|area| lang.name(&told.city.areas[area.index()].name));
            area.map_or_else(
                || one.at.to_string(),
                |area| format!("{area}, {}", lang.words().unnamed),
            )
        }
        (Some(name), Some(street)) if !street.contains(name) && !name.contains(street) => {
            format!("{name}, {street}")
        }
        (Some(name), _) => name.to_owned(),
    }
}

/// How long an uncovered place waits.
pub(super) fn wait(lang: Lang, one: &Uncovered) -> String {
    match (one.time, one.street) {
        (Some((time, _)), _) => clock(time),
        (None, Some(_)) => lang.words().out_of_reach.to_owned(),
        (None, None) => lang.words().no_road.to_owned(),
    }
}

fn notes(told: &Told<'_>, lang: Lang, out: &mut Out) -> Result<(), Failure> {
    let words = lang.words();
    out.line("")?;
    if told.coverage.off_road > 0 {
        let weight = amount(told, lang, Thousandths(told.coverage.off_road));
        out.line(&format!("{}: {weight}", words.demand_off_road))?;
    }
    if told.coverage.cut_off.0 > 0 {
        out.line(&format!("{}: {}", words.cut_off, length(told.coverage.cut_off)))?;
    }
    out.line(&fitting::statement(lang, told.city, told.network.profile()))?;
    for line in &told.city.attribution {
        out.line(line)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use AreaLevel::{City, District, GridCell};

    use super::*;

    #[test]
    fn the_largest_level_of_several_areas_is_shown() {
        let level = |levels: &[AreaLevel]| level_shown(levels.iter().copied(), 3);
        assert_eq!(level(&[City, District, District, GridCell, GridCell]), Some(District));
        assert_eq!(level(&[City, GridCell, GridCell, GridCell, GridCell]), None);
        assert_eq!(level(&[]), None);
    }
}
