//! The least longest time from the nearest post: by halving over the times there are, each a question whether so many posts
//! cover everything within it (Minieka 1970).

use std::ops::ControlFlow;

use precinct_base::Millis;

use super::{limits, states};
use crate::error::PlanError;
use crate::model::curve::Curve;
use crate::model::level::{Level, ProblemRows};
use crate::rows::Rows;
use crate::search::{Limits, Stand, solve as search};
use crate::watch::Stage;
use crate::{Answer, Ask, Candidate, Effort, Progress, Standing, Table, Watch, Work};

pub(super) fn solve(
    table: &Table,
    candidates: &[Candidate],
    ask: &Ask,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Answer, PlanError> {
    let times = times(table, candidates, ask);
    let mut halving = Halving {
        table,
        candidates,
        ask,
        effort,
        limits: limits(candidates, ask),
        watch,
        best: None,
        failed: None,
        cancelled: false,
        work: Work { places: table.len() as u64, ..Work::default() },
        sure: true,
    };
    halving.halve(&times)?;
    let Some((place, chosen)) = halving.best else {
        return Err(if halving.cancelled {
            PlanError::Cancelled
        } else if halving.sure {
            PlanError::Impossible("so many posts cannot reach every place that a candidate reaches")
        } else {
            PlanError::NotFound
        });
    };
    let bound = halving.failed.map_or(0, |failed| failed + 1);
    Ok(Answer {
        objective: u64::from(times[place].0),
        bound: u64::from(times[bound.min(place)].0),
        parts: 1,
        proven: bound >= place,
        cancelled: halving.cancelled,
        binds: Vec::new(),
        work: halving.work,
        chosen,
    })
}

/// The times that can be the longest: those that are not below the least time in which every place can be reached at all.
fn times(table: &Table, candidates: &[Candidate], ask: &Ask) -> Vec<Millis> {
    let may = |one: u32| candidates[one as usize].standing != Standing::Forbidden;
    let mut least = Millis::ZERO;
    let mut all = Vec::new();
    for row in (0..table.len()).filter(|&row| table.weight(row, &ask.bands) > 0) {
        let reached = table.row(row).filter(|one| may(one.0)).map(|one| one.1);
        least = least.max(reached.clone().min().unwrap_or(Millis::ZERO));
        all.extend(reached);
    }
    all.push(least);
    all.retain(|&time| time >= least);
    all.sort_unstable();
    all.dedup();
    all
}

struct Halving<'a> {
    table: &'a Table,
    candidates: &'a [Candidate],
    ask: &'a Ask,
    effort: &'a Effort,
    limits: Limits,
    watch: &'a mut dyn Watch,
    /// The least time that a plan was found for, as an index.
    best: Option<(usize, Vec<u32>)>,
    /// The greatest time that was proven too short.
    failed: Option<usize>,
    cancelled: bool,
    work: Work,
    /// Whether every question was settled.
    sure: bool,
}

/// What became of one question.
enum Settled {
    Plan(Vec<u32>),
    Never,
    Unknown,
}

impl Halving<'_> {
    fn halve(&mut self, times: &[Millis]) -> Result<(), PlanError> {
        let (mut low, mut high) = (0, times.len());
        while low < high && !self.cancelled {
            let middle = low.midpoint(high);
            match self.ask_within(times, middle)? {
                Settled::Plan(chosen) => {
                    self.best = Some((middle, chosen));
                    high = middle;
                }
                Settled::Never => {
                    self.failed = self.failed.max(Some(middle));
                    low = middle + 1;
                }
                Settled::Unknown => {
                    self.sure = false;
                    low = middle + 1;
                }
            }
        }
        Ok(())
    }

    /// Whether the limits allow everything to be covered within a time.
    fn ask_within(&mut self, times: &[Millis], place: usize) -> Result<Settled, PlanError> {
        let may = |one: u32| self.candidates[one as usize].standing != Standing::Forbidden;
        let counts = |row: usize| {
            let reached = self.table.row(row).any(|one| may(one.0));
            reached && self.table.weight(row, &self.ask.bands) > 0
        };
        let rows = Rows::required(self.table, counts, times[place]);
        let posts = self.limits.posts as i64;
        let given = ProblemRows {
            curve: Curve::nothing(),
            strength: vec![1; self.candidates.len()],
            prices: vec![1; self.candidates.len()],
            costs: self.candidates.iter().map(|one| [one.money, one.staff]).collect(),
            floors: Vec::new(),
            may: super::may(self.candidates),
            all: true,
            once: None,
        };
        let level = Level::new(&rows, given)?;
        let (best, failed) = (self.best.as_ref().map(|best| best.0), self.failed);
        let (watch, cancelled, work) = (&mut self.watch, &mut self.cancelled, &mut self.work);
        let least = |failed: Option<usize>| failed.map_or(0, |failed| failed + 1);
        let mut told = |stand: &Stand| {
            let progress = Progress {
                stage: Stage::Searching,
                objective: best.map(|best| u64::from(times[best].0)),
                bound: Some(u64::from(times[least(failed).min(times.len() - 1)].0)),
                nodes: work.nodes as u32 + stand.nodes,
                open: stand.open,
            };
            *cancelled |= watch.heard(&progress) == ControlFlow::Break(());
            *cancelled || stand.best.is_some_and(|best| best >= -posts)
        };
        let cutoff = Some(-posts - 1);
        let state = states(self.candidates);
        let report = search(&level, &self.limits, state, (self.effort, cutoff), &mut told)?;
        work.nodes += u64::from(report.nodes);
        work.rows = work.rows.max(rows.len() as u64);
        work.searched = work.searched.max(report.searched as u64);
        Ok(match report.best {
            Some((_, chosen)) => Settled::Plan(chosen),
            None if report.proven && !*cancelled => Settled::Never,
            None => Settled::Unknown,
        })
    }
}
