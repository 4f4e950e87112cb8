//! What goes in comes out, and no damage passes.

use precinct_base::{LonLat, Metres, Timestamp, UnitId};
use proptest::prelude::*;

use super::{ENTRY, HEADER, Partition, TrackError, encode};
use crate::{Fix, Heading, Source, Speed};

fn times() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1_700_000_000_000_i64..1_700_003_600_000, 1 => any::<i64>()]
}

prop_compose! {
    fn fix()(unit in prop_oneof![0..5_u32, Just(u32::MAX - 1)], time in times(), lon in -1_800_000_000..=1_800_000_000, lat in -900_000_000..=900_000_000,
             accuracy in proptest::option::of(any::<u32>()), speed in proptest::option::of(any::<u16>()),
             heading in any::<u16>(), source in 0..4_u8, sos in any::<bool>()) -> Fix {
        Fix {
            unit: UnitId(unit),
            time: Timestamp(time),
            at: LonLat::new(lon, lat).unwrap(),
            accuracy: accuracy.map(Metres),
            speed: speed.map(|it| Speed::new(it.into())),
            heading: Heading::new(heading),
            source: Source::from_number(source).unwrap(),
            sos,
        }
    }
}

fn fixes() -> impl Strategy<Value = Vec<Fix>> {
    prop::collection::vec(fix(), 0..60)
}

fn decode(bytes: &[u8]) -> Result<Vec<Fix>, TrackError> {
    Partition::open(bytes)?.all()
}

fn sorted(mut fixes: Vec<Fix>) -> Vec<Fix> {
    fixes.sort_unstable();
    fixes.dedup();
    fixes
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(mut fixes in fixes()) {
        fixes.extend(fixes.get(3).copied());
        let bytes = encode(fixes.clone()).unwrap();
        let fixes = sorted(fixes);
        prop_assert_eq!(decode(&bytes).unwrap(), fixes.clone());
        let partition = Partition::open(&bytes).unwrap();
        prop_assert_eq!(partition.count(), fixes.len());
        let mut units: Vec<UnitId> = fixes.iter().map(|fix| fix.unit).collect();
        units.dedup();
        prop_assert_eq!(partition.units().collect::<Vec<_>>(), units);
        let times = fixes.iter().map(|fix| fix.time);
        prop_assert_eq!(partition.span(), (times.clone().min().unwrap_or_default(), times.max().unwrap_or_default()));
    }

    #[test]
    fn one_unit_between_two_instants(fixes in fixes(), unit in 0..6_u32, from in times(), to in times()) {
        let bytes = encode(fixes.clone()).unwrap();
        let some = Partition::open(&bytes).unwrap().unit(UnitId(unit), Timestamp(from), Timestamp(to)).unwrap();
        let wanted = |fix: &Fix| fix.unit.0 == unit && from <= fix.time.0 && fix.time.0 <= to;
        prop_assert_eq!(some, sorted(fixes).into_iter().filter(wanted).collect::<Vec<_>>());
    }

    #[test]
    fn any_flipped_byte_is_found(fixes in fixes(), at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let mut bytes = encode(fixes).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(decode(&bytes).is_err());
    }

    #[test]
    fn any_missing_or_added_byte_is_found(fixes in fixes(), at in any::<prop::sample::Index>(), more in any::<u8>()) {
        let mut bytes = encode(fixes).unwrap();
        prop_assert!(decode(&bytes[..at.index(bytes.len())]).is_err());
        bytes.push(more);
        prop_assert!(decode(&bytes).is_err());
    }

    /// Bytes of a unit that somebody made up, with a right checksum.
    #[test]
    fn made_up_bytes_are_read_or_refused(body in prop::collection::vec(prop_oneof![Just(0_u8), 0..64_u8, any::<u8>()], 4..60), count in 0_u32..9) {
        let bytes = made_up(&[(7, count, &body)]);
        match decode(&bytes) {
            Ok(fixes) => {
                prop_assert_eq!(fixes.len(), count as usize);
                prop_assert_eq!(decode(&encode(fixes.clone()).unwrap()).unwrap(), fixes);
            }
            Err(error) => {
                let of_content = matches!(error, TrackError::Fix { .. } | TrackError::Entry { .. });
                prop_assert!(of_content, "{}", error);
            }
        }
    }
}

