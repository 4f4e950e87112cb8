//! The answer as `GeoJSON`, for a map of one's own.

use precinct_base::LonLat;
use serde_json::{Value, json};

use super::{Told, answer};
use crate::geojson;
use crate::text::numbers::Minutes;
use crate::text::words::Lang;

/// Streets of each band as one feature, then areas, posts and uncovered places; `what` tells them apart.
pub(super) fn collection(told: &Told<'_>, lang: Option<Lang>) -> Value {
    let mut features = streets(told);
    features.extend(areas(told, lang));
    features.extend(posts(told, lang));
    features.extend(told.coverage.uncovered.iter().map(|one| {
        let properties =
            json!({ "what": "uncovered", "place": answer::uncovered(told, one, lang) });
        geojson::feature(geojson::point(one.at), properties)
    }));
    geojson::collection(features)
}

fn streets(told: &Told<'_>) -> Vec<Value> {
    let mut bands: Vec<Vec<Vec<LonLat>>> = vec![Vec::new(); told.thresholds.len() + 1];
    for piece in &told.coverage.pieces {
        let line = told.network.map().trace(&piece.stretch);
        if line.len() > 1 {
            bands[piece.band].push(line);
        }
    }
    let feature = |(band, lines): (usize, Vec<Vec<LonLat>>)| {
        let over = band.checked_sub(1).map(|below| Minutes(told.thresholds[below]));
        let within = told.thresholds.get(band).map(|&limit| Minutes(limit));
        let properties =
            json!({ "what": "streets", "over_minutes": over, "within_minutes": within });
        geojson::feature(geojson::lines(&lines), properties)
    };
    bands.into_iter().enumerate().filter(|(_, lines)| !lines.is_empty()).map(feature).collect()
}

fn areas(told: &Told<'_>, lang: Option<Lang>) -> Vec<Value> {
    let feature = |(id, tally): &(precinct_base::AreaId, crate::coverage::Tally)| {
        let area = &told.city.areas[id.index()];
        let properties = json!({
            "what": "area",
            "name": Lang::plain(lang, &area.name),
            "level": area.level.name(),
            "demand_total": tally.demand_total(),
            "within": answer::within(tally, told.thresholds),
        });
        geojson::feature(geojson::area(&area.shape), properties)
    };
    told.coverage.areas.iter().map(feature).collect()
}

fn posts(told: &Told<'_>, lang: Option<Lang>) -> Vec<Value> {
    let feature = |(post, _): &(usize, precinct_roads::Snap)| {
        let post = &told.city.posts[*post];
        let properties = json!({ "what": "post", "kind": post.kind.name(), "name": Lang::plain(lang, &post.name), "id": post.id });
        geojson::feature(geojson::point(post.at), properties)
    };
    told.posts.iter().map(feature).collect()
}
