//! Seals by trying everything: arcs relaxed until nothing changes, every set of junctions, every assignment, every moment.

use precinct_base::NodeId;
use precinct_roads::{Along, Network, RoadClass, Snap, Way};

use super::super::plan::Plan;
use super::world::World;

pub(super) const NEVER: u32 = u32::MAX;

/// What the oracle knows of a world.
pub(super) struct Truth {
    pub(super) arrival: Vec<u32>,
    /// One is out here; the way does not go on.
    pub(super) exit: Vec<bool>,
    /// Reached by the horizon.
    inside: Vec<bool>,
    pub(super) arcs: Vec<(usize, usize, u32)>,
    pub(super) sources: Vec<(usize, u32)>,
    /// The nodes one arc on, one bit each.
    next: Vec<u32>,
    /// When each unit has each node closed.
    pub(super) closed: Vec<Vec<u32>>,
    pub(super) doubted: Vec<usize>,
}

/// The best there is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Best {
    /// Fewest points and then the greatest least slack, of what is manned.
    pub(super) sealed: Option<(usize, i64)>,
    /// The fewest points that nobody is at.
    pub(super) missing: usize,
    /// The fewest points, whoever is there.
    pub(super) points: usize,
}

fn arcs(network: &Network) -> Vec<(usize, usize, u32)> {
    let map = network.map();
    let mut arcs = Vec::new();
    for id in map.segment_ids() {
        let ends = map.segment(id);
        for (along, tail, head) in
            [(Along::Forward, ends.from, ends.to), (Along::Backward, ends.to, ends.from)]
        {
            if let Some(time) = network.time(id, along).filter(|_| tail != head) {
                arcs.push((tail.index(), head.index(), time.0));
            }
        }
    }
    arcs
}

fn relax(nodes: usize, arcs: &[(usize, usize, u32)], from: &[(usize, u32)]) -> Vec<u32> {
    let mut best = vec![NEVER; nodes];
    for &(node, time) in from {
        best[node] = best[node].min(time);
    }
    for _ in 0..nodes {
        for &(tail, head, time) in arcs {
            best[head] = best[head].min(best[tail].saturating_add(time));
        }
    }
    best
}

fn ends(network: &Network, place: &Snap, start: u32) -> Vec<(usize, u32)> {
    network.ends(place, Way::Out).map(|(node, time)| (node.index(), time.0 + start)).collect()
}

impl Truth {
    pub(super) fn of(world: &World) -> Self {
        let network = &*world.network;
        let (arcs, nodes) = (arcs(network), network.map().node_count());
        let scaled = |ms: u32| ms * u32::from(world.pace) / 1_000;
        let unscaled = |ms: u32| if ms == NEVER { ms } else { ms * 1_000 / u32::from(world.pace) };
        let (sources, doubted) = sources(world, &scaled);
        let reached = relax(nodes, &arcs, &sources);
        let inside: Vec<bool> = reached.iter().map(|&time| time <= scaled(world.horizon)).collect();
        // One arc beyond the horizon at most.
        let own: Vec<_> = arcs.iter().copied().filter(|arc| inside[arc.0]).collect();
        let mut arrival = vec![NEVER; nodes];
        let mut exit = vec![false; nodes];
        for node in (0..nodes).filter(|&node| inside[node]) {
            arrival[node] = reached[node];
        }
        for &(node, time) in sources.iter().filter(|source| !inside[source.0]) {
            arrival[node] = arrival[node].min(time);
            exit[node] = true;
        }
        for &(tail, head, time) in own.iter().filter(|arc| !inside[arc.1]) {
            arrival[head] = arrival[head].min(reached[tail] + time);
            exit[head] = true;
        }
        let arrival: Vec<u32> = arrival.into_iter().map(unscaled).collect();
        let map = network.map();
        for node in (0..nodes).filter(|&node| world.edge && arrival[node] != NEVER) {
            let at: Vec<_> = network.segments_at(NodeId(node as u32)).collect();
            exit[node] |= at.len() == 1 && map.segment(at[0].0).class <= RoadClass::Tertiary;
        }
        let ready = world.now + world.setup;
        let closed = world.units.iter().map(|unit| {
            let from = ends(network, &unit.at, ready + unit.delay.0);
            let mut row = relax(nodes, &arcs, &from);
            if let Some(held) = unit.holds {
                row[held.node.index()] = row[held.node.index()].min(held.since.0);
            }
            row
        });
        let closed = closed.collect();
        let mut next = vec![0; nodes];
        for &(tail, head, _) in &own {
            next[tail] |= 1 << head;
        }
        Self { arrival, exit, inside, arcs: own, sources, next, closed, doubted }
    }

    fn slack(&self, unit: usize, node: usize) -> i64 {
        i64::from(self.arrival[node]) - i64::from(self.closed[unit][node])
    }

    /// Whether one gets out without passing a node of `cut`.
    pub(super) fn leaks(&self, cut: u32, exit: &[bool]) -> bool {
        let exits = (0..exit.len()).filter(|&node| exit[node]).fold(0, |all, node| all | 1 << node);
        let from = self.sources.iter().fold(0u32, |all, source| all | 1 << source.0) & !cut;
        let (mut seen, mut todo) = (from, from);
        while todo != 0 {
            let next = self.next[todo.trailing_zeros() as usize] & !cut & !seen;
            todo &= todo - 1;
            todo |= next;
            seen |= next;
        }
        seen & exits != 0
    }

    /// Exits that somebody who may close nodes `may` cannot keep one from.
    pub(super) fn lost(&self, may: u32) -> Vec<usize> {
        let only = |exit: usize| {
            let mut exits = vec![false; self.exit.len()];
            exits[exit] = true;
            exits
        };
        (0..self.exit.len())
            .filter(|&node| self.exit[node] && self.leaks(may, &only(node)))
            .collect()
    }

