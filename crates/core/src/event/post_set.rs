//! `post_set`: a post was described, or described anew.

use precinct_base::{AreaId, LonLat, PostId, PostKind};
use serde::{Deserialize, Serialize};

use crate::{Hours, Title};

/// A post was described, or described anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostSet {
    /// Which.
    pub post: PostId,
    /// Police station, street station, checkpoint, …
    pub kind: PostKind,
    /// The area it is in.
    pub area: AreaId,
    /// Where it is.
    pub at: LonLat,
    /// When it is manned.
    pub hours: Hours,
    /// Its level, 1 (highest) to 3.
    pub level: u8,
    /// Its name.
    pub title: Title,
}
