//! What a tile says of features: attributes, order, merging, thinning, winding.

use std::collections::BTreeSet;

use precinct_base::{LonLat, MultiPolygon, Polygon};
use precinct_tiles::{About, BUFFER, BaseMap, EXTENT, Feature, Layer, Name, Shape, TileId};
use proptest::prelude::*;

use crate::decode::{self, Decoded, Value};

/// Tile 14/13359/7155 (Macau) and a place in it: thousandths of its side from its north-west corner.
const ZOOM: u8 = 14;
const TILE: (u32, u32) = (13_359, 7_155);

pub(crate) fn at(x: i32, y: i32) -> LonLat {
    // A tile is 0.02197 degrees wide here and 0.02034 high.
    LonLat::new(1_135_327_148 + x * 219, 222_041_300 - y * 203).unwrap()
}

pub(crate) fn feature(layer: Layer, class: &str, shape: Shape) -> Feature {
    Feature { layer, class: class.to_owned(), rank: 1, oneway: false, name: Name::default(), shape }
}

fn cut(features: Vec<Feature>) -> Vec<Decoded> {
    let map = BaseMap::build(features, About::default()).unwrap();
    decode::tile(&map.tile(TileId::new(ZOOM, TILE.0, TILE.1).unwrap()))
}

fn square(low: i32, high: i32) -> Vec<LonLat> {
    vec![at(low, low), at(high, low), at(high, high), at(low, high)]
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn a_street_has_its_names_and_direction() {
    let mut street = feature(Layer::Road, "primary", Shape::Line(vec![at(100, 100), at(900, 700)]));
    street.oneway = true;
    street.name = Name {
        local: "新馬路 Avenida de Almeida Ribeiro".into(),
        zh: "新馬路".into(),
        en: "Almeida Ribeiro Avenue".into(),
    };
    let tile = cut(vec![street]);
    assert_eq!((tile.len(), tile[0].layer.as_str(), tile[0].kind), (1, "road", 2));
    let tags = &tile[0].tags;
    assert_eq!(tags["class"], text("primary"));
    assert_eq!((&tags["rank"], &tags["oneway"]), (&Value::Number(1), &Value::Bool(true)));
    assert_eq!(tags["name"], text("新馬路 Avenida de Almeida Ribeiro"));
    assert_eq!(
        (&tags["name_zh"], &tags["name_en"]),
        (&text("新馬路"), &text("Almeida Ribeiro Avenue"))
    );
}

#[test]
fn what_matters_more_is_drawn_later() {
    let line = || Shape::Line(vec![at(100, 100), at(900, 700)]);
    let mut minor = feature(Layer::Road, "residential", line());
    minor.rank = 6;
    let sea = feature(Layer::Water, "sea", Shape::Area(MultiPolygon::from_ring(square(0, 500))));
    let tile = cut(vec![feature(Layer::Road, "trunk", line()), minor, sea]);
    let order: Vec<&str> = tile.iter().map(Decoded::class).collect();
    assert_eq!(order, ["sea", "residential", "trunk"]);
}

#[test]
fn alike_features_are_one_and_named_pieces_join() {
    let house = |low| {
        let ring = square(low, low + 50);
        feature(Layer::Building, "building", Shape::Area(MultiPolygon::from_ring(ring)))
    };
    let piece = |from: i32, to: i32| {
        let mut piece =
            feature(Layer::Road, "tertiary", Shape::Line(vec![at(from, 500), at(to, 500)]));
        piece.name.local = "Rua".to_owned();
        piece
    };
    let tile = cut(vec![house(0), piece(10, 400), house(500), piece(400, 900)]);
    assert_eq!((tile.len(), tile[0].parts.len()), (2, 2));
    // Joined, and the place between, in line with its neighbours, left out.
    assert_eq!((tile[1].parts.len(), tile[1].parts[0].len()), (1, 2));
}

#[test]
fn a_building_is_named_at_the_deepest_zoom() {
    let house = |low, name: &str| {
        let ring = MultiPolygon::from_ring(square(low, low + 50));
        let house = feature(Layer::Building, "building", Shape::Area(ring));
        Feature { name: Name { zh: name.to_owned(), ..Name::default() }, ..house }
    };
    let map = BaseMap::build([house(10, "甲"), house(100, "乙")], About::default()).unwrap();
    let tile = |zoom, x, y| decode::tile(&map.tile(TileId::new(zoom, x, y).unwrap()));
    let far = tile(14, TILE.0, TILE.1);
    assert_eq!((far.len(), far[0].parts.len(), far[0].tags.contains_key("name_zh")), (1, 2, false));
    let near = (0..16).flat_map(|i| tile(16, TILE.0 * 4 + i % 4, TILE.1 * 4 + i / 4));
    let names: BTreeSet<String> =
        near.map(|one| format!("{:?}", one.tags.get("name_zh"))).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_hole_that_fills_the_tile_leaves_nothing() {
    let area = |outer, hole| {
        let holes = vec![hole];
        feature(Layer::Water, "lake", Shape::Area(MultiPolygon(vec![Polygon { outer, holes }])))
    };
    let inside = cut(vec![area(square(-9_000, 9_000), square(100, 900))]);
    assert_eq!(inside[0].parts.len(), 2);
    assert!(decode::area(&inside[0].parts[0]) > 0 && decode::area(&inside[0].parts[1]) < 0);
    assert!(cut(vec![area(square(-9_000, 9_000), square(-5_000, 5_000))]).is_empty());
}

#[test]
fn small_things_wait_for_a_closer_zoom() {
    let pond =
        feature(Layer::Water, "pond", Shape::Area(MultiPolygon::from_ring(square(500, 501))));
    let path = feature(Layer::Road, "path", Shape::Line(vec![at(480, 500), at(520, 500)]));
    let map = BaseMap::build([pond, path], About::default()).unwrap();
    let classes = |zoom: u8, x, y| {
        let tile = decode::tile(&map.tile(TileId::new(zoom, x, y).unwrap()));
        tile.iter().map(|one| one.class().to_owned()).collect::<Vec<_>>()
    };
    assert!(classes(13, TILE.0 / 2, TILE.1 / 2).is_empty());
    assert_eq!(classes(14, TILE.0, TILE.1), ["path"]);
    assert!(classes(16, TILE.0 * 4 + 2, TILE.1 * 4 + 2).contains(&"pond".to_owned()));
}

#[test]
fn the_description_tells_what_is_there() {
    let mut street = feature(Layer::Road, "primary", Shape::Line(square(0, 9)));
    street.name.zh = "街".to_owned();
    let place = feature(Layer::Place, "city", Shape::Point(at(1, 1)));
    let about = About { attribution: "© OpenStreetMap contributors".into(), ..About::default() };
    let told = BaseMap::build([street, place], about).unwrap().describe();
    assert_eq!((told.min_zoom, told.max_zoom), (4, 16));
    assert_eq!(told.attribution, "© OpenStreetMap contributors");
    let layers: Vec<_> = told.layers.iter().map(|one| (one.layer, one.min_zoom)).collect();
    assert_eq!(layers, [(Layer::Road, 9), (Layer::Place, 4)]);
    let keys: Vec<_> = told.layers[0].fields.iter().map(|field| field.key).collect();
    assert_eq!(
        (keys, &told.layers[0].classes[..]),
        (vec!["class", "rank", "name_zh"], &["primary".to_owned()][..])
    );
}

/// Twelve directions, in thousandths.
const SPOKES: [(i32, i32); 12] = [
    (1_000, 0),
    (866, 500),
    (500, 866),
    (0, 1_000),
    (-500, 866),
    (-866, 500),
    (-1_000, 0),
    (-866, -500),
    (-500, -866),
    (0, -1_000),
    (500, -866),
    (866, -500),
];

proptest! {
    /// Any ring that does not cross itself, in all the tiles round it: coordinates within the buffer, rings turned as they must
    /// be, and with the buffer left out the areas of all tiles add up to that of the ring.
    #[test]
    fn tiles_together_are_the_whole(reach in prop::collection::vec(20..1_400, 12), middle in (0..1_000, 0..1_000)) {
        let spokes = reach.iter().zip(SPOKES);
        let ring: Vec<LonLat> =
            spokes.map(|(r, (x, y))| at(middle.0 + r * x / 1_000, middle.1 + r * y / 1_000)).collect();
        let lake = feature(Layer::Water, "lake", Shape::Area(MultiPolygon::from_ring(ring)));
        let map = BaseMap::build([lake], About::default()).unwrap();
        let whole = area_in(&map, TileId::new(11, TILE.0 / 8, TILE.1 / 8).unwrap());
        let mut sum = 0;
        for x in 0..8 {
            for y in 0..8 {
                sum += area_in(&map, TileId::new(ZOOM, TILE.0 / 8 * 8 + x, TILE.1 / 8 * 8 + y).unwrap());
            }
        }
        // Eight units there are one here, and every edge, twelve at most of half a tile, may move by one.
        prop_assert!((sum / 64 - whole).abs() < 12 * 2 * 3_000, "{} is not {}", sum / 64, whole);
    }
}

/// Twice the area in a tile without its buffer.
fn area_in(map: &BaseMap, id: TileId) -> i64 {
    let range = -i64::from(BUFFER)..=i64::from(EXTENT + BUFFER);
    let mut sum = 0;
    for one in decode::tile(&map.tile(id)) {
        for ring in &one.parts {
            assert!(ring.iter().all(|at| range.contains(&at.0) && range.contains(&at.1)));
            assert!(decode::area(ring) > 0);
            sum += without_buffer(ring);
        }
    }
    sum
}

/// Twice the area of what a ring covers of the tile proper: trapezoids under its edges, each held within the tile.
fn without_buffer(ring: &[(i64, i64)]) -> i64 {
    let end = i64::from(EXTENT);
    let mut sum = 0.0;
    for i in 0..ring.len() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        let (low, high) = (a.0.min(b.0).max(0), a.0.max(b.0).min(end));
        let rise = if a.0 == b.0 { 0.0 } else { (b.1 - a.1) as f64 / (b.0 - a.0) as f64 };
        let turn = if b.0 > a.0 { -2.0 } else { 2.0 };
        for column in low..high {
            let y = a.1 as f64 + (column as f64 + 0.5 - a.0 as f64) * rise;
            sum += turn * y.clamp(0.0, end as f64);
        }
    }
    sum as i64
}
