//! The bones of a city: riverside drives, bridges, ring roads, radials and the road round its limit.

use super::crossings::{Crossing, bridges, split_at_river, stretched};
use super::faces::{faces, start};
use super::flat::{Angle, M, Pt, TURN, twice_area};
use super::ground::{Ground, River};
use super::planar::{Line, Planar};
use super::slivers::{drop_slivers, is_water};
use super::web::{Kind, Role, Web};
use crate::rng::Rng;

/// A piece of ground between streets: `sides[i]` is the edge that holds the way from `corners[i]` to the next corner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) corners: Vec<u32>,
    pub(super) sides: Vec<u32>,
}

impl Cell {
    pub(super) fn ring(&self, web: &Web) -> Vec<Pt> {
        self.corners.iter().map(|&corner| web.at(corner)).collect()
    }
}

/// The bones, the ground between them, and the water between the bridges.
#[derive(Debug)]
pub(super) struct Skeleton {
    pub(super) web: Web,
    pub(super) land: Vec<Cell>,
    pub(super) water: Vec<Cell>,
    /// The nodes beyond the city's limit where its ways out end.
    pub(super) ways_out: Vec<u32>,
}

/// How far a way out is drawn beyond the limit.
const BEYOND: i64 = 1_200 * M;

/// Draws the bones with so many ways into the city.
pub(super) fn skeleton(seed: u64, ground: &Ground, ways_in: u64) -> Skeleton {
    let mut web = Web::default();
    let mut rng = Rng::new(seed, "skeleton");
    let mut drawing = Drawing { ground, web: &mut web, lines: Vec::new(), crossings: Vec::new() };
    drawing.drives();
    drawing.limit();
    let first_of_bridges = drawing.lines.len();
    let rings = drawing.rings(&mut rng);
    drawing.radials(&mut rng, &rings, ways_in);
    let Drawing { mut lines, crossings, .. } = drawing;
    let bridges = bridges(ground, crossings, &mut web);
    lines.splice(first_of_bridges..first_of_bridges, bridges);
    let mut planar = Planar::lay(&lines);
    drop_slivers(&mut planar, &lines, &ground.river);
    assemble(web, &planar, &lines, ground)
}

struct Drawing<'a> {
    ground: &'a Ground,
    web: &'a mut Web,
    lines: Vec<Line>,
    crossings: Vec<Crossing>,
}

/// Where a ring road runs; see [`Ground::ring`].
#[derive(Clone, Copy, Debug)]
struct RingRoad {
    permille: i64,
    squareness: i64,
}

