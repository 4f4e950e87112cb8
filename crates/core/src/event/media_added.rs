//! `media_added`: a picture was added to an incident. The picture is in a file of its own, sealed under the incident's key.

use serde::{Deserialize, Serialize};

use crate::incidents::MediaKind;
use crate::{FileHash, IncidentId, MediaId};

/// A picture was added to an incident. The picture is in a file of its own, sealed under the incident's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaAdded {
    /// To which incident.
    pub incident: IncidentId,
    /// Which picture.
    pub media: MediaId,
    /// What kind of file it is.
    pub kind: MediaKind,
    /// The length of the sealed file, in bytes.
    pub bytes: u32,
    /// The hash of the sealed file.
    pub hash: FileHash,
}
