//! Those who carry questions and positions to the city and bring back what it says, each on a thread of its own.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::ask::{Answer, Ask, Key, Refused};
use crate::http::{Carried, Record, listen};
use crate::{Client, ClientError, Fix, frame};

/// What is heard from the carriers.
pub(crate) enum Heard {
    Answered { ticket: u32, ask: &'static str, outcome: Result<Answer, Refused>, carried: Carried },
    Failed(ClientError),
    Told(Record),
    Fixes(usize, Result<Value, String>),
}

/// A question to be carried.
pub(crate) struct Job {
    pub(crate) ticket: u32,
    pub(crate) key: Key,
    pub(crate) ask: Ask,
}

/// Tells what the city tells, after a record.
pub(crate) fn hear_stream(client: &Client, seq: u64, heard: Sender<Heard>) {
    let client = client.clone();
    // Not joined: it waits for bytes that may never come, and ends when nobody listens or the process does.
    std::thread::spawn(move || listen(&client, seq, &heard, Heard::Told));
}

/// Carries questions, one after the other, until there are no more.
pub(crate) fn carry(client: &Client, jobs: &Mutex<Receiver<Job>>, heard: &Sender<Heard>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { ticket, key, ask }) = job else { return };
        let told = match client.put(key, &ask) {
            Ok((outcome, carried)) => Heard::Answered { ticket, ask: ask.name(), outcome, carried },
            Err(error) => Heard::Failed(error),
        };
        if heard.send(told).is_err() {
            return;
        }
    }
}

/// Sends positions, until there are no more.
pub(crate) fn send_fixes(client: &Client, frames: &Receiver<Vec<Fix>>, heard: &Sender<Heard>) {
    while let Ok(fixes) = frames.recv() {
        let outcome = client.positions(&frame(&fixes));
        if heard.send(Heard::Fixes(fixes.len(), outcome)).is_err() {
            return;
        }
    }
}
