//! The polygons of ways and relations.

use precinct_base::{MultiPolygon, Polygon, Ring};

use super::gather::{Gathered, Lines, RelationFeature};
use super::locate::Located;
use super::rings;

/// Outer rings of one area beyond which its holes are not sorted in but dropped; real areas have a few hundred.
const OUTER_RINGS: usize = 4_096;

/// Whether a way ends where it starts, and goes round something.
pub(crate) fn is_closed(refs: &[i64]) -> bool {
    refs.len() > 3 && refs.first() == refs.last()
}

/// A closed way without its last node, which is its first.
pub(crate) fn without_repeat(refs: &[i64]) -> &[i64] {
    if is_closed(refs) { &refs[..refs.len() - 1] } else { refs }
}

/// The polygons of a relation; `None` if an outer ring has a gap. Holes with a gap are left out.
pub(crate) fn outline<S>(
    relation: &RelationFeature<S>,
    gathered: &Gathered<S>,
    lines: &Lines,
    located: &Located<S>,
) -> Option<MultiPolygon> {
    let members = &gathered.members[relation.members.clone()];
    let rings_of = |inner: bool| -> Option<Vec<Ring>> {
        let ways = members.iter().filter(|member| member.1 == inner);
        let lines: Vec<&[i64]> = ways.map(|(way, _)| lines.get(*way)).collect::<Option<_>>()?;
        let place =
            |ring: Vec<i64>| ring.iter().map(|node| located.at(*node)).collect::<Option<Ring>>();
        rings::join(&lines)?.into_iter().map(place).collect()
    };
    let outers = rings_of(false).filter(|rings| !rings.is_empty())?;
    let holes = rings_of(true).unwrap_or_default();
    let mut polygons: Vec<_> =
        outers.into_iter().map(|outer| Polygon { outer, holes: Vec::new() }).collect();
    if polygons.len() <= OUTER_RINGS {
        for hole in holes {
            add_hole(&mut polygons, hole);
        }
    }
    Some(MultiPolygon(polygons))
}

/// Gives a hole to the first polygon it lies in.
fn add_hole(polygons: &mut [Polygon], hole: Ring) {
    let Some(&at) = hole.first() else { return };
    let holds = |polygon: &&mut Polygon| {
        let outer = MultiPolygon::from_ring(polygon.outer.clone());
        outer.bounds().is_some_and(|bounds| bounds.contains(at)) && outer.contains(at)
    };
    // A hole that touches its outer ring may have its first place just outside: with one polygon there is no doubt.
    if let [only] = polygons {
        only.holes.push(hole);
    } else if let Some(polygon) = polygons.iter_mut().find(holds) {
        polygon.holes.push(hole);
    }
}
