//! `post_changed`: a post was opened, reinforced or closed, until an instant and on somebody's approval.

use precinct_base::PostId;
use serde::{Deserialize, Serialize};

use crate::{Code, Moment, PostState, StaffNo};

/// A post was opened, reinforced or closed, until an instant and on somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostChanged {
    /// Which.
    pub post: PostId,
    /// What it is now.
    pub to: PostState,
    /// Why, a reason of the catalogue.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// When it goes back to open by itself.
    pub until: Moment,
}
