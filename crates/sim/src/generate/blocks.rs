//! Ground between the bones becomes superblocks, superblocks become blocks, and compounds get their ways inside.

use super::cut::{Cut, chord, cut};
use super::flat::{Angle, M, Pt, TURN, centroid, crossing, grain, twice_area};
use super::ground::Ground;
use super::land::{Use, Zones};
use super::skeleton::Cell;
use super::web::{Kind, Role, Web};
use crate::rng::Rng;

/// A piece of ground between arterials (about 500 m on a side, in the Chinese manner), with one use.
#[derive(Clone, Debug)]
pub(super) struct Superblock {
    pub(super) cell: Cell,
    pub(super) middle: Pt,
    /// Square metres.
    pub(super) area: i64,
    /// Nothing on water.
    pub(super) use_: Option<Use>,
    /// People who live on it.
    pub(super) people: u64,
}

/// A piece of ground between streets.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) superblock: u32,
    pub(super) middle: Pt,
    /// Square metres.
    pub(super) area: i64,
    /// Its way in, from its longest street.
    pub(super) gate: Gate,
}

/// Where a block is entered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    /// The street, as an edge.
    pub(super) edge: u32,
    /// The ends of the block's side on that street.
    pub(super) side: [Pt; 2],
}

/// Cuts all land into superblocks.
pub(super) fn superblocks(
    web: &mut Web,
    land: Vec<Cell>,
    zones: &Zones<'_>,
    ground: &Ground,
    seed: u64,
) -> Vec<Superblock> {
    let mut rng = Rng::new(seed, "arterials");
    let mut done = Vec::new();
    for cell in land {
        let ring = cell.ring(web);
        let own = grain(&ring);
        // Half the ground between the bones keeps to the old town's directions, half follows its own sides.
        let angle = if rng.chance(450) && ground.outness(centroid(&ring)) < 1_000 {
            ground.turn
        } else {
            own
        };
        let mut open = vec![cell];
        while let Some(cell) = open.pop() {
            let ring = cell.ring(web);
            let side = zones.superblock(centroid(&ring));
            let kind = arterial(twice_area(&ring) / 2, side, ground.outness(centroid(&ring)));
            let order = Order { angle, side, snap: 130 * M, bend: 12, sway: 60, kind };
            match halve(web, &cell, order, &mut rng) {
                Some((left, right)) => open.extend([left, right]),
                None => done.push(cell),
            }
        }
    }
    done.into_iter().map(|cell| superblock(web, cell, zones)).collect()
}

/// The kind of a street that halves so much ground (mm²).
fn arterial(area: i64, side: i64, out: i64) -> Kind {
    match area / side / side {
        _ if out > 1_060 => {
            if area > 6 * side * side {
                Kind::Tertiary
            } else {
                Kind::Unclassified
            }
        }
        16.. => Kind::Primary,
        4.. => Kind::Secondary,
        _ => Kind::Tertiary,
    }
}

fn superblock(web: &Web, cell: Cell, zones: &Zones<'_>) -> Superblock {
    let ring = cell.ring(web);
    let (middle, area) = (centroid(&ring), twice_area(&ring) / 2 / M / M);
    let lot =
        cell.corners.iter().fold(0u64, |sum, &c| sum.wrapping_mul(31).wrapping_add(u64::from(c)));
    let use_ = zones.of(middle, lot);
    let use_ = if use_ == Use::Park && area > 600_000 { Use::Fields } else { use_ };
    Superblock { cell, middle, area, use_: Some(use_), people: 0 }
}

/// Halving ground across its longer way.
#[derive(Clone, Copy, Debug)]
struct Order {
    angle: Angle,
    side: i64,
    snap: i64,
    /// Bends up to this, thousandths of the length.
    bend: i64,
    /// How far the cut may stray from even halves, thousandths of `side`.
    sway: i64,
    kind: Kind,
}

/// Halves `cell` when it is large enough; tries the other way when the first does not go.
fn halve(web: &mut Web, cell: &Cell, order: Order, rng: &mut Rng) -> Option<(Cell, Cell)> {
    let ring = cell.ring(web);
    let side = order.side;
    let area = twice_area(&ring) / 2;
    let mut ways: Vec<(i64, i64, Angle)> = [order.angle, order.angle + TURN / 4]
        .into_iter()
        .map(|angle| {
            let across = ring.iter().map(|p| p.turned(angle).x);
            let low = across.clone().min().unwrap_or(0);
            (across.max().unwrap_or(0) - low, low, angle)
        })
        .collect();
    ways.sort_unstable_by_key(|&(width, ..)| std::cmp::Reverse(width));
    if area < side * side * 155 / 100 && ways[0].0 < side * 17 / 10 {
        return None;
    }
    for (width, low, angle) in ways {
        let parts = ((width + side / 2) / side).max(2);
        let part = if parts % 2 == 1 && rng.chance(500) { parts / 2 + 1 } else { parts / 2 };
        let stray = rng.between(-order.sway, order.sway) * side / 1_000;
        let bend = rng.between(-order.bend, order.bend);
        let least = (side / 100 * side * 22).min(area / 5);
        let across = low + width / parts * part + stray;
        if width < side * 12 / 10 {
            continue;
        }
        let wanted = Cut { angle, across, snap: order.snap, bend, least, kind: order.kind };
        if let Some(halves) = cut(web, cell, wanted) {
            return Some(halves);
        }
    }
    None
}

