//! A picture of an incident as a document: that it is there, and not what it shows.

use precinct_core::{Media, MediaId, StaffNo};
use serde::{Deserialize, Serialize};

use crate::Time;

/// How much longer a sealed file is than the picture: a nonce of 24 bytes and a tag of 16.
const SEAL_BYTES: u32 = 40;

/// A picture: what it is, who added it and when. It is shown by a request of its own, with a purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MediaDoc {
    /// Which.
    #[schema(value_type = String)]
    pub media: MediaId,
    /// Its media type: `image/jpeg`, `image/png` or `image/webp`.
    pub kind: String,
    /// Its length, in bytes.
    pub bytes: u32,
    /// When it was added.
    pub at: Time,
    /// By whom.
    #[schema(value_type = String)]
    pub by: StaffNo,
}

impl From<&Media> for MediaDoc {
    fn from(media: &Media) -> Self {
        let Media { media, kind, bytes, at, by, .. } = *media;
        let kind = kind.media_type().to_owned();
        Self { media, kind, bytes: bytes.saturating_sub(SEAL_BYTES), at: at.wall.into(), by }
    }
}
