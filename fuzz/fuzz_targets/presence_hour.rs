//! An hour of presence: bytes as they come, and as what follows a right checksum. What can be read is written again as the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_positions::presence::Hour;

fn read(bytes: &[u8]) {
    if let Ok(hour) = Hour::decode(bytes) {
        assert_eq!(hour.encode(), bytes);
    }
}

fuzz_target!(|data: &[u8]| {
    read(data);
    read(&[&b"PRCHOUR1"[..], &crc32fast::hash(data).to_le_bytes(), data].concat());
    // An hour's head that is right, so that what comes after it is reached.
    let head = [&[0; 40][..], &[60; 4], data].concat();
    read(&[&b"PRCHOUR1"[..], &crc32fast::hash(&head).to_le_bytes(), &head].concat());
});
