//! A report of OsmAnd or Traccar Client: the JSON form, and fields of a query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_wire::{Report, read_osmand_json, read_osmand_query};

fn sound(report: &Report) {
    assert!(!report.device.is_empty());
    let heading = report.fix.and_then(|fix| fix.heading_cdeg);
    assert!(heading.is_none_or(|heading| heading < 36_000), "{report:?}");
}

fuzz_target!(|text: &str| {
    if let Ok(report) = read_osmand_json(text.as_bytes()) {
        sound(&report);
    }
    let pairs = || text.split('&').map(|field| field.split_once('=').unwrap_or((field, "")));
    for head in [None, Some(("id", "7"))] {
        if let Ok(report) = read_osmand_query(head.into_iter().chain(pairs())) {
            sound(&report);
        }
    }
});
