//! The cut alone, whoever there is to make it: for measuring it beside other programs.

use super::plan::Refusal;
use super::question::Question;
use super::solve::Solver;

/// A ball as a minimum cut of nodes is asked of it. Nodes are numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instance {
    /// For each node whether somebody who stood there could close it in time; the others cannot be cut.
    pub closable: Vec<bool>,
    /// The ways between nodes.
    pub arcs: Vec<(u32, u32)>,
    /// The nodes that are come to first.
    pub sources: Vec<u32>,
    /// The nodes at which one is out.
    pub exits: Vec<u32>,
}

impl Solver {
    /// The ball of a question, kept for [`Solver::fewest_anywhere`].
    pub fn instance(&mut self, question: &Question<'_>) -> Result<Instance, Refusal> {
        self.prepare(question)?;
        let ball = &self.ball;
        Ok(Instance {
            closable: ball.closable.clone(),
            arcs: ball.tail.iter().copied().zip(ball.head.iter().copied()).collect(),
            sources: ball.sources.clone(),
            exits: (0..ball.len())
                .filter(|&node| ball.exit[node])
                .map(|node| node as u32)
                .collect(),
        })
    }

    /// How few points cut the ball that was prepared last, if there were a unit wherever somebody could stand in time: the part of the
    /// ball that matters, and the flow through it.
    pub fn fewest_anywhere(&mut self) -> usize {
        self.web.fill(&self.ball);
        self.flow.begin(&self.web, |_| 1);
        self.flow.raise(&self.web, u64::MAX);
        self.flow.value() as usize
    }
}
