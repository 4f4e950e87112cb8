//! The fewest points for which there are units: cuts that cannot be manned are entered again until one can, or none is left.
//!
//! A cut that cannot be manned has points that together have one unit too few (Hall). Of any cut that can be manned at least one of
//! them is no part. So the search branches over which: in the first branch the first is left open, in the second the first is closed
//! and the second left open, and so on. A branch needs at least as many points as its own fewest, which a flow tells (A. H. Land and
//! A. G. Doig, *An automatic method of solving discrete programming problems*, Econometrica 28 (1960)).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::flow::{Flow, GONE, OPEN};
use super::masks::Masks;
use super::matching::Matching;
use super::web::Web;

/// What is sought.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    pub(super) web: &'a Web,
    /// Which unit can close which node with slack enough.
    pub(super) masks: &'a Masks,
    /// The most points.
    pub(super) most: usize,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The points, if there are any that can be manned.
    pub(super) cut: Option<Vec<u32>>,
    /// How many points are needed at least; more than the most that was allowed where there are none.
    pub(super) at_least: usize,
    /// Whether everything was tried: if so, no fewer do.
    pub(super) settled: bool,
}

/// A part of the search: which nodes may not be points, and which have to be.
#[derive(Clone, Debug, Default)]
struct Branch {
    open: Vec<u32>,
    closed: Vec<u32>,
}

impl Sought<'_> {
    /// Searches with at most `cuts` flows, which are counted down.
    pub(super) fn seek(&self, flow: &mut Flow, cuts: &mut u32) -> Found {
        let mut found = Found::default();
        let mut heap = BinaryHeap::from([Reverse((0usize, 0usize))]);
        let mut branches = vec![Branch::default()];
        while let Some(Reverse((bound, number))) = heap.pop() {
            let best = found.cut.as_ref().map_or(self.most + 1, Vec::len);
            if bound >= best {
                // The best found is as good as any that is left.
                found.at_least = best;
                found.settled = true;
                return found;
            }
            if *cuts == 0 {
                found.at_least = bound;
                return found;
            }
            *cuts -= 1;
            let branch = std::mem::take(&mut branches[number]);
            let Some(cut) = self.cut(flow, &branch, best) else { continue };
            let Some(short) = self.short(&cut) else {
                found.cut = Some(cut);
                continue;
            };
            let bound = cut.len();
            let mut closed = branch.closed.clone();
            for node in short.into_iter().filter(|node| !branch.closed.contains(node)) {
                let open = branch.open.iter().copied().chain([node]).collect();
                branches.push(Branch { open, closed: closed.clone() });
                heap.push(Reverse((bound, branches.len() - 1)));
                closed.push(node);
            }
        }
        found.at_least = found.cut.as_ref().map_or(self.most + 1, Vec::len);
        found.settled = true;
        found
    }

    /// The fewest points of a branch, fewer than `best`; none if there are none.
    fn cut(&self, flow: &mut Flow, branch: &Branch, best: usize) -> Option<Vec<u32>> {
        let spare = self.spare(&branch.closed)?;
        let role = |node: u32| match (branch.closed.contains(&node), branch.open.contains(&node)) {
            (true, _) => GONE,
            (_, true) => OPEN,
            _ if self.masks.any_of(node as usize, &spare) => 1,
            _ => OPEN,
        };
        flow.begin(self.web, |node| role(node as u32));
        if flow.runs_out() {
            return None;
        }
        let enough = best.checked_sub(branch.closed.len() + 1)? as u64;
        flow.raise(self.web, enough);
        if flow.value() > enough {
            return None;
        }
        let mut cut = flow.nearest_cut(self.web);
        cut.extend(&branch.closed);
        cut.sort_unstable();
        Some(cut)
    }

    /// For each unit, whether it can be had for one point more beside `closed`, by changing who goes where; none if `closed` itself
    /// cannot be manned.
    fn spare(&self, closed: &[u32]) -> Option<Vec<u64>> {
        let units = self.masks.units();
        let may = |row: usize, unit: usize| self.masks.may(closed[row], unit);
        let matching = Matching::most(closed.len(), units, may);
        if matching.len() < closed.len() {
            return None;
        }
        let mut spare = vec![true; units];
        for unit in matching.of_row.iter().flatten() {
            spare[*unit] = false;
        }
        // A unit that is taken can be had if its point can take one that can be had.
        loop {
            let freed = matching.of_row.iter().enumerate().find_map(|(row, &unit)| {
                let unit = unit?;
                let other = (0..units).any(|other| spare[other] && may(row, other));
                (!spare[unit] && other).then_some(unit)
            });
            let Some(unit) = freed else {
                let can = spare.iter().enumerate().filter(|(_, spare)| **spare);
                return Some(self.masks.set(can.map(|(unit, _)| unit)));
            };
            spare[unit] = true;
        }
    }

    /// The nodes of a cut that together have one unit too few.
    fn short(&self, cut: &[u32]) -> Option<Vec<u32>> {
        let may = |row: usize, unit: usize| self.masks.may(cut[row], unit);
        let matching = Matching::most(cut.len(), self.masks.units(), may);
        let rows = matching.short(&may)?;
        Some(rows.into_iter().map(|row| cut[row]).collect())
    }
}