    /// The nodes that anybody who stood there could close in time, or that some unit holds.
    pub(super) fn closable(&self, world: &World) -> u32 {
        let ready = world.now + world.setup;
        let can = |node: &usize| {
            let some = (0..self.closed.len()).any(|unit| self.slack(unit, *node) >= 0);
            self.arrival[*node] != NEVER && (self.arrival[*node] >= ready || some)
        };
        (0..self.arrival.len()).filter(can).fold(0, |all, node| all | 1 << node)
    }

    /// Tries every set of nodes.
    pub(super) fn best(&self, world: &World) -> Best {
        let may = self.closable(world);
        let mut exit = self.exit.clone();
        for node in self.lost(may) {
            exit[node] = false;
        }
        let mut best = Best { sealed: None, missing: usize::MAX, points: usize::MAX };
        for cut in (0u32..1 << self.arrival.len()).filter(|cut| cut & !may == 0) {
            if self.leaks(cut, &exit) {
                continue;
            }
            let nodes: Vec<usize> =
                (0..self.arrival.len()).filter(|node| cut >> node & 1 == 1).collect();
            let (filled, least) = self.man(&nodes, 0);
            best.points = best.points.min(nodes.len());
            best.missing = best.missing.min(nodes.len() - filled);
            let better = |had: (usize, i64)| (nodes.len(), -least) < (had.0, -had.1);
            if filled == nodes.len() && best.sealed.is_none_or(better) {
                best.sealed = Some((nodes.len(), least));
            }
        }
        best
    }

    /// How many of the nodes can be manned at once, and the greatest least slack in that.
    fn man(&self, nodes: &[usize], taken: u32) -> (usize, i64) {
        let Some((&first, rest)) = nodes.split_first() else { return (0, i64::MAX) };
        let mut best = self.man(rest, taken);
        for unit in (0..self.closed.len()).filter(|unit| taken >> unit & 1 == 0) {
            let slack = self.slack(unit, first);
            if slack >= 0 {
                let (filled, least) = self.man(rest, taken | 1 << unit);
                best = best.max((filled + 1, least.min(slack)));
            }
        }
        best
    }

    /// Walks and waits through every moment: whether somebody who leaves as late as they like gets out between points that close at
    /// their times. At a point that is closed nobody arrives, passes or stays.
    pub(super) fn escapes(&self, world: &World, plan: &Plan) -> bool {
        let mut ready = vec![NEVER; self.arrival.len()];
        for point in &plan.points {
            ready[point.node.index()] = point.manned.map_or(NEVER, |manned| manned.ready.0);
        }
        let real = |moment: usize| (moment * 1_000 / usize::from(world.pace)) as u32;
        let last = 200usize;
        let mut there = vec![vec![false; last]; self.arrival.len()];
        for moment in 0..last {
            for &(node, time) in &self.sources {
                there[node][moment] |= time as usize <= moment;
            }
            for node in 0..self.arrival.len() {
                // A point closes for those who come at that very moment or later.
                if real(moment) >= ready[node] {
                    there[node][moment] = false;
                }
                if !there[node][moment] {
                    continue;
                }
                if self.exit[node] && !plan.lost.iter().any(|lost| lost.node.index() == node) {
                    return true;
                }
                if !self.inside[node] {
                    continue;
                }
                if let Some(next) = there[node].get_mut(moment + 1) {
                    *next = true;
                }
                for &(_, head, time) in self.arcs.iter().filter(|arc| arc.0 == node) {
                    if let Some(then) = there[head].get_mut(moment + time as usize) {
                        *then = true;
                    }
                }
            }
        }
        false
    }
}

/// A node, and when one can be there.
type Start = (usize, u32);

/// Where one can have been last, by the rule of sightings.
fn sources(world: &World, scaled: &impl Fn(u32) -> u32) -> (Vec<Start>, Vec<usize>) {
    let network = &*world.network;
    let (arcs, nodes) = (arcs(network), network.map().node_count());
    let mut order: Vec<usize> = (0..world.seen.len()).collect();
    order.sort_by_key(|&i| world.seen[i].when);
    let mut from = vec![(world.left, 0)];
    let mut doubted = Vec::new();
    for i in order {
        let seen = &world.seen[i];
        let fits = from.iter().any(|(snap, when)| {
            let reached = relax(nodes, &arcs, &ends(network, snap, 0));
            let through = network.ends(&seen.at, Way::In).filter_map(|(node, time)| {
                let there = reached[node.index()];
                (there != NEVER).then(|| there + time.0)
            });
            let along = along(network, snap, &seen.at);
            let takes = through.chain(along).min();
            takes.is_some_and(|takes| takes <= scaled(seen.when.0 - when))
        });
        if fits && seen.sure {
            from.clear();
        }
        if !fits {
            doubted.push(i);
        }
        from.push((seen.at, seen.when.0));
    }
    doubted.sort_unstable();
    let starts = from.iter().flat_map(|(snap, when)| ends(network, snap, scaled(*when)));
    (starts.collect(), doubted)
}

/// From one place to another of the same street without leaving it.
fn along(network: &Network, from: &Snap, to: &Snap) -> Option<u32> {
    if from.segment != to.segment {
        return None;
    }
    let along = if to.offset > from.offset { Along::Forward } else { Along::Backward };
    let gap = to.offset.0.abs_diff(from.offset.0);
    if gap == 0 {
        return Some(0);
    }
    let whole = network.map().segment(from.segment).length;
    Some(network.time(from.segment, along)?.share(gap as u32, whole.0 as u32).0)
}
