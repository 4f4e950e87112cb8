//! The cut alone, whoever there is to make it: for measuring it beside other programs.

use super::lost::closable;
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
        let nodes = 0..ball.len();
        Ok(Instance {
            closable: nodes
                .clone()
                .map(|node| closable(question, ball, &self.force, node))
                .collect(),
            arcs: ball.tail.iter().copied().zip(ball.head.iter().copied()).collect(),
            sources: ball.sources.clone(),
            exits: nodes.filter(|&node| ball.exit[node]).map(|node| node as u32).collect(),
        })
    }

    /// How few points cut the ball of this question, which was prepared last, if there were a unit wherever somebody could stand in
    /// time: the part of the ball that matters, and the flow through it.
    pub fn fewest_anywhere(&mut self, question: &Question<'_>) -> usize {
        let can = |node: usize| closable(question, &self.ball, &self.force, node);
        self.web.fill(&self.ball, can);
        self.fewest_of_any()
    }
}
