//! The streets as a web: nodes, straight edges that further nodes may come to lie on, and strands of edges that share a
//! class and a name.

use super::flat::Pt;

/// What a strand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Expressway carriageway.
    Motorway,
    /// Ramp of an expressway.
    MotorwayLink,
    /// Outer ring, or a way out of the city.
    Trunk,
    /// Main avenue.
    Primary,
    /// Arterial.
    Secondary,
    /// Side of a superblock.
    Tertiary,
    /// Country or works road.
    Unclassified,
    /// Street inside a superblock.
    Residential,
    /// Lane of the old town or of a village.
    LivingStreet,
    /// Way inside a compound or works.
    Service,
    /// Path in a park.
    Footway,
    /// No street: the city's limit where it crosses the water.
    Limit,
}

impl Kind {
    /// The value of OpenStreetMap's `highway` tag; nothing for what is no street.
    pub const fn highway(self) -> Option<&'static str> {
        Some(match self {
            Self::Motorway => "motorway",
            Self::MotorwayLink => "motorway_link",
            Self::Trunk => "trunk",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Unclassified => "unclassified",
            Self::Residential => "residential",
            Self::LivingStreet => "living_street",
            Self::Service => "service",
            Self::Footway => "footway",
            Self::Limit => return None,
        })
    }

    /// Whether cars may use it.
    pub const fn carries_cars(self) -> bool {
        !matches!(self, Self::Footway | Self::Limit)
    }
}

/// What a street is to the city; names follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A street like others.
    Plain,
    /// The ring road of that number, 0 the innermost.
    Ring(u8),
    /// The expressway round the city.
    Expressway,
    /// Along the river, on its left or right.
    Riverside(bool),
    /// Over the river.
    Bridge,
    /// Round the city's limit.
    Limit,
}

/// A street: what bears one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Street {
    pub(super) kind: Kind,
    pub(super) role: Role,
}

/// A straight stretch from node `a` to node `b`.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    /// The strand it belongs to.
    pub(super) strand: u32,
    /// Nodes that lie on it, with their distance from `a`, in order.
    pub(super) on: Vec<(i64, u32)>,
}

/// Which way a strand may be driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Both ways.
    Both,
    /// From its first node to its last.
    Forward,
    /// From its last node to its first.
    Backward,
}

/// Edges one after another, numbered `first..first + count`.
#[derive(Clone, Debug)]
pub(super) struct Strand {
    pub(super) kind: Kind,
    /// The street whose name it bears.
    pub(super) street: u32,
    pub(super) first: u32,
    pub(super) count: u32,
    /// It leads over something.
    pub(super) bridge: bool,
    pub(super) flow: Flow,
}

/// Everything drawn so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Web {
    pub(super) nodes: Vec<Pt>,
    pub(super) edges: Vec<Edge>,
    pub(super) strands: Vec<Strand>,
    /// What each street was begun as; a street is an index into this.
    pub(super) streets: Vec<Street>,
}

impl Web {
    pub(super) fn at(&self, node: u32) -> Pt {
        self.nodes[node as usize]
    }

    pub(super) fn add_node(&mut self, at: Pt) -> u32 {
        self.nodes.push(at);
        self.nodes.len() as u32 - 1
    }

    pub(super) fn add_street(&mut self, kind: Kind, role: Role) -> u32 {
        self.streets.push(Street { kind, role });
        self.streets.len() as u32 - 1
    }

    /// Draws a strand through `nodes` (two or more); answers its number.
    pub(super) fn add_strand(&mut self, kind: Kind, street: u32, nodes: &[u32]) -> u32 {
        let (strand, first) = (self.strands.len() as u32, self.edges.len() as u32);
        let edges = nodes.windows(2).map(|w| Edge { a: w[0], b: w[1], strand, on: Vec::new() });
        self.edges.extend(edges);
        let count = self.edges.len() as u32 - first;
        self.strands.push(Strand { kind, street, first, count, bridge: false, flow: Flow::Both });
        strand
    }

    /// The distance of `node` from the start of `edge`, on which it lies.
    pub(super) fn along(&self, edge: u32, node: u32) -> i64 {
        self.at(self.edges[edge as usize].a).distance(self.at(node))
    }

    /// Puts a new node on `edge` at `place`, which lies on it.
    pub(super) fn attach(&mut self, edge: u32, place: Pt) -> u32 {
        let node = self.add_node(place);
        let along = self.along(edge, node);
        let on = &mut self.edges[edge as usize].on;
        let index = on.partition_point(|&(other, _)| other < along);
        on.insert(index, (along, node));
        node
    }

    /// The nodes on `edge` strictly between two of its nodes, in the order from `from` to `to`.
    pub(super) fn between(&self, edge: u32, from: u32, to: u32) -> Vec<u32> {
        let (start, end) = (self.along(edge, from), self.along(edge, to));
        let (low, high) = (start.min(end), start.max(end));
        let on = &self.edges[edge as usize].on;
        let within = on.iter().filter(|&&(d, n)| low <= d && d <= high && n != from && n != to);
        let mut nodes: Vec<u32> = within.map(|&(_, node)| node).collect();
        if end < start {
            nodes.reverse();
        }
        nodes
    }

    /// All nodes of a strand, in order.
    pub(super) fn strand_nodes(&self, strand: &Strand) -> Vec<u32> {
        let range = strand.first as usize..(strand.first + strand.count) as usize;
        let mut nodes = Vec::with_capacity(strand.count as usize * 2 + 1);
        for edge in &self.edges[range.clone()] {
            nodes.push(edge.a);
            nodes.extend(edge.on.iter().map(|&(_, node)| node));
        }
        nodes.extend(self.edges[range].last().map(|edge| edge.b));
        nodes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_on_an_edge_keep_their_order() {
        let mut web = Web::default();
        let street = web.add_street(Kind::Primary, Role::Plain);
        let ends = [(0, 0), (1_000, 0), (1_000, 1_000)].map(|(x, y)| web.add_node(Pt::new(x, y)));
        web.add_strand(Kind::Primary, street, &ends);
        let far = web.attach(0, Pt::new(700, 0));
        let near = web.attach(0, Pt::new(200, 0));
        assert_eq!(web.strand_nodes(&web.strands[0]), [ends[0], near, far, ends[1], ends[2]]);
        assert_eq!(web.between(0, ends[0], ends[1]), [near, far]);
        assert_eq!(web.between(0, ends[1], near), [far]);
    }
}
