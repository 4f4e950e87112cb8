//! Positions in a binary batch frame: eight bytes of header, thirty-two for each fix, little-endian.

use crate::Fix;

const MAGIC: &[u8; 8] = b"PRCPOS1\n";
/// What stands for "unknown".
const UNKNOWN: u16 = u16::MAX;
/// How far off the fixes of a made-up receiver are, in metres.
const ACCURACY_M: u16 = 5;

/// The frame of these fixes.
///
/// ```
/// assert_eq!(precinct_play::frame(&[]), b"PRCPOS1\n");
/// ```
pub fn frame(fixes: &[Fix]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + 32 * fixes.len());
    bytes.extend_from_slice(MAGIC);
    for fix in fixes {
        bytes.extend(fix.unit.to_le_bytes());
        bytes.extend(fix.at.lon().to_le_bytes());
        bytes.extend(fix.at.lat().to_le_bytes());
        bytes.extend(ACCURACY_M.to_le_bytes());
        bytes.extend(fix.speed.to_le_bytes());
        bytes.extend(fix.heading.unwrap_or(UNKNOWN).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(fix.time.0.to_le_bytes());
        bytes.extend([0; 4]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::{LonLat, Timestamp};

    #[test]
    fn a_fix_takes_thirty_two_bytes_in_the_order_of_the_contract() {
        let at = LonLat::new(-2, 3).unwrap();
        let bytes = frame(&[Fix { unit: 1, at, speed: 4, heading: None, time: Timestamp(6) }]);
        let expected = [
            1, 0, 0, 0, 254, 255, 255, 255, 3, 0, 0, 0, 5, 0, 4, 0, 255, 255, 0, 0, 6, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0,
        ];
        assert_eq!(bytes[8..], expected);
        let north =
            frame(&[Fix { unit: 1, at, speed: 4, heading: Some(0x0102), time: Timestamp(6) }]);
        assert_eq!(north[24..26], [2, 1]);
    }
}
