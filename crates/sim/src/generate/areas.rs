//! The city, its districts, police station areas and grid cells, each a union of superblocks, so that their borders run along
//! streets.

use std::collections::BTreeMap;

use super::flat::{Pt, inside, twice_area};
use super::ground::Ground;
use super::layout::Layout;
use super::share::{shares, shares_of_at_least};
use super::size::Counts;
use super::web::Web;

/// Which district, station area and grid cell each superblock belongs to; numbers run through the whole city.
#[derive(Debug)]
pub(super) struct Division {
    pub(super) district: Vec<u32>,
    pub(super) station_area: Vec<u32>,
    pub(super) grid_cell: Vec<u32>,
    /// The district of each station area.
    pub(super) district_of: Vec<u32>,
    /// The station area of each grid cell.
    pub(super) station_area_of: Vec<u32>,
}

/// An outer ring and the holes in it.
pub(super) type Shape = Vec<(Vec<Pt>, Vec<Vec<Pt>>)>;

/// Divides the city: districts keep to one side of the river where both sides are large enough.
pub(super) fn divide(layout: &Layout, counts: &Counts) -> Division {
    let n = layout.superblocks.len();
    let weights: Vec<u64> =
        layout.superblocks.iter().map(|s| s.people + s.area as u64 / 5_000).collect();
    let middles: Vec<Pt> = layout.superblocks.iter().map(|s| s.middle).collect();
    let parts = Parts { weights: &weights, middles: &middles };
    let mut division = Division {
        district: vec![0; n],
        station_area: vec![0; n],
        grid_cell: vec![0; n],
        district_of: Vec::new(),
        station_area_of: Vec::new(),
    };
    let districts = parts.districts(layout, counts.districts as usize);
    let stations = shares_of_at_least(counts.station_areas, 1, &parts.sums(&districts));
    for (district, (members, stations)) in districts.iter().zip(stations).enumerate() {
        let areas = parts.split(members.clone(), stations as usize);
        let cells_here =
            counts.grid_cells * parts.sum(members) / weights.iter().sum::<u64>().max(1);
        let cells = shares(cells_here, &parts.sums(&areas));
        for (members, cells) in areas.iter().zip(cells) {
            let area = division.district_of.len() as u32;
            division.district_of.push(district as u32);
            for members in parts.split(members.clone(), cells.max(1) as usize) {
                let cell = division.station_area_of.len() as u32;
                division.station_area_of.push(area);
                for i in members {
                    division.district[i] = district as u32;
                    division.station_area[i] = area;
                    division.grid_cell[i] = cell;
                }
            }
        }
    }
    division
}

struct Parts<'a> {
    weights: &'a [u64],
    middles: &'a [Pt],
}

impl Parts<'_> {
    fn sum(&self, members: &[usize]) -> u64 {
        members.iter().map(|&i| self.weights[i]).sum()
    }

    fn sums(&self, groups: &[Vec<usize>]) -> Vec<u64> {
        groups.iter().map(|members| self.sum(members)).collect()
    }

    fn districts(&self, layout: &Layout, count: usize) -> Vec<Vec<usize>> {
        let on_left = |&i: &usize| is_left(&layout.ground, self.middles[i]);
        let (left, right): (Vec<usize>, Vec<usize>) = (0..self.middles.len()).partition(on_left);
        let share = shares(count as u64, &[self.sum(&left), self.sum(&right)]);
        if share[0] == 0 || share[1] == 0 {
            return self.split((0..self.middles.len()).collect(), count);
        }
        let mut districts = self.split(left, share[0] as usize);
        districts.extend(self.split(right, share[1] as usize));
        districts
    }

    /// Splits `members` into at most `count` compact groups of like weight: in two across the longer way, again and again.
    fn split(&self, mut members: Vec<usize>, count: usize) -> Vec<Vec<usize>> {
        let count = count.min(members.len()).max(1);
        if count == 1 {
            return vec![members];
        }
        let width = |of: fn(Pt) -> i64| {
            let all = members.iter().map(|&i| of(self.middles[i]));
            all.clone().max().unwrap_or(0) - all.min().unwrap_or(0)
        };
        let of: fn(Pt) -> i64 = if width(|p| p.x) > width(|p| p.y) { |p| p.x } else { |p| p.y };
        members.sort_by_key(|&i| (of(self.middles[i]), i));
        let first = count / 2;
        let wanted = u128::from(self.sum(&members)) * first as u128 / count as u128;
        let (mut so_far, mut cut) = (0u128, 0);
        while cut < members.len() - (count - first) && (cut < first || so_far < wanted) {
            so_far += u128::from(self.weights[members[cut]]);
            cut += 1;
        }
        let rest = members.split_off(cut);
        let mut groups = self.split(members, first);
        groups.extend(self.split(rest, count - first));
        groups
    }
}

