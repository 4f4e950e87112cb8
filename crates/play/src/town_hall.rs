//! For tests: the control room served over HTTP, with a clock of its own, that can be away for a while.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use precinct_base::{Millis, Timestamp};
use serde_json::{Value, json};

use crate::ask::{Answer, Ask, CrewStep, Doors as _, Intake, Key, Refused, UnitWish};
use crate::control_room::Room;
use crate::told::{instant, place};
use crate::{Told, rfc3339};

/// How many times faster than ours its clock runs.
const SPEED: u32 = 3_000;

/// The hall.
pub(crate) struct Hall {
    pub(crate) room: Mutex<Room>,
    began: (Instant, Timestamp),
    /// Commands after which the line is cut, answered or not, and how many requests then find nobody.
    cut_after: u64,
    away: AtomicU32,
    commands: AtomicU64,
    pub(crate) frames: AtomicU64,
    records: Mutex<Vec<String>>,
}

/// Serves a room; its address.
pub(crate) fn serve(start: Timestamp, cut_after: u64) -> (SocketAddr, Arc<Hall>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let hall = Arc::new(Hall {
        room: Mutex::new(Room::new(start)),
        began: (Instant::now(), start),
        cut_after,
        away: AtomicU32::new(0),
        commands: AtomicU64::new(0),
        frames: AtomicU64::new(0),
        records: Mutex::new(Vec::new()),
    });
    let served = hall.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let hall = served.clone();
            std::thread::spawn(move || hall.answer(&stream));
        }
    });
    (address, hall)
}

/// Method, path, key and body.
type Request = (String, String, Option<Key>, Vec<u8>);

