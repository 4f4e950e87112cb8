//! A street cut across a piece of ground, from one side to another, meeting the streets that already end there.

use super::flat::{Angle, M, Pt, crossing, inside, scaled, twice_area};
use super::skeleton::Cell;
use super::web::{Kind, Web};

/// A cut to try.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// How the frame is turned in which the street runs straight ahead (along its second axis).
    pub(super) angle: Angle,
    /// Where the street crosses the frame's first axis, mm.
    pub(super) across: i64,
    /// An existing node nearer than this is met instead of making a new one, mm.
    pub(super) snap: i64,
    /// How far the middle bends aside, thousandths of the street's length.
    pub(super) bend: i64,
    /// The least ground to leave on each side, mm².
    pub(super) least: i64,
    pub(super) kind: Kind,
}

/// Nearer than this to a node, a street always meets it, mm.
const CLOSE: i64 = 14 * M;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landing {
    Corner(usize),
    On(usize, u32),
    New(usize, Pt),
}

/// Where a straight line runs inside a ring: from one side to another, the longest such stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chord {
    pub(super) from: (usize, Pt),
    pub(super) to: (usize, Pt),
}

impl Chord {
    pub(super) fn length(&self) -> i64 {
        self.from.1.distance(self.to.1)
    }
}

/// The longest stretch inside `ring` of the line that crosses the turned frame's first axis at `across`.
pub(super) fn chord(ring: &[Pt], angle: Angle, across: i64) -> Option<Chord> {
    let turned: Vec<Pt> = ring.iter().map(|p| p.turned(angle)).collect();
    let mut hits: Vec<(i64, usize, Pt)> = Vec::new();
    for i in 0..ring.len() {
        let j = (i + 1) % ring.len();
        let (a, b) = (turned[i], turned[j]);
        if (a.x > across) != (b.x > across) {
            let place = |from: Pt, to: Pt| from.towards(to, across - a.x, b.x - a.x);
            hits.push((place(a, b).y, i, place(ring[i], ring[j])));
        }
    }
    hits.sort_unstable();
    let pairs = hits.chunks_exact(2);
    let longest = pairs.max_by_key(|pair| pair[1].0 - pair[0].0)?;
    let end = |(_, side, place): (i64, usize, Pt)| (side, place);
    Some(Chord { from: end(longest[0]), to: end(longest[1]) })
}

/// Draws the street and answers the two pieces of ground; nothing when no street fits there.
pub(super) fn cut(web: &mut Web, cell: &Cell, order: Cut) -> Option<(Cell, Cell)> {
    let ring = cell.ring(web);
    let chord = chord(&ring, order.angle, order.across)?;
    [order.snap, CLOSE].into_iter().find_map(|snap| {
        let from = land(web, cell, &ring, chord.from, snap);
        let to = land(web, cell, &ring, chord.to, snap);
        [order.bend, 0]
            .into_iter()
            .find_map(|bend| try_cut(web, cell, &ring, (from, to), Cut { bend, ..order }))
    })
}

fn land(web: &Web, cell: &Cell, ring: &[Pt], (side, place): (usize, Pt), snap: i64) -> Landing {
    let next = (side + 1) % ring.len();
    let corners = [side, next].map(|i| (ring[i].distance(place), Landing::Corner(i)));
    let on = web.between(cell.sides[side], cell.corners[side], cell.corners[next]);
    let on = on.into_iter().map(|node| (web.at(node).distance(place), Landing::On(side, node)));
    let nearest = corners.into_iter().chain(on).min_by_key(|&(distance, _)| distance);
    match nearest {
        Some((distance, landing)) if distance <= snap => landing,
        _ => Landing::New(side, place),
    }
}

impl Landing {
    fn place(self, web: &Web, ring: &[Pt]) -> Pt {
        match self {
            Self::Corner(i) => ring[i],
            Self::On(_, node) => web.at(node),
            Self::New(_, place) => place,
        }
    }

    /// Whether it is an end or a point of `side`.
    fn touches(self, side: usize, sides: usize) -> bool {
        match self {
            Self::Corner(i) => i == side || i == (side + 1) % sides,
            Self::On(on, _) | Self::New(on, _) => on == side,
        }
    }
}

fn try_cut(
    web: &mut Web,
    cell: &Cell,
    ring: &[Pt],
    (from, to): (Landing, Landing),
    order: Cut,
) -> Option<(Cell, Cell)> {
    let (a, b) = (from.place(web, ring), to.place(web, ring));
    let aside = b.minus(a).left();
    let middle = a
        .towards(b, 1, 2)
        .plus(Pt::new(scaled(aside.x, order.bend, 1_000), scaled(aside.y, order.bend, 1_000)));
    let n = ring.len();
    let clear = (0..n).all(|i| {
        let (c, d) = (ring[i], ring[(i + 1) % n]);
        let first = from.touches(i, n) || crossing(a, middle, c, d).is_none();
        let second = to.touches(i, n) || crossing(middle, b, c, d).is_none();
        !(from.touches(i, n) && to.touches(i, n)) && first && second
    });
    if !clear || !inside(ring, middle) {
        return None;
    }
    let [left, right] = halves(ring, (from, a), (to, b), middle);
    (left.min(right) >= order.least * 2)
        .then(|| draw(web, cell, [from, to], (order.bend != 0).then_some(middle), order.kind))
}

