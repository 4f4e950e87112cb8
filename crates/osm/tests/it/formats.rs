//! The formats agree with each other, and what is broken is refused with file and place.

use precinct_base::LonLat;
use precinct_osm::write::Packing;
use precinct_osm::{Clip, Format, OsmError, PbfFault, Silent, read_places_bytes};
use proptest::prelude::*;

use crate::common::{Map, at, gzip, read_roads};

fn sample() -> Map<'static> {
    let ring =
        &[("building", "apartments"), ("building:levels", "6"), ("addr:city", "澳門 <&\"'> \t\n")];
    Map::new()
        .nodes(1..=5)
        .tag(3, &[("amenity", "police"), ("name", "治安警察局 & Co")])
        .node(-9, at(3, 1), &[("barrier", "gate")])
        .node(10_000_000_000, at(1, 1), &[])
        .way(1, &[1, 2, 3, -9], &[("highway", "primary"), ("name", "<友谊> \"大\" 马路")])
        .way(2, &[3, 4, 10_000_000_000, 5], &[("highway", "residential"), ("oneway", "yes")])
        .way(3, &[1, 2, 10_000_000_000, 1], ring)
        .relation(
            4,
            &[(3, "outer")],
            &[("type", "boundary"), ("boundary", "administrative"), ("admin_level", "6")],
        )
}

#[test]
fn every_format_gives_the_same_map() {
    let map = sample();
    let files = [
        (Format::Pbf, map.pbf(Packing::Raw)),
        (Format::Xml, map.xml()),
        (Format::XmlGzip, gzip(&map.xml())),
    ];
    let (roads, places) = (map.roads(), map.places());
    assert_eq!(
        (roads.report.segments, roads.report.roads, places.posts.len(), places.areas.len()),
        (3, 2, 1, 1)
    );
    for (format, bytes) in files {
        let other = read_roads(format, &bytes, &Clip::Everything).unwrap();
        assert_eq!(other.draft.nodes, roads.draft.nodes);
        assert_eq!(other.draft.segments, roads.draft.segments);
        assert_eq!(other.draft.names, roads.draft.names);
        assert_eq!(other.report, roads.report);
        assert_eq!(read_places_bytes("x", format, &bytes, &Clip::Everything).unwrap(), places);
    }
}

#[test]
fn the_format_is_told_by_the_name() {
    let of = |name: &str| Format::of(name.as_ref());
    assert_eq!(of("a/b.OSM.PBF"), Some(Format::Pbf));
    assert_eq!(of("b.osm"), Some(Format::Xml));
    assert_eq!(of("b.osm.gz"), Some(Format::XmlGzip));
    assert_eq!([of("b.osm.bz2"), of("b.csv.gz"), of("osm"), of("/")], [None; 4]);
    let error =
        precinct_osm::read_places("x.osm.bz2".as_ref(), &Clip::Everything, &Silent).unwrap_err();
    assert!(error.to_string().contains("unpack .bz2"), "{error}");
    let error = precinct_osm::read_places("not there.osm".as_ref(), &Clip::Everything, &Silent)
        .unwrap_err();
    assert!(matches!(error, OsmError::Read { .. }), "{error}");
}

#[test]
fn a_pbf_cut_anywhere_is_whole_blocks_or_refused_with_its_place() {
    let (whole, mut clean) = (sample().pbf(Packing::Zlib), 0);
    for length in 0..whole.len() {
        match read_roads(Format::Pbf, &whole[..length], &Clip::Everything) {
            Ok(_) => clean += 1,
            Err(OsmError::Pbf { offset, fault, .. }) => {
                assert!(offset <= length as u64);
                assert!(matches!(fault, PbfFault::Truncated | PbfFault::NoHeader), "{fault}");
            }
            Err(error) => panic!("{error}"),
        }
    }
    // After the header and after the block of nodes.
    assert_eq!(clean, 2);
}

