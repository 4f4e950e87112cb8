//! Where every unit is, made once a tick from the state and the latest places, and asked many times.

use std::sync::Arc;

use precinct_base::{LonLat, Millis, UnitId};
use precinct_core::{Doing, State};
use precinct_roads::{Fleet, Profile, Scratch, Snap};

use crate::about::About;
use crate::cover::{Cover, Crew, Crews};
use crate::places::DOOR;
use crate::{Covered, DemandPoint, Networks, Places, profile_of};

/// Where a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which.
    pub unit: UnitId,
    /// Where on the network of its vehicle; none for a boat, or one that is near no road it can use.
    pub snap: Option<Snap>,
    /// How old its fix is; none is "never seen": it is taken to be where `snap` says, at its home post.
    pub fix_age: Option<Millis>,
}

/// Why a field cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// A unit is in two places.
    #[error("unit {unit} is placed twice: give each unit once")]
    Twice {
        /// The unit.
        unit: UnitId,
    },
    /// A unit's place is on no segment of the map.
    #[error(
        "unit {unit} is placed on a street the road map does not have: snap it to the map the networks are over"
    )]
    Place {
        /// The unit.
        unit: UnitId,
    },
    /// A demand point's place is on no segment of the map.
    #[error(
        "demand point {index} is on a street the road map does not have: snap it to the map the networks are over"
    )]
    Demand {
        /// Which, from 0.
        index: usize,
    },
}

/// One unit of the field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) unit: UnitId,
    pub(crate) fix_age: Option<Millis>,
    pub(crate) profile: Option<Profile>,
    pub(crate) snap: Option<Snap>,
    /// Whether it will be elsewhere when it is next asked about.
    pub(crate) passes: bool,
}

/// The units of one profile as the roads know them, and which slot each is.
#[derive(Clone, Debug)]
struct OnRoad {
    fleet: Fleet,
    slots: Vec<u32>,
}

/// Where every unit is, and what those who are free cover, at one tick.
#[derive(Clone, Debug)]
pub struct Field {
    networks: Networks,
    slots: Vec<Slot>,
    roads: Roads,
    cover: Cover,
}

/// How times are found.
#[derive(Clone, Debug)]
enum Roads {
    /// By a search from the incident.
    Searched(Box<[Option<OnRoad>; Profile::COUNT]>),
    /// From what is known of places, and of who is about.
    Known(Arc<Places>, Box<About>),
}

/// How long every unit of a field takes to one place.
pub(crate) struct Times {
    /// By slot, in milliseconds; [`u32::MAX`] is none.
    by_slot: Vec<u32>,
    /// Whether the place is near a road of the profile.
    pub(crate) near_road: [bool; Profile::COUNT],
}

impl Times {
    pub(crate) fn of(&self, slot: usize) -> Option<Millis> {
        let ms = self.by_slot[slot];
        (ms != u32::MAX).then_some(Millis(ms))
    }
}

impl Field {
    /// The field of units `placed` in `state`, with the demand they are to cover (none is no cover told). Places of units the state
    /// does not have are left out.
    pub fn new(
        state: &State,
        networks: Networks,
        placed: &[Placed],
        demand: &Arc<[DemandPoint]>,
    ) -> Result<Self, FieldError> {
        if let Some(index) = demand.iter().position(|point| !on_map(&networks, &point.snap)) {
            return Err(FieldError::Demand { index });
        }
        let slots = slots(state, &networks, placed)?;
        let all = crews(&slots, |_| true);
        let free = |slot: &Slot| {
            let unit = state.units().get(&slot.unit);
            unit.is_some_and(|unit| unit.doing() == Some(Doing::Available))
        };
        let free = crews(&slots, free);
        let on_road = Profile::ALL.map(|profile| {
            let Crew { snaps, slots } = &all[profile.index()];
            let fleet = Fleet::new(networks.get(profile)?, snaps.clone());
            Some(OnRoad { fleet, slots: slots.clone() })
        });
        let cover = Cover::new(&networks, free, slots.len(), Arc::clone(demand));
        Ok(Self { networks, slots, roads: Roads::Searched(Box::new(on_road)), cover })
    }

    /// A field without units yet, for a driver that says of each where it goes and asks about the same places again and again. What it
    /// answers is what [`Field::new`] does without demand.
    pub fn following(places: Arc<Places>) -> Self {
        let networks = places.networks().clone();
        let cover = Cover::new(&networks, Crews::default(), 0, Arc::from([]));
        let roads = Roads::Known(places, Box::new(About::new(&networks)));
        Self { networks, slots: Vec::new(), roads, cover }
    }

    /// Says where a unit is, or is by now. A unit the state does not have is left out. The field must be one that follows.
    pub fn put(&mut self, state: &State, placed: Placed) -> Result<(), FieldError> {
        self.set(state, placed, false)
    }

    /// As [`Field::put`], of a unit that is on the move: it will be elsewhere when somebody asks again.
    pub fn pass(&mut self, state: &State, placed: Placed) -> Result<(), FieldError> {
        self.set(state, placed, true)
    }