/// How the ground of one use is divided.
#[derive(Clone, Copy, Debug)]
struct Pattern {
    side: i64,
    first: Kind,
    rest: Kind,
    bend: i64,
    sway: i64,
}

fn pattern(use_: Use) -> Option<Pattern> {
    let pattern = |metres: i64, first, rest, bend, sway| Pattern {
        side: metres * M,
        first,
        rest,
        bend,
        sway,
    };
    Some(match use_ {
        Use::OldTown => pattern(90, Kind::Residential, Kind::LivingStreet, 45, 160),
        Use::Centre => pattern(165, Kind::Tertiary, Kind::Residential, 0, 60),
        Use::Estate => pattern(205, Kind::Residential, Kind::Residential, 14, 120),
        Use::Mixed => pattern(126, Kind::Residential, Kind::Residential, 18, 130),
        Use::Works => pattern(300, Kind::Unclassified, Kind::Unclassified, 0, 90),
        Use::Campus => pattern(240, Kind::Service, Kind::Service, 30, 120),
        Use::Village => pattern(78, Kind::Residential, Kind::LivingStreet, 60, 200),
        Use::Fields => pattern(760, Kind::Unclassified, Kind::Unclassified, 40, 200),
        Use::Park => return None,
    })
}

/// Fills one superblock with streets; answers its blocks.
pub(super) fn fill(
    web: &mut Web,
    index: u32,
    superblock: &Superblock,
    rng: &mut Rng,
) -> Vec<Block> {
    let Some(use_) = superblock.use_ else { return Vec::new() };
    let Some(pattern) = pattern(use_) else {
        park(web, &superblock.cell);
        return block(web, index, &superblock.cell).into_iter().collect();
    };
    let mut blocks = divide(web, superblock.cell.clone(), pattern, rng);
    if use_ == Use::Fields && rng.chance(300) {
        blocks = hamlet(web, blocks, rng);
    }
    for cell in &blocks {
        ways_inside(web, cell, use_, rng);
    }
    blocks.iter().filter_map(|cell| block(web, index, cell)).collect()
}

/// Divides ground until its parts are as small as the pattern wants them.
fn divide(web: &mut Web, cell: Cell, pattern: Pattern, rng: &mut Rng) -> Vec<Cell> {
    let Pattern { side, bend, sway, .. } = pattern;
    let (mut open, mut parts) = (vec![(0, cell)], Vec::new());
    while let Some((depth, cell)) = open.pop() {
        let angle = grain(&cell.ring(web)) + rng.between(-bend, bend) * 8;
        let kind = if depth < 2 { pattern.first } else { pattern.rest };
        let order = Order { angle, side, snap: side * 24 / 100, bend, sway, kind };
        match halve(web, &cell, order, rng) {
            Some((left, right)) => open.extend([(depth + 1, left), (depth + 1, right)]),
            None => parts.push(cell),
        }
    }
    parts
}

/// Turns a corner of the fields into a hamlet.
fn hamlet(web: &mut Web, mut blocks: Vec<Cell>, rng: &mut Rng) -> Vec<Cell> {
    let Some(cell) = blocks.pop() else { return blocks };
    let roads = Pattern {
        side: 340 * M,
        first: Kind::Unclassified,
        rest: Kind::Unclassified,
        bend: 30,
        sway: 150,
    };
    let mut parts = divide(web, cell, roads, rng);
    let place = parts.swap_remove(rng.index(parts.len()));
    if let Some(lanes) = pattern(Use::Village) {
        blocks.extend(divide(web, place, lanes, rng));
    }
    blocks.extend(parts);
    blocks
}

/// The block of a cell; nothing where no street leads along it.
fn block(web: &Web, superblock: u32, cell: &Cell) -> Option<Block> {
    let ring = cell.ring(web);
    let sides = (0..ring.len()).map(|i| (cell.sides[i], [ring[i], ring[(i + 1) % ring.len()]]));
    let on_street = |&(edge, _): &(u32, [Pt; 2])| {
        let strand = &web.strands[web.edges[edge as usize].strand as usize];
        strand.kind.carries_cars() && !strand.bridge
    };
    let (edge, side) = sides.filter(on_street).max_by_key(|&(_, [a, b])| a.distance(b))?;
    let gate = Gate { edge, side };
    Some(Block { superblock, middle: centroid(&ring), area: twice_area(&ring) / 2 / M / M, gate })
}

