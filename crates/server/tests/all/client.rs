//! A served town and those who speak to it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use precinct_accounts::{Accounts, Chance};
use precinct_base::{AreaId, Timestamp};
use precinct_city::OpenOptions;
use precinct_core::{Code, Grant, Role};
use precinct_server::{Drill, Options, Server};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use ureq::Agent;

use crate::city;

/// A served town; it stops when it is dropped.
pub(crate) struct Town {
    pub(crate) folder: TempDir,
    pub(crate) first_run: Option<String>,
    runtime: Option<Runtime>,
    address: SocketAddr,
    stop: Box<dyn Fn()>,
    served: Option<tokio::task::JoinHandle<()>>,
}

pub(crate) struct Drawn(pub(crate) u64);

impl Chance for Drawn {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

fn options(folder: &Path) -> Options {
    Options {
        city: folder.to_owned(),
        open: OpenOptions::default(),
        data: folder.join("data"),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        tls: None,
        drill: None,
        oidc: None,
        pages: Some(folder.join("pages")),
    }
}

impl Town {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        city::write(folder.path());
        Self::of(folder, None)
    }

    /// A town whose people are known, so that posts can be planned for them.
    pub(crate) fn peopled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        city::write_peopled(folder.path());
        Self::of(folder, None)
    }

    pub(crate) fn of(folder: TempDir, drill: Option<Drill>) -> Self {
        Self::with(folder, |options| options.drill = drill)
    }

    /// Served with other options.
    pub(crate) fn with(folder: TempDir, change: impl FnOnce(&mut Options)) -> Self {
        let runtime = Runtime::new().unwrap();
        let mut options = options(folder.path());
        change(&mut options);
        let server = runtime.block_on(Server::start(options)).unwrap();
        let first_run = server.first_run().map(str::to_owned);
        let (stop, listening) = (server.stopper(), server.listening());
        let served = runtime.spawn(async { server.serve().await.unwrap() });
        let address = runtime.block_on(listening.listening()).unwrap();
        let (stop, served) = (Box::new(stop), Some(served));
        Self { folder, first_run, runtime: Some(runtime), address, stop, served }
    }

    /// Why it is not served.
    pub(crate) fn refused(folder: &TempDir, change: impl FnOnce(&mut Options)) -> String {
        let mut options = options(folder.path());
        change(&mut options);
        let started = Runtime::new().unwrap().block_on(Server::start(options));
        started.expect_err("it should not start").to_string()
    }

    fn end(&mut self) {
        (self.stop)();
        if let (Some(runtime), Some(served)) = (self.runtime.take(), self.served.take()) {
            runtime.block_on(served).unwrap();
        }
    }

    /// Stops it as a signal would, and starts it anew.
    pub(crate) fn restarted(mut self) -> Self {
        self.end();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        Self::of(folder, None)
    }

    /// A machine with these roles in an area.
    pub(crate) fn machine(&self, name: &str, roles: &[Role], area: u32) -> Client {
        let accounts = Accounts::open(&self.folder.path().join("data")).unwrap();
        let roles: Vec<Grant> =
            roles.iter().map(|&role| Grant { role, area: AreaId(area) }).collect();
        let name: Code = name.parse().unwrap();
        let seed = name
            .as_str()
            .bytes()
            .fold(7_u64, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        let key = accounts.create_key(Timestamp(0), name, &roles, None, &mut Drawn(seed)).unwrap();
        Client {
            headers: vec![("authorization".to_owned(), format!("Bearer {}", key.expose()))],
            ..self.stranger()
        }
    }

    /// Somebody with every role of a control room.
    pub(crate) fn control(&self) -> Client {
        use Role::{Auditor, CallTaker, Dispatcher, DutyOfficer, Gateway, Planner};
        let roles = [CallTaker, Dispatcher, DutyOfficer, Planner, Gateway, Auditor];
        self.machine("control", &roles, 0)
    }

    /// Somebody who is not known.
    pub(crate) fn stranger(&self) -> Client {
        // A connection on which something was refused before all of it was read is closed: none is used twice.
        let config =
            Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build();
        Client {
            agent: config.into(),
            base: format!("http://{}", self.address),
            headers: Vec::new(),
        }
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.end();
    }
}

/// Somebody who speaks to the town.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) agent: Agent,
    pub(crate) base: String,
    pub(crate) headers: Vec<(String, String)>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: ureq::http::HeaderMap,
}

