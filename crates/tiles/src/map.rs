//! The base map: features as columns, in the order in which they are found.

use std::ops::Range;

use crate::tree::Tree;
use crate::world::{Extent, MAX_ZOOM, Point};
use crate::{About, Layer};

/// Points under one box of a line or ring.
pub(crate) const PIECE: usize = 32;

/// The base map of a city.
///
/// Equal features give an equal map, and equal bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseMap {
    pub(crate) columns: Columns,
    /// The box of each feature.
    pub(crate) boxes: Vec<Extent>,
    /// The box of each [`PIECE`] points of each part, in the order of parts.
    pub(crate) pieces: Vec<Extent>,
    /// The first piece of each part.
    pub(crate) first_piece: Vec<u32>,
    /// A tree for the features that appear first at each zoom.
    pub(crate) trees: Vec<Tree>,
}

/// What a map is made of; everything else of it follows from this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) about: About,
    /// Classes and names; the first is empty.
    pub(crate) texts: Vec<String>,
    /// Sorted by layer, then in the order they are drawn.
    pub(crate) attributes: Vec<Attributes>,
    /// Sorted by zoom.
    pub(crate) features: Vec<FeatureRow>,
    pub(crate) parts: Vec<PartRow>,
    pub(crate) points: Vec<Point>,
    /// For each point, the zoom from which on it is kept.
    pub(crate) kept_from: Vec<u8>,
}

/// What features have in common that are written as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) layer: Layer,
    pub(crate) kind: Kind,
    pub(crate) rank: u8,
    pub(crate) oneway: bool,
    /// Numbers of texts.
    pub(crate) class: u32,
    pub(crate) name: u32,
    pub(crate) zh: u32,
    pub(crate) en: u32,
}

/// A kind of geometry, with the number MVT gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Kind {
    Point = 1,
    Line = 2,
    Area = 3,
}

impl Kind {
    pub(crate) const fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Point),
            2 => Some(Self::Line),
            3 => Some(Self::Area),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FeatureRow {
    /// The zoom at which it appears.
    pub(crate) zoom: u8,
    pub(crate) attributes: u32,
    pub(crate) first_part: u32,
    pub(crate) parts: u32,
}

impl FeatureRow {
    pub(crate) const fn parts(self) -> Range<usize> {
        self.first_part as usize..(self.first_part + self.parts) as usize
    }
}

/// A point, a line or a ring. Holes follow the outer ring they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartRow {
    /// The zoom at which it appears.
    pub(crate) zoom: u8,
    pub(crate) hole: bool,
    pub(crate) first_point: u32,
    pub(crate) points: u32,
}

impl PartRow {
    pub(crate) const fn points(self) -> Range<usize> {
        self.first_point as usize..(self.first_point + self.points) as usize
    }
}

impl BaseMap {
    /// The map with these columns, which must fit each other.
    pub(crate) fn index(columns: Columns) -> Self {
        let (mut pieces, mut first_piece) = (Vec::new(), Vec::with_capacity(columns.parts.len()));
        for part in &columns.parts {
            first_piece.push(pieces.len() as u32);
            pieces.extend(columns.points[part.points()].chunks(PIECE).map(Extent::around));
        }
        let box_of = |feature: &FeatureRow| {
            let parts = columns.parts[feature.parts()].iter();
            let boxes = parts.map(|part| Extent::around(&columns.points[part.points()]));
            boxes.fold(Extent::NOTHING, Extent::with)
        };
        let boxes: Vec<Extent> = columns.features.iter().map(box_of).collect();
        let start = |zoom| columns.features.partition_point(|feature| feature.zoom < zoom);
        let trees =
            (0..=MAX_ZOOM).map(|zoom| Tree::over(&boxes, start(zoom)..start(zoom + 1))).collect();
        Self { columns, boxes, pieces, first_piece, trees }
    }

    /// How many features it has: pieces of a street that were joined count once.
    pub fn feature_count(&self) -> usize {
        self.columns.features.len()
    }

    /// How many points it has.
    pub fn point_count(&self) -> usize {
        self.columns.points.len()
    }

    /// What is said of it as a whole.
    pub fn about(&self) -> &About {
        &self.columns.about
    }

    /// The numbers of the features that appear at `zoom` or before and whose box meets `window`.
    pub(crate) fn meeting(&self, zoom: u8, window: Extent) -> Vec<u32> {
        let mut found = Vec::new();
        for tree in self.trees.iter().take(usize::from(zoom) + 1) {
            tree.meeting(&self.boxes, window, &mut |feature| found.push(feature as u32));
        }
        found
    }
}