/// Whether `p` is on the river's left.
fn is_left(ground: &Ground, p: Pt) -> bool {
    let middle = &ground.river.middle;
    let nearest = (0..middle.len()).min_by_key(|&i| middle[i].distance(p)).unwrap_or(0);
    let (from, to) =
        (middle[nearest.saturating_sub(1)], middle[(nearest + 1).min(middle.len() - 1)]);
    to.minus(from).cross(p.minus(from)) >= 0
}

/// The ground of each group of superblocks: `group[i]` is the group of superblock `i`.
pub(super) fn shapes(layout: &Layout, group: &[u32], count: usize) -> Vec<Shape> {
    let mut pieces: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
    for (superblock, &group) in layout.superblocks.iter().zip(group) {
        let cell = &superblock.cell;
        for (i, &from) in cell.corners.iter().enumerate() {
            let to = cell.corners[(i + 1) % cell.corners.len()];
            let on = layout.web.between(cell.sides[i], from, to);
            let mut last = from;
            for node in on.into_iter().chain([to]) {
                pieces[group as usize].push((last, node));
                last = node;
            }
        }
    }
    pieces.into_iter().map(|pieces| shape(&layout.web, pieces)).collect()
}

/// The outline left when pieces that run both ways cancel.
fn shape(web: &Web, mut pieces: Vec<(u32, u32)>) -> Shape {
    pieces.sort_unstable();
    let reversed = |&(a, b): &(u32, u32)| pieces.binary_search(&(b, a)).is_ok();
    let mut onwards: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(a, b) in pieces.iter().filter(|piece| !reversed(piece)) {
        onwards.entry(a).or_default().push(b);
    }
    let rings: Vec<Vec<Pt>> =
        rings(onwards).iter().map(|ring| without_straights(web, ring)).collect();
    let (outer, holes): (Vec<_>, Vec<_>) =
        rings.into_iter().filter(|ring| ring.len() > 2).partition(|ring| twice_area(ring) > 0);
    let mut shape: Shape = outer.into_iter().map(|ring| (ring, Vec::new())).collect();
    for hole in holes {
        let around = shape.iter_mut().filter(|(outer, _)| hole.iter().any(|&p| inside(outer, p)));
        if let Some((_, holes)) = around.min_by_key(|(outer, _)| twice_area(outer)) {
            holes.push(hole);
        }
    }
    shape
}

/// Follows the pieces round; a ring that touches itself is taken apart there.
fn rings(mut onwards: BTreeMap<u32, Vec<u32>>) -> Vec<Vec<u32>> {
    let mut rings = Vec::new();
    while let Some((&start, _)) = onwards.first_key_value() {
        let mut path = vec![start];
        while let Some(&from) = path.last() {
            let Some(next) = onwards.get_mut(&from).and_then(Vec::pop) else { break };
            if onwards.get(&from).is_some_and(Vec::is_empty) {
                onwards.remove(&from);
            }
            match path.iter().position(|&node| node == next) {
                Some(loop_start) => {
                    rings.push(path.split_off(loop_start));
                    if loop_start > 0 {
                        path.push(next);
                    }
                }
                None => path.push(next),
            }
        }
    }
    rings
}

/// The ring without the nodes on straight stretches: those less than 30 mm aside.
fn without_straights(web: &Web, ring: &[u32]) -> Vec<Pt> {
    let n = ring.len();
    let bends = |&i: &usize| {
        let [a, b, c] =
            [ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]].map(|node| web.at(node));
        let along = c.minus(a);
        along.dot(b.minus(a)) < 0 || along.cross(b.minus(a)).abs() / along.length().max(1) > 30
    };
    (0..n).filter(bends).map(|i| web.at(ring[i])).collect()
}
