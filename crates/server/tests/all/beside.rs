//! What is kept beside the record: contacts and pictures, through the doors and over a restart.

use std::path::PathBuf;

use precinct_base::Timestamp;
use precinct_contacts::Contacts;
use precinct_journal::keys::Keys;
use precinct_server::Drill;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::city::{self, crossing};
use crate::client::{Client, Said, Town, key};
use crate::duty::soon;
use crate::oversight::last_events;
use crate::person::{administrator, person, post};

fn data(town: &Town) -> PathBuf {
    town.folder.path().join("data")
}

fn intake(contact: &Value) -> Value {
    json!({
        "source": "call", "reported": null, "kind": "disturbance", "priority": null, "at": crossing(1, 1),
        "area": null, "address": null, "hazards": [], "text": null, "contact": contact,
    })
}

fn contact() -> Value {
    json!({"name": "Ms Wong", "number": "+853 6666 0000"})
}

fn put(client: &Client, key: &str, incident: u64, body: &Value) -> Said {
    client.command(key, "put", &format!("/api/v1/incidents/{incident}/contact"), body)
}

fn read(client: &Client, incident: u64) -> Said {
    let path = format!("/api/v1/incidents/{incident}/contact/read");
    post(client, &path, &json!({"purpose": "response"}))
}

/// The contacts in the file that have a key.
fn alive(town: &Town) -> usize {
    Contacts::list(&data(town)).unwrap().iter().filter(|one| one.1).count()
}

fn rows(town: &Town) -> usize {
    Contacts::list(&data(town)).unwrap().len()
}

/// Whether any file of the data folder has it in it.
fn anywhere(town: &Town, secret: &str) -> bool {
    let files = std::fs::read_dir(data(town)).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
    })
}

#[test]
fn a_contact_comes_with_the_call_is_read_on_record_and_is_in_no_file() {
    let town = Town::new();
    let control = town.control();
    let administrator = administrator(&town);
    let dispatcher = person(&administrator, "D1", "dispatcher", 0);
    let opened = control.done("/api/v1/incidents", &intake(&contact()));
    let incident = opened["incident"].as_u64().unwrap();
    assert_eq!(opened["events"][1]["contact_kept.1"]["incident"], incident, "{opened}");
    let shown = read(&dispatcher, incident);
    assert_eq!(shown.headers["cache-control"], "no-store");
    assert_eq!(
        (&shown.body["name"], &shown.body["number"]),
        (&json!("Ms Wong"), &json!("+853 6666 0000"))
    );
    let look = last_events(&town)[0]["access_read.2"].clone();
    assert_eq!((&look["what"], &look["purpose"]), (&json!("contact"), &json!("response")));
    let document = control.get(&format!("/api/v1/incidents/{incident}")).body;
    assert_eq!(document["contact_until"], shown.body["until"]);
    for secret in ["Wong", "6666"] {
        assert!(!anywhere(&town, secret) && !document.to_string().contains(secret), "{secret}");
        assert!(!control.get("/api/v1/board").body.to_string().contains(secret));
        let found = control.get(&format!("/api/v1/search?q={secret}")).body.to_string();
        assert!(
            !found.contains("incident"),
            "no search leads from {secret} to an incident: {found}"
        );
    }
    let path = format!("/api/v1/incidents/{incident}/contact/read");
    assert_eq!(post(&dispatcher, &path, &json!({})).status, 400, "without a purpose");
    assert_eq!(read(&control, incident).status, 403, "machines read no contact");
    for (staff, role, area) in [("A1", "auditor", 0), ("P1", "planner", 0), ("D2", "dispatcher", 2)]
    {
        let other = person(&administrator, staff, role, area);
        assert_eq!(read(&other, incident).status, 403, "{role} of {area}");
    }
    for (wrong, part) in [(json!({}), "neither"), (json!({"number": "1".repeat(65)}), "64")] {
        let said = control.command(&key(), "post", "/api/v1/incidents", &intake(&wrong));
        assert!(said.status == 400 && said.body.to_string().contains(part), "{said:?}");
    }
    assert_eq!(alive(&town), 1);
}

#[test]
fn the_crew_that_is_sent_reads_the_contact_and_no_other() {
    let town = Town::new();
    let control = town.control();
    let administrator = administrator(&town);
    let (sent, other) =
        (person(&administrator, "C1", "crew", 1), person(&administrator, "C2", "crew", 1));
    control.on_duty(1, 1, 1);
    control.on_duty(2, 1, 1);
    let incident =
        control.done("/api/v1/incidents", &intake(&contact()))["incident"].as_u64().unwrap();
    assert_eq!(read(&sent, incident).status, 403, "before it is sent");
    let assignments = format!("/api/v1/incidents/{incident}/assignments");
    control.done(&assignments, &json!({"unit": 1, "recommendation": null}));
    assert_eq!(read(&sent, incident).body["number"], "+853 6666 0000");
    assert_eq!(read(&other, incident).status, 403);
    let newer = json!({"number": "110"});
    assert_eq!(put(&other, &key(), incident, &newer).status, 403);
    assert_eq!(put(&sent, &key(), incident, &newer).status, 200);
    assert_eq!(read(&sent, incident).body["number"], "110");
}

