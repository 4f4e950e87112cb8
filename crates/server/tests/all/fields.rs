//! The charter, as far as doors can break it: every field of every document and every parameter is on a list, with what it is for and how
//! long what it says is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/api-fields.txt");
const KEPT: &[&str] = &[
    "record", "text", "contact", "setup", "account", "once", "track", "presence", "moment", "run",
];

/// The fields of a schema, those within it by their path.
fn fields_of(at: &str, schema: &Value, found: &mut BTreeSet<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{at}.{name}");
        fields_of(&path, field, found);
        found.insert(path);
    }
    for key in ["items", "additionalProperties"] {
        if schema[key].is_object() {
            fields_of(at, &schema[key], found);
        }
    }
    for key in ["oneOf", "anyOf", "allOf", "prefixItems"] {
        for one in schema[key].as_array().into_iter().flatten() {
            fields_of(at, one, found);
        }
    }
}

/// Every field and parameter of the document of the doors.
fn fields() -> BTreeSet<String> {
    let document = serde_json::to_value(precinct_server::openapi()).unwrap();
    let mut found = BTreeSet::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let mut of_it = BTreeSet::new();
        fields_of(name, schema, &mut of_it);
        // A page's items are documents of their own, written out once more.
        let again = |field: &String| name.starts_with("Page_") && field.contains(".items.");
        found.extend(of_it.into_iter().filter(|field| !again(field)));
    }
    for (path, doors) in document["paths"].as_object().unwrap() {
        for (method, door) in doors.as_object().unwrap() {
            for parameter in door["parameters"].as_array().into_iter().flatten() {
                let word = |key: &str| parameter[key].as_str().unwrap().to_owned();
                found.insert(format!("{}.{}", word("in"), word("name")));
            }
            // A body that is written out at its door would pass by unseen.
            for content in door["requestBody"]["content"].as_object().into_iter().flatten() {
                let mut of_it = BTreeSet::new();
                fields_of(&format!("{method} {path}"), &content.1["schema"], &mut of_it);
                found.extend(of_it);
            }
        }
    }
    found
}

/// The list: field, purpose, retention, separated by tabs.
fn listed() -> BTreeMap<String, (String, String)> {
    let text = std::fs::read_to_string(LIST).unwrap();
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

/// With `PRECINCT_BLESS=1` what is gone is taken off the list. What a field is for nobody can bless: it has to be written.
#[test]
fn every_field_of_the_doors_is_listed_with_its_purpose_and_retention() {
    let fields = fields();
    assert!(fields.len() > 400, "{}", fields.len());
    if std::env::var_os("PRECINCT_BLESS").is_some() {
        let text = std::fs::read_to_string(LIST).unwrap();
        let stays = |line: &&str| {
            line.starts_with('#')
                || line.is_empty()
                || line.split('\t').next().is_some_and(|field| fields.contains(field))
        };
        let left: Vec<&str> = text.lines().filter(stays).collect();
        std::fs::write(LIST, format!("{}\n", left.join("\n"))).unwrap();
    }
    let listed = listed();
    let unlisted: Vec<_> = fields.iter().filter(|field| !listed.contains_key(*field)).collect();
    assert!(
        unlisted.is_empty(),
        "not in golden/api-fields.txt: write for each what it is for and how long it is kept: {unlisted:#?}"
    );
    let gone: Vec<_> = listed.keys().filter(|field| !fields.contains(*field)).collect();
    assert!(gone.is_empty(), "in golden/api-fields.txt and at no door: {gone:#?}");
    for (field, (purpose, kept)) in &listed {
        assert!(purpose.len() > 3, "{field} has no purpose");
        assert!(KEPT.contains(&kept.as_str()), "{field} is kept {kept:?}");
    }
}

#[test]
fn no_door_has_a_place_for_a_person() {
    let of_people = [
        "surname", "phone", "email", "resident", "caller", "suspect", "victim", "birth", "sex",
        "gender", "ethnic", "religion", "face", "plate", "passport", "photo", "score", "risk",
    ];
    for field in fields() {
        let last = field.rsplit('.').next().unwrap().to_lowercase();
        assert!(!of_people.iter().any(|word| last.contains(word)), "{field}");
    }
    // What may name somebody is text under its incident's key, or a contact under its own, and only that.
    let kept_as = |kept: &str| -> BTreeSet<String> {
        let of_it = listed().into_iter().filter(|(_, (_, how))| how == kept);
        of_it.map(|(field, _)| field).collect()
    };
    for field in kept_as("text") {
        let last = field.rsplit('.').next().unwrap();
        assert!(["text", "address", "notes"].contains(&last), "{field}");
    }
    let contacts = kept_as("contact");
    assert!(contacts.iter().all(|field| field.to_lowercase().contains("contact")), "{contacts:?}");
    for field in fields().iter().filter(|field| field.starts_with("Contact")) {
        let person = ["name", "number"].iter().any(|word| field.ends_with(word));
        assert_eq!(contacts.contains(field), person, "{field}");
    }
}
