//! How a city is served.

use std::net::SocketAddr;
use std::path::PathBuf;

use precinct_base::Timestamp;
use precinct_city::OpenOptions;

use crate::oidc::Oidc;

/// A drill: a clock of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drill {
    /// The instant it starts at.
    pub from: Timestamp,
    /// How many times as fast as the world it runs.
    pub speed: u32,
}

/// Certificate and key for TLS, as PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The chain of certificates.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// What is to be served, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The city: a folder, a `city.toml` or an extract.
    pub city: PathBuf,
    /// How to open it.
    pub open: OpenOptions,
    /// The data folder.
    pub data: PathBuf,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// TLS; none is plain HTTP, for a machine of one's own or behind a proxy.
    pub tls: Option<Tls>,
    /// A drill, if it is one. A data folder is of a drill or of a city at work, never of both.
    pub drill: Option<Drill>,
    /// A provider that people may sign in through; none is passwords alone.
    pub oidc: Option<Oidc>,
    /// A folder to read the pages from, while they are being written; none is those within the program.
    pub pages: Option<PathBuf>,
}