#[test]
fn a_contact_is_replaced_and_erased_and_an_old_command_does_not_bring_it_back() {
    let town = Town::new();
    let control = town.control();
    let dispatcher = person(&administrator(&town), "D1", "dispatcher", 0);
    let incident = control.call(1, 1);
    assert_eq!(read(&dispatcher, incident).status, 404, "none was given");
    let (first, second) = (key(), key());
    assert_eq!(put(&dispatcher, &first, incident, &contact()).status, 200);
    let again = put(&dispatcher, &first, incident, &contact());
    assert_eq!((again.status, &again.body["repeated"]), (200, &json!(true)));
    assert_eq!(put(&dispatcher, &second, incident, &json!({"number": "110"})).status, 200);
    assert_eq!(put(&dispatcher, &first, incident, &contact()).body["repeated"], true);
    let shown = read(&dispatcher, incident).body;
    assert_eq!((&shown["number"], &shown["name"]), (&json!("110"), &Value::Null));
    soon("what was replaced is gone", || rows(&town) == 1);
    let erase = format!("/api/v1/incidents/{incident}/contact/erase");
    dispatcher.command(&key(), "post", &erase, &json!({}));
    assert_eq!(last_events(&town)[0]["contact_erased.1"]["why"], "asked");
    assert_eq!((alive(&town), read(&dispatcher, incident).status), (0, 404));
    assert_eq!(put(&dispatcher, &second, incident, &contact()).body["repeated"], true);
    soon("nothing came back", || rows(&town) == 0);
    assert_eq!(dispatcher.command(&key(), "post", &erase, &json!({})).status, 409, "there is none");
}

#[test]
fn a_contact_goes_with_the_text_of_its_incident() {
    let town = Town::new();
    let control = town.control();
    let officer = person(&administrator(&town), "L1", "duty_officer", 0);
    let incident =
        control.done("/api/v1/incidents", &intake(&contact()))["incident"].as_u64().unwrap();
    control
        .done(&format!("/api/v1/incidents/{incident}/cancel"), &json!({"reason": "false_alarm"}));
    assert!(read(&officer, incident).status == 200 && alive(&town) == 1);
    let erase = format!("/api/v1/incidents/{incident}/erase-text");
    assert_eq!(officer.command(&key(), "post", &erase, &json!({})).status, 200);
    assert_eq!(last_events(&town)[0]["contact_erased.1"]["why"], "text_erased");
    assert_eq!((alive(&town), read(&officer, incident).status), (0, 404));
    assert_eq!(put(&officer, &key(), incident, &contact()).status, 409, "none is kept after");
    assert_eq!(alive(&town), 0);
}

/// The server's own clock: an incident leaves the board a day after its end, which in this drill is a second later.
#[test]
fn the_server_erases_a_contact_by_itself_when_its_time_is_up() {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let town = Town::of(folder, Some(Drill { from: Timestamp(1_704_700_800_000), speed: 100_000 }));
    let control = town.control();
    let incident =
        control.done("/api/v1/incidents", &intake(&contact()))["incident"].as_u64().unwrap();
    assert_eq!(alive(&town), 1);
    control
        .done(&format!("/api/v1/incidents/{incident}/cancel"), &json!({"reason": "false_alarm"}));
    soon("its key is gone, and then the rest of it", || rows(&town) == 0);
    assert!(Keys::reader(&data(&town)).unwrap().alive(1 << 63, u64::MAX).unwrap().is_empty());
}

struct Lots;