/// A path through a park, from side to side.
fn park(web: &mut Web, cell: &Cell) {
    let ring = cell.ring(web);
    let angle = grain(&ring);
    let across = centroid(&ring).turned(angle).x;
    cut(web, cell, Cut { angle, across, snap: 20 * M, bend: 90, least: 0, kind: Kind::Footway });
}

/// Ways behind the gates: through from gate to gate, or a spine with cross ways that end inside.
fn ways_inside(web: &mut Web, cell: &Cell, use_: Use, rng: &mut Rng) {
    let ring = cell.ring(web);
    let (angle, area) = (grain(&ring), twice_area(&ring) / 2 / M / M);
    let (chance, least) = match use_ {
        Use::Estate => (940, 9_000),
        Use::Campus => (800, 12_000),
        Use::Works => (750, 20_000),
        Use::Mixed => (330, 11_000),
        Use::Centre => (300, 14_000),
        Use::Fields => (250, 60_000),
        Use::OldTown | Use::Park | Use::Village => return,
    };
    if area < least || !rng.chance(chance) {
        return;
    }
    let angle = angle + if rng.chance(650) { 0 } else { TURN / 4 };
    let across = centroid(&ring).turned(angle).x;
    let ribs = if use_ == Use::Estate { rng.between(1, 3) } else { rng.between(0, 1) };
    spine(
        web,
        cell,
        &ring,
        Spine { angle, across, ribs, through: use_ == Use::Estate && rng.chance(450) },
    );
}

#[derive(Clone, Copy, Debug)]
struct Spine {
    angle: Angle,
    across: i64,
    ribs: i64,
    through: bool,
}

/// Draws a spine from a side of the cell inwards, and ribs across it.
fn spine(web: &mut Web, cell: &Cell, ring: &[Pt], order: Spine) {
    let Some(chord) = chord(ring, order.angle, order.across) else { return };
    let (from, to) =
        if order.ribs % 2 == 0 { (chord.from, chord.to) } else { (chord.to, chord.from) };
    let too_near = |web: &Web, (side, place): (usize, Pt)| {
        let next = (side + 1) % ring.len();
        let ends = [ring[side], ring[next]];
        let on = web.between(cell.sides[side], cell.corners[side], cell.corners[next]);
        let places = on.into_iter().map(|node| web.at(node)).chain(ends);
        let near = places.map(|p| p.distance(place)).min().unwrap_or(0) < 12 * M;
        near || !web.strands[web.edges[cell.sides[side] as usize].strand as usize]
            .kind
            .carries_cars()
    };
    if chord.length() < 60 * M || too_near(web, from) {
        return;
    }
    let through = order.through && !too_near(web, to);
    let mut path = vec![web.attach(cell.sides[from.0], from.1)];
    for rib in 1..=order.ribs {
        let place = from.1.towards(to.1, rib * 80, 100 * (order.ribs + i64::from(through)).max(1));
        path.push(web.add_node(place));
    }
    let crossings = path[1..].to_vec();
    if through {
        path.push(web.attach(cell.sides[to.0], to.1));
    } else if order.ribs == 0 {
        path.push(web.add_node(from.1.towards(to.1, 60, 100)));
    }
    let street = web.add_street(Kind::Service, Role::Plain);
    web.add_strand(Kind::Service, street, &path);
    for (i, &node) in crossings.iter().enumerate() {
        rib(web, ring, order.angle, node, i);
    }
}

/// A cross way through `node`, ending before the sides of the cell.
fn rib(web: &mut Web, ring: &[Pt], angle: Angle, node: u32, index: usize) {
    let middle = web.at(node);
    let reach = |way: Angle| {
        let far = middle.plus(Pt::polar(2_000 * M, way));
        let n = ring.len();
        (0..n)
            .filter_map(|i| crossing(middle, far, ring[i], ring[(i + 1) % n]))
            .map(|p| p.distance(middle))
            .min()
            .unwrap_or(0)
    };
    let part = if index.is_multiple_of(2) { 66 } else { 78 };
    let ends = [angle, angle + TURN / 2].map(|way| (reach(way) * part / 100, way));
    if ends.iter().any(|&(length, _)| length < 20 * M) {
        return;
    }
    let [east, west] = ends.map(|(length, way)| web.add_node(middle.plus(Pt::polar(length, way))));
    let street = web.add_street(Kind::Service, Role::Plain);
    web.add_strand(Kind::Service, street, &[east, node, west]);
}
