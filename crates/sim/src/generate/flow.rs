//! Streets that go on beyond a junction keep their name, and some run one way, never so that a place cannot be reached.

use super::flat::{M, TURN};
use super::ground::Ground;
use super::web::{Flow, Kind, Role, Web};
use crate::rng::Rng;

/// Gives strands that go straight on over a junction the same street.
pub(super) fn join_names(web: &mut Web) {
    let mut ends: Vec<(u32, u32, bool)> = Vec::new();
    for (i, strand) in web.strands.iter().enumerate() {
        let plain = web.streets[strand.street as usize].role == Role::Plain;
        if plain && (Kind::Trunk..=Kind::LivingStreet).contains(&strand.kind) {
            let (first, last) = (strand.first as usize, (strand.first + strand.count - 1) as usize);
            ends.push((web.edges[first].a, i as u32, true));
            ends.push((web.edges[last].b, i as u32, false));
        }
    }
    ends.sort_unstable();
    let mut leader: Vec<u32> = (0..web.streets.len() as u32).collect();
    for group in ends.chunk_by(|a, b| a.0 == b.0) {
        for (one, other) in straight_on(web, group) {
            let streets = [one, other].map(|strand| web.strands[strand as usize].street);
            let [a, b] = streets.map(|street| root(&mut leader, street));
            leader[a.max(b) as usize] = a.min(b);
        }
    }
    for strand in &mut web.strands {
        strand.street = root(&mut leader, strand.street);
    }
}

fn root(leader: &mut [u32], mut street: u32) -> u32 {
    while leader[street as usize] != street {
        leader[street as usize] = leader[leader[street as usize] as usize];
        street = leader[street as usize];
    }
    street
}

/// Pairs of strands ending at one node that run nearly in line and are of the same sort.
fn straight_on(web: &Web, group: &[(u32, u32, bool)]) -> Vec<(u32, u32)> {
    let way = |&(node, strand, first): &(u32, u32, bool)| {
        let strand = &web.strands[strand as usize];
        let edge = if first { strand.first } else { strand.first + strand.count - 1 };
        let edge = &web.edges[edge as usize];
        let other = if first { edge.b } else { edge.a };
        web.at(other).minus(web.at(node)).with_length(10 * M)
    };
    let sort = |strand: u32| web.strands[strand as usize].kind <= Kind::Tertiary;
    let mut pairs: Vec<(i64, u32, u32)> = Vec::new();
    for (i, one) in group.iter().enumerate() {
        for other in &group[i + 1..] {
            // Less than about 25 degrees from straight on.
            let bend = way(one).dot(way(other));
            if bend < -90 * M * M && sort(one.1) == sort(other.1) && one.1 != other.1 {
                pairs.push((bend, one.1, other.1));
            }
        }
    }
    pairs.sort_unstable();
    let mut taken: Vec<u32> = Vec::new();
    pairs.retain(|&(_, a, b)| {
        let free = !taken.contains(&a) && !taken.contains(&b);
        if free {
            taken.extend([a, b]);
        }
        free
    });
    pairs.into_iter().map(|(_, a, b)| (a, b)).collect()
}

/// Makes about half the narrow streets of the centre one-way, neighbours in turn one way and the other; streets that would
/// cut a place off stay open both ways.
pub(super) fn one_ways(web: &mut Web, ground: &Ground, seed: u64) {
    let reach = (ground.radius * 36 / 100).min(4_000 * M);
    for i in 0..web.strands.len() {
        let strand = &web.strands[i];
        let narrow = matches!(strand.kind, Kind::Tertiary | Kind::Residential | Kind::LivingStreet);
        let first = &web.edges[strand.first as usize];
        let (from, to) =
            (web.at(first.a), web.at(web.edges[(strand.first + strand.count - 1) as usize].b));
        let drawn = Rng::new(seed.wrapping_add(u64::from(strand.street)), "one way").chance(520);
        if !narrow || strand.bridge || !drawn || from.length() > reach || from.distance(to) < 50 * M
        {
            continue;
        }
        let along = to.minus(from).turned(ground.turn);
        let (middle, upright) = (from.turned(ground.turn), along.y.abs() > along.x.abs());
        let (lane, ahead) = if upright { (middle.x, along.y > 0) } else { (middle.y, along.x > 0) };
        let even = lane.div_euclid(130 * M) % 2 == 0;
        web.strands[i].flow = if even == ahead { Flow::Forward } else { Flow::Backward };
    }
    while open_what_is_cut_off(web) {}
    debug_assert!(ground.turn.abs() < TURN);
}

/// Opens both ways every one-way street that touches a node outside the main part; answers whether there was one.
fn open_what_is_cut_off(web: &mut Web) -> bool {
    let main = main_part(web);
    let mut opened = false;
    for i in 0..web.strands.len() {
        let strand = &web.strands[i];
        let ramp = matches!(strand.kind, Kind::Motorway | Kind::MotorwayLink);
        if strand.flow == Flow::Both
            || ramp
            || web.strand_nodes(strand).iter().all(|&n| main[n as usize])
        {
            continue;
        }
        web.strands[i].flow = Flow::Both;
        opened = true;
    }
    opened
}

/// The arcs cars may use.
fn arcs(web: &Web) -> Vec<(u32, u32)> {
    let mut arcs = Vec::new();
    for strand in web.strands.iter().filter(|s| s.kind.carries_cars()) {
        for pair in web.strand_nodes(strand).windows(2) {
            if strand.flow != Flow::Backward {
                arcs.push((pair[0], pair[1]));
            }
            if strand.flow != Flow::Forward {
                arcs.push((pair[1], pair[0]));
            }
        }
    }
    arcs
}

/// For each node whether it can be reached from, and can reach, the node in the very centre of the streets.
pub(super) fn main_part(web: &Web) -> Vec<bool> {
    let mut arcs = arcs(web);
    let Some(&(hub, _)) = arcs.iter().min_by_key(|&&(from, _)| (web.at(from).length(), from))
    else {
        return vec![false; web.nodes.len()];
    };
    let out = reached(&mut arcs, web.nodes.len(), hub);
    for arc in &mut arcs {
        *arc = (arc.1, arc.0);
    }
    let back = reached(&mut arcs, web.nodes.len(), hub);
    out.into_iter().zip(back).map(|(out, back)| out && back).collect()
}

fn reached(arcs: &mut [(u32, u32)], nodes: usize, hub: u32) -> Vec<bool> {
    arcs.sort_unstable();
    let mut first = vec![0u32; nodes + 1];
    for &(from, _) in arcs.iter() {
        first[from as usize + 1] += 1;
    }
    for i in 0..nodes {
        first[i + 1] += first[i];
    }
    let mut seen = vec![false; nodes];
    let mut open = vec![hub];
    seen[hub as usize] = true;
    while let Some(node) = open.pop() {
        for &(_, to) in &arcs[first[node as usize] as usize..first[node as usize + 1] as usize] {
            if !std::mem::replace(&mut seen[to as usize], true) {
                open.push(to);
            }
        }
    }
    seen
}
