//! Which demand the free units cover within its thresholds, and what becomes of that when some of them are gone.
//!
//! For every demand point the two free units that are there first are kept. When one unit goes, a point it was first at falls to the
//! second, so what its going costs is one sum, made for all units together when the field is made.

use std::sync::Arc;

use precinct_base::{Millis, caps};
use precinct_roads::{Fleet, Profile, Scratch, Snap, Way};

use crate::Networks;

/// Where help may be needed, and how soon it is to be there. Points on one stretch of road are merged by who gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemandPoint {
    /// Where, on the map the networks are over.
    pub snap: Snap,
    /// How much it counts.
    pub weight: u32,
    /// Its three thresholds, rising.
    pub thresholds: [Millis; 3],
}

/// Demand covered within each of its thresholds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// The weight within each threshold.
    pub within: [u64; 3],
    /// The weight of all demand.
    pub of: u64,
}

/// What sending units does to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// With everybody who is free.
    pub before: Covered,
    /// Without those who are sent.
    pub after: Covered,
}

/// Units of one profile: where each is, and its slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crew {
    pub(crate) snaps: Vec<Snap>,
    pub(crate) slots: Vec<u32>,
}

/// Units by profile.
pub(crate) type Crews = [Crew; Profile::COUNT];

/// Milliseconds and slot of who is there first, and of who is next; [`u32::MAX`] is nobody.
pub(crate) type First = [(u32, u32); 2];

const NOBODY: (u32, u32) = (u32::MAX, u32::MAX);

/// What the free units cover.
#[derive(Clone, Debug)]
pub(crate) struct Cover {
    pub(crate) demand: Arc<[DemandPoint]>,
    pub(crate) crews: Crews,
    fleets: [Option<Fleet>; Profile::COUNT],
    pub(crate) first: Vec<First>,
    /// Points by the slot that is first there.
    by_first: Vec<(u32, u32)>,
    /// By slot: what is lost within each threshold when it goes.
    pub(crate) lost: Vec<[u64; 3]>,
    covered: Covered,
}

impl Cover {
    /// The cover of `demand` by `crews`, whose slots are below `slots`.
    pub(crate) fn new(
        networks: &Networks,
        crews: Crews,
        slots: usize,
        demand: Arc<[DemandPoint]>,
    ) -> Self {
        let first = first(networks, &crews, &demand);
        let fleets = Profile::ALL.map(|profile| {
            let network = networks.get(profile).filter(|_| !demand.is_empty())?;
            Some(Fleet::new(network, crews[profile.index()].snaps.clone()))
        });
        let mut lost = vec![[0; 3]; slots];
        let mut by_first: Vec<(u32, u32)> = Vec::new();
        let mut covered = Covered::default();
        for (i, (point, first)) in (0..).zip(demand.iter().zip(&first)) {
            let weight = u64::from(point.weight);
            covered.of += weight;
            let Some(lost) = lost.get_mut(first[0].1 as usize) else { continue };
            by_first.push((first[0].1, i));
            for (k, threshold) in point.thresholds.iter().enumerate() {
                let [had, has] = first.map(|(ms, _)| within(ms, *threshold));
                covered.within[k] += weight * u64::from(had);
                lost[k] += weight * u64::from(had && !has);
            }
        }
        by_first.sort_unstable();
        Self { demand, crews, fleets, first, by_first, lost, covered }
    }

    pub(crate) const fn covered(&self) -> Covered {
        self.covered
    }

    /// What is lost when one unit goes; nothing for one that is not free.
    pub(crate) fn lost(&self, slot: usize) -> [u64; 3] {
        self.lost.get(slot).copied().unwrap_or_default()
    }

    /// What is left when all of these are gone, exactly; `gone` rises.
    pub(crate) fn without(
        &self,
        networks: &Networks,
        scratch: &mut Scratch,
        gone: &[u32],
    ) -> Covered {
        let mut left = self.covered;
        for &slot in gone {
            let start = self.by_first.partition_point(|entry| entry.0 < slot);
            let own = self.by_first[start..].iter().take_while(|entry| entry.0 == slot);
            for &(_, point) in own {
                let (first, point) = (&self.first[point as usize], &self.demand[point as usize]);
                let next = if gone.binary_search(&first[1].1).is_ok() {
                    self.next(networks, scratch, point, gone)
                } else {
                    first[1].0
                };
                for (k, threshold) in point.thresholds.iter().enumerate() {
                    let falls = within(first[0].0, *threshold) && !within(next, *threshold);
                    left.within[k] -= u64::from(point.weight) * u64::from(falls);
                }
            }
        }
        left
    }

    /// Milliseconds of who is first at a point when all of `gone` are not there.
    fn next(
        &self,
        networks: &Networks,
        scratch: &mut Scratch,
        point: &DemandPoint,
        gone: &[u32],
    ) -> u32 {
        let limit = point.thresholds.into_iter().max().unwrap_or_default();
        let first = networks.each().filter_map(|(profile, network)| {
            let fleet = self.fleets[profile.index()].as_ref()?;
            let near = network.nearest_units(scratch, fleet, &point.snap, gone.len() + 1, limit);
            let slots = &self.crews[profile.index()].slots;
            let left = |&&(i, _): &&(usize, Millis)| gone.binary_search(&slots[i]).is_err();
            near.iter().find(left).map(|(_, time)| time.0)
        });
        first.min().unwrap_or(u32::MAX)
    }
}

/// Whether somebody who takes `ms` is there in time; nobody never is.
pub(crate) const fn within(ms: u32, threshold: Millis) -> bool {
    ms <= threshold.0 && ms <= caps::SEARCH_LIMIT_MS
}

/// The two of `crews` that are first at each point, on whatever network.
fn first(networks: &Networks, crews: &Crews, demand: &[DemandPoint]) -> Vec<First> {
    let mut all = vec![[NOBODY; 2]; demand.len()];
    let limit = demand.iter().flat_map(|point| point.thresholds).max().unwrap_or_default();
    for (profile, network) in networks.each() {
        let crew = &crews[profile.index()];
        if crew.snaps.is_empty() || demand.is_empty() {
            continue;
        }
        let two = network.two_nearest(&crew.snaps, limit, Way::Out);
        for (first, point) in all.iter_mut().zip(demand) {
            for (time, i) in two.at(&point.snap).into_iter().flatten() {
                let new = (time.0, crew.slots[i]);
                if new < first[0] {
                    *first = [new, first[0]];
                } else if new < first[1] {
                    first[1] = new;
                }
            }
        }
    }
    all
}
