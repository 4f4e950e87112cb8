//! Files made to do harm, each by its own trick.

use precinct_osm::{
    Clip, Format, OsmError, PbfFault, TimeUnit, read_dimacs_bytes, read_places_bytes,
    read_scenery_bytes,
};

use crate::common::{gzip, read_roads};
use crate::wire::{block, bytes, file, frame, header, number, packed, varint, zlib};
use crate::within_memory;

/// Reads roads, places and scenery; the first error.
fn read(what: &str, format: Format, file: &[u8]) -> Result<(), OsmError> {
    assert!(file.len() <= 1 << 20, "{what}: {} bytes", file.len());
    within_memory(what, || {
        read_roads(format, file, &Clip::Everything)?;
        read_places_bytes("test", format, file, &Clip::Everything)?;
        read_scenery_bytes("test", format, file, &Clip::Everything).map(|_| ())
    })
}

fn fault(what: &str, file: &[u8]) -> (u64, PbfFault) {
    match read(what, Format::Pbf, file) {
        Err(OsmError::Pbf { offset, fault, .. }) => (offset, fault),
        other => panic!("{what}: {other:?}"),
    }
}

#[test]
fn absurd_sizes_are_refused_at_their_place() {
    let start = header().len() as u64;
    let after_header = |bytes: &[u8]| fault("size", &[&header()[..], bytes].concat());
    let header_size = after_header(&u32::MAX.to_be_bytes());
    assert!(
        matches!(header_size, (at, PbfFault::TooLarge { what: "header", .. }) if at == start),
        "{header_size:?}"
    );
    let long = [bytes(1, b"OSMData"), number(3, 1 << 40)].concat();
    let blob_size = after_header(&[&(long.len() as u32).to_be_bytes()[..], &long].concat());
    assert!(
        matches!(blob_size, (at, PbfFault::TooLarge { what: "block", .. }) if at == start),
        "{blob_size:?}"
    );
    let said = [bytes(1, b"OSMData"), number(3, 32 << 20)].concat();
    let missing = after_header(&[&(said.len() as u32).to_be_bytes()[..], &said].concat());
    assert_eq!(missing, (start, PbfFault::Truncated));
    let raw = file(&[[number(2, 1 << 50), bytes(3, &zlib(b""))].concat()]);
    assert!(matches!(
        fault("raw size", &raw),
        (_, PbfFault::TooLarge { what: "unpacked block", .. })
    ));
}

#[test]
fn sizes_that_lie_are_refused() {
    let zeros = vec![0; 4 << 20];
    for said in [0, 1, (4 << 20) - 1, (4 << 20) + 1, 31 << 20] {
        let lie = file(&[[number(2, said), bytes(3, &zlib(&zeros))].concat()]);
        assert_eq!(fault("lie", &lie).1, PbfFault::RawSize { declared: said });
        let plain = file(&[[bytes(1, b"xyz"), number(2, said + 4)].concat()]);
        assert_eq!(fault("lie", &plain).1, PbfFault::RawSize { declared: said + 4 });
    }
    assert_eq!(
        fault("not zlib", &file(&[[number(2, 3), bytes(3, b"xyz")].concat()])).1,
        PbfFault::Inflate
    );
}

#[test]
fn packings_and_features_that_are_not_read_are_named() {
    for (field, name) in [(4, "LZMA"), (5, "bzip2"), (6, "LZ4"), (7, "Zstandard")] {
        let found = fault(name, &file(&[[number(2, 3), bytes(field, b"xyz")].concat()])).1;
        assert_eq!(found, PbfFault::Packing { method: name });
        assert!(found.to_string().contains(name));
    }
    let history = frame("OSMHeader", &bytes(1, &bytes(4, b"HistoricalInformation")));
    assert_eq!(
        fault("history", &history),
        (0, PbfFault::Feature { name: "HistoricalInformation".to_owned() })
    );
    for no_header in
        [&b""[..], b"x", b"<osm></osm>", &frame("OSMData", &packed(b"")), &[0, 0, 0, 0]]
    {
        assert_eq!(fault("no header", no_header), (0, PbfFault::NoHeader));
    }
    let unknown = [header(), frame("OSMSomethingNew", b"anything")].concat();
    read("unknown blob", Format::Pbf, &unknown).unwrap();
}

