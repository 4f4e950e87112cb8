//! Redis's side: a server of its own on a free port, without a disk, asked through its protocol.

use std::fmt::Write as _;
use std::io::{BufRead as _, Read as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use precinct_base::LonLat;
use precinct_bench::crowd;
use precinct_positions::Fix;

use super::Job;
use super::client::{Client, Request, Stream, ceiling};
use super::figures::{Figures, LIMIT, NEAREST, PIPELINE};

/// A running server, ended when dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts one; `None` if there is no such program.
    pub(super) fn start() -> Option<Self> {
        let free = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = free.local_addr().expect("a port").port();
        drop(free);
        let options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"];
        let mut command = Command::new("redis-server");
        let process =
            command.args(options).arg(port.to_string()).stdout(Stdio::null()).spawn().ok()?;
        let server = Self { process, port };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("redis-server does not listen on port {port}");
    }

    /// What it calls itself.
    pub(super) fn version(&self) -> String {
        let asked = command(&["INFO", "server"]);
        let told = Client::connect(self.port).ask(&asked, value);
        let Value::Text(told) = told else { panic!("{told:?}") };
        let line = told.lines().find_map(|line| line.strip_prefix("redis_version:"));
        format!("Redis {}", line.unwrap_or("of an unknown version"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let ended = self.process.kill().and_then(|()| self.process.wait());
        ended.expect("a process of our own");
    }
}

/// What the protocol carries.
#[derive(Debug)]
enum Value {
    Text(String),
    List(Vec<Value>),
}

fn line(stream: &mut Stream) -> String {
    let mut line = String::new();
    stream.read_line(&mut line).expect("an answer in text");
    line.truncate(line.trim_end().len());
    line
}

/// Reads as many answers as were asked for and keeps nothing of them: the client shall cost little.
fn skip(stream: &mut Stream, request: &Request) {
    let (mut left, mut line) = (request.items, Vec::with_capacity(64));
    while left > 0 {
        line.clear();
        stream.read_until(b'\n', &mut line).expect("an answer");
        let digits = line[1..].iter().filter(|byte| byte.is_ascii_digit());
        let number = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
        match line[0] {
            b'*' => left += number,
            b'$' => stream.read_exact(&mut [0; 64][..number + 2]).expect("an answer"),
            b':' => {}
            _ => panic!("Redis says {}", String::from_utf8_lossy(&line)),
        }
        left -= 1;
    }
}

fn value(stream: &mut Stream) -> Value {
    let line = line(stream);
    let number = || line[1..].parse::<usize>().expect("a length");
    match line.as_bytes().first() {
        Some(b'*') => Value::List((0..number()).map(|_| value(stream)).collect()),
        Some(b'$') => {
            let mut bytes = vec![0; number() + 2];
            stream.read_exact(&mut bytes).expect("an answer");
            bytes.truncate(bytes.len() - 2);
            Value::Text(String::from_utf8(bytes).expect("an answer in text"))
        }
        _ => panic!("Redis says {line}"),
    }
}

fn command(words: &[&str]) -> Vec<u8> {
    let mut bytes = format!("*{}\r\n", words.len());
    for word in words {
        let _ = write!(bytes, "${}\r\n{word}\r\n", word.len());
    }
    bytes.into_bytes()
}

/// `GEOADD`, one unit a command and so many commands at once.
fn pipelined(fixes: &[Fix]) -> Vec<Request> {
    let add = |fix: &Fix| {
        let (lon, lat) = degrees(fix.at);
        command(&["GEOADD", "units", &lon, &lat, &fix.unit.to_string()])
    };
    let request =
        |some: &[Fix]| Request { bytes: some.iter().flat_map(add).collect(), items: some.len() };
    fixes.chunks(PIPELINE).map(request).collect()
}

/// `GEOADD` of so many units a command.
fn joined(fixes: &[Fix]) -> Vec<Request> {
    let request = |some: &[Fix]| {
        let mut words = vec!["GEOADD".to_owned(), "units".to_owned()];
        for fix in some {
            let (lon, lat) = degrees(fix.at);
            words.extend([lon, lat, fix.unit.to_string()]);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Request { bytes: command(&words), items: some.len() }
    };
    fixes.chunks(PIPELINE).map(request).collect()
}

fn degrees(at: LonLat) -> (String, String) {
    let text = at.to_string();
    let (lon, lat) = text.split_once(',').expect("a place has a comma");
    (lon.to_owned(), lat.to_owned())
}

fn search(at: LonLat) -> Vec<u8> {
    let ((lon, lat), limit, count) = (degrees(at), LIMIT.0.to_string(), NEAREST.to_string());
    let what = ["GEOSEARCH", "units", "FROMLONLAT", &lon, &lat, "BYRADIUS", &limit, "m"];
    command(&[&what[..], &["ASC", "COUNT", &count, "WITHDIST"]].concat())
}

fn searches(incidents: &[LonLat], batch: usize) -> Vec<Request> {
    let request = |some: &[LonLat]| Request {
        bytes: some.iter().flat_map(|at| search(*at)).collect(),
        items: some.len(),
    };
    incidents.chunks(batch).map(request).collect()
}

/// Measures one round.
pub(super) fn measure(server: &Server, job: &Job, figures: &mut Figures) {
    let mut client = Client::connect(server.port);
    let (apart, together) = (pipelined(&job.moved(0, 9)), joined(&job.fixes));
    // Both find the units there already, as in every second but the first.
    client.rate(&joined(&job.moved(0, 18)), one);
    figures.put("redis 64", client.rate(&apart, skip));
    figures.put("redis joined", client.rate(&together, one));
    let (alone, many) = (searches(&job.incidents, 1), searches(&job.incidents, PIPELINE));
    let few = &alone[..alone.len() / 5];
    figures.put("redis near 1", client.rate(few, skip));
    figures.put("redis near 64", client.rate(&many, skip));
    if !figures.has("redis 64 ceiling") {
        let number = |request: &Request| b":0\r\n".repeat(request.items);
        figures.put("redis 64 ceiling", ceiling(&apart, number, skip));
        figures.put("redis joined ceiling", ceiling(&together, |_| b":0\r\n".to_vec(), one));
        figures.put("redis near 1 ceiling", ceiling(few, ten, skip));
        figures.put("redis near 64 ceiling", ceiling(&many, ten, skip));
    }
}

/// Reads one answer, however many units it is about.
fn one(stream: &mut Stream, _: &Request) {
    skip(stream, &Request { bytes: Vec::new(), items: 1 });
}

/// An answer of as many units as are asked for.
fn ten(request: &Request) -> Vec<u8> {
    let unit = b"*2\r\n$6\r\n654321\r\n$9\r\n1234.5678\r\n".repeat(NEAREST);
    let one = [format!("*{NEAREST}\r\n").as_bytes(), &unit].concat();
    one.repeat(request.items)
}

/// That both find the same units, but for those that Redis's rounding and its sphere bring in another order.
pub(super) fn compare(server: &Server, job: &Job) {
    let mut client = Client::connect(server.port);
    let (mut same, mut all) = (0, 0);
    for at in job.incidents.iter().take(200) {
        let Value::List(found) = client.ask(&search(*at), value) else { panic!("no list") };
        let found: Vec<u32> = found.iter().map(unit).collect();
        let truth = crowd::naive_nearest(&job.units, *at, NEAREST, LIMIT.millimetres().0);
        all += truth.len();
        same += truth.iter().filter(|(_, unit)| found.contains(unit)).count();
    }
    assert!(same * 100 >= all * 98, "Redis finds {same} of the {all} nearest units");
}

fn unit(item: &Value) -> u32 {
    let Value::List(parts) = item else { panic!("{item:?}") };
    let Some(Value::Text(name)) = parts.first() else { panic!("{item:?}") };
    name.parse().expect("a unit's number")
}
