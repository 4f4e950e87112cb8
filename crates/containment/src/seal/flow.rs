//! The fewest nodes that cut all ways, as a flow through nodes that each let so much through.
//!
//! As many ways can be had that share no node as nodes are needed to cut all (K. Menger, *Zur allgemeinen Kurventheorie*, Fundamenta
//! Mathematicae 10 (1927); L. R. Ford and D. R. Fulkerson, *Maximal flow through a network*, Canadian J. Math. 8 (1956)). Flow is
//! raised along shortest ways, many at a time (E. A. Dinic, *Algorithm for solution of a problem of maximum flow in networks with power
//! estimation*, Soviet Math. Doklady 11 (1970)). Each node is two states, entered and left, with its capacity between; streets
//! carry any amount.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ball::Ball;

/// A node that lets everything through.
pub(super) const OPEN: u32 = u32::MAX;
/// A node that is gone, with all that leads through it.
pub(super) const GONE: u32 = 0;

const UNSEEN: u32 = u32::MAX;

/// A flow through a ball, and the memory to raise it.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// How much each node lets through.
    pub(super) capacity: Vec<u32>,
    /// How much goes through it.
    through: Vec<u32>,
    /// How much goes along each arc.
    along: Vec<u32>,
    value: u64,
    level: Vec<u32>,
    next: Vec<u32>,
    queue: Vec<u32>,
    path: Vec<(u32, u32)>,
}

const fn entered(node: usize) -> u32 {
    (node as u32) << 1
}

const fn left(node: usize) -> u32 {
    (node as u32) << 1 | 1
}

/// A step out of a state: where it leads, and how much more can go there.
type Way = (u32, u32);

impl Flow {
    /// No flow through a ball whose nodes let `capacity` through.
    pub(super) fn begin(&mut self, ball: &Ball, capacity: impl Fn(usize) -> u32) {
        let (nodes, arcs) = (ball.len(), ball.head.len());
        self.capacity.clear();
        self.capacity.extend((0..nodes).map(capacity));
        for (memory, size) in [(&mut self.through, nodes), (&mut self.along, arcs)] {
            memory.clear();
            memory.resize(size, 0);
        }
        self.value = 0;
    }

    /// How much flows.
    pub(super) const fn value(&self) -> u64 {
        self.value
    }

    /// Whether a way leads out through open nodes alone, so that nothing can cut it.
    pub(super) fn runs_out(&mut self, ball: &Ball) -> bool {
        self.level.clear();
        self.level.resize(ball.len(), UNSEEN);
        self.queue.clear();
        let open = |node: &&u32| self.capacity[**node as usize] == OPEN;
        self.queue.extend(ball.sources.iter().filter(open));
        for &node in &self.queue {
            self.level[node as usize] = 0;
        }
        let mut done = 0;
        while let Some(&node) = self.queue.get(done) {
            done += 1;
            if ball.exit[node as usize] {
                return true;
            }
            for &head in ball.out(node as usize) {
                if self.is_open(head) && self.level[head as usize] == UNSEEN {
                    self.level[head as usize] = 0;
                    self.queue.push(head);
                }
            }
        }
        false
    }

    fn is_open(&self, node: u32) -> bool {
        self.capacity[node as usize] == OPEN
    }

    /// Raises the flow as far as it goes, or until it is more than `enough`. Not to be called where flow [runs out](Self::runs_out).
    pub(super) fn raise(&mut self, ball: &Ball, enough: u64) {
        while self.value <= enough && self.measure(ball) {
            self.next.clear();
            self.next.resize(ball.len() * 2, 0);
            for &source in &ball.sources {
                while self.value <= enough && self.descend(ball, entered(source as usize)) {}
            }
        }
    }

    /// The way `option` of those out of `state`, with no room if it cannot be gone now; nothing past the last.
    fn way(&self, ball: &Ball, state: u32, option: u32) -> Option<Way> {
        let node = (state >> 1) as usize;
        if state & 1 == 0 {
            if option == 0 {
                let room = match self.capacity[node] {
                    OPEN => OPEN,
                    capacity => capacity - self.through[node].min(capacity),
                };
                return Some((left(node), room));
            }
            let arc = *ball.arcs_into(node).get(option as usize - 1)? as usize;
            return Some((left(ball.tail[arc] as usize), self.along[arc]));
        }
        if option == 0 {
            return Some((entered(node), self.through[node]));
        }
        let head = *ball.out(node).get(option as usize - 1)?;
        Some((entered(head as usize), OPEN))
    }

