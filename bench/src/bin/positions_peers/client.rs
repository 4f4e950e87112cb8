//! The client that both are asked by: it sends what was made beforehand and reads the whole answer before it sends more.

use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use precinct_bench::timing::microseconds;

/// A request as bytes, and how much of it was asked.
pub(super) struct Request {
    pub(super) bytes: Vec<u8>,
    pub(super) items: usize,
}

/// What answers are read from.
pub(super) type Stream = BufReader<TcpStream>;

/// A connection.
pub(super) struct Client {
    reader: Stream,
}

impl Client {
    pub(super) fn connect(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("a server that listens");
        stream.set_nodelay(true).expect("a socket");
        Self { reader: BufReader::with_capacity(1 << 16, stream) }
    }

    /// Sends a request and reads what comes with `read`.
    pub(super) fn ask<T>(&mut self, bytes: &[u8], read: impl FnOnce(&mut Stream) -> T) -> T {
        self.reader.get_mut().write_all(bytes).expect("a server that takes requests");
        read(&mut self.reader)
    }

    /// Asks all and tells the items a second.
    pub(super) fn rate(
        &mut self,
        requests: &[Request],
        read: impl Fn(&mut Stream, &Request),
    ) -> f64 {
        let items: usize = requests.iter().map(|request| request.items).sum();
        let (us, ()) = microseconds(|| {
            for request in requests {
                self.ask(&request.bytes, |stream| read(stream, request));
            }
        });
        items as f64 * 1e6 / us
    }
}

/// The client's own ceiling: how fast it is when the other side only reads each request and sends an answer made beforehand.
pub(super) fn ceiling(
    requests: &[Request],
    answer: impl Fn(&Request) -> Vec<u8>,
    read: impl Fn(&mut Stream, &Request),
) -> f64 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let plan: Vec<(usize, Vec<u8>)> =
        requests.iter().map(|request| (request.bytes.len(), answer(request))).collect();
    std::thread::scope(|scope| {
        scope.spawn(move || sink(&listener, &plan));
        Client::connect(port).rate(requests, read)
    })
}

fn sink(listener: &TcpListener, plan: &[(usize, Vec<u8>)]) {
    let (mut stream, _) = listener.accept().expect("the client");
    stream.set_nodelay(true).expect("a socket");
    let mut buffer = Vec::new();
    for (size, answer) in plan {
        buffer.resize(*size, 0);
        stream.read_exact(&mut buffer).expect("the request");
        stream.write_all(answer).expect("a client that reads");
    }
}
