//! Search against a look at every name.

use proptest::prelude::*;

use super::city::{Town, at, house, name, site};
use crate::{Gazetteer, Hit, How, Query};

/// Whether every word of the query begins a word of the name.
fn fits(name: &str, query: &str) -> bool {
    let begins = |word: &str| name.split(' ').any(|of| of.starts_with(word));
    query.split(' ').all(begins)
}

/// Whether every word of the query, or all of them together, begin the name from some word on without its spaces.
fn run_together(name: &str, query: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let begins = |word: &str| (0..words.len()).any(|from| words[from..].concat().starts_with(word));
    query.split(' ').all(begins) || begins(&query.replace(' ', ""))
}

fn all(gazetteer: &Gazetteer, text: &str) -> Vec<Hit> {
    gazetteer.search(&Query { text, limit: 100, ..Query::default() })
}

fn sites(names: &[String]) -> Gazetteer {
    let places = names
        .iter()
        .enumerate()
        .map(|(i, text)| site(i as u32, name(text, "", ""), at(i as i32, 0)));
    Gazetteer::build(&Town::default().roads(), places, [])
}

/// Words that are neither short forms nor kinds of street.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[bk]{2,4}", 1..4).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn words_find_the_names_that_a_look_at_each_finds(names in prop::collection::vec(words(), 0..20), query in words()) {
        let expected: Vec<&String> = names.iter().filter(|name| fits(name, &query)).collect();
        let found = all(&sites(&names), &query);
        let as_typed = |hit: &&Hit| hit.rank.how <= How::WordPrefix;
        let mut labels: Vec<&String> = found.iter().filter(as_typed).map(|hit| &hit.label).collect();
        labels.sort();
        for name in &expected {
            prop_assert!(labels.contains(name), "{} finds {:?}", query, labels);
        }
        // More is found only where words run together.
        for label in labels.iter().filter(|label| !expected.contains(*label)) {
            prop_assert!(run_together(label, &query), "{query} finds {label}");
        }
    }

    #[test]
    fn a_name_is_found_first_and_exactly_by_itself(names in prop::collection::vec(words(), 1..20), at in any::<prop::sample::Index>()) {
        let name = at.get(&names);
        let found = all(&sites(&names), name);
        prop_assert_eq!(found[0].rank.how, How::Exact);
        prop_assert!(found.iter().any(|hit| &hit.label == name && hit.rank.how == How::Exact));
    }

    #[test]
    fn a_name_is_found_with_any_one_mistake(names in prop::collection::vec("[bkmt]{6,9}", 1..12),
                                            which in any::<prop::sample::Index>(), place in 0usize..5, mistake in 0usize..4) {
        let name = which.get(&names);
        let mut typed: Vec<char> = name.chars().collect();
        match mistake {
            0 => { typed.remove(place); }
            1 => typed.insert(place, 'z'),
            2 => typed[place] = 'z',
            _ => typed.swap(place, place + 1),
        }
        let typed: String = typed.into_iter().collect();
        let found = all(&sites(&names), &typed);
        let fits_as_typed = found.iter().any(|hit| hit.rank.how == How::Exact);
        prop_assert!(fits_as_typed || found.iter().any(|hit| &hit.label == name), "{typed} for {name}: {found:?}");
    }

    #[test]
    fn every_house_is_found_by_its_number(numbers in prop::collection::btree_set(1u32..10_000, 1..40)) {
        let houses = numbers.iter().map(|n| house(&n.to_string(), "Bakkt St", at(*n as i32 % 90, 1)));
        let gazetteer = Gazetteer::build(&Town::default().roads(), [], houses);
        for number in &numbers {
            let expected = format!("{number} Bakkt St");
            let found = all(&gazetteer, &format!("{number} bakkt street"));
            prop_assert_eq!(&found[0].label, &expected);
        }
    }

    #[test]
    fn any_text_is_answered_in_order_and_always_the_same(text in ".{0,60}", limit in 0usize..200) {
        let gazetteer = super::city::mixed();
        let query = Query { text: &text, limit, near: Some(at(1, 1)), ..Query::default() };
        let hits = gazetteer.search(&query);
        prop_assert!(hits.len() <= limit.min(precinct_base::caps::HITS));
        prop_assert!(hits.is_sorted_by_key(|hit| hit.rank));
        prop_assert_eq!(&hits, &gazetteer.search(&query));
        let fewer = gazetteer.search(&Query { limit: limit / 2, ..query });
        prop_assert!(hits.len() <= limit / 2 || fewer.len() == limit / 2);
    }

    #[test]
    fn what_is_typed_of_real_words_is_answered(words in prop::collection::vec(
        prop::sample::select(vec!["16th", "&", "mission", "and", "st", "中山路", "与", "8", "号", "路口", "口", "zs", "@", "of", "corner", "101", "(", "新"]), 0..16)) {
        let gazetteer = super::city::mixed();
        for text in [words.join(" "), words.concat()] {
            let hits = all(&gazetteer, &text);
            prop_assert!(hits.is_sorted_by_key(|hit| hit.rank));
        }
    }
}
