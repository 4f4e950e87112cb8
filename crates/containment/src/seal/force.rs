//! When the units can have a junction closed.

use std::collections::BTreeMap;

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::{Network, Profile, Scratch, Way};

use super::ball::Ball;
use super::question::{Question, UnitAt};

/// Nobody can.
pub(super) const NEVER: u32 = u32::MAX;

/// Up to so many units all of their times are computed at the start, which takes no longer than finding out which are wanted.
const FEW: usize = 12;

/// A unit that can be at some junction of the ball in time.
#[derive(Clone, Debug)]
struct Usable {
    /// Its index in the question.
    index: usize,
    profile: Profile,
    /// The nodes it comes to first, and when, from now.
    ends: Vec<(NodeId, Millis)>,
}

/// The units of a question, and when they can have each junction closed.
#[derive(Clone, Debug, Default)]
pub(super) struct Force {
    usable: Vec<Usable>,
    /// Whether units that could be of use were left out.
    pub(super) left_out: bool,
    /// For each node of the ball, the earliest that anybody has it closed, since leaving.
    pub(super) best: Vec<u32>,
    /// Closing times of all units, by node.
    rows: BTreeMap<u32, Vec<u32>>,
    /// The same for all nodes at once, when they were all wanted.
    table: Vec<u32>,
}

/// How long a unit may take to a node from now, if it is to be closed in time; none if nobody who is not there already can.
fn room(question: &Question<'_>, ball: &Ball, node: usize) -> Option<u32> {
    let ready = question.now.0.saturating_add(question.setup.0);
    ball.arrival[node].checked_sub(ready)
}

impl Force {
    /// How many units can be of use.
    pub(super) fn len(&self) -> usize {
        self.usable.len()
    }

    /// The unit of that number among those of use.
    pub(super) fn unit<'a>(&self, question: &'a Question<'_>, number: usize) -> &'a UnitAt {
        &question.units[self.usable[number].index]
    }

    /// Finds out which units are of use, and how early somebody can be where.
    pub(super) fn muster(&mut self, question: &Question<'_>, ball: &Ball, scratch: &mut Scratch) {
        self.rows.clear();
        self.table.clear();
        self.usable.clear();
        self.best.clear();
        self.best.resize(ball.len(), NEVER);
        let latest = (0..ball.len()).filter_map(|node| room(question, ball, node)).max();
        let limit = Millis(latest.unwrap_or(0).min(caps::SEARCH_LIMIT_MS));
        let mut scored: Vec<(u32, Usable)> = Vec::new();
        for network in question.networks.iter().flatten() {
            useful(question, ball, (network, limit), scratch, &mut scored);
        }
        scored.sort_by_key(|(score, unit)| (*score, unit.index));
        self.left_out = scored.len() > caps::CONTAINMENT_UNITS;
        scored.truncate(caps::CONTAINMENT_UNITS);
        self.usable.extend(scored.into_iter().map(|(_, unit)| unit));
        self.usable.sort_by_key(|unit| unit.index);
        if self.usable.len() <= FEW {
            self.tabulate(question, ball, scratch);
            let units = self.usable.len();
            if units > 0 {
                for (best, row) in self.best.iter_mut().zip(self.table.chunks(units)) {
                    *best = row.iter().copied().min().unwrap_or(NEVER);
                }
            }
        } else {
            self.sweep(question, ball, limit, scratch);
        }
    }

    /// How early somebody can be where: one search outwards from all units of a network.
    fn sweep(
        &mut self,
        question: &Question<'_>,
        ball: &Ball,
        limit: Millis,
        scratch: &mut Scratch,
    ) {
        let ready = question.now.saturating_add(question.setup);
        for network in question.networks.iter().flatten() {
            let own = self.usable.iter().filter(|unit| unit.profile == network.profile());
            let seeds: Vec<(NodeId, Millis)> =
                own.flat_map(|unit| unit.ends.iter().copied()).collect();
            let reach = network.reach_from_nodes(scratch, &seeds, limit, Way::Out);
            for (node, best) in ball.nodes.iter().zip(&mut self.best) {
                if let Some(time) = reach.time(*node) {
                    *best = (*best).min(ready.saturating_add(time).0);
                }
            }
        }
        for unit in &self.usable {
            if let Some((node, since)) = held(question, ball, unit.index) {
                self.best[node] = self.best[node].min(since);
            }
        }
    }

