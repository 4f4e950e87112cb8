//! Several searches on one thread, a bucket of each in turn: while one waits for memory, another may have work.

use precinct_bench::contest::{Answer, Contender};

use super::kernel::{Graph, PREFETCH, State, settle_bucket};

/// So many searches in turn.
pub(crate) struct Interleaved<'a> {
    graph: &'a Graph,
    states: Vec<State>,
    used: usize,
}

impl<'a> Interleaved<'a> {
    pub(crate) fn new(graph: &'a Graph, shift: u32, searches: usize) -> Self {
        let states = (0..searches).map(|_| State::new(graph.csr.nodes(), shift)).collect();
        Self { graph, states, used: 0 }
    }
}

impl Contender for Interleaved<'_> {
    fn group(&self) -> usize {
        self.states.len()
    }

    fn search(&mut self, sources: &[u32]) -> u64 {
        self.used = sources.len();
        let states = &mut self.states[..sources.len()];
        for (state, &source) in states.iter_mut().zip(sources) {
            state.begin();
            state.label(source, state.top);
            state.queue(source, state.top);
        }
        for bucket in 0..states[0].buckets.len() {
            for state in &mut *states {
                settle_bucket::<PREFETCH>(self.graph, state, bucket);
            }
        }
        states.iter().map(State::sum).sum()
    }

    fn answers(&mut self) -> Vec<Answer> {
        self.states[..self.used].iter().map(|state| state.answer(|node| node)).collect()
    }
}
