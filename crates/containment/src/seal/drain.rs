//! Flows that are gone on from while what nodes let through changes.
//!
//! Prices change little from one cut to the next, and so does the flow. What is too much for a node is taken back all along the way it came and
//! goes on, and the rest need not be found again (A. V. Goldberg, S. Hed, H. Kaplan, R. E. Tarjan and R. F. Werneck, *Maximum flows by
//! incremental breadth-first search*, ESA (2011), do the same for the cuts of moving pictures).

use super::flow::{Flow, OPEN};
use super::web::Web;

/// Ways that flow came or goes along, each node come to once; or the circle they close.
enum Trail {
    Open(Vec<u32>),
    Circle(Vec<u32>),
}

/// A flow to go on from.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    through: Vec<u32>,
    along: Vec<u32>,
    value: u64,
}

impl Flow {
    /// Keeps the flow, to go on from it more than once.
    pub(super) fn keep(&self, kept: &mut Kept) {
        kept.through.clone_from(&self.through);
        kept.along.clone_from(&self.along);
        kept.value = self.value;
    }

    /// Goes on from so many times the flow that was kept, while nodes let `capacity` through. More nodes may be open than when it was
    /// kept, and none fewer.
    pub(super) fn resume(
        &mut self,
        web: &Web,
        (kept, times): (&Kept, u32),
        capacity: impl Fn(usize) -> u32,
    ) {
        for (memory, kept) in [(&mut self.through, &kept.through), (&mut self.along, &kept.along)] {
            memory.clear();
            memory.extend(kept.iter().map(|&amount| amount * times));
        }
        self.value = kept.value * u64::from(times);
        self.allow(web, capacity);
        self.flood(web);
        if !self.runs_out() {
            let turn = self.unwind(web);
            self.empty(web, turn);
        }
    }

    /// Lets `capacity` through from now on, and keeps of what flows as much as may stay. No node may become open, or cease to be.
    pub(super) fn adapt(&mut self, web: &Web, capacity: impl Fn(usize) -> u32) {
        self.allow(web, capacity);
        self.mark.clear();
        self.mark.resize(web.len(), 0);
        self.empty(web, 0);
    }

    /// What comes back to nodes that are now one with the sources is taken back to where it came from: it flows on from there all the
    /// same.
    fn unwind(&mut self, web: &Web) -> u32 {
        self.mark.clear();
        self.mark.resize(web.len(), 0);
        let mut turn = 0;
        for node in 0..web.len() {
            while self.near[node] {
                turn += 1;
                self.mark[node] = turn;
                let arcs = match self.trace_back(web, node, turn) {
                    Trail::Open(arcs) => arcs,
                    Trail::Circle(arcs) => {
                        self.stop(web, &arcs);
                        continue;
                    }
                };
                let Some(least) = arcs.iter().map(|&arc| self.along[arc as usize]).min() else {
                    break;
                };
                for &arc in &arcs {
                    self.along[arc as usize] -= least;
                    self.through[web.tail[arc as usize] as usize] -= least;
                }
            }
        }
        turn
    }

    /// Takes back what is too much for nodes that are not open; marks up to `turn` were used.
    fn empty(&mut self, web: &Web, mut turn: u32) {
        for node in 0..web.len() {
            while self.capacity[node] != OPEN && self.through[node] > self.capacity[node] {
                turn += 1;
                self.drain(web, node, turn);
            }
        }
    }

    /// Takes back some of what is too much for a node, or what goes round in a circle on the way.
    fn drain(&mut self, web: &Web, node: usize, turn: u32) {
        self.mark[node] = turn;
        let back = match self.trace_back(web, node, turn) {
            Trail::Open(arcs) => arcs,
            Trail::Circle(arcs) => return self.stop(web, &arcs),
        };
        let onwards = match self.trace_on(web, node, (&back, turn)) {
            Trail::Open(arcs) => arcs,
            Trail::Circle(arcs) => return self.stop(web, &arcs),
        };
        let mut amount = self.through[node] - self.capacity[node];
        for &arc in back.iter().chain(&onwards) {
            amount = amount.min(self.along[arc as usize]);
        }
        self.through[node] -= amount;
        for &arc in &back {
            self.along[arc as usize] -= amount;
            self.through[web.tail[arc as usize] as usize] -= amount;
        }
        for &arc in &onwards {
            self.along[arc as usize] -= amount;
            self.through[web.head[arc as usize] as usize] -= amount;
        }
        self.value -= u64::from(amount);
    }

    /// The way by which flow came to a node, the last street first.
    fn trace_back(&mut self, web: &Web, node: usize, turn: u32) -> Trail {
        let (mut at, mut arcs) = (node, Vec::new());
        while let Some(&arc) = web.arcs_into(at).iter().find(|&&arc| self.along[arc as usize] > 0) {
            arcs.push(arc);
            at = web.tail[arc as usize] as usize;
            if self.mark[at] == turn {
                let from = arcs.iter().position(|&arc| web.head[arc as usize] as usize == at);
                return Trail::Circle(arcs.split_off(from.unwrap_or(0)));
            }
            self.mark[at] = turn;
        }
        Trail::Open(arcs)
    }

    /// The way by which flow goes on from a node. It may meet the way it came by.
    fn trace_on(&mut self, web: &Web, node: usize, (back, turn): (&[u32], u32)) -> Trail {
        let (mut at, mut arcs) = (node, Vec::new());
        while !web.exit[at] {
            let mut own = web.first[at]..web.first[at + 1];
            let Some(arc) = own.find(|&arc| self.along[arc as usize] > 0) else { break };
            arcs.push(arc);
            at = web.head[arc as usize] as usize;
            if self.mark[at] == turn {
                if let Some(from) =
                    arcs.iter().position(|&arc| web.tail[arc as usize] as usize == at)
                {
                    return Trail::Circle(arcs.split_off(from));
                }
                let met = back.iter().position(|&arc| web.tail[arc as usize] as usize == at);
                arcs.extend(&back[..met.map_or(0, |met| met + 1)]);
                return Trail::Circle(arcs);
            }
            self.mark[at] = turn;
        }
        Trail::Open(arcs)
    }

    /// Stops as much as goes round in a circle.
    fn stop(&mut self, web: &Web, circle: &[u32]) {
        let least = circle.iter().map(|&arc| self.along[arc as usize]).min().unwrap_or(0);
        for &arc in circle {
            self.along[arc as usize] -= least;
            self.through[web.head[arc as usize] as usize] -= least;
        }
    }
}
