//! When the units can have a junction closed.

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::{Network, Profile, Scratch, Way};

use super::ball::Ball;
use super::flow::OPEN;
use super::outward::Outward;
use super::question::{Question, UnitAt};
use super::web::Web;

/// A unit that can be at some junction of the web in time.
#[derive(Clone, Debug)]
struct Usable {
    /// Its index in the question.
    index: usize,
    profile: Profile,
    /// The nodes it comes to first, and when, from now.
    ends: Vec<(NodeId, Millis)>,
}

/// That a unit closes a node in time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Closes {
    /// How long before the quarry can be there.
    pub(super) slack: u32,
    pub(super) unit: u16,
    /// At which spot of the node that leaves most slack, counted along its row.
    pub(super) place: u16,
}

/// The units of a question, and when they can have each junction of the web closed.
#[derive(Clone, Debug, Default)]
pub(super) struct Force {
    usable: Vec<Usable>,
    /// Whether units that could be of use were left out.
    pub(super) left_out: bool,
    /// For each node the most slack that anybody leaves it; less than none where nobody closes it in time.
    pub(super) best: Vec<i64>,
    /// Where those who close each node in time start and end in `closes`.
    first: Vec<u32>,
    last: Vec<u32>,
    /// Node after node, the units that close it in time, ascending.
    closes: Vec<Closes>,
    /// Unit after unit, the spots it closes in time, and when.
    found: Vec<(u32, u32)>,
    /// Where those of each unit end.
    ends: Vec<usize>,
    outward: [Outward; Profile::COUNT],
}

