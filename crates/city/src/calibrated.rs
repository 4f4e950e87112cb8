//! What was fitted to a city's own record, and the streets as it makes them.

use std::path::Path;
use std::sync::Arc;

use precinct_base::Said;
use precinct_base::{HourOfWeek, LonLat, SegmentId, caps};
use precinct_calibration::Calibration;
use precinct_roads::{Network, Profile, RoadMap, SpeedTable};
use sha2::{Digest as _, Sha256};

use crate::inputs::Inputs;
use crate::{Area, City, Fault, Faults, OpenOptions, Severity, says};

/// A calibration the city's file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityCalibration {
    /// The file, as the city's file names it.
    pub file: String,
    /// Sixteen hexadecimal digits of the SHA-256 of its bytes: the version to tell wherever minutes are told.
    pub checksum: String,
    /// What it says.
    pub calibration: Calibration,
}

/// Reads the calibration that a line of the city's file names, unless speeds are wanted as imported; if it cannot be used, the city is
/// refused.
pub(crate) fn calibration(
    inputs: &mut Inputs,
    named: Option<(String, u64)>,
    options: &OpenOptions,
) -> Option<CityCalibration> {
    let (file, line) = named.filter(|_| !options.as_imported)?;
    let path = inputs.find(&file, line)?;
    match read(&path) {
        Ok((calibration, checksum)) => Some(CityCalibration { file, checksum, calibration }),
        Err(what) => {
            let mend = says::make_calibration();
            inputs.faults.push(Fault::new(Severity::Refusal, file, what, mend));
            None
        }
    }
}

fn read(path: &Path) -> Result<(Calibration, String), Said> {
    let length = std::fs::metadata(path).map_err(says::calibration_unread)?.len();
    if length > caps::CITY_FILE_BYTES {
        return Err(says::file_bytes(length, caps::CITY_FILE_BYTES));
    }
    let bytes = std::fs::read(path).map_err(says::calibration_unread)?;
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let text = String::from_utf8(bytes).map_err(|_| says::file_not_utf8())?;
    let calibration = Calibration::parse(&text).map_err(says::calibration_unread)?;
    Ok((calibration, digits(&hash)))
}

/// The first sixteen hexadecimal digits of a digest.
fn digits(hash: &[u8; 32]) -> String {
    let [a, b, c, d, e, f, g, h, ..] = *hash;
    format!("{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

/// What an area is called in a calibration: its id, else its name.
pub fn area_key(area: &Area) -> String {
    if area.id.is_empty() { area.name.local.clone() } else { area.id.clone() }
}

impl City {
    /// What each area is called in a calibration, in the order of [`City::areas`].
    pub fn area_keys(&self) -> Vec<String> {
        self.areas.iter().map(area_key).collect()
    }

    /// For each segment the number of the smallest area its middle lies in, by its place in [`City::areas`] and from 1; 0 is outside of
    /// all.
    pub fn segment_areas(&self, map: &RoadMap) -> Vec<u16> {
        let area = |id: SegmentId| {
            let segment = map.segment(id);
            let middle = between(map.node_at(segment.from), map.node_at(segment.to));
            let smallest = self
                .areas_at(middle)
                .into_iter()
                .max_by_key(|area| (self.areas[area.index()].level, std::cmp::Reverse(*area)));
            smallest.and_then(|area| u16::try_from(area.index() + 1).ok()).unwrap_or(0)
        };
        map.segment_ids().map(area).collect()
    }

    /// The streets as `profile` finds them at `hour`: as calibrated, if the city is and for this profile; else as imported.
    pub fn network(&self, map: &Arc<RoadMap>, profile: Profile, hour: HourOfWeek) -> Network {
        let Some(speeds) = self.speeds_of(profile) else {
            return Network::new(map.clone(), profile, &SpeedTable::as_imported(), hour);
        };
        let areas = self.segment_areas(map);
        let area = |segment: SegmentId| areas.get(segment.index()).copied().unwrap_or(0);
        Network::in_areas(map.clone(), profile, &speeds, hour, area)
    }

    /// How much longer streets take at each hour of the week than at `base`, in thousandths; as long always, where `profile` is not
    /// calibrated. An hour scales all streets alike, so the quickest way is the same at each, and one network serves the whole week.
    pub fn pace_by_hour(&self, profile: Profile, base: HourOfWeek) -> Vec<u16> {
        let Some(used) = self.calibrated_for(profile) else {
            return vec![1_000; HourOfWeek::COUNT];
        };
        let hours = &used.calibration.speeds.hour;
        let own = u32::from(hours.get(base.index()).copied().unwrap_or(1_000).max(1));
        let of_base = |&hour: &u16| (u32::from(hour) * 1_000 + own / 2) / own;
        hours.iter().map(|hour| u16::try_from(of_base(hour)).unwrap_or(u16::MAX)).collect()
    }

    /// The calibration that minutes of `profile` come from, if any was fitted for it.
    pub fn calibrated_for(&self, profile: Profile) -> Option<&CityCalibration> {
        self.calibration.as_ref().filter(|used| used.calibration.speeds.profile() == Some(profile))
    }

    /// The table of speeds that was fitted for `profile`, if any was; its areas are those of [`City::segment_areas`].
    pub fn speeds_of(&self, profile: Profile) -> Option<SpeedTable> {
        Some(self.calibrated_for(profile)?.calibration.speeds.table(&self.area_keys()))
    }
}

/// Half-way between two places that are near each other.
fn between(a: LonLat, b: LonLat) -> LonLat {
    let half = |a: i32, b: i32| i32::midpoint(a, b);
    LonLat::new(half(a.lon(), b.lon()), half(a.lat(), b.lat())).unwrap_or(a)
}

/// Notes a calibration that was fitted on other streets than these, and areas it has factors for that the city does not have.
pub(crate) fn tell_calibration(city: &City, map: &RoadMap, faults: &mut Faults) {
    let Some(used) = &city.calibration else { return };
    let mut note =
        |what| faults.push(Fault::new(Severity::Note, &used.file, what, says::fit_anew()));
    let made = &used.calibration.made;
    if made.roads != roads_version(map) {
        note(says::calibration_roads());
    }
    let keys = city.area_keys();
    let speeds = &used.calibration.speeds;
    if let Some(unknown) = speeds.area.keys().find(|area| !keys.contains(area)) {
        note(says::calibration_area(says::shown(unknown)));
    }
}

/// The version of streets, as a calibration and a served city tell it: sixteen hexadecimal digits of the fingerprint of what they were
/// made from.
pub fn roads_version(map: &RoadMap) -> String {
    digits(&map.made_from().0)
}