impl Drawing<'_> {
    /// Lays a line on the land, in as many runs as the river leaves of it, and notes where it would cross.
    fn add(&mut self, kind: Kind, street: u32, points: &[Pt], open_end: bool) {
        let (runs, crossings) = split_at_river(&self.ground.river, points);
        let last = runs.len().saturating_sub(1);
        for (i, points) in runs.into_iter().enumerate() {
            let open_end = open_end && i == last;
            self.lines.push(Line { kind, street, points, bridge: false, open_end });
        }
        self.crossings.extend(crossings.into_iter().map(|(from, to)| Crossing { kind, from, to }));
    }

    fn drives(&mut self) {
        for (side, drive) in self.ground.river.drives.iter().enumerate() {
            let street = self.web.add_street(Kind::Secondary, Role::Riverside(side == 0));
            let near = |p: &&Pt| p.length() < self.ground.limit(p.angle()) + 300 * M;
            let points = drive.iter().filter(near).copied().collect();
            self.lines.push(Line {
                kind: Kind::Secondary,
                street,
                points,
                bridge: false,
                open_end: false,
            });
        }
    }

    /// The road round the limit; over the water the limit goes on without a road.
    fn limit(&mut self) {
        let street = self.web.add_street(Kind::Unclassified, Role::Limit);
        let ring = self.ground.limit_ring();
        let (runs, crossings) = split_at_river(&self.ground.river, &ring);
        let road = runs.into_iter().map(|points| (Kind::Unclassified, points));
        let gap =
            crossings.into_iter().map(|(from, to)| (Kind::Limit, stretched(from, to, 25 * M)));
        let lines = road.chain(gap).map(|(kind, points)| Line {
            kind,
            street,
            points,
            bridge: false,
            open_end: false,
        });
        self.lines.extend(lines);
    }

    /// Draws the rings, and answers them from the innermost.
    fn rings(&mut self, rng: &mut Rng) -> Vec<RingRoad> {
        const RADII_KM: [i64; 8] = [1, 3, 6, 9, 13, 18, 24, 31];
        let outermost = rng.between(840, 900);
        let permille =
            |km: i64| (km * 1_250 * M) * 1_000 / self.ground.radius + rng.between(-25, 25);
        let inner = RADII_KM.map(permille).into_iter().filter(|&p| p < outermost - 280);
        let numbered = inner.chain([outermost]).enumerate();
        let rings: Vec<RingRoad> = numbered
            .map(|(i, permille)| RingRoad { permille, squareness: [820, 650, 420, 200][i.min(3)] })
            .collect();
        for (i, ring) in rings.iter().enumerate().rev() {
            let kind = if i + 1 == rings.len() { Kind::Trunk } else { Kind::Primary };
            let street = self.web.add_street(kind, Role::Ring(i as u8));
            self.add(kind, street, &self.ground.ring(ring.permille, ring.squareness), false);
        }
        rings
    }

    fn radials(&mut self, rng: &mut Rng, rings: &[RingRoad], ways_in: u64) {
        let angles = self.angles(rng, ways_in.max(4) as i64);
        let starts = starts(&angles, self.ground, rings);
        for (&angle, &start) in angles.iter().zip(&starts) {
            let street = self.web.add_street(Kind::Primary, Role::Plain);
            let points = self.radial(rng, angle, start);
            self.add(Kind::Primary, street, &points, true);
        }
    }

    /// The directions of the ways in, evenly spread but not evenly spaced, none of them into the river.
    fn angles(&self, rng: &mut Rng, count: i64) -> Vec<Angle> {
        let gap = TURN / count;
        let mut angles: Vec<Angle> = Vec::new();
        for i in 0..count {
            let wanted = self.ground.turn + i * gap + rng.between(-gap / 6, gap / 6);
            let free = |&angle: &Angle| angles.iter().all(|&other| apart(angle, other) > gap / 2);
            let tries = || (0..64).flat_map(|n| [wanted + n * 150, wanted - n * 150]);
            let dry = |angle: &Angle| !self.meets_river(*angle);
            let found = tries().filter(free).find(dry).or_else(|| tries().find(free));
            angles.push(found.unwrap_or(wanted));
        }
        angles.sort_unstable();
        angles
    }

    /// Whether a way out towards `angle` would leave the city where the river does.
    fn meets_river(&self, angle: Angle) -> bool {
        let limit = self.ground.limit(angle);
        (-3..=6).any(|step| {
            let end = Pt::polar(limit + step * BEYOND / 6, angle);
            (-4..=4).any(|aside| {
                let beside = Pt::polar(aside * 100 * M, angle + TURN / 4);
                self.ground.river.holds(end.plus(beside))
            })
        })
    }

    /// A radial: straight along the old town's streets where it starts in the centre, then swaying outwards.
    fn radial(&self, rng: &mut Rng, angle: Angle, start: Option<RingRoad>) -> Vec<Pt> {
        let end = self.ground.limit(angle) + BEYOND;
        let begin =
            start.map_or(0, |r| self.ground.ring_reach(r.permille, r.squareness, angle) - 60 * M);
        let step = 180 * M;
        let steps = ((end - begin) / step).max(2);
        let (waves, sway) = (rng.between(1, 2), rng.between(-55, 55));
        let axis = (angle - self.ground.turn + TURN / 8).div_euclid(TURN / 4) * (TURN / 4)
            + self.ground.turn;
        let at = |i: i64| {
            let reach = begin + (end - begin) * i / steps;
            let lean = super::flat::scaled(
                sway * reach / 1_000,
                super::flat::sin(i * waves * TURN / 2 / steps),
                super::flat::ONE,
            );
            let free = Pt::polar(reach, angle).plus(Pt::polar(lean, angle + TURN / 4));
            // Inside the old town an axis keeps to its streets, then eases over to its own direction.
            let eased = ((reach - 900 * M) * 1_000 / (1_500 * M)).clamp(0, 1_000);
            if start.is_none() { Pt::polar(reach, axis).towards(free, eased, 1_000) } else { free }
        };
        (0..=steps).map(at).collect()
    }
}

