//! From a draft to a road map: checks, Hilbert order, columns, main parts.

use std::sync::Arc;

use precinct_base::{Bounds, LonLat, Millis, NameId, NodeId, SegmentId, caps};

use super::{BARRED, Fingerprint, Nodes, RoadMap, Segments, parts};
use crate::hilbert::Curve;
use crate::{Along, Draft, DraftSegment, Names, Profile};

/// Why a draft cannot become a road map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// There is more than one city may hold.
    #[error(
        "{count} {what} are more than the {cap} a road map holds: clip the extract to the city"
    )]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        cap: usize,
    },
    /// A segment ends at a node that is not there.
    #[error("a segment of way {way} ends at node {node}, but there are only {nodes} nodes")]
    NoSuchNode {
        /// The way.
        way: i64,
        /// The index given.
        node: u32,
        /// How many nodes there are.
        nodes: usize,
    },
    /// A segment is longer than any road.
    #[error(
        "a segment of way {way} is {metres} m long, longer than any road: its places are wrong"
    )]
    TooLong {
        /// The way.
        way: i64,
        /// Its length.
        metres: u32,
    },
    /// A segment takes longer than any search.
    #[error("a segment of way {way} takes {ms} ms, more than a day: its speed is wrong")]
    TooSlow {
        /// The way.
        way: i64,
        /// Its time.
        ms: u32,
    },
}

impl RoadMap {
    /// Checks a draft and packs it. The same draft gives the same map, whatever the order of its nodes and segments,
    /// as long as no two nodes share both place and number.
    pub fn build(draft: &Draft, made_from: Fingerprint) -> Result<Self, BuildError> {
        check(draft)?;
        let bounds = Bounds::around(draft.nodes.iter().map(|node| node.at));
        let (nodes, rank) = order_nodes(draft, bounds);
        let order = order_segments(&draft.segments, &rank);
        let (names, name_rank) = order_names(draft, &order);
        let segments = pack(&draft.segments, &order, &rank, &name_rank);
        let mut map = Self { made_from, nodes, segments, names: Arc::new(names), bounds };
        map.mark_main_parts();
        Ok(map)
    }

    fn mark_main_parts(&mut self) {
        let mut main = vec![0u8; self.node_count()];
        for profile in Profile::ALL.into_iter().filter(|&profile| self.is_open_to(profile)) {
            let heads = Heads::of(self, profile);
            let marked = parts::largest(self.node_count(), |node, i| heads.get(node, i));
            for (mask, marked) in main.iter_mut().zip(marked) {
                *mask |= u8::from(marked) << profile.index();
            }
        }
        self.nodes.main = main;
    }
}

fn check(draft: &Draft) -> Result<(), BuildError> {
    let bends: usize = draft.segments.iter().map(|segment| segment.shape.len()).sum();
    let name_bytes: usize =
        draft.names.all().iter().map(|n| n.local.len() + n.zh.len() + n.en.len()).sum();
    for (what, count, cap) in [
        ("nodes", draft.nodes.len(), caps::ROAD_NODES),
        ("segments", draft.segments.len(), caps::ROAD_SEGMENTS),
        ("shape points", bends, caps::SHAPE_POINTS),
        ("bytes of street names", name_bytes, caps::NAME_BYTES),
    ] {
        if count > cap {
            return Err(BuildError::TooMany { what, count, cap });
        }
    }
    draft.segments.iter().try_for_each(|segment| check_segment(segment, draft.nodes.len()))
}

fn check_segment(segment: &DraftSegment, nodes: usize) -> Result<(), BuildError> {
    let way = segment.way;
    if let Some(node) = [segment.from, segment.to].into_iter().find(|&node| node as usize >= nodes)
    {
        return Err(BuildError::NoSuchNode { way, node, nodes });
    }
    if segment.length.0 > u64::from(caps::SEGMENT_LENGTH_MM) {
        return Err(BuildError::TooLong { way, metres: segment.length.metres().0 });
    }
    let directions =
        Profile::ALL.into_iter().flat_map(|p| [(p, Along::Forward), (p, Along::Backward)]);
    for Millis(ms) in directions.filter_map(|(profile, along)| segment.times.get(profile, along)) {
        if ms > caps::SEARCH_LIMIT_MS {
            return Err(BuildError::TooSlow { way, ms });
        }
    }
    Ok(())
}

