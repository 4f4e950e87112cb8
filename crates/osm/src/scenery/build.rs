//! The sights and where they are become features.

use precinct_base::{Bounds, LonLat, MultiPolygon};

use super::labels::Labels;
use super::rules::{Look, Sight};
use super::{Scenery, SceneryFeature, SceneryLayer, SceneryShape, boundary, sea};
use crate::Clip;
use crate::budget::{Budget, Overdrawn};
use crate::outlines::{Gathered, Lines, Located, is_closed, outline, shape, without_repeat};
use precinct_roads::Name;

/// What a piece of a line is charged, beside its name.
const PIECE_BYTES: usize = 160;

/// Builds everything.
pub(super) fn scenery(
    gathered: &Gathered<Sight>,
    lines: &Lines,
    mut located: Located<Sight>,
    clip: &Clip,
    budget: &Budget,
) -> Result<Scenery, Overdrawn> {
    let nodes = std::mem::take(&mut located.nodes);
    let dense = std::mem::take(&mut located.density).bounds();
    let bounds = box_of(clip).or(gathered.bounds).or(dense);
    let (scenery, labels) = (Scenery::default(), Labels::default());
    let mut builder = Builder { scenery, clip, budget, bounds, located, labels };
    for (_, at, sight) in &nodes {
        builder.label(sight, *at);
    }
    for way in &gathered.ways {
        builder.way(&way.subject, &gathered.refs[way.refs.clone()])?;
    }
    for relation in &gathered.relations {
        if relation.subject.area.is_some() || relation.subject.label.is_some() {
            let outline = outline(relation, gathered, lines, &builder.located);
            let points: usize = outline.iter().flat_map(MultiPolygon::rings).map(Vec::len).sum();
            budget.charge(points * 2 * size_of::<LonLat>())?;
            builder.area(&relation.subject, outline);
        }
    }
    for (level, refs) in boundary::lines(gathered, lines) {
        let look = Look { layer: SceneryLayer::Boundary, class: "administrative", rank: level };
        builder.line(look, &Name::default(), refs)?;
    }
    builder.sea(gathered);
    builder.scenery.bounds = bounds;
    Ok(builder.scenery)
}

fn box_of(clip: &Clip) -> Option<Bounds> {
    match clip {
        Clip::Everything => None,
        Clip::Bounds(bounds) => Some(*bounds),
        Clip::Area(area) => area.bounds(),
    }
}

struct Builder<'a> {
    scenery: Scenery,
    clip: &'a Clip,
    budget: &'a Budget,
    bounds: Option<Bounds>,
    located: Located<Sight>,
    labels: Labels,
}

impl Builder<'_> {
    fn add(&mut self, look: Look, name: &Name, shape: SceneryShape) {
        let Look { layer, class, rank } = look;
        self.scenery.features.push(SceneryFeature {
            layer,
            class,
            rank,
            name: name.clone(),
            shape,
        });
    }

    fn label(&mut self, sight: &Sight, at: LonLat) {
        let Some(look) = sight.label.filter(|_| self.clip.contains(at)) else { return };
        let text = [&sight.name.local, &sight.name.zh, &sight.name.en];
        let text = text.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        if self.labels.add(look.class, text, at) {
            self.add(look, &sight.name, SceneryShape::Point(at));
        }
    }

    fn way(&mut self, sight: &Sight, refs: &[i64]) -> Result<(), Overdrawn> {
        if let Some(look) = sight.line {
            self.line(look, &sight.name, refs)?;
        }
        let drawn_as_area = sight.area.is_some() || sight.label.is_some();
        if drawn_as_area && is_closed(refs) {
            let places = without_repeat(refs).iter().map(|node| self.located.at(*node));
            let ring: Option<Vec<LonLat>> = places.collect();
            self.area(sight, ring.map(MultiPolygon::from_ring));
        }
        Ok(())
    }

    /// A line, in several pieces if places are missing.
    fn line(&mut self, look: Look, name: &Name, refs: &[i64]) -> Result<(), Overdrawn> {
        let places: Vec<Option<LonLat>> = refs.iter().map(|node| self.located.at(*node)).collect();
        for piece in places.split(Option::is_none) {
            let line: Vec<LonLat> = piece.iter().flatten().copied().collect();
            if line.len() > 1 && self.is_shown(Bounds::around(line.iter().copied())) {
                // Each piece has the name anew.
                let text = name.local.len() + name.zh.len() + name.en.len();
                self.budget.charge(PIECE_BYTES + text)?;
                self.add(look, name, SceneryShape::Line(line));
            }
        }
        Ok(())
    }

    fn area(&mut self, sight: &Sight, outline: Option<MultiPolygon>) {
        let Some(outline) = outline else {
            self.scenery.report.broken_areas += 1;
            return;
        };
        let largest = outline.0.iter().max_by_key(|polygon| shape::area(&polygon.outer));
        if let Some(at) = largest.and_then(|polygon| shape::centroid(&polygon.outer)) {
            self.label(sight, at);
        }
        if let Some(look) = sight.area.filter(|_| self.is_shown(outline.bounds())) {
            self.add(look, &sight.name, SceneryShape::Area(outline));
        }
    }

    /// Whether a box meets that of the clip.
    fn is_shown(&self, of: Option<Bounds>) -> bool {
        let Some(of) = of else { return false };
        box_of(self.clip).is_none_or(|shown| {
            of.min().lon() <= shown.max().lon()
                && shown.min().lon() <= of.max().lon()
                && of.min().lat() <= shown.max().lat()
                && shown.min().lat() <= of.max().lat()
        })
    }

    fn sea(&mut self, gathered: &Gathered<Sight>) {
        let Some(bounds) = self.bounds else { return };
        let coast = gathered.ways.iter().filter(|way| way.subject.coast);
        let ways: Vec<&[i64]> = coast.map(|way| &gathered.refs[way.refs.clone()]).collect();
        let sea = sea::sea(&ways, |node| self.located.at(node), bounds);
        self.scenery.report.loose_coast_ends = sea.loose_ends;
        if !sea.area.0.is_empty() {
            let look = Look { layer: SceneryLayer::Water, class: "sea", rank: 9 };
            self.add(look, &Name::default(), SceneryShape::Area(sea.area));
        }
    }
}
