//! `precinct serve`: a city at work, or a drill.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use precinct_base::Timestamp;
use precinct_server::{Drill, Options, Server, ServerError, Tls};
use tracing_subscriber::EnvFilter;

use crate::args::Shared;
use crate::commands::Done;
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Examples:
  precinct serve town --data town-data
  precinct serve town --data drill-data --drill-from 2024-01-08T08:00:00Z --drill-speed 60

The first start prints a link for the first administrator, good for a day and once. Ctrl-C or SIGTERM lets what is under way
end, closes the record and stops.";

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Log {
    /// For people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Serve a city
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Serve {
    /// The city
    #[arg(value_name = "CITY")]
    city: PathBuf,
    /// The data folder: the record, keys, accounts and tracks. Made if it is not there
    #[arg(long, value_name = "DIR", env = "PRECINCT_SERVE_DATA")]
    data: PathBuf,
    /// The address to listen on; port 0 takes any that is free
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7171", env = "PRECINCT_LISTEN")]
    listen: SocketAddr,
    /// The chain of certificates for TLS, as PEM. Without TLS listen on this machine only, or behind a proxy that has it
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The private key for TLS, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// A drill: the instant its clock starts at. Once begun, a drill goes on where its record ends
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    drill_from: Option<Timestamp>,
    /// A drill: how many times as fast as the world its clock runs
    #[arg(long, value_name = "N", default_value_t = 1, requires = "drill_from", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    drill_speed: u32,
    /// How the log is written, on standard error
    #[arg(long, value_enum, default_value_t = Log::Text)]
    log: Log,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let read: Result<jiff::Timestamp, _> = text.parse();
    let read = read.map_err(|_| "write it like 2024-01-08T08:00:00Z".to_owned())?;
    Ok(Timestamp(read.as_millisecond()))
}

impl Serve {
    fn options(&self, shared: &Shared) -> Options {
        let tls = self.tls_certificate.clone().zip(self.tls_key.clone());
        Options {
            city: self.city.clone(),
            open: shared.open_options(None),
            data: self.data.clone(),
            listen: self.listen,
            tls: tls.map(|(certificate, key)| Tls { certificate, key }),
            drill: self.drill_from.map(|from| Drill { from, speed: self.drill_speed }),
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let filter = EnvFilter::try_new("info").unwrap_or_default();
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match self.log {
            Log::Text => log.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
            Log::Json => log.json().init(),
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(self.serve(shared, out))?;
        Ok(Done::Yes)
    }

    async fn serve(&self, shared: &Shared, out: &mut Out) -> Result<(), Failure> {
        let options = self.options(shared);
        let scheme = if options.tls.is_some() { "https" } else { "http" };
        let server = Server::start(options).await?;
        let first_run = server.first_run().map(str::to_owned);
        let stop = server.stopper();
        let handle = server.listening();
        let serving = tokio::spawn(server.serve());
        if let Some(address) = handle.listening().await {
            out.line(&format!("Precinct is at {scheme}://{address}"))?;
            if let Some(token) = first_run {
                out.line(&format!(
                    "Make the first administrator, once and within a day: {scheme}://{address}/set-up#{token}"
                ))?;
            }
            out.flush()?;
        }
        tokio::spawn(async move {
            asked_to_stop().await;
            stop();
        });
        let served: Result<(), ServerError> =
            serving.await.map_err(|error| Failure::Output(std::io::Error::other(error)))?;
        Ok(served?)
    }
}

/// Returns when somebody wants the server to stop.
async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
