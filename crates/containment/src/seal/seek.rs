//! The fewest points for which there are units: cuts that cannot be manned are entered again until one can, or none is left.
//!
//! A cut that cannot be manned has points that together have one unit too few (Hall). Of any cut that can be manned at least one of
//! them is no part. So the search branches over which: in the first branch the first is left open, in the second the first is closed
//! and the second left open, and so on. A branch needs at least as many points as its own fewest, which a flow tells (A. H. Land and
//! A. G. Doig, *An automatic method of solving discrete programming problems*, Econometrica 28 (1960)).

use super::drain::Kept;
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
    /// The flow where each node that somebody closes in time lets one through.
    pub(super) in_time: &'a Kept,
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
    /// How many points it has at least.
    bound: usize,
    /// How many units the cut that it comes from lacked.
    missing: usize,
}

impl Sought<'_> {
    /// Searches with at most `cuts` flows, which are counted down.
    pub(super) fn seek(&self, flow: &mut Flow, cuts: &mut u32) -> Found {
        let mut found = Found::default();
        let mut branches = vec![Branch::default()];
        loop {
            let best = found.cut.as_ref().map_or(self.most + 1, Vec::len);
            // What has no fewer points than the best found is as good as tried.
            branches.retain(|branch| branch.bound < best);
            let Some(next) = next(&branches, found.cut.is_some()) else {
                found.at_least = best;
                found.settled = true;
                return found;
            };
            if *cuts == 0 {
                found.at_least = branches.iter().map(|branch| branch.bound).min().unwrap_or(best);
                return found;
            }
            *cuts -= 1;
            let branch = branches.remove(next);
            let Some(cut) = self.cut(flow, &branch, best) else { continue };
            let Some((short, missing)) = self.short(&cut) else {
                found.cut = Some(cut);
                continue;
            };
            let mut closed = branch.closed.clone();
            for node in short.into_iter().filter(|node| !branch.closed.contains(node)) {
                let open = branch.open.iter().copied().chain([node]).collect();
                branches.push(Branch { open, closed: closed.clone(), bound: cut.len(), missing });
                closed.push(node);
            }
        }
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
        flow.resume(self.web, (self.in_time, 1), |node| role(node as u32));
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

    /// The units that can be had for one point more beside `closed`, by changing who goes where; none if `closed` itself cannot be manned.
    fn spare(&self, closed: &[u32]) -> Option<Vec<u64>> {
        let grid = self.masks.grid(closed);
        let matching = Matching::most(&grid);
        (matching.len() == closed.len()).then(|| matching.spare(&grid))
    }

    /// The nodes of a cut that together have one unit too few, and how many units it lacks in all.
    fn short(&self, cut: &[u32]) -> Option<(Vec<u32>, usize)> {
        let grid = self.masks.grid(cut);
        let matching = Matching::most(&grid);
        let rows = matching.short(&grid)?;
        let missing = cut.len() - matching.len();
        Some((rows.into_iter().map(|row| cut[row]).collect(), missing))
    }
}

/// The branch to try next: while there is no plan, the one that comes nearest to one, and once there is, the one that may have fewest
/// points.
fn next(branches: &[Branch], found: bool) -> Option<usize> {
    let key = |branch: &Branch| {
        if found { (branch.bound, branch.missing) } else { (branch.missing, branch.bound) }
    };
    (0..branches.len()).min_by_key(|&number| key(&branches[number]))
}