    /// When each unit of use can have `node` closed, since leaving; only what is in time is sure to be told.
    pub(super) fn row(&self, node: u32) -> &[u32] {
        let units = self.usable.len();
        if !self.table.is_empty() {
            return &self.table[node as usize * units..(node as usize + 1) * units];
        }
        self.rows.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Sees to it that [`Force::row`] knows these nodes.
    pub(super) fn learn(
        &mut self,
        question: &Question<'_>,
        ball: &Ball,
        nodes: &[u32],
        scratch: &mut Scratch,
    ) {
        let unknown = nodes.iter().filter(|node| !self.rows.contains_key(node)).count();
        if !self.table.is_empty() || unknown == 0 {
            return;
        }
        if unknown >= self.usable.len() {
            self.tabulate(question, ball, scratch);
            return;
        }
        for &node in nodes {
            if !self.rows.contains_key(&node) {
                let row = self.look_back(question, ball, node as usize, scratch);
                self.rows.insert(node, row);
            }
        }
    }

    fn look_back(
        &self,
        question: &Question<'_>,
        ball: &Ball,
        node: usize,
        scratch: &mut Scratch,
    ) -> Vec<u32> {
        let mut row = vec![NEVER; self.usable.len()];
        let ready = question.now.saturating_add(question.setup);
        let limit = Millis(room(question, ball, node).unwrap_or(0));
        for network in question.networks.iter().flatten() {
            let seeds = [(ball.nodes[node], Millis::ZERO)];
            let reach = network.reach_from_nodes(scratch, &seeds, limit, Way::In);
            for (unit, closed) in self.usable.iter().zip(&mut row) {
                if unit.profile == network.profile() {
                    let ends = unit.ends.iter();
                    let takes =
                        ends.filter_map(|&(end, time)| Some(reach.time(end)?.saturating_add(time)));
                    *closed = takes.min().map_or(NEVER, |time| ready.saturating_add(time).0);
                }
            }
        }
        for (unit, closed) in self.usable.iter().zip(&mut row) {
            if let Some((held, since)) = held(question, ball, unit.index)
                && held == node
            {
                *closed = (*closed).min(since);
            }
        }
        row
    }

    /// All times of all units: one search outwards from each.
    pub(super) fn tabulate(&mut self, question: &Question<'_>, ball: &Ball, scratch: &mut Scratch) {
        let units = self.usable.len();
        if !self.table.is_empty() {
            return;
        }
        self.table.resize(units * ball.len(), NEVER);
        let ready = question.now.saturating_add(question.setup);
        let latest = (0..ball.len()).filter_map(|node| room(question, ball, node)).max();
        let limit = Millis(latest.unwrap_or(0));
        for (number, unit) in self.usable.iter().enumerate() {
            let Some(network) = question.networks[unit.profile.index()] else { continue };
            let reach = network.reach_from_nodes(scratch, &unit.ends, limit, Way::Out);
            for (node, id) in ball.nodes.iter().enumerate() {
                if let Some(time) = reach.time(*id) {
                    self.table[node * units + number] = ready.saturating_add(time).0;
                }
            }
            if let Some((node, since)) = held(question, ball, unit.index) {
                let closed = &mut self.table[node * units + number];
                *closed = (*closed).min(since);
            }
        }
    }
}

/// The units of one network that can be at some node of the ball in time, with how long before its time the best of them could
/// have to leave; one search inwards from all of the ball.
fn useful(
    question: &Question<'_>,
    ball: &Ball,
    (network, limit): (&Network, Millis),
    scratch: &mut Scratch,
    scored: &mut Vec<(u32, Usable)>,
) {
    let own = |unit: &&(usize, &UnitAt)| unit.1.profile == network.profile();
    let units: Vec<(usize, &UnitAt)> = question.units.iter().enumerate().collect();
    let units: Vec<&(usize, &UnitAt)> = units.iter().filter(own).collect();
    let seeds: Vec<(NodeId, Millis)> = (0..ball.len())
        .filter_map(|node| {
            Some((ball.nodes[node], Millis(limit.0.saturating_sub(room(question, ball, node)?))))
        })
        .collect();
    let few = units.len() <= FEW;
    let none: [(NodeId, Millis); 0] = [];
    let seeds = if few { &none[..] } else { &seeds[..] };
    let reach = network.reach_from_nodes(scratch, seeds, limit, Way::In);
    for &&(index, unit) in &units {
        let ends: Vec<(NodeId, Millis)> = network
            .ends(&unit.at, Way::Out)
            .map(|(node, time)| (node, time.saturating_add(unit.delay)))
            // What every drive costs beside its streets.
            .map(|(node, time)| (node, time.saturating_add(network.start_stop())))
            .collect();
        let takes = ends.iter().filter_map(|&(node, time)| {
            Some(reach.time(node)?.saturating_add(time)).filter(|time| *time <= limit)
        });
        let holds = unit.holds.is_some_and(|held| ball.local(held.node).is_some());
        let score = if few || holds { Some(Millis::ZERO) } else { takes.min() };
        if let Some(score) = score {
            scored.push((score.0, Usable { index, profile: unit.profile, ends }));
        }
    }
}

/// The node that a unit holds, and since when.
fn held(question: &Question<'_>, ball: &Ball, unit: usize) -> Option<(usize, u32)> {
    let held = question.units[unit].holds?;
    Some((ball.local(held.node)?, held.since.0))
}
