//! Police stations, street police stations and checkpoints, and how many people on patrol work from each.

use std::collections::BTreeMap;

use precinct_city::PostKind;

use super::areas::Division;
use super::blocks::Gate;
use super::flat::{M, Pt, TURN, scaled};
use super::land::Use;
use super::layout::Layout;
use super::names::Title;
use super::share::shares_of_at_least;
use super::size::Counts;
use super::web::{Kind, Web};

/// A post on the sheet.
#[derive(Clone, Debug)]
pub(super) struct DrawnPost {
    pub(super) kind: PostKind,
    pub(super) title: Title,
    pub(super) at: Pt,
    pub(super) staff: u64,
}

impl Gate {
    /// The place `permille` along the block's side and `inset` millimetres into the block.
    pub(super) fn place(&self, permille: i64, inset: i64) -> Pt {
        let [a, b] = self.side;
        a.towards(b, permille, 1_000).plus(b.minus(a).left().with_length(inset))
    }
}

/// All posts of a city: police stations in the order of their areas, street stations, then checkpoints.
pub(super) fn posts(
    layout: &Layout,
    division: &Division,
    streets: &[Title],
    stations: &[Title],
    counts: &Counts,
) -> Vec<DrawnPost> {
    let mut posts = police_stations(layout, division, stations);
    posts.extend(street_stations(layout, streets, counts.street_stations as usize));
    posts.extend(checkpoints(layout, streets, counts.ways_in as usize));
    let weights: Vec<u64> = posts
        .iter()
        .map(|post| match post.kind {
            PostKind::PoliceStation => 10,
            PostKind::StreetStation => 7,
            _ => 5,
        })
        .collect();
    for (post, staff) in posts.iter_mut().zip(shares_of_at_least(counts.patrol, 1, &weights)) {
        post.staff = staff;
    }
    distinct(&mut posts);
    posts
}

/// Numbers posts that would bear the same name.
fn distinct(posts: &mut [DrawnPost]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for post in posts {
        let count = seen.entry(post.title.zh.clone()).or_default();
        *count += 1;
        if *count > 1 {
            post.title = post.title.and(&format!("（{count}）"), &format!(" ({count})"));
        }
    }
}

/// One police station an area, at the gate of the block nearest to where the area's people live.
fn police_stations(layout: &Layout, division: &Division, stations: &[Title]) -> Vec<DrawnPost> {
    let count = division.district_of.len();
    let mut sums = vec![(0i128, 0i128, 0i128); count];
    for (i, superblock) in layout.superblocks.iter().enumerate() {
        let (weight, sum) =
            (i128::from(superblock.people) + 1, &mut sums[division.station_area[i] as usize]);
        sum.0 += weight * i128::from(superblock.middle.x);
        sum.1 += weight * i128::from(superblock.middle.y);
        sum.2 += weight;
    }
    let middle = |(x, y, weight): (i128, i128, i128)| {
        Pt::new((x / weight.max(1)) as i64, (y / weight.max(1)) as i64)
    };
    let middles: Vec<Pt> = sums.into_iter().map(middle).collect();
    let mut nearest: Vec<Option<(i64, Pt)>> = vec![None; count];
    for block in &layout.blocks {
        let area = division.station_area[block.superblock as usize] as usize;
        let place = block.gate.place(500, 18 * M);
        let distance = place.distance(middles[area]);
        if nearest[area].is_none_or(|(other, _)| distance < other) {
            nearest[area] = Some((distance, place));
        }
    }
    let station = |(area, found): (usize, Option<(i64, Pt)>)| {
        let title = stations[area].and("派出所", " Police Station");
        // An area without a block of its own has its station at the nearest block anywhere.
        let gates = layout.blocks.iter().map(|block| block.gate.place(500, 18 * M));
        let at =
            found.map(|(_, at)| at).or_else(|| gates.min_by_key(|at| at.distance(middles[area])));
        DrawnPost { kind: PostKind::PoliceStation, title, at: at.unwrap_or_default(), staff: 0 }
    };
    nearest.into_iter().enumerate().map(station).collect()
}

/// Street stations at the busiest corners, well apart: the distance is relaxed until all have found a place.
fn street_stations(layout: &Layout, streets: &[Title], count: usize) -> Vec<DrawnPost> {
    let mut corners: Vec<(u64, Pt, Title)> = layout
        .superblocks
        .iter()
        .filter_map(|superblock| {
            let busy = match superblock.use_? {
                Use::Centre => 30_000,
                Use::OldTown => 16_000,
                Use::Mixed | Use::Campus => 2_500,
                Use::Estate | Use::Village => 1_500,
                Use::Works | Use::Park | Use::Fields => 0,
            };
            let (at, title) =
                corner(layout, &superblock.cell.corners, &superblock.cell.sides, streets)?;
            Some((superblock.people + busy * superblock.area as u64 / 250_000, at, title))
        })
        .collect();
    corners.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let built = layout.ground.radius / M;
    let mut apart = (built * built * 3 / count.max(1) as i64).isqrt() * M / 2;
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count.min(corners.len()) {
        for i in 0..corners.len() {
            let far = |&j: &usize| i != j && corners[i].1.distance(corners[j].1) >= apart;
            if chosen.len() < count && chosen.iter().all(far) {
                chosen.push(i);
            }
        }
        apart = apart * 8 / 10;
    }
    let station = |i: usize| {
        let (_, at, title) = &corners[i % corners.len()];
        let title = title.and("警务站", " Street Police Station");
        DrawnPost { kind: PostKind::StreetStation, title, at: *at, staff: 0 }
    };
    // Only a city with more stations than superblocks puts two at one corner.
    let again = (0..count.saturating_sub(chosen.len())).filter(|_| !corners.is_empty());
    chosen.into_iter().chain(again).map(station).collect()
}

