//! An hour that is over, as bytes: how often each street was passed, for how long that held, and the stays at hot spots that ended in it. It
//! says nothing of units.
//!
//! All numbers are little-endian or, where it says so, as short as they can be (seven bits a byte).
//!
//! | bytes | what |
//! |--:|---|
//! | 8 | `PRCHOUR1` |
//! | 4 | checksum (CRC-32, ISO 3309) of all that follows |
//! | 32 | the fingerprint of what the streets were made from: their numbers are of it alone |
//! | 8 | when the hour begins, milliseconds since 1970 |
//! | 4 | known minutes for each interval |
//! | | how many streets, short; of each, rising: by how much its number is above the one before, short; passes, short; 4 bytes of minutes |
//! | | how many hot spots, short; of each, rising: bytes of its key, short; the key |
//! | | how many stays, short; of each, rising: its hot spot in the list; how long before the hour's end it ended, milliseconds; how long it was; short |

use precinct_base::{SegmentId, Timestamp, caps};

use super::passes::StreetHour;
use crate::varint::{put, take};

/// What an hour begins with.
const MAGIC: [u8; 8] = *b"PRCHOUR1";
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Minutes of an hour.
const MINUTES: u8 = 60;

/// A stay of somebody at a hot spot that ended in the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    /// The hot spot: its place in the list of keys.
    pub spot: u32,
    /// The first fix there.
    pub came: Timestamp,
    /// The last fix there.
    pub left: Timestamp,
}

/// An hour that is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hour {
    /// The fingerprint of what the streets were made from.
    pub roads: [u8; 32],
    /// When it begins.
    pub begins: Timestamp,
    /// For each interval, the minutes of which is known whether a street was passed.
    pub known: [u8; 4],
    /// Streets, by rising numbers.
    pub streets: Vec<StreetHour>,
    /// Keys of the hot spots that were visited, rising.
    pub spots: Vec<String>,
    /// The stays that ended in it, rising.
    pub stays: Vec<Stay>,
}

/// Why bytes are no hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HourError {
    /// They do not begin as an hour does.
    #[error("these bytes are no hour of presence: they do not begin with PRCHOUR1")]
    Magic,
    /// The checksum is not right.
    #[error("the hour of presence is damaged: its checksum is another; restore it from a backup")]
    Damaged,
    /// They say what cannot be, though the checksum is right.
    #[error(
        "the hour of presence is wrong in its {part} though its checksum is right: it was not written by Precinct"
    )]
    Wrong {
        /// Which part.
        part: &'static str,
    },
}

impl Hour {
    /// Its bytes. Streets, spots and stays must be in their order.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(64 + self.streets.len() * 8);
        body.extend(self.roads);
        body.extend(self.begins.0.to_le_bytes());
        body.extend(self.known);
        put(&mut body, self.streets.len() as u64);
        let mut next = 0;
        for street in &self.streets {
            put(&mut body, u64::from(street.segment.0) - next);
            put(&mut body, street.passes.into());
            body.extend(street.passed);
            next = u64::from(street.segment.0) + 1;
        }
        put(&mut body, self.spots.len() as u64);
        for key in &self.spots {
            put(&mut body, key.len() as u64);
            body.extend(key.as_bytes());
        }
        put(&mut body, self.stays.len() as u64);
        for stay in &self.stays {
            put(&mut body, stay.spot.into());
            put(&mut body, stay.left.0.wrapping_sub(self.begins.0).cast_unsigned());
            put(&mut body, stay.left.0.wrapping_sub(stay.came.0).cast_unsigned());
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.append(&mut body);
        bytes
    }

    /// The hour that bytes are. Nothing of them is believed.
    pub fn decode(bytes: &[u8]) -> Result<Self, HourError> {
        let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(HourError::Magic)?;
        if *magic != MAGIC {
            return Err(HourError::Magic);
        }
        let (sum, mut body) = rest.split_first_chunk::<4>().ok_or(HourError::Damaged)?;
        if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
            return Err(HourError::Damaged);
        }
        let wrong = |part| HourError::Wrong { part };
        let mut hour = head(&mut body).ok_or(wrong("head"))?;
        hour.streets = streets(&mut body, hour.known).ok_or(wrong("streets"))?;
        hour.spots = spots(&mut body).ok_or(wrong("hot spots"))?;
        hour.stays = stays(&mut body, hour.begins, hour.spots.len()).ok_or(wrong("stays"))?;
        if body.is_empty() { Ok(hour) } else { Err(wrong("end")) }
    }
}

fn head(body: &mut &[u8]) -> Option<Hour> {
    let (roads, rest) = body.split_first_chunk::<32>()?;
    let (begins, rest) = rest.split_first_chunk::<8>()?;
    let (known, rest) = rest.split_first_chunk::<4>()?;
    *body = rest;
    let begins = i64::from_le_bytes(*begins);
    // So that the end of the hour is an instant too.
    let sound = begins % HOUR == 0 && begins.checked_add(HOUR).is_some();
    let sound = sound && known.iter().all(|&minutes| minutes <= MINUTES);
    sound.then(|| Hour {
        roads: *roads,
        begins: Timestamp(begins),
        known: *known,
        ..Hour::default()
    })
}

