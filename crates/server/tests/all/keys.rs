//! Keys that the command line makes: on record before anything is done with them, once.

use precinct_accounts::Accounts;
use precinct_base::{AreaId, Timestamp};
use precinct_core::{Grant, Role};
use serde_json::{Value, json};

use crate::city;
use crate::client::{Client, Drawn, Town};
use crate::duty::soon;

/// A key that the command line makes while the city is served or before.
fn made(folder: &std::path::Path, name: &str) -> String {
    let accounts = Accounts::open(&folder.join("data")).unwrap();
    let roles = [Grant { role: Role::Dispatcher, area: AreaId(2) }];
    let seed = &mut Drawn(name.len() as u64);
    let key =
        accounts.create_unrecorded_key(Timestamp(0), name.parse().unwrap(), &roles, None, seed);
    key.unwrap().expose().to_owned()
}

fn with_key(town: &Town, key: &str) -> Client {
    let headers = vec![("authorization".to_owned(), format!("Bearer {key}"))];
    Client { headers, ..town.stranger() }
}

/// What the record says of a machine, and who said it.
fn recorded(town: &Town, staff: &str) -> Vec<(Value, String)> {
    let reader = precinct_journal::Reader::open(&town.folder.path().join("data")).unwrap();
    let mut found = Vec::new();
    reader
        .read(1, &mut |row| {
            let body: Value = serde_json::from_str(row.body).unwrap();
            let facts = body["facts"].as_array().unwrap().iter();
            let of_it = facts.map(|fact| fact["account_changed.1"].clone());
            let of_it = of_it.filter(|changed| changed["staff"] == staff);
            found.extend(of_it.map(|changed| (changed, row.actor.to_owned())));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    found
}

#[test]
fn a_key_of_the_command_line_is_on_record_before_it_is_accepted_and_once() {
    let town = Town::new();
    let machine = with_key(&town, &made(town.folder.path(), "cad"));
    let both = [machine.clone(), machine.clone()];
    std::thread::scope(|scope| {
        for one in &both {
            scope.spawn(|| assert_eq!(one.get("/api/v1/board").status, 200));
        }
    });
    let said = recorded(&town, "key/cad");
    assert_eq!(said.len(), 1, "{said:?}");
    let (changed, by) = &said[0];
    assert_eq!(changed["change"], "created");
    assert_eq!(changed["roles"], json!([{"role": "dispatcher", "area": 2}]));
    assert_eq!(by, "system");
    let town = town.restarted();
    assert_eq!(recorded(&town, "key/cad").len(), 1, "once");
}

#[test]
fn a_key_that_nobody_uses_is_put_on_record_too() {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    std::fs::create_dir(folder.path().join("data")).unwrap();
    made(folder.path(), "idle");
    let town = Town::of(folder, None);
    soon("the key is on record", || recorded(&town, "key/idle").len() == 1);
    soon("that is written down", || {
        let accounts = Accounts::open(&town.folder.path().join("data")).unwrap();
        accounts.unrecorded_keys().unwrap().is_empty()
    });
}
