//! What the quarry can reach by the horizon, as a small graph of its own.

use std::cmp::Reverse;

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::{RoadClass, Scratch, Snap, Way};

use super::question::{Pace, Quarry, Question};

/// Not in the ball.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The junctions that can be reached by the horizon, those just beyond it, and the ways between them. Nodes are numbered from 0 by
/// their ids, so that the same ball is the same graph.
#[derive(Clone, Debug, Default)]
pub(super) struct Ball {
    /// Node ids, ascending.
    pub(super) nodes: Vec<NodeId>,
    /// The earliest the quarry can be there, in milliseconds since leaving.
    pub(super) arrival: Vec<u32>,
    /// Whether one is out once one has passed here.
    pub(super) exit: Vec<bool>,
    /// Where arcs out of each node start in `head`.
    pub(super) first: Vec<u32>,
    pub(super) head: Vec<u32>,
    /// Where arcs into each node start in `into`.
    pub(super) back_first: Vec<u32>,
    /// Arcs by the node they lead to.
    pub(super) into: Vec<u32>,
    pub(super) tail: Vec<u32>,
    /// The nodes the quarry comes to first.
    pub(super) sources: Vec<u32>,
    /// Sightings that cannot be.
    pub(super) doubted: Vec<usize>,
    /// For each node of the road map its number here.
    local: Vec<u32>,
}

/// Where the quarry can have been, and when.
type Hypothesis = (Snap, u32);

impl Ball {
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The number of a node here.
    pub(super) fn local(&self, node: NodeId) -> Option<usize> {
        let local = *self.local.get(node.index())?;
        (local != NOWHERE).then_some(local as usize)
    }

    pub(super) fn out(&self, node: usize) -> &[u32] {
        &self.head[self.first[node] as usize..self.first[node + 1] as usize]
    }

    pub(super) fn arcs_into(&self, node: usize) -> &[u32] {
        &self.into[self.back_first[node] as usize..self.back_first[node + 1] as usize]
    }

    /// Makes it the ball of a question. Memory is used again.
    pub(super) fn fill(&mut self, question: &Question<'_>, scratch: &mut Scratch) {
        let quarry = &question.quarry;
        let (from, doubted) = hypotheses(quarry, scratch);
        self.doubted = doubted;
        let seeds: Vec<(NodeId, Millis)> = from
            .iter()
            .flat_map(|(snap, when)| {
                let start = slowed(*when, quarry.pace);
                let ends = quarry.roads.ends(snap, Way::Out);
                ends.map(move |(node, time)| (node, time.saturating_add(Millis(start))))
            })
            .collect();
        let limit = Millis(slowed(question.horizon.0, quarry.pace));
        let reach = quarry.roads.reach_from_nodes(scratch, &seeds, limit, Way::Out);
        let mut reached: Vec<(NodeId, u32)> =
            reach.nodes().map(|(node, time)| (node, time.0)).collect();
        reached.sort_unstable();
        self.take_in(quarry, &reached, &seeds);
        self.mark_exits(question);
        turned(self.nodes.len(), &self.head, &mut self.back_first, &mut self.into);
        self.sources =
            seeds.iter().filter_map(|seed| self.local(seed.0)).map(|node| node as u32).collect();
        self.sources.sort_unstable();
        self.sources.dedup();
        for time in &mut self.arrival {
            *time = hurried(*time, quarry.pace);
        }
    }

    /// Numbers the nodes reached and those one arc beyond, and keeps the arcs from the former. Where the street they left on is so long
    /// that its end lies beyond the horizon, that end is one of the latter.
    fn take_in(
        &mut self,
        quarry: &Quarry<'_>,
        reached: &[(NodeId, u32)],
        seeds: &[(NodeId, Millis)],
    ) {
        for node in &self.nodes {
            self.local[node.index()] = NOWHERE;
        }
        self.local.resize(quarry.roads.map().node_count(), NOWHERE);
        self.nodes.clear();
        for (i, (node, _)) in reached.iter().enumerate() {
            self.local[node.index()] = i as u32;
        }
        let mut beyond: Vec<NodeId> = Vec::new();
        let on = |&(node, _): &(NodeId, u32)| quarry.roads.next_to(node, Way::Out);
        let heads = reached.iter().flat_map(on).map(|(head, _)| head);
        for head in heads.chain(seeds.iter().map(|seed| seed.0)) {
            if self.local[head.index()] == NOWHERE {
                self.local[head.index()] = 0;
                beyond.push(head);
            }
        }
        beyond.sort_unstable();
        self.nodes.extend(reached.iter().map(|(node, _)| *node));
        for &node in &beyond {
            self.local[node.index()] = self.nodes.len() as u32;
            self.nodes.push(node);
        }
        self.arrival.clear();
        self.arrival.extend(reached.iter().map(|(_, time)| *time));
        self.arrival.resize(self.nodes.len(), u32::MAX);
        for (node, time) in seeds {
            let there = &mut self.arrival[self.local[node.index()] as usize];
            *there = (*there).min(time.0);
        }
        self.keep_arcs(quarry, reached);
    }

