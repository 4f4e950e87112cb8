//! The cities that are measured, and how an extract becomes a base map.

use std::path::Path;

use precinct_base::Bounds;
use precinct_bench::ny;
use precinct_osm::{
    ClassSpeeds, Clip, RoadOptions, Scenery, SceneryFeature, SceneryShape, Silent, read_roads,
    read_scenery,
};
use precinct_roads::{Along, Name, Profile, RoadMap};
use precinct_tiles::{About, BaseMap, Feature, Layer, Shape};

use super::cut;

/// A city that is measured.
pub(super) struct City {
    pub(super) name: &'static str,
    /// Its extract, in the data folder.
    pub(super) file: &'static str,
    /// South-west and north-east corner.
    corners: [&'static str; 2],
    /// Checks what must be in its tiles.
    pub(super) check: fn(&BaseMap),
}

impl City {
    pub(super) const ALL: [Self; 2] = [
        Self {
            name: "Macau",
            file: "macau/macau-260220.osm.pbf",
            corners: ["113.52,22.10", "113.61,22.22"],
            check: cut::check_macau,
        },
        Self {
            name: "San Francisco",
            file: "sf/san-francisco.osm.pbf",
            corners: ["-122.514,37.677", "-122.304,37.837"],
            check: cut::check_san_francisco,
        },
    ];

    pub(super) fn bounds(&self) -> Bounds {
        let [min, max] = self.corners.map(|corner| corner.parse().expect("a place"));
        Bounds::new(min, max).expect("a box")
    }

    pub(super) fn scenery(&self, file: &Path) -> Scenery {
        read_scenery(file, &Clip::Bounds(self.bounds()), &Silent).expect("the extract can be read")
    }

    pub(super) fn map(&self, features: Vec<Feature>) -> BaseMap {
        let about = About {
            attribution: "© OpenStreetMap contributors".to_owned(),
            bounds: Some(self.bounds()),
            made_from: [0; 32],
        };
        BaseMap::build(features, about).expect("a city is within the limits")
    }

    /// Its streets, from its road map.
    pub(super) fn streets(&self, file: &Path) -> Vec<Feature> {
        let (clip, speeds) = (Clip::Bounds(self.bounds()), ClassSpeeds::default());
        let options = RoadOptions { clip: &clip, speeds: &speeds, progress: &Silent };
        let roads = read_roads(file, &options).expect("the extract can be read");
        let map = ny::map(&roads.draft);
        map.segment_ids().map(|segment| street(&map, segment)).collect()
    }
}

fn street(map: &RoadMap, segment: precinct_base::SegmentId) -> Feature {
    let class = map.segment(segment).class;
    let open = |along| map.time(segment, Profile::PoliceCar, along).is_some();
    let (forward, backward) = (open(Along::Forward), open(Along::Backward));
    let mut line: Vec<_> = map.shape(segment).collect();
    if backward && !forward {
        line.reverse();
    }
    Feature {
        layer: Layer::Road,
        class: class.name().to_owned(),
        rank: class.index() as u8,
        oneway: forward != backward,
        name: name(map.segment_name(segment)),
        shape: Shape::Line(line),
    }
}

fn name(name: &Name) -> precinct_tiles::Name {
    let Name { local, zh, en } = name.clone();
    precinct_tiles::Name { local, zh, en }
}

/// The features of a scenery, as a base map takes them.
pub(super) fn features(scenery: Scenery) -> impl Iterator<Item = Feature> {
    scenery.features.into_iter().map(|feature| {
        let SceneryFeature { layer, class, rank, name: called, shape } = feature;
        let shape = match shape {
            SceneryShape::Point(at) => Shape::Point(at),
            SceneryShape::Line(line) => Shape::Line(line),
            SceneryShape::Area(area) => Shape::Area(area),
        };
        let layer = Layer::from_name(layer.name()).expect("each layer of scenery is one of tiles");
        let (class, name) = (class.to_owned(), name(&called));
        Feature { layer, class, rank, oneway: false, name, shape }
    })
}
