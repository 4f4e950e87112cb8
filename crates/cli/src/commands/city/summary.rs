//! What there is of a city, as tables for people.

use std::collections::BTreeMap;

use precinct_city::{InputSummary, Summary};

use crate::failure::Failure;
use crate::output::Out;
use crate::text::numbers::grouped;
use crate::text::table::{Align, Table};

/// Writes it, and what would make the city more complete.
pub(super) fn write(found: &Summary, out: &mut Out) -> Result<(), Failure> {
    out.heading(&title(found))?;
    out.text(&counts(found).render(out.bold()))?;
    if !found.inputs.is_empty() {
        out.line("")?;
        out.text(&inputs(&found.inputs).render(out.bold()))?;
    }
    if !found.to_add.is_empty() {
        out.line("")?;
        out.heading("To add")?;
        for sentence in &found.to_add {
            out.line(&format!("  {sentence}"))?;
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

fn counts(found: &Summary) -> Table {
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left)]);
    if let Some(roads) = &found.roads {
        table.row(["junctions".to_owned(), grouped(roads.nodes)]);
        table.row([
            "stretches of road".to_owned(),
            grouped(roads.segments),
            format!("{} km", grouped(roads.length_km)),
        ]);
    }
    for (what, kinds) in [("posts", &found.posts), ("sites", &found.sites), ("areas", &found.areas)]
    {
        table.row([what.to_owned(), grouped(kinds.values().sum()), listed(kinds)]);
    }
    let measure =
        found.demand_uses.iter().find(|one| one.in_use).map_or("", |one| one.measure.as_str());
    let total = format!("{} {measure}", grouped(found.demand_total));
    table.row(["places of demand".to_owned(), grouped(found.demand_places), total]);
    if let Some(used) = &found.calibration {
        let error = format!(
            "{} · {}: {} drives held out, median error {} s, bias {}.{} %",
            used.checksum,
            used.record,
            grouped(used.held_out.trips),
            used.held_out.median_error_ms.div_ceil(1_000),
            used.held_out.bias_per_mille / 10,
            (used.held_out.bias_per_mille % 10).abs()
        );
        table.row(["calibration".to_owned(), "1".to_owned(), error]);
    }
    if found.addresses > 0 {
        table.row(["addresses".to_owned(), grouped(found.addresses)]);
    }
    if found.hot_spots > 0 {
        table.row(["hot spots".to_owned(), grouped(found.hot_spots)]);
    }
    table
}

fn listed(kinds: &BTreeMap<String, u64>) -> String {
    let parts: Vec<String> =
        kinds.iter().map(|(kind, count)| format!("{} {kind}", grouped(*count))).collect();
    parts.join(", ")
}

fn inputs(inputs: &[InputSummary]) -> Table {
    let mut table = Table::new(&[
        ("Gives", Align::Left),
        ("File", Align::Left),
        ("Rows", Align::Right),
        ("Left out", Align::Right),
        ("Refused", Align::Right),
        ("Used", Align::Right),
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
        let text = counts(&found).render(false);
        assert!(text.contains("posts") && text.contains("1,030 police_station"), "{text}");
    }
}
