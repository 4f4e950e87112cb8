//! The part of a ball that a cut can be in, as a graph of its own.
//!
//! What is come to before anybody could close it is one with where they left. What leads nowhere out, and what hangs on one junction alone,
//! is on no way out that passes no junction twice, so no smallest cut needs it. What is left is about half of the ball, and every flow
//! walks through it again and again.

use std::cmp::Reverse;

use super::ball::{Ball, turned};
use super::chains::Chains;

/// Not in the web.
const NOWHERE: u32 = u32::MAX;

/// Junctions between what nobody can close any more and what lies beyond the horizon. They are numbered in the order of the ball and are
/// called spots here; nodes are rows of spots.
#[derive(Clone, Debug, Default)]
pub(super) struct Web {
    /// Its spots, as the ball numbers them.
    pub(super) spots: Vec<u32>,
    /// The earliest the quarry can be at each spot.
    pub(super) arrival: Vec<u32>,
    /// Whether somebody who stood there could close it in time.
    pub(super) can: Vec<bool>,
    /// The spots of each node.
    pub(super) chains: Chains,
    /// Whether somebody who stood at one of its spots could close a node in time.
    pub(super) closable: Vec<bool>,
    /// Whether one is out there.
    pub(super) exit: Vec<bool>,
    /// Where arcs out of each node start in `head`; none lead out of an exit, nor into a start.
    pub(super) first: Vec<u32>,
    pub(super) head: Vec<u32>,
    back_first: Vec<u32>,
    into: Vec<u32>,
    pub(super) tail: Vec<u32>,
    /// The nodes that are come to first of those that somebody who stood there could close.
    pub(super) starts: Vec<u32>,
    /// For each node of the ball the number of its spot here.
    local: Vec<u32>,
    /// The earliest the quarry can be at some spot of each node.
    soonest: Vec<u32>,
    /// How many streets away the nearest exit is from each node.
    away: Vec<u32>,
    kind: Vec<Kind>,
    todo: Vec<u32>,
}

/// What is known of a node of the ball while a web is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Unknown,
    /// Come to before anybody could close it.
    Near,
    Start,
    /// Come to from a start.
    Onward,
    /// On a way from a start to an exit.
    Between,
    StartBetween,
}

impl Kind {
    const fn between(self) -> bool {
        matches!(self, Self::Between | Self::StartBetween)
    }
}

impl Web {
    pub(super) fn len(&self) -> usize {
        self.chains.len()
    }

    pub(super) fn out(&self, node: usize) -> &[u32] {
        &self.head[self.first[node] as usize..self.first[node + 1] as usize]
    }

    pub(super) fn arcs_into(&self, node: usize) -> &[u32] {
        &self.into[self.back_first[node] as usize..self.back_first[node + 1] as usize]
    }

    /// The spot here of a node of the ball.
    pub(super) fn spot(&self, node: usize) -> Option<usize> {
        let local = self.local[node];
        (local != NOWHERE).then_some(local as usize)
    }

    /// Where a unit that nobody has would be wanted to close a node: where there is most time for it.
    pub(super) fn wanted(&self, node: usize) -> u32 {
        let spots = self.chains.nodes(node).iter().copied();
        let time = |spot: &u32| (self.can[*spot as usize], self.arrival[*spot as usize]);
        spots.max_by_key(time).unwrap_or(0)
    }

    /// Makes it the web of a ball. Memory is used again.
    pub(super) fn fill(&mut self, ball: &Ball) {
        self.kind.clear();
        self.kind.resize(ball.len(), Kind::Unknown);
        self.leave(ball);
        self.go_on(ball);
        self.come_back(ball);
        self.drop_ends(ball);
        self.number(ball);
        self.connect(ball);
    }

    /// Goes as far as nobody can close, and to the first that somebody can.
    fn leave(&mut self, ball: &Ball) {
        self.todo.clear();
        self.todo.extend(&ball.sources);
        while let Some(node) = self.todo.pop() {
            let kind = &mut self.kind[node as usize];
            if *kind == Kind::Unknown {
                *kind = if ball.closable[node as usize] { Kind::Start } else { Kind::Near };
                if *kind == Kind::Near {
                    self.todo.extend(ball.out(node as usize));
                }
            }
        }
    }

    /// Goes on from the starts, to exits and no further.
    fn go_on(&mut self, ball: &Ball) {
        let starts = (0..ball.len() as u32).filter(|&node| self.kind[node as usize] == Kind::Start);
        self.todo.extend(starts);
        while let Some(node) = self.todo.pop() {
            if ball.exit[node as usize] {
                continue;
            }
            for &head in ball.out(node as usize) {
                if self.kind[head as usize] == Kind::Unknown {
                    self.kind[head as usize] = Kind::Onward;
                    self.todo.push(head);
                }
            }
        }
    }

    /// Comes back from the exits by the ways that were gone.
    fn come_back(&mut self, ball: &Ball) {
        let reached = |node: &u32| matches!(self.kind[*node as usize], Kind::Start | Kind::Onward);
        let exits = (0..ball.len() as u32).filter(|&node| ball.exit[node as usize]);
        self.todo.extend(exits.filter(reached));
        for i in 0..self.todo.len() {
            self.keep(self.todo[i]);
        }
        while let Some(node) = self.todo.pop() {
            for &arc in ball.arcs_into(node as usize) {
                let tail = ball.tail[arc as usize];
                if !ball.exit[tail as usize] && self.keep(tail) {
                    self.todo.push(tail);
                }
            }
        }
    }

