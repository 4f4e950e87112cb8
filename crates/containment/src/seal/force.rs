//! When the units can have a junction closed.

use std::collections::BTreeMap;

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::{Network, Profile, Scratch, Way};

use super::ball::Ball;
use super::outward::Outward;
use super::question::{Question, UnitAt};

/// Nobody can.
pub(super) const NEVER: u32 = u32::MAX;

/// Up to so many units what each closes in time is computed at the start, which takes no longer than finding out what is wanted.
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
    /// For each node of the ball, the earliest that anybody has it closed, since leaving; what is not in time may be told later than
    /// it is.
    pub(super) best: Vec<u32>,
    /// Closing times of all units, by node, of those that were asked for.
    rows: BTreeMap<u32, Vec<u32>>,
    /// Unit after unit, the nodes it closes in time, and when.
    in_time: Vec<(u32, u32)>,
    /// Where those of each unit start; empty until they were wanted.
    first: Vec<usize>,
    outward: [Outward; Profile::COUNT],
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
        self.in_time.clear();
        self.first.clear();
        self.usable.clear();
        self.best.clear();
        self.best.resize(ball.len(), NEVER);
        let latest = (0..ball.len()).filter_map(|node| room(question, ball, node)).max();
        let limit = Millis(latest.unwrap_or(0).min(caps::SEARCH_LIMIT_MS));
        let mut scored: Vec<(u32, Usable)> = Vec::new();
        for network in question.networks.iter().flatten() {
            let outward = &mut self.outward[network.profile().index()];
            useful(question, ball, (network, limit), (scratch, outward), &mut scored);
        }
        scored.sort_by_key(|(score, unit)| (*score, unit.index));
        self.left_out = scored.len() > caps::CONTAINMENT_UNITS;
        scored.truncate(caps::CONTAINMENT_UNITS);
        self.usable.extend(scored.into_iter().map(|(_, unit)| unit));
        self.usable.sort_by_key(|unit| unit.index);
        if self.usable.len() <= FEW {
            self.survey(question, ball);
            for &(node, closed) in &self.in_time {
                let best = &mut self.best[node as usize];
                *best = (*best).min(closed);
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

    /// When each unit of use can have `node` closed, since leaving; only what is in time is sure to be told. The node must have been
    /// [learnt](Self::learn).
    pub(super) fn row(&self, node: u32) -> &[u32] {
        self.rows.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The nodes that each unit of use closes in time, and when. They must have been [surveyed](Self::survey).
    pub(super) fn each(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        self.first.windows(2).map(|ends| &self.in_time[ends[0]..ends[1]])
    }

    /// Sees to it that [`Force::row`] knows these nodes.
    pub(super) fn learn(
        &mut self,
        question: &Question<'_>,
        ball: &Ball,
        nodes: &[u32],
        scratch: &mut Scratch,
    ) {
        let known = |node: &&u32| self.rows.contains_key(*node);
        let unknown: Vec<u32> = nodes.iter().filter(|node| !known(node)).copied().collect();
        if self.first.is_empty() && unknown.len() >= self.usable.len() {
            self.survey(question, ball);
        }
        if self.first.is_empty() {
            for node in unknown {
                let row = self.look_back(question, ball, node as usize, scratch);
                self.rows.insert(node, row);
            }
        } else {
            self.look_up(ball, &unknown);
        }
    }

    /// Reads some nodes off the survey, all in one pass.
    fn look_up(&mut self, ball: &Ball, nodes: &[u32]) {
        let mut place = vec![usize::MAX; ball.len()];
        for (i, &node) in nodes.iter().enumerate() {
            place[node as usize] = i;
        }
        let mut rows = vec![vec![NEVER; self.usable.len()]; nodes.len()];
        for (number, own) in self.each().enumerate() {
            for &(node, closed) in own {
                if let Some(row) = rows.get_mut(place[node as usize]) {
                    row[number] = closed;
                }
            }
        }
        self.rows.extend(nodes.iter().copied().zip(rows));
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

    /// What each unit closes in time: one search outwards from each, which goes no further than it is of use.
    pub(super) fn survey(&mut self, question: &Question<'_>, ball: &Ball) {
        if !self.first.is_empty() {
            return;
        }
        let ready = question.now.saturating_add(question.setup);
        let Self { usable, in_time, first, outward, .. } = self;
        first.push(0);
        for unit in usable.iter() {
            let profile = unit.profile.index();
            let held = held(question, ball, unit.index);
            in_time.extend(
                held.map(|(node, since)| (node as u32, since))
                    .filter(|&(node, since)| since <= ball.arrival[node as usize]),
            );
            if let Some(network) = question.networks[profile] {
                outward[profile].go(network, &unit.ends, |id, time| {
                    let Some(node) = ball.local(id) else { return };
                    let closed = ready.saturating_add(Millis(time)).0;
                    let sooner = held.is_none_or(|held| held.0 != node || closed < held.1);
                    if closed <= ball.arrival[node] && sooner {
                        in_time.push((node as u32, closed));
                    }
                });
            }
            first.push(in_time.len());
        }
    }
}

/// The units of one network that can be at some node of the ball in time, with how long before its time the best of them could
/// have to leave; one search inwards from all of the ball.
fn useful(
    question: &Question<'_>,
    ball: &Ball,
    (network, limit): (&Network, Millis),
    (scratch, outward): (&mut Scratch, &mut Outward),
    scored: &mut Vec<(u32, Usable)>,
) {
    let seeds: Vec<(NodeId, Millis)> = (0..ball.len())
        .filter_map(|node| {
            Some((ball.nodes[node], Millis(limit.0.saturating_sub(room(question, ball, node)?))))
        })
        .collect();
    let reach = network.reach_from_nodes(scratch, &seeds, limit, Way::In);
    outward.learn(network, &reach, limit);
    let own = |unit: &(usize, &UnitAt)| unit.1.profile == network.profile();
    for (index, unit) in question.units.iter().enumerate().filter(own) {
        let holds = unit.holds.is_some_and(|held| ball.local(held.node).is_some());
        // What every drive costs beside its streets comes before them.
        let before = unit.delay.saturating_add(network.start_stop());
        let ends = network.ends(&unit.at, Way::Out);
        let ends: Vec<(NodeId, Millis)> =
            ends.map(|(node, time)| (node, time.saturating_add(before))).collect();
        let in_time = ends.iter().filter(|&&(node, time)| outward.useful(node, time));
        let takes =
            in_time.filter_map(|&(node, time)| Some(reach.time(node)?.saturating_add(time)));
        if let Some(score) = if holds { Some(Millis::ZERO) } else { takes.min() } {
            scored.push((score.0, Usable { index, profile: unit.profile, ends }));
        }
    }
}

/// The node that a unit holds, and since when.
fn held(question: &Question<'_>, ball: &Ball, unit: usize) -> Option<(usize, u32)> {
    let held = question.units[unit].holds?;
    Some((ball.local(held.node)?, held.since.0))
}
