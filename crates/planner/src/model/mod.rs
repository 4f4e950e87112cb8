//! A problem as the search sees it: choose candidates so that a value is largest, with a relaxation that bounds it.
//!
//! Values are whole numbers. Multipliers and scores are values times 2^shift, so that they have fractions without floats.

pub(crate) mod curve;
pub(crate) mod level;
pub(crate) mod median;
pub(crate) mod served;
pub(crate) mod sets;

/// Whether a candidate is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Free,
    In,
    Out,
}

/// Multipliers of the relaxation, and where they were heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dual {
    /// One a row.
    pub(crate) rows: Vec<i64>,
    /// One a floor, in parts of 2^16.
    pub(crate) floors: Vec<i64>,
    /// The direction of the last turns, a row, in parts of 2^8.
    pub(crate) trail: Vec<i32>,
}

/// Room for counting, reused from turn to turn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// By row: how strongly what is picked covers it.
    pub(crate) counts: Vec<u32>,
}

/// How far a turn may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stride {
    /// The bound less what it is to come down to, times 2^shift.
    pub(crate) room: i64,
    /// The share of the room to be gone, in parts of 1,024.
    pub(crate) agility: i64,
}

/// A problem, or what is left of it once some candidates are in and others out.
pub(crate) trait Model: Sized + Send + Sync {
    /// How many candidates there are, free or not.
    fn candidates(&self) -> usize;
    /// Those still free, ascending.
    fn free(&self) -> &[u32];
    /// Fraction bits of multipliers and scores.
    fn shift(&self) -> u32;
    /// What is left of the problem; rows keep their numbers for [`Model::gather`]. `merge` joins rows that have become alike,
    /// and leaves out candidates that another makes needless; multipliers do not carry over then.
    fn left(&self, state: &[State], merge: bool) -> Self;
    /// The components it falls apart into, each a problem left of this in which nothing stands yet: values of theirs add up to what is on
    /// top of [`Model::stands`]. None if it hangs together.
    fn parts(&self) -> Vec<Self> {
        Vec::new()
    }
    /// The value of what is in.
    fn stands(&self) -> i64 {
        0
    }
    /// Multipliers to begin with.
    fn start(&self) -> Dual;
    /// Multipliers of this from those of the problem it is left of, and back.
    fn gather(&self, whole: &Dual) -> Dual;
    fn scatter(&self, own: &Dual, whole: &mut Dual);
    /// The relaxation at these multipliers: the value is at most what is returned and the scores of those picked, all times
    /// 2^shift. Scores of candidates that are not free mean nothing.
    fn relax(&self, dual: &Dual, scores: &mut [i64]) -> i64;
    /// The value when `picked` of the free ones are chosen; `None` if something that must hold does not. Counts are left for
    /// [`Model::turn`].
    fn value(&self, picked: &[u32], scratch: &mut Scratch) -> Option<i64>;
    /// Turns the multipliers against what the pick that was counted violates.
    fn turn(&self, dual: &mut Dual, scratch: &Scratch, stride: Stride);
    /// Whether something that must hold cannot, whatever is chosen.
    fn hopeless(&self) -> bool;
    /// What every value is a multiple of.
    fn grain(&self) -> i64;
    /// A tally for building plans by single steps.
    type Tally<'a>: Tally
    where
        Self: 'a;
    /// A tally with nothing picked; `urge` says how many times more demand of each floor counts.
    fn tally(&self, urge: &[i64]) -> Self::Tally<'_>;
    /// By floor, whether `picked` falls short of it.
    fn short(&self, picked: &[u32], scratch: &mut Scratch) -> Vec<bool>;
}

/// What is picked so far, and what one more or one less would change.
pub(crate) trait Tally {
    fn add(&mut self, candidate: u32);
    fn remove(&mut self, candidate: u32);
    /// What the value gains by one more; what is required and not yet covered counts beyond all else.
    fn gain(&self, candidate: u32) -> i64;
    /// What the value is.
    fn value(&self) -> i64;
}
