//! From a question to the problem that answers it, and back.

mod binding;
mod centre;
mod covering;
mod mean;
mod shared;

pub use covering::solve_rows;

use crate::error::PlanError;
use crate::model::State;
use crate::search::{Limits, Purse};
use crate::{Aim, Answer, Ask, Candidate, Effort, Rows, Standing, Table, Watch};

/// Answers a question about a table.
///
/// ```
/// use precinct_base::Millis;
/// use precinct_planner::{Aim, Ask, Candidate, Demand, Effort, Table, Unwatched, solve};
/// let mut table = Table::new(3, 1)?;
/// for (weight, reached) in [(5, [0, 1]), (4, [1, 2]), (3, [0, 2])] {
///     let demand = Demand { weights: &[weight], grade: 0, area: None };
///     table.push(&demand, &reached.map(|candidate| (candidate, Millis(60_000))))?;
/// }
/// let ask = Ask::new(Aim::Cover, Some(1), vec![Millis(60_000)]);
/// let answer = solve(&table, &[Candidate::default(); 3], &ask, &Effort::default(), &mut Unwatched)?;
/// assert_eq!((answer.chosen, answer.objective, answer.proven), (vec![1], 9, true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn solve(
    table: &Table,
    candidates: &[Candidate],
    ask: &Ask,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Answer, PlanError> {
    check(table.candidates(), candidates, ask)?;
    match ask.aim {
        Aim::Median => mean::solve(table, candidates, ask, effort, watch),
        Aim::Centre => centre::solve(table, candidates, ask, effort, watch),
        _ => covering::solve(&Rows::of(table, ask), candidates, ask, effort, watch),
    }
}

/// Refuses what cannot be asked.
fn check(count: usize, candidates: &[Candidate], ask: &Ask) -> Result<(), PlanError> {
    let given = candidates.len();
    if given != count {
        return Err(PlanError::Candidates { given, candidates: count });
    }
    let is_set = matches!(ask.aim, Aim::Set { .. });
    if !is_set && ask.posts.is_none() && ask.money.is_none() && ask.staff.is_none() {
        return Err(PlanError::Limitless);
    }
    let by_time = matches!(ask.aim, Aim::Median | Aim::Centre);
    if !by_time && ask.within.is_empty() {
        return Err(PlanError::Timeless);
    }
    let least_cover = !ask.floors.is_empty();
    if by_time && (least_cover || ask.outer.is_some()) {
        return Err(PlanError::Together("least times", "least cover"));
    }
    if least_cover
        && matches!(ask.aim, Aim::DoubleStandard { .. } | Aim::Set { share: Some(_), .. })
    {
        return Err(PlanError::Together("a share of all demand", "least cover of areas"));
    }
    let plain = ask.aim == Aim::Cover && !least_cover && ask.outer.is_none();
    if ask.capacities && !plain {
        return Err(PlanError::Together("capacities", "anything but plain cover"));
    }
    Ok(())
}

/// What is settled before the search begins.
fn states(candidates: &[Candidate]) -> Vec<State> {
    let state = |candidate: &Candidate| match candidate.standing {
        Standing::Free => State::Free,
        Standing::Kept => State::In,
        Standing::Forbidden => State::Out,
    };
    candidates.iter().map(state).collect()
}

/// By candidate, whether a post may stand there.
fn may(candidates: &[Candidate]) -> Vec<bool> {
    candidates.iter().map(|one| one.standing != Standing::Forbidden).collect()
}

/// The limits of a question.
fn limits(candidates: &[Candidate], ask: &Ask) -> Limits {
    let purse = |most: Option<u64>, cost: fn(&Candidate) -> u64| {
        most.map(|most| Purse { costs: candidates.iter().map(cost).collect(), most })
    };
    let purses = [purse(ask.money, |one| one.money), purse(ask.staff, |one| one.staff)];
    Limits {
        posts: ask.posts.unwrap_or(candidates.len()).min(candidates.len()),
        purses: purses.into_iter().flatten().collect(),
    }
}
