//! Where units are: what gateways, trackers and phones send, and the picture of it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use precinct_access::{Action, Principal, Resource};
use precinct_accounts::{Device, DeviceKind};
use precinct_base::{Metres, Timestamp, UnitId};
use precinct_core::{Code, StaffNo};
use precinct_positions::{Fix, Heading, Source, Speed, Tally};
use precinct_wire::{
    FrameFix, Problem, Report, ReportFix, read_frame, read_osmand_json, read_osmand_query,
    read_owntracks,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::{Asker, Failure, Query};

/// What became of fixes that were sent.
#[derive(Debug, Serialize, ToSchema)]
struct TakenDoc {
    /// How many are the newest of their units now.
    taken: u64,
    /// How many were left out, by reason.
    left_out: BTreeMap<&'static str, u64>,
}

impl From<Tally> for TakenDoc {
    fn from(tally: Tally) -> Self {
        let left_out = [
            ("unknown_unit", tally.unknown_unit),
            ("off_duty", tally.off_duty),
            ("future", tally.future),
            ("duplicate", tally.duplicate),
            ("older", tally.older),
            ("jump", tally.jump),
        ];
        Self {
            taken: tally.taken,
            left_out: left_out.into_iter().filter(|one| one.1 > 0).collect(),
        }
    }
}

fn of_frame(fix: &FrameFix) -> Fix {
    Fix {
        accuracy: fix.accuracy_m.map(|metres| Metres(metres.into())),
        speed: fix.speed_cm_s.map(|cm_s| Speed::new(cm_s.into())),
        heading: fix.heading_cdeg.and_then(Heading::new),
        source: Source::Gateway,
        sos: fix.sos,
        ..Fix::new(fix.unit, fix.at, fix.time)
    }
}

fn of_report(unit: UnitId, fix: &ReportFix, sos: bool, source: Source, now: Timestamp) -> Fix {
    Fix {
        accuracy: fix.accuracy_m.map(Metres),
        speed: fix.speed_cm_s.map(|cm_s| Speed::new(cm_s.into())),
        heading: fix.heading_cdeg.and_then(Heading::new),
        source,
        sos,
        ..Fix::new(unit, fix.at, fix.time.unwrap_or(now))
    }
}

impl App {
    /// A device as one who asks.
    pub(crate) fn device_asker(device: &Device) -> Asker {
        let id: String = device.id.chars().take(18).collect();
        let staff: StaffNo = format!("dev/{id}").parse().unwrap_or(Code::literal("dev/unknown"));
        Asker { principal: Principal::device(staff, device.unit), second_factor: false }
    }

    async fn hear(&self, fixes: Vec<Fix>) -> Result<Tally, Failure> {
        metrics::counter!("precinct_fixes_total").increment(fixes.len() as u64);
        let heard = self.field.hear(fixes).await;
        heard.ok_or_else(|| Failure::later(1, "the server stops: send it again when it is back"))
    }

    /// What a device reports of its unit.
    async fn report(
        &self,
        device: &Device,
        report: &Report,
        source: Source,
    ) -> Result<(), Failure> {
        let asker = Self::device_asker(device);
        let area =
            Asker::unit(self, device.unit.0).map_or(precinct_base::AreaId(0), |unit| unit.area);
        self.may(&asker, Action::SendPositions, &Resource::unit(device.unit, area), None)?;
        self.count_device(device, report.sos)?;
        match &report.fix {
            Some(fix) => {
                let now = self.watch.wall();
                self.hear(vec![of_report(device.unit, fix, report.sos, source, now)]).await?;
            }
            None if report.sos => self.cry(device.unit, None),
            None => {}
        }
        Ok(())
    }
}

/// Positions of many units, from a gateway, as a binary frame
#[utoipa::path(post, path = "/api/v1/positions", tag = "positions", request_body(content = Vec<u8>, content_type = "application/vnd.precinct.positions"), responses((status = 200, body = TakenDoc), (status = "4XX", body = Problem)))]
async fn batch(
    State(app): State<Arc<App>>,
    asker: Asker,
    body: Bytes,
) -> Result<Json<TakenDoc>, Failure> {
    app.may(&asker, Action::SendPositions, &Resource::CITY, None)?;
    let fixes = read_frame(&body).map_err(Failure::bad)?;
    app.count_positions(&asker, fixes.iter().any(|fix| fix.sos))?;
    Ok(Json(app.hear(fixes.iter().map(of_frame).collect()).await?.into()))
}

/// The position of one unit, as `OsmAnd` and Traccar Client send it
#[utoipa::path(post, path = "/osmand", tag = "positions", request_body(content = String, content_type = "application/x-www-form-urlencoded"), params(("id" = String, Query, description = "The device's credential")), responses((status = 200), (status = "4XX", body = Problem)))]
async fn osmand(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let form = headers.get(header::CONTENT_TYPE).and_then(|form| form.to_str().ok()).unwrap_or("");
    let report = if form.starts_with("application/json") {
        read_osmand_json(&body)
    } else {
        let fields: Vec<(String, String)> = if form.starts_with("application/x-www-form-urlencoded")
        {
            let read = serde_urlencoded(&body)?;
            query.into_iter().chain(read).collect()
        } else {
            query
        };
        read_osmand_query(fields.iter().map(|(key, value)| (key.as_str(), value.as_str())))
    };
    let report = report.map_err(Failure::bad)?;
    let Some(device) = app.accounts.device_by_osmand(&report.device)? else {
        app.count_stranger(from)?;
        // The clients expect 400 for a device that is not known.
        return Err(Failure::bad("this device is not enrolled: ask for a code"));
    };
    app.report(&device, &report, Source::Tracker).await?;
    Ok(StatusCode::OK)
}

fn serde_urlencoded(body: &Bytes) -> Result<Vec<(String, String)>, Failure> {
    let text = std::str::from_utf8(body).map_err(Failure::bad)?;
    let uri = format!("/?{text}").parse::<axum::http::Uri>().map_err(Failure::bad)?;
    let axum::extract::Query(fields) =
        axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(Failure::bad)?;
    Ok(fields)
}

/// The credential in the password of a Basic header (RFC 7617).
fn basic_password(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let encoded = value.strip_prefix("Basic ").or_else(|| value.strip_prefix("basic "))?;
    let decoded = BASE64_STANDARD.decode(encoded.trim()).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

/// The position of one unit, as `OwnTracks` sends it over HTTP: Basic, with the device's credential as the password
#[utoipa::path(post, path = "/owntracks", tag = "positions", request_body = Object, responses((status = 200), (status = "4XX", body = Problem)))]
async fn owntracks(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let credential = basic_password(&headers)
        .ok_or_else(|| Failure::unknown("send the device's credential as the password"))?;
    let Some(device) = app.accounts.device(&credential)? else {
        app.count_stranger(from)?;
        return Err(Failure::unknown("this device is not enrolled: ask for a code"));
    };
    let fix = read_owntracks(&body).map_err(Failure::bad)?;
    let report = Report { device: device.id.clone(), fix, sos: false };
    app.report(&device, &report, Source::OwnTracks).await?;
    // Anything but an empty list makes its Android client send the position again.
    Ok(([(header::CONTENT_TYPE, "application/json")], "[]").into_response())
}

/// What a phone's own page sends.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnFix {
    /// Where.
    at: precinct_wire::At,
    /// When the phone took it.
    time: precinct_wire::Time,
    /// How exact, metres.
    accuracy_m: Option<u32>,
    /// How fast, centimetres a second.
    speed_cm_s: Option<u16>,
    /// Where to, hundredths of a degree.
    heading_cdeg: Option<u16>,
    /// Whether the officer calls for help.
    #[serde(default)]
    sos: bool,
}

/// Where one's own unit is, from the page on a crew's phone or an enrolled device; several at once after a gap
#[utoipa::path(post, path = "/api/v1/positions/own", tag = "positions", request_body = Vec<OwnFix>, responses((status = 200, body = TakenDoc), (status = "4XX", body = Problem)))]
async fn own(
    State(app): State<Arc<App>>,
    asker: Asker,
    crate::door::Body(fixes): crate::door::Body<Vec<OwnFix>>,
) -> Result<Json<TakenDoc>, Failure> {
    let unit = asker.principal.unit;
    let unit = unit.ok_or_else(|| {
        Failure::forbidden("you are in no unit: a tour has to be planned for you first")
    })?;
    let area = Asker::unit(&app, unit.0)?.area;
    app.may(&asker, Action::SendPositions, &Resource::unit(unit, area), None)?;
    app.count_positions(&asker, fixes.iter().any(|fix| fix.sos))?;
    let fixes = fixes.into_iter().map(|fix| {
        let report = ReportFix {
            at: fix.at.0,
            time: Some(fix.time.0),
            accuracy_m: fix.accuracy_m,
            speed_cm_s: fix.speed_cm_s,
            heading_cdeg: fix.heading_cdeg,
        };
        of_report(unit, &report, fix.sos, Source::Phone, fix.time.0)
    });
    Ok(Json(app.hear(fixes.collect()).await?.into()))
}

/// A device that is to be enrolled.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnrolmentBody {
    /// phone, tracker or gateway.
    kind: String,
    /// The number built into a tracker that cannot be given another.
    tracker: Option<String>,
}

