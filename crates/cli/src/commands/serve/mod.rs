//! `precinct serve`: a city at work, or a drill.

mod file;
mod oidc;
mod settings;

use clap::{Args, ValueEnum};
use precinct_server::{Options, Server, ServerError};
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use self::settings::{Given, Settled};
use crate::args::Shared;
use crate::commands::Done;
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Examples:
  precinct serve town --data town-data
  precinct serve --config /etc/precinct/serve.toml
  precinct serve town --data drill-data --drill-from 2024-01-08T08:00:00Z --drill-speed 60

The first start prints a link for the first administrator, good for a day and once. Ctrl-C or SIGTERM lets what is under way
end, closes the record and stops.";

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    #[command(flatten)]
    given: Given,
}

fn options(settled: Settled, shared: &Shared) -> Options {
    let Settled { city, data, listen, tls, drill, pages, oidc, log: _ } = settled;
    Options { city, open: shared.open_options(None), data, listen, tls, drill, pages, oidc }
}

impl Serve {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let settled = self.given.clone().settle()?;
        let filter = EnvFilter::try_new("info").unwrap_or_default();
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match settled.log {
            Log::Text => log
                .with_target(false)
                .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
                .init(),
            Log::Json => log.json().init(),
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(serve(options(settled, shared), out))?;
        Ok(Done::Yes)
    }
}

async fn serve(options: Options, out: &mut Out) -> Result<(), Failure> {
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