    fn keep_arcs(&mut self, quarry: &Quarry<'_>, reached: &[(NodeId, u32)]) {
        self.first.clear();
        self.head.clear();
        self.tail.clear();
        for (i, &(node, time)) in reached.iter().enumerate() {
            self.first.push(self.head.len() as u32);
            for (head, takes) in quarry.roads.next_to(node, Way::Out) {
                let head = self.local[head.index()];
                self.head.push(head);
                self.tail.push(i as u32);
                if head as usize >= reached.len() {
                    let there = &mut self.arrival[head as usize];
                    *there = (*there).min(time.saturating_add(takes.0));
                }
            }
        }
        self.first.resize(self.nodes.len() + 1, self.head.len() as u32);
        // What is come to later lies further out: a search for ways out that takes it first seldom has to turn.
        for i in 0..reached.len() {
            let own = self.first[i] as usize..self.first[i + 1] as usize;
            let arrival = &self.arrival;
            self.head[own].sort_unstable_by_key(|&head| (Reverse(arrival[head as usize]), head));
        }
        self.exit.clear();
        self.exit.resize(reached.len(), false);
        self.exit.resize(self.nodes.len(), true);
    }

    /// A through road that simply ends does so because the map does.
    fn mark_exits(&mut self, question: &Question<'_>) {
        if !question.edge_is_open {
            return;
        }
        let roads = question.quarry.roads;
        for (node, exit) in self.nodes.iter().zip(&mut self.exit) {
            let mut streets = roads.segments_at(*node);
            if let (Some((only, _)), None) = (streets.next(), streets.next()) {
                *exit |= roads.map().segment(only).class <= RoadClass::Tertiary;
            }
        }
    }
}

/// Arcs by the node they lead to: where those into each node start in `into`, and which.
pub(super) fn turned(nodes: usize, head: &[u32], first: &mut Vec<u32>, into: &mut Vec<u32>) {
    first.clear();
    first.resize(nodes + 1, 0);
    for &head in head {
        first[head as usize + 1] += 1;
    }
    for i in 1..first.len() {
        first[i] += first[i - 1];
    }
    into.clear();
    into.resize(head.len(), 0);
    for arc in (0..head.len()).rev() {
        // Counted down to the start of each node, so that arcs come in order and nothing is copied.
        let end = &mut first[head[arc] as usize + 1];
        *end -= 1;
        into[*end as usize] = arc as u32;
    }
    first.rotate_left(1);
    if let Some(last) = first.last_mut() {
        *last = head.len() as u32;
    }
}

/// Where they can have been last, and the sightings that do not fit. The last sure sighting takes the place of all before it;
/// those that are not sure stand beside it.
fn hypotheses(quarry: &Quarry<'_>, scratch: &mut Scratch) -> (Vec<Hypothesis>, Vec<usize>) {
    let mut order: Vec<usize> = (0..quarry.seen.len()).collect();
    order.sort_by_key(|&i| (quarry.seen[i].when, i));
    let mut from = vec![(quarry.left, 0)];
    let mut doubted = Vec::new();
    for i in order {
        let seen = &quarry.seen[i];
        let fits = from.iter().any(|&(snap, when)| {
            let limit = Millis(slowed(seen.when.0.saturating_sub(when), quarry.pace));
            let sources = [snap];
            quarry.roads.reach(scratch, &sources, limit, Way::Out).at(&seen.at).is_some()
        });
        match (fits, seen.sure) {
            (true, true) => from = vec![(seen.at, seen.when.0)],
            (true, false) => from.push((seen.at, seen.when.0)),
            (false, _) => {
                doubted.push(i);
                from.push((seen.at, seen.when.0));
            }
        }
    }
    doubted.sort_unstable();
    (from, doubted)
}

/// A time as the network counts it, in which somebody of this pace does what the network gives it for.
fn slowed(ms: u32, pace: Pace) -> u32 {
    let scaled = u64::from(ms) * u64::from(pace.0) / 1_000;
    scaled.min(u64::from(caps::SEARCH_LIMIT_MS)) as u32
}

/// The time somebody of this pace takes for what takes `ms` on the network; never too late.
fn hurried(ms: u32, pace: Pace) -> u32 {
    (u64::from(ms) * 1_000 / u64::from(pace.0)).min(u64::from(u32::MAX)) as u32
}