/// The corner of a superblock between its two widest named streets: a place just inside it, and a name after them.
fn corner(
    layout: &Layout,
    corners: &[u32],
    sides: &[u32],
    streets: &[Title],
) -> Option<(Pt, Title)> {
    let strand = |side: u32| &layout.web.strands[layout.web.edges[side as usize].strand as usize];
    let n = corners.len();
    let meeting = (0..n).filter_map(|i| {
        let (before, after) = (strand(sides[(i + n - 1) % n]), strand(sides[i]));
        let named = |street: u32| !streets[street as usize].is_empty();
        let good = before.street != after.street && named(before.street) && named(after.street);
        let street_kinds = before.kind.carries_cars() && after.kind.carries_cars();
        (good && street_kinds).then(|| {
            (
                before.kind.max(after.kind),
                before.kind.min(after.kind),
                i,
                before.street,
                after.street,
            )
        })
    });
    let (_, _, i, one, other) = meeting.min()?;
    let [a, b, c] = [corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]]
        .map(|node| layout.web.at(node));
    // Into the corner along both sides.
    let into = a.minus(b).with_length(14 * M).plus(c.minus(b).with_length(14 * M));
    let [one, other] = [one, other].map(|street| &streets[street as usize]);
    Some((b.plus(into), one.and(&format!("{}路口", other.zh), &format!(" and {}", other.en))))
}

/// A checkpoint on each way into the city, just inside its limit, beside the lane that leads in.
fn checkpoints(layout: &Layout, streets: &[Title], count: usize) -> Vec<DrawnPost> {
    let mut posts: Vec<DrawnPost> = Vec::new();
    for &end in &layout.ways_out {
        let Some((street, line)) = way_in(&layout.web, end) else { continue };
        posts.extend(checkpoint(layout, &streets[street as usize], &line));
    }
    posts.truncate(count);
    let ends = further_ends(layout, count - posts.len());
    for (street, line) in ends {
        posts.extend(checkpoint(layout, &streets[street as usize], &line));
    }
    posts
}

fn checkpoint(layout: &Layout, street: &Title, line: &[Pt]) -> Option<DrawnPost> {
    let inside = |p: &Pt| p.length() < layout.ground.limit(p.angle()) - 120 * M;
    let last = line.len().checked_sub(1)?;
    let i = line.iter().position(inside).unwrap_or(last).max(1);
    let (from, to) = (line[i - 1], *line.get(i)?);
    let (zh, en) = [("东", " East"), ("北", " North"), ("西", " West"), ("南", " South")]
        [((from.angle() + TURN / 8).rem_euclid(TURN) / (TURN / 4)) as usize % 4];
    // Traffic keeps right; coming in, the right is the side away from a left turn.
    let at = from.towards(to, 3, 4).plus(to.minus(from).left().with_length(-9 * M));
    Some(DrawnPost {
        kind: PostKind::Checkpoint,
        title: street.and(zh, en).and("公安检查站", " Checkpoint"),
        at,
        staff: 0,
    })
}

/// The street that ends at `end` and its line from there inwards.
fn way_in(web: &Web, end: u32) -> Option<(u32, Vec<Pt>)> {
    web.strands.iter().find_map(|strand| {
        let mut nodes = if touches(web, strand.first, strand.count, end) {
            web.strand_nodes(strand)
        } else {
            return None;
        };
        if nodes.first() != Some(&end) {
            nodes.reverse();
        }
        Some((strand.street, nodes.into_iter().map(|node| web.at(node)).collect()))
    })
}

fn touches(web: &Web, first: u32, count: u32, end: u32) -> bool {
    web.edges[first as usize].a == end || web.edges[(first + count - 1) as usize].b == end
}

/// Further roads that reach the limit, for a city whose counts ask for more checkpoints than it has ways out: the ends
/// furthest out of wide streets, evenly chosen.
fn further_ends(layout: &Layout, count: usize) -> Vec<(u32, Vec<Pt>)> {
    let web = &layout.web;
    let mut ends: Vec<(i64, u32, Vec<Pt>)> = Vec::new();
    let wide = |kind: Kind| matches!(kind, Kind::Secondary | Kind::Tertiary | Kind::Unclassified);
    for strand in web.strands.iter().filter(|s| wide(s.kind) && !s.bridge) {
        let mut line: Vec<Pt> =
            web.strand_nodes(strand).into_iter().map(|node| web.at(node)).collect();
        let out = |p: &Pt| scaled(p.length(), 1_000, layout.ground.limit(p.angle()).max(1));
        if line.first().map(out) < line.last().map(out) {
            line.reverse();
        }
        let (first, last) = (line.first().map_or(0, out), line.last().map_or(0, out));
        if first > 990 && last < 960 {
            ends.push((-(first - last), strand.street, line));
        }
    }
    ends.sort();
    ends.into_iter().take(count).map(|(_, street, line)| (street, line)).collect()
}
