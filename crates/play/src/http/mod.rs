//! The doors over HTTP: every command under a key of its own, repeated under the same until the city has answered.

mod frame;
mod request;
mod seen;
mod stream;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use precinct_base::{Timestamp, caps};
use serde_json::Value;
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

use self::request::{Method, answer, request};
use crate::ask::{Answer, Ask, Doors, Key, Refused};
use crate::told::instant;

pub use self::frame::frame;
pub use self::seen::FreeUnit;
pub(crate) use self::stream::{Record, listen};

/// How long a client waits and how often it tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For one answer.
    pub answer: Duration,
    /// For the city to be there again, all told.
    pub away: Duration,
    /// Before the second try; twice as long before each that follows, up to five seconds.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(30),
            away: Duration::from_mins(10),
            pause: Duration::from_millis(100),
        }
    }
}

/// Why a city cannot be asked any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// It was away for longer than anybody waits.
    #[error(
        "{server} has not answered for {seconds} s ({why}): check that it runs and start again"
    )]
    Away {
        /// Its address.
        server: String,
        /// For how long.
        seconds: u64,
        /// What was met last.
        why: String,
    },
    /// The key is no good.
    #[error(
        "{server} does not let this key do that ({refused}): make one with `precinct key create`"
    )]
    Key {
        /// Its address.
        server: String,
        /// What it said.
        refused: Refused,
    },
    /// It answered something that the contract does not have.
    #[error(
        "{server} answered {what} at {path}, which this program cannot read: use a server of the same version"
    )]
    Answer {
        /// Its address.
        server: String,
        /// Which door.
        path: String,
        /// What was met.
        what: String,
    },
}

/// The time in a served city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What time it is there.
    pub now: Timestamp,
    /// How many times faster than ours its clock runs.
    pub speed: u32,
    /// Whether it is a drill.
    pub drill: bool,
    /// Its time zone.
    pub time_zone: String,
}

/// What came back, and what it took.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Carried {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body; null if it has none.
    pub(crate) body: Value,
    /// How long the last try took.
    pub(crate) took: Duration,
    /// How often it was tried.
    pub(crate) tries: u32,
}

/// A program's way into a served city. Copies share their connections.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    base: String,
    key: String,
    positions_key: String,
    patience: Patience,
}

/// What one try brought.
enum Try {
    Done(u16, Value),
    /// Nothing that can be relied on; why, and how long the city asks to wait.
    Again(String, Option<Duration>),
}

