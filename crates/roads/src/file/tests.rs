//! A road file gives its map back, and nothing but its own bytes does.

use precinct_base::{LonLat, Millimetres, Millis};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::layout::{BODY_AT, DIGEST_AT, DIGESTED_FROM, ENTRY_BYTES, Section};
use super::*;
use crate::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Profile, RoadClass, RoadMap, Times,
};

type Place = (i32, i32);
type Stretch = (u32, u32, Vec<Place>, u8, Option<u32>, Option<u32>, u8);

fn at((lon, lat): Place) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

fn map_of(nodes: &[Place], stretches: &[Stretch]) -> RoadMap {
    let mut draft = Draft::default();
    let numbered = nodes.iter().enumerate();
    draft.nodes = numbered.map(|(i, &p)| DraftNode { osm_id: -(i as i64), at: at(p) }).collect();
    let count = nodes.len() as u32;
    for (from, to, bends, class, forward, backward, name) in stretches {
        let mut times = Times::default();
        times.set(Profile::PoliceCar, Along::Forward, forward.map(Millis));
        times.set(Profile::Foot, Along::Backward, backward.map(Millis));
        let name = draft.names.add(Name {
            local: format!("Rua {}", name % 5),
            zh: if name % 2 == 0 { "街".to_owned() } else { String::new() },
            en: String::new(),
        });
        draft.segments.push(DraftSegment {
            from: from % count,
            to: to % count,
            shape: bends.iter().copied().map(at).collect(),
            length: Millimetres(u64::from(*class) * 1_000),
            class: RoadClass::from_index(class % 16).unwrap(),
            name,
            way: i64::MIN + i64::from(*class),
            times,
        });
    }
    RoadMap::build(&draft, Fingerprint([7; 32])).unwrap()
}

fn small() -> RoadMap {
    map_of(
        &[(1_135_400_000, 221_900_000), (1_135_500_000, 221_950_000), (-5, -6)],
        &[
            (0, 1, vec![(1_135_450_000, 221_900_000)], 3, Some(4_000), None, 1),
            (1, 1, vec![], 15, None, Some(86_400_000), 2),
            (2, 0, vec![(1, 2), (3, 4)], 0, Some(0), Some(1), 3),
        ],
    )
}

fn maps() -> impl Strategy<Value = RoadMap> {
    let place = || (-1_800_000_000..=1_800_000_000i32, -900_000_000..=900_000_000i32);
    let time = || prop::option::of(0..=86_400_000u32);
    let bends = prop::collection::vec(place(), 0..4);
    let stretch = (0u32..30, 0u32..30, bends, any::<u8>(), time(), time(), any::<u8>());
    (prop::collection::vec(place(), 1..20), prop::collection::vec(stretch, 0..40))
        .prop_map(|(nodes, stretches)| map_of(&nodes, &stretches))
}

/// The same bytes with a checksum that is right for them.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&bytes[DIGESTED_FROM..]);
    bytes[DIGEST_AT..DIGESTED_FROM].copy_from_slice(&digest);
    bytes
}

/// The map with the element `row` of a section overwritten, in a file with a right checksum.
fn with(section: Section, row: usize, value: &[u8]) -> Result<RoadMap, RoadFileError> {
    let mut bytes = small().to_bytes();
    let entry = ROAD_FILE_HEADER_BYTES + section.index() * ENTRY_BYTES;
    let offset = u64::from_le_bytes(bytes[entry + 8..entry + 16].try_into().unwrap()) as usize;
    let from = offset + row * section.element_bytes() as usize;
    bytes[from..from + value.len()].copy_from_slice(value);
    RoadMap::from_bytes(&signed(bytes))
}

/// Uses all that a map offers.
fn walk(map: &RoadMap) -> u64 {
    let mut sum = 0;
    for id in map.segment_ids() {
        let segment = map.segment(id);
        sum += map.shape(id).count() as u64 + segment.length.0;
        sum += map.segment_name(id).local.len() as u64;
        for profile in Profile::ALL {
            let time = map.time(id, profile, Along::Backward);
            sum += u64::from(time.map_or(0, |time| time.0));
            sum += u64::from(map.in_main_part(segment.from, profile));
        }
        sum += u64::from(map.node_at(segment.to).lon() > 0);
    }
    sum + map.node_ids().filter(|&node| map.osm_id(node) > 0).count() as u64
}

#[test]
fn an_empty_map_has_a_file() {
    let map = RoadMap::build(&Draft::default(), Fingerprint([9; 32])).unwrap();
    assert_eq!(RoadMap::from_bytes(&map.to_bytes()), Ok(map));
}

#[test]
fn the_bytes_are_the_same_for_ever() {
    // When this fails the format has changed: count ROAD_FILE_VERSION up, then put the new digest here.
    let digest = Sha256::digest(small().to_bytes());
    let start = u64::from_be_bytes(*digest.first_chunk().unwrap());
    assert_eq!((ROAD_FILE_VERSION, start), (1, 0xb956_388a_116b_2164));
}

#[test]
fn the_header_tells_what_it_was_made_from() {
    let bytes = small().to_bytes();
    let start = &bytes[..ROAD_FILE_HEADER_BYTES];
    let stated = Some((ROAD_FILE_VERSION, Fingerprint([7; 32])));
    assert_eq!(RoadMap::peek_made_from(start), stated);
    assert_eq!(RoadMap::peek_made_from(&start[1..]), None);
    assert_eq!(RoadMap::peek_made_from(&[b'x'; 96]), None);
    assert_eq!(RoadMap::peek_made_from(&[]), None);
}

