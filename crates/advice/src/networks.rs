//! The networks of those who travel, one for each profile, over one map.

use std::sync::Arc;

use precinct_core::Vehicle;
use precinct_roads::{Network, Profile};

/// A network that is not over the map of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the network for {} is not over the same road map as the others: make it from one of them with `Network::with`", profile.name()
)]
pub struct OtherMap {
    /// Whose network it is.
    pub profile: Profile,
}

/// A network for each profile that has one, all over one map.
#[derive(Clone, Debug, Default)]
pub struct Networks {
    by_profile: [Option<Arc<Network>>; Profile::COUNT],
}

/// How a unit with this vehicle travels on roads; a boat does not.
pub const fn profile_of(vehicle: Vehicle) -> Option<Profile> {
    match vehicle {
        Vehicle::Car => Some(Profile::PoliceCar),
        Vehicle::Motorcycle => Some(Profile::Motorcycle),
        Vehicle::Bicycle => Some(Profile::Bicycle),
        Vehicle::Foot => Some(Profile::Foot),
        Vehicle::Boat => None,
    }
}

impl Networks {
    /// These networks; of several for one profile the last.
    pub fn new(networks: impl IntoIterator<Item = Arc<Network>>) -> Result<Self, OtherMap> {
        let mut all = Self::default();
        for network in networks {
            let profile = network.profile();
            if all.each().any(|(_, other)| !std::ptr::eq(other.map(), network.map())) {
                return Err(OtherMap { profile });
            }
            all.by_profile[profile.index()] = Some(network);
        }
        Ok(all)
    }

    /// The network of a profile.
    pub fn get(&self, profile: Profile) -> Option<&Network> {
        self.by_profile[profile.index()].as_deref()
    }

    /// Every profile that has a network, with it.
    pub fn each(&self) -> impl Iterator<Item = (Profile, &Network)> {
        Profile::ALL.into_iter().filter_map(|profile| Some((profile, self.get(profile)?)))
    }
}
