//! What every door has to hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use precinct_core::ShiftId;

use crate::ground::Ground;
use crate::live::{Board, Desk, Feed, Watch};
use crate::options::Options;

/// What every door has to hand.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) options: Options,
    pub(crate) ground: Arc<Ground>,
    pub(crate) board: Arc<Board>,
    pub(crate) feed: Arc<Feed>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) desk: Desk,
    /// The number of the next tour that is planned.
    pub(crate) next_shift: AtomicU32,
}

impl App {
    /// A number for a tour that no tour has.
    pub(crate) fn new_shift(&self) -> ShiftId {
        ShiftId(self.next_shift.fetch_add(1, Ordering::Relaxed))
    }
}
