//! Where two streets meet.

use precinct_base::{LonLat, Metres, NodeId, Plane, caps};
use precinct_roads::RoadMap;

use crate::street::{Groups, Streets};

/// Nodes in which the same two streets meet are one crossing, if each is so near to the next: the corners of two dual carriageways.
const TOGETHER: Metres = Metres(100);

/// A crossing, as one of its streets has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crossing {
    /// The other street.
    pub(crate) other: u32,
    /// Its node nearest to its middle.
    pub(crate) node: NodeId,
    /// Where that is.
    pub(crate) at: LonLat,
}

/// Every crossing, twice: once for each street.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crossings {
    /// Where those of each street begin; one more entry than streets.
    first: Vec<u32>,
    all: Vec<Crossing>,
}

impl Crossings {
    /// Finds them.
    pub(crate) fn of(map: &RoadMap, streets: &Streets) -> Self {
        let mut found: Vec<(u32, Crossing)> = Vec::new();
        let meetings = meetings(map, streets);
        for nodes in meetings.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (a, b, _) = nodes[0];
            let nodes: Vec<(NodeId, LonLat)> =
                nodes.iter().map(|m| (m.2, map.node_at(m.2))).collect();
            for (node, at) in middles(&nodes) {
                found.push((a, Crossing { other: b, node, at }));
                found.push((b, Crossing { other: a, node, at }));
            }
        }
        found.sort_by_key(|(street, crossing)| (*street, crossing.other, crossing.node));
        let mut first = vec![0u32; streets.all.len() + 1];
        for (street, _) in &found {
            first[*street as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Self { first, all: found.into_iter().map(|(_, crossing)| crossing).collect() }
    }

    /// Those of one street, by the other street, then by the node; none for a street that only addresses know.
    pub(crate) fn along(&self, street: u32) -> &[Crossing] {
        let at = street as usize;
        match (self.first.get(at), self.first.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.all[from as usize..to as usize],
            _ => &[],
        }
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.all.len() / 2
    }

    /// Bytes it holds on the heap.
    pub(crate) const fn bytes(&self) -> usize {
        self.first.capacity() * 4 + self.all.capacity() * size_of::<Crossing>()
    }
}

/// Two streets, the lesser first, and a node they share; sorted.
fn meetings(map: &RoadMap, streets: &Streets) -> Vec<(u32, u32, NodeId)> {
    let mut ends: Vec<(NodeId, u32)> = Vec::with_capacity(streets.parts.len() * 2);
    for (street, bounds) in streets.first.windows(2).enumerate() {
        for part in &streets.parts[bounds[0] as usize..bounds[1] as usize] {
            let segment = map.segment(part.segment);
            ends.extend([(segment.from, street as u32), (segment.to, street as u32)]);
        }
    }
    ends.sort_unstable();
    ends.dedup();
    let mut meetings = Vec::new();
    for here in ends.chunk_by(|a, b| a.0 == b.0) {
        let here = &here[..here.len().min(caps::STREETS_AT_NODE)];
        for (i, &(node, a)) in here.iter().enumerate() {
            // Two streets of one name are not a crossing anybody asks for.
            let others = here[i + 1..]
                .iter()
                .filter(|(_, b)| streets.keys[a as usize] != streets.keys[*b as usize]);
            meetings.extend(others.map(|&(_, b)| (a, b, node)));
        }
    }
    meetings.sort_unstable();
    meetings
}

/// The middle node of each group of nodes that lie together.
fn middles(nodes: &[(NodeId, LonLat)]) -> Vec<(NodeId, LonLat)> {
    if let [one] = nodes {
        return vec![*one];
    }
    let mut west_to_east: Vec<usize> = (0..nodes.len()).collect();
    west_to_east.sort_by_key(|&i| (nodes[i].1, i));
    let mut groups = Groups((0..nodes.len()).collect());
    for (n, &i) in west_to_east.iter().enumerate() {
        for &j in &west_to_east[n + 1..] {
            let (east, north) =
                Plane::between(nodes[i].1, nodes[j].1).vector(nodes[i].1, nodes[j].1);
            let limit = TOGETHER.millimetres().0 as i64;
            if east > limit {
                break;
            }
            if north.abs() <= limit {
                groups.join(i, j);
            }
        }
    }
    let mut members: Vec<Vec<(NodeId, LonLat)>> = vec![Vec::new(); nodes.len()];
    for (i, node) in nodes.iter().enumerate() {
        members[groups.root(i)].push(*node);
    }
    members.iter().filter_map(|group| middle(group)).collect()
}

fn middle(group: &[(NodeId, LonLat)]) -> Option<(NodeId, LonLat)> {
    let count = i64::try_from(group.len()).ok().filter(|&count| count > 0)?;
    let mean = |part: fn(LonLat) -> i32| {
        (group.iter().map(|(_, at)| i64::from(part(*at))).sum::<i64>() / count) as i32
    };
    let centre = LonLat::new(mean(LonLat::lon), mean(LonLat::lat))?;
    group.iter().copied().min_by_key(|(node, at)| (at.distance(centre), *node))
}
