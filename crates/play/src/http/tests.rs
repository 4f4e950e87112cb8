//! A small server, scripted request by request, to try the client on: what it sends, and what it makes of a bad day.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use super::*;
use crate::ask::UnitWish;

/// What the server does with one request.
enum Reply {
    /// Status, further headers, body.
    Say(u16, &'static str, &'static str),
    /// Part of an answer, then nothing.
    BreakOff(&'static str),
    /// Nothing at all.
    HangUp,
}

/// A request as it came.
#[derive(Debug)]
struct Request {
    line: String,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

fn take(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut request = Request { line: lines.remove(0), headers: lines, body: Vec::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body).unwrap();
    request
}

/// Serves one request for each reply; its address, and the requests when it is done.
fn serve(replies: Vec<Reply>) -> (String, JoinHandle<Vec<Request>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let reply = |reply| {
            let (mut stream, _) = listener.accept().unwrap();
            let request = take(&stream);
            let head = |length| format!("Connection: close\r\nContent-Length: {length}\r\n");
            let text = match reply {
                Reply::Say(status, headers, body) => {
                    format!("HTTP/1.1 {status} x\r\n{headers}{}\r\n{body}", head(body.len()))
                }
                Reply::BreakOff(part) => {
                    format!("HTTP/1.1 200 x\r\n{}\r\n{part}", head(part.len() + 9))
                }
                Reply::HangUp => String::new(),
            };
            stream.write_all(text.as_bytes()).unwrap();
            request
        };
        replies.into_iter().map(reply).collect()
    });
    (base, server)
}

const ANSWER: &str = r#"{"seq":4,"at":"1970-01-01T00:00:01Z","repeated":true,"events":[{"unit_back.1":{"unit":2}}]}"#;

fn client(base: &str) -> Client {
    let pause = Duration::from_millis(1);
    let patience =
        Patience { answer: Duration::from_secs(20), away: Duration::from_secs(20), pause };
    Client::new(base, "secret", patience)
}

#[test]
fn a_command_is_repeated_under_its_key_until_it_is_answered_whole() {
    let (base, server) = serve(vec![
        Reply::HangUp,
        Reply::BreakOff("{\"seq\":4"),
        Reply::Say(503, "Retry-After: 0\r\n", "{\"status\":503}"),
        Reply::Say(429, "", ""),
        Reply::Say(200, "", "{\"seq\":"),
        Reply::Say(200, "", ANSWER),
    ]);
    let key = Key::new(1, [2; 6], 3);
    let (outcome, carried) = client(&base).put(key, &Ask::Back { unit: 2 }).unwrap();
    assert_eq!(outcome.unwrap().facts, [crate::Told::Back { unit: 2 }]);
    assert_eq!(carried.tries, 6);
    let requests = server.join().unwrap();
    for request in &requests {
        assert_eq!(request.line, "POST /api/v1/units/2/back HTTP/1.1");
        assert_eq!(request.header("authorization"), Some("Bearer secret"));
        assert_eq!(request.header("idempotency-key"), Some("00000000000102020202020200000003"));
        assert_eq!(request.body, b"{}");
    }
}

#[test]
fn a_refusal_is_an_answer_and_says_why() {
    let problem = r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"unit 2 is not out of service"}"#;
    let (base, server) =
        serve(vec![Reply::Say(409, "Content-Type: application/problem+json\r\n", problem)]);
    let (outcome, carried) =
        client(&base).put(Key::new(1, [0; 6], 0), &Ask::Back { unit: 2 }).unwrap();
    let detail = "unit 2 is not out of service".to_owned();
    assert_eq!((outcome, carried.tries), (Err(Refused { status: 409, detail }), 1));
    assert_eq!(server.join().unwrap().len(), 1);
}

#[test]
fn a_key_that_is_no_good_ends_it() {
    let (base, _) =
        serve(vec![Reply::Say(401, "", "{\"title\":\"no such key\"}"), Reply::Say(403, "", "")]);
    let client = client(&base);
    let told = client.clock().unwrap_err().to_string();
    assert!(told.contains("no such key") && told.contains("precinct key create"), "{told}");
    let wish = UnitWish {
        unit: 1,
        call_sign: "A".to_owned(),
        force: "police",
        capabilities: Vec::new(),
        home: 0,
        area: 0,
        members: Vec::new(),
    };
    let refused = client.put(Key::new(1, [0; 6], 0), &Ask::SetUnit(wish));
    assert!(matches!(refused, Err(ClientError::Key { .. })), "{refused:?}");
}

#[test]
fn a_city_that_stays_away_is_given_up_in_the_end() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut client = client(&format!("http://{gone}"));
    client.patience.away = Duration::from_millis(20);
    let told = client.clock().unwrap_err();
    assert!(matches!(&told, ClientError::Away { .. }), "{told}");
}

#[test]
fn the_clock_the_lists_and_the_stream_are_read() {
    let (base, server) = serve(vec![
        Reply::Say(
            200,
            "",
            r#"{"now":"1970-01-01T00:00:05.000Z","speed":60,"drill":true,"time_zone":"Asia/Macau"}"#,
        ),
        Reply::Say(
            200,
            "",
            r#"{"items":[{"unit":1,"call_sign":"A","status":"available"}],"next":"c1"}"#,
        ),
        Reply::Say(
            200,
            "",
            r#"{"items":[{"unit":2,"call_sign":"B","status":"off_duty"}],"next":null}"#,
        ),
        Reply::Say(200, "", "data: {\"seq\":9,\"at\":\"1970-01-01T00:00:01Z\",\"events\":[]}\n\n"),
        Reply::Say(200, "", "data: {\"seq\":10,\"at\":\"1970-01-01T00:00:01Z\",\"events\":[]}\n\n"),
    ]);
    let client = client(&base);
    let clock = client.clock().unwrap();
    assert_eq!((clock.now, clock.speed, clock.drill), (Timestamp(5_000), 60, true));
    let units = client.units().unwrap();
    assert_eq!(
        units.iter().map(|unit| (unit.unit, unit.on_duty)).collect::<Vec<_>>(),
        [(1, true), (2, false)]
    );
    let (to, ears) = std::sync::mpsc::channel();
    let listener = std::thread::spawn(move || listen(&client, 8, &to, |record| record.seq));
    assert_eq!((ears.recv(), ears.recv()), (Ok(9), Ok(10)));
    let requests = server.join().unwrap();
    assert_eq!(requests[2].line, "GET /api/v1/units?cursor=c1 HTTP/1.1");
    assert_eq!(requests[3].line, "GET /api/v1/stream?from=8 HTTP/1.1");
    // Taken up again where it broke off.
    assert_eq!(requests[4].header("last-event-id"), Some("9"));
    drop((ears, listener));
}

#[test]
fn positions_have_their_own_key_and_are_not_repeated() {
    let (base, server) =
        serve(vec![Reply::Say(200, "", r#"{"taken":0,"left_out":{}}"#), Reply::Say(503, "", "")]);
    let client = client(&base).with_positions_key("gateway");
    assert!(client.positions(&frame(&[])).is_ok());
    assert_eq!(client.positions(&frame(&[])), Err("status 503".to_owned()));
    let requests = server.join().unwrap();
    assert_eq!(requests[0].header("authorization"), Some("Bearer gateway"));
    assert_eq!(requests[0].header("content-type"), Some("application/vnd.precinct.positions"));
    assert_eq!(requests[0].body, b"PRCPOS1\n");
}
