//! The load: incidents through their lives, positions, and somebody who watches.

use std::io::{BufRead as _, BufReader};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use precinct_base::{LonLat, Timestamp, UnitId};
use precinct_wire::{FrameFix, Time, frame};
use serde_json::{Value, json};

use super::client::Client;
use super::devices;

/// Units whose positions a gateway sends.
const SEEN: u32 = 2_000;

/// What is asked of the city.
pub(super) struct Load<'a> {
    pub(super) clients: u32,
    /// Commands a second in all; none is as fast as it goes.
    pub(super) pace: Option<u64>,
    pub(super) lasts: Duration,
    /// Devices that report by themselves.
    pub(super) devices: &'a [String],
}

/// What it took.
pub(super) struct Measured {
    pub(super) took: Duration,
    commands: Vec<Duration>,
    advice: Vec<Duration>,
    lag: Vec<Duration>,
    fixes: Vec<Duration>,
}

/// Times, in milliseconds.
pub(super) struct Times {
    pub(super) count: usize,
    pub(super) p50: f64,
    pub(super) p99: f64,
    pub(super) longest: f64,
}

pub(super) fn times(all: &[Duration]) -> Times {
    let mut all = all.to_vec();
    all.sort_unstable();
    let at = |n: usize| all.get(n).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let count = all.len();
    Times { count, p50: at(count / 2), p99: at(count * 99 / 100), longest: at(count.max(1) - 1) }
}

impl Measured {
    /// Incidents taken in, in an hour.
    pub(super) fn incidents_an_hour(&self) -> f64 {
        self.advice.len() as f64 / self.took.as_secs_f64() * 3_600.0
    }

    pub(super) fn commands(&self) -> Times {
        times(&self.commands)
    }

    pub(super) fn advice(&self) -> Times {
        times(&self.advice)
    }

    pub(super) fn lag(&self) -> Times {
        times(&self.lag)
    }

    pub(super) fn fixes(&self) -> Times {
        times(&self.fixes)
    }
}

pub(super) fn wall() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

/// A place in San Francisco.
pub(super) fn somewhere(n: u64) -> LonLat {
    let (east, north) = (n.wrapping_mul(7_919) % 800_000, n.wrapping_mul(104_729) % 700_000);
    LonLat::new(-1_224_900_000 + east as i32, 377_200_000 + north as i32).unwrap_or_default()
}

/// How long a closed incident stays on the board. A day, as the standard catalogue has it, would fill the board for the whole of an
/// hour; with this, the server's memory has a level it comes to, and whatever rises above it is not given back.
const KEPT_CLOSED: Duration = Duration::from_mins(5);

/// Sets how long closed incidents stay and puts units on duty: one for each client, and those whose positions are sent.
pub(super) fn prepare(control: &Client, clients: u32) {
    let text = control.get("/api/v1/catalogue").body_mut().read_to_string().expect("a catalogue");
    let mut catalogue: Value = serde_json::from_str(&text).expect("a catalogue");
    catalogue["rules"]["keep_closed"] = json!(KEPT_CLOSED.as_millis() as u64);
    control.done("put", "/api/v1/catalogue", &catalogue);
    let text = |ms: i64| Time(Timestamp(ms)).to_string();
    let (now, ends) = (text(wall()), text(wall() + 8 * 3_600_000));
    for unit in 1..=clients.max(SEEN) {
        control.on_duty(unit, (&now, &ends));
    }
}

/// A life of an incident, a command after another.
pub(super) struct Life<'a> {
    client: &'a Client,
    unit: u32,
    /// What each command took.
    commands: Vec<Duration>,
    advice: Vec<Duration>,
}

impl Life<'_> {
    pub(super) fn intake(n: u64) -> Value {
        let (lon, lat) = somewhere(n).degrees();
        json!({
            "source": "call", "reported": null, "kind": "disturbance", "priority": null, "at": [lon, lat], "area": null,
            "address": null, "hazards": [], "text": "two people shouting 两人争吵",
        })
    }

    fn step(&mut self, path: &str, body: &Value, pace: &mut impl FnMut()) -> Value {
        pace();
        let (said, took) = self.client.done("post", path, body);
        self.commands.push(took);
        said
    }

    fn go(&mut self, n: u64, pace: &mut impl FnMut()) {
        let opened = self.step("/api/v1/incidents", &Self::intake(n), pace);
        let incident = opened["incident"].as_u64().expect("an incident");
        let (_, took) =
            self.client.done("post", "/api/v1/recommendations", &json!({"incident": incident}));
        self.advice.push(took);
        let tasks = format!("/api/v1/incidents/{incident}/assignments");
        let unit = self.unit;
        self.step(&tasks, &json!({"unit": unit, "recommendation": null}), pace);
        for step in ["acknowledge", "en-route", "on-scene"] {
            self.step(&format!("{tasks}/{unit}/{step}"), &json!({"at": null}), pace);
        }
        self.step(&format!("{tasks}/{unit}/clear"), &json!({}), pace);
        let end = json!({"disposition": "dealt_with"});
        self.step(&format!("/api/v1/incidents/{incident}/resolve"), &end, pace);
    }
}

