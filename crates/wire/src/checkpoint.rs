//! Checkpoints at work: lanes, and numbers of what was counted. Nobody who passes is known.

use precinct_base::PostId;
use precinct_core::{Checkpoint, CheckpointOrder, Code, Count, CountId, Find, StaffNo, Tally};
use serde::{Deserialize, Serialize};

use crate::Time;

/// How many lanes are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LanesBody {
    /// Lanes that are open.
    pub lanes: u8,
    /// How many people work there.
    pub staff: u16,
}

/// How many things of a type were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindDoc {
    /// What, a hazard of the catalogue: a thing, never a person.
    #[schema(value_type = String, example = "explosives")]
    pub kind: Code,
    /// How many times.
    pub count: u32,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountBody {
    /// From when.
    pub from: Time,
    /// Until when.
    pub until: Time,
    /// Vehicles that passed.
    pub vehicles: u32,
    /// People that passed, those in vehicles among them.
    pub people: u32,
    /// What was found, by type.
    #[serde(default)]
    pub finds: Vec<FindDoc>,
    /// Vehicles that waited at the end; none is not counted.
    pub queue: Option<u32>,
    /// The earlier entry in whose place this one is right.
    pub corrects: Option<u32>,
}

impl From<FindDoc> for Find {
    fn from(FindDoc { kind, count }: FindDoc) -> Self {
        Self { kind, count }
    }
}

impl From<Find> for FindDoc {
    fn from(Find { kind, count }: Find) -> Self {
        Self { kind, count }
    }
}

impl CountBody {
    /// The order to enter it.
    pub fn order(self) -> CheckpointOrder {
        let tally = Tally {
            from: self.from.0,
            until: self.until.0,
            vehicles: self.vehicles,
            people: self.people,
            finds: self.finds.into_iter().map(Find::from).collect(),
            queue: self.queue,
        };
        CheckpointOrder::Count { tally, corrects: self.corrects.map(CountId) }
    }
}

/// An entry of what was counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct CountDoc {
    /// Its number.
    pub count: u32,
    /// When it was entered.
    pub at: Time,
    /// By whom.
    #[schema(value_type = String)]
    pub by: StaffNo,
    /// Lanes that were open when it was entered.
    pub lanes: u8,
    /// From when was counted.
    pub from: Time,
    /// Until when.
    pub until: Time,
    /// Vehicles that passed.
    pub vehicles: u32,
    /// People that passed, those in vehicles among them.
    pub people: u32,
    /// What was found, by type.
    pub finds: Vec<FindDoc>,
    /// Vehicles that waited at the end; none is not counted.
    pub queue: Option<u32>,
    /// The later entry that is right in its place.
    pub corrected_by: Option<u32>,
}

impl From<&Count> for CountDoc {
    fn from(count: &Count) -> Self {
        let Tally { from, until, vehicles, people, ref finds, queue } = count.tally;
        Self {
            count: count.count.0,
            at: count.at.wall.into(),
            by: count.by,
            lanes: count.lanes,
            from: from.into(),
            until: until.into(),
            vehicles,
            people,
            finds: finds.iter().copied().map(FindDoc::from).collect(),
            queue,
            corrected_by: count.corrected.map(|by| by.0),
        }
    }
}

/// A checkpoint at work. Sums are of the entries at hand that no later one corrects.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct CheckpointDoc {
    /// Its post.
    pub post: u32,
    /// Lanes that are open.
    pub lanes: u8,
    /// How many people work there.
    pub staff: u16,
    /// Since when it is so; none is that nobody has said.
    pub since: Option<Time>,
    /// Since when there are entries at hand.
    pub counted_from: Option<Time>,
    /// Vehicles that passed since.
    pub vehicles: u64,
    /// People that passed since.
    pub people: u64,
    /// What was found since, by type.
    pub finds: Vec<FindDoc>,
    /// Vehicles that waited when it was last counted.
    pub queue: Option<u32>,
    /// When that was.
    pub queue_at: Option<Time>,
    /// How long who joins that queue waits, if vehicles pass as fast by lane as they did then; none where it cannot be told.
    pub wait_ms: Option<u32>,
}

impl CheckpointDoc {
    /// A checkpoint as a document.
    pub fn new(id: PostId, checkpoint: &Checkpoint) -> Self {
        let queued = checkpoint.queued();
        Self {
            post: id.0,
            lanes: checkpoint.lanes,
            staff: checkpoint.staff,
            since: checkpoint.since.map(|since| since.wall.into()),
            counted_from: checkpoint.holding().map(|count| count.tally.from.into()).min(),
            vehicles: checkpoint.holding().map(|count| u64::from(count.tally.vehicles)).sum(),
            people: checkpoint.holding().map(|count| u64::from(count.tally.people)).sum(),
            finds: checkpoint.finds().map(FindDoc::from).collect(),
            queue: queued.and_then(|count| count.tally.queue),
            queue_at: queued.map(|count| count.tally.until.into()),
            wait_ms: checkpoint.wait().map(|wait| wait.0),
        }
    }
}

/// How many lanes an hour of the day needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct LaneHourDoc {
    /// The local hour, 0 to 23.
    pub hour: u32,
    /// Vehicles that came in an hour, on average of what was counted in it.
    pub vehicles: u32,
    /// The fewest lanes at which they do not wait longer than they may; none is that no number of lanes would do.
    pub lanes: Option<u32>,
    /// How long they wait on average then.
    pub wait_ms: Option<u32>,
}

/// How many lanes at which hour.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct LanesPlanDoc {
    /// The checkpoint.
    pub post: u32,
    /// How long one may wait on average.
    pub wait_ms: u32,
    /// Vehicles an hour through one lane, as fast as a lane was in any entry at hand; none where nothing was counted with a lane open.
    pub per_lane: Option<u32>,
    /// Hours of the day in which something was counted.
    pub hours: Vec<LaneHourDoc>,
}