/// Nodes along the Hilbert curve, and for each draft index its place in that order.
fn order_nodes(draft: &Draft, bounds: Option<Bounds>) -> (Nodes, Vec<u32>) {
    let Some(bounds) = bounds else { return (Nodes::default(), Vec::new()) };
    let curve = Curve::over(bounds);
    let mut order: Vec<(u32, LonLat, i64, u32)> = draft
        .nodes
        .iter()
        .enumerate()
        .map(|(i, node)| (curve.key(node.at), node.at, node.osm_id, i as u32))
        .collect();
    order.sort_unstable();
    let mut rank = vec![0; order.len()];
    for (place, entry) in order.iter().enumerate() {
        rank[entry.3 as usize] = place as u32;
    }
    let nodes = Nodes {
        at: order.iter().map(|entry| entry.1).collect(),
        osm_id: order.iter().map(|entry| entry.2).collect(),
        main: Vec::new(),
    };
    (nodes, rank)
}

/// Segments in the order of their first node, then by all else they hold, so that the source's order does not matter.
fn order_segments(segments: &[DraftSegment], rank: &[u32]) -> Vec<u32> {
    let key = |&i: &u32| {
        let s = &segments[i as usize];
        (rank[s.from as usize], rank[s.to as usize], s.way, s.length, s.class, s.times, &s.shape)
    };
    let mut order: Vec<u32> = (0..segments.len() as u32).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    order
}

/// The names in use, numbered by first use, and for each draft id its new one.
fn order_names(draft: &Draft, order: &[u32]) -> (Names, Vec<NameId>) {
    let mut names = Names::default();
    let mut rank = vec![NameId(0); draft.names.all().len()];
    for &i in order {
        let old = draft.segments[i as usize].name;
        if let Some(slot) = rank.get_mut(old.index())
            && slot.0 == 0
        {
            *slot = names.add(draft.names.get(old).clone());
        }
    }
    (names, rank)
}

fn pack(draft: &[DraftSegment], order: &[u32], rank: &[u32], names: &[NameId]) -> Segments {
    let mut all = Segments { first_bend: vec![0], ..Segments::default() };
    for segment in order.iter().map(|&i| &draft[i as usize]) {
        all.from.push(rank[segment.from as usize]);
        all.to.push(rank[segment.to as usize]);
        all.length_mm.push(segment.length.0 as u32);
        all.class.push(segment.class as u8);
        all.name.push(names.get(segment.name.index()).map_or(0, |name| name.0));
        all.way.push(segment.way);
        all.bends.extend_from_slice(&segment.shape);
        all.first_bend.push(all.bends.len() as u32);
    }
    for profile in Profile::ALL {
        let ms =
            |s: &DraftSegment, along| s.times.get(profile, along).map_or(BARRED, |time| time.0);
        let column = order.iter().map(|&i| &draft[i as usize]);
        if column
            .clone()
            .any(|s| ms(s, Along::Forward) != BARRED || ms(s, Along::Backward) != BARRED)
        {
            all.times[profile.index()] =
                column.map(|s| [ms(s, Along::Forward), ms(s, Along::Backward)]).collect();
        }
    }
    all
}

/// The heads of the arcs open to a profile, by tail.
struct Heads {
    first: Vec<u32>,
    heads: Vec<u32>,
}