#[test]
fn a_file_cut_off_anywhere_is_too_short() {
    let bytes = small().to_bytes();
    assert_eq!(RoadMap::from_bytes(&[]), Err(RoadFileError::NotARoadFile));
    for end in 1..bytes.len() {
        let fault = RoadMap::from_bytes(&bytes[..end]).unwrap_err();
        let found = end as u64;
        assert!(
            matches!(fault, RoadFileError::WrongLength { found: f, .. } if f == found),
            "{end}"
        );
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(matches!(RoadMap::from_bytes(&longer), Err(RoadFileError::WrongLength { .. })));
}

#[test]
fn one_bit_turned_anywhere_is_noticed() {
    let bytes = small().to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let fault = RoadMap::from_bytes(&damaged).unwrap_err();
        match bit / 8 {
            0..12 => assert_eq!(fault, RoadFileError::NotARoadFile),
            12..16 => assert!(matches!(fault, RoadFileError::OtherVersion { .. })),
            80..88 => assert!(matches!(fault, RoadFileError::WrongLength { .. })),
            _ => assert_eq!(fault, RoadFileError::Damaged),
        }
    }
}

#[test]
fn another_version_is_named_even_when_cut_off() {
    let mut bytes = small().to_bytes();
    bytes[12] = 9;
    let fault = RoadMap::from_bytes(&bytes[..20]).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "this road file has format 9, and this program reads format 1: delete it and run `precinct city build`"
    );
}

#[test]
fn what_no_map_holds_is_refused_although_the_checksum_is_right() {
    use Section as S;
    use ValueFault as V;
    let too_long = 2_000_000_001u32.to_le_bytes();
    let cases: [(S, usize, &[u8], V); 14] = [
        (S::NodePlaces, 1, &1_800_000_001i32.to_le_bytes(), V::Place),
        (S::Bends, 2, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f], V::Place),
        (S::NodeMainParts, 1, &[0x10], V::Profile),
        (S::From, 2, &3u32.to_le_bytes(), V::Node),
        (S::To, 2, &u32::MAX.to_le_bytes(), V::Node),
        (S::From, 0, &2u32.to_le_bytes(), V::Order),
        (S::Lengths, 1, &too_long, V::Length),
        (S::Classes, 0, &[16], V::Class),
        (S::NamesOfSegments, 0, &99u32.to_le_bytes(), V::Name),
        (S::CarTimes, 1, &86_400_001u32.to_le_bytes(), V::Time),
        (S::FirstBends, 1, &9u32.to_le_bytes(), V::Order),
        (S::FirstBends, 0, &1u32.to_le_bytes(), V::Order),
        (S::NameText, 0, &[0xff], V::Text),
        (S::NameEnds, 4, &1u32.to_le_bytes(), V::Text),
    ];
    for (section, row, value, expected) in cases {
        let fault = with(section, row, value).unwrap_err();
        let found = match fault {
            RoadFileError::WrongValue { fault, .. } => fault,
            other => panic!("{section:?}: {other}"),
        };
        assert_eq!(found, expected, "{section:?}");
    }
}

#[test]
fn names_are_there_once_and_the_first_is_none() {
    let mut bytes = small().to_bytes();
    let last = bytes.windows(5).position(|word| word == b"Rua 3").unwrap();
    bytes[last + 4] = b'1';
    let twice = RoadMap::from_bytes(&signed(bytes)).unwrap_err();
    assert!(matches!(twice, RoadFileError::WrongValue { fault: ValueFault::Twice, .. }));
    let first = with(Section::NameEnds, 0, &1u32.to_le_bytes()).unwrap_err();
    assert!(matches!(first, RoadFileError::WrongValue { .. }));
}

#[test]
fn columns_that_do_not_agree_are_refused() {
    let map = small();
    let broken = |change: fn(&mut RoadMap)| {
        let mut map = map.clone();
        change(&mut map);
        RoadMap::from_bytes(&map.to_bytes()).unwrap_err()
    };
    let section = |fault| match fault {
        RoadFileError::WrongCount { section, .. } => section,
        other => panic!("{other}"),
    };
    assert_eq!(section(broken(|map| map.nodes.osm_id.truncate(1))), "numbers of nodes");
    assert_eq!(section(broken(|map| map.segments.way.truncate(1))), "ways");
    assert_eq!(section(broken(|map| map.segments.first_bend.truncate(1))), "first bends");
    assert_eq!(section(broken(|map| map.segments.bends.truncate(1))), "bends");
    assert_eq!(section(broken(|map| map.segments.times[0].truncate(1))), "times by car");
}

proptest! {
    #[test]
    fn a_map_comes_back_as_it_went(map in maps()) {
        let bytes = map.to_bytes();
        let back = RoadMap::from_bytes(&bytes).unwrap();
        prop_assert_eq!(back.to_bytes(), bytes);
        prop_assert_eq!(back, map);
    }

    #[test]
    fn whatever_is_accepted_is_a_map_and_its_only_file(
        map in maps(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..4),
    ) {
        let mut bytes = map.to_bytes();
        for (place, value, in_table) in changes {
            let last = if in_table { BODY_AT as usize } else { bytes.len() };
            let at = DIGESTED_FROM + place.index(last - DIGESTED_FROM);
            bytes[at] = value;
        }
        let bytes = signed(bytes);
        if let Ok(map) = RoadMap::from_bytes(&bytes) {
            walk(&map);
            prop_assert_eq!(map.to_bytes(), bytes);
        }
    }
}
