//! A partition of the track: bytes as they come, bytes with a right checksum over the table, and what can be read written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_base::Timestamp;
use precinct_positions::track::{self, Partition, TrackError};

fn read(bytes: &[u8]) -> Result<(), TrackError> {
    let partition = Partition::open(bytes)?;
    for unit in partition.units() {
        let _ = partition.unit(unit, Timestamp(i64::MIN), Timestamp(i64::MAX));
    }
    let fixes = partition.all()?;
    let again = track::encode(fixes.clone()).expect("no more fixes than were read");
    assert_eq!(Partition::open(&again)?.all()?, fixes);
    Ok(())
}

/// One unit's fixes as they come, in a partition that is otherwise right.
fn wrapped(body: &[u8]) -> Option<Vec<u8>> {
    let (count, body) = body.split_first()?;
    let mut bytes = track::MAGIC.to_vec();
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(0_i64.to_le_bytes());
    bytes.extend(i64::MAX.to_le_bytes());
    let entry = [7, u32::from(*count), body.len() as u32, crc32fast::hash(body)];
    bytes.extend(entry.map(u32::to_le_bytes).concat());
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes.extend(body);
    Some(bytes)
}

fuzz_target!(|data: &[u8]| {
    let _ = read(data);
    if let Some(bytes) = wrapped(data) {
        let _ = read(&bytes);
    }
});
