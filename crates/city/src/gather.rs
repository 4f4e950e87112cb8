//! Everything of a city but its roads, from its description.

use std::path::{Path, PathBuf};

use precinct_base::{Bounds, MultiPolygon};
use precinct_roads::Name;

use crate::addresses::{AddressBook, addresses};
use crate::calibrated::calibration;
use crate::demand::{Ground, demand};
use crate::describe::{ClipSource, Description, RoadsDescription};
use crate::extract::{Extract, Found};
use crate::hot_spots::hot_spots;
use crate::inputs::Inputs;
use crate::inside::place_inside;
use crate::locate::ShapeIndex;
use crate::options::{ClipWish, Folders};
use crate::places::{areas, posts, sites};
use crate::source::{Origin, Section, Source};
use crate::table::{Shape, Wanted, read_file};
use crate::{
    City, CityError, Clip, Datum, Demand, DemandUse, Fault, Faults, FileFormat, InputSummary,
    OpenOptions, RoadSource, Severity, Thresholds, parse_city, says,
    zone::{self, Guess},
};

/// A city, and what was read of each of its inputs. If an input was refused, the city lacks it.
pub(crate) struct Gathered {
    pub(crate) city: City,
    pub(crate) summaries: Vec<InputSummary>,
}

/// Which of the demands a city offers are read, and whether its addresses are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one in use; addresses are only looked for.
    InUse,
    /// All and the addresses, to check them; the one in use is kept.
    All,
}

/// What a path given for a city is.
pub(crate) enum CityPath {
    File(PathBuf),
    Extract(PathBuf),
}

pub(crate) fn locate(place: &Path) -> Result<CityPath, CityError> {
    if !place.exists() {
        return Err(CityError::NotFound { place: place.to_owned() });
    }
    if place.is_dir() {
        let file = place.join("city.toml");
        return if file.is_file() {
            Ok(CityPath::File(file))
        } else {
            Err(CityError::NoCityFile { folder: place.to_owned() })
        };
    }
    if precinct_osm::Format::of(place).is_some() {
        return Ok(CityPath::Extract(place.to_owned()));
    }
    if place.extension().is_some_and(|extension| extension == "toml") {
        return Ok(CityPath::File(place.to_owned()));
    }
    Err(CityError::NotACity { place: place.to_owned() })
}

/// Reads the city at `place`; if its own file cannot be used, what is wrong with it.
pub(crate) fn gather(
    place: &Path,
    options: &OpenOptions,
    which: Which,
) -> Result<Result<Gathered, Faults>, CityError> {
    let (file, description) = match locate(place)? {
        CityPath::Extract(extract) => {
            let described = of_extract(&extract)?;
            (extract, described)
        }
        CityPath::File(file) => {
            let text = std::fs::read(&file)
                .map_err(|source| CityError::Read { path: file.clone(), source })?;
            let label = file.display().to_string();
            let parsed = match String::from_utf8(text) {
                Ok(text) => parse_city(&text, &label),
                Err(_) => Err(not_utf8(&label)),
            };
            match parsed {
                Ok(description) => (file, description),
                Err(faults) => return Ok(Err(faults)),
            }
        }
    };
    Ok(gather_described(file, description, options, which))
}

fn not_utf8(label: &str) -> Faults {
    let mut faults = Faults::default();
    let (what, mend) = (says::file_not_utf8(), says::save_utf8());
    faults.push(Fault::new(Severity::Refusal, label, what, mend));
    faults
}

