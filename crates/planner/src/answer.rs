//! What the planner answers: a plan, what it is worth, what no plan can pass, and what holds it back.

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    /// The posts, kept ones among them, ascending.
    pub chosen: Vec<u32>,
    /// What the plan is worth, in [`Answer::parts`] of a unit: demand covered, expected to be covered, or twice covered; posts,
    /// money or people; milliseconds times demand for [`crate::Aim::Median`], milliseconds for [`crate::Aim::Centre`].
    pub objective: u64,
    /// What no plan can pass, in the same unit: at least the objective where much is good, at most where little is.
    pub bound: u64,
    /// How many parts a unit of the objective is counted in.
    pub parts: u32,
    /// Whether no better plan is possible. If not, the gap is [`Answer::gap`].
    pub proven: bool,
    /// Whether it was cancelled; the plan is the best that was known then.
    pub cancelled: bool,
    /// What holds the objective back.
    pub binds: Vec<Binding>,
    /// How much there was to do.
    pub work: Work,
}

impl Answer {
    /// How far the objective may be from the best, as a share of the bound or the objective, whichever is larger: in
    /// millionths, rounded up.
    pub const fn gap(&self) -> u64 {
        let apart = self.objective.abs_diff(self.bound) as u128;
        let larger = if self.objective > self.bound { self.objective } else { self.bound } as u128;
        if larger == 0 { 0 } else { (apart * 1_000_000).div_ceil(larger) as u64 }
    }
}

/// A limit that holds the objective back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "limit")]
pub enum Binding {
    /// All posts are taken, and one more would help.
    Posts {
        /// How many there may be.
        most: usize,
        /// The candidate that would help most as one more.
        next: u32,
        /// By how much, in the units of the objective.
        by: u64,
    },
    /// There is not enough money for a candidate that would help.
    Money {
        /// What the plan takes.
        spent: u64,
        /// What there is.
        most: u64,
    },
    /// There are not enough people for a candidate that would help.
    Staff {
        /// What the plan takes.
        spent: u64,
        /// What there is.
        most: u64,
    },
    /// An area's least cover draws posts there.
    Floor {
        /// The area.
        area: u32,
        /// The least demand to be covered.
        least: u64,
        /// The demand covered.
        covered: u64,
    },
    /// A post covers more than it can serve, and nobody else does.
    Capacity {
        /// The candidate.
        candidate: u32,
    },
}

/// How much there was to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Work {
    /// Places of demand.
    pub places: u64,
    /// Rows they became.
    pub rows: u64,
    /// Candidates the bound could not settle, which were searched.
    pub searched: u64,
    /// Nodes of the search.
    pub nodes: u64,
}
