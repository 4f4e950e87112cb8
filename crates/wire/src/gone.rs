//! What has left the board.

use serde::{Deserialize, Serialize};

/// Things that are not on the board any more, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct GoneDoc {
    /// Incidents.
    pub incidents: Vec<u32>,
    /// Units.
    pub units: Vec<u32>,
    /// Tours.
    pub shifts: Vec<u32>,
    /// Posts.
    pub posts: Vec<u32>,
    /// Rings.
    pub rings: Vec<u32>,
    /// Containments.
    pub containments: Vec<u32>,
}