fn gather_described(
    file: PathBuf,
    description: Description,
    options: &OpenOptions,
    which: Which,
) -> Result<Gathered, Faults> {
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folders = Folders::of_city(folder, options);
    let mut inputs = Inputs::new(description.label, folders.clone());
    inputs.clip = match &options.clip {
        Some(wish) => wished_clip(&mut inputs, wish),
        None => find_clip(&mut inputs, &description.clip),
    };
    let road_source = find_roads(&mut inputs, &description.roads);
    if let Some(RoadSource::Osm { extract }) = &road_source {
        inputs.extract = Some(Extract::new(extract.clone()));
    }
    let thresholds = description.thresholds;
    let calibration = calibration(&mut inputs, description.calibration, options);
    let posts = posts(&mut inputs, &description.posts);
    let sites = sites(&mut inputs, &description.sites, &thresholds);
    let sourced = areas(&mut inputs, &description.areas, &thresholds);
    let index = ShapeIndex::new(sourced.iter().map(|one| &one.area.shape));
    let ground = Ground { areas: &sourced, index: &index, thresholds: &thresholds };
    let wanted = options.demand.as_deref().or(description.use_demand.as_deref());
    let (demand_uses, demand) = demands(&mut inputs, &description.demand, wanted, which, &ground);
    let hot_spots = hot_spots(&mut inputs, &description.hot_spots);
    let address_book = address_book(&mut inputs, folders, description.addresses, which);
    let Some(road_source) = road_source else { return Err(inputs.faults) };
    let (mut name, mut time_zone) = (description.name, description.time_zone);
    if name.is_empty() {
        let found = inputs.extract.as_mut().and_then(|extract| extract.places(&inputs.clip).ok());
        let (found_name, zone) = introduction(found, &file);
        (name, time_zone) = (found_name, zone.name);
    }
    let city = City {
        name,
        time_zone,
        clip: inputs.clip,
        road_source,
        speeds: description.speeds,
        calibration,
        posts,
        sites,
        areas: sourced.into_iter().map(|one| one.area).collect(),
        demand,
        demand_uses,
        hot_spots,
        thresholds,
        attribution: description.attribution,
        faults: inputs.faults,
        address_book,
        place: file,
        index,
    };
    Ok(Gathered { city, summaries: inputs.summaries })
}

/// Where addresses are: looked for, or read to check them.
fn address_book(
    inputs: &mut Inputs,
    folders: Folders,
    sources: Vec<Source>,
    which: Which,
) -> AddressBook {
    let book = AddressBook { label: inputs.label.clone(), folders, sources };
    match which {
        Which::InUse => book.find(inputs),
        Which::All => _ = addresses(inputs, &book.sources),
    }
    book
}

/// The demand in use, and all that are offered.
fn demands(
    inputs: &mut Inputs,
    sources: &[Source],
    wanted: Option<&str>,
    which: Which,
    ground: &Ground<'_>,
) -> (Vec<DemandUse>, Vec<Demand>) {
    let used = match wanted {
        None => Some(0),
        Some(name) => sources.iter().position(|source| source.name == name),
    };
    if let (None, Some(name)) = (used, wanted) {
        let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let what = says::no_demand_called(says::shown(name));
        let mend = says::use_one_of(names.join(", "));
        inputs.faults.push(Fault::new(Severity::Refusal, &inputs.label, what, mend));
    }
    let mut kept = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        if used == Some(index) {
            kept = demand(inputs, source, ground);
        } else if which == Which::All {
            demand(inputs, source, ground);
        }
    }
    let uses = sources.iter().enumerate().map(|(index, source)| DemandUse {
        name: source.name.clone(),
        measure: source.measure.clone(),
        in_use: used == Some(index),
        estimated: source.origin == Origin::Extract,
    });
    (uses.collect(), kept)
}

fn find_clip(inputs: &mut Inputs, clip: &ClipSource) -> Clip {
    match clip {
        ClipSource::Given(clip) => clip.clone(),
        ClipSource::File { file, datum, line } => {
            let Some(path) = inputs.find(file, *line) else { return Clip::Everything };
            read_clip(&path, file, *datum).unwrap_or_else(|fault| {
                inputs.faults.push(fault);
                Clip::Everything
            })
        }
    }
}

fn wished_clip(inputs: &mut Inputs, wish: &ClipWish) -> Clip {
    match wish {
        ClipWish::Bounds(bounds) => Clip::Bounds(*bounds),
        ClipWish::File(path) => clip_of(path).unwrap_or_else(|fault| {
            inputs.faults.push(fault);
            Clip::Everything
        }),
    }
}

