//! The part of a ball that a cut can be in, as a graph of its own.
//!
//! What is come to before anybody could close it is one with where they left. What leads nowhere out, and what hangs on one junction alone,
//! is on no way out that passes no junction twice, so no smallest cut needs it. What is left is about half of the ball, and every flow
//! walks through it again and again.

use super::ball::{Ball, turned};

/// Not in the web.
const NOWHERE: u32 = u32::MAX;

/// Junctions between what nobody can close any more and what lies beyond the horizon. Nodes are numbered in the order of the ball.
#[derive(Clone, Debug, Default)]
pub(super) struct Web {
    /// Its nodes, as the ball numbers them.
    pub(super) nodes: Vec<u32>,
    /// Whether somebody who stood there could close it in time.
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
    /// For each node of the ball its number here.
    local: Vec<u32>,
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
        self.nodes.len()
    }

    pub(super) fn out(&self, node: usize) -> &[u32] {
        &self.head[self.first[node] as usize..self.first[node + 1] as usize]
    }

    pub(super) fn arcs_into(&self, node: usize) -> &[u32] {
        &self.into[self.back_first[node] as usize..self.back_first[node + 1] as usize]
    }

    /// Makes it the web of a ball; `can` says which of its nodes somebody who stood there could close. Memory is used again.
    pub(super) fn fill(&mut self, ball: &Ball, can: impl Fn(usize) -> bool) {
        self.kind.clear();
        self.kind.resize(ball.len(), Kind::Unknown);
        self.leave(ball, &can);
        self.go_on(ball);
        self.come_back(ball);
        self.drop_ends(ball);
        self.number(ball);
        self.closable.clear();
        self.closable.extend(self.nodes.iter().map(|&node| can(node as usize)));
    }

    /// Goes as far as nobody can close, and to the first that somebody can.
    fn leave(&mut self, ball: &Ball, can: &impl Fn(usize) -> bool) {
        self.todo.clear();
        self.todo.extend(&ball.sources);
        while let Some(node) = self.todo.pop() {
            let kind = &mut self.kind[node as usize];
            if *kind == Kind::Unknown {
                *kind = if can(node as usize) { Kind::Start } else { Kind::Near };
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
        self.nodes.clear();
        self.nodes.extend((0..ball.len() as u32).filter(|&i| self.kind[i as usize].between()));
        self.local.clear();
        self.local.resize(ball.len(), NOWHERE);
        for (i, &node) in self.nodes.iter().enumerate() {
            self.local[node as usize] = i as u32;
        }
        self.exit.clear();
        self.exit.extend(self.nodes.iter().map(|&node| ball.exit[node as usize]));
        self.starts.clear();
        for memory in [&mut self.first, &mut self.head, &mut self.tail] {
            memory.clear();
        }
        for (i, &node) in self.nodes.iter().enumerate() {
            if self.kind[node as usize] == Kind::StartBetween {
                self.starts.push(i as u32);
            }
            self.first.push(self.head.len() as u32);
            if self.exit[i] {
                continue;
            }
            for &head in ball.out(node as usize) {
                if self.kind[head as usize] == Kind::Between {
                    self.head.push(self.local[head as usize]);
                    self.tail.push(i as u32);
                }
            }
        }
        self.first.push(self.head.len() as u32);
        turned(self.nodes.len(), &self.head, &mut self.back_first, &mut self.into);
    }
}