/// Twice the areas of the two pieces.
fn halves(ring: &[Pt], (from, a): (Landing, Pt), (to, b): (Landing, Pt), middle: Pt) -> [i64; 2] {
    let n = ring.len();
    let half = |first: Landing, last: Landing, start: Pt, end: Pt| {
        let begin = match first {
            Landing::Corner(i) | Landing::On(i, _) | Landing::New(i, _) => i + 1,
        };
        let stop = match last {
            Landing::Corner(i) => i,
            Landing::On(i, _) | Landing::New(i, _) => (i + 1) % n,
        };
        let mut part = vec![start];
        let count = (stop + n - begin % n) % n;
        part.extend((0..count).map(|k| ring[(begin + k) % n]));
        part.extend([end, middle]);
        twice_area(&part)
    };
    [half(from, to, a, b), half(to, from, b, a)]
}

fn draw(
    web: &mut Web,
    cell: &Cell,
    landings: [Landing; 2],
    middle: Option<Pt>,
    kind: Kind,
) -> (Cell, Cell) {
    let nodes = landings.map(|landing| match landing {
        Landing::Corner(i) => cell.corners[i],
        Landing::On(_, node) => node,
        Landing::New(side, place) => web.attach(cell.sides[side], place),
    });
    let street = web.add_street(kind, super::web::Role::Plain);
    let middle = middle.map(|place| web.add_node(place));
    let path: Vec<u32> = [Some(nodes[0]), middle, Some(nodes[1])].into_iter().flatten().collect();
    let first = web.edges.len() as u32;
    web.add_strand(kind, street, &path);
    let edges: Vec<u32> = (first..web.edges.len() as u32).collect();
    let whole = with_nodes(cell, landings, nodes);
    let index = |node: u32| whole.corners.iter().position(|&c| c == node).unwrap_or(0);
    let (from, to) = (index(nodes[0]), index(nodes[1]));
    let mut left = stretch(&whole, from, to);
    left.corners.extend(path[1..].iter().rev());
    left.sides.extend(edges.iter().rev());
    let mut right = stretch(&whole, to, from);
    right.corners.extend(&path[..path.len() - 1]);
    right.sides.extend(&edges);
    (left, right)
}

/// The cell with the landing nodes among its corners.
fn with_nodes(cell: &Cell, landings: [Landing; 2], nodes: [u32; 2]) -> Cell {
    let mut whole = Cell::default();
    for i in 0..cell.corners.len() {
        whole.corners.push(cell.corners[i]);
        whole.sides.push(cell.sides[i]);
        for (landing, node) in landings.into_iter().zip(nodes) {
            if matches!(landing, Landing::On(side, _) | Landing::New(side, _) if side == i) {
                whole.corners.push(node);
                whole.sides.push(cell.sides[i]);
            }
        }
    }
    whole
}

/// Corners from `from` up to but without `to`, and the sides after each.
fn stretch(cell: &Cell, from: usize, to: usize) -> Cell {
    let n = cell.corners.len();
    let count = (to + n - from) % n;
    let indices = (0..count).map(|k| (from + k) % n);
    Cell {
        corners: indices.clone().map(|i| cell.corners[i]).collect(),
        sides: indices.map(|i| cell.sides[i]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::web::Role;
    use super::*;

    fn square(web: &mut Web) -> Cell {
        let street = web.add_street(Kind::Primary, Role::Plain);
        let corners = [(0, 0), (400, 0), (400, 400), (0, 400)]
            .map(|(x, y)| web.add_node(Pt::new(x * M, y * M)));
        let closed: Vec<u32> = corners.iter().chain([&corners[0]]).copied().collect();
        web.add_strand(Kind::Primary, street, &closed);
        Cell { corners: corners.to_vec(), sides: vec![0, 1, 2, 3] }
    }

    fn order(across: i64) -> Cut {
        Cut {
            angle: 0,
            across: across * M,
            snap: 40 * M,
            bend: 0,
            least: M * M,
            kind: Kind::Residential,
        }
    }

    fn area(web: &Web, cell: &Cell) -> i64 {
        twice_area(&cell.ring(web)) / 2 / M / M
    }

    #[test]
    fn a_cut_leaves_two_pieces_with_all_the_ground() {
        for bend in [0, 80, -80] {
            let mut web = Web::default();
            let cell = square(&mut web);
            let (left, right) = cut(&mut web, &cell, Cut { bend, ..order(150) }).unwrap();
            assert_eq!(area(&web, &left) + area(&web, &right), 160_000);
            assert!(area(&web, &left) > 30_000 && area(&web, &right) > 30_000);
            assert_eq!(left.corners.len(), left.sides.len());
        }
    }

    #[test]
    fn a_later_cut_meets_the_first_where_it_is_near() {
        let mut web = Web::default();
        let cell = square(&mut web);
        let (left, right) = cut(&mut web, &cell, order(200)).unwrap();
        let across = Cut { angle: -super::super::flat::TURN / 4, ..order(0) };
        cut(&mut web, &left, Cut { across: 200 * M, ..across })
            .or_else(|| cut(&mut web, &left, Cut { across: -200 * M, ..across }))
            .unwrap();
        let before = web.nodes.len();
        cut(&mut web, &right, Cut { across: 220 * M, ..across })
            .or_else(|| cut(&mut web, &right, Cut { across: -220 * M, ..across }))
            .unwrap();
        assert_eq!(web.nodes.len(), before + 1, "one end is shared with the street opposite");
    }

    #[test]
    fn slivers_are_refused() {
        let mut web = Web::default();
        let cell = square(&mut web);
        assert!(cut(&mut web, &cell, Cut { least: 90_000 * M * M, ..order(200) }).is_none());
        assert!(cut(&mut web, &cell, order(500)).is_none());
    }
}
