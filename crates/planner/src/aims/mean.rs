//! The least mean time from the nearest post.

use std::ops::ControlFlow;

use super::covering::plan_of;
use super::{limits, states};
use crate::answer::Binding;
use crate::error::PlanError;
use crate::model::median::Median;
use crate::model::{Model as _, Tally as _};
use crate::search::{Stand, solve as search};
use crate::{Answer, Ask, Candidate, Effort, Progress, Standing, Table, Watch, Work};

/// Largest sum of weights times the longest time: what fits with a bit to spare.
const MOST: u64 = 1 << 58;

pub(super) fn solve(
    table: &Table,
    candidates: &[Candidate],
    ask: &Ask,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Answer, PlanError> {
    let beyond = u64::from(table.longest().0) + 1;
    let (columns, worst) = savings(table, ask, beyond)?;
    let median = Median::new(table.len(), &columns);
    drop(columns);
    let cost = |value: i64| worst - value.max(0) as u64;
    let mut told = |stand: &Stand| {
        let progress = Progress {
            stage: stand.stage,
            objective: stand.best.filter(|&best| best >= 0).map(cost),
            bound: Some(worst.saturating_sub(stand.bound.max(0) as u64)),
            nodes: stand.nodes,
            open: stand.open,
        };
        watch.heard(&progress) == ControlFlow::Break(())
    };
    let limits = limits(candidates, ask);
    let report = search(&median, &limits, states(candidates), (effort, Some(-1)), &mut told)?;
    let (value, chosen) = plan_of(&report)?;
    let binds = next_post(&median, candidates, ask, &chosen);
    Ok(Answer {
        objective: cost(value),
        bound: worst.saturating_sub(report.bound.max(0) as u64),
        parts: 1,
        proven: report.proven,
        cancelled: report.cancelled,
        binds: binds.into_iter().collect(),
        work: Work {
            places: table.len() as u64,
            rows: table.len() as u64,
            searched: report.searched as u64,
            nodes: u64::from(report.nodes),
        },
        chosen,
    })
}

/// By candidate, what it saves each row against being out of reach.
type Savings = Vec<Vec<(u32, i64)>>;

fn savings(table: &Table, ask: &Ask, beyond: u64) -> Result<(Savings, u64), PlanError> {
    let mut columns = vec![Vec::new(); table.candidates()];
    let mut worst = 0u64;
    for row in 0..table.len() {
        let weight = table.weight(row, &ask.bands);
        let most = weight.checked_mul(beyond).ok_or(PlanError::Weight)?;
        worst = worst.checked_add(most).filter(|&sum| sum <= MOST).ok_or(PlanError::Weight)?;
        for (one, time) in table.row(row).filter(|_| weight > 0) {
            let saving = weight * (beyond - u64::from(time.0));
            columns[one as usize].push((row as u32, saving as i64));
        }
    }
    Ok((columns, worst))
}

/// What one more post would bring, if all are taken.
fn next_post(
    median: &Median,
    candidates: &[Candidate],
    ask: &Ask,
    chosen: &[u32],
) -> Option<Binding> {
    let most = ask.posts.filter(|&most| most <= chosen.len())?;
    let mut tally = median.tally(&[]);
    for &one in chosen {
        tally.add(one);
    }
    let open = |&&one: &&u32| {
        candidates[one as usize].standing == Standing::Free && chosen.binary_search(&one).is_err()
    };
    let gains =
        median.free().iter().filter(open).map(|&one| (tally.gain(one), std::cmp::Reverse(one)));
    let (by, next) = gains.max()?;
    (by > 0).then_some(Binding::Posts { most, next: next.0, by: by as u64 })
}
