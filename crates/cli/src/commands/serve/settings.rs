//! How a city is served, from flags, the environment, a file and defaults, in that order.

use std::fmt::Display;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use precinct_base::Timestamp;
use precinct_server::{Drill, Oidc, Tls};

use super::file::Settings;
use super::{Log, oidc};
use crate::failure::Failure;

/// Where a city is served unless it is said otherwise: on this machine only.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7171);
/// The fastest drill, in times as fast as the world.
const FASTEST: u32 = 1_000;

/// What may be said on the command line and in the environment.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Given {
    /// The city
    #[arg(value_name = "CITY", env = "PRECINCT_SERVE_CITY")]
    pub(super) city: Option<PathBuf>,
    /// A file of settings (TOML) with the names of these flags; flags and environment go before it
    #[arg(long, value_name = "FILE", env = "PRECINCT_SERVE_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// The data folder: the record, keys, accounts and tracks. Made if it is not there
    #[arg(long, value_name = "DIR", env = "PRECINCT_SERVE_DATA")]
    pub(super) data: Option<PathBuf>,
    /// The address to listen on; port 0 takes any that is free [default: 127.0.0.1:7171]
    #[arg(long, value_name = "ADDR", env = "PRECINCT_SERVE_LISTEN")]
    pub(super) listen: Option<SocketAddr>,
    /// The chain of certificates for TLS, as PEM. Without TLS listen on this machine only, or behind a proxy that has it
    #[arg(long, value_name = "FILE", env = "PRECINCT_SERVE_TLS_CERTIFICATE")]
    pub(super) tls_certificate: Option<PathBuf>,
    /// The private key for TLS, as PEM
    #[arg(long, value_name = "FILE", env = "PRECINCT_SERVE_TLS_KEY")]
    pub(super) tls_key: Option<PathBuf>,
    /// A drill: the instant its clock starts at. Once begun, a drill goes on where its record ends
    #[arg(long, value_name = "INSTANT", value_parser = instant, env = "PRECINCT_SERVE_DRILL_FROM")]
    pub(super) drill_from: Option<Timestamp>,
    /// A drill: how many times as fast as the world its clock runs, up to 1000 [default: 1]
    #[arg(long, value_name = "N", env = "PRECINCT_SERVE_DRILL_SPEED")]
    pub(super) drill_speed: Option<u32>,
    /// A folder to read the pages from, for whoever writes them, rather than from within the program
    #[arg(long, value_name = "DIR", env = "PRECINCT_SERVE_PAGES")]
    pub(super) pages: Option<PathBuf>,
    /// How the log is written, on standard error [default: text]
    #[arg(long, value_enum, env = "PRECINCT_SERVE_LOG")]
    pub(super) log: Option<Log>,
    #[command(flatten)]
    pub(super) oidc: Box<oidc::Given>,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let read: Result<jiff::Timestamp, _> = text.parse();
    let read = read.map_err(|_| "write it like 2024-01-08T08:00:00Z".to_owned())?;
    Ok(Timestamp(read.as_millisecond()))
}

/// How a city is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) city: PathBuf,
    pub(super) data: PathBuf,
    pub(super) listen: SocketAddr,
    pub(super) tls: Option<Tls>,
    pub(super) drill: Option<Drill>,
    pub(super) pages: Option<PathBuf>,
    pub(super) log: Log,
    pub(super) oidc: Option<Oidc>,
}

impl Given {
    /// Reads the file, if one was named, and settles everything.
    pub(super) fn settle(self) -> Result<Settled, Failure> {
        let file = self.config.as_deref().map(Settings::read).transpose()?;
        settle(self, file.unwrap_or_default())
    }
}

fn missing(what: &str, how: &str) -> Failure {
    Failure::Usage(format!(
        "no {what} was given: name it {how}, or as `{what}` in the file of --config"
    ))
}