impl Heads {
    fn of(map: &RoadMap, profile: Profile) -> Self {
        let arcs = || map.segment_ids().flat_map(move |id| open_arcs(map, id, profile));
        let mut first = vec![0u32; map.node_count() + 1];
        for (tail, _) in arcs() {
            first[tail.index() + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut heads = vec![0; first.last().map_or(0, |&n| n as usize)];
        for (tail, head) in arcs() {
            heads[next[tail.index()] as usize] = head.0;
            next[tail.index()] += 1;
        }
        Self { first, heads }
    }

    fn get(&self, node: u32, i: usize) -> Option<u32> {
        let at = self.first[node as usize] as usize + i;
        (at < self.first[node as usize + 1] as usize).then(|| self.heads[at])
    }
}

fn open_arcs(
    map: &RoadMap,
    id: SegmentId,
    profile: Profile,
) -> impl Iterator<Item = (NodeId, NodeId)> + use<> {
    let segment = map.segment(id);
    let open = |along, arc| map.time(id, profile, along).map(|_| arc);
    [
        open(Along::Forward, (segment.from, segment.to)),
        open(Along::Backward, (segment.to, segment.from)),
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use precinct_base::Millimetres;
    use proptest::prelude::*;

    use super::*;
    use crate::{DraftNode, Name, RoadClass, Times};

    fn draft(nodes: &[(i32, i32)], segments: &[(u32, u32, u32)]) -> Draft {
        let mut draft = Draft::default();
        for (i, &(lon, lat)) in nodes.iter().enumerate() {
            draft.nodes.push(DraftNode { osm_id: i as i64, at: LonLat::new(lon, lat).unwrap() });
        }
        for &(from, to, ms) in segments {
            let mut times = Times::default();
            times.set(Profile::PoliceCar, Along::Forward, Some(Millis(ms)));
            let name = draft.names.add(Name::local(format!("street {ms}")));
            let length = Millimetres(u64::from(ms) * 10);
            let class = RoadClass::Residential;
            draft.segments.push(DraftSegment {
                from,
                to,
                shape: vec![],
                length,
                class,
                name,
                way: i64::from(ms),
                times,
            });
        }
        draft
    }

    #[test]
    fn faults_are_named() {
        let build = |draft: Draft| RoadMap::build(&draft, Fingerprint::default()).unwrap_err();
        assert!(matches!(
            build(draft(&[(0, 0)], &[(0, 1, 5)])),
            BuildError::NoSuchNode { node: 1, nodes: 1, .. }
        ));
        assert!(matches!(
            build(draft(&[(0, 0)], &[(0, 0, 86_400_001)])),
            BuildError::TooSlow { .. }
        ));
        let mut long = draft(&[(0, 0)], &[(0, 0, 1)]);
        long.segments[0].length = Millimetres(2_000_000_001);
        assert_eq!(
            build(long).to_string(),
            "a segment of way 1 is 2000000 m long, longer than any road: its places are wrong"
        );
    }

    #[test]
    fn an_empty_draft_is_an_empty_map() {
        let map = RoadMap::build(&Draft::default(), Fingerprint::default()).unwrap();
        assert_eq!((map.node_count(), map.segment_count(), map.bounds()), (0, 0, None));
    }

    #[test]
    fn the_main_part_leaves_out_dead_ends_one_cannot_leave() {
        let map = RoadMap::build(
            &draft(&[(0, 0), (9, 9), (5, 0)], &[(0, 1, 1), (1, 0, 2), (1, 2, 3)]),
            Fingerprint::default(),
        )
        .unwrap();
        let main: Vec<bool> =
            map.node_ids().map(|node| map.in_main_part(node, Profile::PoliceCar)).collect();
        let ids: Vec<i64> = map.node_ids().map(|node| map.osm_id(node)).collect();
        assert_eq!(main, ids.iter().map(|&id| id != 2).collect::<Vec<_>>());
        assert!(!map.is_open_to(Profile::Foot) && !map.in_main_part(NodeId(0), Profile::Foot));
    }

    proptest! {
        #[test]
        fn the_order_of_the_source_does_not_matter(
            nodes in prop::collection::vec((0..1_000_000i32, 0..1_000_000i32), 2..20),
            picks in prop::collection::vec((0u32..20, 0u32..20, 1u32..1_000), 0..40),
            seed in any::<u64>(),
        ) {
            let n = nodes.len() as u32;
            let mut plain = draft(&nodes, &picks.iter().map(|&(a, b, ms)| (a % n, b % n, ms)).collect::<Vec<_>>());
            let map = RoadMap::build(&plain, Fingerprint::default()).unwrap();
            // Turn the nodes round and shuffle the segments.
            plain.nodes.reverse();
            for segment in &mut plain.segments {
                (segment.from, segment.to) = (n - 1 - segment.from, n - 1 - segment.to);
            }
            let count = plain.segments.len();
            for i in (1..count).rev() {
                plain.segments.swap(i, (seed as usize).wrapping_mul(i * 7 + 1) % (i + 1));
            }
            prop_assert_eq!(RoadMap::build(&plain, Fingerprint::default()).unwrap(), map);
        }
    }
}
