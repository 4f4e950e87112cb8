//! The base map and the gazetteer of a served city: made beside the start, since the control room need not wait for either.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use precinct_base::{AreaId, Bounds, PostId, SegmentId, SiteId};
use precinct_city::{City, RoadSource, Severity, road_file};
use precinct_gazetteer::{Address, Gazetteer, Place, PlaceId};
use precinct_osm::{SceneryFeature, SceneryShape, Silent, read_scenery};
use precinct_roads::{Along, Name, Profile, RoadMap};
use precinct_tiles::{About, BaseMap, Feature, Layer, Shape};
use tracing::{info, warn};

use crate::ground::Ground;
use crate::keep::replace;

/// The base map and the gazetteer, once they are made.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    map: OnceLock<BaseMap>,
    gazetteer: OnceLock<Gazetteer>,
}

impl Atlas {
    /// Makes both on a thread of their own. `posts` are the numbers the core has for the city's posts.
    pub(crate) fn open(
        ground: Arc<Ground>,
        posts: Vec<PostId>,
        cache: Option<PathBuf>,
    ) -> std::io::Result<Arc<Self>> {
        let atlas = Arc::new(Self::default());
        let made = atlas.clone();
        std::thread::Builder::new().name("atlas".to_owned()).spawn(move || {
            let gazetteer =
                Gazetteer::build(&ground.map, places(&ground, &posts), addresses(&ground.city));
            let size = gazetteer.size();
            info!(streets = size.streets, addresses = size.addresses, "places can be searched");
            // This thread alone sets them, once.
            let _ = made.gazetteer.set(gazetteer);
            if let Some(map) = base_map(&ground, cache) {
                info!(features = map.feature_count(), "the base map is there");
                let _ = made.map.set(map);
            }
        })?;
        Ok(atlas)
    }

    /// The base map.
    pub(crate) fn map(&self) -> Option<&BaseMap> {
        self.map.get()
    }

    /// The gazetteer.
    pub(crate) fn gazetteer(&self) -> Option<&Gazetteer> {
        self.gazetteer.get()
    }
}

fn places(ground: &Ground, posts: &[PostId]) -> Vec<Place> {
    let city = &ground.city;
    let posts = city.posts.iter().zip(posts);
    let posts = posts.map(|(post, &id)| (PlaceId::Post(id), &post.name, Some(post.at)));
    let sites = (0..).zip(&city.sites);
    let sites = sites.map(|(id, site)| (PlaceId::Site(SiteId(id)), &site.name, Some(site.at)));
    let areas = city.areas.iter().enumerate().map(|(index, area)| {
        let id = ground.area_number(index).unwrap_or(AreaId(0));
        (PlaceId::Area(id), &area.name, area.shape.bounds().map(Bounds::centre))
    });
    let all = posts.chain(sites).chain(areas);
    all.filter_map(|(id, name, at)| Some(Place { id, name: name.clone(), at: at? })).collect()
}

/// The city's addresses; what is wrong with them keeps nobody from finding the others.
fn addresses(city: &City) -> impl Iterator<Item = Address> + use<> {
    let (addresses, faults) = city.read_addresses();
    if let Some(fault) = faults.listed.iter().find(|fault| fault.severity > Severity::Note) {
        let count = faults.faults + faults.refusals;
        warn!(count, first = %fault, "addresses cannot all be used: see `precinct city check`");
    }
    addresses.into_iter().map(|address| {
        let precinct_city::Address { number, street, detail, at } = address;
        Address { number, street, detail, at }
    })
}

/// The base map from its file, else from the extract; then its file is written for the next start.
fn base_map(ground: &Ground, cache: Option<PathBuf>) -> Option<BaseMap> {
    let made_from = ground.map.made_from().0;
    let file = cache.map(|cache| road_file(&ground.city, &cache).with_extension("basemap"));
    let kept = file.as_ref().and_then(|file| fs::read(file).ok());
    if let Some(bytes) = kept
        && BaseMap::peek_made_from(&bytes) == Some(made_from)
    {
        match BaseMap::from_bytes(&bytes) {
            Ok(map) => return Some(map),
            Err(error) => warn!(%error, "the file of the base map is damaged and is made anew"),
        }
    }
    let streets = ground.map.segment_ids().map(|segment| street(&ground.map, segment));
    let features = streets.chain(scenery(&ground.city));
    let about = About {
        attribution: ground.city.attribution.join(" · "),
        bounds: Bounds::around(ground.map.node_ids().map(|node| ground.map.node_at(node))),
        made_from,
    };
    match BaseMap::build(features, about) {
        Ok(map) => {
            if let Some(error) = file.and_then(|file| replace(&file, &map.to_bytes()).err()) {
                warn!(%error, "the base map is not kept: the next start makes it anew");
            }
            Some(map)
        }
        Err(error) => {
            warn!(%error, "there is no base map");
            None
        }
    }
}

fn name(name: &Name) -> precinct_tiles::Name {
    let Name { local, zh, en } = name.clone();
    precinct_tiles::Name { local, zh, en }
}

fn street(map: &RoadMap, segment: SegmentId) -> Feature {
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

/// What lies beside the streets, where the city has an extract.
fn scenery(city: &City) -> impl Iterator<Item = Feature> {
    let features = match &city.road_source {
        RoadSource::Osm { extract } => match read_scenery(extract, &city.clip, &Silent) {
            Ok(scenery) => scenery.features,
            Err(error) => {
                warn!(%error, "the base map has streets only");
                Vec::new()
            }
        },
        RoadSource::Dimacs { .. } => Vec::new(),
    };
    features.into_iter().filter_map(|feature| {
        let SceneryFeature { layer, class, rank, name: called, shape } = feature;
        let shape = match shape {
            SceneryShape::Point(at) => Shape::Point(at),
            SceneryShape::Line(line) => Shape::Line(line),
            SceneryShape::Area(area) => Shape::Area(area),
        };
        let layer = Layer::from_name(layer.name())?;
        let (class, name) = (class.to_owned(), name(&called));
        Some(Feature { layer, class, rank, oneway: false, name, shape })
    })
}