/// A key no command had.
pub(crate) fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:032x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn said(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Said {
    let mut response = response.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.body_mut().read_to_string().unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Said { status, body, headers }
}

impl Client {
    pub(crate) fn get(&self, path: &str) -> Said {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        said(request.call())
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        with: &[(&str, &str)],
        body: &[u8],
    ) -> Said {
        let url = format!("{}{path}", self.base);
        if method == "delete" {
            let mut request = self.agent.delete(url);
            for (name, value) in &self.headers {
                request = request.header(name, value);
            }
            return said(request.call());
        }
        let mut request = match method {
            "put" => self.agent.put(url),
            _ => self.agent.post(url),
        };
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in with {
            request = request.header(*name, *value);
        }
        said(request.send(body))
    }

    /// Gives a command under a key.
    pub(crate) fn command(&self, key: &str, method: &str, path: &str, body: &Value) -> Said {
        let with = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send(method, path, &with, body.to_string().as_bytes())
    }

    /// Gives a command that is done.
    #[track_caller]
    pub(crate) fn done(&self, path: &str, body: &Value) -> Value {
        let said = self.command(&key(), "post", path, body);
        assert_eq!(said.status, 200, "{path}: {:?}", said.body);
        said.body
    }

    /// Asks with a body and is answered.
    #[track_caller]
    pub(crate) fn ask(&self, path: &str, body: &Value) -> Value {
        let said = self.send(
            "post",
            path,
            &[("content-type", "application/json")],
            body.to_string().as_bytes(),
        );
        assert!(said.status < 300, "{path}: {} {:?}", said.status, said.body);
        said.body
    }

    /// Describes a unit and puts it on duty; the number of its tour.
    #[track_caller]
    pub(crate) fn on_duty(&self, unit: u32, area: u32, home: u32) -> u64 {
        let staff = format!("C{unit}");
        let members = json!([{"staff": staff, "force": "police"}]);
        let body = json!({
            "call_sign": format!("E{unit}"), "force": "police", "capabilities": ["patrol"], "vehicle": "car",
            "home": home, "area": area, "members": members,
        });
        let said = self.command(&key(), "put", &format!("/api/v1/units/{unit}"), &body);
        assert_eq!(said.status, 200, "{:?}", said.body);
        let now = self.get("/api/v1/clock").body["now"].as_str().unwrap().to_owned();
        let now: precinct_wire::Time = now.parse().unwrap();
        let ends = precinct_wire::Time(Timestamp(now.0.0 + 8 * 3_600_000));
        let shift =
            json!({"unit": unit, "members": members, "starts": now, "ends": ends, "waived": null});
        let shift = self.done("/api/v1/shifts", &shift)["shift"].as_u64().unwrap();
        self.done(&format!("/api/v1/shifts/{shift}/start"), &json!({}));
        shift
    }

    /// Waits until a long computation is over; what is told of it then.
    #[track_caller]
    pub(crate) fn over(&self, path: &str) -> Value {
        loop {
            let said = self.get(path);
            assert_eq!(said.status, 200, "{path}: {:?}", said.body);
            let status = said.body["run"]["status"].as_str().unwrap().to_owned();
            if !["waiting", "running"].contains(&status.as_str()) {
                return said.body;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Has two more posts sited in an area and proposes them; the plan's number.
    #[track_caller]
    pub(crate) fn proposed(&self, area: u32) -> u64 {
        let asked = json!({"candidates": {"area": area}, "more": 2, "minutes": [1]});
        let run = self.ask("/api/v1/planning/runs", &asked)["run"].as_u64().unwrap();
        let over = self.over(&format!("/api/v1/planning/runs/{run}"));
        assert_eq!(over["run"]["status"], "done", "{over}");
        let body = json!({"run": run, "name": {"en": "Two more", "zh": "增设两处"}});
        self.done("/api/v1/plans", &body)["plan"].as_u64().unwrap()
    }

    /// Takes in an incident at a crossing; its number.
    #[track_caller]
    pub(crate) fn call(&self, x: i64, y: i64) -> u64 {
        let body = json!({
            "source": "call", "reported": null, "kind": "disturbance", "priority": null, "at": city::crossing(x, y),
            "area": null, "address": "3 Street 1, flat 12", "hazards": [], "text": "loud voices",
        });
        self.done("/api/v1/incidents", &body)["incident"].as_u64().unwrap()
    }
}
