//! What extracts say of areas and points: three passes that gather subjects by their tags, find the ways their outlines are made
//! of, and find where the nodes are. What a subject is, its reader decides.

mod density;
mod gather;
mod locate;
mod polygon;
mod rings;
pub(crate) mod shape;

pub(crate) use gather::{Gathered, Gathering, Lines, MemberWays};
pub(crate) use locate::{Located, Locating};
pub(crate) use polygon::{is_closed, outline, without_repeat};

use precinct_roads::Name;

use crate::budget::Budget;
use crate::element::Tags;
use crate::extract::Extract;
use crate::{Clip, OsmError, Progress};

/// What sort of element has the tags: some tags mean one thing on a point and another on an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A node.
    Point,
    /// A way or a relation.
    Area,
}

/// What a reader is looking for.
pub(crate) trait Subject: Default + Send + Sync {
    /// What the tags say, if it is anything of interest.
    fn of(tags: Tags<'_>, form: Form) -> Option<Self>;
    /// What it is called.
    fn name(&self) -> &Name;
}

/// Reads all subjects of an extract: `what` names them in a word or two.
pub(crate) fn read<S: Subject>(
    extract: &mut Extract<'_>,
    what: &str,
    clip: &Clip,
    budget: &Budget,
    progress: &dyn Progress,
) -> Result<(Gathered<S>, Lines, Located<S>), OsmError> {
    let mut gathering = Gathering::new(budget);
    extract.scan(&format!("reading {what}"), &mut gathering, progress)?;
    let gathered = gathering.finish();
    let mut members = MemberWays::new(&gathered, budget);
    if !members.is_empty() {
        extract.scan("reading outlines", &mut members, progress)?;
    }
    let lines = members.finish();
    let mut locating = Locating::new(&gathered, &lines, clip, budget);
    extract.scan("reading nodes", &mut locating, progress)?;
    Ok((gathered, lines, locating.finish()))
}
