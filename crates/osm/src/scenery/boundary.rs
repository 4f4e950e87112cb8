//! Boundaries as lines: each way once, at the highest level it bounds.

use std::collections::BTreeMap;

use super::rules::Sight;
use crate::outlines::{Gathered, Lines};

/// The nodes of each way that is a boundary, and its level, in the order of their numbers.
pub(super) fn lines<'a>(
    gathered: &'a Gathered<Sight>,
    members: &'a Lines,
) -> impl Iterator<Item = (u8, &'a [i64])> {
    let mut ways: BTreeMap<i64, (u8, &[i64])> = BTreeMap::new();
    let mut add = |way: i64, level: u8, refs: &'a [i64]| {
        let known = ways.entry(way).or_insert((level, refs));
        known.0 = known.0.min(level);
    };
    for way in &gathered.ways {
        if let Some(level) = way.subject.level {
            add(way.id, level, &gathered.refs[way.refs.clone()]);
        }
    }
    for relation in &gathered.relations {
        let Some(level) = relation.subject.level else { continue };
        for (way, _) in &gathered.members[relation.members.clone()] {
            if let Some(refs) = members.get(*way) {
                add(*way, level, refs);
            }
        }
    }
    ways.into_values()
}