/// How far two directions are apart.
fn apart(a: Angle, b: Angle) -> Angle {
    let d = (a - b).rem_euclid(TURN);
    d.min(TURN - d)
}

/// At which ring each radial starts; the four nearest the old town's axes start in the centre.
fn starts(angles: &[Angle], ground: &Ground, rings: &[RingRoad]) -> Vec<Option<RingRoad>> {
    let mut starts: Vec<Option<Option<RingRoad>>> = vec![None; angles.len()];
    for axis in 0..4 {
        let wanted = ground.turn + axis * TURN / 4;
        let free = (0..angles.len()).filter(|&i| starts[i].is_none());
        if let Some(nearest) = free.min_by_key(|&i| apart(angles[i], wanted)) {
            starts[nearest] = Some(None);
        }
    }
    for &ring in rings {
        for i in 0..angles.len() {
            let present = (0..angles.len()).filter(|&j| starts[j].is_some());
            let gap = present.map(|j| apart(angles[i], angles[j])).min().unwrap_or(TURN);
            let arc = ground.radius / 1_000 * ring.permille / 1_000 * gap * 6_283 / TURN;
            if starts[i].is_none() && arc > 1_000 * M {
                starts[i] = Some(Some(ring));
            }
        }
    }
    starts.into_iter().map(|start| start.unwrap_or(rings.last().copied())).collect()
}

/// Turns the pieces into strands (piece and edge bear the same number) and the faces into cells.
fn assemble(mut web: Web, planar: &Planar, lines: &[Line], ground: &Ground) -> Skeleton {
    web.nodes.clone_from(&planar.nodes);
    let kind_of = |i: usize| {
        let piece = planar.pieces[i];
        let line = &lines[piece.line as usize];
        let middle = web.at(piece.a).towards(web.at(piece.b), 1, 2);
        if line.kind == Kind::Primary && !line.bridge && ground.outness(middle) > 900 {
            Kind::Trunk
        } else {
            line.kind
        }
    };
    let kinds: Vec<Kind> = (0..planar.pieces.len()).map(kind_of).collect();
    let mut from = 0;
    for i in 1..=planar.pieces.len() {
        let goes_on = i < planar.pieces.len() && {
            let (last, next) = (planar.pieces[i - 1], planar.pieces[i]);
            last.line == next.line && last.b == next.a && kinds[i] == kinds[i - 1]
        };
        if !goes_on {
            let pieces = &planar.pieces[from..i];
            let nodes: Vec<u32> =
                pieces.iter().map(|p| p.a).chain(pieces.last().map(|p| p.b)).collect();
            let line = &lines[pieces[0].line as usize];
            let strand = web.add_strand(kinds[from], line.street, &nodes);
            web.strands[strand as usize].bridge = line.bridge;
            from = i;
        }
    }
    let (land, water) = cells(&web, planar, &ground.river);
    let used = |node: &u32| planar.pieces.iter().any(|p| p.b == *node);
    let ways_out = planar.open.iter().copied().filter(used).collect();
    Skeleton { web, land, water, ways_out }
}

fn cells(web: &Web, planar: &Planar, river: &River) -> (Vec<Cell>, Vec<Cell>) {
    let (mut land, mut water) = (Vec::new(), Vec::new());
    for face in faces(&planar.nodes, &planar.pieces) {
        let cell = Cell {
            corners: face.iter().map(|&h| start(&planar.pieces, h)).collect(),
            sides: face.iter().map(|&h| h / 2).collect(),
        };
        let ring = cell.ring(web);
        if twice_area(&ring) > 0 {
            let list = if is_water(&ring, river) { &mut water } else { &mut land };
            list.push(cell);
        }
    }
    (land, water)
}
