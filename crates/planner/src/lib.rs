//! Where posts go: siting problems over a plain reach table, solved with a proven bound, and the audit of what was proposed.
//!
//! It never sees a street: whoever asks brings the table of who reaches what in how long. Demand with the same coverers is merged
//! into [`Rows`]; candidates that another makes needless are left out; a greedy plan bettered by swaps and a Lagrangian bound settle
//! most of the rest; what is left is searched by branch and bound. Whole numbers throughout, and the same answer for any number of
//! threads.
#![deny(clippy::float_arithmetic)]

mod aims;
mod answer;
mod ask;
mod candidate;
mod error;
mod model;
mod plan;
mod rows;
mod search;
mod table;
mod watch;

pub use aims::{solve, solve_rows};
pub use answer::{Answer, Binding, Work};
pub use ask::{Aim, Ask, Effort, Floor, Least};
pub use candidate::{Candidate, PerMille, Standing};
pub use error::PlanError;
pub use plan::{Claims, Finding, Inputs, Plan, Sited, audit, hex};
pub use rows::{Merge, Plane, Point, Rows};
pub use table::{Demand, Table, TableError};
pub use watch::{Progress, Stage, Unwatched, Watch};
