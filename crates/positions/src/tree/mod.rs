//! Places in the order of a Z-shaped curve with boxes round every sixteen, and round every sixteen of these: a tree without
//! pointers, made anew in a few milliseconds, that is as fine as the crowd is dense and does not care how wide the land is.
//!
//! The idea is that of the packed R-tree (Roussopoulos and Leifker, *Direct spatial search on pictorial databases using packed
//! R-trees*, 1985), packed along Morton's curve.

pub(crate) mod cells;
mod floor;
mod nearest;
mod polygon;
pub(crate) mod sort;
#[cfg(test)]
mod tests;

use precinct_base::{Bounds, LonLat};

/// Of how many a box is made: 2 to this power.
const FAN_BITS: u32 = 4;
const FAN: usize = 1 << FAN_BITS;

/// A place and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) at: LonLat,
    pub(crate) id: u32,
}

/// A box, edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

impl Extent {
    const EMPTY: Self = Self { west: i32::MAX, south: i32::MAX, east: i32::MIN, north: i32::MIN };

    fn of(bounds: Bounds) -> Self {
        let (min, max) = (bounds.min(), bounds.max());
        Self { west: min.lon(), south: min.lat(), east: max.lon(), north: max.lat() }
    }

    fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    fn around(spots: &[Spot]) -> Self {
        spots.iter().fold(Self::EMPTY, |all, spot| {
            let (lon, lat) = (spot.at.lon(), spot.at.lat());
            all.with(Self { west: lon, south: lat, east: lon, north: lat })
        })
    }

    const fn touches(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    const fn covers(&self, other: &Self) -> bool {
        self.west <= other.west
            && other.east <= self.east
            && self.south <= other.south
            && other.north <= self.north
    }
}

/// A box of the tree: how many storeys above the places, and which of that storey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    storey: u32,
    index: u32,
}

/// What a search wants of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Nothing of it.
    Skip,
    /// All of it, without a closer look.
    Whole,
    /// What is in it.
    Open,
}

/// The tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    spots: Vec<Spot>,
    /// Storey by storey, the lowest first; the last has one box.
    boxes: Vec<Extent>,
    /// Where each storey begins in `boxes`, and the end.
    storeys: Vec<u32>,
}

impl Tree {
    /// Makes it anew from places in the order of the curve.
    pub(crate) fn fill(&mut self, ordered: impl Iterator<Item = (LonLat, u32)>) {
        self.spots.clear();
        self.spots.extend(ordered.map(|(at, id)| Spot { at, id }));
        self.boxes.clear();
        self.boxes.extend(self.spots.chunks(FAN).map(Extent::around));
        self.storeys.clear();
        self.storeys.push(0);
        let mut from = 0;
        while self.boxes.len() - from > 1 {
            let end = self.boxes.len();
            self.storeys.push(end as u32);
            for first in (from..end).step_by(FAN) {
                let few = &self.boxes[first..end.min(first + FAN)];
                self.boxes.push(few.iter().fold(Extent::EMPTY, |all, each| all.with(*each)));
            }
            from = end;
        }
        self.storeys.push(self.boxes.len() as u32);
    }

    pub(crate) const fn len(&self) -> usize {
        self.spots.len()
    }

    /// The box round everything; `None` if there is nothing.
    fn root(&self) -> Option<Node> {
        let top = (self.storeys.len() as u32).checked_sub(2)?;
        (!self.spots.is_empty()).then_some(Node { storey: top, index: 0 })
    }

    fn extent(&self, node: Node) -> &Extent {
        &self.boxes[(self.storeys[node.storey as usize] + node.index) as usize]
    }

    /// The boxes in a box that is not of the lowest storey.
    fn children(&self, node: Node) -> impl DoubleEndedIterator<Item = Node> + use<> {
        let storey = node.storey - 1;
        let count = self.storeys[storey as usize + 1] - self.storeys[storey as usize];
        let first = node.index << FAN_BITS;
        (first..count.min(first + FAN as u32)).map(move |index| Node { storey, index })
    }

    /// The same with their boxes.
    fn extents(&self, node: Node) -> impl Iterator<Item = (Node, &Extent)> {
        let begin = self.storeys[node.storey as usize - 1] as usize;
        let end = self.storeys[node.storey as usize] as usize;
        let first = begin + ((node.index as usize) << FAN_BITS);
        let few = &self.boxes[first..end.min(first + FAN)];
        self.children(node).zip(few)
    }

    /// All places in a box.
    fn spots(&self, node: Node) -> &[Spot] {
        let bits = FAN_BITS * (node.storey + 1);
        let first = (node.index as usize) << bits;
        &self.spots[first..self.spots.len().min(first + (1 << bits))]
    }

    /// Goes through the boxes as `look` says and hands over the places of those that are wanted whole, or were opened on the lowest
    /// storey.
    fn descend<'a>(
        &'a self,
        mut look: impl FnMut(&Extent) -> Look,
        mut hand_over: impl FnMut(&'a [Spot], Look),
    ) {
        let mut open: Vec<Node> = self.root().into_iter().collect();
        while let Some(node) = open.pop() {
            match look(self.extent(node)) {
                Look::Skip => {}
                Look::Open if node.storey > 0 => open.extend(self.children(node).rev()),
                wanted => hand_over(self.spots(node), wanted),
            }
        }
    }

    /// Who is in a box, in the order of the curve.
    pub(crate) fn within_box(&self, bounds: Bounds) -> Vec<u32> {
        let asked = Extent::of(bounds);
        let mut found = Vec::new();
        let look = |extent: &Extent| match extent {
            _ if asked.covers(extent) => Look::Whole,
            _ if asked.touches(extent) => Look::Open,
            _ => Look::Skip,
        };
        self.descend(look, |spots, wanted| {
            let inside = |spot: &&Spot| wanted == Look::Whole || bounds.contains(spot.at);
            found.extend(spots.iter().filter(inside).map(|spot| spot.id));
        });
        found
    }
}
