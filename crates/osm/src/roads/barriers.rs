//! Barriers sever a road for those they stop: the node is doubled, and only those who may pass are led from one to the other.
//!
//! The doubles keep the number of the node in the source. Where nobody loses a way through, the node stays one.

use precinct_base::{Millimetres, Millis, NameId};
use precinct_roads::{Along, Draft, DraftSegment, Profile, Times};

use super::locate::Located;
use crate::tags::Who;

/// One end of one segment.
#[derive(Clone, Copy, Debug)]
struct End {
    segment: usize,
    last: bool,
}

/// Severs the draft at every barrier; says how many sever anything.
pub(super) fn close(draft: &mut Draft, located: &Located) -> u64 {
    let barriers: Vec<(i64, Who)> =
        located.barriers.iter().map(|&(node, who)| (located.id(node), who)).collect();
    let mut ends: Vec<(u32, End)> = Vec::new();
    let is_barrier = |node: u32| {
        barriers.binary_search_by_key(&draft.nodes[node as usize].osm_id, |b| b.0).is_ok()
    };
    if !barriers.is_empty() {
        for (segment, at) in draft.segments.iter().enumerate() {
            let both =
                [(at.from, End { segment, last: false }), (at.to, End { segment, last: true })];
            ends.extend(both.into_iter().filter(|(node, _)| is_barrier(*node)));
        }
    }
    ends.sort_by_key(|(node, _)| *node);
    let mut severed = 0;
    for group in ends.chunk_by(|a, b| a.0 == b.0) {
        let id = draft.nodes[group[0].0 as usize].osm_id;
        if let Ok(at) = barriers.binary_search_by_key(&id, |b| b.0) {
            severed += u64::from(sever(draft, group, barriers[at].1));
        }
    }
    severed
}

/// Gives every end but the first a node of its own, if anyone is stopped who could otherwise go on.
fn sever(draft: &mut Draft, ends: &[(u32, End)], stopped: Who) -> bool {
    let users: Vec<Who> = ends.iter().map(|(_, end)| users(&draft.segments[end.segment])).collect();
    let on_two = |profile| users.iter().filter(|who| who.has(profile)).count() > 1;
    if Who::where_(|profile| stopped.has(profile) && on_two(profile)).is_nobody() {
        return false;
    }
    for (&(node, end), users) in ends.iter().zip(&users).skip(1) {
        let double = draft.nodes.len() as u32;
        draft.nodes.push(draft.nodes[node as usize]);
        let segment = &mut draft.segments[end.segment];
        *(if end.last { &mut segment.to } else { &mut segment.from }) = double;
        let passing = users.without(stopped);
        if !passing.is_nobody() {
            let (class, way) = (segment.class, segment.way);
            let (shape, length, name) = (Vec::new(), Millimetres(0), NameId(0));
            let times = no_time(passing);
            draft.segments.push(DraftSegment {
                from: node,
                to: double,
                shape,
                length,
                class,
                name,
                way,
                times,
            });
        }
    }
    true
}

/// Who may use a segment, either way.
fn users(segment: &DraftSegment) -> Who {
    let may = |profile, along| segment.times.get(profile, along).is_some();
    Who::where_(|profile| may(profile, Along::Forward) || may(profile, Along::Backward))
}

fn no_time(passing: Who) -> Times {
    let mut times = Times::default();
    for profile in Profile::ALL.into_iter().filter(|profile| passing.has(*profile)) {
        times.set(profile, Along::Forward, Some(Millis::ZERO));
        times.set(profile, Along::Backward, Some(Millis::ZERO));
    }
    times
}
