//! Somebody who speaks to the city.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;

/// What was answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) said: Value,
    /// Seconds after which to come again.
    pub(super) retry_after: Option<u64>,
}

/// A client with a connection of its own.
#[derive(Clone)]
pub(super) struct Client {
    agent: Agent,
    base: String,
    bearer: String,
}

/// A key no command had.
pub(super) fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let ms = since.map_or(0, |since| since.as_millis() as u64);
    format!("{ms:012x}{:020x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Client {
    pub(super) fn new(base: &str, key: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self { agent: config.into(), base: base.to_owned(), bearer: format!("Bearer {key}") }
    }

    /// The same on a connection of its own.
    pub(super) fn another(&self) -> Self {
        Self::new(&self.base, self.bearer.trim_start_matches("Bearer "))
    }

    /// What a body is answered; none if nobody answers.
    pub(super) fn try_send(&self, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
        let answer = self.answer(method, path, body, &key())?;
        Some((answer.status, answer.said))
    }

    /// What a body is answered under a key; none if nobody answers.
    pub(super) fn answer(
        &self,
        method: &str,
        path: &str,
        body: &Value,
        key: &str,
    ) -> Option<Answer> {
        let url = format!("{}{path}", self.base);
        let request = if method == "put" { self.agent.put(url) } else { self.agent.post(url) };
        let request = request
            .header("authorization", &self.bearer)
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        let mut response = request.send(body.to_string().as_bytes()).ok()?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get("retry-after");
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let text = response.body_mut().read_to_string().ok()?;
        Some(Answer { status, said: serde_json::from_str(&text).ok()?, retry_after })
    }

    /// Gives a command that is done; what was answered, and how long it took.
    pub(super) fn done(&self, method: &str, path: &str, body: &Value) -> (Value, Duration) {
        let began = Instant::now();
        let (status, said) = self.try_send(method, path, body).expect("an answer");
        assert_eq!(status, 200, "{path}: {said}");
        (said, began.elapsed())
    }

    pub(super) fn get(&self, path: &str) -> ureq::http::Response<ureq::Body> {
        let request = self.agent.get(format!("{}{path}", self.base));
        request.header("authorization", &self.bearer).call().expect("an answer")
    }

    /// The stream, which has no end: from after that record on, or what is new.
    pub(super) fn stream(&self, after: Option<u64>) -> ureq::http::Response<ureq::Body> {
        let agent: Agent = Agent::config_builder().build().into();
        let mut request = agent.get(format!("{}/api/v1/stream", self.base));
        if let Some(after) = after {
            request = request.header("last-event-id", after.to_string());
        }
        request.header("authorization", &self.bearer).call().expect("a stream")
    }

    /// Sends a frame of positions.
    pub(super) fn positions(&self, frame: &[u8]) {
        let request = self.agent.post(format!("{}/api/v1/positions", self.base));
        let request = request
            .header("authorization", &self.bearer)
            .header("content-type", "application/vnd.precinct.positions");
        let response = request.send(frame).expect("an answer");
        assert_eq!(response.status(), 200);
    }

    /// Whether an incident is on the board.
    pub(super) fn has(&self, incident: u64) -> bool {
        self.get(&format!("/api/v1/incidents/{incident}")).status() == 200
    }

    /// Describes a unit and puts it on duty.
    pub(super) fn on_duty(&self, unit: u32, (now, ends): (&str, &str)) {
        let members = json!([{"staff": format!("C{unit}"), "force": "police"}]);
        let body = json!({
            "call_sign": format!("B{unit}"), "force": "police", "capabilities": ["patrol", "mediation"], "vehicle": "car",
            "home": 1 + unit % 10, "area": 0, "members": members,
        });
        self.done("put", &format!("/api/v1/units/{unit}"), &body);
        let shift =
            json!({"unit": unit, "members": members, "starts": now, "ends": ends, "waived": null});
        let (planned, _) = self.done("post", "/api/v1/shifts", &shift);
        self.done("post", &format!("/api/v1/shifts/{}/start", planned["shift"]), &json!({}));
    }
}
