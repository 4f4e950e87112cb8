//! The nodes that smallest cuts are made of.
//!
//! A full node is in some smallest cut if flow cannot be led round it: if nothing that is not full leads from before it to behind it (J.-C.
//! Picard, M. Queyranne, *On the structure of all minimum cuts in a network and applications*, Mathematical Programming Study 13 (1980)).
//! Since one may go back along flow, that is whether both its states are in one strongly connected part (R. E. Tarjan, *Depth-first search
//! and linear graph algorithms*, SIAM J. Comput. 1 (1972)). Of thousands of junctions a hundred or so are left, and among these the
//! slackest are looked for.

use super::flow::{Flow, OPEN, entered, left};
use super::web::Web;

/// In no part yet.
const NONE: u32 = u32::MAX;

/// Parts of the states of a flow, while they are found.
struct Parts<'a> {
    flow: &'a Flow,
    web: &'a Web,
    /// When each state was come to, from 1.
    order: Vec<u32>,
    /// The earliest that is known to be in the part of each.
    low: Vec<u32>,
    /// The part of each state: one of its states.
    part: Vec<u32>,
    /// The states whose part is not known yet.
    open: Vec<u32>,
    /// The way to the state that is looked at, with the option of each that is tried next.
    path: Vec<(u32, u32)>,
    count: u32,
}

impl Parts<'_> {
    fn come(&mut self, state: u32) {
        self.count += 1;
        self.order[state as usize] = self.count;
        self.low[state as usize] = self.count;
        self.open.push(state);
        self.path.push((state, 0));
    }

    /// Finds the parts of all that can be come to from a state.
    fn explore(&mut self, root: u32) {
        self.come(root);
        while let Some((state, option)) = self.path.last_mut() {
            let (at, way) = (*state, self.flow.way(self.web, *state, *option));
            *option += 1;
            match way {
                Some((to, room)) if room > 0 && !self.flow.near[(to >> 1) as usize] => {
                    if self.order[to as usize] == 0 {
                        self.come(to);
                    } else if self.part[to as usize] == NONE {
                        self.lower(at, self.order[to as usize]);
                    }
                }
                Some(_) => {}
                None => self.leave(at),
            }
        }
    }

    fn lower(&mut self, state: u32, to: u32) {
        let low = &mut self.low[state as usize];
        *low = (*low).min(to);
    }

    fn leave(&mut self, state: u32) {
        self.path.pop();
        let low = self.low[state as usize];
        if let Some(&(before, _)) = self.path.last() {
            self.lower(before, low);
        }
        while low == self.order[state as usize] && self.part[state as usize] == NONE {
            let Some(own) = self.open.pop() else { return };
            self.part[own as usize] = state;
        }
    }
}

impl Flow {
    /// The nodes that are in some smallest cut. The flow must be raised as far as it goes.
    pub(super) fn in_smallest(&self, web: &Web) -> Vec<u32> {
        let states = web.len() * 2;
        let mut parts = Parts {
            flow: self,
            web,
            order: vec![0; states],
            low: vec![0; states],
            part: vec![NONE; states],
            open: Vec::new(),
            path: Vec::new(),
            count: 0,
        };
        let full = |&node: &usize| {
            let capacity = self.capacity[node];
            !self.near[node] && capacity != OPEN && capacity > 0 && self.through[node] == capacity
        };
        let mut found = Vec::new();
        for node in (0..web.len()).filter(full) {
            if parts.order[entered(node) as usize] == 0 {
                parts.explore(entered(node));
            }
            if parts.order[left(node) as usize] == 0 {
                parts.explore(left(node));
            }
            if parts.part[entered(node) as usize] != parts.part[left(node) as usize] {
                found.push(node as u32);
            }
        }
        found
    }
}
