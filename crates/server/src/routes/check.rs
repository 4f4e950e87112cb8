//! What is wrong with the files of the served city.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::Said;
use precinct_city::{Fault, Report, Severity, Silent};
use precinct_wire::{Coded, Problem, SaidDoc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::{Asker, Failure};

/// One thing that is wrong with the city's files, and where.
#[derive(Debug, Serialize, ToSchema)]
struct FileFaultDoc {
    /// What it costs: note (nothing), fault (a row or a value is left out) or refusal (a whole input is).
    severity: &'static str,
    /// The file, as the city's file names it.
    file: String,
    /// The line, or the feature of a `GeoJSON` file, from 1.
    row: Option<u64>,
    /// The column or property; for `city.toml` the character in the line.
    column: Option<String>,
    /// What is wrong.
    what: SaidDoc,
    /// What to do about it.
    mend: SaidDoc,
}

/// What is wrong with the city's files as they are now, which may be newer than what is served.
#[derive(Debug, Serialize, ToSchema)]
struct CityCheckDoc {
    /// Whether nothing has to be mended; notes do no harm.
    sound: bool,
    /// What is wrong and worth knowing, one by one, up to a thousand.
    listed: Vec<FileFaultDoc>,
    /// How many notes there are in all.
    notes: u64,
    /// How many faults.
    faults: u64,
    /// How many refusals.
    refusals: u64,
    /// What would make the city more complete, a sentence each.
    to_add: Vec<SaidDoc>,
}

/// What is wrong with the city's files: file, row, column, what, and what to do. They are read anew, with the streets
#[utoipa::path(get, path = "/api/v1/city/check", tag = "places", responses((status = 200, body = CityCheckDoc), (status = "4XX", body = Problem)))]
async fn check(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<CityCheckDoc>, Failure> {
    app.may(&asker, Action::CheckCity, &Resource::CITY, None)?;
    let held = app.checking.clone().try_lock_owned();
    let held = held.map_err(|_| {
        Failure::later(5, "the city's files are being read already").coded(Coded::check_running())
    })?;
    let report = tokio::task::spawn_blocking(move || {
        // Kept until the files are read, also if nobody waits for the answer any more.
        let _held = held;
        precinct_city::check(&app.options.city, &app.options.open, &Silent)
    });
    let report = report.await.map_err(Failure::inside)?;
    // There is nothing at that place any more: whoever asks is the one to put it there.
    report.map(|report| Json(document(report))).map_err(Failure::conflict)
}

fn document(report: Report) -> CityCheckDoc {
    let Report { sound, faults, summary, .. } = report;
    CityCheckDoc {
        sound,
        notes: faults.notes,
        faults: faults.faults,
        refusals: faults.refusals,
        listed: faults.listed.into_iter().map(fault).collect(),
        to_add: summary.map(|summary| said(&summary.to_add)).unwrap_or_default(),
    }
}

fn fault(fault: Fault) -> FileFaultDoc {
    let Fault { severity, file, row, column, what, mend } = fault;
    let severity = match severity {
        Severity::Note => "note",
        Severity::Fault => "fault",
        Severity::Refusal => "refusal",
    };
    FileFaultDoc { severity, file, row, column, what: (&what).into(), mend: (&mend).into() }
}

fn said(all: &[Said]) -> Vec<SaidDoc> {
    all.iter().map(SaidDoc::from).collect()
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(check))
}
