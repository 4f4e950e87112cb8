//! The expressway round a city: two carriageways on stilts, joined to the main ways out by ramps.

use super::flat::{M, Pt, crossing};
use super::ground::{Ground, beside};
use super::web::{Flow, Kind, Role, Web};

/// Half the way between the middles of the two carriageways.
const HALF: i64 = 15 * M;
/// How far from a crossing the ramps leave the carriageway, and meet the street.
const RAMP: i64 = 330 * M;
const MEET: i64 = 95 * M;
/// The least way between two junctions along the ring.
const APART: i64 = 1_100 * M;

/// An expressway junction: where on the ring, and the street's nodes on its inner and outer side.
#[derive(Clone, Copy, Debug)]
struct Junction {
    vertex: usize,
    inner: u32,
    outer: u32,
}

/// Draws the expressway at its place outside the outermost ring road.
pub(super) fn draw(web: &mut Web, ground: &Ground) {
    let ring = ground.ring(1_060, 120);
    let street = web.add_street(Kind::Motorway, Role::Expressway);
    // Traffic keeps right: the outer carriageway runs counter-clockwise, the inner one clockwise.
    let outer = carriageway(web, street, &ring, -HALF);
    let mut inner = carriageway(web, street, &ring, HALF);
    let junctions = junctions(web, &ring);
    for junction in &junctions {
        ramps(web, street, &outer, junction.vertex, junction.outer);
    }
    inner.reverse();
    for junction in &junctions {
        ramps(web, street, &inner, ring.len() - 1 - junction.vertex, junction.inner);
    }
}

/// Draws one carriageway; answers its nodes, the first again at the end.
fn carriageway(web: &mut Web, street: u32, ring: &[Pt], offset: i64) -> Vec<u32> {
    let line = beside(ring, offset, 1);
    let mut nodes: Vec<u32> = line[..line.len() - 1].iter().map(|&p| web.add_node(p)).collect();
    nodes.push(nodes[0]);
    let strand = web.add_strand(Kind::Motorway, street, &nodes) as usize;
    web.strands[strand].bridge = true;
    web.strands[strand].flow = if offset < 0 { Flow::Forward } else { Flow::Backward };
    nodes
}

/// The main streets the ring crosses, well apart.
fn junctions(web: &mut Web, ring: &[Pt]) -> Vec<Junction> {
    let mut met: Vec<(usize, u32, Pt)> = Vec::new();
    for (i, edge) in web.edges.iter().enumerate() {
        let strand = &web.strands[edge.strand as usize];
        if !matches!(strand.kind, Kind::Trunk | Kind::Primary) || strand.bridge {
            continue;
        }
        let (a, b) = (web.at(edge.a), web.at(edge.b));
        let hits = ring.windows(2).enumerate();
        met.extend(hits.filter_map(|(v, w)| Some((v, i as u32, crossing(a, b, w[0], w[1])?))));
    }
    met.sort_unstable();
    let mut junctions: Vec<Junction> = Vec::new();
    for (vertex, edge, place) in met {
        let near = |j: &Junction| ring[j.vertex].distance(place) < APART;
        // Ramps need room on the ring before its closing point.
        let room = (3..ring.len() - 4).contains(&vertex);
        if room && !junctions.iter().any(near) {
            let [inner, outer] = meeting_nodes(web, edge, place);
            junctions.push(Junction { vertex, inner, outer });
        }
    }
    junctions
}

/// The nodes of a street on the inner and outer side of where the ring crosses it.
fn meeting_nodes(web: &mut Web, edge: u32, place: Pt) -> [u32; 2] {
    let (a, b) = (web.edges[edge as usize].a, web.edges[edge as usize].b);
    let [near, far] = if web.at(a).length() < web.at(b).length() { [a, b] } else { [b, a] };
    [near, far].map(|end| {
        let room = web.at(end).distance(place);
        if room < MEET + 15 * M {
            return end;
        }
        let wanted = place.towards(web.at(end), MEET, room);
        let along = web.at(a).distance(wanted);
        let there = web.edges[edge as usize].on.iter().find(|&&(d, _)| (d - along).abs() < 15 * M);
        match there {
            Some(&(_, node)) => node,
            None => web.attach(edge, wanted),
        }
    })
}

/// An exit before `vertex` to `meet`, and an entrance from it after.
fn ramps(web: &mut Web, street: u32, carriageway: &[u32], vertex: usize, meet: u32) {
    let place = web.at(carriageway[vertex]);
    let far_enough = |i: &usize| web.at(carriageway[*i]).distance(place) >= RAMP;
    let before = (0..vertex).rev().find(far_enough);
    let after = (vertex + 1..carriageway.len()).find(far_enough);
    let (Some(before), Some(after)) = (before, after) else { return };
    ramp(web, street, carriageway[before], meet, true);
    ramp(web, street, carriageway[after], meet, false);
}

/// A ramp that leaves the carriageway gently.
fn ramp(web: &mut Web, street: u32, from: u32, meet: u32, exit: bool) {
    let (a, b) = (web.at(from), web.at(meet));
    let middle = web.add_node(a.towards(b, 45, 100).plus(b.length_away(a)));
    let nodes = if exit { [from, middle, meet] } else { [meet, middle, from] };
    let strand = web.add_strand(Kind::MotorwayLink, street, &nodes) as usize;
    web.strands[strand].flow = Flow::Forward;
    web.strands[strand].bridge = true;
}

impl Pt {
    /// A small step aside for a ramp's bend: away from the centre's side of the line to `from`.
    fn length_away(self, from: Self) -> Self {
        let line = self.minus(from);
        let aside = line.left().with_length(line.length() / 40);
        // Bend towards the carriageway, so that the ramp leaves it at a small angle.
        let out = self.length() > from.length();
        let points_out = aside.dot(self) > 0;
        if out == points_out { Self::new(-aside.x, -aside.y) } else { aside }
    }
}