    /// Counts the steps from the sources to each state; whether a way out is left.
    fn measure(&mut self, ball: &Ball) -> bool {
        self.level.clear();
        self.level.resize(ball.len() * 2, UNSEEN);
        self.queue.clear();
        for &source in &ball.sources {
            self.level[entered(source as usize) as usize] = 0;
            self.queue.push(entered(source as usize));
        }
        let (mut done, mut last) = (0, UNSEEN);
        while let Some(&state) = self.queue.get(done) {
            done += 1;
            if self.level[state as usize] > last {
                break;
            }
            if state & 1 == 1 && ball.exit[(state >> 1) as usize] {
                last = self.level[state as usize];
            }
            let after = self.level[state as usize] + 1;
            let mut option = 0;
            while let Some((to, room)) = self.way(ball, state, option) {
                option += 1;
                if room > 0 && self.level[to as usize] == UNSEEN {
                    self.level[to as usize] = after;
                    self.queue.push(to);
                }
            }
        }
        last != UNSEEN
    }

    /// Finds one way out down the levels and fills it.
    fn descend(&mut self, ball: &Ball, source: u32) -> bool {
        self.path.clear();
        let mut state = source;
        loop {
            if state & 1 == 1 && ball.exit[(state >> 1) as usize] {
                self.fill(ball);
                return true;
            }
            let option = self.next[state as usize];
            match self.way(ball, state, option) {
                Some((to, room))
                    if room > 0 && self.level[to as usize] == self.level[state as usize] + 1 =>
                {
                    self.path.push((state, option));
                    state = to;
                }
                Some(_) => self.next[state as usize] += 1,
                None => {
                    let Some((before, _)) = self.path.pop() else { return false };
                    self.next[before as usize] += 1;
                    state = before;
                }
            }
        }
    }

    /// Sends as much along the path as goes.
    fn fill(&mut self, ball: &Ball) {
        let path = std::mem::take(&mut self.path);
        let room = |&(state, option): &(u32, u32)| self.way(ball, state, option);
        let amount = path.iter().filter_map(room).map(|way| way.1).min().unwrap_or(0);
        for &(state, option) in &path {
            let node = (state >> 1) as usize;
            match (state & 1, option) {
                (0, 0) => self.through[node] += amount,
                (0, _) => {
                    self.along[ball.arcs_into(node)[option as usize - 1] as usize] -= amount;
                }
                (_, 0) => self.through[node] -= amount,
                _ => self.along[ball.first[node] as usize + option as usize - 1] += amount,
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
    pub(super) fn slackest(
        &mut self,
        ball: &Ball,
        slack: impl Fn(usize) -> i64,
    ) -> (i64, Vec<u32>) {
        let mut best = vec![i64::MAX; ball.len() * 2];
        let mut heap: BinaryHeap<Reverse<(i64, u32)>> = BinaryHeap::new();
        for &source in &ball.sources {
            best[entered(source as usize) as usize] = i64::MIN;
            heap.push(Reverse((i64::MIN, entered(source as usize))));
        }
        let mut least = i64::MAX;
        while let Some(Reverse((so_far, state))) = heap.pop() {
            let node = (state >> 1) as usize;
            if so_far > best[state as usize] {
                continue;
            }
            if state & 1 == 1 && ball.exit[node] {
                least = so_far;
                break;
            }
            let mut offer = |to: u32, at: i64| {
                if at < best[to as usize] {
                    best[to as usize] = at;
                    heap.push(Reverse((at, to)));
                }
            };
            let mut option = 0;
            while let Some((to, room)) = self.way(ball, state, option) {
                if room > 0 {
                    offer(to, so_far);
                } else if state & 1 == 0 && option == 0 && self.capacity[node] != GONE {
                    offer(to, so_far.max(slack(node)));
                }
                option += 1;
            }
        }
        (least, self.border(ball, &best, least))
    }

    /// The nodes entered below `least` and not left below it.
    fn border(&mut self, ball: &Ball, best: &[i64], least: i64) -> Vec<u32> {
        let cut = |&node: &usize| {
            best[entered(node) as usize] < least && best[left(node) as usize] >= least
        };
        let real = |node: &usize| self.capacity[*node] != GONE;
        (0..ball.len()).filter(cut).filter(real).map(|node| node as u32).collect()
    }

    /// The nodes that cut, nearest to the sources. The flow must be raised as far as it goes.
    pub(super) fn nearest_cut(&mut self, ball: &Ball) -> Vec<u32> {
        let out = self.measure(ball);
        debug_assert!(!out, "the flow can still rise");
        let seen = |state: u32| self.level[state as usize] != UNSEEN;
        let cut = |&node: &usize| seen(entered(node)) && !seen(left(node));
        let real = |node: &usize| self.capacity[*node] != GONE;
        (0..ball.len()).filter(cut).filter(real).map(|node| node as u32).collect()
    }
}

/// The nodes the quarry can come to without passing any of `closed`, and whether it can come out.
pub(super) fn roam(ball: &Ball, closed: &[u32]) -> (u32, bool) {
    let mut seen = vec![false; ball.len()];
    for &node in closed {
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