/// How far the stream is behind: from the instant in a record to its arrival.
fn watch(client: &Client, ends: &AtomicBool) -> Vec<Duration> {
    let response = client.stream(None);
    let mut lag = Vec::new();
    for line in BufReader::new(response.into_body().into_reader()).lines() {
        let Ok(line) = line else { break };
        if let Some(data) = line.strip_prefix("data: ") {
            let record: Value = serde_json::from_str(data).expect("a record");
            let at: Time = record["at"].as_str().expect("an instant").parse().expect("an instant");
            lag.push(Duration::from_millis((wall() - at.0.0).max(0).cast_unsigned()));
        }
        if ends.load(Ordering::Relaxed) {
            break;
        }
    }
    lag
}

/// A gateway: every unit once a second, in four frames. How long each frame took.
pub(super) fn gateway(client: &Client, ends: &AtomicBool) -> Vec<Duration> {
    let (mut n, mut took) = (0_u64, Vec::new());
    while !ends.load(Ordering::Relaxed) {
        let began = Instant::now();
        for part in 0..4 {
            let units = (1..=SEEN).filter(|unit| unit % 4 == part);
            let fixes: Vec<FrameFix> = units
                .map(|unit| {
                    let home = somewhere(u64::from(unit));
                    let east = home.lon() + (n % 100) as i32 * 100;
                    let at = LonLat::new(east, home.lat()).unwrap_or(home);
                    let unit = UnitId(unit);
                    let (accuracy_m, speed_cm_s, heading_cdeg) = (Some(5), Some(900), Some(9_000));
                    let time = Timestamp(wall());
                    FrameFix { unit, at, accuracy_m, speed_cm_s, heading_cdeg, sos: false, time }
                })
                .collect();
            let sent = Instant::now();
            client.positions(&frame(&fixes));
            took.push(sent.elapsed());
        }
        n += 1;
        std::thread::sleep(Duration::from_secs(1).saturating_sub(began.elapsed()));
    }
    took
}

impl Load<'_> {
    /// Puts it on the city.
    pub(super) fn put(&self, address: &str, key: &str) -> Measured {
        let (ends, next) = (AtomicBool::new(false), AtomicU64::new(wall().cast_unsigned()));
        let given = AtomicU64::new(0);
        let began = Instant::now();
        let (mut commands, mut advice) = (Vec::new(), Vec::new());
        let (mut lag, mut fixes) = (Vec::new(), Vec::new());
        std::thread::scope(|scope| {
            let (ends, next, given) = (&ends, &next, &given);
            let client = || Client::new(address, key);
            let (watcher, sender) = (client(), client());
            let watching = scope.spawn(move || watch(&watcher, ends));
            scope.spawn(move || _ = gateway(&sender, ends));
            let (fleet, devices) = (client(), self.devices);
            let reporting = scope.spawn(move || devices::report(&fleet, devices, ends));
            let workers: Vec<_> = (1..=self.clients)
                .map(|unit| {
                    let client = client();
                    scope.spawn(move || self.work(&client, unit, began, (next, given)))
                })
                .collect();
            for worker in workers {
                let (more, asked) = worker.join().expect("a client");
                commands.extend(more);
                advice.extend(asked);
            }
            ends.store(true, Ordering::Relaxed);
            // One more record, so that who watches sees that it is over.
            let (_, _) = client().done("post", "/api/v1/incidents", &Life::intake(1));
            lag = watching.join().expect("who watches");
            fixes = reporting.join().expect("devices");
        });
        Measured { took: self.lasts.max(began.elapsed()), commands, advice, lag, fixes }
    }

    fn work(
        &self,
        client: &Client,
        unit: u32,
        began: Instant,
        (next, given): (&AtomicU64, &AtomicU64),
    ) -> (Vec<Duration>, Vec<Duration>) {
        let mut life = Life { client, unit, commands: Vec::new(), advice: Vec::new() };
        while began.elapsed() < self.lasts {
            let n = next.fetch_add(1, Ordering::Relaxed);
            life.go(n, &mut || {
                let turn = given.fetch_add(1, Ordering::Relaxed);
                if let Some(pace) = self.pace {
                    let due = Duration::from_micros(turn * 1_000_000 / pace);
                    std::thread::sleep(due.saturating_sub(began.elapsed()));
                }
            });
        }
        (life.commands, life.advice)
    }
}
