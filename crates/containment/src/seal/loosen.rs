//! More slack with as few points.

use super::masks::Masks;
use super::seek::Sought;
use super::solve::{Draft, Solver};

impl Solver {
    /// Looks for as few points with more slack: by halving among the slacks there are between what there is and the most there can be.
    pub(super) fn loosen(
        &mut self,
        mut draft: Draft,
        (least, most): (i64, i64),
        cuts: &mut u32,
    ) -> (Draft, bool) {
        let points = draft.places.len();
        let (nodes, mut steps) = self.steps(points, (least, most));
        while !steps.is_empty() && *cuts > 0 {
            let middle = steps.len() / 2;
            let nodes = nodes.iter().copied();
            let masks = Masks::among(nodes, (&self.web, &self.force), steps[middle]);
            let (web, in_time) = (&self.web, &self.in_time);
            let sought = Sought { web, masks: &masks, in_time, most: points };
            let found = sought.seek(&mut self.flow, cuts);
            match (found.cut, found.settled) {
                (Some(cut), _) => {
                    draft = self.man(&cut);
                    let least = draft.least(&self.web).unwrap_or(steps[middle]).max(steps[middle]);
                    steps.retain(|&step| step > least);
                }
                (None, true) => steps.truncate(middle),
                (None, false) => return (draft, false),
            }
        }
        (draft, steps.is_empty())
    }

    /// The nodes that a cut of so many points can be made of, and the slacks they can have above the least there is, ascending.
    fn steps(&mut self, points: usize, (least, most): (i64, i64)) -> (Vec<u32>, Vec<i64>) {
        let (web, force, flow) = (&self.web, &self.force, &mut self.flow);
        flow.resume(web, (&self.in_time, 1), |node| force.one_in_time(node));
        let nodes = if flow.value() == points as u64 {
            flow.in_smallest(web)
        } else {
            (0..web.len() as u32).collect()
        };
        let own = nodes.iter().flat_map(|&node| force.at(node as usize));
        let slacks = own.map(|closes| i64::from(closes.slack));
        let mut steps: Vec<i64> = slacks.filter(|&slack| slack > least && slack <= most).collect();
        steps.sort_unstable();
        steps.dedup();
        (nodes, steps)
    }
}
