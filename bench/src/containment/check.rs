//! A plan held against searches that share nothing with the solver.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use precinct_base::{Millis, NodeId};
use precinct_containment::{Plan, Question};
use precinct_roads::{RoadClass, Scratch, Way};

/// Panics where a plan does not do what it says.
pub(super) fn holds(question: &Question<'_>, plan: &Plan) {
    let mut sent = BTreeSet::new();
    let mut closes: BTreeMap<NodeId, u32> = BTreeMap::new();
    let mut scratch = Scratch::default();
    for point in &plan.points {
        let Some(manned) = point.manned else { continue };
        assert!(sent.insert(manned.unit), "a unit is at two points");
        let unit =
            question.units.iter().find(|unit| unit.unit == manned.unit).expect("it is known");
        let sources = [unit.at];
        // A point may lie past the horizon, at the end of a long street; whoever is ready when it says is there by then.
        let reach = question.quarry.roads.reach(&mut scratch, &sources, manned.ready, Way::Out);
        let takes = reach.time(point.node).expect("it gets there");
        let ready = question.now.saturating_add(takes).saturating_add(question.setup);
        assert_eq!(
            (ready, ready <= point.quarry),
            (manned.ready, true),
            "it is there when it says"
        );
        closes.insert(point.node, ready.0);
    }
    assert_eq!(plan.sealed, plan.missing == 0 && plan.lost.is_empty());
    if plan.sealed {
        let out = escape(question, &closes);
        assert_eq!(out, None, "somebody who left comes out");
    }
}

/// The first node past the horizon that is reached, or where a through road leaves the map: by a search that finds each point open
/// until it closes.
fn escape(question: &Question<'_>, closes: &BTreeMap<NodeId, u32>) -> Option<NodeId> {
    let roads = question.quarry.roads;
    let mut scratch = Scratch::default();
    let left = [question.quarry.left];
    // What lies within the horizon if nothing is closed is no way out, however late somebody comes there.
    let ball = roads.reach(&mut scratch, &left, question.horizon, Way::Out);
    let mut best: BTreeMap<NodeId, u32> = BTreeMap::new();
    let mut heap: BinaryHeap<Reverse<(u32, NodeId)>> = roads
        .ends(&question.quarry.left, Way::Out)
        .map(|(node, Millis(ms))| Reverse((ms, node)))
        .collect();
    while let Some(Reverse((ms, node))) = heap.pop() {
        let closed = closes.get(&node).is_some_and(|&ready| ms >= ready);
        if closed || best.get(&node).is_some_and(|&had| had <= ms) {
            continue;
        }
        best.insert(node, ms);
        let streets: Vec<_> = roads.segments_at(node).collect();
        let through = |at: &[_; 1]| {
            let (segment, _): (_, precinct_roads::Along) = at[0];
            roads.map().segment(segment).class <= RoadClass::Tertiary
        };
        let ends = <[_; 1]>::try_from(streets.clone()).is_ok_and(|only| through(&only));
        if ball.time(node).is_none() || ends {
            return Some(node);
        }
        for (segment, along) in streets {
            let street = roads.map().segment(segment);
            let (tail, head) = (street.from, street.to);
            let head =
                if tail == node && along == precinct_roads::Along::Forward { head } else { tail };
            if let Some(takes) = roads.time(segment, along) {
                heap.push(Reverse((ms + takes.0, head)));
            }
        }
    }
    None
}
