//! What was found in an extract's roads, in numbers.

use precinct_base::Millimetres;
use precinct_roads::{Along, Draft, Profile};

use super::locate::{Located, Presence};

/// Counts of one import, for the person who started it and for tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoadReport {
    /// Nodes in the file.
    pub nodes: u64,
    /// Of those, in the area asked for.
    pub nodes_inside: u64,
    /// Ways in the file.
    pub ways: u64,
    /// Of those, roads that some profile may use, wherever they lie.
    pub roads: u64,
    /// Of those, open to a police car.
    pub car_ways: u64,
    /// Of the car ways, open to it one way only.
    pub one_way: u64,
    /// Of the car ways, with a name or number in any language.
    pub named: u64,
    /// Of the car ways, with a `maxspeed` tag.
    pub with_limit: u64,
    /// Roads with a speed limit that cannot be meant or is not understood; it is left out.
    pub odd_limits: u64,
    /// Nodes of roads that are not in the file; the roads are cut there.
    pub missing_nodes: u64,
    /// Nodes of roads outside the area; the roads are cut there.
    pub outside_nodes: u64,
    /// Roads cut at a missing node or at the edge of the area, of which a part is kept.
    pub cut_ways: u64,
    /// Roads of which nothing lies in the area and in the file.
    pub lost_ways: u64,
    /// Segments left out because they are longer than a road can be.
    pub too_long: u64,
    /// Barriers at which a road is severed for some profile.
    pub barriers: u64,
    /// Graph nodes made.
    pub graph_nodes: u64,
    /// Of those, ends of a segment open to a police car.
    pub car_nodes: u64,
    /// Segments made.
    pub segments: u64,
    /// Directed arcs open to a police car.
    pub car_arcs: u64,
    /// Length of all segments open to a police car, counted once however many ways they run.
    pub car_length: Millimetres,
    /// Length of all segments.
    pub length: Millimetres,
}

impl RoadReport {
    /// Adds the counts of the first pass.
    pub(super) fn add_ways(&mut self, part: &Self) {
        self.ways += part.ways;
        self.roads += part.roads;
        self.car_ways += part.car_ways;
        self.one_way += part.one_way;
        self.named += part.named;
        self.with_limit += part.with_limit;
        self.odd_limits += part.odd_limits;
    }

    /// Takes in what the second pass found.
    pub(super) fn take_in(&mut self, located: &Located) {
        self.nodes = located.nodes;
        self.nodes_inside = located.nodes_inside;
        self.missing_nodes = located.count(Presence::Missing);
        self.outside_nodes = located.count(Presence::Outside);
    }

    /// Sums up the draft.
    pub(crate) fn sum(&mut self, draft: &Draft) {
        self.graph_nodes = draft.nodes.len() as u64;
        self.segments = draft.segments.len() as u64;
        let mut at_car = vec![false; draft.nodes.len()];
        for segment in &draft.segments {
            let arcs = [Along::Forward, Along::Backward]
                .map(|along| segment.times.get(Profile::PoliceCar, along));
            let arcs = arcs.iter().flatten().count() as u64;
            self.car_arcs += arcs;
            self.length.0 += segment.length.0;
            if arcs > 0 {
                self.car_length.0 += segment.length.0;
                at_car[segment.from as usize] = true;
                at_car[segment.to as usize] = true;
            }
        }
        self.car_nodes = at_car.iter().filter(|car| **car).count() as u64;
    }
}