impl Client {
    /// A way into the city at `base`, such as `http://127.0.0.1:7171`, with an API key.
    pub fn new(base: &str, key: &str, patience: Patience) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(patience.answer))
            .max_idle_connections_per_host(16)
            .build();
        let base = base.trim_end_matches('/').to_owned();
        let (key, positions_key) = (key.to_owned(), key.to_owned());
        Self { agent: config.into(), base, key, positions_key, patience }
    }

    /// The same with a key of its own for positions, where gateways have one.
    #[must_use]
    pub fn with_positions_key(mut self, key: &str) -> Self {
        key.clone_into(&mut self.positions_key);
        self
    }

    /// Carries one question, until there is an answer to rely on.
    ///
    /// # Errors
    /// When the city has been away for too long, or does not know the key.
    pub(crate) fn carry(
        &self,
        (method, path, body): (Method, &str, Option<&Value>),
        key: Option<Key>,
    ) -> Result<Carried, ClientError> {
        let (began, mut pause) = (Instant::now(), self.patience.pause);
        let mut tries = 0;
        loop {
            tries += 1;
            let start = Instant::now();
            match self.once((method, path, body), key) {
                Try::Done(status @ 401, body) => {
                    let refused = refusal(status, &body);
                    return Err(ClientError::Key { server: self.base.clone(), refused });
                }
                Try::Done(status, body) => {
                    return Ok(Carried { status, body, took: start.elapsed(), tries });
                }
                Try::Again(why, asked) => {
                    let waits = asked.unwrap_or(pause).min(Duration::from_secs(30));
                    if began.elapsed() + waits > self.patience.away {
                        let seconds = began.elapsed().as_secs();
                        return Err(ClientError::Away { server: self.base.clone(), seconds, why });
                    }
                    std::thread::sleep(waits);
                    pause = (pause * 2).min(Duration::from_secs(5));
                }
            }
        }
    }

    fn once(&self, (method, path, body): (Method, &str, Option<&Value>), key: Option<Key>) -> Try {
        let url = format!("{}{path}", self.base);
        let bearer = format!("Bearer {}", self.key);
        let sent = match method {
            Method::Get => self.agent.get(&url).header("Authorization", bearer).call(),
            Method::Post | Method::Put => {
                let request = if method == Method::Put {
                    self.agent.put(&url)
                } else {
                    self.agent.post(&url)
                };
                let request = request.header("Authorization", bearer);
                let request = match key {
                    Some(key) => request.header("Idempotency-Key", key.to_string()),
                    None => request,
                };
                request.send_json(body.unwrap_or(&Value::Null))
            }
        };
        match sent {
            Ok(response) => read(response),
            Err(error) => Try::Again(error.to_string(), None),
        }
    }

    /// Sends where units are. Nothing is repeated: the next frame says more.
    ///
    /// # Errors
    /// Why the frame was not taken.
    pub fn positions(&self, frame: &[u8]) -> Result<Value, String> {
        let url = format!("{}/api/v1/positions", self.base);
        let request =
            self.agent.post(&url).header("Authorization", format!("Bearer {}", self.positions_key));
        let sent = request.header("Content-Type", "application/vnd.precinct.positions").send(frame);
        match read(sent.map_err(|error| error.to_string())?) {
            Try::Done(200, body) => Ok(body),
            Try::Done(status, body) => Err(refusal(status, &body).to_string()),
            Try::Again(why, _) => Err(why),
        }
    }

    /// Reads one of the city's lists or pictures.
    pub(crate) fn get(&self, path: &str) -> Result<Value, ClientError> {
        let carried = self.carry((Method::Get, path, None), None)?;
        let refused = || refusal(carried.status, &carried.body);
        match carried.status {
            200 => Ok(carried.body),
            403 => Err(ClientError::Key { server: self.base.clone(), refused: refused() }),
            _ => Err(self.unread(path, refused().to_string())),
        }
    }

    /// What time it is in the city.
    ///
    /// # Errors
    /// When the city is away, or answers what is no clock.
    pub fn clock(&self) -> Result<Clock, ClientError> {
        const PATH: &str = "/api/v1/clock";
        let body = self.get(PATH)?;
        let now = body.get("now").and_then(instant);
        let now = now.ok_or_else(|| self.unread(PATH, "no `now`".to_owned()))?;
        let speed = body.get("speed").and_then(Value::as_f64).unwrap_or(1.0);
        let text =
            |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let drill = body.get("drill").and_then(Value::as_bool).unwrap_or(false);
        Ok(Clock { now, speed: speed.clamp(1.0, 1e6) as u32, drill, time_zone: text("time_zone") })
    }

    /// Whether the city knows an incident.
    pub(crate) fn knows(&self, incident: u32) -> Result<bool, ClientError> {
        let path = format!("/api/v1/incidents/{incident}");
        Ok(self.carry((Method::Get, &path, None), None)?.status == 200)
    }

    /// Asks the city, and says what it took.
    pub(crate) fn put(
        &self,
        key: Key,
        ask: &Ask,
    ) -> Result<(Result<Answer, Refused>, Carried), ClientError> {
        let (method, path, body) = request(ask);
        let carried = self.carry((method, &path, Some(&body)), Some(key))?;
        let outcome = match carried.status {
            200..=299 => Ok(answer(&carried.body)),
            // Who may not even do this cannot play.
            status @ 403 if matches!(ask, Ask::SetUnit(_) | Ask::Open(_)) => {
                let refused = refusal(status, &carried.body);
                return Err(ClientError::Key { server: self.base.clone(), refused });
            }
            status => Err(refusal(status, &carried.body)),
        };
        Ok((outcome, carried))
    }

    fn unread(&self, path: &str, what: String) -> ClientError {
        ClientError::Answer { server: self.base.clone(), path: path.to_owned(), what }
    }
}

/// What the city says no with.
fn refusal(status: u16, body: &Value) -> Refused {
    let text = |field: &str| body.get(field).and_then(Value::as_str);
    let detail = text("detail").or_else(|| text("title")).unwrap_or("no reason is given");
    Refused { status, detail: detail.chars().take(400).collect() }
}

/// Reads an answer whole. One that is cut short is none, and neither is "not now".
fn read(mut response: Response<Body>) -> Try {
    let status = response.status();
    let seconds = response
        .headers()
        .get("retry-after")
        .and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let body = response.body_mut().with_config().limit(caps::PLAY_ANSWER_BYTES).read_to_vec();
    let not_now = [
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::GATEWAY_TIMEOUT,
    ];
    if not_now.contains(&status) {
        return Try::Again(format!("status {}", status.as_u16()), seconds.map(Duration::from_secs));
    }
    let body = match body {
        Ok(body) => body,
        Err(error) => return Try::Again(format!("the answer breaks off: {error}"), None),
    };
    if body.is_empty() {
        return Try::Done(status.as_u16(), Value::Null);
    }
    match serde_json::from_slice(&body) {
        Ok(body) => Try::Done(status.as_u16(), body),
        Err(error) if status.is_success() => {
            Try::Again(format!("the answer is no JSON: {error}"), None)
        }
        Err(_) => Try::Done(status.as_u16(), Value::Null),
    }
}

impl Doors for Client {
    fn ask(&mut self, key: Key, ask: &Ask) -> Result<Answer, Refused> {
        match self.put(key, ask) {
            Ok((outcome, _)) => outcome,
            Err(error) => Err(Refused { status: 503, detail: error.to_string() }),
        }
    }
}
