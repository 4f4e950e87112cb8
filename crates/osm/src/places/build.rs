//! The features and where they are become posts, sites, areas, homes and settlements.

use precinct_base::caps::FAULTS_LISTED;
use precinct_base::{LonLat, MultiPolygon, Polygon, Ring};

use super::feature::Feature;
use super::{Area, BrokenArea, Home, OsmRef, Places, Post, Settlement, Site, homes};
use crate::Clip;
use crate::budget::{Budget, Overdrawn};
use crate::outlines::{Gathered, Lines, Located, is_closed, outline, shape, without_repeat};

/// Builds everything.
pub(super) fn places(
    gathered: &Gathered<Feature>,
    lines: &Lines,
    located: Located<Feature>,
    clip: &Clip,
    budget: &Budget,
) -> Result<Places, Overdrawn> {
    let mut builder = Builder { places: Places::default(), clip, land: Vec::new() };
    for (id, at, feature) in &located.nodes {
        builder.add(OsmRef::Node(*id), feature, *at, 0);
    }
    for way in &gathered.ways {
        let refs = &gathered.refs[way.refs.clone()];
        let ring: Ring = without_repeat(refs).iter().filter_map(|node| located.at(*node)).collect();
        builder.add_area(
            OsmRef::Way(way.id),
            &way.subject,
            MultiPolygon::from_ring(ring),
            is_closed(refs),
        );
    }
    for relation in &gathered.relations {
        let outline = outline(relation, gathered, lines, &located);
        let points: usize = outline.iter().flat_map(MultiPolygon::rings).map(Vec::len).sum();
        budget.charge(points * 2 * size_of::<LonLat>())?;
        let source = OsmRef::Relation(relation.id);
        match outline {
            Some(outline) => builder.add_area(source, &relation.subject, outline, true),
            None => builder.add_broken(source, &relation.subject),
        }
    }
    let mut places = builder.finish();
    places.bounds = gathered.bounds.or(located.around);
    places.dense_bounds = located.density.bounds();
    places.report.nodes = located.node_count;
    places.report.ways = gathered.way_count;
    places.report.relations = gathered.relation_count;
    Ok(places)
}

struct Builder<'a> {
    places: Places,
    clip: &'a Clip,
    /// Residential land, to be peopled where no home is mapped on it.
    land: Vec<(LonLat, MultiPolygon)>,
}

impl Builder<'_> {
    /// Adds what a feature at a point is; `footprint` is that of a building, m².
    fn add(&mut self, source: OsmRef, feature: &Feature, at: LonLat, footprint: u64) {
        let name = || feature.name.clone();
        if let Some(kind) = feature.post {
            self.places.posts.push(Post { kind, name: name(), at, source });
        }
        if let Some(kind) = feature.site {
            self.places.sites.push(Site { kind, name: name(), at, source });
        }
        if let Some(kind) = feature.settlement {
            self.places.settlements.push(Settlement { kind, name: name(), at, source });
        }
        if let Some(dwelling) = feature.building {
            self.places.report.buildings += 1;
            let weight = dwelling.people(footprint);
            if weight > 0 {
                self.places.homes.push(Home { at, weight });
            }
        }
    }

    /// Adds what a feature with an outline is: at the middle of its largest ring, and as an area if it is one.
    fn add_area(&mut self, source: OsmRef, feature: &Feature, outline: MultiPolygon, closed: bool) {
        let largest = outline.0.iter().max_by_key(|polygon| shape::area(&polygon.outer));
        let Some(at) = largest.and_then(|polygon| shape::centroid(&polygon.outer)) else { return };
        if let Some(level) = feature.level.filter(|_| closed && self.meets_clip(&outline)) {
            let (name, shape) = (feature.name.clone(), outline.clone());
            self.places.areas.push(Area { name, level, shape, source });
        }
        if self.clip.contains(at) {
            let footprint = if closed { ground(&outline) } else { 0 };
            self.add(source, feature, at, footprint);
            if feature.residential && closed {
                self.land.push((at, outline));
            }
        }
    }

    /// An outline with a gap: an area is left out; a site or building is no place either.
    fn add_broken(&mut self, source: OsmRef, feature: &Feature) {
        if feature.level.is_none() {
            return;
        }
        let report = &mut self.places.report;
        report.broken_area_count += 1;
        if report.broken_areas.len() < FAULTS_LISTED {
            report.broken_areas.push(BrokenArea { name: feature.name.clone(), source });
        }
    }

    fn meets_clip(&self, outline: &MultiPolygon) -> bool {
        let bounds = match self.clip {
            Clip::Everything => return true,
            Clip::Bounds(bounds) => Some(*bounds),
            Clip::Area(area) => area.bounds(),
        };
        bounds.zip(outline.bounds()).is_some_and(|(a, b)| {
            a.min().lon() <= b.max().lon()
                && b.min().lon() <= a.max().lon()
                && a.min().lat() <= b.max().lat()
                && b.min().lat() <= a.max().lat()
        })
    }

    /// Peoples the residential land on which no home is mapped, and ends.
    fn finish(mut self) -> Places {
        let mut homes: Vec<LonLat> = self.places.homes.iter().map(|home| home.at).collect();
        homes.sort_unstable();
        for (at, outline) in &self.land {
            let Some(bounds) = outline.bounds() else { continue };
            let (west, east) = (bounds.min().lon(), bounds.max().lon());
            let near = homes.partition_point(|home| home.lon() < west)
                ..homes.partition_point(|home| home.lon() <= east);
            let lived_in =
                homes[near].iter().any(|home| bounds.contains(*home) && outline.contains(*home));
            let weight = homes::people_on_land(ground(outline));
            if !lived_in && weight > 0 {
                self.places.homes.push(Home { at: *at, weight });
            }
        }
        self.places
    }
}

/// The ground that polygons cover, m².
fn ground(outline: &MultiPolygon) -> u64 {
    let of = |polygon: &Polygon| {
        let holes: u64 =
            polygon.holes.iter().map(|hole| shape::area(hole)).fold(0, u64::saturating_add);
        shape::area(&polygon.outer).saturating_sub(holes)
    };
    outline.0.iter().map(of).fold(0, u64::saturating_add)
}
