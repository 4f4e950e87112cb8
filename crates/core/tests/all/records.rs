//! Types of record: each has a sample that is read and written to the byte, for as long as there are records of it.
#![expect(
    clippy::disallowed_methods,
    reason = "samples are files, so that they outlive the program"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use precinct_core::event::CatalogueSet;
use precinct_core::{Catalogue, Fact};

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/golden"))
}

#[test]
fn every_type_has_a_sample_that_survives_reading_and_writing() {
    for name in Fact::NAMES {
        let path = folder().join(format!("{name}.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let fact: Fact =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(fact.name(), *name);
        assert_eq!(serde_json::to_string(&fact).unwrap(), text.trim_end(), "{name}");
    }
}

/// Samples of older versions stay, and can be read.
#[test]
fn every_sample_can_be_read() {
    let names: BTreeSet<&str> = Fact::NAMES.iter().copied().collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = fs::read_to_string(&path).unwrap();
            let fact: Fact = serde_json::from_str(&text).unwrap();
            assert!(names.contains(fact.name()), "{}", path.display());
        }
    }
}

#[test]
fn the_sample_of_a_catalogue_is_the_standard_one() {
    let text = fs::read_to_string(folder().join("catalogue_set.1.json")).unwrap();
    let standard = CatalogueSet { catalogue: Box::new(Catalogue::standard()) };
    assert_eq!(serde_json::to_string(&Fact::from(standard)).unwrap(), text.trim_end());
}

#[test]
fn what_is_no_record_is_refused_by_name() {
    for (text, told) in [
        ("{\"unit_back.1\":{\"unit\":1,\"name\":\"x\"}}", "unknown field `name`"),
        ("{\"unit_back.9\":{\"unit\":1}}", "unit_back.9"),
        ("{\"unit_back.1\":{}}", "missing field `unit`"),
        ("{\"unit_back.1\":{\"unit\":-1}}", "-1"),
        (
            "{\"incident_regraded.1\":{\"incident\":1,\"kind\":\"a\",\"priority\":6,\"reason\":\"b\"}}",
            "outside 1 to 5",
        ),
        ("{\"clock_raised.1\":{\"clock\":{\"hunger\":1},\"tell\":\"crew\"}}", "hunger"),
    ] {
        let refused = serde_json::from_str::<Fact>(text).unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
}
