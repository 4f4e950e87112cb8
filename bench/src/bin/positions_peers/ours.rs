//! Precinct's side: a server of one thread for one client, with the records of 32 bytes that gateways send.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};

use precinct_base::{LonLat, Metres, Timestamp, UnitId};
use precinct_bench::crowd;
use precinct_positions::{Fix, Heading, Heard, Positions, Rules, Source, Speed};

use super::Job;
use super::client::{Client, Request, Stream, ceiling};
use super::figures::{BATCH, Figures, LIMIT, NEAREST, PIPELINE};

/// When the first round is.
pub(super) const START: Timestamp = Timestamp(1_790_000_000_000);
/// Bytes of a fix.
const RECORD: usize = 32;
/// Bytes of a question for the nearest.
const QUESTION: usize = 8;
/// Not known, in a field of two bytes.
const UNKNOWN: u16 = u16::MAX;

/// What a request asks.
const FIXES: u8 = b'F';
const NEAR: u8 = b'N';
const TICK: u8 = b'T';

/// Measures one round.
pub(super) fn measure(job: &Job, round: u32, figures: &mut Figures) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("a port").port();
    std::thread::scope(|scope| {
        scope.spawn(move || serve(&listener, job.units.len()));
        let mut client = Client::connect(port);
        let small = fixes(&job.moved(2 * round, 9), PIPELINE);
        let large = fixes(&job.moved(2 * round + 1, 0), BATCH);
        figures.put("ours 64", client.rate(&small, read_taken));
        figures.put("ours 4096", client.rate(&large, read_taken));
        client.ask(&frame(TICK, 0, Vec::new()), read_count);
        let (alone, many) = (questions(&job.incidents, 1), questions(&job.incidents, PIPELINE));
        let few = &alone[..alone.len() / 5];
        figures.put("ours near 1", client.rate(few, read_near));
        figures.put("ours near 64", client.rate(&many, read_near));
        if round == 0 {
            check(&mut client, job);
            let taken = |request: &Request| (request.items as u32).to_le_bytes().to_vec();
            figures.put("ours 64 ceiling", ceiling(&small, taken, read_taken));
            figures.put("ours 4096 ceiling", ceiling(&large, taken, read_taken));
            figures.put("ours near 1 ceiling", ceiling(few, ten, read_near));
            figures.put("ours near 64 ceiling", ceiling(&many, ten, read_near));
        }
    });
}

/// An answer of as many units as are asked for.
fn ten(request: &Request) -> Vec<u8> {
    let one = [&(NEAREST as u32).to_le_bytes()[..], &[0; NEAREST * 12]].concat();
    one.repeat(request.items)
}