impl precinct_contacts::Chance for Lots {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

#[test]
fn a_stop_between_the_two_writes_leaves_no_contact_without_an_incident() {
    let town = Town::new();
    let control = town.control();
    control.done("/api/v1/incidents", &intake(&contact()));
    // As after a stop: the contact is on the disk, and no record takes it up.
    let orphans = Contacts::open(&data(&town)).unwrap();
    let orphan = orphans.keep([9; 16], "{}", Timestamp(0), &mut Lots).unwrap();
    drop(orphans);
    assert_eq!(alive(&town), 2);
    let town = town.restarted();
    assert_eq!((alive(&town), rows(&town)), (1, 1));
    assert!(!Keys::reader(&data(&town)).unwrap().has(orphan.subject()).unwrap());
    let dispatcher = person(&administrator(&town), "D1", "dispatcher", 0);
    assert_eq!(read(&dispatcher, 1).body["name"], "Ms Wong", "what a record holds is left alone");
}

/// Nobody is told in time what became of the command, and it is done after all: the contact is there and belongs to its incident.
#[test]
fn a_contact_whose_command_waited_for_the_disk_is_kept_once() {
    let town = Town::new();
    let control = town.control();
    let hand = Connection::open(data(&town).join("journal.db")).unwrap();
    hand.execute_batch("BEGIN IMMEDIATE").unwrap();
    let key = key();
    let said = control.command(&key, "post", "/api/v1/incidents", &intake(&contact()));
    assert_eq!(said.status, 503, "{said:?}");
    assert_eq!(alive(&town), 1, "it may still be taken up");
    hand.execute_batch("ROLLBACK").unwrap();
    soon("the same key is answered", || {
        control.command(&key, "post", "/api/v1/incidents", &intake(&contact())).status == 200
    });
    assert_eq!(rows(&town), 1);
    assert_eq!(control.get("/api/v1/incidents").body["items"].as_array().unwrap().len(), 1);
    assert!(control.get("/api/v1/incidents/1").body["contact_until"].is_string());
}

#[test]
fn what_is_refused_leaves_no_contact_behind() {
    let town = Town::new();
    let control = town.control();
    let mut wrong = intake(&contact());
    wrong["kind"] = json!("no_such_kind");
    assert_eq!(control.command(&key(), "post", "/api/v1/incidents", &wrong).status, 400);
    assert_eq!(rows(&town), 0);
    assert!(Keys::reader(&data(&town)).unwrap().alive(1 << 63, u64::MAX).unwrap().is_empty());
}

const SECRET: &[u8] = b"22.1987N 113.5439E";

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &((payload.len() + 2) as u16).to_be_bytes(), payload].concat()
}

fn jpeg(secret: bool) -> Vec<u8> {
    let comment = if secret { segment(0xfe, SECRET) } else { Vec::new() };
    let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0x34, 0xff, 0xd9]].concat();
    [vec![0xff, 0xd8], comment, segment(0xdb, &[7; 65]), scan].concat()
}

fn send(client: &Client, key: &str, incident: u64, kind: &str, picture: &[u8]) -> Said {
    let with = [("content-type", kind), ("idempotency-key", key)];
    client.send("post", &format!("/api/v1/incidents/{incident}/media"), &with, picture)
}

/// The status, the media type and the bytes of a picture.
fn look(client: &Client, incident: u64, media: &str) -> (u16, String, Vec<u8>) {
    let url = format!("{}/api/v1/incidents/{incident}/media/{media}/read", client.base);
    let mut request = client.agent.post(url).header("content-type", "application/json");
    for (name, value) in &client.headers {
        request = request.header(name, value);
    }
    let mut response = request.send(&b"{\"purpose\":\"response\"}"[..]).unwrap();
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    (response.status().as_u16(), kind, response.body_mut().read_to_vec().unwrap())
}

