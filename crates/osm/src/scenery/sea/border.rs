//! The sides of the box: coastline cut to them, and the way along them.

use precinct_base::{Bounds, LonLat, Ring};

/// A box whose sides are gone along clockwise, from its north-west corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Border(pub(super) Bounds);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    West,
    East,
    South,
    North,
}

impl Border {
    /// Cuts a chain to the box: into `pieces`, or whole into `closed` if it is closed and all inside.
    pub(super) fn cut(
        self,
        mut line: Vec<LonLat>,
        pieces: &mut Vec<Vec<LonLat>>,
        closed: &mut Vec<Ring>,
    ) {
        if line.len() > 3 && line.first() == line.last() {
            line.pop();
            let Some(outside) = line.iter().position(|at| !self.0.contains(*at)) else {
                closed.push(line);
                return;
            };
            // Begun outside, so that no piece is cut in two where the ring happens to start.
            line.rotate_left(outside);
            line.extend(line.first().copied());
        }
        let mut piece: Vec<LonLat> = Vec::new();
        for ends in line.windows(2) {
            let Some((from, to)) = self.segment(ends[0], ends[1]) else { continue };
            if piece.last() != Some(&from) {
                finish(&mut piece, pieces);
                piece.push(from);
            }
            if to != from {
                piece.push(to);
            }
            if to != ends[1] {
                finish(&mut piece, pieces);
            }
        }
        finish(&mut piece, pieces);
    }

    /// The part of a segment that is inside.
    fn segment(self, mut a: LonLat, mut b: LonLat) -> Option<(LonLat, LonLat)> {
        for side in [Side::West, Side::East, Side::South, Side::North] {
            match (self.holds(side, a), self.holds(side, b)) {
                (true, true) => {}
                (true, false) => b = self.crossing(side, a, b),
                (false, true) => a = self.crossing(side, a, b),
                (false, false) => return None,
            }
        }
        Some((a, b))
    }

    const fn holds(self, side: Side, at: LonLat) -> bool {
        match side {
            Side::West => at.lon() >= self.0.min().lon(),
            Side::East => at.lon() <= self.0.max().lon(),
            Side::South => at.lat() >= self.0.min().lat(),
            Side::North => at.lat() <= self.0.max().lat(),
        }
    }

    fn crossing(self, side: Side, a: LonLat, b: LonLat) -> LonLat {
        let (min, max) = (self.0.min(), self.0.max());
        let (lons, lats) = ([a.lon(), b.lon()], [a.lat(), b.lat()]);
        let (lon, lat) = match side {
            Side::West => (min.lon(), across(min.lon(), lons, lats)),
            Side::East => (max.lon(), across(max.lon(), lons, lats)),
            Side::South => (across(min.lat(), lats, lons), min.lat()),
            Side::North => (across(max.lat(), lats, lons), max.lat()),
        };
        LonLat::new(lon, lat).unwrap_or(a)
    }

    /// Takes ends that lie inside straight to the nearest side; tells how many did.
    pub(super) fn take_to_the_side(self, piece: &mut Vec<LonLat>) -> u64 {
        let mut loose = 0;
        if let Some(start) = piece.first().and_then(|at| self.nearest_if_inside(*at)) {
            piece.insert(0, start);
            loose += 1;
        }
        if let Some(end) = piece.last().and_then(|at| self.nearest_if_inside(*at)) {
            piece.push(end);
            loose += 1;
        }
        loose
    }

    /// The nearest place on a side; `None` if it is on one.
    fn nearest_if_inside(self, at: LonLat) -> Option<LonLat> {
        let (min, max) = (self.0.min(), self.0.max());
        let apart = |a: i32, b: i32| i64::from(a).abs_diff(i64::from(b));
        let sides = [
            (apart(at.lon(), min.lon()), (min.lon(), at.lat())),
            (apart(at.lon(), max.lon()), (max.lon(), at.lat())),
            (apart(at.lat(), min.lat()), (at.lon(), min.lat())),
            (apart(at.lat(), max.lat()), (at.lon(), max.lat())),
        ];
        let (distance, (lon, lat)) = sides.into_iter().min()?;
        if distance == 0 { None } else { LonLat::new(lon, lat) }
    }

    /// How far along the sides a place on one of them is.
    fn along(self, at: LonLat) -> i64 {
        let (min, max) = (self.0.min(), self.0.max());
        let wide = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let (width, height) = (wide(min.lon(), max.lon()), wide(min.lat(), max.lat()));
        if at.lat() == max.lat() {
            wide(min.lon(), at.lon())
        } else if at.lon() == max.lon() {
            width + wide(at.lat(), max.lat())
        } else if at.lat() == min.lat() {
            width + height + wide(at.lon(), max.lon())
        } else {
            2 * width + height + wide(min.lat(), at.lat())
        }
    }

    /// The corners and how far along they are, in turn.
    fn corners(self) -> [(i64, LonLat); 4] {
        let (min, max) = (self.0.min(), self.0.max());
        let corner = |lon, lat| {
            let at = LonLat::new(lon, lat).unwrap_or(min);
            (self.along(at), at)
        };
        [
            corner(min.lon(), max.lat()),
            corner(max.lon(), max.lat()),
            corner(max.lon(), min.lat()),
            corner(min.lon(), min.lat()),
        ]
    }

    /// Joins pieces, each from side to side, along the sides to rings with the sea to their right.
    pub(super) fn close(self, pieces: &[Vec<LonLat>]) -> Vec<Ring> {
        let mut entries: Vec<(i64, usize)> = pieces
            .iter()
            .enumerate()
            .filter_map(|(i, piece)| Some((self.along(*piece.first()?), i)))
            .collect();
        entries.sort_unstable();
        let mut used = vec![false; pieces.len()];
        let mut rings = Vec::new();
        for start in 0..pieces.len() {
            let (mut piece, mut ring) = (start, Vec::new());
            while !std::mem::replace(&mut used[piece], true) {
                ring.extend_from_slice(&pieces[piece]);
                let Some(end) = pieces[piece].last().map(|at| self.along(*at)) else { break };
                let after = entries.partition_point(|entry| entry.0 < end);
                let Some(&(entry, next)) = entries.get(after).or_else(|| entries.first()) else {
                    break;
                };
                ring.extend(self.corners_between(end, entry));
                piece = next;
            }
            if ring.len() > 2 {
                rings.push(ring);
            }
        }
        rings
    }

    /// The corners passed going clockwise from one place to another.
    fn corners_between(self, from: i64, to: i64) -> impl Iterator<Item = LonLat> {
        let corners = self.corners();
        let turned = to < from;
        let before =
            corners.into_iter().filter(move |corner| corner.0 > from && (turned || corner.0 < to));
        let after = corners.into_iter().filter(move |corner| turned && corner.0 < to);
        before.chain(after).map(|corner| corner.1)
    }
}

fn finish(piece: &mut Vec<LonLat>, pieces: &mut Vec<Vec<LonLat>>) {
    if piece.len() > 1 {
        pieces.push(std::mem::take(piece));
    }
    piece.clear();
}

/// The second coordinate where the line between two places has the first one `at`.
fn across(at: i32, first: [i32; 2], second: [i32; 2]) -> i32 {
    let [from, to] = first.map(i128::from);
    let [start, end] = second.map(i128::from);
    (start + (end - start) * (i128::from(at) - from) / (to - from)) as i32
}