fn frame(kind: u8, count: usize, body: Vec<u8>) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend((count as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

fn fixes(fixes: &[Fix], batch: usize) -> Vec<Request> {
    let record = |fix: &Fix| {
        let mut bytes = [0; RECORD];
        bytes[..4].copy_from_slice(&fix.unit.0.to_le_bytes());
        bytes[4..8].copy_from_slice(&fix.at.lon().to_le_bytes());
        bytes[8..12].copy_from_slice(&fix.at.lat().to_le_bytes());
        bytes[12..18].fill(0xFF);
        bytes[20..28].copy_from_slice(&fix.time.0.to_le_bytes());
        bytes
    };
    let request = |some: &[Fix]| {
        let body = some.iter().flat_map(record).collect();
        Request { bytes: frame(FIXES, some.len(), body), items: some.len() }
    };
    fixes.chunks(batch).map(request).collect()
}

fn questions(incidents: &[LonLat], batch: usize) -> Vec<Request> {
    let request = |some: &[LonLat]| {
        let place = |at: &LonLat| [at.lon().to_le_bytes(), at.lat().to_le_bytes()].concat();
        let body = some.iter().flat_map(place).collect();
        Request { bytes: frame(NEAR, some.len(), body), items: some.len() }
    };
    incidents.chunks(batch).map(request).collect()
}

fn read_count(stream: &mut Stream) -> u32 {
    let mut count = [0; 4];
    stream.read_exact(&mut count).expect("an answer");
    u32::from_le_bytes(count)
}

fn read_taken(stream: &mut Stream, request: &Request) {
    assert_eq!(read_count(stream) as usize, request.items, "every fix taken");
}

fn read_near(stream: &mut Stream, request: &Request) {
    for _ in 0..request.items {
        read_one(stream);
    }
}

fn read_one(stream: &mut Stream) -> Vec<(u64, u32)> {
    let count = read_count(stream) as usize;
    assert!((1..=NEAREST).contains(&count), "somebody is near");
    let mut bytes = [0; NEAREST * 12];
    stream.read_exact(&mut bytes[..count * 12]).expect("an answer");
    let near =
        |item: &[u8; 12]| (u64::from_le_bytes(part(item, 0)), u32::from_le_bytes(part(item, 8)));
    bytes[..count * 12].as_chunks().0.iter().map(near).collect()
}

fn part<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().expect("a part of a record")
}

fn check(client: &mut Client, job: &Job) {
    for (request, at) in questions(&job.incidents, 1).iter().zip(&job.incidents).take(100) {
        let limit = LIMIT.millimetres().0;
        let truth = crowd::naive_nearest(&job.units, *at, NEAREST, limit);
        assert_eq!(client.ask(&request.bytes, read_one), truth, "the units nearest to {at}");
    }
}

fn serve(listener: &TcpListener, units: usize) {
    let mut positions = Positions::new(Rules::default());
    for unit in 0..units as u32 {
        positions.begin_tour(UnitId(unit), START).expect("units within the limit");
    }
    let (mut stream, _) = listener.accept().expect("the client");
    stream.set_nodelay(true).expect("a socket");
    let (mut head, mut body, mut answer) = ([0; 5], Vec::new(), Vec::new());
    loop {
        match stream.read_exact(&mut head) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return,
            read => read.expect("a request"),
        }
        let count = u32::from_le_bytes(part(&head, 1)) as usize;
        answer.clear();
        match head[0] {
            FIXES => {
                answer.extend(hear(&mut positions, read(&mut stream, count * RECORD, &mut body)));
            }
            NEAR => near(&positions, read(&mut stream, count * QUESTION, &mut body), &mut answer),
            _ => {
                positions.tick(START);
                answer.extend([0; 4]);
            }
        }
        stream.write_all(&answer).expect("a client that reads");
    }
}

fn read<'a>(stream: &mut TcpStream, size: usize, body: &'a mut Vec<u8>) -> &'a [u8] {
    body.resize(size, 0);
    stream.read_exact(body).expect("the rest of a request");
    body
}

/// How many were taken.
fn hear(positions: &mut Positions, body: &[u8]) -> [u8; 4] {
    let fix = |record: &[u8; RECORD]| {
        let unknown =
            |at: usize| Some(u16::from_le_bytes(part(record, at))).filter(|it| *it != UNKNOWN);
        let place = (i32::from_le_bytes(part(record, 4)), i32::from_le_bytes(part(record, 8)));
        Some(Fix {
            unit: UnitId(u32::from_le_bytes(part(record, 0))),
            time: Timestamp(i64::from_le_bytes(part(record, 20))),
            at: LonLat::new(place.0, place.1)?,
            accuracy: unknown(12).map(|it| Metres(it.into())),
            speed: unknown(14).map(|it| Speed::new(it.into())),
            heading: unknown(16).and_then(Heading::new),
            source: Source::Gateway,
            sos: record[18] & 1 != 0,
        })
    };
    let fixes = body.as_chunks().0.iter().filter_map(fix);
    match positions.accept_batch(START, fixes, |_, _| {}) {
        Heard::Calm(tally) => (tally.taken as u32).to_le_bytes(),
        Heard::Sos { calls, .. } => panic!("nobody calls for help here: {calls:?}"),
    }
}

fn near(positions: &Positions, body: &[u8], answer: &mut Vec<u8>) {
    let view = positions.reader().view();
    for question in body.as_chunks::<QUESTION>().0 {
        let at = (i32::from_le_bytes(part(question, 0)), i32::from_le_bytes(part(question, 4)));
        let found = view.nearest(LonLat::new(at.0, at.1).expect("a place"), NEAREST, LIMIT);
        answer.extend((found.len() as u32).to_le_bytes());
        for near in found {
            answer.extend(near.distance.0.to_le_bytes());
            answer.extend(near.position.unit.0.to_le_bytes());
        }
    }
}
