//! Long lines laid over each other become a planar set of pieces that meet only at nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::flat::{M, Pt, crossing};
use super::web::Kind;

/// A line to lay: earlier lines stay where a later one would make a mess.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) street: u32,
    pub(super) points: Vec<Pt>,
    pub(super) bridge: bool,
    /// Its last point is a way out of the city and is kept although nothing is there.
    pub(super) open_end: bool,
}

/// A straight piece of a line; pieces of a line are numbered in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) line: u32,
    pub(super) step: u32,
}

/// What has been laid.
#[derive(Debug, Default)]
pub(super) struct Planar {
    pub(super) nodes: Vec<Pt>,
    pub(super) pieces: Vec<Piece>,
    /// Nodes that may stay dead ends.
    pub(super) open: Vec<u32>,
    squares: BTreeMap<(i64, i64), Vec<u32>>,
    on: Vec<Vec<(i64, u32)>>,
}

/// A crossing this near to a node is moved onto it; a bend this near to a crossing is dropped.
const SNAP: i64 = 45 * M;
const SQUARE: i64 = 400 * M;

/// The squares of the grid that the box round a stretch touches.
fn squares(a: Pt, b: Pt) -> impl Iterator<Item = (i64, i64)> {
    let range = |u: i64, v: i64| u.min(v).div_euclid(SQUARE)..=u.max(v).div_euclid(SQUARE);
    range(a.x, b.x).flat_map(move |x| range(a.y, b.y).map(move |y| (x, y)))
}

impl Planar {
    /// Lays all `lines` and cleans up: what still crosses, dead ends, and all but the largest connected part are dropped.
    pub(super) fn lay(lines: &[Line]) -> Self {
        let mut planar = Self::default();
        for (i, line) in lines.iter().enumerate() {
            planar.insert(i as u32, line);
        }
        planar.cut_at_nodes();
        planar.drop_crossing();
        planar.prune();
        planar
    }

    fn at(&self, node: u32) -> Pt {
        self.nodes[node as usize]
    }

    fn add_node(&mut self, at: Pt) -> u32 {
        self.nodes.push(at);
        self.nodes.len() as u32 - 1
    }

    fn insert(&mut self, index: u32, line: &Line) {
        let mut chain: Vec<(bool, u32)> = Vec::new();
        let closed = line.points.len() > 2 && line.points.first() == line.points.last();
        for (i, &point) in line.points.iter().enumerate() {
            let node = match chain.first() {
                Some(&(_, first)) if closed && i + 1 == line.points.len() => first,
                _ => self.add_node(point),
            };
            if i > 0 {
                chain
                    .extend(self.crossed(line.points[i - 1], point).into_iter().map(|n| (true, n)));
            }
            chain.push((false, node));
        }
        if line.open_end {
            self.open.extend(chain.last().map(|&(_, node)| node));
        }
        let chain = self.without_crowding(&chain);
        for (step, pair) in chain.windows(2).enumerate() {
            self.add_piece(Piece { a: pair[0], b: pair[1], line: index, step: step as u32 });
        }
    }