fn streets(body: &mut &[u8], known: [u8; 4]) -> Option<Vec<StreetHour>> {
    let (mut streets, mut next) = (Vec::new(), 0_u64);
    for _ in 0..take(body)? {
        let number = next.checked_add(take(body)?)?;
        let passes = u16::try_from(take(body)?).ok()?;
        let (passed, rest) = body.split_first_chunk::<4>()?;
        *body = rest;
        let most = passed.iter().zip(known).all(|(&minutes, known)| minutes <= known);
        if number >= caps::ROAD_SEGMENTS as u64 || !most {
            return None;
        }
        let segment = SegmentId(u32::try_from(number).ok()?);
        streets.push(StreetHour { segment, passes, passed: *passed });
        next = number + 1;
    }
    Some(streets)
}

fn spots(body: &mut &[u8]) -> Option<Vec<String>> {
    let mut spots: Vec<String> = Vec::new();
    for _ in 0..take(body)? {
        let length = usize::try_from(take(body)?).ok().filter(|&it| it <= caps::FIELD_BYTES)?;
        let (key, rest) = body.split_at_checked(length)?;
        *body = rest;
        let key = std::str::from_utf8(key).ok()?.to_owned();
        if spots.last().is_some_and(|last| *last >= key) {
            return None;
        }
        spots.push(key);
    }
    Some(spots)
}

fn stays(body: &mut &[u8], begins: Timestamp, spots: usize) -> Option<Vec<Stay>> {
    let mut stays: Vec<Stay> = Vec::new();
    for _ in 0..take(body)? {
        let spot = u32::try_from(take(body)?).ok().filter(|&spot| (spot as usize) < spots)?;
        let into = i64::try_from(take(body)?).ok().filter(|&into| into < HOUR)?;
        let left = begins.0.checked_add(into)?;
        let came = left.checked_sub(i64::try_from(take(body)?).ok()?)?;
        let stay = Stay { spot, came: Timestamp(came), left: Timestamp(left) };
        if stays.last().is_some_and(|last| *last > stay) {
            return None;
        }
        stays.push(stay);
    }
    Some(stays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn hours()(
            hour in -1_000_000_i64..1_000_000, known in prop::array::uniform4(0..=60_u8), roads in any::<u8>(),
            numbers in prop::collection::btree_map(0..1_000_000_u32, (any::<u16>(), prop::array::uniform4(0..=60_u8)), 0..30),
            keys in prop::collection::btree_set("[a-zé中 ]{0,6}", 1..6),
            stays in prop::collection::vec((0..6_usize, 0..HOUR, 0..HOUR * 9), 0..12),
        ) -> Hour {
            let begins = Timestamp(hour * HOUR);
            let street = |(number, (passes, passed)): (u32, (u16, [u8; 4]))| {
                let passed = std::array::from_fn(|at| passed[at].min(known[at]));
                StreetHour { segment: SegmentId(number), passes, passed }
            };
            let stay = |(spot, into, long)| {
                let left = Timestamp(begins.0 + into);
                Stay { spot: (spot % keys.len()) as u32, came: Timestamp(left.0 - long), left }
            };
            let mut stays: Vec<Stay> = stays.into_iter().map(stay).collect();
            stays.sort_unstable();
            let streets = numbers.into_iter().map(street).collect();
            Hour { roads: [roads; 32], begins, known, streets, spots: keys.into_iter().collect(), stays }
        }
    }

    proptest! {
        #[test]
        fn an_hour_comes_back_and_no_byte_of_it_can_be_another(hour in hours(), place in any::<prop::sample::Index>(), flip in 1..=255_u8) {
            let mut bytes = hour.encode();
            prop_assert_eq!(Hour::decode(&bytes), Ok(hour));
            let place = place.index(bytes.len());
            prop_assert!(Hour::decode(&bytes[..place]).is_err());
            bytes[place] ^= flip;
            prop_assert!(Hour::decode(&bytes).is_err());
        }
    }

    #[test]
    fn what_cannot_be_is_refused_though_its_checksum_is_right() {
        let street =
            |segment, passed| StreetHour { segment: SegmentId(segment), passes: 1, passed };
        let stay = |spot, left| Stay { spot, came: Timestamp(0), left: Timestamp(left) };
        let good = Hour { known: [60; 4], spots: vec!["a".to_owned()], ..Hour::default() };
        let wrong = |hour: &Hour| Hour::decode(&hour.encode()).map(|_| "nothing");
        let of = |part| Err(HourError::Wrong { part });
        assert_eq!(wrong(&Hour { begins: Timestamp(1), ..good.clone() }), of("head"));
        assert_eq!(wrong(&Hour { known: [61, 0, 0, 0], ..good.clone() }), of("head"));
        let many = vec![street(caps::ROAD_SEGMENTS as u32, [0; 4])];
        assert_eq!(wrong(&Hour { streets: many, ..good.clone() }), of("streets"));
        let more = vec![street(1, [60, 60, 60, 61])];
        assert_eq!(wrong(&Hour { streets: more, ..good.clone() }), of("streets"));
        let keys = ["b", "a"].map(str::to_owned).to_vec();
        assert_eq!(wrong(&Hour { spots: keys, ..good.clone() }), of("hot spots"));
        assert_eq!(wrong(&Hour { stays: vec![stay(1, 5)], ..good.clone() }), of("stays"));
        assert_eq!(wrong(&Hour { stays: vec![stay(0, HOUR)], ..good.clone() }), of("stays"));
        assert_eq!(wrong(&Hour { stays: vec![stay(0, 9), stay(0, 5)], ..good }), of("stays"));
        assert_eq!(Hour::decode(b"PRCTRK1\n"), Err(HourError::Magic));
    }
}