    fn set(&mut self, state: &State, placed: Placed, passes: bool) -> Result<(), FieldError> {
        let Some(slot) = slot(state, &self.networks, placed)? else { return Ok(()) };
        let slot = Slot { passes, ..slot };
        let before = match self.slots.binary_search_by_key(&slot.unit, |slot| slot.unit) {
            Ok(at) => Some(std::mem::replace(&mut self.slots[at], slot)),
            Err(at) => {
                self.slots.insert(at, slot);
                None
            }
        };
        if let Roads::Known(_, about) = &mut self.roads {
            about.follow(&self.networks, before.as_ref(), &slot);
        }
        Ok(())
    }

    /// The networks it is on.
    pub const fn networks(&self) -> &Networks {
        &self.networks
    }

    /// How much demand the units free at this tick cover.
    pub const fn covered(&self) -> Covered {
        self.cover.covered()
    }

    pub(crate) const fn cover(&self) -> &Cover {
        &self.cover
    }

    /// The ways to a place, if the field follows and they are kept.
    pub(crate) fn kept(&self, at: LonLat) -> Option<&crate::Ways> {
        self.follows()?.0.kept(at)
    }

    /// What is known of places and of who is about, if the field follows.
    pub(crate) fn follows(&self) -> Option<(&Places, &About)> {
        match &self.roads {
            Roads::Searched(_) => None,
            Roads::Known(places, about) => Some((places, about)),
        }
    }

    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub(crate) fn slot_of(&self, unit: UnitId) -> Option<usize> {
        self.slots.binary_search_by_key(&unit, |slot| slot.unit).ok()
    }

    /// How long every unit takes to `at`, each on its own network.
    pub(crate) fn times(&self, scratch: &mut Scratch, at: LonLat, limit: Millis) -> Times {
        let mut times =
            Times { by_slot: vec![u32::MAX; self.slots.len()], near_road: [false; Profile::COUNT] };
        match &self.roads {
            Roads::Searched(on_road) => self.searched(scratch, on_road, at, limit, &mut times),
            Roads::Known(places, _) => self.known(scratch, places, at, limit, &mut times),
        }
        times
    }

    fn searched(
        &self,
        scratch: &mut Scratch,
        on_road: &[Option<OnRoad>; Profile::COUNT],
        at: LonLat,
        limit: Millis,
        times: &mut Times,
    ) {
        for (profile, network) in self.networks.each() {
            let Some(place) = network.snap(at, &DOOR) else { continue };
            times.near_road[profile.index()] = true;
            if let Some(on) = on_road[profile.index()].as_ref().filter(|on| !on.fleet.is_empty()) {
                let found = network.unit_times(scratch, &on.fleet, &place, limit);
                for (&slot, time) in on.slots.iter().zip(found) {
                    times.by_slot[slot as usize] = time.map_or(u32::MAX, |time| time.0);
                }
            }
        }
    }

    fn known(
        &self,
        scratch: &mut Scratch,
        places: &Places,
        at: LonLat,
        limit: Millis,
        times: &mut Times,
    ) {
        let ways = places.ways(scratch, at);
        times.near_road = ways.each_ref().map(Option::is_some);
        for (slot, told) in self.slots.iter().zip(&mut times.by_slot) {
            let Some((profile, snap)) = slot.profile.zip(slot.snap) else { continue };
            let (network, towards) = (self.networks.get(profile), &ways[profile.index()]);
            if let Some((network, towards)) = network.zip(towards.as_ref()) {
                let time = towards.time_from(network, &snap).filter(|time| *time <= limit);
                *told = time.map_or(u32::MAX, |time| time.0);
            }
        }
    }
}

fn slot(
    state: &State,
    networks: &Networks,
    Placed { unit, snap, fix_age }: Placed,
) -> Result<Option<Slot>, FieldError> {
    if snap.is_some_and(|snap| !on_map(networks, &snap)) {
        return Err(FieldError::Place { unit });
    }
    let Some(known) = state.units().get(&unit) else { return Ok(None) };
    let profile = profile_of(known.vehicle).filter(|&profile| networks.get(profile).is_some());
    Ok(Some(Slot { unit, fix_age, profile, snap, passes: false }))
}

fn slots(state: &State, networks: &Networks, placed: &[Placed]) -> Result<Vec<Slot>, FieldError> {
    let mut slots = Vec::with_capacity(placed.len());
    for &placed in placed {
        slots.extend(slot(state, networks, placed)?);
    }
    slots.sort_unstable_by_key(|slot| slot.unit);
    match slots.windows(2).find(|pair| pair[0].unit == pair[1].unit) {
        Some(pair) => Err(FieldError::Twice { unit: pair[0].unit }),
        None => Ok(slots),
    }
}

/// Whether a place is on a segment of the map; any is, as far as there is no network to ask.
fn on_map(networks: &Networks, snap: &Snap) -> bool {
    networks.each().next().is_none_or(|(_, network)| {
        let map = network.map();
        snap.segment.index() < map.segment_count()
            && snap.offset <= map.segment(snap.segment).length
    })
}

/// Those slots that stand on a road, by profile.
fn crews(slots: &[Slot], wanted: impl Fn(&Slot) -> bool) -> Crews {
    let mut crews = Crews::default();
    for (i, slot) in (0..).zip(slots).filter(|(_, slot)| wanted(slot)) {
        if let Some((profile, snap)) = slot.profile.zip(slot.snap) {
            let crew = &mut crews[profile.index()];
            crew.snaps.push(snap);
            crew.slots.push(i);
        }
    }
    crews
}
