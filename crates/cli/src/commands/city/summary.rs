//! What there is of a city, as tables for people.

use std::collections::BTreeMap;

use precinct_city::{InputSummary, Summary};

use crate::failure::Failure;
use crate::output::Out;
use crate::text::checking::Words;
use crate::text::numbers::grouped;
use crate::text::table::{Align, Table};

/// Writes it, and what would make the city more complete.
pub(super) fn write(found: &Summary, words: &Words, out: &mut Out) -> Result<(), Failure> {
    out.heading(&title(found))?;
    out.text(&counts(found, words).render(out.bold()))?;
    if !found.inputs.is_empty() {
        out.line("")?;
        out.text(&inputs(&found.inputs, words).render(out.bold()))?;
    }
    if !found.to_add.is_empty() {
        out.line("")?;
        out.heading(words.to_add)?;
        for sentence in &found.to_add {
            out.line(&format!("  {}", words.says(sentence)))?;
        }
    }
    out.line("")
}

/// Its names, each once, and its time zone.
fn title(found: &Summary) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in [&found.name, &found.name_zh, &found.name_en, &found.time_zone] {
        if !part.is_empty() && !parts.contains(&part.as_str()) {
            parts.push(part);
        }
    }
    parts.join(" · ")
}

fn counts(found: &Summary, words: &Words) -> Table {
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left)]);
    if let Some(roads) = &found.roads {
        table.row([words.junctions.to_owned(), grouped(roads.nodes)]);
        table.row([
            words.stretches.to_owned(),
            grouped(roads.segments),
            format!("{} km", grouped(roads.length_km)),
        ]);
    }
    for (what, kinds) in
        [(words.posts, &found.posts), (words.sites, &found.sites), (words.areas, &found.areas)]
    {
        table.row([what.to_owned(), grouped(kinds.values().sum()), listed(kinds)]);
    }
    let measure =
        found.demand_uses.iter().find(|one| one.in_use).map_or("", |one| one.measure.as_str());
    let total = format!("{} {measure}", grouped(found.demand_total));
    table.row([words.demand.to_owned(), grouped(found.demand_places), total]);
    if let Some(used) = &found.calibration {
        let bias = used.held_out.bias_per_mille;
        let bias = format!("{}.{}", bias / 10, (bias % 10).abs());
        let error = used.held_out.median_error_ms.div_ceil(1_000);
        let error = words.held_out(used.held_out.trips, error, &bias);
        let error = format!("{} · {}: {error}", used.checksum, used.record);
        table.row([words.calibration.to_owned(), "1".to_owned(), error]);
    }
    if found.addresses > 0 {
        table.row([words.addresses.to_owned(), grouped(found.addresses)]);
    }
    if found.hot_spots > 0 {
        table.row([words.hot_spots.to_owned(), grouped(found.hot_spots)]);
    }
    table
}

fn listed(kinds: &BTreeMap<String, u64>) -> String {
    let parts: Vec<String> =
        kinds.iter().map(|(kind, count)| format!("{} {kind}", grouped(*count))).collect();
    parts.join(", ")
}

fn inputs(inputs: &[InputSummary], words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.gives, Align::Left),
        (words.file, Align::Left),
        (words.rows, Align::Right),
        (words.left_out, Align::Right),
        (words.refused, Align::Right),
        (words.used, Align::Right),
    ]);
    for one in inputs {
        let counts = [one.rows, one.left_out, one.refused, one.used].map(grouped);
        table.row([one.gives.clone(), one.file.clone()].into_iter().chain(counts));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Lang;

    #[test]
    fn a_summary_names_what_is_there() {
        let mut found = Summary {
            name: "澳门".into(),
            name_zh: "澳门".into(),
            name_en: "Macau".into(),
            ..Summary::default()
        };
        found.time_zone = "Asia/Macau".into();
        found.posts.insert("police_station".into(), 1_030);
        assert_eq!(title(&found), "澳门 · Macau · Asia/Macau");
        for (lang, posts) in [(Lang::En, "posts"), (Lang::Zh, "岗点")] {
            let text = counts(&found, Words::of(lang)).render(false);
            assert!(text.contains(posts) && text.contains("1,030 police_station"), "{text}");
        }
    }
}
