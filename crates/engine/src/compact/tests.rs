//! What is read here is what a parser of JSON reads, for every type of record and whatever is done to its text.

use std::fs;

use precinct_core::Fact;
use proptest::prelude::*;

use super::read;

/// Every type of record as it is written today.
fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/golden");
    let read = |name| fs::read_to_string(format!("{folder}/{name}.json")).unwrap();
    Fact::NAMES.iter().map(|name| read(name).trim_end().to_owned()).collect()
}

#[test]
fn every_type_of_record_is_read_without_the_parser() {
    for text in samples() {
        let parsed: Fact = serde_json::from_str(&text).unwrap();
        assert_eq!(read::<Fact>(&text).unwrap(), parsed, "{text}");
    }
}

#[test]
fn what_is_written_otherwise_is_left_to_the_parser() {
    for text in ["01", "-0", "1.0", "1e3", "18446744073709551616", "", " 1", "1 ", "-", "+1"] {
        assert!(read::<i64>(text).is_err() && read::<u64>(text).is_err(), "{text:?}");
    }
    for text in ["\"\\u0041\"", "\"a\nb\"", "\"", "a", "null"] {
        assert!(read::<String>(text).is_err(), "{text:?}");
    }
    for text in ["[1,]", "[,1]", "[1 2]", "[1", "[]]"] {
        assert!(read::<Vec<u8>>(text).is_err(), "{text:?}");
    }
    assert_eq!(
        read::<Vec<Option<i64>>>("[-5,null,0,7]").unwrap(),
        [Some(-5), None, Some(0), Some(7)]
    );
    assert_eq!(read::<(String, bool)>("[\"事\",true]").unwrap(), ("事".to_owned(), true));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Pieces of any record, cut, doubled and changed.
    #[test]
    fn what_is_read_is_what_the_parser_reads(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0u8..4, any::<prop::sample::Index>()), 0..3),
    ) {
        const WORDS: [&str; 14] =
            ["0", "-", "1", ",", ":", "\"", "{", "}", "[", "]", "null", "true", "\\", " "];
        let samples = samples();
        let mut text: Vec<char> = which.get(&samples).chars().collect();
        for (at, how, word) in changes {
            let at = at.index(text.len().max(1)).min(text.len());
            let word = word.get(&WORDS).chars();
            match how {
                0 => drop(text.splice(at..at, word)),
                1 => drop(text.splice(at..(at + 1).min(text.len()), word)),
                2 => drop(text.drain(at..(at + 1).min(text.len()))),
                _ => text.truncate(at),
            }
        }
        let text: String = text.into_iter().collect();
        if let Ok(fact) = read::<Fact>(&text) {
            let parsed = serde_json::from_str::<Fact>(&text).map_err(|error| error.to_string());
            prop_assert_eq!(Ok(fact), parsed, "{}", text);
        }
    }
}
