//! Places that are asked about again and again: the times to each from everywhere, found once and shared by all who ask.
//!
//! Whoever plays a year of calls asks a million times about a few thousand crossings. A search from each call would find what the one
//! before it found; kept, an answer costs a look at two junctions for each unit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use precinct_base::LonLat;
use precinct_roads::{Profile, Scratch, Snap, SnapRules, Towards};

use crate::Networks;

/// How an incident is put on a road: nobody's door is on a motorway.
pub(crate) const DOOR: SnapRules =
    SnapRules { limit: precinct_base::Metres(1_000), islands: false, door: true };

/// The ways to one place, by profile; none where no road of the profile is near.
pub type Ways = [Option<Arc<Towards>>; Profile::COUNT];

/// Places whose doors are kept, at most.
const DOORS: usize = 1 << 20;

/// Places with the ways to them.
#[derive(Debug)]
pub struct Places {
    networks: Networks,
    known: BTreeMap<LonLat, Ways>,
    doors: Doors,
}

/// Where places are on the roads.
#[derive(Debug, Default)]
struct Doors {
    /// Rising.
    places: Vec<LonLat>,
    /// For each profile that has a network, by place.
    snaps: [Vec<Option<Snap>>; Profile::COUNT],
}

impl Places {
    /// The ways to each of `asked` on `networks`, the first of them in at most `room` bytes: what does not fit is found anew whenever it is
    /// asked about, and the answers are the same.
    pub fn new(networks: Networks, asked: impl IntoIterator<Item = LonLat>, room: usize) -> Self {
        let mut seen = BTreeSet::new();
        let mut all: Vec<LonLat> = asked.into_iter().filter(|&at| seen.insert(at)).collect();
        let of_one = networks.each().map(|(_, network)| bytes(network.map().node_count())).sum();
        all.truncate(room.checked_div(of_one).unwrap_or(usize::MAX));
        let mut known: BTreeMap<LonLat, Ways> =
            all.iter().map(|&at| (at, Ways::default())).collect();
        for (profile, network) in networks.each() {
            let near = |&at: &LonLat| Some((at, network.snap(at, &DOOR)?));
            let near: Vec<(LonLat, Snap)> = all.iter().filter_map(near).collect();
            let snaps: Vec<Snap> = near.iter().map(|place| place.1).collect();
            for ((at, _), towards) in near.iter().zip(network.towards_all(&snaps)) {
                if let Some(ways) = known.get_mut(at) {
                    ways[profile.index()] = Some(Arc::new(towards));
                }
            }
        }
        Self { networks, known, doors: Doors::default() }
    }

    /// The same, knowing where on the roads each of `asked` is, so that nobody has to look for it again.
    #[must_use]
    pub fn with_doors(mut self, asked: impl IntoIterator<Item = LonLat>) -> Self {
        let asked: BTreeSet<LonLat> = asked.into_iter().collect();
        let places: Vec<LonLat> = asked.into_iter().take(DOORS).collect();
        self.doors = Doors { places, ..Doors::default() };
        for (profile, network) in self.networks.each() {
            let of_all = self.doors.places.iter().map(|&at| network.snap(at, &DOOR));
            self.doors.snaps[profile.index()] = of_all.collect();
        }
        self
    }

    /// The networks the ways are on.
    pub const fn networks(&self) -> &Networks {
        &self.networks
    }

    /// The ways to a place, if they are kept.
    pub(crate) fn kept(&self, at: LonLat) -> Option<&Ways> {
        self.known.get(&at)
    }

    /// Where a place is on the roads of a profile.
    pub fn snap(&self, profile: Profile, at: LonLat) -> Option<Snap> {
        if let Ok(place) = self.doors.places.binary_search(&at) {
            return self.doors.snaps[profile.index()].get(place).copied().flatten();
        }
        match self.known.get(&at) {
            Some(ways) => ways[profile.index()].as_ref().map(|towards| *towards.place()),
            None => self.networks.get(profile)?.snap(at, &DOOR),
        }
    }

    /// The ways to a place.
    pub fn ways(&self, scratch: &mut Scratch, at: LonLat) -> Ways {
        if let Some(ways) = self.known.get(&at) {
            return ways.clone();
        }
        Profile::ALL.map(|profile| {
            let network = self.networks.get(profile)?;
            Some(Arc::new(network.towards(scratch, network.snap(at, &DOOR)?)))
        })
    }
}

/// What one place takes on a network of so many nodes: a time and a way on for each.
const fn bytes(nodes: usize) -> usize {
    2 * size_of::<u32>() * nodes
}
