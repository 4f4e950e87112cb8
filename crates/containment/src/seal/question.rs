//! What is asked: who left where and when, which units there are, and how long a point takes to set up.

use precinct_base::{Millis, NodeId, UnitId};
use precinct_roads::{Network, Profile, Snap};

/// How fast somebody is, in thousandths of what the network says: 1000 is as fast, 1500 half as fast again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pace(pub u16);

impl Pace {
    /// As fast as the network says.
    pub const ONE: Self = Self(1_000);
}

/// A place where the one who left was seen afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Where, on the quarry's network.
    pub at: Snap,
    /// When, since leaving.
    pub when: Millis,
    /// Whether it was certainly they. What is not sure widens where they can be; what is sure narrows it to what can be reached from
    /// there.
    pub sure: bool,
}

/// Who left: not a person, but where somebody can be by now.
#[derive(Clone, Copy, Debug)]
pub struct Quarry<'a> {
    /// The streets they move on, with the times they take there; see [`Network::against_one_ways`].
    pub roads: &'a Network,
    /// How fast they are.
    pub pace: Pace,
    /// Where they left.
    pub left: Snap,
    /// Where they were seen since, in any order.
    pub seen: &'a [Sighting],
}

/// That a unit has been standing at a point, which was set up then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The point.
    pub node: NodeId,
    /// Since when it holds, counted from leaving.
    pub since: Millis,
}

/// A unit that can be sent to a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitAt {
    /// Which.
    pub unit: UnitId,
    /// How it moves: its network is [`Question::networks`] at this profile.
    pub profile: Profile,
    /// Where it is now.
    pub at: Snap,
    /// How long until it starts.
    pub delay: Millis,
    /// The point it holds already.
    pub holds: Option<Held>,
}

/// That a unit goes to a point, from an earlier plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// The unit.
    pub unit: UnitId,
    /// The point.
    pub node: NodeId,
}

/// How to keep somebody in who left, all times counted from the moment they left.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Who left.
    pub quarry: Quarry<'a>,
    /// What time it is.
    pub now: Millis,
    /// Until when they are to be kept in: what they could reach by then is the ball, and they may not come out of it.
    pub horizon: Millis,
    /// How long a unit takes to close a point once it is there.
    pub setup: Millis,
    /// The networks units move on, by profile; units whose profile has none are left out. All are over the quarry's road map.
    pub networks: [Option<&'a Network>; Profile::COUNT],
    /// The units that may be sent.
    pub units: &'a [UnitAt],
    /// Whether a through road that ends at the edge of the map is a way out.
    pub edge_is_open: bool,
    /// Orders of an earlier plan, kept while they are as good.
    pub previous: &'a [Order],
    /// How much more slack a new plan has to have for the earlier one to be changed.
    pub steady: Millis,
    /// How many cuts may be computed where the first cannot be manned.
    pub effort: u32,
}

impl<'a> Question<'a> {
    /// A question with the usual settings: nothing held against the map's edge, 45 seconds to set up, nothing ordered before.
    pub fn new(quarry: Quarry<'a>, now: Millis, units: &'a [UnitAt]) -> Self {
        Self {
            quarry,
            now,
            horizon: now.saturating_add(Millis::from_minutes(10)),
            setup: Millis::from_seconds(45),
            networks: [None; Profile::COUNT],
            units,
            edge_is_open: true,
            previous: &[],
            steady: Millis::from_seconds(15),
            effort: 64,
        }
    }

    /// The same with a network for the units of its profile.
    #[must_use]
    pub const fn with_network(mut self, network: &'a Network) -> Self {
        self.networks[network.profile().index()] = Some(network);
        self
    }
}
