//! Aims that count cover: maximal, set, backup, double standard, expected.

use std::ops::ControlFlow;

use super::binding::{self, Bound};
use super::{check, limits, states};
use crate::ask::Least;
use crate::error::PlanError;
use crate::model::curve::{Curve, WHOLE};
use crate::model::level::{Level, ProblemRows};
use crate::rows::Rows;
use crate::search::{Report, Stand, solve as search};
use crate::{Aim, Answer, Ask, Candidate, Effort, Progress, Watch, Work};

/// Answers a question about rows merged beforehand, which have no times: [`Ask::within`] is theirs already.
///
/// Aims at times and least cover of areas need a table.
pub fn solve_rows(
    rows: &Rows,
    candidates: &[Candidate],
    ask: &Ask,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Answer, PlanError> {
    check(rows.candidates(), candidates, ask)?;
    if matches!(ask.aim, Aim::Median | Aim::Centre) {
        return Err(PlanError::Together("merged rows", "least times"));
    }
    solve(rows, candidates, ask, effort, watch)
}

pub(super) fn solve(
    rows: &Rows,
    candidates: &[Candidate],
    ask: &Ask,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Answer, PlanError> {
    if ask.capacities {
        return super::shared::solve(rows, candidates, ask, effort, watch);
    }
    let given = posed(rows, candidates, ask);
    let floors: Vec<u64> = given.floors.iter().map(|floor| floor.1 as u64).collect();
    let parts = if matches!(ask.aim, Aim::Expected { .. }) { u64::from(WHOLE) } else { 1 };
    let level = Level::new(rows, given)?;
    let cutoff = cutoff(candidates, ask);
    let limits = limits(candidates, ask);
    let unit = Unit { least: matches!(ask.aim, Aim::Set { .. }), parts };
    let mut told =
        |stand: &Stand| watch.heard(&unit.progress(stand, cutoff)) == ControlFlow::Break(());
    let report = search(&level, &limits, states(candidates), (effort, Some(cutoff)), &mut told)?;
    let (value, chosen) = plan_of(&report)?;
    let bound = Bound { level: &level, candidates, ask, floors: &floors, drawn: &report.floors };
    let binds = binding::found(&bound, &chosen, value);
    Ok(Answer {
        objective: unit.value(value),
        bound: unit.value(report.bound),
        parts: parts as u32,
        proven: report.proven,
        cancelled: report.cancelled,
        binds,
        work: Work {
            places: rows.places(),
            rows: rows.len() as u64,
            searched: report.searched as u64,
            nodes: u64::from(report.nodes),
        },
        chosen,
    })
}

/// The plan of a report, or why there is none.
pub(super) fn plan_of(report: &Report) -> Result<(i64, Vec<u32>), PlanError> {
    report.best.clone().ok_or(match report {
        Report { cancelled: true, .. } => PlanError::Cancelled,
        Report { proven: true, .. } => {
            PlanError::Impossible("no choice of candidates holds every limit at once")
        }
        Report { .. } => PlanError::NotFound,
    })
}

/// How values of the search are told.
struct Unit {
    /// Whether they are taken off, and told the other way round.
    least: bool,
    parts: u64,
}

impl Unit {
    fn value(&self, value: i64) -> u64 {
        if self.least { value.saturating_neg().max(0) as u64 } else { value.max(0) as u64 }
    }

    fn progress(&self, stand: &Stand, cutoff: i64) -> Progress {
        Progress {
            stage: stand.stage,
            objective: stand
                .best
                .filter(|&best| best > cutoff)
                .map(|best| self.value(best) / self.parts),
            bound: (stand.bound < i64::MAX).then(|| self.value(stand.bound) / self.parts),
            nodes: stand.nodes,
            open: stand.open,
        }
    }
}

/// What every plan is better than.
fn cutoff(candidates: &[Candidate], ask: &Ask) -> i64 {
    let Aim::Set { least, .. } = ask.aim else { return -1 };
    let all: i64 = candidates.iter().map(|one| price(one, least)).fold(0, i64::saturating_add);
    let most = match least {
        Least::Posts => ask.posts.map(|posts| posts as i64),
        Least::Money => ask.money.map(|most| most as i64),
        Least::Staff => ask.staff.map(|most| most as i64),
    };
    -most.map_or(all, |most| most.min(all)).saturating_add(1)
}

const fn price(candidate: &Candidate, least: Least) -> i64 {
    match least {
        Least::Posts => 1,
        Least::Money => candidate.money as i64,
        Least::Staff => candidate.staff as i64,
    }
}

/// The problem of a question.
fn posed(rows: &Rows, candidates: &[Candidate], ask: &Ask) -> ProblemRows {
    let mut strength = vec![1; candidates.len()];
    let mut prices = vec![0; candidates.len()];
    let mut once = None;
    let curve = match ask.aim {
        Aim::Backup => Curve::twice(),
        Aim::DoubleStandard { once: share } => {
            once = Some(share.of(rows.total()) as i64);
            Curve::second()
        }
        Aim::Expected { busy } if candidates.iter().all(|one| one.busy.is_none()) => {
            Curve::expected(busy)
        }
        Aim::Expected { busy } => {
            let of = |one: &Candidate| Curve::strength(one.busy.unwrap_or(busy));
            strength = candidates.iter().map(of).collect();
            Curve::by_unit()
        }
        Aim::Set { least, share } => {
            prices = candidates.iter().map(|one| price(one, least)).collect();
            once = share.map(|share| share.of(rows.total()) as i64);
            Curve::nothing()
        }
        Aim::Cover | Aim::Median | Aim::Centre => Curve::once(),
    };
    let floors = ask.floors.iter().map(|floor| {
        let all = (0..rows.len()).filter(|&row| rows.tags[row].area == floor.area);
        (floor.area, floor.least.of(all.map(|row| rows.weights[row]).sum()) as i64)
    });
    ProblemRows {
        curve,
        strength,
        prices,
        costs: candidates.iter().map(|one| [one.money, one.staff]).collect(),
        floors: floors.collect(),
        may: super::may(candidates),
        all: matches!(ask.aim, Aim::Set { share: None, .. }) && ask.floors.is_empty(),
        once,
    }
}
