//! A server that is killed in the middle of commands: what was acknowledged is there when it is back, and those who were at work go on.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::CLIENTS;
use super::client::{self, Client};
use super::load::Life;
use super::process::Process;

/// How long clients are at work before the server is killed.
const WORKS: Duration = Duration::from_secs(3);
/// It is back within this, city, roads and record included.
const BACK: Duration = Duration::from_secs(10);

/// What was going on when it was killed.
#[derive(Default)]
struct Told {
    /// Incidents that were acknowledged, and the records they are in.
    incidents: Vec<u64>,
    records: Vec<u64>,
    /// Commands that had no answer, with their keys.
    unanswered: Vec<(String, Value)>,
    /// The records that a watcher of the stream had heard of.
    heard: Vec<u64>,
}

/// Kills the server in the middle of commands; says what was acknowledged and what is there afterwards.
pub(super) fn report(process: &mut Process, key: &str) -> String {
    let told = until_killed(process, key);
    let began = Instant::now();
    process.restart();
    let took = began.elapsed();
    assert!(took <= BACK, "back after {} s", took.as_secs_f64());
    let control = Client::new(process.address(), key);
    let missing = told.incidents.iter().filter(|&&incident| !control.has(incident)).count();
    assert_eq!(missing, 0, "acknowledged incidents are missing");
    let mut known: BTreeSet<u64> = told.incidents.iter().copied().collect();
    assert_eq!(known.len(), told.incidents.len(), "no number is given twice");
    let mut newest = told.records.iter().copied().max().unwrap_or_default();
    for (key, body) in &told.unanswered {
        let answer = control.answer("post", "/api/v1/incidents", body, key).expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.said);
        assert!(
            known.insert(answer.said["incident"].as_u64().expect("an incident")),
            "another's incident"
        );
        newest = newest.max(answer.said["seq"].as_u64().expect("a record"));
    }
    let last = told.heard.last().copied().unwrap_or_default();
    let after = records(&control, Some(last), |record| record >= newest);
    assert!(after.first().is_some_and(|&first| first > last), "what was heard is not told again");
    let heard: BTreeSet<u64> = told.heard.iter().chain(&after).copied().collect();
    let unheard = told.records.iter().filter(|record| !heard.contains(record)).count();
    // The watcher came after the first of them.
    let from = told.heard.first().copied().unwrap_or_default();
    let early = told.records.iter().filter(|&&record| record < from).count();
    assert_eq!(unheard, early, "records that the stream never told");
    format!(
        "Killed (SIGKILL) with {CLIENTS} clients at work: {} incidents acknowledged by then in this run, {missing} missing after the restart; {} \
         commands without an answer given again under their keys, each done once; a watcher of the stream went on after the last record it had heard and \
         missed none; ready again in {:.1} s, city, roads and record included.\n",
        told.incidents.len(),
        told.unanswered.len(),
        took.as_secs_f64(),
    )
}

/// The numbers of the records that the stream tells, up to the first that is enough or its end.
fn records(client: &Client, after: Option<u64>, enough: impl Fn(u64) -> bool) -> Vec<u64> {
    let response = client.stream(after);
    let (mut records, mut told) = (Vec::new(), None);
    for line in BufReader::new(response.into_body().into_reader()).lines() {
        let Ok(line) = line else { break };
        if let Some(id) = line.strip_prefix("id:") {
            told = id.trim().parse().ok();
        }
        // An event is told whole once an empty line has come.
        let Some(record) = told.take_if(|_| line.is_empty()) else { continue };
        records.push(record);
        if enough(record) {
            break;
        }
    }
    records
}

/// Has clients take in incidents, and somebody watch, until the server is killed.
fn until_killed(process: &mut Process, key: &str) -> Told {
    let told = Mutex::new(Told::default());
    let address = process.address().to_owned();
    std::thread::scope(|scope| {
        let told = &told;
        let watcher = Client::new(&address, key);
        scope.spawn(move || {
            let heard = records(&watcher, None, |_| false);
            told.lock().expect("what was told").heard = heard;
        });
        for n in 0..CLIENTS {
            let client = Client::new(&address, key);
            scope.spawn(move || {
                for k in 0.. {
                    let (body, key) = (Life::intake(u64::from(n) << 32 | k), client::key());
                    let answer = client.answer("post", "/api/v1/incidents", &body, &key);
                    let mut told = told.lock().expect("what was told");
                    let Some(answer) = answer else {
                        told.unanswered.push((key, body));
                        return;
                    };
                    assert_eq!(answer.status, 200, "{}", answer.said);
                    let number = |of: &str| answer.said[of].as_u64().expect("a number");
                    told.incidents.push(number("incident"));
                    told.records.push(number("seq"));
                }
            });
        }
        std::thread::sleep(WORKS);
        process.kill();
    });
    told.into_inner().expect("what was told")
}
