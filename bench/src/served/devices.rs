//! Devices that report by themselves, a request for each fix, as `OsmAnd` and Traccar Client do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::Client;
use super::load::{somewhere, wall};

/// Devices; each reports several times a second.
const DEVICES: u32 = 250;
/// Fixes a second of all of them together.
pub(super) const PACE: u32 = 2_000;
/// Threads that send them.
const SENDERS: usize = 8;

/// Devices that are enrolled, by what each shows.
pub(super) fn enrol(control: &Client) -> Vec<String> {
    let enrolled = |unit: u32| {
        let body = json!({"kind": "tracker", "tracker": null});
        let (code, _) = control.done("post", &format!("/api/v1/units/{unit}/devices"), &body);
        let (device, _) = control.done("post", "/api/v1/devices", &json!({"code": code["code"]}));
        device["credential"].as_str().expect("a credential").to_owned()
    };
    (1..=DEVICES).map(enrolled).collect()
}

/// Has the devices report until it ends; how long each request took.
pub(super) fn report(client: &Client, devices: &[String], ends: &AtomicBool) -> Vec<Duration> {
    let each = devices.len().div_ceil(SENDERS).max(1);
    std::thread::scope(|scope| {
        let senders: Vec<_> = devices
            .chunks(each)
            .map(|own| {
                let client = client.another();
                let share = own.len() as f64 / devices.len() as f64;
                let every = Duration::from_secs_f64(1.0 / (f64::from(PACE) * share));
                scope.spawn(move || send(&client, own, every, ends))
            })
            .collect();
        senders.into_iter().flat_map(|sender| sender.join().expect("devices")).collect()
    })
}

fn send(client: &Client, devices: &[String], every: Duration, ends: &AtomicBool) -> Vec<Duration> {
    let (began, mut took) = (Instant::now(), Vec::new());
    for (turn, (unit, credential)) in (0_u32..).zip((1_u64..).zip(devices).cycle()) {
        if ends.load(Ordering::Relaxed) {
            break;
        }
        std::thread::sleep((every * turn).saturating_sub(began.elapsed()));
        let (lon, lat) = somewhere(unit).degrees();
        let east = f64::from(turn % 1_000) * 1e-6;
        let sent = Instant::now();
        let path = format!(
            "/osmand?id={credential}&lat={lat}&lon={}&accuracy=5&timestamp={}",
            lon + east,
            wall()
        );
        let status = client.get(&path).status();
        assert_eq!(status, 200, "{path}");
        took.push(sent.elapsed());
    }
    took
}