#[test]
fn xml_cut_anywhere_is_refused() {
    let whole = sample().xml();
    for length in 0..whole.len() - "</osm>\n".len() {
        let error = read_roads(Format::Xml, &whole[..length], &Clip::Everything).unwrap_err();
        assert!(matches!(error, OsmError::Xml { .. }), "{length}: {error}");
    }
    let packed = gzip(&whole);
    for length in 0..packed.len() {
        assert!(
            read_roads(Format::XmlGzip, &packed[..length], &Clip::Everything).is_err(),
            "{length}"
        );
    }
}

#[test]
fn xml_faults_say_what_and_where() {
    let cases = [
        ("", "no <osm> element"),
        ("<html></html>", "the outermost element is <html>, not <osm>"),
        ("<osm><node id='1' lat='91' lon='0'/></osm>", "outside the earth"),
        ("<osm><node id='1' lat='x' lon='0'/></osm>", "not a number"),
        ("<osm><node id='1.5' lat='1' lon='0'/></osm>", "not a whole number"),
        ("<osm><node lat='1' lon='0'/></osm>", "has no attribute id"),
        ("<osm><way id='1'><nd/></way></osm>", "has no attribute ref"),
        ("<osm><way id='1'><tag k='a'/></way></osm>", "has no attribute v"),
        ("<osm><way id='1'></osm>", "way"),
        ("<osm><way id='1'><tag k='a' v='&nbsp;'/></way></osm>", "nbsp"),
    ];
    for (text, expected) in cases {
        let error = read_places_bytes("m.osm", Format::Xml, text.as_bytes(), &Clip::Everything)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("m.osm: at byte ") && error.contains(expected),
            "{text}: {error}"
        );
    }
}

#[test]
fn what_is_deleted_is_not_there() {
    let text = "<osm><node id='1' lat='0' lon='0'/><node id='2' lat='0' lon='1'/><node id='3' visible='false'/>
        <way id='1' action='delete'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way>
        <way id='2'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way></osm>";
    let roads = read_roads(Format::Xml, text.as_bytes(), &Clip::Everything).unwrap();
    assert_eq!(roads.draft.segments.iter().map(|segment| segment.way).collect::<Vec<_>>(), [2]);
}

#[test]
fn many_blocks_on_any_number_of_threads_give_one_result() {
    let tags = &[("highway", "residential"), ("name", "街")][..];
    let mut map = Map::new();
    for id in 1..=20_000_i64 {
        map = map.node(id, LonLat::new(id as i32 * 100, (id % 7) as i32 * 1_000).unwrap(), &[]);
    }
    for id in 1..=19_000_i64 {
        map = map.way(id, &[id, id + 1, (id * 7_919) % 20_000 + 1], tags);
    }
    let bytes = map.pbf(Packing::Zlib);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| read_roads(Format::Pbf, &bytes, &Clip::Everything).unwrap())
    };
    let (one, four) = (on(1), on(4));
    assert_eq!(one.draft.segments, four.draft.segments);
    assert_eq!(one.draft.nodes, four.draft.nodes);
    assert_eq!(one.report, four.report);
    assert_eq!(one.report.ways, 19_000);
}

proptest! {
    #[test]
    fn what_is_written_is_read(places in prop::collection::vec((any::<i64>(), -1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000), 2..20)) {
        let mut map = Map::new();
        let mut ids: Vec<i64> = Vec::new();
        for (id, lon, lat) in places {
            // Ids far apart overflow the differences that the format writes, and no source has them.
            let id = id >> 8;
            if !ids.contains(&id) {
                ids.push(id);
                map = map.node(id, LonLat::new(lon, lat).unwrap(), &[("amenity", "bank")]);
            }
        }
        let map = map.way(i64::MIN >> 8, &ids, &[("highway", "service")]);
        let read = map.places();
        prop_assert_eq!(read.sites.len(), ids.len());
        for (site, node) in read.sites.iter().zip(&map.nodes) {
            prop_assert_eq!(site.at, node.1);
        }
        for format in [Format::Pbf, Format::Xml] {
            let bytes = if format == Format::Pbf { map.pbf(Packing::Raw) } else { map.xml() };
            prop_assert_eq!(&read_places_bytes("x", format, &bytes, &Clip::Everything).unwrap().sites, &read.sites);
        }
    }
}
