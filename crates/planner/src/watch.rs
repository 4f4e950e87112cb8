//! Whoever watches a long run, and may end it.

use std::ops::ControlFlow;

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// The best so far, in the units of the answer; `None` while there is none.
    pub objective: Option<u64>,
    /// What no plan can pass; `None` while that is not known.
    pub bound: Option<u64>,
    /// Nodes searched.
    pub nodes: u32,
    /// Nodes that wait.
    pub open: u32,
}

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A first plan is made and bettered by swaps.
    Building,
    /// The bound is drawn closer and candidates are settled by it.
    Bounding,
    /// What is left is searched.
    Searching,
}

/// Hears how a run stands, on the thread that asked. To break is to cancel: the best so far is kept, with its bound.
pub trait Watch {
    /// Hears.
    fn heard(&mut self, progress: &Progress) -> ControlFlow<()>;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn heard(&mut self, _: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: FnMut(&Progress) -> ControlFlow<()>> Watch for F {
    fn heard(&mut self, progress: &Progress) -> ControlFlow<()> {
        self(progress)
    }
}
