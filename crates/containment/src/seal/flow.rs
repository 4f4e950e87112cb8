//! The fewest nodes that cut all ways, as a flow through nodes that each let so much through.
//!
//! As many ways can be had that share no node as nodes are needed to cut all (K. Menger, *Zur allgemeinen Kurventheorie*, Fundamenta
//! Mathematicae 10 (1927); L. R. Ford and D. R. Fulkerson, *Maximal flow through a network*, Canadian J. Math. 8 (1956)). Each node is
//! two states, entered and left, with its capacity between; streets carry any amount. Flow is raised in passes, each of which fills
//! many ways and looks at no state twice that led nowhere (E. A. Dinic, *Algorithm for solution of a problem of maximum flow in
//! networks with power estimation*, Soviet Math. Doklady 11 (1970)). Dinic counts the steps to each state first; streets are long
//! and would need a pass for every length, so what leads outwards is tried first instead: the quarry's own times say which way that
//! is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ball::Ball;
use super::web::Web;

/// A node that lets everything through.
pub(super) const OPEN: u32 = u32::MAX;
/// A node that is gone, with all that leads through it.
pub(super) const GONE: u32 = 0;

/// A flow through a web, and the memory to raise it.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// How much each node lets through.
    pub(super) capacity: Vec<u32>,
    /// How much goes through it.
    pub(super) through: Vec<u32>,
    /// How much goes along each arc.
    pub(super) along: Vec<u32>,
    pub(super) value: u64,
    /// The nodes that are come to through open ones alone: whatever is cut, one is there.
    pub(super) near: Vec<bool>,
    /// The first nodes that can be closed on any way.
    starts: Vec<u32>,
    /// Whether a way leads out through open nodes alone.
    out: bool,
    /// The states come to in this pass that lead nowhere, or are on the way that is being found.
    seen: Vec<bool>,
    /// The option of each state that is tried next.
    next: Vec<u32>,
    queue: Vec<u32>,
    path: Vec<(u32, u32)>,
    /// When each node was come to last while flow is taken back.
    pub(super) mark: Vec<u32>,
}

/// The state of being at a node, before what it lets through is counted.
pub(super) const fn entered(node: usize) -> u32 {
    (node as u32) << 1
}

/// The state of having passed it.
pub(super) const fn left(node: usize) -> u32 {
    (node as u32) << 1 | 1
}

/// A step out of a state: where it leads, and how much more can go there.
pub(super) type Way = (u32, u32);

impl Flow {
    /// No flow through a web whose nodes let `capacity` through; what nobody could close lets all through.
    pub(super) fn begin(&mut self, web: &Web, capacity: impl Fn(usize) -> u32) {
        let (nodes, arcs) = (web.len(), web.head.len());
        self.allow(web, capacity);
        for (memory, size) in [(&mut self.through, nodes), (&mut self.along, arcs)] {
            memory.clear();
            memory.resize(size, 0);
        }
        self.value = 0;
        self.flood(web);
    }

    pub(super) fn allow(&mut self, web: &Web, capacity: impl Fn(usize) -> u32) {
        let nodes = web.closable.iter().enumerate();
        let capacity = |(node, &can): (usize, &bool)| if can { capacity(node) } else { OPEN };
        self.capacity.clear();
        self.capacity.extend(nodes.map(capacity));
    }

    /// Goes as far as open nodes lead. What is reached so is one with the sources, and no search need walk it again.
    pub(super) fn flood(&mut self, web: &Web) {
        self.near.clear();
        self.near.resize(web.len(), false);
        self.starts.clear();
        self.out = false;
        self.queue.clear();
        self.queue.extend(&web.starts);
        while let Some(node) = self.queue.pop() {
            if std::mem::replace(&mut self.near[node as usize], true) {
                continue;
            }
            if self.capacity[node as usize] != OPEN {
                self.starts.push(node);
                continue;
            }
            self.out |= web.exit[node as usize];
            self.queue.extend(web.out(node as usize));
        }
        self.starts.sort_unstable();
        for &node in &self.starts {
            self.near[node as usize] = false;
        }
    }

    /// How much flows.
    pub(super) const fn value(&self) -> u64 {
        self.value
    }

    /// Whether a way leads out through open nodes alone, so that nothing can cut it.
    pub(super) const fn runs_out(&self) -> bool {
        self.out
    }

