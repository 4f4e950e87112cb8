//! Ground between the bones that is too small or too thin to build on.

use super::faces::{Face, faces, start};
use super::flat::{M, Pt, inside, twice_area};
use super::ground::River;
use super::planar::{Line, Planar};
use super::web::Kind;

/// Merges ground too small or too thin to build on with its neighbour, by dropping the line laid last of those round it.
pub(super) fn drop_slivers(planar: &mut Planar, lines: &[Line], river: &River) {
    for _ in 0..8 {
        let mut doomed: Vec<u32> = Vec::new();
        for face in faces(&planar.nodes, &planar.pieces) {
            let ring: Vec<Pt> =
                face.iter().map(|&h| planar.nodes[start(&planar.pieces, h) as usize]).collect();
            if is_sliver(&ring) && !is_water(&ring, river) {
                doomed.extend(last_laid(&face, planar, lines));
            }
        }
        if doomed.is_empty() {
            break;
        }
        let mut index = 0;
        planar.pieces.retain(|_| {
            index += 1;
            !doomed.contains(&(index - 1))
        });
        planar.prune();
    }
}

fn is_sliver(ring: &[Pt]) -> bool {
    let doubled = twice_area(ring);
    let around: i64 = ring.windows(2).map(|w| w[0].distance(w[1])).sum::<i64>().max(1);
    doubled > 0 && (doubled < 50_000 * M * M || doubled / around < 75 * M)
}

/// The pieces of `face` that belong to its last laid line; lines that must stay are passed over.
fn last_laid(face: &Face, planar: &Planar, lines: &[Line]) -> Vec<u32> {
    let line_of = |h: &u32| planar.pieces[*h as usize / 2].line;
    let may_go = |line: &u32| {
        let line = &lines[*line as usize];
        !line.bridge && !line.open_end && line.kind != Kind::Limit
    };
    let last = face.iter().map(line_of).filter(may_go).max();
    face.iter().filter(|h| Some(line_of(h)) == last).map(|&h| h / 2).collect()
}

/// Whether the ground inside `ring` is the river's: judged just inside one of its sides.
pub(super) fn is_water(ring: &[Pt], river: &River) -> bool {
    let inner = ring.windows(2).map(|w| {
        let side = w[1].minus(w[0]);
        w[0].towards(w[1], 1, 2).plus(side.left().with_length(2 * M))
    });
    inner.into_iter().find(|&p| inside(ring, p)).is_some_and(|p| river.holds(p))
}