#[test]
fn contents_that_make_no_sense_are_refused() {
    let of = |groups: &[Vec<u8>]| {
        fault("block", &file(&[packed(&block(&["highway", "primary"], groups))])).1
    };
    let way = |fields: &[Vec<u8>]| bytes(3, &fields.concat());
    let dense = |fields: &[Vec<u8>]| bytes(2, &fields.concat());
    let text = of(&[way(&[number(1, 1), bytes(2, &[1]), bytes(3, &[9])])]);
    assert_eq!(text, PbfFault::Text { index: 9, texts: 3 });
    assert_eq!(of(&[way(&[number(1, 1), bytes(2, &[1, 1]), bytes(3, &[2])])]), PbfFault::Uneven);
    let far = [varint(u64::MAX - 1), varint(u64::MAX - 1)].concat();
    assert_eq!(of(&[way(&[number(1, 1), bytes(8, &far)])]), PbfFault::Overflow);
    assert_eq!(
        of(&[dense(&[bytes(1, &[2, 2]), bytes(8, &[2]), bytes(9, &[2, 2])])]),
        PbfFault::Uneven
    );
    let off = dense(&[bytes(1, &[2]), bytes(8, &varint(u64::MAX)), bytes(9, &[2])]);
    assert_eq!(of(&[off]), PbfFault::OffEarth { id: 1 });
    assert_eq!(
        of(&[dense(&[bytes(1, &[2]), bytes(8, &[2]), bytes(9, &[2]), bytes(10, &[1])])]),
        PbfFault::Uneven
    );
    assert_eq!(of(&[vec![0x0b]]), PbfFault::Wire);
    let endless = way(&[number(1, 1), bytes(8, &vec![0; (1 << 16) + 1])]);
    assert!(matches!(of(&[endless]), PbfFault::TooMany { what: "nodes of one way", .. }));
    let utf8 = packed(&bytes(1, &bytes(1, &[0xff])));
    assert_eq!(fault("utf-8", &file(&[utf8])).1, PbfFault::Utf8);
    let long = packed(&bytes(1, &bytes(1, &[b'x'; 5_000])));
    assert!(matches!(fault("long", &file(&[long])).1, PbfFault::TooLarge { what: "text", .. }));
}

/// As many copies of `one` as fit.
fn full(one: &[u8], bytes: usize) -> Vec<u8> {
    one.repeat(bytes / one.len())
}

#[test]
fn blocks_that_unfold_are_refused_in_time() {
    const BLOCK: usize = 12 << 20;
    let tags = [bytes(2, &[1]), bytes(3, &[2])].concat();
    let way = bytes(3, &[number(1, 1), tags.clone(), bytes(8, &[2, 2])].concat());
    let long_way = bytes(3, &[number(1, 1), tags.clone(), bytes(8, &vec![2; 60_000])].concat());
    let building =
        bytes(3, &[number(1, 1), bytes(2, &[3]), bytes(3, &[4]), bytes(8, &[2, 2])].concat());
    let relation = [
        number(1, 1),
        bytes(2, &[5, 3]),
        bytes(3, &[6, 4]),
        bytes(8, &[0]),
        bytes(9, &[2]),
        bytes(10, &[1]),
    ];
    let relation = bytes(4, &relation.concat());
    let station = bytes(
        1,
        &[number(1, 2), bytes(2, &[7]), bytes(3, &[8]), number(8, 2), number(9, 2)].concat(),
    );
    let texts =
        ["highway", "primary", "building", "yes", "type", "multipolygon", "amenity", "police"];
    let bombs = [
        ("ways", way),
        ("refs", long_way),
        ("buildings", building),
        ("relations", relation),
        ("posts", station),
    ];
    for (what, one) in bombs {
        let contents = block(&texts, &[full(&one, BLOCK)]);
        // Filled up to a megabyte, so that the reader may keep as much as it ever may for one; ways, which take longest to
        // read, are not.
        let mut bomb = file(&[packed(&contents)]);
        if what != "ways" {
            let rest = (1 << 20) - 32 - bomb.len();
            bomb.extend(frame("Padding", &vec![b'x'; rest]));
        }
        let result = read(what, Format::Pbf, &bomb);
        assert!(matches!(result, Err(OsmError::Overdrawn { .. })), "{what}: {result:?}");
    }
    let empty_texts = packed(&bytes(1, &full(&bytes(1, b""), BLOCK)));
    assert!(matches!(
        fault("texts", &file(&[empty_texts])).1,
        PbfFault::TooMany { what: "texts", .. }
    ));
}