/// A text of the file, as a flag would read it.
pub(super) fn read<T, E: Display>(
    name: &str,
    text: Option<String>,
    read: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, Failure> {
    let wrong = |text: &str, why: E| Failure::Usage(format!("{name} = {text:?}: {why}"));
    text.map(|text| read(&text).map_err(|why| wrong(&text, why))).transpose()
}

/// What was given goes before what the file says, name by name.
fn settle(given: Given, file: Settings) -> Result<Settled, Failure> {
    let listen = read("listen", file.listen, SocketAddr::from_str)?;
    let from = given.drill_from.or(read("drill_from", file.drill_from, instant)?);
    let city = given.city.or(file.city).ok_or_else(|| missing("city", "as CITY"))?;
    let data = given.data.or(file.data).ok_or_else(|| missing("data", "with --data"))?;
    let certificate = given.tls_certificate.or(file.tls_certificate);
    let tls = tls(certificate, given.tls_key.or(file.tls_key))?;
    Ok(Settled {
        city,
        data,
        listen: given.listen.or(listen).unwrap_or(LISTEN),
        tls,
        drill: drill(from, given.drill_speed.or(file.drill_speed))?,
        pages: given.pages.or(file.pages),
        log: given.log.or(file.log).unwrap_or(Log::Text),
        oidc: oidc::settle(*given.oidc, file.oidc)?,
    })
}

fn tls(certificate: Option<PathBuf>, key: Option<PathBuf>) -> Result<Option<Tls>, Failure> {
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some(Tls { certificate, key })),
        (None, None) => Ok(None),
        _ => Err(Failure::Usage(
            "TLS takes a certificate and its key: give both tls_certificate and tls_key, or neither"
                .to_owned(),
        )),
    }
}

fn drill(from: Option<Timestamp>, speed: Option<u32>) -> Result<Option<Drill>, Failure> {
    match (from, speed) {
        (_, Some(speed)) if !(1..=FASTEST).contains(&speed) => {
            Err(Failure::Usage(format!("drill_speed = {speed}: use 1 to {FASTEST}")))
        }
        (None, Some(_)) => Err(Failure::Usage(
            "drill_speed is of a drill: say with drill_from when it starts, or leave it out"
                .to_owned(),
        )),
        (from, speed) => Ok(from.map(|from| Drill { from, speed: speed.unwrap_or(1) })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<Settings, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("serve.toml");
        std::fs::write(&path, text).unwrap();
        Settings::read(&path)
    }

    fn given() -> Given {
        Given { city: Some("town".into()), data: Some("data".into()), ..Given::default() }
    }

    fn told(result: Result<Settled, Failure>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn what_was_given_goes_before_the_file_and_that_before_defaults() {
        let text = "city = \"a\"\ndata = \"/b\"\nlisten = \"0.0.0.0:1\"\ndrill_from = \"2024-01-08T08:00:00Z\"\n\
                    drill_speed = 60\nlog = \"json\"\ntls_certificate = \"c\"\ntls_key = \"k\"";
        let alone = settle(Given::default(), file(text).unwrap()).unwrap();
        assert!(alone.city.is_absolute() && alone.city.ends_with("a"), "beside the file");
        assert_eq!(alone.data, PathBuf::from("/b"));
        assert_eq!((alone.listen, alone.log), ("0.0.0.0:1".parse().unwrap(), Log::Json));
        let drill = Drill { from: Timestamp(1_704_700_800_000), speed: 60 };
        assert_eq!(alone.drill, Some(drill));
        assert!(alone.tls.unwrap().key.ends_with("k"));
        let given = Given {
            listen: Some("127.0.0.1:2".parse().unwrap()),
            drill_speed: Some(2),
            log: Some(Log::Text),
            tls_key: Some("other".into()),
            ..given()
        };
        let both = settle(given, file(text).unwrap()).unwrap();
        assert_eq!((both.city, both.data), ("town".into(), "data".into()));
        assert_eq!((both.listen, both.log), ("127.0.0.1:2".parse().unwrap(), Log::Text));
        assert_eq!(both.drill, Some(Drill { speed: 2, ..drill }));
        let tls = both.tls.unwrap();
        assert!(tls.certificate.ends_with("c") && tls.key.as_os_str() == "other");
        let least = settle(self::given(), Settings::default()).unwrap();
        assert_eq!((least.listen, least.tls, least.drill), (LISTEN, None, None));
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_name() {
        let unknown = file("city = \"a\"\nlisten_on = \"x\"").unwrap_err().to_string();
        assert!(unknown.contains("listen_on") && unknown.contains("serve.toml"), "{unknown}");
        for (text, part) in [
            ("listen = \"x\"", "listen = \"x\""),
            ("drill_from = \"monday\"", "write it like 2024"),
            ("drill_speed = 2", "drill_speed is of a drill"),
            ("drill_speed = 1001\ndrill_from = \"2024-01-08T08:00:00Z\"", "use 1 to 1000"),
            ("tls_key = \"k\"", "give both"),
        ] {
            let error = told(settle(given(), file(text).unwrap()));
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(
            told(settle(Given { data: None, ..given() }, Settings::default())).contains("--data")
        );
        assert!(
            told(settle(Given { city: None, ..given() }, Settings::default())).contains("CITY")
        );
        assert!(file("log = \"loud\"").is_err() && file("drill_speed = -1").is_err());
        let none = Given { config: Some("no/such.toml".into()), ..given() };
        assert!(told(none.settle()).contains("no/such.toml"));
    }
}
