//! A frame of positions from a gateway: bytes as they come, and as the records of a frame that is otherwise right. What can be read is written
//! again as the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_wire::{MOST_IN_FRAME, RECORD_BYTES, frame, read_frame};

fn read(bytes: &[u8]) {
    let Ok(fixes) = read_frame(bytes) else { return };
    assert!(fixes.len() <= MOST_IN_FRAME);
    assert_eq!(frame(&fixes), bytes);
}

fuzz_target!(|data: &[u8]| {
    read(data);
    let whole = &data[..data.len() / RECORD_BYTES * RECORD_BYTES];
    read(&[&frame(&[]), whole].concat());
});
