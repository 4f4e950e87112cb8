//! What planning has to hand: what posts would cover, long computations, documents of plans, and the calls of days that were.

use std::path::Path;

use crate::cover::Cover;
use crate::runs::Runs;
use crate::shelf::{Shelf, ShelfError};
use crate::tried::Sources;

/// What planning has to hand.
#[derive(Debug)]
pub(crate) struct Planning {
    pub(crate) shelf: Shelf,
    pub(crate) cover: Cover,
    pub(crate) runs: Runs,
    pub(crate) sources: Sources,
}

/// Why there is no planning.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanningError {
    /// The documents.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The threads and files of long computations.
    #[error("long computations cannot be started: {0}")]
    Threads(#[from] std::io::Error),
}

impl Planning {
    /// Planning with a data folder.
    pub(crate) fn open(data: &Path) -> Result<Self, PlanningError> {
        let (shelf, runs, sources) = (Shelf::open(data)?, Runs::start(data)?, Sources::new(data));
        Ok(Self { shelf, cover: Cover::default(), runs, sources })
    }
}
