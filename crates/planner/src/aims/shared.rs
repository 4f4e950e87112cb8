//! Covering when posts can serve only so much.

use std::ops::ControlFlow;

use precinct_base::caps;

use super::covering::plan_of;
use super::{limits, states};
use crate::answer::Binding;
use crate::error::PlanError;
use crate::model::served::Served;
use crate::model::sets::Sets;
use crate::rows::Rows;
use crate::search::{Stand, solve as search};
use crate::{Answer, Ask, Candidate, Effort, Progress, Watch, Work};

pub(super) fn solve(
    rows: &Rows,
    candidates: &[Candidate],
    ask: &Ask,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Answer, PlanError> {
    if rows.total > caps::PLAN_WEIGHT {
        return Err(PlanError::Weight);
    }
    let (mut sets, mut weights) = (Sets::default(), Vec::new());
    for row in (0..rows.len()).filter(|&row| rows.weights[row] > 0) {
        sets.push(rows.coverers(row).iter().copied());
        weights.push(rows.weights[row] as i64);
    }
    let most = |one: &Candidate| one.capacity.unwrap_or(rows.total).min(rows.total) as i64;
    let served = Served::new(sets, weights, candidates.iter().map(most).collect());
    let mut told = |stand: &Stand| {
        let progress = Progress {
            stage: stand.stage,
            objective: stand.best.filter(|&best| best >= 0).map(|best| best as u64),
            bound: (stand.bound < i64::MAX).then_some(stand.bound.max(0) as u64),
            nodes: stand.nodes,
            open: stand.open,
        };
        watch.heard(&progress) == ControlFlow::Break(())
    };
    let limits = limits(candidates, ask);
    let report = search(&served, &limits, states(candidates), (effort, Some(-1)), &mut told)?;
    let (value, chosen) = plan_of(&report)?;
    Ok(Answer {
        objective: value as u64,
        bound: report.bound.max(0) as u64,
        parts: 1,
        proven: report.proven,
        cancelled: report.cancelled,
        binds: binds(&served, &chosen),
        work: Work {
            places: rows.places(),
            rows: rows.len() as u64,
            searched: report.searched as u64,
            nodes: u64::from(report.nodes),
        },
        chosen,
    })
}

/// Posts that cover more than they can serve, of what nobody else that is chosen covers.
fn binds(served: &Served, chosen: &[u32]) -> Vec<Binding> {
    let alone = |row: u32, post: u32| {
        let all = served.rows.get(row as usize).iter();
        all.filter(|&one| chosen.binary_search(one).is_ok()).all(|&one| one == post)
    };
    let beyond = |&&post: &&u32| {
        let rows = served.columns.get(post as usize).iter().filter(|&&row| alone(row, post));
        let own: i64 = rows.map(|&row| served.weights[row as usize]).sum();
        own > served.capacity[post as usize]
    };
    chosen.iter().filter(beyond).map(|&candidate| Binding::Capacity { candidate }).collect()
}
