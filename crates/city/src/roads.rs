//! The road map of a city: from the road file kept for it, or made from its source when that is missing, stale or damaged.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use precinct_base::{LonLat, caps};
use precinct_osm::{OsmError, Progress, RoadOptions, RoadReport, Roads};
use precinct_roads::{Fingerprint, Profile, ROAD_FILE_VERSION, RoadClass, RoadMap};
use sha2::{Digest, Sha256};

use crate::cache::{road_file, write_whole};
use crate::{City, CityError, Clip, OpenOptions, RoadSource};

/// Goes up when the importer gives other roads for the same extract, so that road files kept from before are made anew.
const IMPORT_RULES: u32 = 1;

/// The roads of a city, and how they were come by.
#[derive(Debug)]
pub struct CityRoads {
    /// The roads.
    pub map: RoadMap,
    /// Why they were made anew; `None` if the file kept was good.
    pub made: Option<MadeBecause>,
    /// What the source had, if they were made anew.
    pub report: Option<RoadReport>,
    /// The road file; `None` if no folder for it is known.
    pub file: Option<PathBuf>,
    /// Why the road file could not be written. The roads are good all the same.
    pub not_kept: Option<CityError>,
}

/// Why roads were made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MadeBecause {
    /// There was no road file, or no folder for one is known.
    Missing,
    /// The source, the clip, the speeds or the program have changed since.
    Stale,
    /// The file is no road file any more, for this reason.
    Damaged(String),
}

/// The road map of `city`: read from the road file kept for it, or made and kept when that is missing, stale or damaged.
pub fn road_map(
    city: &City,
    options: &OpenOptions,
    progress: &dyn Progress,
) -> Result<RoadMap, CityError> {
    roads(city, options, progress).map(|roads| roads.map)
}

/// As [`road_map`], and how the roads were come by.
pub fn roads(
    city: &City,
    options: &OpenOptions,
    progress: &dyn Progress,
) -> Result<CityRoads, CityError> {
    let made_from = fingerprint(city)?;
    let file = options.cache.as_deref().map(|cache| road_file(city, cache));
    let because = match file.as_deref().map(|file| read_kept(file, made_from)) {
        Some(Ok(map)) => {
            return Ok(CityRoads { map, made: None, report: None, file, not_kept: None });
        }
        Some(Err(because)) => because,
        None => MadeBecause::Missing,
    };
    make(city, made_from, because, file, progress)
}

/// As [`roads`], but always made anew.
pub fn build_roads(
    city: &City,
    options: &OpenOptions,
    progress: &dyn Progress,
) -> Result<CityRoads, CityError> {
    let file = options.cache.as_deref().map(|cache| road_file(city, cache));
    make(city, fingerprint(city)?, MadeBecause::Missing, file, progress)
}

fn make(
    city: &City,
    made_from: Fingerprint,
    because: MadeBecause,
    file: Option<PathBuf>,
    progress: &dyn Progress,
) -> Result<CityRoads, CityError> {
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| CityError::Roads { source };
    let Roads { draft, report } =
        import(city, progress).map_err(|error| failed(Box::new(error)))?;
    let map = RoadMap::build(&draft, made_from).map_err(|error| failed(Box::new(error)))?;
    let written = file.as_deref().map_or(Ok(()), |file| {
        let write = write_whole(file, &map.to_bytes());
        write.map_err(|source| CityError::Write { path: file.to_owned(), source })
    });
    Ok(CityRoads { map, made: Some(because), report: Some(report), file, not_kept: written.err() })
}

fn import(city: &City, progress: &dyn Progress) -> Result<Roads, OsmError> {
    match &city.road_source {
        RoadSource::Osm { extract } => {
            let speeds = city.class_speeds();
            precinct_osm::read_roads(
                extract,
                &RoadOptions { clip: &city.clip, speeds: &speeds, progress },
            )
        }
        RoadSource::Dimacs { graph, coordinates, unit } => {
            precinct_osm::read_dimacs(graph, coordinates, *unit, progress)
        }
    }
}

fn read_kept(file: &Path, made_from: Fingerprint) -> Result<RoadMap, MadeBecause> {
    let damaged = |error: String| MadeBecause::Damaged(error);
    match std::fs::metadata(file) {
        Ok(about) if about.len() <= caps::ROAD_FILE_BYTES => {}
        Ok(about) => return Err(damaged(format!("it has {} bytes", about.len()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(MadeBecause::Missing),
        Err(error) => return Err(damaged(error.to_string())),
    }
    let bytes = std::fs::read(file).map_err(|error| damaged(error.to_string()))?;
    if RoadMap::peek_made_from(&bytes)
        .is_some_and(|(version, from)| version != ROAD_FILE_VERSION || from != made_from)
    {
        return Err(MadeBecause::Stale);
    }
    RoadMap::from_bytes(&bytes).map_err(|error| damaged(error.to_string()))
}

/// SHA-256 over everything the roads follow from: the version of the file and of the import, the clip, the speeds and every
/// byte of the source.
fn fingerprint(city: &City) -> Result<Fingerprint, CityError> {
    let mut hash = Sha256::new();
    hash.update(b"precinct roads\0");
    hash.update(ROAD_FILE_VERSION.to_le_bytes());
    hash.update(IMPORT_RULES.to_le_bytes());
    hash.update(env!("CARGO_PKG_VERSION"));
    hash_clip(&mut hash, &city.clip);
    match &city.road_source {
        RoadSource::Osm { extract } => {
            let speeds = city.class_speeds();
            for (class, profile) in
                RoadClass::ALL.into_iter().flat_map(|class| Profile::ALL.map(|one| (class, one)))
            {
                hash.update(speeds.get(class, profile).to_le_bytes());
            }
            // What is read of a file depends on the format its name tells.
            let format = precinct_osm::Format::of(extract).map_or(0, |format| format as u8 + 1);
            hash.update([b'o', format]);
            hash_file(&mut hash, extract)?;
        }
        RoadSource::Dimacs { graph, coordinates, unit } => {
            hash.update(b"d");
            hash.update(unit.numerator.to_le_bytes());
            hash.update(unit.denominator.to_le_bytes());
            hash_file(&mut hash, graph)?;
            hash_file(&mut hash, coordinates)?;
        }
    }
    Ok(Fingerprint(hash.finalize().into()))
}

fn hash_clip(hash: &mut Sha256, clip: &Clip) {
    let bytes = |place: LonLat| [place.lon().to_le_bytes(), place.lat().to_le_bytes()].concat();
    match clip {
        Clip::Everything => hash.update(b"e"),
        Clip::Bounds(bounds) => {
            hash.update(b"b");
            hash.update(bytes(bounds.min()));
            hash.update(bytes(bounds.max()));
        }
        Clip::Area(area) => {
            hash.update(b"a");
            for ring in area.rings() {
                hash.update((ring.len() as u64).to_le_bytes());
                for &place in ring {
                    hash.update(bytes(place));
                }
            }
        }
    }
}

/// The SHA-256 of a file's bytes, in hexadecimal digits.
pub fn file_sha256(path: &Path) -> Result<String, CityError> {
    let failed = |source| CityError::Read { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(failed)?;
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    let mut digits = String::with_capacity(64);
    for byte in digest {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    Ok(digits)
}

fn hash_file(hash: &mut Sha256, path: &Path) -> Result<(), CityError> {
    let failed = |source| CityError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let mut buffer = vec![0; 1 << 20];
    let mut length = 0_u64;
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            break;
        }
        length += read as u64;
        hash.update(&buffer[..read]);
    }
    hash.update(length.to_le_bytes());
    Ok(())
}
