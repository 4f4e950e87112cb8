//! Geometry as commands, each step relative to the one before.

use crate::varint;
use crate::world::Spot;

/// The geometry of one feature.
#[derive(Debug, Default)]
pub(crate) struct Geometry {
    bytes: Vec<u8>,
    at: Spot,
}

/// A place in a geometry that is being written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    bytes: usize,
    at: Spot,
}

const MOVE: u64 = 1;
const LINE: u64 = 2;
const CLOSE: u64 = 7;

impl Geometry {
    /// Begins anew, keeping what memory there is.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.at = Spot::default();
    }

    /// Where it has got to.
    pub(crate) const fn mark(&self) -> Mark {
        Mark { bytes: self.bytes.len(), at: self.at }
    }

    /// Goes back to where it was.
    pub(crate) fn undo(&mut self, mark: Mark) {
        self.bytes.truncate(mark.bytes);
        self.at = mark.at;
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Points, all in one command as the format wants it.
    pub(crate) fn points(&mut self, points: &[Spot]) {
        if !points.is_empty() {
            self.command(MOVE, points.len());
            self.steps(points);
        }
    }

    /// A line of two points or more.
    pub(crate) fn line(&mut self, line: &[Spot]) {
        if let [first, rest @ ..] = line {
            self.command(MOVE, 1);
            self.steps(std::slice::from_ref(first));
            self.command(LINE, rest.len());
            self.steps(rest);
        }
    }

    /// A ring of three points or more, the first not repeated.
    pub(crate) fn ring(&mut self, ring: &[Spot]) {
        self.line(ring);
        self.command(CLOSE, 1);
    }

    fn command(&mut self, command: u64, count: usize) {
        varint::put(&mut self.bytes, command | (count as u64) << 3);
    }

    fn steps(&mut self, spots: &[Spot]) {
        let step = |to: i32, from: i32| varint::zigzag(i64::from(to) - i64::from(from));
        for &to in spots {
            varint::put(&mut self.bytes, step(to.x, self.at.x));
            varint::put(&mut self.bytes, step(to.y, self.at.y));
            self.at = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(places: &[(i32, i32)]) -> Vec<Spot> {
        places.iter().map(|&(x, y)| Spot { x, y }).collect()
    }

    #[test]
    fn geometries_are_those_of_the_specification() {
        // Section 4.3.5 of the specification: examples.
        let mut geometry = Geometry::default();
        geometry.points(&spots(&[(5, 7), (3, 2)]));
        assert_eq!(geometry.bytes(), [17, 10, 14, 3, 9]);
        geometry.clear();
        geometry.line(&spots(&[(2, 2), (2, 10), (10, 10)]));
        geometry.line(&spots(&[(1, 1), (3, 5)]));
        assert_eq!(geometry.bytes(), [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]);
        geometry.clear();
        geometry.ring(&spots(&[(3, 6), (8, 12), (20, 34)]));
        assert_eq!(geometry.bytes(), [9, 6, 12, 18, 10, 12, 24, 44, 15]);
    }
}