/// How long a unit may take to a spot from now, if it is to be closed in time; none if nobody who is not there already can.
fn room(question: &Question<'_>, web: &Web, spot: usize) -> Option<u32> {
    let ready = question.now.0.saturating_add(question.setup.0);
    web.arrival[spot].checked_sub(ready).filter(|_| web.can[spot])
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

    /// The units that close a node in time, ascending.
    pub(super) fn at(&self, node: usize) -> &[Closes] {
        &self.closes[self.first[node] as usize..self.last[node] as usize]
    }

    /// What a node lets through where each that somebody closes in time counts one.
    pub(super) fn one_in_time(&self, node: usize) -> u32 {
        if self.best[node] < 0 { OPEN } else { 1 }
    }

    /// When a unit has a spot closed, if that is in time.
    pub(super) fn closed(&self, unit: usize, spot: u32) -> Option<u32> {
        let start = unit.checked_sub(1).map_or(0, |before| self.ends[before]);
        let own = &self.found[start..self.ends[unit]];
        own.iter().find(|found| found.0 == spot).map(|found| found.1)
    }

    /// Finds out which units are of use, and which spots each closes in time.
    pub(super) fn muster(
        &mut self,
        question: &Question<'_>,
        (ball, web): (&Ball, &Web),
        scratch: &mut Scratch,
    ) {
        self.usable.clear();
        let latest = (0..web.spots.len()).filter_map(|spot| room(question, web, spot)).max();
        let limit = Millis(latest.unwrap_or(0).min(caps::SEARCH_LIMIT_MS));
        let mut scored: Vec<(u32, Usable)> = Vec::new();
        for network in question.networks.iter().flatten() {
            let outward = &mut self.outward[network.profile().index()];
            useful(question, (ball, web), (network, limit), (scratch, outward), &mut scored);
        }
        scored.sort_by_key(|(score, unit)| (*score, unit.index));
        self.left_out = scored.len() > caps::CONTAINMENT_UNITS;
        scored.truncate(caps::CONTAINMENT_UNITS);
        self.usable.extend(scored.into_iter().map(|(_, unit)| unit));
        self.usable.sort_by_key(|unit| unit.index);
        self.survey(question, (ball, web));
        self.turn(web);
    }

    /// What each unit closes in time: one search outwards from each, which goes no further than it is of use.
    fn survey(&mut self, question: &Question<'_>, (ball, web): (&Ball, &Web)) {
        let ready = question.now.0.saturating_add(question.setup.0);
        let Self { usable, found, ends, outward, .. } = self;
        found.clear();
        ends.clear();
        for unit in usable.iter() {
            let held = held(question, (ball, web), unit.index);
            let held = held.filter(|&(spot, since)| since <= web.arrival[spot as usize]);
            let own = found.len();
            found.extend(held);
            outward[unit.profile.index()].go(&unit.ends, |spot, time| {
                let closed = ready.saturating_add(time);
                if held.is_some_and(|held| held.0 == spot) {
                    found[own].1 = found[own].1.min(closed);
                } else if closed <= web.arrival[spot as usize] {
                    found.push((spot, closed));
                }
            });
            ends.push(found.len());
        }
    }

    /// Sorts what was found by node, units ascending; of the spots of a node the one counts that leaves most slack.
    fn turn(&mut self, web: &Web) {
        let Self { found, ends, first, last, closes, best, .. } = self;
        first.clear();
        first.resize(web.len() + 1, 0);
        for &(spot, _) in found.iter() {
            first[web.chains.of[spot as usize] as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        last.clear();
        last.extend(&first[..web.len()]);
        closes.clear();
        closes.resize(found.len(), Closes::default());
        best.clear();
        best.resize(web.len(), -1);
        let mut next = 0;
        for (unit, &end) in (0u16..).zip(ends.iter()) {
            for &(spot, closed) in &found[next..end] {
                let node = web.chains.of[spot as usize] as usize;
                let slack = web.arrival[spot as usize] - closed;
                best[node] = best[node].max(i64::from(slack));
                let new = Closes { slack, unit, place: web.chains.place[spot as usize] as u16 };
                let at = &mut last[node];
                match closes[first[node] as usize..*at as usize].last_mut() {
                    Some(had) if had.unit == unit => {
                        if (slack, new.place) > (had.slack, had.place) {
                            *had = new;
                        }
                    }
                    _ => {
                        closes[*at as usize] = new;
                        *at += 1;
                    }
                }
            }
            next = end;
        }
    }
}

/// The units of one network that can be at some spot of the web in time, with how long before its time the best of them could
/// have to leave; one search inwards from all of the web.
fn useful(
    question: &Question<'_>,
    (ball, web): (&Ball, &Web),
    (network, limit): (&Network, Millis),
    (scratch, outward): (&mut Scratch, &mut Outward),
    scored: &mut Vec<(u32, Usable)>,
) {
    let id = |spot: usize| ball.nodes[web.spots[spot] as usize];
    let points = |spot: usize| Some((spot, room(question, web, spot)?));
    let seeds: Vec<(NodeId, Millis)> = (0..web.spots.len())
        .filter_map(points)
        .map(|(spot, room)| (id(spot), Millis(limit.0.saturating_sub(room))))
        .collect();
    let reach = network.reach_from_nodes(scratch, &seeds, limit, Way::In);
    let points = (0..web.spots.len()).filter_map(points).map(|(spot, _)| (id(spot), spot as u32));
    outward.learn(network, (&reach, limit), points);
    let own = |unit: &(usize, &UnitAt)| unit.1.profile == network.profile();
    for (index, unit) in question.units.iter().enumerate().filter(own) {
        let holds = held(question, (ball, web), index).is_some();
        // What every drive costs beside its streets comes before them.
        let before = unit.delay.saturating_add(network.start_stop());
        let ends = network.ends(&unit.at, Way::Out);
        let ends: Vec<(NodeId, Millis)> =
            ends.map(|(node, time)| (node, time.saturating_add(before))).collect();
        let takes = ends
            .iter()
            .filter(|&&(node, time)| outward.useful(node, time))
            .filter_map(|&(node, time)| Some(reach.time(node)?.saturating_add(time)))
            .min();
        if let Some(score) = if holds { Some(Millis::ZERO) } else { takes } {
            scored.push((score.0, Usable { index, profile: unit.profile, ends }));
        }
    }
}

/// The spot that a unit holds, and since when.
fn held(question: &Question<'_>, (ball, web): (&Ball, &Web), unit: usize) -> Option<(u32, u32)> {
    let held = question.units[unit].holds?;
    let spot = web.spot(ball.local(held.node)?)?;
    Some((spot as u32, held.since.0))
}
