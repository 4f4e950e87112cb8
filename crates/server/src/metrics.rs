//! What is counted, for Prometheus: requests by door and outcome, and how long they took. Nothing of who asked.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::sync::watch;

/// The counts.
#[derive(Clone, Debug)]
pub(crate) struct Counted(PrometheusHandle);

/// Bounds of the histogram, in seconds.
const BOUNDS: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

/// How often times are put into their histogram. Until then each is kept by itself, so that without this a server of which nobody reads the
/// counts would hold 16 bytes of every request that it ever answered.
const FOLD: Duration = Duration::from_secs(5);

impl Counted {
    /// The counts of this process: once made, the same for every server in it.
    pub(crate) fn of_process() -> Self {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        let handle = HANDLE.get_or_init(|| {
            let name = Matcher::Full("precinct_http_seconds".to_owned());
            let builder = PrometheusBuilder::new();
            let builder = builder.set_buckets_for_metric(name, BOUNDS);
            let recorder = builder.unwrap_or_default().build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("somebody else counts already: /metrics stays empty");
            }
            handle
        });
        Self(handle.clone())
    }

    /// Keeps them small until the server stops, whether anybody reads them or not.
    pub(crate) fn look_after(self, mut closing: watch::Receiver<bool>) {
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = tokio::time::sleep(FOLD) => self.0.run_upkeep(),
                    _ = closing.changed() => return,
                }
            }
        });
    }

    /// The counts, as Prometheus reads them.
    pub(crate) fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

/// Counts a request.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let door = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let (door, method) = (door.to_owned(), request.method().as_str().to_owned());
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    let labels = [("door", door.clone()), ("method", method), ("status", status)];
    metrics::counter!("precinct_http_requests_total", &labels).increment(1);
    metrics::histogram!("precinct_http_seconds", "door" => door)
        .record(began.elapsed().as_secs_f64());
    response
}
