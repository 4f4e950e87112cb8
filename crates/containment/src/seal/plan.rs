//! What is answered: the points, who goes where, and what is proven.

use precinct_base::{LonLat, Millis, NameId, NodeId, UnitId};

use super::question::Order;

/// A unit at a point. Times are counted from the moment the quarry left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manned {
    /// Which unit.
    pub unit: UnitId,
    /// When it is there.
    pub arrival: Millis,
    /// When the point is closed.
    pub ready: Millis,
    /// How long before the quarry can be there.
    pub slack: Millis,
}

/// A junction that is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which.
    pub node: NodeId,
    /// Where.
    pub at: LonLat,
    /// The names of the streets that meet there, each once.
    pub streets: Vec<NameId>,
    /// The earliest the quarry can be there, counted from leaving, if nothing were closed.
    pub quarry: Millis,
    /// Who closes it; nobody where no unit can be there in time.
    pub manned: Option<Manned>,
}

impl Point {
    /// The order of whoever closes it.
    pub fn order(&self) -> Option<Order> {
        self.manned.map(|manned| Order { unit: manned.unit, node: self.node })
    }
}

/// A way off the map that the quarry can have taken before anybody could close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lost {
    /// Where the road leaves the map.
    pub node: NodeId,
    /// When the quarry can be there.
    pub quarry: Millis,
}

/// What is known about a plan beyond that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    /// Sealed, and no fewer points can seal: as many ways out share no junction that anybody can close in time.
    Fewest,
    /// Sealed, and fewer points would seal but cannot be manned in time: all of those were tried.
    Assignment,
    /// Sealed; whether fewer points would do was not settled.
    Bound,
    /// Not sealed, and these units cannot seal it, wherever they go.
    Impossible,
    /// Not sealed; whether these units can was not settled.
    Unknown,
}

impl ProofKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Fewest, Self::Assignment, Self::Bound, Self::Impossible, Self::Unknown];

    /// Its name in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fewest => "fewest",
            Self::Assignment => "assignment",
            Self::Bound => "bound",
            Self::Impossible => "impossible",
            Self::Unknown => "unknown",
        }
    }
}

/// What was proven, and how hard it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What.
    pub kind: ProofKind,
    /// How many points are needed at least, whoever mans them: of these units if sealed, of any units otherwise.
    pub at_least: u32,
    /// Whether no plan with as few points has a greater least slack.
    pub most_slack: bool,
    /// How many cuts were computed.
    pub cuts: u32,
}

/// How large the question was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Junctions the quarry can reach by the horizon, and those just beyond.
    pub nodes: u32,
    /// Junctions they can be at now.
    pub now: u32,
    /// Junctions that stay within the points.
    pub inside: u32,
    /// Units that could be at some junction of the ball in time.
    pub units: u32,
}

/// A plan to keep somebody in.
///
/// Each point stands by itself: it is closed before the quarry can be there even if every other point were open, so one that fails
/// does not take others with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether every way out is cut in time.
    pub sealed: bool,
    /// The points, by node. Together they cut every way out that is not lost; of a plan that is not sealed some are manned by nobody.
    pub points: Vec<Point>,
    /// Ways off the map that cannot be closed any more.
    pub lost: Vec<Lost>,
    /// How many units more, at the points manned by nobody, this plan needs.
    pub missing: u32,
    /// How many more any plan needs at least.
    pub missing_at_least: u32,
    /// What is proven.
    pub proof: Proof,
    /// Sightings, by index, that the quarry cannot have been at if it left where and when it did. They narrow nothing.
    pub doubted: Vec<usize>,
    /// Whether it is the earlier plan, kept.
    pub kept: bool,
    /// How large the question was.
    pub size: Size,
    /// What time it was, counted from leaving.
    pub now: Millis,
}

impl Plan {
    /// The number of points.
    pub const fn cut_size(&self) -> usize {
        self.points.len()
    }

    /// The least slack of all points that are manned.
    pub fn least_slack(&self) -> Option<Millis> {
        self.points.iter().filter_map(|point| Some(point.manned?.slack)).min()
    }

    /// The orders it comes to.
    pub fn orders(&self) -> impl Iterator<Item = Order> + '_ {
        self.points.iter().filter_map(Point::order)
    }
}

/// Why a question cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The horizon is so near that a unit that stood everywhere could not close anything, or too far.
    #[error(
        "the quarry is to be kept in until {horizon} after leaving, but it is {now} and a point takes {setup} to set up: look further ahead than both, and not beyond {last}"
    )]
    Horizon {
        /// Until when.
        horizon: Millis,
        /// What time it is.
        now: Millis,
        /// How long a point takes.
        setup: Millis,
        /// The furthest one can look.
        last: Millis,
    },
    /// Nobody moves at no speed, and nobody twenty times as fast as traffic.
    #[error("a pace of {0} thousandths is none: give 50 to 20000")]
    Pace(u16),
    /// A sighting lies in the future.
    #[error("sighting {index} is at {when} after leaving, and it is {now}: give when it was")]
    Future {
        /// Which, from 0.
        index: usize,
        /// When.
        when: Millis,
        /// What time it is.
        now: Millis,
    },
    /// A network is over another road map.
    #[error(
        "the units of {profile} move on another road map than the quarry: build both networks from one map"
    )]
    Map {
        /// Whose.
        profile: &'static str,
    },
    /// A unit is given twice.
    #[error("unit {0} is given twice: give each unit once")]
    Twice(UnitId),
}
