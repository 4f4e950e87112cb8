//! The charter, as far as records can break it: every field of every record is on a list, with what it is for and how long it is kept.
#![expect(
    clippy::disallowed_methods,
    reason = "samples are files, so that they outlive the program"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use precinct_core::Fact;
use serde_json::Value;

use crate::records::folder;

/// Every path to a value; numbers of lists are left out.
fn paths(at: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                paths(&format!("{at}.{key}"), value, found);
            }
        }
        Value::Array(list) if list.iter().any(|item| item.is_object() || item.is_array()) => {
            for value in list {
                paths(at, value, found);
            }
        }
        _ => _ = found.insert(at.to_owned()),
    }
}

/// The fields of the newest version of every record, from its sample, in which every field has a value.
fn fields() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in Fact::NAMES {
        let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        let record: Value = serde_json::from_str(&text).unwrap();
        paths(name.split('.').next().unwrap(), &record[name], &mut found);
    }
    found
}

/// The list: field, purpose, retention, separated by tabs.
fn listed() -> BTreeMap<String, (String, String)> {
    let text = fs::read_to_string(folder().join("fields.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let [field, purpose, kept] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not three columns: {line}")
            };
            (field.to_owned(), (purpose.to_owned(), kept.to_owned()))
        })
        .collect()
}

#[test]
fn every_field_of_every_record_is_listed_with_its_purpose_and_retention() {
    let listed = listed();
    let fields = fields();
    let unlisted: Vec<_> = fields.iter().filter(|field| !listed.contains_key(*field)).collect();
    assert!(unlisted.is_empty(), "not in golden/fields.txt: {unlisted:#?}");
    let gone: Vec<_> = listed.keys().filter(|field| !fields.contains(*field)).collect();
    assert!(gone.is_empty(), "in golden/fields.txt and in no record: {gone:#?}");
    for (field, (purpose, kept)) in &listed {
        assert!(purpose.len() > 3, "{field} has no purpose");
        assert!(["record", "text", "setup"].contains(&kept.as_str()), "{field} is kept {kept:?}");
    }
}

/// No optional field is missing from a sample, or the list above would not see it.
#[test]
fn samples_leave_nothing_out() {
    for name in Fact::NAMES {
        let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        let leaves_out = text.contains("null") || text.contains("[]");
        // A catalogue has types without needs and without clocks, and others with them.
        assert!(!leaves_out || *name == "catalogue_set.1", "{name}: {text}");
    }
}

/// Charter 4: a checkpoint keeps numbers, and a containment where points are. Where whoever left was seen is in no record.
#[test]
fn no_record_has_a_place_for_a_movement() {
    let fields = fields();
    let of = |record: &str| -> Vec<&str> {
        let of_it = fields.iter().filter_map(|field| field.strip_prefix(record));
        of_it.filter_map(|field| field.strip_prefix('.')).collect()
    };
    let counted = [
        "corrects",
        "count",
        "post",
        "tally.finds.count",
        "tally.finds.kind",
        "tally.from",
        "tally.people",
        "tally.queue",
        "tally.until",
        "tally.vehicles",
    ];
    assert_eq!(of("checkpoint_counted"), counted);
    for record in ["containment_ordered", "containment_replanned"] {
        let places = of(record).into_iter().filter(|field| field.rsplit('.').next() == Some("at"));
        assert_eq!(places.collect::<Vec<_>>(), ["plan.points.at"], "{record}");
    }
    assert!(!fields.iter().any(|field| field.contains("seen") || field.contains("sighting")));
}

/// Charter 14: what is ordered for a while says who approved it and when it ends.
#[test]
fn what_is_ordered_names_its_approver_and_ends() {
    let fields = fields();
    for record in [
        "aid_joined",
        "containment_ordered",
        "containment_replanned",
        "duty_level_set",
        "post_changed",
        "ring_activated",
    ] {
        for field in ["approver", "until.tick", "until.wall"] {
            assert!(fields.contains(&format!("{record}.{field}")), "{record} has no {field}");
        }
    }
}

#[test]
fn no_record_has_a_place_for_a_person() {
    let of_people = [
        "name", "surname", "phone", "email", "resident", "caller", "suspect", "victim", "birth",
        "sex", "gender", "ethnic", "religion", "face", "plate", "identity", "passport", "photo",
        "score", "risk",
    ];
    for field in fields() {
        let last = field.rsplit('.').next().unwrap();
        assert!(!of_people.iter().any(|word| last.contains(word)), "{field}");
    }
    // What may name somebody is sealed, and only that.
    let sealed: BTreeSet<String> = listed()
        .into_iter()
        .filter_map(|(field, (_, kept))| (kept == "text").then_some(field))
        .collect();
    let expected = [
        "incident_moved.place.address",
        "incident_opened.place.address",
        "incident_opened.text",
        "note_added.text",
    ];
    assert_eq!(sealed, expected.map(str::to_owned).into());
}