fn take(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let (mut length, mut key) = (0, None);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "idempotency-key" => {
                let number = u128::from_str_radix(value.trim(), 16).ok()?;
                let [bytes @ .., a, b, c, d] = number.to_be_bytes();
                let (ms, run) = bytes.split_at(6);
                let ms = ms.iter().fold(0, |all, &byte| all << 8 | u64::from(byte));
                key = Some(Key::new(ms, run.try_into().ok()?, u32::from_be_bytes([a, b, c, d])));
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((method, path, key, body))
}

fn say(mut stream: &TcpStream, status: u16, body: &str) {
    let head = format!(
        "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
}

impl Hall {
    fn now(&self) -> Timestamp {
        let (began, start) = self.began;
        Timestamp(start.0 + (began.elapsed().as_millis() * u128::from(SPEED)) as i64)
    }

    fn answer(&self, stream: &TcpStream) {
        let Some((method, path, key, body)) = take(stream) else { return };
        if self.away.load(Ordering::SeqCst) > 0 {
            self.away.fetch_sub(1, Ordering::SeqCst);
            return;
        }
        let body_json: Value = serde_json::from_slice(&body).unwrap_or_default();
        match (method.as_str(), path.split('?').next().unwrap_or_default()) {
            ("GET", "/api/v1/clock") => {
                let clock = json!({ "now": rfc3339(self.now()), "speed": SPEED, "drill": true, "time_zone": "Asia/Macau" });
                say(stream, 200, &clock.to_string());
            }
            ("GET", "/api/v1/posts") => say(stream, 200, &posts().to_string()),
            ("GET", "/api/v1/units") => say(stream, 200, "{\"items\":[],\"next\":null}"),
            ("GET", "/api/v1/board") => say(stream, 200, "{\"seq\":0}"),
            ("GET", "/api/v1/stream") => self.stream(stream),
            ("GET", _) => say(stream, 200, "{}"),
            (_, "/api/v1/positions") => {
                self.frames.fetch_add(1, Ordering::SeqCst);
                say(stream, 200, "{\"taken\":0,\"left_out\":{}}");
            }
            (_, path) => self.command(stream, (path, key.unwrap(), &body_json)),
        }
    }

    fn command(&self, stream: &TcpStream, (path, key, body): (&str, Key, &Value)) {
        let mut room = self.room.lock().unwrap();
        self.pass(&mut room);
        let outcome = room.ask(key, &ask(path, body));
        self.note(&room, outcome.as_ref().ok());
        drop(room);
        if self.commands.fetch_add(1, Ordering::SeqCst) + 1 == self.cut_after {
            // Done, but nobody is told: the command has to be sent again.
            self.away.store(25, Ordering::SeqCst);
            return;
        }
        match outcome {
            Ok(answer) => say(stream, 200, &told(&answer).to_string()),
            Err(Refused { status, detail }) => {
                say(stream, status, &json!({ "status": status, "detail": detail }).to_string());
            }
        }
    }

    /// Time passes.
    fn pass(&self, room: &mut Room) {
        let now = self.now();
        loop {
            room.now = room.deadline().filter(|&due| due <= now).unwrap_or(now).max(room.now);
            let facts = room.time_passes();
            if facts.is_empty() {
                break;
            }
            let answer = Answer { seq: Some(room.seq), at: room.now, facts, ..Answer::default() };
            self.note(room, Some(&answer));
        }
        room.now = room.now.max(now);
    }

    fn note(&self, room: &Room, answer: Option<&Answer>) {
        if let Some(answer) = answer.filter(|answer| answer.seq == Some(room.seq)) {
            self.records.lock().unwrap().push(told(answer).to_string());
        }
    }

    /// All records so far; the client comes again for more.
    fn stream(&self, stream: &TcpStream) {
        self.pass(&mut self.room.lock().unwrap());
        let records = self.records.lock().unwrap().clone();
        let text =
            records.iter().fold(String::new(), |text, record| text + "data: " + record + "\n\n");
        say(stream, 200, &text);
    }
}

fn posts() -> Value {
    let post = |post: &crate::PostSeen| {
        let (lon, lat) = post.at.degrees();
        json!({ "post": post.post, "kind": post.kind.name(), "area": post.area, "at": [lon, lat], "name": { "en": post.name, "zh": "" } })
    };
    json!({ "items": Room::posts().iter().map(post).collect::<Vec<_>>(), "next": null })
}

/// An answer as the API has it.
fn told(answer: &Answer) -> Value {
    let mut body = json!({
        "seq": answer.seq,
        "at": rfc3339(answer.at),
        "events": answer.facts.iter().map(record).collect::<Vec<_>>(),
        "incident": answer.incident,
        "shift": answer.shift,
    });
    if let Some((id, chosen)) = &answer.advice {
        body["id"] = id.clone();
        body["chosen"] = json!(chosen);
    }
    body
}

/// A record with the fields that a player reads.
fn record(fact: &Told) -> Value {
    match fact {
        Told::Opened { incident, at } => {
            let at = at.map(|at| [at.lon(), at.lat()]);
            json!({ "incident_opened.1": { "incident": incident, "place": { "at": at } } })
        }
        Told::DuplicateSuggested { incident, of } => {
            json!({ "duplicate_suggested.1": { "incident": incident, "of": of } })
        }
        Told::Closed { incident } => json!({ "incident_resolved.1": { "incident": incident } }),
        Told::Reopened { incident } => json!({ "incident_reopened.1": { "incident": incident } }),
        Told::Merged { from } => json!({ "incidents_merged.1": { "from": from } }),
        Told::Dispatched { incident, unit } => {
            json!({ "unit_dispatched.2": { "incident": incident, "unit": unit } })
        }
        Told::OnView { incident, unit } => {
            json!({ "unit_on_view.1": { "incident": incident, "unit": unit } })
        }
        Told::OnScene { incident, unit, .. } => {
            json!({ "unit_on_scene.1": { "incident": incident, "unit": unit } })
        }
        Told::Cleared { incident, unit } => {
            json!({ "unit_cleared.1": { "incident": incident, "unit": unit } })
        }
        Told::TakenOff { incident, unit } => {
            json!({ "unit_declined.1": { "incident": incident, "unit": unit } })
        }
        Told::ShiftStarted { unit, shift } => {
            json!({ "shift_started.1": { "unit": unit, "shift": shift } })
        }
        Told::ShiftEnded { unit } => json!({ "shift_ended.1": { "unit": unit } }),
        Told::Out { unit } => json!({ "unit_out.1": { "unit": unit } }),
        Told::Back { unit } => json!({ "unit_back.1": { "unit": unit } }),
        Told::Rang { clock } => json!({ "clock_raised.1": { "clock": clock } }),
        Told::SosRaised { sos } => json!({ "sos_raised.1": { "sos": sos } }),
    }
}

/// What is asked, read from the path and the body: the other way round than the client.
fn ask(path: &str, body: &Value) -> Ask {
    let parts: Vec<&str> = path.trim_start_matches("/api/v1/").split('/').collect();
    let id = |place: usize| parts[place].parse::<u32>().unwrap();
    let number = |field: &str| body[field].as_u64().unwrap() as u32;
    let time = |field: &str| instant(&body[field]).unwrap();
    let staff = || {
        body["members"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["staff"].as_str().unwrap().to_owned())
            .collect()
    };
    match parts[..] {
        ["units", _] => Ask::SetUnit(UnitWish {
            unit: id(1),
            call_sign: body["call_sign"].as_str().unwrap().to_owned(),
            force: word(&body["force"]),
            capabilities: body["capabilities"].as_array().unwrap().iter().map(word).collect(),
            home: number("home"),
            area: number("area"),
            members: staff(),
        }),
        ["shifts"] => Ask::PlanShift {
            unit: number("unit"),
            force: word(&body["members"][0]["force"]),
            members: staff(),
            starts: time("starts"),
            ends: time("ends"),
        },
        ["shifts", _, "start"] => Ask::StartShift { shift: id(1) },
        ["shifts", _, "end"] => Ask::EndShift { shift: id(1) },
        ["incidents"] => Ask::Open(Intake {
            source: word(&body["source"]),
            reported: time("reported"),
            kind: body["kind"].as_str().unwrap().to_owned(),
            priority: body["priority"].as_u64().map(|priority| priority as u8),
            at: place(&body["at"]).unwrap(),
            address: None,
        }),
        ["recommendations"] => Ask::Recommend { incident: number("incident") },
        ["incidents", _, ..] => of_incident(&parts, body),
        ["units", _, "out"] => Ask::Out { unit: id(1), reason: word(&body["reason"]) },
        ["units", _, "back"] => Ask::Back { unit: id(1) },
        ["units", _, "sos"] => Ask::Sos { unit: id(1), at: place(&body["at"]).unwrap() },
        ["sos", _, _] => Ask::CloseSos { sos: id(1), outcome: word(&body["outcome"]) },
        _ => Ask::AnswerClock { clock: body["clock"].clone(), hold: Millis(number("hold_ms")) },
    }
}

/// What is asked about an incident.
fn of_incident(parts: &[&str], body: &Value) -> Ask {
    let id = |place: usize| parts[place].parse::<u32>().unwrap();
    let number = |field: &str| body[field].as_u64().unwrap() as u32;
    match *parts {
        ["incidents", _, "assignments"] => {
            Ask::Dispatch { incident: id(1), unit: number("unit"), recommendation: None }
        }
        ["incidents", _, "assignments", _, step] => {
            let step = match step {
                "acknowledge" => CrewStep::Acknowledge,
                "en-route" => CrewStep::EnRoute,
                "on-scene" => CrewStep::OnScene,
                "on-view" => CrewStep::OnView,
                "clear" => CrewStep::Clear,
                _ => CrewStep::Decline(word(&body["reason"])),
            };
            Ask::Step { incident: id(1), unit: id(3), step }
        }
        ["incidents", _, "resolve"] => {
            Ask::Resolve { incident: id(1), disposition: word(&body["disposition"]) }
        }
        _ => Ask::DismissDuplicate { incident: id(1), of: number("other") },
    }
}

/// A word that lives as long as the test.
fn word(value: &Value) -> &'static str {
    value.as_str().unwrap().to_owned().leak()
}