#[test]
fn a_node_given_two_million_times_is_refused() {
    let way = [number(1, 1), bytes(2, &[1]), bytes(3, &[2]), bytes(8, &[2, 2])].concat();
    // Nodes 1, 1, 1, … all at one place: each is a difference of 0 from the one before.
    let nodes = [2].into_iter().chain(std::iter::repeat_n(0, 2 << 20)).collect::<Vec<u8>>();
    let dense = bytes(2, &[bytes(1, &nodes), bytes(8, &nodes), bytes(9, &nodes)].concat());
    let contents = block(&["highway", "primary"], &[dense, bytes(3, &way)]);
    let result = read("nodes", Format::Pbf, &file(&[packed(&contents)]));
    assert!(matches!(result, Err(OsmError::Overdrawn { .. })), "{result:?}");
}

#[test]
fn many_full_blocks_of_nothing_much_are_read_within_memory() {
    // Twenty blocks of 24 MiB from 1 MB: nothing in them is kept, and they must not lie in memory together.
    let idle = packed(&block(&[], &[bytes(9, &vec![0; 24 << 20])]));
    let many = vec![idle; 20];
    read("idle", Format::Pbf, &file(&many)).unwrap();
}

#[test]
fn xml_that_unfolds_is_refused() {
    const SIZE: usize = 16 << 20;
    let way = "<way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way>";
    let text =
        |start: &str, one: &str| gzip(&[start.as_bytes(), &full(one.as_bytes(), SIZE)].concat());
    let result = read("ways", Format::XmlGzip, &text("<osm>", way));
    assert!(matches!(result, Err(OsmError::Overdrawn { .. })), "{result:?}");
    let cases = [
        ("deep", text("<osm>", "<a>"), "16 deep"),
        ("long", text("<osm><way id='1", "1"), "longer than"),
        ("text", text("<osm>", "x"), "longer than"),
        ("attributes", text("<osm><way ", "a='' "), "longer than"),
        ("refs", text("<osm><way id='1'>", "<nd ref='1'/>"), "nodes of one way"),
        ("tags", text("<osm><way id='1'>", "<tag k='' v=''/>"), "tags of one element"),
        (
            "members",
            text("<osm><relation id='1'>", "<member type='way' ref='1' role=''/>"),
            "members of one relation",
        ),
    ];
    for (what, file, expected) in cases {
        let error = read(what, Format::XmlGzip, &file).unwrap_err().to_string();
        assert!(error.contains(expected), "{what}: {error}");
    }
    let entities = "<!DOCTYPE osm [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]><osm><way id='1'><tag k='&b;' v=''/></way></osm>";
    assert!(
        read("entities", Format::Xml, entities.as_bytes()).unwrap_err().to_string().contains('b')
    );
}

#[test]
fn dimacs_that_unfolds_is_refused() {
    const SIZE: usize = 16 << 20;
    let unit = TimeUnit { numerator: 1, denominator: 1 };
    let places = b"p aux sp co 1\nv 1 0 0\n";
    let arcs = gzip(&[&b"p sp 1 9\n"[..], &full(b"a 1 1 1\n", SIZE)].concat());
    let nodes = gzip(&[&b"p aux sp co 9\n"[..], &full(b"v 1 0 0\n", SIZE)].concat());
    let endless = gzip(&full(b"c", SIZE));
    for (graph, coordinates) in [(&arcs[..], &places[..]), (b"", &nodes), (&endless, places)] {
        let result = within_memory("dimacs", || read_dimacs_bytes(graph, coordinates, unit));
        assert!(matches!(result, Err(OsmError::Overdrawn { .. } | OsmError::Dimacs { .. })));
    }
}