    /// Raises the flow as far as it goes, or until it is more than `enough`. Not to be called where flow [runs out](Self::runs_out).
    pub(super) fn raise(&mut self, web: &Web, enough: u64) {
        loop {
            let before = self.value;
            self.forget(web);
            for start in 0..self.starts.len() {
                self.descend(web, entered(self.starts[start] as usize), enough);
            }
            // In a pass that finds nothing all that is come to has been seen.
            if self.value == before || self.value > enough {
                return;
            }
        }
    }

    /// Forgets what was seen. What is one with the sources need not be seen again.
    fn forget(&mut self, web: &Web) {
        self.seen.clear();
        self.seen.extend(self.near.iter().flat_map(|&near| [near, near]));
        self.seen.resize(web.len() * 2, false);
        self.next.clear();
        self.next.resize(web.len() * 2, 0);
    }

    /// The way `option` of those out of `state`, with no room if it cannot be gone now; nothing past the last. Ways onwards come first.
    #[inline]
    pub(super) fn way(&self, web: &Web, state: u32, option: u32) -> Option<Way> {
        let node = (state >> 1) as usize;
        if state & 1 == 0 {
            if option == 0 {
                let room = match self.capacity[node] {
                    OPEN => OPEN,
                    capacity => capacity - self.through[node].min(capacity),
                };
                return Some((left(node), room));
            }
            let arc = *web.arcs_into(node).get(option as usize - 1)? as usize;
            return Some((left(web.tail[arc] as usize), self.along[arc]));
        }
        let out = web.out(node);
        match out.get(option as usize) {
            Some(&head) => Some((entered(head as usize), OPEN)),
            None if option as usize == out.len() => Some((entered(node), self.through[node])),
            None => None,
        }
    }

    /// Finds ways out and fills them, until none is left or more than `enough` flows. After each it goes on from where the way is full.
    fn descend(&mut self, web: &Web, start: u32, enough: u64) {
        if self.value > enough || std::mem::replace(&mut self.seen[start as usize], true) {
            return;
        }
        self.path.clear();
        let mut state = start;
        loop {
            if state & 1 == 1 && web.exit[(state >> 1) as usize] {
                self.fill(web);
                if self.value > enough {
                    return;
                }
                state = self.retreat(web, state);
            }
            if let Some((option, to)) = self.onward(web, state) {
                self.next[state as usize] = option;
                self.seen[to as usize] = true;
                self.path.push((state, option));
                state = to;
            } else {
                let Some((before, option)) = self.path.pop() else { return };
                self.next[before as usize] = option + 1;
                state = before;
            }
        }
    }

    /// The first [way](Self::way) out of a state, of those not tried yet, that has room and leads to a state that was not seen. It is what
    /// a flow does most, so it takes no step that is not needed: flow comes and can be turned back only where some goes through.
    fn onward(&self, web: &Web, state: u32) -> Option<(u32, u32)> {
        let (node, from) = ((state >> 1) as usize, self.next[state as usize] as usize);
        let new = |to: &(u32, u32)| !self.seen[to.1 as usize];
        let through = self.through[node];
        if state & 1 == 1 {
            let out = web.out(node);
            let heads = (0..).zip(out).skip(from).map(|(i, &head)| (i, entered(head as usize)));
            let back = (out.len() as u32, entered(node));
            let back = (from <= out.len() && through > 0).then_some(back);
            return heads.chain(back).find(new);
        }
        let (capacity, on) = (self.capacity[node], (0, left(node)));
        if from == 0 && (capacity == OPEN || through < capacity) && new(&on) {
            return Some(on);
        }
        if through == 0 {
            return None;
        }
        let into = (1..).zip(web.arcs_into(node)).skip(from.max(1) - 1);
        let full = into.filter(|(_, arc)| self.along[**arc as usize] > 0);
        full.map(|(i, &arc)| (i, left(web.tail[arc as usize] as usize))).find(new)
    }

    /// Goes back along the path to the first step that is full. What lay beyond it led out, and may again.
    fn retreat(&mut self, web: &Web, last: u32) -> u32 {
        let full = |&(state, option): &(u32, u32)| {
            self.way(web, state, option).is_none_or(|(_, room)| room == 0)
        };
        let keep = self.path.iter().position(full).unwrap_or(0);
        let state = self.path.get(keep).map_or(last, |step| step.0);
        self.seen[last as usize] = false;
        for (state, _) in self.path.drain(keep..).skip(1) {
            self.seen[state as usize] = false;
        }
        state
    }

