//! The base map and the gazetteer of a served city: made beside the start, since the control room need not wait for either.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use precinct_base::{AreaId, Bounds, PostId, SegmentId, SiteId};
use precinct_city::{City, RoadSource, Severity, road_file};
use precinct_gazetteer::{Address, Gazetteer, Place, PlaceId};
use precinct_journal::Hasher;
use precinct_osm::{SceneryFeature, SceneryShape, Silent, read_scenery};
use precinct_roads::{Along, Name, Profile, RoadMap};
use precinct_tiles::{About, BaseMap, BuildError, Feature, Layer, Shape};
use tracing::{info, warn};

use crate::ground::Ground;
use crate::keep::replace;

/// The base map and the gazetteer, once they are made.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    map: OnceLock<Drawn>,
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
            if let Some(drawn) = base_map(&ground, cache) {
                info!(features = drawn.map.feature_count(), "the base map is there");
                let _ = made.map.set(drawn);
            }
        })?;
        Ok(atlas)
    }

    /// The base map.
    pub(crate) fn map(&self) -> Option<&BaseMap> {
        self.map.get().map(|drawn| &drawn.map)
    }

    /// What tells the base map from every other.
    pub(crate) fn tag(&self) -> Option<&str> {
        self.map.get().map(|drawn| drawn.tag.as_str())
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

/// A base map, and what tells it from every other.
#[derive(Debug)]
struct Drawn {
    map: BaseMap,
    tag: String,
}

impl Drawn {
    /// A map and its bytes. The tag is of everything that a tile is made of: streets, what lies beside them, and the program that cuts it.
    fn new(map: BaseMap, bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(&BaseMap::peek_digest(bytes).unwrap_or_default());
        let tag = hasher.finish().to_string().chars().take(32).collect();
        Self { map, tag }
    }
}

/// What a base map follows from: the files of the streets, which it is drawn from as well, the program, and whose data it is.
fn made_from(ground: &Ground) -> [u8; 32] {
    let mut hasher = Hasher::default();
    hasher.update(&ground.map.made_from().0);
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(ground.city.attribution.join("\n").as_bytes());
    hasher.finish().0
}

/// The base map from its file, else from the extract; then its file is written for the next start.
fn base_map(ground: &Ground, cache: Option<PathBuf>) -> Option<Drawn> {
    let file = cache.map(|cache| road_file(&ground.city, &cache).with_extension("basemap"));
    let kept = file.as_ref().and_then(|file| fs::read(file).ok());
    if let Some(bytes) = kept
        && BaseMap::peek_made_from(&bytes) == Some(made_from(ground))
    {
        match BaseMap::from_bytes(&bytes) {
            Ok(map) => return Some(Drawn::new(map, &bytes)),
            Err(error) => warn!(%error, "the file of the base map is damaged and is made anew"),
        }
    }
    let beside = scenery(&ground.city);
    let whole = beside.is_some();
    match draw(ground, beside.unwrap_or_default()) {
        Ok(map) => {
            let bytes = map.to_bytes();
            // One that lacks what could not be read this time would stay so.
            if let Some(error) =
                file.filter(|_| whole).and_then(|file| replace(&file, &bytes).err())
            {
                warn!(%error, "the base map is not kept: the next start makes it anew");
            }
            Some(Drawn::new(map, &bytes))
        }
        Err(error) => {
            warn!(%error, "there is no base map");
            None
        }
    }
}

/// Streets, and what lies beside them.
fn draw(ground: &Ground, beside: Vec<Feature>) -> Result<BaseMap, BuildError> {
    let streets = ground.map.segment_ids().map(|segment| street(&ground.map, segment));
    let about = About {
        attribution: ground.city.attribution.join(" · "),
        bounds: Bounds::around(ground.map.node_ids().map(|node| ground.map.node_at(node))),
        made_from: made_from(ground),
    };
    BaseMap::build(streets.chain(beside), about)
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

/// What lies beside the streets, where the city has an extract; none if it cannot be read.
fn scenery(city: &City) -> Option<Vec<Feature>> {
    let features = match &city.road_source {
        RoadSource::Osm { extract } => match read_scenery(extract, &city.clip, &Silent) {
            Ok(scenery) => scenery.features,
            Err(error) => {
                warn!(%error, "the base map has streets only");
                return None;
            }
        },
        RoadSource::Dimacs { .. } => Vec::new(),
    };
    Some(features.into_iter().filter_map(feature).collect())
}

fn feature(of: SceneryFeature) -> Option<Feature> {
    let SceneryFeature { layer, class, rank, name: called, shape } = of;
    let shape = match shape {
        SceneryShape::Point(at) => Shape::Point(at),
        SceneryShape::Line(line) => Shape::Line(line),
        SceneryShape::Area(area) => Shape::Area(area),
    };
    let layer = Layer::from_name(layer.name())?;
    let (class, name) = (class.to_owned(), name(&called));
    Some(Feature { layer, class, rank, oneway: false, name, shape })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_of_a_tile_is_of_all_that_is_drawn_and_of_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let osm = "<osm version=\"0.6\"><node id=\"1\" lat=\"22.1\" lon=\"113.5\"/><node id=\"2\" lat=\"22.1\" lon=\"113.51\"/>\
            <node id=\"3\" lat=\"22.11\" lon=\"113.51\"/><way id=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"primary\"/></way>\
            <way id=\"2\"><nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"3\"/><nd ref=\"1\"/><tag k=\"leisure\" v=\"park\"/></way></osm>";
        fs::write(folder.path().join("x.osm"), osm).unwrap();
        let open = |attribution: &str| {
            let toml = format!(
                "time_zone = \"Asia/Macau\"\nattribution = [{attribution:?}]\n[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm\"\n"
            );
            fs::write(folder.path().join("city.toml"), toml).unwrap();
            Ground::open(folder.path(), &precinct_city::OpenOptions::default()).unwrap()
        };
        let (one, other) = (open("a"), open("b"));
        let cache = folder.path().join("cache");
        fs::create_dir(&cache).unwrap();
        let tag = |ground: &Ground| base_map(ground, Some(cache.clone())).unwrap().tag;
        let whole = tag(&one);
        assert_eq!(tag(&one), whole, "as it was, from its file");
        let bare = draw(&one, Vec::new()).unwrap();
        let bytes = bare.to_bytes();
        assert_ne!(Drawn::new(bare, &bytes).tag, whole, "the park is part of it");
        // Whose data it is stands in the file: it is made anew, and the file of the other is not taken for it.
        assert_eq!(base_map(&other, Some(cache.clone())).unwrap().map.describe().attribution, "b");
        assert_eq!(tag(&one), whole);
    }
}
