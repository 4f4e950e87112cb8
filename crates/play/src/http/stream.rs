//! The stream of what happens: server-sent events, taken up again where they broke off.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::Sender;
use std::time::Duration;

use precinct_base::{Timestamp, caps};
use serde_json::Value;

use super::Client;
use crate::Told;
use crate::told::instant;

/// A connection is given up after this, whether or not it lives: one that is half dead cannot be told from one that is quiet.
const RENEWED: Duration = Duration::from_mins(5);
/// Before a connection is made anew.
const PAUSE: Duration = Duration::from_millis(500);

/// A record as the stream tells it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    /// Its number.
    pub(crate) seq: u64,
    /// When.
    pub(crate) at: Timestamp,
    /// What happened.
    pub(crate) facts: Vec<Told>,
}

/// Tells `to` every record after `seq`, for as long as somebody listens. The city may be away meanwhile.
pub(crate) fn listen<T>(client: &Client, mut seq: u64, to: &Sender<T>, wrap: impl Fn(Record) -> T) {
    loop {
        if let Some(from) = client.stream(seq) {
            let heard = records(from, |record| {
                seq = seq.max(record.seq);
                to.send(wrap(record)).is_ok()
            });
            if heard.is_none() {
                return;
            }
        }
        std::thread::sleep(PAUSE);
    }
}

impl Client {
    fn stream(&self, seq: u64) -> Option<impl Read + use<>> {
        let url = format!("{}/api/v1/stream?from={seq}", self.base);
        let request = self.agent.get(&url).header("Authorization", format!("Bearer {}", self.key));
        let request =
            request.header("Last-Event-ID", seq.to_string()).header("Accept", "text/event-stream");
        let request = request.config().timeout_global(Some(RENEWED)).build();
        let response = request.call().ok()?;
        (response.status() == 200).then(|| response.into_body().into_reader())
    }
}

/// Shows every record of a stream to `each`, until it breaks off (`Some`) or nobody listens (`None`).
fn records(from: impl Read, mut each: impl FnMut(Record) -> bool) -> Option<()> {
    let mut lines = BufReader::new(from);
    let (mut line, mut data) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        let most = caps::PLAY_ANSWER_BYTES - data.len() as u64;
        match lines.by_ref().take(most).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return Some(()),
            Ok(_) => {}
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        if line.is_empty() {
            if let Some(record) = record(&data)
                && !each(record)
            {
                return None;
            }
            data.clear();
        } else if let Some(text) = line.strip_prefix(b"data:") {
            data.extend_from_slice(text);
            data.push(b'\n');
        }
    }
}

fn record(data: &[u8]) -> Option<Record> {
    let body: Value = serde_json::from_slice(data).ok()?;
    let facts = body.get("events").map(Told::read_all).unwrap_or_default();
    Some(Record { seq: body.get("seq")?.as_u64()?, at: body.get("at").and_then(instant)?, facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_whole_and_the_rest_is_passed_over() {
        let text = ": a heartbeat\n\nid: 4\nevent: record\ndata: {\"seq\":4,\"at\":\"1970-01-01T00:00:01Z\",\r\n\
                    data: \"events\":[{\"unit_back.1\":{\"unit\":2}}]}\n\nevent: other\ndata: {}\n\n\
                    data: {\"seq\":5,\"at\":\"1970-01-01T00:00:01Z\",\"events\":[]}\n";
        let mut told = Vec::new();
        assert!(
            records(text.as_bytes(), |record| {
                told.push(record);
                true
            })
            .is_some()
        );
        // The last has no empty line after it: it broke off.
        assert_eq!(
            told,
            [Record { seq: 4, at: Timestamp(1_000), facts: vec![Told::Back { unit: 2 }] }]
        );
        assert!(records(text.as_bytes(), |_| false).is_none());
    }
}
