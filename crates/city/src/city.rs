//! A city as the rest of Precinct sees it: every input read, mapped, filtered and checked.

use std::path::{Path, PathBuf};

use precinct_base::{AreaId, LonLat, Metres, Millis, MultiPolygon};
use precinct_osm::{ClassSpeeds, TimeUnit};
use precinct_roads::{Name, Profile, RoadClass};

use crate::addresses::AddressBook;
use crate::calibrated::CityCalibration;
use crate::locate::ShapeIndex;
use crate::{AreaLevel, Clip, Faults, Grade, PostKind, SiteKind, Thresholds};

/// A fixed place that units work from. Its [`precinct_base::PostId`] is its position in [`City::posts`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What it is.
    pub kind: PostKind,
    /// What it is called; may be empty.
    pub name: Name,
    /// The number it has in its source; may be empty.
    pub id: String,
    /// Where it is.
    pub at: LonLat,
}

/// A protected place. Its [`precinct_base::SiteId`] is its position in [`City::sites`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What it is.
    pub kind: SiteKind,
    /// What it is called; may be empty.
    pub name: Name,
    /// The number it has in its source; may be empty.
    pub id: String,
    /// Where it is.
    pub at: LonLat,
    /// Its grade, which sets the minutes within which it is to be reached.
    pub grade: Grade,
}

/// A part of the city. Its [`AreaId`] is its position in [`City::areas`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// How large it is among areas.
    pub level: AreaLevel,
    /// What it is called; may be empty.
    pub name: Name,
    /// The number it has in its source; may be empty.
    pub id: String,
    /// The ground it covers.
    pub shape: MultiPolygon,
    /// The grade of the places in it, where it sets one.
    pub grade: Option<Grade>,
}

/// A place where calls for help arise. Its [`precinct_base::DemandId`] is its position in [`City::demand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Where it is.
    pub at: LonLat,
    /// How much, in thousandths of [`DemandUse::measure`]: one person or one call is 1,000.
    pub weight: u32,
    /// What the place is called; may be empty.
    pub name: Name,
    /// Its grade, which sets the minutes within which it is to be reached.
    pub grade: Grade,
    /// The smallest area it lies in.
    pub area: Option<AreaId>,
}

/// A place to be visited again and again (必巡点), as the city plans it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotSpot {
    /// What it is called; may be empty.
    pub name: Name,
    /// The number it has in its source; may be empty.
    pub id: String,
    /// Its middle.
    pub at: LonLat,
    /// How far round it a unit is still there.
    pub radius: Metres,
    /// How long a visit is planned to last.
    pub dose: Millis,
    /// How soon it is to be visited again.
    pub every: Millis,
}

impl HotSpot {
    /// What it is known by from one reading of its table to the next: its id, else its name, else its place. What was counted of it is kept
    /// under this.
    pub fn key(&self) -> String {
        [&self.id, &self.name.local]
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or_else(|| self.at.to_string(), Clone::clone)
    }
}

/// What [`Demand::weight`] counts in: thousandths.
pub const WEIGHT_ONE: u32 = 1_000;

/// One demand the city's file offers; one of them is in use.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DemandUse {
    /// What it is called in the city's file.
    pub name: String,
    /// What one unit of it is: `people`, `calls`.
    pub measure: String,
    /// Whether it is the one in [`City::demand`].
    pub in_use: bool,
    /// Whether it is a guess from the buildings of the extract.
    pub estimated: bool,
}

/// Where the roads come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoadSource {
    /// An OpenStreetMap extract: `.osm.pbf`, `.osm` or `.osm.gz`.
    Osm {
        /// The file, found.
        extract: PathBuf,
    },
    /// A graph of the 9th DIMACS challenge.
    Dimacs {
        /// The arcs with their times, found.
        graph: PathBuf,
        /// The coordinates of the nodes, found.
        coordinates: PathBuf,
        /// Milliseconds of one unit of its times.
        unit: TimeUnit,
    },
}

/// A speed the city sets for a class of road, in place of the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed {
    /// The class.
    pub class: RoadClass,
    /// Whose speed.
    pub profile: Profile,
    /// Kilometres an hour, 1 to [`ClassSpeeds::FASTEST`].
    pub kmh: u16,
}

/// Everything that is known of a city but its roads, which [`crate::road_map`] gives.
#[derive(Clone, Debug)]
pub struct City {
    /// What it is called.
    pub name: Name,
    /// IANA time zone, such as `Asia/Shanghai`.
    pub time_zone: String,
    /// What of the extract belongs to it.
    pub clip: Clip,
    /// Where its roads come from.
    pub road_source: RoadSource,
    /// The speeds it sets itself, sorted; all others are the defaults of `precinct-osm`.
    pub speeds: Vec<Speed>,
    /// What was fitted to its own record, if its file names that.
    pub calibration: Option<CityCalibration>,
    /// Where units work from.
    pub posts: Vec<Post>,
    /// Protected places.
    pub sites: Vec<Site>,
    /// Parts of the city, the largest level first.
    pub areas: Vec<Area>,
    /// Where calls arise. Empty if no demand is known: then streets are all that can be counted.
    pub demand: Vec<Demand>,
    /// The demands its file offers.
    pub demand_uses: Vec<DemandUse>,
    /// Places to be visited again and again.
    pub hot_spots: Vec<HotSpot>,
    /// The minutes for each grade of place.
    pub thresholds: Thresholds,
    /// What to show wherever its data is shown.
    pub attribution: Vec<String>,
    /// What was wrong with its inputs; rows that could not be used are not in the lists above.
    pub faults: Faults,
    /// Where its addresses are; they are read by [`City::read_addresses`].
    pub(crate) address_book: AddressBook,
    /// Its file, or the extract it is made of.
    pub(crate) place: PathBuf,
    pub(crate) index: ShapeIndex,
}

impl City {
    /// The city's own file, or the extract it is made of.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// The speeds its roads are imported at: the defaults, and those it sets itself.
    pub fn class_speeds(&self) -> ClassSpeeds {
        let mut speeds = ClassSpeeds::default();
        for speed in &self.speeds {
            // Those out of range were refused when the city's file was read.
            _ = speeds.set(speed.class, speed.profile, speed.kmh);
        }
        speeds
    }

    /// The sum of demand, in thousandths of its measure.
    pub fn demand_total(&self) -> u64 {
        self.demand.iter().map(|one| u64::from(one.weight)).sum()
    }

    /// What one unit of the demand in use is: `people`, `calls`.
    pub fn demand_measure(&self) -> Option<&str> {
        self.demand_uses.iter().find(|one| one.in_use).map(|one| one.measure.as_str())
    }

    /// Every area `place` lies in, the largest level first.
    pub fn areas_at(&self, place: LonLat) -> Vec<AreaId> {
        let shape = |index: usize| self.areas.get(index).map(|area| &area.shape);
        self.index.at(place, shape).map(|index| AreaId(index as u32)).collect()
    }
}
