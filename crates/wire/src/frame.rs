//! The binary batch frame of positions, for gateways that speak for many units.
//!
//! Little-endian. Eight bytes `PRCPOS1\n`, then records of 32 bytes:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | unit |
//! | 4 | longitude, 10⁻⁷ degree, signed |
//! | 4 | latitude, 10⁻⁷ degree, signed |
//! | 2 | accuracy, metres; 65535 is unknown |
//! | 2 | speed, centimetres a second; 65535 is unknown |
//! | 2 | heading, hundredths of a degree clockwise from north; 65535 is unknown |
//! | 1 | flags: bit 0 is a call for help |
//! | 1 | 0 |
//! | 8 | when the device took it, milliseconds since 1970, signed |
//! | 4 | 0 |

use precinct_base::{LonLat, Timestamp, UnitId};

const MAGIC: &[u8; 8] = b"PRCPOS1\n";
/// Bytes of one record.
pub const RECORD_BYTES: usize = 32;
/// The most records in one frame.
pub const MOST_IN_FRAME: usize = 65_536;
const UNKNOWN: u16 = u16::MAX;

/// One unit's position in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameFix {
    /// Which unit.
    pub unit: UnitId,
    /// Where.
    pub at: LonLat,
    /// How exact, metres.
    pub accuracy_m: Option<u16>,
    /// How fast, centimetres a second.
    pub speed_cm_s: Option<u16>,
    /// Where to, hundredths of a degree.
    pub heading_cdeg: Option<u16>,
    /// Whether the officer calls for help.
    pub sos: bool,
    /// When.
    pub time: Timestamp,
}

/// Why bytes are no frame. Nothing of it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// It does not begin as one.
    #[error(
        "the body does not begin with PRCPOS1 and a line feed: send application/vnd.precinct.positions"
    )]
    Magic,
    /// It ends within a record.
    #[error(
        "{bytes} bytes after the head are no whole number of records of 32 bytes: the frame was cut"
    )]
    Cut {
        /// How many.
        bytes: usize,
    },
    /// There are too many records.
    #[error("{records} records are more than {MOST_IN_FRAME}: send several frames")]
    TooMany {
        /// How many.
        records: usize,
    },
    /// A record's place is not on the earth, or a byte that is to be 0 is not.
    #[error(
        "record {record} is none: longitude comes before latitude, in 10⁻⁷ degree, and reserved bytes are 0"
    )]
    Record {
        /// Which, from 0.
        record: usize,
    },
}

/// The fixes of a frame.
pub fn read_frame(bytes: &[u8]) -> Result<Vec<FrameFix>, FrameError> {
    let body = bytes.strip_prefix(MAGIC).ok_or(FrameError::Magic)?;
    let (records, rest) = body.as_chunks::<RECORD_BYTES>();
    if !rest.is_empty() {
        return Err(FrameError::Cut { bytes: body.len() });
    }
    if records.len() > MOST_IN_FRAME {
        return Err(FrameError::TooMany { records: records.len() });
    }
    let read = |(record, bytes)| read_record(bytes).ok_or(FrameError::Record { record });
    records.iter().enumerate().map(read).collect()
}

fn read_record(bytes: &[u8; RECORD_BYTES]) -> Option<FrameFix> {
    let four = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    let two = |at: usize| {
        let value = u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        (value != UNKNOWN).then_some(value)
    };
    let (flags, reserved) = (bytes[18], bytes[19]);
    if flags > 1 || reserved != 0 || four(28) != [0; 4] {
        return None;
    }
    let (low, high) = (u32::from_le_bytes(four(20)), u32::from_le_bytes(four(24)));
    Some(FrameFix {
        unit: UnitId(u32::from_le_bytes(four(0))),
        at: LonLat::new(i32::from_le_bytes(four(4)), i32::from_le_bytes(four(8)))?,
        accuracy_m: two(12),
        speed_cm_s: two(14),
        heading_cdeg: two(16),
        sos: flags == 1,
        time: Timestamp((u64::from(high) << 32 | u64::from(low)).cast_signed()),
    })
}

/// A frame of fixes, as a gateway sends it. No more than [`MOST_IN_FRAME`] belong in one.
pub fn frame(fixes: &[FrameFix]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(MAGIC.len() + RECORD_BYTES * fixes.len());
    bytes.extend(MAGIC);
    for fix in fixes {
        bytes.extend(fix.unit.0.to_le_bytes());
        bytes.extend(fix.at.lon().to_le_bytes());
        bytes.extend(fix.at.lat().to_le_bytes());
        for value in [fix.accuracy_m, fix.speed_cm_s, fix.heading_cdeg] {
            bytes.extend(value.unwrap_or(UNKNOWN).to_le_bytes());
        }
        bytes.extend([u8::from(fix.sos), 0]);
        bytes.extend(fix.time.0.to_le_bytes());
        bytes.extend([0; 4]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fix() -> impl Strategy<Value = FrameFix> {
        let place = (-1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000)
            .prop_map(|(lon, lat)| LonLat::new(lon, lat).unwrap());
        let known = || prop::option::of(0..UNKNOWN);
        (any::<u32>(), place, (known(), known(), known()), any::<bool>(), any::<i64>()).prop_map(
            |(unit, at, (accuracy_m, speed_cm_s, heading_cdeg), sos, time)| FrameFix {
                unit: UnitId(unit),
                at,
                accuracy_m,
                speed_cm_s,
                heading_cdeg,
                sos,
                time: Timestamp(time),
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_framed_is_read(fixes in prop::collection::vec(fix(), 0..20)) {
            prop_assert_eq!(read_frame(&frame(&fixes)), Ok(fixes));
        }

        #[test]
        fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut framed = MAGIC.to_vec();
            framed.extend(&bytes);
            for bytes in [&bytes, &framed] {
                if let Ok(fixes) = read_frame(bytes) {
                    prop_assert_eq!(frame(&fixes), bytes.clone());
                }
            }
        }
    }

    #[test]
    fn faults_name_the_record() {
        let fix = FrameFix {
            unit: UnitId(1),
            at: LonLat::default(),
            accuracy_m: None,
            speed_cm_s: Some(9),
            heading_cdeg: None,
            sos: false,
            time: Timestamp(5),
        };
        let mut bytes = frame(&[fix, fix]);
        assert_eq!(read_frame(&bytes[..bytes.len() - 1]), Err(FrameError::Cut { bytes: 63 }));
        assert_eq!(read_frame(&bytes[1..]), Err(FrameError::Magic));
        bytes[8 + 32 + 11] = 0x7f;
        assert_eq!(read_frame(&bytes), Err(FrameError::Record { record: 1 }));
        let many = frame(&vec![fix; MOST_IN_FRAME + 1]);
        assert_eq!(read_frame(&many), Err(FrameError::TooMany { records: 65_537 }));
    }
}
