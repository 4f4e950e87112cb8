//! Roads drawn with characters.
//!
//! Letters and `+` are nodes. `-` and `|` are ten metres that take a second; `>` `<` `^` `v` in a line make it one-way; `x` bars it.
//! `=` is a line of its own beside `-`: the same, but twice as slow.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_base::{HourOfWeek, LonLat, Millimetres, Millis, NodeId, Plane, SegmentId};

use crate::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass, RoadMap,
    Side, Snap, SpeedTable, Times,
};

/// A drawn network and its named nodes.
pub(super) struct Drawn {
    pub(super) network: Network,
    nodes: BTreeMap<char, LonLat>,
}

/// How far one character reaches.
const CELL_MM: u64 = 10_000;
const CELL_MS: u32 = 1_000;

pub(super) fn draw(picture: &str) -> Drawn {
    let rows: Vec<Vec<char>> = picture.lines().map(|line| line.chars().collect()).collect();
    let char_at =
        |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)).copied().unwrap_or(' ');
    let origin = LonLat::new(1_000_000_000, 0).unwrap();
    let plane = Plane::at(0);
    let mut draft = Draft::default();
    let mut index = BTreeMap::new();
    let mut nodes = BTreeMap::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, &c) in row.iter().enumerate().filter(|(_, c)| c.is_ascii_uppercase() || **c == '+')
        {
            let at = plane.offset(origin, x as i64 * CELL_MM as i64, -(y as i64) * CELL_MM as i64);
            index.insert((x, y), draft.nodes.len() as u32);
            draft.nodes.push(DraftNode { osm_id: draft.nodes.len() as i64, at });
            nodes.insert(c, at);
        }
    }
    for (&(x, y), &from) in &index {
        for (dx, dy, line) in [(1, 0, "-=<>x"), (0, 1, "|^vx")] {
            let mut run = String::new();
            while line.contains(char_at(x + dx * (run.len() + 1), y + dy * (run.len() + 1))) {
                run.push(char_at(x + dx * (run.len() + 1), y + dy * (run.len() + 1)));
            }
            if let Some(&to) = index.get(&(x + dx * (run.len() + 1), y + dy * (run.len() + 1))) {
                let way = draft.segments.len() as i64;
                let name = draft.names.add(Name::local(format!("row {y}")));
                draft.segments.push(drawn_segment(from, to, &run, way, name));
            }
        }
    }
    let map = RoadMap::build(&draft, Fingerprint::default()).unwrap();
    let network = Network::new(
        Arc::new(map),
        Profile::PoliceCar,
        &SpeedTable::as_imported(),
        HourOfWeek::default(),
    );
    Drawn { network, nodes }
}

fn drawn_segment(
    from: u32,
    to: u32,
    run: &str,
    way: i64,
    name: precinct_base::NameId,
) -> DraftSegment {
    let cells = run.len() as u32 + 1;
    let slow = if run.contains('=') { 2 } else { 1 };
    let time =
        |against: [char; 3]| (!run.contains(against)).then_some(Millis(cells * CELL_MS * slow));
    let mut times = Times::default();
    times.set(Profile::PoliceCar, Along::Forward, time(['<', '^', 'x']));
    times.set(Profile::PoliceCar, Along::Backward, time(['>', 'v', 'x']));
    let length = Millimetres(u64::from(cells) * CELL_MM);
    DraftSegment {
        from,
        to,
        shape: Vec::new(),
        length,
        class: RoadClass::Residential,
        name,
        way,
        times,
    }
}

impl Drawn {
    pub(super) fn node(&self, name: char) -> NodeId {
        let map = self.network.map();
        map.node_ids().find(|&id| map.node_at(id) == self.nodes[&name]).unwrap()
    }

    /// The place `cells` characters along the segment between two nodes, from the first.
    pub(super) fn on(&self, from: char, to: char, cells: u64) -> Snap {
        let (a, b) = (self.node(from), self.node(to));
        let map = self.network.map();
        let segment = map
            .segment_ids()
            .find(|&id| [(a, b), (b, a)].contains(&(map.segment(id).from, map.segment(id).to)))
            .unwrap();
        let ends = map.segment(segment);
        let offset = if ends.from == a { cells * CELL_MM } else { ends.length.0 - cells * CELL_MM };
        place(segment, offset)
    }

    /// A node as a place on a road.
    pub(super) fn stand(&self, name: char) -> Snap {
        let node = self.node(name);
        let (segment, away) = self.network.segments_at(node).next().unwrap();
        let length = self.network.map().segment(segment).length;
        place(segment, if away == Along::Forward { 0 } else { length.0 })
    }
}

/// A place on a segment, as if snapped from the road itself.
pub(super) fn place(segment: SegmentId, offset: u64) -> Snap {
    let at = LonLat::default();
    Snap { segment, offset: Millimetres(offset), side: Side::On, at, distance: Millimetres(0) }
}
