//! How ready a ring is: which crossings have a post, which are manned, and how soon the rest can be.

use precinct_base::{LonLat, Metres, Millis, PostId};
use precinct_roads::{Network, Profile, Scratch, Snap};

use super::crossings::Crossing;
use crate::close::{Closed, Closing, close};
use crate::seal::UnitAt;

/// A checkpoint post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostPlace {
    /// Which.
    pub post: PostId,
    /// Where.
    pub at: LonLat,
    /// Whether somebody is there now.
    pub manned: bool,
}

/// How ready a ring is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// For each crossing the post that watches it, if one is near enough: the nearest, a manned one before one that is not.
    pub posts: Vec<Option<PostPlace>>,
    /// The crossings that nobody is at, by index.
    pub open: Vec<usize>,
    /// Who goes to each of those.
    pub closed: Closed,
}

impl Readiness {
    /// How many crossings have a post.
    pub fn with_post(&self) -> usize {
        self.posts.iter().flatten().count()
    }

    /// How many are manned.
    pub const fn manned(&self) -> usize {
        self.posts.len() - self.open.len()
    }
}

/// How ready the ring of these crossings is, with `units` to man what nobody is at, each on the network of its profile, within
/// `limit`. A post watches every crossing it is within `near` of.
pub fn readiness(
    crossings: &[Crossing],
    posts: &[PostPlace],
    near: Metres,
    (units, networks): (&[UnitAt], [Option<&Network>; Profile::COUNT]),
    (setup, limit): (Millis, Millis),
    scratch: &mut Scratch,
) -> Readiness {
    let watched: Vec<Option<PostPlace>> =
        crossings.iter().map(|crossing| post_of(crossing, posts, near)).collect();
    let open: Vec<usize> =
        (0..crossings.len()).filter(|&i| watched[i].is_none_or(|post| !post.manned)).collect();
    let exits: Vec<Snap> =
        open.iter().filter_map(|&i| crossings[i].roads.first()).map(|road| road.place).collect();
    let closed = close(&Closing { exits: &exits, units, networks, setup, limit }, scratch);
    Readiness { posts: watched, open, closed }
}

fn post_of(crossing: &Crossing, posts: &[PostPlace], near: Metres) -> Option<PostPlace> {
    let distance =
        |post: &PostPlace| crossing.roads.iter().map(|road| road.place.at.distance(post.at)).min();
    let close = posts.iter().filter_map(|post| {
        let distance = distance(post).filter(|distance| *distance <= near.millimetres())?;
        Some((!post.manned, distance, post.post, *post))
    });
    close.min_by_key(|&(unmanned, distance, post, _)| (unmanned, distance, post)).map(|one| one.3)
}
