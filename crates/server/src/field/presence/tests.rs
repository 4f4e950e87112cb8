//! What is counted, kept and gone on with, against what was driven.

use std::fs;

use super::*;
use crate::keep::replace;

const START: i64 = 472_222 * HOUR_MS;
const MINUTE: i64 = 60_000;

/// A town of one street with two hot spots.
fn ground(folder: &Path, streets: &str) -> Ground {
    fs::write(folder.join("x.osm"), streets).unwrap();
    let toml = "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm\"\n[[hot_spots]]\nfile = \"h.csv\"\n\
        columns = { id = \"id\", lon = \"lon\", lat = \"lat\" }\nconstants = { radius_m = 50, dose_min = 10, every_min = 60 }\n";
    fs::write(folder.join("city.toml"), toml).unwrap();
    fs::write(folder.join("h.csv"), "id,lon,lat\nH1,113.501,22.1\nH2,113.509,22.1\n").unwrap();
    Ground::open(folder, &precinct_city::OpenOptions::default()).unwrap()
}

fn street(to: &str) -> String {
    format!(
        "<osm version=\"0.6\"><node id=\"1\" lat=\"22.1\" lon=\"113.5\"/><node id=\"2\" lat=\"22.1\" lon=\"{to}\"/>\
         <way id=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"residential\"/></way></osm>"
    )
}

fn tick(presence: &Presence, now: Timestamp) {
    presence.listen(now);
    presence.keep(now);
}

fn at(text: &str) -> LonLat {
    text.parse().unwrap()
}

fn all(presence: &Presence) -> Vec<Hour> {
    let mut hours = Vec::new();
    presence
        .each_hour(START - 99 * HOUR_MS..START + 99 * HOUR_MS, |hour| hours.push(hour.unwrap()))
        .unwrap();
    hours.sort_by_key(|hour| hour.begins);
    hours
}

/// What hours say of visits: hot spot, minutes after the start, how many minutes.
fn visits(presence: &Presence) -> Vec<(String, i64, i64)> {
    let of = |hour: Hour| {
        let keys = hour.spots.clone();
        let visit = move |stay: Stay| {
            let (came, left) = (stay.came.0 - START, stay.left.0 - START);
            (keys[stay.spot as usize].clone(), came / MINUTE, (left - came) / MINUTE)
        };
        hour.stays.into_iter().map(visit).collect::<Vec<_>>()
    };
    all(presence).into_iter().flat_map(of).collect()
}

/// Minutes of a patrol, one after another: where it is in each, or nowhere that is known.
fn drive(
    presence: &Presence,
    minutes: std::ops::Range<i64>,
    place: impl Fn(i64) -> Option<&'static str>,
) {
    for minute in minutes {
        let now = Timestamp(START + minute * MINUTE);
        tick(presence, now);
        if let Some(place) = place(minute) {
            presence.seen(UnitId(7), at(place), now, Some(SegmentId(0)));
        }
    }
}

#[test]
fn a_restart_loses_nothing_and_no_file_names_a_unit() {
    let folder = tempfile::tempdir().unwrap();
    let ground = ground(folder.path(), &street("113.51"));
    let data = folder.path().join("data");
    // At H1 for a quarter of an hour, past H2, and at H1 again, on either side of a restart and of the full hour.
    let place = |minute: i64| match minute {
        0..=15 | 50..=70 => Some("113.501,22.1"),
        20 => Some("113.509,22.1"),
        21..=49 => Some("113.505,22.1"),
        _ => None,
    };
    let presence = Presence::open(&data, &ground).unwrap();
    drive(&presence, 0..56, place);
    let there = presence.at_spots().there;
    // As a kill would end it: what was written within the last minute is what there is.
    drop(presence);
    let presence = Presence::open(&data, &ground).unwrap();
    assert_eq!((there, presence.at_spots().there), (vec![1, 0], vec![1, 0]));
    drive(&presence, 56..95, place);
    assert_eq!(visits(&presence), [("H1".to_owned(), 0, 15), ("H1".to_owned(), 50, 20)]);
    let last = |presence: &Presence| presence.at_spots().last;
    let dosed = Some(START + 70 * MINUTE);
    assert_eq!(last(&presence), [Last { visit: dosed, dosed }, Last::default()]);
    let before = all(&presence);
    assert_eq!(before.iter().map(|hour| hour.known[0]).collect::<Vec<_>>(), [51, 35]);
    assert_eq!(before[0].streets[0].passed[0], 51);
    // Seen last in minute 70: within a quarter of an hour up to minute 84, and not in the ten watched after that.
    assert_eq!((before[1].streets[0].passed[0], before[1].streets[0].passed[1]), (25, 35));
    presence.close(Timestamp(START + 95 * MINUTE));
    let presence = Presence::open(&data, &ground).unwrap();
    assert_eq!(all(&presence), before);
    // Two hours later both are over and files of their own.
    tick(&presence, Timestamp(START + 3 * HOUR_MS));
    let after = all(&presence);
    assert_eq!(after[..2], before[..]);
    let names = presence.store().hours.numbers().unwrap();
    assert_eq!(names, [START / HOUR_MS, START / HOUR_MS + 1]);
    let open = fs::read_to_string(data.join("presence/open.json")).unwrap();
    assert!(!open.contains("\"unit\""), "{open}");
    assert_eq!(last(&presence)[0].dosed, dosed);
}