    /// Whether a node is newly known to be between.
    fn keep(&mut self, node: u32) -> bool {
        let kind = &mut self.kind[node as usize];
        *kind = match *kind {
            Kind::Start => Kind::StartBetween,
            Kind::Onward => Kind::Between,
            _ => return false,
        };
        true
    }

    /// Drops what hangs on one node alone, until nothing does.
    fn drop_ends(&mut self, ball: &Ball) {
        self.todo.extend(0..ball.len() as u32);
        while let Some(node) = self.todo.pop() {
            let at = node as usize;
            if self.kind[at] != Kind::Between || ball.exit[at] {
                continue;
            }
            let tails = ball.arcs_into(at).iter().map(|&arc| ball.tail[arc as usize]);
            let beside = tails.chain(ball.out(at).iter().copied());
            let mut beside = beside.filter(|&other| self.kind[other as usize].between());
            let only = beside.next();
            if beside.all(|other| Some(other) == only) {
                self.kind[at] = Kind::Onward;
                self.todo.extend(only);
            }
        }
    }

    fn number(&mut self, ball: &Ball) {
        let Self { spots, arrival, can, kind, local, .. } = self;
        spots.clear();
        spots.extend((0..ball.len() as u32).filter(|&i| kind[i as usize].between()));
        local.clear();
        local.resize(ball.len(), NOWHERE);
        for (i, &node) in spots.iter().enumerate() {
            local[node as usize] = i as u32;
        }
        arrival.clear();
        arrival.extend(spots.iter().map(|&node| ball.arrival[node as usize]));
        can.clear();
        can.extend(spots.iter().map(|&node| ball.closable[node as usize]));
        let beside = spots.iter().map(|&node| {
            let inner = kind[node as usize] == Kind::Between && !ball.exit[node as usize];
            let two = if inner { two(ball, kind, node as usize) } else { None };
            two.map(|two| two.map(|node| local[node as usize]))
        });
        let arc = |tail: u32, head: u32| {
            ball.out(spots[tail as usize] as usize).contains(&spots[head as usize])
        };
        self.chains.find(beside, arc);
    }

    fn connect(&mut self, ball: &Ball) {
        let Self { chains, spots, soonest, closable, exit, .. } = self;
        for memory in [&mut *exit, &mut *closable] {
            memory.clear();
        }
        soonest.clear();
        for node in 0..chains.len() {
            let own = chains.nodes(node);
            let times = own.iter().map(|&spot| self.arrival[spot as usize]);
            soonest.push(times.min().unwrap_or(0));
            closable.push(own.iter().any(|&spot| self.can[spot as usize]));
            exit.push(own.iter().any(|&spot| ball.exit[spots[spot as usize] as usize]));
        }
        self.starts.clear();
        for memory in [&mut self.first, &mut self.head, &mut self.tail] {
            memory.clear();
        }
        for node in 0..self.chains.len() {
            self.first.push(self.head.len() as u32);
            self.lead_out(ball, node);
        }
        self.first.push(self.head.len() as u32);
        turned(self.chains.len(), &self.head, &mut self.back_first, &mut self.into);
        self.order();
    }

    /// Adds the arcs out of a node.
    fn lead_out(&mut self, ball: &Ball, node: usize) {
        let Self { chains, spots, local, kind, head, tail, .. } = self;
        for &spot in chains.nodes(node) {
            let at = spots[spot as usize] as usize;
            if kind[at] == Kind::StartBetween {
                self.starts.push(node as u32);
            }
            if self.exit[node] || !chains.lets_out(spot) {
                continue;
            }
            for &to in ball.out(at).iter().filter(|&&to| kind[to as usize] == Kind::Between) {
                let to = local[to as usize];
                let other = chains.of[to as usize];
                if other != node as u32 && chains.leads_on(to) {
                    head.push(other);
                    tail.push(node as u32);
                }
            }
        }
    }

    /// Puts the arcs that lead the nearest way out first: a search that takes them first seldom has to turn.
    fn order(&mut self) {
        let Self { exit, tail, into, back_first, away, todo, .. } = self;
        away.clear();
        away.resize(exit.len(), u32::MAX);
        todo.clear();
        todo.extend((0..exit.len() as u32).filter(|&node| exit[node as usize]));
        for &node in todo.iter() {
            away[node as usize] = 0;
        }
        let mut done = 0;
        while let Some(&node) = todo.get(done) {
            done += 1;
            let own = back_first[node as usize] as usize..back_first[node as usize + 1] as usize;
            for &arc in &into[own] {
                let before = tail[arc as usize];
                if away[before as usize] == u32::MAX {
                    away[before as usize] = away[node as usize] + 1;
                    todo.push(before);
                }
            }
        }
        todo.clear();
        for node in 0..self.exit.len() {
            let own = self.first[node] as usize..self.first[node + 1] as usize;
            let (away, soonest) = (&self.away, &self.soonest);
            self.head[own].sort_unstable_by_key(|&head| {
                (away[head as usize], Reverse(soonest[head as usize]), head)
            });
        }
        turned(self.chains.len(), &self.head, &mut self.back_first, &mut self.into);
    }
}

/// The two neighbours of a node of a ball, if it has two and no more.
fn two(ball: &Ball, kind: &[Kind], node: usize) -> Option<[u32; 2]> {
    let tails = ball.arcs_into(node).iter().map(|&arc| ball.tail[arc as usize]);
    let beside = tails.chain(ball.out(node).iter().copied());
    let mut beside = beside.filter(|&other| kind[other as usize].between());
    let one = beside.next()?;
    let mut other = None;
    for next in beside.filter(|&next| next != one) {
        if other.is_some_and(|other| other != next) {
            return None;
        }
        other = Some(next);
    }
    Some([one, other?])
}
