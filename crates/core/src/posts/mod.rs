//! Posts: fixed places that units work from, with their hours and what is ordered for them.

pub(crate) mod apply;
mod decide;
mod hours;
mod rejection;

use precinct_base::{AreaId, LonLat, PostKind};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::{change, set};
pub use self::hours::Hours;
pub use self::rejection::PostRejection;
use crate::{Code, Moment, StaffNo, Title};

/// What a post, above all a checkpoint, is ordered to be.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// As usual.
    #[default]
    Open,
    /// With more people and a closer look at goods and vehicles; what is kept is counts.
    Reinforced,
    /// Nobody passes.
    Closed,
}

/// What was ordered for a post: never without an approver and an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostOrder {
    /// What it is.
    pub state: PostState,
    /// Why.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// Since when.
    pub since: Moment,
    /// When it is open again.
    pub until: Moment,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Police station, street station, checkpoint, …
    pub kind: PostKind,
    /// The area it is in.
    pub area: AreaId,
    /// Where it is.
    pub at: LonLat,
    /// When it is manned, in local hours of the week.
    pub hours: Hours,
    /// Its level, 1 (highest) to 3.
    pub level: u8,
    /// Its name.
    pub title: Title,
    /// What was ordered for it; nothing is open.
    pub order: Option<PostOrder>,
}

impl Post {
    /// What it is now.
    pub fn state(&self) -> PostState {
        self.order.map_or(PostState::Open, |order| order.state)
    }
}