/// The clip that the polygons of a `GeoJSON` file are.
pub(crate) fn clip_of(path: &Path) -> Result<Clip, Fault> {
    read_clip(path, &path.display().to_string(), Datum::Wgs84)
}

/// All polygons of a `GeoJSON` file as one area: for whoever asks about a part of a city that the city itself does not name.
pub fn read_outline(path: &Path) -> Result<MultiPolygon, CityError> {
    match clip_of(path) {
        Ok(Clip::Area(area)) => Ok(area),
        Ok(_) => Ok(MultiPolygon::default()),
        Err(fault) => Err(CityError::of(fault)),
    }
}

/// All polygons of a `GeoJSON` file as one area.
fn read_clip(path: &Path, label: &str, datum: Datum) -> Result<Clip, Fault> {
    let wanted =
        Wanted { label, format: FileFormat::Geojson, delimiter: b',', datum, columns: &[] };
    let mut area = MultiPolygon::default();
    let mut bad = None;
    read_file(
        path,
        &wanted,
        &mut |record| match record.map(|record| (record.row, record.shape)) {
            Ok((_, Shape::Area(shape))) => area.0.extend(shape.0),
            Ok((row, _)) => bad = bad.take().or(Some(row)),
            Err(fault) => bad = bad.take().or(fault.row),
        },
    )?;
    let refuse = |what| Fault::new(Severity::Refusal, label, what, says::give_polygons());
    match bad {
        Some(row) => Err(refuse(says::clip_feature()).row(row)),
        None if place_inside(&area).is_none() => Err(refuse(says::clip_no_ground())),
        None => Ok(Clip::Area(area)),
    }
}

fn find_roads(inputs: &mut Inputs, roads: &RoadsDescription) -> Option<RoadSource> {
    match roads {
        RoadsDescription::Osm { extract, line } => {
            inputs.find(extract, *line).map(|extract| RoadSource::Osm { extract })
        }
        RoadsDescription::Dimacs { graph, coordinates, unit, line } => {
            let (graph, coordinates) = (inputs.find(graph, *line), inputs.find(coordinates, *line));
            Some(RoadSource::Dimacs { graph: graph?, coordinates: coordinates?, unit: *unit })
        }
    }
}

/// The description of a city that is an extract alone. Its name and time zone are found when its places are read.
fn of_extract(extract: &Path) -> Result<Description, CityError> {
    let path = std::path::absolute(extract)
        .map_err(|source| CityError::Read { path: extract.to_owned(), source })?;
    let one = |section| vec![Source::of_extract(section)];
    Ok(Description {
        label: extract.display().to_string(),
        name: Name::default(),
        time_zone: String::new(),
        attribution: vec![OSM_ATTRIBUTION.to_owned()],
        clip: ClipSource::Given(Clip::Everything),
        roads: RoadsDescription::Osm { extract: path.display().to_string(), line: 1 },
        speeds: Vec::new(),
        thresholds: Thresholds::default(),
        posts: one(Section::Posts),
        sites: one(Section::Sites),
        areas: one(Section::Areas),
        demand: one(Section::Demand),
        addresses: Vec::new(),
        hot_spots: Vec::new(),
        use_demand: None,
        calibration: None,
    })
}

/// What the `ODbL` asks to be shown.
pub(crate) const OSM_ATTRIBUTION: &str = "© OpenStreetMap contributors (ODbL)";

/// The name and time zone of an extract: its largest settlement, else its file's name; the zone of the nearest large city.
pub(crate) fn introduction(found: Option<&Found>, file: &Path) -> (Name, Guess) {
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = file_name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("city");
    let town = found.and_then(|found| found.town.as_ref());
    let middle =
        town.map(|(_, at)| *at).or(found.and_then(|found| found.bounds).map(Bounds::centre));
    let zone =
        middle.map_or_else(|| Guess { name: "Etc/UTC".to_owned(), is_near: false }, zone::guess);
    (town.map_or_else(|| Name::local(stem), |(name, _)| name.clone()), zone)
}
