//! The charter, as far as columns can break it: every one is on a list, with what it is for and how long it is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::city::City;

#[test]
fn every_column_is_listed_with_its_purpose_and_retention() {
    let city = City::new();
    let columns: BTreeSet<String> = city
        .accounts
        .read(|on| {
            let list =
                "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
                        WHERE m.type = 'table'";
            on.prepare(list)?.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap();
    assert!(columns.len() > 30);
    let lines = include_str!("../../golden/columns.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    let listed: BTreeMap<String, (&str, &str)> = lines
        .map(|line| {
            let [column, purpose, kept] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not three columns: {line}")
            };
            (column.to_owned(), (purpose, kept))
        })
        .collect();
    let unlisted: Vec<_> = columns.iter().filter(|column| !listed.contains_key(*column)).collect();
    assert!(unlisted.is_empty(), "not in golden/columns.txt: {unlisted:#?}");
    let gone: Vec<_> = listed.keys().filter(|column| !columns.contains(*column)).collect();
    assert!(gone.is_empty(), "in golden/columns.txt and in no table: {gone:#?}");
    for (column, (purpose, kept)) in &listed {
        assert!(purpose.len() > 3, "{column} has no purpose");
        let known = ["account", "once", "session", "key", "device"];
        assert!(known.contains(kept), "{column} is kept {kept:?}");
    }
}

#[test]
fn no_column_has_a_place_for_a_person() {
    let of_people =
        ["name", "phone", "mail", "address", "agent", "birth", "sex", "photo", "face", "ip"];
    for line in
        include_str!("../../golden/columns.txt").lines().filter(|line| !line.starts_with('#'))
    {
        let column = line.split('\t').next().unwrap();
        assert!(!of_people.iter().any(|word| column.ends_with(word)), "{column}");
    }
}

/// No secret that somebody shows is in the file as it is shown.
#[test]
fn the_file_holds_hashes() {
    let mut city = City::with_dispatcher();
    let session = city.token();
    let City { accounts, lots, now, .. } = &mut city;
    let key = accounts.create_key(*now, "play".parse().unwrap(), &[], None, lots).unwrap();
    let invitation = accounts.invite(*now, "A2".parse().unwrap(), lots).unwrap();
    let files = std::fs::read_dir(city.folder.path()).unwrap();
    let bytes: Vec<u8> =
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let secret = key.expose().rsplit('_').next().unwrap();
    for shown in [&session, secret, invitation.expose(), super::city::PASSWORD] {
        let found = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!found(shown.as_bytes()), "{shown}");
        let raw: Vec<u8> = (0..shown.len() / 2)
            .filter_map(|at| u8::from_str_radix(&shown[at * 2..at * 2 + 2], 16).ok())
            .collect();
        assert!(raw.len() < 16 || !found(&raw), "{shown}");
    }
}
