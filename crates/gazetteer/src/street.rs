//! Streets of a road map: segments of one name that lie together.

use std::collections::BTreeMap;

use precinct_base::{LonLat, NameId, SegmentId};
use precinct_roads::{Name, RoadClass, RoadMap};

use crate::text::street_key;

/// A cell of the grid by which parts of a street are told from another street of the same name: 0.01°, about 1 km. Parts in
/// neighbouring cells are one street.
const CELL: i32 = 100_000;

/// A street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Street {
    /// Its names; the first is that of most of its length.
    pub(crate) names: Vec<NameId>,
    /// What most of it is.
    pub(crate) class: RoadClass,
    /// Its length in metres.
    pub(crate) metres: u32,
}

/// A segment of a street, and a place on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) segment: SegmentId,
    pub(crate) at: LonLat,
}

/// The streets of a road map, in the order of their keys, then of their first segments.
#[derive(Clone, Debug, Default)]
pub(crate) struct Streets {
    pub(crate) all: Vec<Street>,
    /// Where the parts of each street begin; one more entry than streets.
    pub(crate) first: Vec<u32>,
    pub(crate) parts: Vec<Part>,
    /// Key of each street, as [`street_key`] makes it of its first name.
    pub(crate) keys: Vec<String>,
}

impl Streets {
    /// Finds them.
    pub(crate) fn of(map: &RoadMap) -> Self {
        let mut streets = Self { first: vec![0], ..Self::default() };
        for (key, segments) in by_key(map) {
            for together in gather(map, &segments) {
                streets.add(map, &key, &together);
            }
        }
        streets
    }

    fn add(&mut self, map: &RoadMap, key: &str, segments: &[SegmentId]) {
        let mut names: BTreeMap<NameId, u64> = BTreeMap::new();
        let mut classes: BTreeMap<RoadClass, u64> = BTreeMap::new();
        for &id in segments {
            let segment = map.segment(id);
            *names.entry(segment.name).or_default() += segment.length.0;
            *classes.entry(segment.class).or_default() += segment.length.0;
            let corners = map.shape(id).count();
            let at = map.shape(id).nth(corners / 2).unwrap_or_else(|| map.node_at(segment.from));
            self.parts.push(Part { segment: id, at });
        }
        let total: u64 = names.values().sum();
        let mut longest: Vec<(NameId, u64)> = names.into_iter().collect();
        longest.sort_by_key(|&(name, length)| (std::cmp::Reverse(length), name));
        let class =
            classes.into_iter().max_by_key(|&(class, length)| (length, std::cmp::Reverse(class)));
        self.all.push(Street {
            names: longest.into_iter().map(|(name, _)| name).collect(),
            class: class.map_or(RoadClass::Timed, |(class, _)| class),
            metres: (total / 1_000).try_into().unwrap_or(u32::MAX),
        });
        self.keys.push(key.to_owned());
        self.first.push(self.parts.len() as u32);
    }
}

/// What a street is signposted as, or called in another language.
pub(crate) fn signposted(name: &Name) -> &str {
    [&name.local, &name.en, &name.zh]
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or("", String::as_str)
}

/// Segments with a name, by its key.
fn by_key(map: &RoadMap) -> BTreeMap<String, Vec<SegmentId>> {
    let key = |name: &Name| street_key(signposted(name));
    let keys: Vec<String> = map.names().all().iter().map(key).collect();
    let mut groups: Vec<Vec<SegmentId>> = vec![Vec::new(); keys.len()];
    for id in map.segment_ids() {
        if let Some(group) = groups.get_mut(map.segment(id).name.index()) {
            group.push(id);
        }
    }
    let mut by_key: BTreeMap<String, Vec<SegmentId>> = BTreeMap::new();
    for (key, segments) in keys.into_iter().zip(groups) {
        if !key.is_empty() && !segments.is_empty() {
            by_key.entry(key).or_default().extend(segments);
        }
    }
    for segments in by_key.values_mut() {
        segments.sort_unstable();
    }
    by_key
}

/// Segments that lie together, each group in order, the groups by their first.
fn gather(map: &RoadMap, segments: &[SegmentId]) -> Vec<Vec<SegmentId>> {
    let mut groups = Groups((0..segments.len()).collect());
    let mut cells: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for (i, &id) in segments.iter().enumerate() {
        let segment = map.segment(id);
        for node in [segment.from, segment.to] {
            let at = map.node_at(node);
            let cell = (at.lon().div_euclid(CELL), at.lat().div_euclid(CELL));
            let first = *cells.entry(cell).or_insert(i);
            groups.join(first, i);
        }
    }
    for (&(x, y), &i) in &cells {
        for (east, north) in [(1, -1), (1, 0), (1, 1), (0, 1)] {
            if let Some(&other) = cells.get(&(x + east, y + north)) {
                groups.join(i, other);
            }
        }
    }
    let mut together: BTreeMap<usize, Vec<SegmentId>> = BTreeMap::new();
    for (i, &id) in segments.iter().enumerate() {
        together.entry(groups.root(i)).or_default().push(id);
    }
    together.into_values().collect()
}

/// Groups that are joined; the root of each is its least member.
pub(crate) struct Groups(pub(crate) Vec<usize>);

impl Groups {
    pub(crate) fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