    /// The nodes at which the stretch meets what is there, in order.
    fn crossed(&mut self, from: Pt, to: Pt) -> Vec<u32> {
        let mut near: Vec<u32> =
            squares(from, to).filter_map(|s| self.squares.get(&s)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut met: Vec<(i64, u32)> = Vec::new();
        for piece in near {
            let Piece { a, b, .. } = self.pieces[piece as usize];
            if let Some(place) = crossing(from, to, self.at(a), self.at(b)) {
                met.push((from.distance(place), self.node_on(piece, place)));
            }
        }
        met.sort_unstable();
        met.dedup_by_key(|&mut (_, node)| node);
        met.into_iter().map(|(_, node)| node).collect()
    }

    /// The node of `piece` at `place`: one that is near, or a new one.
    fn node_on(&mut self, piece: u32, place: Pt) -> u32 {
        let Piece { a, b, .. } = self.pieces[piece as usize];
        let there = self.on[piece as usize].iter().map(|&(_, node)| node).chain([a, b]);
        let nearest = there.map(|node| (self.at(node).distance(place), node)).min();
        if let Some((_, node)) = nearest.filter(|&(distance, _)| distance <= SNAP) {
            return node;
        }
        let along = self.at(a).distance(place);
        let node = self.add_node(place);
        let on = &mut self.on[piece as usize];
        on.insert(on.partition_point(|&(other, _)| other < along), (along, node));
        node
    }

    /// The chain without bends close to a crossing and without the same node twice running.
    fn without_crowding(&self, chain: &[(bool, u32)]) -> Vec<u32> {
        let last = chain.len().saturating_sub(1);
        let crowded = |i: usize| {
            let around = &chain[i.saturating_sub(2)..=(i + 2).min(last)];
            let place = self.at(chain[i].1);
            around.iter().any(|&(met, node)| met && self.at(node).distance(place) < SNAP)
        };
        let keep = |i: &usize| chain[*i].0 || *i == 0 || *i == last || !crowded(*i);
        let mut nodes: Vec<u32> = (0..chain.len()).filter(keep).map(|i| chain[i].1).collect();
        nodes.dedup();
        nodes
    }

    fn add_piece(&mut self, piece: Piece) {
        let index = self.pieces.len() as u32;
        for square in squares(self.at(piece.a), self.at(piece.b)) {
            self.squares.entry(square).or_default().push(index);
        }
        self.pieces.push(piece);
        self.on.push(Vec::new());
    }

    /// Cuts each piece at the nodes that came to lie on it.
    fn cut_at_nodes(&mut self) {
        let mut cut: Vec<Piece> = Vec::with_capacity(self.pieces.len() * 2);
        let on = std::mem::take(&mut self.on);
        for (piece, on) in self.pieces.iter().zip(on) {
            let mut from = piece.a;
            for to in on.iter().map(|&(_, node)| node).chain([piece.b]) {
                if from != to {
                    let step =
                        cut.last().map_or(0, |p| if p.line == piece.line { p.step + 1 } else { 0 });
                    cut.push(Piece { a: from, b: to, line: piece.line, step });
                }
                from = to;
            }
        }
        let mut seen: BTreeSet<(u32, u32)> = BTreeSet::new();
        cut.retain(|p| seen.insert((p.a.min(p.b), p.a.max(p.b))));
        self.pieces = cut;
    }

    /// Drops the later of two pieces that cross away from their ends: moving crossings onto nodes can cause it.
    fn drop_crossing(&mut self) {
        self.squares.clear();
        let mut kept: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        for piece in std::mem::take(&mut self.pieces) {
            let (a, b) = (self.at(piece.a), self.at(piece.b));
            let clear =
                squares(a, b).filter_map(|s| self.squares.get(&s)).flatten().all(|&other| {
                    let other: Piece = kept[other as usize];
                    let ends = [piece.a, piece.b, other.a, other.b];
                    let shared = ends[2..].contains(&ends[0]) || ends[2..].contains(&ends[1]);
                    shared
                        || crossing(
                            a,
                            b,
                            self.nodes[other.a as usize],
                            self.nodes[other.b as usize],
                        )
                        .is_none()
                });
            if clear {
                for square in squares(a, b) {
                    self.squares.entry(square).or_default().push(kept.len() as u32);
                }
                kept.push(piece);
            }
        }
        self.pieces = kept;
    }

    /// Drops dead ends that are not ways out, and all but the largest connected part.
    pub(super) fn prune(&mut self) {
        loop {
            let mut degree = vec![0u32; self.nodes.len()];
            for end in self.pieces.iter().flat_map(|p| [p.a, p.b]) {
                degree[end as usize] += 1;
            }
            for &node in &self.open {
                degree[node as usize] += 1;
            }
            let before = self.pieces.len();
            self.pieces.retain(|p| degree[p.a as usize] > 1 && degree[p.b as usize] > 1);
            if self.pieces.len() == before {
                break;
            }
        }
        self.keep_largest_part();
    }

    fn keep_largest_part(&mut self) {
        let mut leader: Vec<u32> = (0..self.nodes.len() as u32).collect();
        for piece in &self.pieces {
            let (a, b) = (find(&mut leader, piece.a), find(&mut leader, piece.b));
            leader[a.max(b) as usize] = a.min(b);
        }
        let mut size = vec![0u32; self.nodes.len()];
        for piece in &self.pieces {
            size[find(&mut leader, piece.a) as usize] += 1;
        }
        let largest = (0..size.len()).max_by_key(|&i| (size[i], std::cmp::Reverse(i)));
        self.pieces.retain(|p| Some(find(&mut leader, p.a) as usize) == largest);
    }
}

fn find(leader: &mut [u32], mut node: u32) -> u32 {
    while leader[node as usize] != node {
        leader[node as usize] = leader[leader[node as usize] as usize];
        node = leader[node as usize];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(i64, i64)]) -> Line {
        let points = points.iter().map(|&(x, y)| Pt::new(x * M, y * M)).collect();
        Line { kind: Kind::Primary, street: 0, points, bridge: false, open_end: false }
    }

    #[test]
    fn a_noughts_and_crosses_board_has_one_square_inside() {
        let lines = [
            line(&[(0, 300), (900, 300)]),
            line(&[(0, 600), (900, 600)]),
            line(&[(300, 0), (300, 900)]),
            line(&[(600, 0), (600, 900)]),
        ];
        let planar = Planar::lay(&lines);
        assert_eq!(planar.pieces.len(), 4, "{:?}", planar.pieces);
    }

    #[test]
    fn ways_out_stay() {
        let mut out = line(&[(100, 50), (100, 900)]);
        out.open_end = true;
        let planar = Planar::lay(&[line(&[(0, 0), (200, 0), (200, 200), (0, 200), (0, 0)]), out]);
        assert_eq!(planar.pieces.len(), 6, "four sides, one of them in two, and the way out");
    }
}
