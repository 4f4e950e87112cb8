//! Places a post could stand: street corners, what the city has already, or what somebody lists.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{LonLat, Metres, NodeId, PostId, SegmentId, SiteId};
use precinct_city::City;
use precinct_roads::{Along, Name, Network, RoadClass, Snap, SnapRules};

/// Where a candidate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A junction of streets.
    Street(NodeId),
    /// A post of the city.
    Post(PostId),
    /// A site of the city.
    Site(SiteId),
    /// The so-manieth place of a list.
    Listed(u32),
}

/// A place a post could stand, on its road.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it comes from.
    pub origin: Origin,
    /// Where it is.
    pub at: LonLat,
    /// Where that is on the roads.
    pub snap: Snap,
    /// What it is called: its own name, or those of its streets.
    pub name: Name,
}

/// How street places are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceRules {
    /// The most of them.
    pub most: usize,
    /// How far a junction may be from demand.
    pub near: Metres,
}

/// The posts of the city with these indices that a road is near to.
pub fn at_posts(
    city: &City,
    network: &Network,
    rules: &SnapRules,
    which: impl Fn(&precinct_city::Post) -> bool,
) -> Vec<Place> {
    let all = city.posts.iter().enumerate().filter(|one| which(one.1));
    let place = |(index, post): (usize, &precinct_city::Post)| {
        let snap = network.snap(post.at, rules)?;
        let origin = Origin::Post(PostId(index as u32));
        Some(Place { origin, at: post.at, snap, name: post.name.clone() })
    };
    all.filter_map(place).collect()
}

/// The sites of the city that a road is near to.
pub fn at_sites(city: &City, network: &Network, rules: &SnapRules) -> Vec<Place> {
    let place = |(index, site): (usize, &precinct_city::Site)| {
        let snap = network.snap(site.at, rules)?;
        let origin = Origin::Site(SiteId(index as u32));
        Some(Place { origin, at: site.at, snap, name: site.name.clone() })
    };
    city.sites.iter().enumerate().filter_map(place).collect()
}

/// Listed places that a road is near to.
pub fn at_places(listed: &[(LonLat, Name)], network: &Network, rules: &SnapRules) -> Vec<Place> {
    let place = |(index, (at, name)): (usize, &(LonLat, Name))| {
        let snap = network.snap(*at, rules)?;
        Some(Place { origin: Origin::Listed(index as u32), at: *at, snap, name: name.clone() })
    };
    listed.iter().enumerate().filter_map(place).collect()
}

/// Junctions of streets near demand, spread evenly: of each square of ground the one nearest to its middle, with squares as small as
/// the number allows.
///
/// A junction is where at least three stretches of street meet that a post may stand on: not a motorway, a trunk road, a ferry or steps.
pub fn among_streets(
    city: &City,
    network: &Network,
    snap: &SnapRules,
    rules: PlaceRules,
) -> Vec<Place> {
    let nodes: Vec<(NodeId, LonLat)> = junctions(network);
    let cells = demand_cells(city, rules.near);
    let near = |at: LonLat| around(cell(at, rules.near)).any(|cell| cells.contains(&cell));
    let near: Vec<(NodeId, LonLat)> =
        nodes.into_iter().filter(|one| cells.is_empty() || near(one.1)).collect();
    let place = |(node, at)| {
        // As any other place is put on the roads, so that a plan can be gone over from its places alone.
        let snap = network.snap(at, snap)?;
        Some(Place { origin: Origin::Street(node), at, snap, name: corner(network, node) })
    };
    thinned(&near, rules.most).into_iter().filter_map(place).collect()
}

fn junctions(network: &Network) -> Vec<(NodeId, LonLat)> {
    let map = network.map();
    let stands = |node: NodeId| {
        let mut arms = 0;
        for (segment, _) in network.segments_at(node) {
            let class = map.segment(segment).class;
            let barred =
                [RoadClass::Motorway, RoadClass::Trunk, RoadClass::Ferry, RoadClass::Steps];
            arms += u32::from(!barred.contains(&class) && open(network, segment));
        }
        arms >= 3 && map.in_main_part(node, network.profile())
    };
    map.node_ids().filter(|&node| stands(node)).map(|node| (node, map.node_at(node))).collect()
}

fn open(network: &Network, segment: SegmentId) -> bool {
    [Along::Forward, Along::Backward].iter().any(|&along| network.time(segment, along).is_some())
}

/// A square of ground, by its column and row.
type Cell = (i64, i64);

/// The square of about `side` that a place lies in.
fn cell(at: LonLat, side: Metres) -> Cell {
    // A degree of latitude is about 111,195 m; squares get narrower towards the poles, which does no harm.
    let units = (i64::from(side.0) * 10_000_000 / 111_195).max(1);
    (i64::from(at.lon()).div_euclid(units), i64::from(at.lat()).div_euclid(units))
}

fn around((x, y): Cell) -> impl Iterator<Item = Cell> {
    (-1..=1).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy)))
}

fn demand_cells(city: &City, side: Metres) -> BTreeSet<Cell> {
    city.demand.iter().map(|demand| cell(demand.at, side)).collect()
}

/// At most `most` of them: one of each square, the one nearest to its middle, in the smallest squares for which that is few enough.
fn thinned(all: &[(NodeId, LonLat)], most: usize) -> Vec<(NodeId, LonLat)> {
    if all.len() <= most {
        return all.to_vec();
    }
    let (mut low, mut high) = (1, 200_000);
    while low < high {
        let middle = u32::midpoint(low, high);
        if picked(all, Metres(middle)).len() <= most { high = middle } else { low = middle + 1 }
    }
    picked(all, Metres(high)).into_values().map(|one| (one.1, one.2)).collect()
}

fn picked(all: &[(NodeId, LonLat)], side: Metres) -> BTreeMap<Cell, (u64, NodeId, LonLat)> {
    let units = (i64::from(side.0) * 10_000_000 / 111_195).max(1);
    let off = |of: i32| (i64::from(of).rem_euclid(units) * 2 - units).unsigned_abs();
    let mut picked: BTreeMap<Cell, (u64, NodeId, LonLat)> = BTreeMap::new();
    for &(node, at) in all {
        let entry = (off(at.lon()) + off(at.lat()), node, at);
        let best = picked.entry(cell(at, side)).or_insert(entry);
        if (entry.0, entry.1) < (best.0, best.1) {
            *best = entry;
        }
    }
    picked
}

/// The names of two streets that meet at a node, in each language that has them.
fn corner(network: &Network, node: NodeId) -> Name {
    let map = network.map();
    let names = |of: fn(&Name) -> &str, join: &str| {
        let mut found: Vec<&str> = network
            .segments_at(node)
            .map(|(segment, _)| of(map.segment_name(segment)))
            .filter(|name| !name.is_empty())
            .collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(2);
        found.join(join)
    };
    Name {
        local: names(|name| &name.local, " / "),
        zh: names(|name| &name.zh, "与"),
        en: names(|name| &name.en, " / "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn thinning_keeps_to_the_number_and_spreads() {
        let all: Vec<(NodeId, LonLat)> = (0..400)
            .map(|i| (NodeId(i), at(i as i32 % 20 * 9_000, i as i32 / 20 * 9_000)))
            .collect();
        let some = thinned(&all, 30);
        assert!((10..=30).contains(&some.len()), "{}", some.len());
        let columns: std::collections::BTreeSet<i32> = some.iter().map(|one| one.1.lon()).collect();
        assert!(columns.len() >= 4);
        assert_eq!(thinned(&all, 400).len(), 400);
    }
}