/// A partition with right checksums, whatever it says.
fn made_up(units: &[(u32, u32, &[u8])]) -> Vec<u8> {
    let mut bytes = super::MAGIC.to_vec();
    bytes.extend((units.len() as u32).to_le_bytes());
    bytes.extend(0_i64.to_le_bytes());
    bytes.extend(i64::MAX.to_le_bytes());
    let mut end = 0;
    for (unit, fixes, body) in units {
        end += body.len() as u32;
        bytes.extend([*unit, *fixes, end, crc32fast::hash(body)].map(u32::to_le_bytes).concat());
    }
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes.extend(units.iter().flat_map(|unit| unit.2));
    bytes
}

#[test]
fn faults_are_told_apart() {
    let still = [0_u8, 0, 0, 0];
    let good = made_up(&[(1, 1, &still), (2, 1, &still)]);
    assert_eq!(decode(&good).unwrap().len(), 2);
    assert_eq!(decode(b"PRCTRK2\n").unwrap_err(), TrackError::Magic);
    assert_eq!(decode(&good[..40]).unwrap_err(), TrackError::Short { bytes: 40 });
    assert_eq!(decode(b"").unwrap_err(), TrackError::Short { bytes: 0 });
    let with = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        decode(&bytes).unwrap_err()
    };
    assert_eq!(with(HEADER + ENTRY), TrackError::Table);
    assert_eq!(with(good.len() - 1), TrackError::Unit { unit: UnitId(2) });
    let entry = |units: &[(u32, u32, &[u8])]| decode(&made_up(units)).unwrap_err();
    assert_eq!(entry(&[(2, 1, &still), (1, 1, &still)]), TrackError::Entry { entry: 1 });
    assert_eq!(entry(&[(2, 1, &still), (2, 1, &still)]), TrackError::Entry { entry: 1 });
    assert_eq!(entry(&[(1, 2, &still)]), TrackError::Entry { entry: 0 });
    assert_eq!(entry(&[(1, 0, &[])]), TrackError::Entry { entry: 0 });
    assert_eq!(entry(&[(u32::MAX, 1, &still)]), TrackError::Entry { entry: 0 });
    // The same fix twice, one byte too many, a flag without a meaning, a place off the earth, an unknown speed.
    let fault = |fix| TrackError::Fix { unit: UnitId(1), fix };
    assert_eq!(entry(&[(1, 2, &[0; 8])]), fault(1));
    assert_eq!(entry(&[(1, 1, &[0; 5])]), fault(1));
    assert_eq!(entry(&[(1, 1, &[0x40, 0, 0, 0])]), fault(0));
    assert_eq!(entry(&[(1, 1, &[0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0])]), fault(0));
    assert_eq!(entry(&[(1, 1, &[16, 0, 0, 0, 0x80, 0x80, 0x04])]), fault(0));
}

#[test]
fn a_unit_that_drives_takes_few_bytes() {
    let fixes: Vec<Fix> = (0..3_600)
        .map(|s| Fix {
            accuracy: Some(Metres(5)),
            speed: Some(Speed::new(1_300 + s % 7)),
            heading: Heading::new((9_000 + s % 90) as u16),
            ..Fix::new(
                UnitId(0),
                LonLat::new(1_135_000_000 + s as i32 * 1_200, 220_000_000).unwrap(),
                Timestamp(i64::from(s) * 1_000),
            )
        })
        .collect();
    let count = fixes.len();
    let bytes = encode(fixes).unwrap();
    assert!(bytes.len() <= count * 12, "{} bytes for {count} fixes", bytes.len());
}