#[test]
fn what_was_counted_on_other_streets_is_told_apart_and_visits_stay() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let here = |_: i64| Some("113.501,22.1");
    let presence = Presence::open(&data, &ground(folder.path(), &street("113.51"))).unwrap();
    let old = presence.roads();
    drive(&presence, 0..30, here);
    presence.end_tour(UnitId(7));
    presence.close(Timestamp(START + 30 * MINUTE));
    let presence = Presence::open(&data, &ground(folder.path(), &street("113.52"))).unwrap();
    assert_ne!(presence.roads(), old);
    drive(&presence, 40..60, |_| None);
    tick(&presence, Timestamp(START + 2 * HOUR_MS));
    let hours = all(&presence);
    // The hour is of the new streets: what was counted before on the old ones is left out, and known to be.
    assert_eq!((hours[0].roads, hours[0].streets.len()), (presence.roads(), 0));
    assert_eq!((hours[0].known[0], visits(&presence)), (11, vec![("H1".to_owned(), 0, 29)]));
}

#[test]
fn what_is_damaged_is_told_and_old_hours_go() {
    let folder = tempfile::tempdir().unwrap();
    let ground = ground(folder.path(), &street("113.51"));
    let data = folder.path().join("data");
    let presence = Presence::open(&data, &ground).unwrap();
    drive(&presence, 0..30, |_| Some("113.501,22.1"));
    tick(&presence, Timestamp(START + 2 * HOUR_MS));
    let path = data.join(format!("presence/{:010}.hour", START / HOUR_MS));
    let mut bytes = fs::read(&path).unwrap();
    bytes[20] ^= 1;
    replace(&path, &bytes).unwrap();
    let mut told = Vec::new();
    let hour = START..START + HOUR_MS;
    presence.each_hour(hour.clone(), |hour| told.push(hour)).unwrap();
    assert!(matches!(&told[..], [Err(why)] if why.contains("damaged")), "{told:?}");
    // Another hour's file under this name is none of it.
    let other = Hour { begins: Timestamp(START + HOUR_MS), ..Hour::default() };
    fs::write(&path, other.encode()).unwrap();
    presence.each_hour(hour, |hour| assert!(hour.unwrap_err().contains("another hour"))).unwrap();
    fs::write(data.join("presence/open.json"), "{").unwrap();
    let presence = Presence::open(&data, &ground).unwrap();
    tick(&presence, Timestamp(START + 400 * 24 * HOUR_MS));
    assert!(path.exists());
    tick(&presence, Timestamp(START + 401 * 24 * HOUR_MS));
    assert!(!path.exists());
}

#[test]
fn a_visit_that_is_told_too_late_is_counted_as_late() {
    let folder = tempfile::tempdir().unwrap();
    let ground = ground(folder.path(), &street("113.51"));
    let presence = Presence::open(&folder.path().join("data"), &ground).unwrap();
    tick(&presence, Timestamp(START + 3 * HOUR_MS));
    for minute in [0, 5, 20] {
        let place = if minute == 20 { "113.505,22.1" } else { "113.501,22.1" };
        presence.seen(UnitId(1), at(place), Timestamp(START + minute * MINUTE), Some(SegmentId(0)));
    }
    presence.end_tour(UnitId(1));
    // The visit, and the pass.
    assert_eq!((presence.late(), visits(&presence)), (2, vec![]));
}
