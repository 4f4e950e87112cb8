//! Strongly connected parts: sets of nodes that can all be reached from each other.
//!
//! R. Tarjan, *Depth-first search and linear graph algorithms*, SIAM J. Comput. 1 (1972), with an explicit stack so that a road
//! a million nodes long does not overflow ours.

/// Marks the nodes of the largest strongly connected part; of several as large, the one with the smallest node.
///
/// `arcs(v)` gives the heads of the arcs out of node `v`, by position: `None` past the last.
pub(crate) fn largest(nodes: usize, arcs: impl Fn(u32, usize) -> Option<u32>) -> Vec<bool> {
    let mut walk = Walk::new(nodes);
    for root in 0..nodes as u32 {
        if walk.order[root as usize] == UNSEEN {
            walk.from(root, &arcs);
        }
    }
    let mut sizes = vec![0u32; walk.parts as usize];
    let mut smallest = vec![u32::MAX; walk.parts as usize];
    for (node, &part) in walk.part.iter().enumerate() {
        sizes[part as usize] += 1;
        smallest[part as usize] = smallest[part as usize].min(node as u32);
    }
    let best =
        (0..sizes.len()).max_by_key(|&part| (sizes[part], std::cmp::Reverse(smallest[part])));
    walk.part.iter().map(|&part| Some(part as usize) == best).collect()
}

const UNSEEN: u32 = u32::MAX;

struct Walk {
    order: Vec<u32>,
    low: Vec<u32>,
    part: Vec<u32>,
    parts: u32,
    seen: u32,
    open: Vec<u32>,
    path: Vec<(u32, u32)>,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self {
            order: vec![UNSEEN; nodes],
            low: vec![0; nodes],
            part: vec![UNSEEN; nodes],
            parts: 0,
            seen: 0,
            open: Vec::new(),
            path: Vec::new(),
        }
    }

    fn from(&mut self, root: u32, arcs: &impl Fn(u32, usize) -> Option<u32>) {
        self.enter(root);
        while let Some(top) = self.path.last_mut() {
            let (node, next) = (top.0, top.1);
            top.1 += 1;
            match arcs(node, next as usize) {
                Some(head) if self.order[head as usize] == UNSEEN => self.enter(head),
                Some(head) if self.part[head as usize] == UNSEEN => {
                    self.low[node as usize] =
                        self.low[node as usize].min(self.order[head as usize]);
                }
                Some(_) => {}
                None => self.leave(node),
            }
        }
    }

    fn enter(&mut self, node: u32) {
        self.order[node as usize] = self.seen;
        self.low[node as usize] = self.seen;
        self.seen += 1;
        self.open.push(node);
        self.path.push((node, 0));
    }

    fn leave(&mut self, node: u32) {
        self.path.pop();
        if let Some(&(parent, _)) = self.path.last() {
            self.low[parent as usize] = self.low[parent as usize].min(self.low[node as usize]);
        }
        if self.low[node as usize] == self.order[node as usize] {
            while let Some(member) = self.open.pop() {
                self.part[member as usize] = self.parts;
                if member == node {
                    break;
                }
            }
            self.parts += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reachable(nodes: usize, arcs: &[(u32, u32)], from: u32) -> Vec<bool> {
        let mut seen = vec![false; nodes];
        let mut todo = vec![from];
        while let Some(v) = todo.pop() {
            if !std::mem::replace(&mut seen[v as usize], true) {
                todo.extend(arcs.iter().filter(|arc| arc.0 == v).map(|arc| arc.1));
            }
        }
        seen
    }

    fn largest_of(nodes: usize, arcs: &[(u32, u32)]) -> Vec<bool> {
        largest(nodes, |v, i| arcs.iter().filter(|arc| arc.0 == v).nth(i).map(|arc| arc.1))
    }

    #[test]
    fn a_long_road_does_not_overflow() {
        let n = 1_000_000;
        let marked = largest(n, |v, i| (i == 0).then_some((v + 1) % n as u32));
        assert!(marked.iter().all(|&m| m));
    }

    proptest! {
        #[test]
        fn it_is_the_largest_set_of_mutually_reachable_nodes(arcs in prop::collection::vec((0u32..9, 0u32..9), 0..20)) {
            let reach: Vec<Vec<bool>> = (0..9).map(|v| reachable(9, &arcs, v)).collect();
            let part = |v: usize| (0..9).filter(|&w| reach[v][w] && reach[w][v]).collect::<Vec<_>>();
            let best = (0..9).map(part).max_by_key(|p| (p.len(), std::cmp::Reverse(p[0]))).unwrap();
            let marked: Vec<usize> = largest_of(9, &arcs).iter().enumerate().filter(|(_, m)| **m).map(|(v, _)| v).collect();
            prop_assert_eq!(marked, best);
        }
    }
}
