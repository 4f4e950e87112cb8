//! Why a question cannot be answered.

use precinct_base::caps;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Too much demand to be counted exactly.
    #[error("the demand adds up to more than can be counted exactly ({most}): give it in larger units", most = caps::PLAN_WEIGHT)]
    Weight,
    /// What is kept takes more than there is.
    #[error(
        "the {kept} posts that are kept take more than the limits allow: raise the limit on posts, money or people, or keep fewer"
    )]
    KeptBeyondLimits {
        /// How many are kept.
        kept: usize,
    },
    /// One list has not one entry for each candidate.
    #[error("{given} candidates are described, and the table has {candidates}: describe each once")]
    Candidates {
        /// How many are described.
        given: usize,
        /// How many the table has.
        candidates: usize,
    },
    /// Two wishes that are not answered together.
    #[error("{0} and {1} are not answered together: ask for one of them")]
    Together(&'static str, &'static str),
    /// A limit that is missing.
    #[error("how many posts is not said, nor how much money or how many people: give one of them")]
    Limitless,
    /// A time for a grade is missing.
    #[error("no time is given within which places are to be reached: give at least one")]
    Timeless,
    /// No plan holds all that must hold.
    #[error("no plan is possible: {0}")]
    Impossible(&'static str),
    /// The effort was spent before a plan was found that holds all that must hold.
    #[error(
        "no plan was found that holds all limits, and none was proven impossible: loosen a limit, or allow more effort"
    )]
    NotFound,
    /// It was cancelled before there was a plan.
    #[error("cancelled before there was a plan")]
    Cancelled,
}
