//! Reads everything of a city and tells what is there and what is wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use precinct_base::Said;
use precinct_osm::Progress;
use precinct_roads::{Along, Profile, RoadMap};

use crate::calibrated::tell_calibration;
use crate::far::{tell_far_hot_spots, tell_far_posts};
use crate::gather::{Gathered, Which, gather};
use crate::report::corners;
use crate::source::Section;
use crate::{
    CalibrationSummary, City, CityError, Fault, InputSummary, OpenOptions, Report, RoadSource,
    RoadSummary, Severity, Summary, WEIGHT_ONE, roads, says,
};

/// Reads everything of the city at `place`, its roads too, and tells what is there and what is wrong with it.
///
/// An error is only that there is nothing to check; whatever is wrong inside is in the report.
pub fn check(
    place: &Path,
    options: &OpenOptions,
    progress: &dyn Progress,
) -> Result<Report, CityError> {
    let Gathered { mut city, summaries } = match gather(place, options, Which::All)? {
        Ok(gathered) => gathered,
        Err(faults) => {
            return Ok(Report { place: place.to_owned(), sound: false, faults, summary: None });
        }
    };
    let roads = match roads(&city, options, progress) {
        Ok(roads) => {
            let mut faults = std::mem::take(&mut city.faults);
            tell_far_posts(&city, &roads.map, &mut faults);
            tell_far_hot_spots(&city, &roads.map, &mut faults);
            tell_calibration(&city, &roads.map, &mut faults);
            city.faults = faults;
            Some(road_summary(&roads.map))
        }
        Err(error) => {
            let file = city
                .road_source
                .files()
                .first()
                .map_or_else(String::new, |file| file.display().to_string());
            let (what, mend) = (says::roads_unreadable(error), says::fetch_again());
            city.faults.push(Fault::new(Severity::Refusal, file, what, mend));
            None
        }
    };
    if roads.as_ref().is_some_and(|roads| roads.segments == 0) {
        let (what, mend) = (says::no_roads(), says::widen_clip());
        let file = city.place.display().to_string();
        city.faults.push(Fault::new(Severity::Refusal, file, what, mend));
    }
    let summary = summarise(&city, summaries, roads);
    let faults = std::mem::take(&mut city.faults);
    Ok(Report { place: place.to_owned(), sound: faults.is_sound(), faults, summary: Some(summary) })
}

impl RoadSource {
    /// The files it is made of.
    pub fn files(&self) -> Vec<PathBuf> {
        match self {
            Self::Osm { extract } => vec![extract.clone()],
            Self::Dimacs { graph, coordinates, .. } => vec![graph.clone(), coordinates.clone()],
        }
    }
}

/// What `city` has, with what was read of each of its inputs.
pub(crate) fn summarise(
    city: &City,
    inputs: Vec<InputSummary>,
    roads: Option<RoadSummary>,
) -> Summary {
    let count = |names: &mut dyn Iterator<Item = &'static str>| {
        let mut counts = BTreeMap::new();
        names.for_each(|name| *counts.entry(name.to_owned()).or_insert(0) += 1);
        counts
    };
    let addresses = inputs.iter().filter(|one| one.gives == Section::Addresses.name());
    Summary {
        name: city.name.local.clone(),
        name_zh: city.name.zh.clone(),
        name_en: city.name.en.clone(),
        time_zone: city.time_zone.clone(),
        roads_from: city.road_source.files(),
        roads,
        posts: count(&mut city.posts.iter().map(|post| post.kind.name())),
        sites: count(&mut city.sites.iter().map(|site| site.kind.name())),
        areas: count(&mut city.areas.iter().map(|area| area.level.name())),
        demand_uses: city.demand_uses.clone(),
        demand_places: city.demand.len() as u64,
        demand_total: (city.demand_total() + u64::from(WEIGHT_ONE) / 2) / u64::from(WEIGHT_ONE),
        addresses: addresses.map(|one| one.used).sum(),
        hot_spots: city.hot_spots.len() as u64,
        calibration: city.calibration.as_ref().map(CalibrationSummary::of),
        thresholds: city.thresholds.all().to_vec(),
        inputs,
        attribution: city.attribution.clone(),
        to_add: to_add(city),
    }
}

/// What would make the city more complete.
fn to_add(city: &City) -> Vec<Said> {
    let guessed = city.demand_uses.iter().any(|demand| demand.in_use && demand.estimated);
    let missing = [
        (!city.posts.iter().any(|post| post.kind.is_police()), says::add_posts()),
        (city.demand.is_empty(), says::add_demand()),
        (guessed && !city.demand.is_empty(), says::demand_guessed()),
        (city.areas.is_empty(), says::add_areas()),
        (city.sites.is_empty(), says::add_sites()),
        (city.hot_spots.is_empty(), says::add_hot_spots()),
        (city.attribution.is_empty(), says::add_attribution()),
    ];
    missing.into_iter().filter_map(|(missing, said)| missing.then_some(said)).collect()
}

fn road_summary(map: &RoadMap) -> RoadSummary {
    let mut by_car = vec![false; map.node_count()];
    let (mut named, mut length) = (0, 0);
    for id in map.segment_ids() {
        let segment = map.segment(id);
        length += segment.length.0;
        named += u64::from(!map.segment_name(id).is_empty());
        if [Along::Forward, Along::Backward]
            .into_iter()
            .any(|along| map.time(id, Profile::PoliceCar, along).is_some())
        {
            by_car[segment.from.index()] = true;
            by_car[segment.to.index()] = true;
        }
    }
    let reached = map.node_ids().filter(|node| by_car[node.index()]);
    let (all, main) = reached.fold((0_u64, 0_u64), |(all, main), node| {
        (all + 1, main + u64::from(map.in_main_part(node, Profile::PoliceCar)))
    });
    RoadSummary {
        nodes: map.node_count() as u64,
        segments: map.segment_count() as u64,
        length_km: (length + 500_000) / 1_000_000,
        named,
        car_nodes: all,
        car_nodes_in_main_part: main,
        bounds: map.bounds().map(corners),
    }
}
