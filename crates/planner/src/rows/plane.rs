//! Demand on a plane, covered by what lies within a radius: for published instances, and for more demand than a table holds.
//!
//! The plane is cut into small squares. Of each it is known beforehand who covers all of it and who covers a part; a place then
//! looks at the second alone.

use rayon::prelude::*;

use super::{Merge, Rows};

/// Squares along the longer side.
const SQUARES: i64 = 512;
/// Places that one task merges.
const CHUNK: usize = 1 << 18;

/// A place on a plane, in a unit of the caller's; at most 2³¹ from zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// To the right.
    pub x: i64,
    /// Up.
    pub y: i64,
}

impl Point {
    /// The square of the distance to another.
    pub const fn square_to(self, other: Self) -> u64 {
        let (x, y) = (self.x.abs_diff(other.x), self.y.abs_diff(other.y));
        x.saturating_mul(x).saturating_add(y.saturating_mul(y))
    }
}

/// Candidates on a plane with the radius within which each covers.
#[derive(Clone, Debug)]
pub struct Plane {
    candidates: Vec<Point>,
    square: u64,
    low: Point,
    /// Squares to a row, and the side of one.
    wide: i64,
    high: i64,
    side: i64,
    /// By square: who covers all of it, then who a part, one after the other.
    first: Vec<[u32; 2]>,
    who: Vec<u32>,
}

impl Plane {
    /// Candidates, and how far each covers: distances equal to it included. `square` is the square of that distance.
    pub fn new(candidates: Vec<Point>, square: u64) -> Self {
        let reach = square.isqrt() as i64 + 1;
        let low = corner(&candidates, reach, i64::min, -1);
        let top = corner(&candidates, reach, i64::max, 1);
        let longer = (top.x - low.x).max(top.y - low.y).max(1);
        let side = longer / SQUARES + 1;
        let (wide, high) = ((top.x - low.x) / side + 1, (top.y - low.y) / side + 1);
        let mut plane =
            Self { candidates, square, low, wide, high, side, first: Vec::new(), who: Vec::new() };
        plane.cut();
        plane
    }

    fn cut(&mut self) {
        for row in 0..self.high {
            for column in 0..self.wide {
                let low =
                    Point { x: self.low.x + column * self.side, y: self.low.y + row * self.side };
                let high = Point { x: low.x + self.side - 1, y: low.y + self.side - 1 };
                let all = |c: &Point| farthest(*c, low, high) <= self.square;
                let some = |c: &Point| nearest(*c, low, high) <= self.square && !all(c);
                let start = self.who.len() as u32;
                let (candidates, who) = (&self.candidates, &mut self.who);
                let index = |(i, _): (usize, &Point)| i as u32;
                who.extend(candidates.iter().enumerate().filter(|one| all(one.1)).map(index));
                let middle = who.len() as u32;
                who.extend(candidates.iter().enumerate().filter(|one| some(one.1)).map(index));
                self.first.push([start, middle]);
            }
        }
        self.first.push([self.who.len() as u32; 2]);
    }

    /// The square a place lies in; `None` where nobody covers anything.
    fn square_of(&self, at: Point) -> Option<usize> {
        let (x, y) = (at.x - self.low.x, at.y - self.low.y);
        let inside = x >= 0 && y >= 0 && x / self.side < self.wide && y / self.side < self.high;
        inside.then(|| (y / self.side * self.wide + x / self.side) as usize)
    }

    fn partly(&self, square: usize) -> &[u32] {
        &self.who[self.first[square][1] as usize..self.first[square + 1][0] as usize]
    }

    fn wholly(&self, square: usize) -> &[u32] {
        &self.who[self.first[square][0] as usize..self.first[square][1] as usize]
    }

    /// Who covers a place, ascending, into `set`.
    pub fn coverers(&self, at: Point, set: &mut Vec<u32>) {
        set.clear();
        if let Some(square) = self.square_of(at) {
            set.extend(self.wholly(square));
            let near = |&&i: &&u32| self.candidates[i as usize].square_to(at) <= self.square;
            set.extend(self.partly(square).iter().filter(near));
            set.sort_unstable();
        }
    }

    /// Demand made by `demand` from its number, merged by who covers it.
    ///
    /// Within a square a set is told by who of those that cover it partly do: few bits, looked up quickly.
    pub fn merge(&self, count: usize, demand: impl Fn(usize) -> (Point, u64) + Sync) -> Rows {
        let keys = (0..count.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let mut merge = Merge::new(0);
                let mut key = Vec::new();
                for i in chunk * CHUNK..((chunk + 1) * CHUNK).min(count) {
                    let (at, weight) = demand(i);
                    self.key(at, &mut key);
                    merge.add(&key, weight);
                }
                merge
            })
            .reduce(|| Merge::new(0), Merge::joined);
        let mut merge = Merge::new(self.candidates.len());
        let mut set = Vec::new();
        for (key, weight) in keys.entries() {
            self.expand(key, &mut set);
            merge.add(&set, weight);
        }
        merge.set_places(keys.places());
        merge.finish()
    }

    /// The square and bits of who of its partial coverers cover a place; empty where nobody does.
    fn key(&self, at: Point, key: &mut Vec<u32>) {
        key.clear();
        let Some(square) = self.square_of(at) else { return };
        key.push(square as u32);
        for some in self.partly(square).chunks(32) {
            let near = |&i: &u32| self.candidates[i as usize].square_to(at) <= self.square;
            let bits = some.iter().enumerate();
            key.push(bits.fold(0, |word, (bit, i)| word | u32::from(near(i)) << bit));
        }
    }

    fn expand(&self, key: &[u32], set: &mut Vec<u32>) {
        set.clear();
        let Some((&square, words)) = key.split_first() else { return };
        set.extend(self.wholly(square as usize));
        for (some, word) in self.partly(square as usize).chunks(32).zip(words) {
            let chosen = some.iter().enumerate().filter(|(bit, _)| word >> bit & 1 == 1);
            set.extend(chosen.map(|one| one.1));
        }
        set.sort_unstable();
    }
}

fn corner(points: &[Point], reach: i64, pick: fn(i64, i64) -> i64, sign: i64) -> Point {
    let of = |each: fn(&Point) -> i64| points.iter().map(each).reduce(pick).unwrap_or(0);
    Point { x: of(|p| p.x) + sign * reach, y: of(|p| p.y) + sign * reach }
}

fn nearest(at: Point, low: Point, high: Point) -> u64 {
    at.square_to(Point { x: at.x.clamp(low.x, high.x), y: at.y.clamp(low.y, high.y) })
}

fn farthest(at: Point, low: Point, high: Point) -> u64 {
    let far = |at: i64, low: i64, high: i64| if at - low > high - at { low } else { high };
    at.square_to(Point { x: far(at.x, low.x, high.x), y: far(at.y, low.y, high.y) })
}
