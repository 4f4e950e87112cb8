//! The faces of a planar set of pieces: the ground between the lines.

use super::flat::Pt;
use super::planar::Piece;

/// A face as half-edges in counter-clockwise order: piece `h / 2`, from its `a` to its `b` when `h` is even.
pub(super) type Face = Vec<u32>;

/// Where half-edge `h` starts.
pub(super) fn start(pieces: &[Piece], h: u32) -> u32 {
    let piece = pieces[h as usize / 2];
    if h.is_multiple_of(2) { piece.a } else { piece.b }
}

/// Every face, the unbounded ones (clockwise) included.
pub(super) fn faces(nodes: &[Pt], pieces: &[Piece]) -> Vec<Face> {
    let mut around: Vec<Vec<u32>> = vec![Vec::new(); nodes.len()];
    for h in 0..pieces.len() as u32 * 2 {
        around[start(pieces, h) as usize].push(h);
    }
    let at = |node: u32| nodes[node as usize];
    let way = |h: u32| at(start(pieces, h ^ 1)).minus(at(start(pieces, h)));
    let mut next = vec![0u32; pieces.len() * 2];
    for outgoing in &mut around {
        outgoing.sort_by(|&g, &h| counter_clockwise(way(g), way(h)).then(g.cmp(&h)));
        for (i, &h) in outgoing.iter().enumerate() {
            // Whoever arrives against `h` turns as far left as it can: to the half-edge just clockwise of `h`.
            next[h as usize ^ 1] = outgoing[(i + outgoing.len() - 1) % outgoing.len()];
        }
    }
    walk(&next)
}

fn walk(next: &[u32]) -> Vec<Face> {
    let mut seen = vec![false; next.len()];
    let mut faces = Vec::new();
    for first in 0..next.len() as u32 {
        let (mut face, mut h) = (Vec::new(), first);
        while !seen[h as usize] {
            seen[h as usize] = true;
            face.push(h);
            h = next[h as usize];
        }
        if !face.is_empty() {
            faces.push(face);
        }
    }
    faces
}

/// Orders directions counter-clockwise from east.
fn counter_clockwise(a: Pt, b: Pt) -> std::cmp::Ordering {
    let lower = |p: Pt| p.y < 0 || (p.y == 0 && p.x < 0);
    lower(a).cmp(&lower(b)).then_with(|| 0.cmp(&a.cross(b)))
}

#[cfg(test)]
mod tests {
    use super::super::flat::twice_area;
    use super::*;

    #[test]
    fn a_divided_square_has_two_faces_and_an_outside() {
        let nodes = [(0, 0), (10, 0), (10, 10), (0, 10)].map(|(x, y)| Pt::new(x, y));
        let piece = |a, b| Piece { a, b, line: 0, step: 0 };
        let pieces = [piece(0, 1), piece(1, 2), piece(2, 3), piece(3, 0), piece(0, 2)];
        let ring = |face: &Face| face.iter().map(|&h| nodes[start(&pieces, h) as usize]).collect();
        let rings: Vec<Vec<Pt>> = faces(&nodes, &pieces).iter().map(ring).collect();
        let mut areas: Vec<i64> = rings.iter().map(|ring| twice_area(ring)).collect();
        areas.sort_unstable();
        assert_eq!(areas, [-200, 100, 100]);
    }
}
