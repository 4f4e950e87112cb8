//! A message of OwnTracks: the body as it comes, and as what follows the beginning of a location.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_wire::read_owntracks;

fn read(body: &[u8]) {
    let Ok(Some(fix)) = read_owntracks(body) else { return };
    assert!(fix.heading_cdeg.is_none_or(|heading| heading < 36_000), "{fix:?}");
}

fuzz_target!(|data: &[u8]| {
    read(data);
    read(&[br#"{"_type":"location","lat":22.19,"lon":113.54,"tst":1704700800,"#, data].concat());
});
