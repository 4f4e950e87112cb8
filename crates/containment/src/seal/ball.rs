//! What the quarry can reach by the horizon, as a small graph of its own.

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::{Reach, RoadClass, Scratch, Snap, Way};

use super::marks::Marks;
use super::question::{Pace, Quarry, Question};

/// Not in the ball.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The junctions that can be reached by the horizon, those just beyond it, and the ways between them. Nodes are numbered from 0 by
/// their ids, so that the same ball is the same graph; those beyond come last.
#[derive(Clone, Debug, Default)]
pub(super) struct Ball {
    /// Node ids, ascending.
    pub(super) nodes: Vec<NodeId>,
    /// The earliest the quarry can be there, in milliseconds since leaving.
    pub(super) arrival: Vec<u32>,
    /// Whether one is out once one has passed here.
    pub(super) exit: Vec<bool>,
    /// Whether a unit that stood there now could close it in time, or one that holds it does.
    pub(super) closable: Vec<bool>,
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
    marks: Marks,
    /// Nodes beyond the horizon that are come to, and when.
    beyond: Vec<(NodeId, u32)>,
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
        self.take_in(quarry, &reach);
        self.keep_arcs(quarry);
        self.go_beyond(&seeds);
        self.mark_exits(question);
        turned(self.nodes.len(), &self.head, &mut self.back_first, &mut self.into);
        self.sources.clear();
        let sources = seeds.iter().filter_map(|seed| self.local.get(seed.0.index()).copied());
        self.sources.extend(sources.filter(|&node| node != NOWHERE));
        self.sources.sort_unstable();
        self.sources.dedup();
        if quarry.pace != Pace::ONE {
            for time in &mut self.arrival {
                *time = hurried(*time, quarry.pace);
            }
        }
        self.mark_closable(question);
    }

    /// Numbers the nodes that are reached.
    fn take_in(&mut self, quarry: &Quarry<'_>, reach: &Reach<'_>) {
        for node in &self.nodes {
            self.local[node.index()] = NOWHERE;
        }
        let nodes = quarry.roads.map().node_count();
        self.local.resize(nodes, NOWHERE);
        self.marks.fit(nodes);
        self.nodes.clear();
        self.arrival.clear();
        for (node, _) in reach.nodes() {
            self.marks.put(node);
        }
        let Self { marks, nodes, local, arrival, .. } = self;
        marks.take(|node| {
            local[node.index()] = nodes.len() as u32;
            nodes.push(node);
            arrival.push(reach.time(node).map_or(u32::MAX, |time| time.0));
        });
    }

    /// Keeps the arcs out of the nodes that are reached, by the ids of their heads for now, and what they lead to beyond.
    fn keep_arcs(&mut self, quarry: &Quarry<'_>) {
        let Self { first, head, tail, beyond, .. } = self;
        for memory in [&mut *first, &mut *head, &mut *tail] {
            memory.clear();
        }
        beyond.clear();
        for (i, (&node, &time)) in self.nodes.iter().zip(&self.arrival).enumerate() {
            first.push(head.len() as u32);
            for (to, takes) in quarry.roads.next_to(node, Way::Out) {
                head.push(to.0);
                tail.push(i as u32);
                if self.local[to.index()] == NOWHERE {
                    beyond.push((to, time.saturating_add(takes.0)));
                }
            }
        }
    }

    /// Numbers the nodes one arc beyond the horizon. Where the street they left on is so long that its end lies beyond it, that end is
    /// one of them.
    fn go_beyond(&mut self, seeds: &[(NodeId, Millis)]) {
        let Self { nodes, local, arrival, marks, beyond, .. } = self;
        let reached = nodes.len();
        let ends = seeds.iter().map(|(node, time)| (*node, time.0));
        beyond.extend(ends.filter(|(node, _)| local[node.index()] == NOWHERE));
        for &(node, _) in beyond.iter() {
            marks.put(node);
        }
        marks.take(|node| {
            local[node.index()] = nodes.len() as u32;
            nodes.push(node);
        });
        arrival.resize(nodes.len(), u32::MAX);
        for &(node, time) in beyond.iter() {
            let there = &mut arrival[local[node.index()] as usize];
            *there = (*there).min(time);
        }
        for head in &mut self.head {
            *head = local[*head as usize];
        }
        self.first.resize(nodes.len() + 1, self.head.len() as u32);
        self.exit.clear();
        self.exit.resize(reached, false);
        self.exit.resize(nodes.len(), true);
    }

    /// A through road that simply ends does so because the map does. Whoever came to where it ends can only turn.
    fn mark_exits(&mut self, question: &Question<'_>) {
        if !question.edge_is_open {
            return;
        }
        let roads = question.quarry.roads;
        for (i, node) in self.nodes.iter().enumerate() {
            if self.exit[i] || self.first[i + 1] - self.first[i] > 1 {
                continue;
            }
            let mut streets = roads.segments_at(*node);
            if let (Some((only, _)), None) = (streets.next(), streets.next()) {
                self.exit[i] |= roads.map().segment(only).class <= RoadClass::Tertiary;
            }
        }
    }

    fn mark_closable(&mut self, question: &Question<'_>) {
        let ready = question.now.0.saturating_add(question.setup.0);
        self.closable.clear();
        self.closable.extend(self.arrival.iter().map(|&arrival| arrival >= ready));
        for unit in question.units {
            if question.networks[unit.profile.index()].is_some()
                && let Some(held) = unit.holds
                && let Some(node) = self.local(held.node)
            {
                self.closable[node] |= held.since.0 <= self.arrival[node];
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