fn pictures(town: &Town) -> Vec<PathBuf> {
    let files = std::fs::read_dir(data(town).join("media")).unwrap();
    files.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_picture_is_shown_on_record_without_anything_but_the_picture() {
    let town = Town::new();
    let control = town.control();
    let administrator = administrator(&town);
    let dispatcher = person(&administrator, "D1", "dispatcher", 0);
    let incident = control.call(1, 1);
    let key = key();
    let added = send(&dispatcher, &key, incident, "image/jpeg", &jpeg(true));
    assert_eq!((added.status, &added.body["media"]), (200, &json!(key)), "{added:?}");
    let again = send(&dispatcher, &key, incident, "image/jpeg", &jpeg(true));
    assert_eq!((again.status, &again.body["repeated"]), (200, &json!(true)));
    let document = control.get(&format!("/api/v1/incidents/{incident}")).body;
    let known = &document["media"][0];
    assert_eq!((&known["kind"], &known["by"]), (&json!("image/jpeg"), &json!("D1")));
    assert_eq!(known["bytes"], jpeg(false).len());
    let (status, kind, picture) = look(&dispatcher, incident, &key);
    assert_eq!((status, kind.as_str(), picture), (200, "image/jpeg", jpeg(false)));
    let look_of = last_events(&town)[0]["access_read.2"].clone();
    assert_eq!((&look_of["what"], &look_of["media"]), (&json!("media"), &json!(key)));
    assert_eq!(look(&control, incident, &key).0, 403, "machines see no pictures");
    assert_eq!(look(&dispatcher, incident, &"0".repeat(32)).0, 404);
    assert_eq!(look(&dispatcher, incident, "x").0, 400);
    let east = person(&administrator, "D2", "dispatcher", 2);
    assert_eq!(look(&east, incident, &key).0, 403);
    let files = pictures(&town);
    assert_eq!(files.len(), 1);
    let sealed = std::fs::read(&files[0]).unwrap();
    assert!(!sealed.windows(8).any(|window| window == [7; 8]), "the file is sealed");
    std::fs::write(&files[0], &sealed[1..]).unwrap();
    assert_eq!(look(&dispatcher, incident, &key).0, 500, "it is not what was recorded");
}

#[test]
fn what_is_no_picture_or_too_large_leaves_nothing_behind() {
    let town = Town::new();
    let control = town.control();
    let incident = control.call(1, 1);
    let large = [jpeg(false), vec![0; 4 << 20]].concat();
    for (kind, bytes, status, part) in [
        ("image/png", &jpeg(false)[..], 400, "is image/jpeg"),
        ("image/jpeg", b"GIF89a", 400, "no JPEG"),
        ("image/gif", b"GIF89a", 400, "Content-Type"),
        ("image/jpeg", &jpeg(false)[..30], 400, "cut off"),
        ("image/jpeg", &large, 413, "length limit"),
    ] {
        let said = send(&control, &key(), incident, kind, bytes);
        assert!(said.status == status && said.body.to_string().contains(part), "{part}: {said:?}");
    }
    assert_eq!(send(&control, &key(), 99, "image/jpeg", &jpeg(false)).status, 404);
    for _ in 0..32 {
        assert_eq!(send(&control, &key(), incident, "image/jpeg", &jpeg(false)).status, 200);
    }
    let said = send(&control, &key(), incident, "image/jpeg", &jpeg(false));
    assert!(said.status == 400 && said.body.to_string().contains("more than 32"), "{said:?}");
    assert_eq!(pictures(&town).len(), 32, "the one too many is gone");
}

#[test]
fn pictures_outlive_a_restart_go_with_the_text_and_orphans_are_swept() {
    let town = Town::new();
    let control = town.control();
    let officer = person(&administrator(&town), "L1", "duty_officer", 0);
    let incident = control.call(1, 1);
    let key_of = key();
    assert_eq!(send(&officer, &key_of, incident, "image/jpeg", &jpeg(true)).status, 200);
    let kept = pictures(&town);
    // As after a stop between the two writes.
    std::fs::copy(
        &kept[0],
        data(&town).join(format!("media/{incident:010}-{}.sealed", "b".repeat(32))),
    )
    .unwrap();
    std::fs::write(data(&town).join("media/0000000001-half.fresh"), "half").unwrap();
    let headers = officer.headers.clone();
    let town = town.restarted();
    assert_eq!(pictures(&town), kept);
    let mut officer = town.stranger();
    officer.headers = headers;
    assert_eq!(look(&officer, incident, &key_of).2, jpeg(false));
    let cancel = format!("/api/v1/incidents/{incident}/cancel");
    officer.done(&cancel, &json!({"reason": "false_alarm"}));
    officer.done(&format!("/api/v1/incidents/{incident}/erase-text"), &json!({}));
    assert_eq!(look(&officer, incident, &key_of).0, 404);
    soon("the sealed file goes too", || pictures(&town).is_empty());
    assert_eq!(send(&officer, &key(), incident, "image/jpeg", &jpeg(true)).status, 404, "erased");
}

#[test]
fn a_crew_adds_a_picture_to_what_it_found_and_to_nothing_else_that_is_not_its_task() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let staff = control.get("/api/v1/shifts").body["items"][0]["members"][0]["staff"].clone();
    let crew = person(&administrator(&town), staff.as_str().unwrap(), "crew", 1);
    let found = json!({"source": "patrol", "kind": "noise", "at": crossing(1, 1)});
    let found = crew.done("/api/v1/incidents", &found)["incident"].as_u64().unwrap();
    let called = control.call(1, 1);
    assert_eq!(send(&crew, &key(), called, "image/jpeg", &jpeg(false)).status, 403);
    let added = send(&crew, &key(), found, "image/jpeg", &jpeg(true));
    assert_eq!(added.status, 200, "{added:?}");
    let media = added.body["media"].as_str().unwrap();
    assert_eq!(look(&crew, found, media).0, 403, "it is no task of theirs to look at");
    control.done(&format!("/api/v1/incidents/{found}/cancel"), &json!({"reason": "duplicate"}));
    assert_eq!(send(&crew, &key(), found, "image/jpeg", &jpeg(false)).status, 403, "it is over");
}
