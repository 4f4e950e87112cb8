//! A plan tried on days that were, or that might be: the same core, advice and roads, with a clock and crews of their own.
//!
//! A [`Town`], its [`Behaviour`] and [`Piece`]s of time with their calls are what every plan finds. [`trial()`] runs each [`Arm`] — a
//! [`Plan`] and a [`Policy`] — on every piece with every seed, in parallel, and gives the figures of each; [`compare()`] says by how much
//! two of them differ and how sure that is. What is drawn for a call is the same under every plan, so what is compared is the plans.
//!
//! Pure: no clock, no file, no chance but what follows from a seed. The same trial gives the same bytes on any number of threads.

mod behaviour;
mod chance;
mod compare;
mod figures;
mod fitted;
mod hypercube;
mod observed;
mod plan;
mod policy;
mod run;
mod shadow;
mod stream;
mod town;
mod trial;

pub use behaviour::{ALL_HOURS, Behaviour, For, Rest, Returning, Rule, Spread, Table};
pub use compare::{Basis, Comparison, Difference, compare, compare_part};
pub use figures::{Cell, Responses, Tally, Within};
pub use hypercube::{Approximation, Hypercube};
pub use observed::called_off;
pub use plan::{Change, ChangeError, Crew, Plan, daily};
pub use policy::{CoverAware, OwnDistrict, Policy};
pub use run::{Answered, RunError};
pub use shadow::{Shadow, Shadowed, shadow};
pub use stream::resampled;
pub use town::{Call, Piece, Recorded, TARGETS, Town};
pub use trial::{
    Arm, Observer, Outcome, Settings, TrialError, Unwatched, Watched, answers, trial,
    trial_of_part, watch,
};
