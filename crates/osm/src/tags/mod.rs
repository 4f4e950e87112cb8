//! The tag rules: what a road's tags say about who may use it, which way and how fast. Each rule is a function of the tags alone.

mod access;
mod barrier;
mod direction;
mod highway;
mod maxspeed;
mod name;
mod who;
mod zone;

pub(crate) use barrier::closed_by_barrier;
pub(crate) use name::name_of;
pub(crate) use who::Who;

use precinct_roads::{Along, RoadClass};

use crate::element::Tags;
use highway::Kind;

/// What the tags of a road say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Road {
    /// Its class.
    pub(crate) class: RoadClass,
    /// Who may go along it, by [`Along`].
    pub(crate) open: [Who; 2],
    /// Its speed limit, by [`Along`]. km/h.
    pub(crate) limit: [Option<u16>; 2],
    /// Whether it gives a speed limit that cannot be meant.
    pub(crate) odd_limit: bool,
}

/// What the tags of a way say if it is a road that anybody may use.
pub(crate) fn road(tags: Tags<'_>) -> Option<Road> {
    let kind = highway::kind(tags)?;
    let [forward, backward] =
        [Along::Forward, Along::Backward].map(|along| open(kind, tags, along));
    if forward.is_nobody() && backward.is_nobody() {
        return None;
    }
    let limits = maxspeed::limits(tags);
    Some(Road {
        class: kind.class,
        open: [forward, backward],
        limit: limits.along,
        odd_limit: limits.odd,
    })
}

fn open(kind: Kind, tags: Tags<'_>, along: Along) -> Who {
    access::who(kind, tags, along).both(direction::who(kind, tags, along))
}