    /// Sends as much along the path as goes.
    fn fill(&mut self, web: &Web) {
        let path = std::mem::take(&mut self.path);
        let room = |&(state, option): &(u32, u32)| self.way(web, state, option);
        let amount = path.iter().filter_map(room).map(|way| way.1).min().unwrap_or(0);
        for &(state, option) in &path {
            let (node, option) = ((state >> 1) as usize, option as usize);
            match (state & 1, option) {
                (0, 0) => self.through[node] += amount,
                (0, _) => self.along[web.arcs_into(node)[option - 1] as usize] -= amount,
                (_, option) if option == web.out(node).len() => self.through[node] -= amount,
                _ => self.along[web.first[node] as usize + option] += amount,
            }
        }
        self.value += u64::from(amount);
        self.path = path;
    }

    /// The greatest `least` such that the nodes whose slack is at least that cut as well as all do, and what is on the near side of
    /// the cut they make nearest to the sources. The flow must be raised as far as it goes.
    ///
    /// Where a full node is dropped from those that cut, the flow could rise along a way through it. So what is sought is the way out
    /// whose fullest-of-slack node has the least: a widest path (M. Pollack, *The maximum capacity through a network*, Operations
    /// Research 8 (1960)).
    pub(super) fn slackest(&self, web: &Web, slack: impl Fn(usize) -> i64) -> (i64, Vec<u32>) {
        let mut best = vec![i64::MAX; web.len() * 2];
        let mut stack: Vec<u32> = self.starts.iter().map(|&node| entered(node as usize)).collect();
        // The full nodes that are come to, by what it takes to go through them.
        let mut full: BinaryHeap<Reverse<(i64, u32)>> = BinaryHeap::new();
        let mut so_far = i64::MIN;
        loop {
            let Some(state) = stack.pop() else {
                let Some(Reverse((next, state))) = full.pop() else {
                    return (i64::MAX, self.border(web, &best, i64::MAX));
                };
                so_far = so_far.max(next);
                stack.push(state);
                continue;
            };
            let node = (state >> 1) as usize;
            if best[state as usize] != i64::MAX || self.near[node] {
                continue;
            }
            best[state as usize] = so_far;
            if state & 1 == 1 && web.exit[node] {
                return (so_far, self.border(web, &best, so_far));
            }
            let mut option = 0;
            while let Some((to, room)) = self.way(web, state, option) {
                if room > 0 {
                    stack.push(to);
                } else if state & 1 == 0 && option == 0 && self.capacity[node] != GONE {
                    full.push(Reverse((slack(node), to)));
                }
                option += 1;
            }
        }
    }

    /// The nodes entered below `least` and not left below it.
    fn border(&self, web: &Web, best: &[i64], least: i64) -> Vec<u32> {
        let cut = |&node: &usize| {
            best[entered(node) as usize] < least && best[left(node) as usize] >= least
        };
        let real = |node: &usize| self.capacity[*node] != GONE;
        (0..web.len()).filter(cut).filter(real).map(|node| node as u32).collect()
    }

    /// The nodes that cut, nearest to the sources. The flow must be raised as far as it goes: the last pass has seen what is on the
    /// near side.
    pub(super) fn nearest_cut(&self, web: &Web) -> Vec<u32> {
        let seen = |state: u32| self.seen[state as usize];
        let cut = |&node: &usize| seen(entered(node)) && !seen(left(node));
        let real = |node: &usize| self.capacity[*node] != GONE;
        (0..web.len()).filter(cut).filter(real).map(|node| node as u32).collect()
    }
}

/// How many nodes the quarry can come to without passing any of `closed`, and whether it can come out. Those are told as the ball numbers
/// them.
pub(super) fn roam(ball: &Ball, closed: impl Iterator<Item = u32>) -> (u32, bool) {
    let mut seen = vec![false; ball.len()];
    for node in closed {
        seen[node as usize] = true;
    }
    let (mut inside, mut out) = (0, false);
    let mut todo: Vec<u32> = ball.sources.clone();
    while let Some(node) = todo.pop() {
        if std::mem::replace(&mut seen[node as usize], true) {
            continue;
        }
        inside += 1;
        out |= ball.exit[node as usize];
        todo.extend(ball.out(node as usize).iter().filter(|&&head| !seen[head as usize]));
    }
    (inside, out)
}
