//! The answer as JSON; its shape is promised to programs.

use std::collections::BTreeMap;

use precinct_base::{LonLat, Millis};
use precinct_city::CalibrationSummary;
use serde::Serialize;

use super::Told;
use crate::coverage::{GradeCover, Tally, Uncovered};
use crate::text::numbers::{Kilometres, Minutes, Share, Thousandths, Waited};
use crate::text::words::Lang;

/// The whole answer.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    city: &'a str,
    profile: &'static str,
    hour: &'a str,
    posts: PostCount,
    demand_measure: Option<&'a str>,
    demand_total: Thousandths,
    demand_places: usize,
    demand_off_road: Thousandths,
    street_km: Kilometres,
    cut_off_km: Kilometres,
    within: Vec<Within>,
    grades: Vec<GradeAnswer<'a>>,
    uncovered: Vec<UncoveredAnswer<'a>>,
    areas: Vec<AreaAnswer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<CalibrationSummary>,
    attribution: &'a [String],
}

/// Posts counted.
#[derive(Serialize)]
struct PostCount {
    counted: usize,
    off_road: usize,
    kinds: BTreeMap<&'static str, usize>,
}

/// What is within one threshold.
#[derive(Serialize)]
pub(super) struct Within {
    minutes: Minutes,
    demand: Thousandths,
    demand_share: Option<Share>,
    street_km: Kilometres,
    street_share: Option<Share>,
}

/// What is reached within the time set for a grade of place.
#[derive(Serialize)]
struct GradeAnswer<'a> {
    grade: &'a str,
    minutes: Minutes,
    demand: Thousandths,
    demand_share: Option<Share>,
}

/// A place out of reach.
#[derive(Serialize)]
pub(super) struct UncoveredAnswer<'a> {
    name: &'a str,
    street: Option<&'a str>,
    area: Option<&'a str>,
    demand: Thousandths,
    places: u64,
    minutes: Option<Waited>,
    ms: Option<u32>,
    nearest_post: Option<&'a str>,
    lon: f64,
    lat: f64,
}

/// One area.
#[derive(Serialize)]
struct AreaAnswer<'a> {
    name: &'a str,
    id: &'a str,
    level: &'static str,
    demand_total: Thousandths,
    street_km: Kilometres,
    within: Vec<Within>,
}

impl<'a> Answer<'a> {
    /// The answer with names in the language asked for.
    pub(super) fn new(told: &'a Told<'a>, lang: Option<Lang>) -> Self {
        let (city, coverage) = (told.city, told.coverage);
        Self {
            city: Lang::plain(lang, &city.name).unwrap_or_default(),
            profile: told.network.profile().name(),
            hour: &told.hour,
            posts: posts(told),
            demand_measure: city.demand_measure(),
            demand_total: coverage.total.demand_total(),
            demand_places: city.demand.len(),
            demand_off_road: Thousandths(coverage.off_road),
            street_km: Kilometres(coverage.total.street_total()),
            cut_off_km: Kilometres(coverage.cut_off),
            within: within(&coverage.total, told.thresholds),
            grades: coverage.grades.iter().map(|cover| grade(told, cover)).collect(),
            uncovered: coverage.uncovered.iter().map(|one| uncovered(told, one, lang)).collect(),
            areas: areas(told, lang),
            calibration: city.calibrated_for(told.network.profile()).map(CalibrationSummary::of),
            attribution: &city.attribution,
        }
    }
}

fn posts(told: &Told<'_>) -> PostCount {
    let mut kinds = BTreeMap::new();
    for (post, _) in told.posts {
        *kinds.entry(told.city.posts[*post].kind.name()).or_default() += 1;
    }
    PostCount { counted: told.posts.len(), off_road: told.off_road, kinds }
}

/// One entry a threshold.
pub(super) fn within(tally: &Tally, thresholds: &[Millis]) -> Vec<Within> {
    let entry = |(i, &limit): (usize, &Millis)| Within {
        minutes: Minutes(limit),
        demand: tally.demand_within(i),
        demand_share: tally.demand_share(i),
        street_km: Kilometres(tally.street_within(i)),
        street_share: tally.street_share(i),
    };
    thresholds.iter().enumerate().map(entry).collect()
}

fn grade<'a>(told: &Told<'a>, cover: &GradeCover) -> GradeAnswer<'a> {
    let threshold = told.city.thresholds.get(cover.grade);
    GradeAnswer {
        grade: &threshold.grade,
        minutes: Minutes(threshold.within),
        demand: Thousandths(cover.demand),
        demand_share: (cover.demand > 0).then(|| Share::of(cover.within, cover.demand)),
    }
}

/// A place out of reach, for JSON and `GeoJSON`.
pub(super) fn uncovered<'a>(
    told: &Told<'a>,
    one: &'a Uncovered,
    lang: Option<Lang>,
) -> UncoveredAnswer<'a> {
    let street =
        one.street.and_then(|name| Lang::plain(lang, told.network.map().names().get(name)));
    let area = one.area.and_then(|area| Lang::plain(lang, &told.city.areas[area.index()].name));
    let post = one.time.map(|(_, post)| &told.city.posts[told.posts[post].0]);
    let (lon, lat) = LonLat::degrees(one.at);
    UncoveredAnswer {
        name: Lang::plain(lang, &one.name).or(street).or(area).unwrap_or_default(),
        street,
        area,
        demand: Thousandths(one.weight),
        places: one.places,
        minutes: one.time.map(|(time, _)| Waited(time)),
        ms: one.time.map(|(time, _)| time.0),
        nearest_post: post.and_then(|post| Lang::plain(lang, &post.name)),
        lon,
        lat,
    }
}

fn areas<'a>(told: &Told<'a>, lang: Option<Lang>) -> Vec<AreaAnswer<'a>> {
    let told_areas = told.coverage.areas.iter().filter(|(_, tally)| !tally.is_empty());
    told_areas
        .map(|(id, tally)| {
            let area = &told.city.areas[id.index()];
            AreaAnswer {
                name: Lang::plain(lang, &area.name).unwrap_or_default(),
                id: &area.id,
                level: area.level.name(),
                demand_total: tally.demand_total(),
                street_km: Kilometres(tally.street_total()),
                within: within(tally, told.thresholds),
            }
        })
        .collect()
}