/// A code to enrol a device with.
#[derive(Debug, Serialize, ToSchema)]
struct EnrolmentDoc {
    /// The code: once, within fifteen minutes.
    code: String,
}

/// A code that a device shows.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnrolBody {
    /// The code.
    code: String,
}

/// A device that was enrolled.
#[derive(Debug, Serialize, ToSchema)]
struct EnrolledDoc {
    /// Its id.
    device: String,
    /// The unit it belongs to.
    unit: u32,
    /// What it shows from now on; shown once.
    credential: String,
}

/// A code to enrol a device of a unit with
#[utoipa::path(post, path = "/api/v1/units/{unit}/devices", tag = "positions", request_body = EnrolmentBody, responses((status = 200, body = EnrolmentDoc), (status = "4XX", body = Problem)))]
async fn enrolment(
    State(app): State<Arc<App>>,
    asker: Asker,
    crate::door::Path(unit): crate::door::Path<u32>,
    crate::door::Body(body): crate::door::Body<EnrolmentBody>,
) -> Result<Json<EnrolmentDoc>, Failure> {
    app.may(&asker, Action::EnrolDevices, &Asker::unit(&app, unit)?, None)?;
    let kind = DeviceKind::from_name(&body.kind);
    let kind = kind.ok_or_else(|| Failure::bad("`kind` is phone, tracker or gateway"))?;
    let mut chance = crate::chance::Drawn(precinct_engine::live::SystemChance);
    let tracker = body.tracker.as_deref();
    let code = app.accounts.enrolment(app.real_now(), UnitId(unit), kind, tracker, &mut chance)?;
    Ok(Json(EnrolmentDoc { code: code.expose().to_owned() }))
}

/// Enrol a device, by its code
#[utoipa::path(post, path = "/api/v1/devices", tag = "positions", request_body = EnrolBody, responses((status = 200, body = EnrolledDoc), (status = "4XX", body = Problem)))]
async fn enrol(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    crate::door::Body(body): crate::door::Body<EnrolBody>,
) -> Result<Json<EnrolledDoc>, Failure> {
    let mut chance = crate::chance::Drawn(precinct_engine::live::SystemChance);
    let source = precinct_accounts::Source::of(from.ip());
    let enrolled = app.accounts.enrol(app.real_now(), &body.code, source, &mut chance)?;
    Ok(Json(EnrolledDoc {
        device: enrolled.device.id,
        unit: enrolled.device.unit.0,
        credential: enrolled.credential.expose().to_owned(),
    }))
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(batch))
        .routes(routes!(own))
        .routes(routes!(osmand))
        .routes(routes!(owntracks))
        .routes(routes!(enrolment))
        .routes(routes!(enrol))
        .route("/osmand", axum::routing::get(osmand))
}
