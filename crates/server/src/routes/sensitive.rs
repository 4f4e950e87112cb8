//! What is sensitive: shown for a purpose, and only once it is on record who looked (charter 9).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use precinct_access::Action;
use precinct_base::UnitId;
use precinct_core::event::AccessRead;
use precinct_core::{Contact, IncidentId, Order, Purpose, Sealed, Sensitive, Why};
use precinct_engine::Request;
use precinct_journal::keys::{Keys, Opened};
use precinct_wire::{
    At, ContactBody, ContactDoc, IncidentTextDoc, NoteTextDoc, Problem, PurposeBody, Time,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::chance::own_id;
use crate::door::{Asker, Body, Failure, Path};

/// For what a track is looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TrackBody {
    /// The purpose.
    #[schema(value_type = String, example = "review")]
    purpose: Purpose,
    /// The incident it is looked at for.
    incident: u32,
    /// From when.
    from: Time,
    /// Until when: at most a day later.
    to: Time,
}

/// Where a unit was.
#[derive(Debug, Serialize, ToSchema)]
struct TrackDoc {
    /// Which unit.
    unit: u32,
    /// Instant and place, in order of time.
    fixes: Vec<(Time, At)>,
}

/// Records that something is about to be shown. It is on the disk when this returns.
pub(super) async fn record(
    app: &App,
    asker: &Asker,
    acting: precinct_core::Grant,
    read: AccessRead,
) -> Result<(), Failure> {
    let why = read.incident.map_or(Why::Purpose(read.purpose), Why::Incident);
    let by = App::by(asker, acting, why);
    let request = Request::new(own_id(app.watch.wall()), by, Order::RecordRead(read));
    let recorded = app.order(request).await?;
    recorded.map(|_| ()).ok_or_else(|| Failure::inside("a read was not recorded"))
}

/// What was written freely of an incident. Who looks, and for what, is on record first
#[utoipa::path(post, path = "/api/v1/incidents/{incident}/text", tag = "incidents", request_body = PurposeBody, responses((status = 200, body = IncidentTextDoc), (status = "4XX", body = Problem)))]
async fn text(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(incident): Path<u32>,
    Body(PurposeBody { purpose }): Body<PurposeBody>,
) -> Result<Json<IncidentTextDoc>, Failure> {
    let resource = asker.incident(&app, incident)?;
    let acting = app.may(&asker, Action::ReadText, &resource, Some(purpose))?;
    let id = IncidentId(incident);
    let read = AccessRead::of_incident(Sensitive::Text, id, purpose);
    record(&app, &asker, acting, read).await?;
    let known = app.board.look(|state, _| state.incidents().get(&id).cloned());
    let known = known.ok_or_else(|| Failure::missing(format!("{id} has left the board")))?;
    let folder = app.options.data.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let keys = Keys::reader(&folder).map_err(Failure::inside)?;
        let open = |sealed: &Sealed| match keys.unseal(u64::from(id.0), &sealed.0) {
            Ok(Opened::Text(text)) => Ok(Some(text)),
            Ok(Opened::Erased) => Ok(None),
            Err(error) => Err(Failure::inside(error)),
        };
        let notes = known.notes.iter().map(|note| {
            Ok(NoteTextDoc { at: note.at.wall.into(), by: note.by, text: open(&note.text)? })
        });
        let address = known.place.address.as_ref().map(open).transpose()?.flatten();
        let (erased, notes) = (known.erased, notes.collect::<Result<_, Failure>>()?);
        Ok::<_, Failure>(IncidentTextDoc { incident, erased, address, notes })
    });
    opened.await.map_err(Failure::inside)?.map(Json)
}

/// How to reach who reported an incident. Who looks, and for what, is on record first
#[utoipa::path(post, path = "/api/v1/incidents/{incident}/contact/read", tag = "incidents", request_body = PurposeBody, responses((status = 200, body = ContactDoc), (status = "4XX", body = Problem)))]
async fn read_contact(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(incident): Path<u32>,
    Body(PurposeBody { purpose }): Body<PurposeBody>,
) -> Result<([(HeaderName, &'static str); 1], Json<ContactDoc>), Failure> {
    let resource = asker.incident(&app, incident)?;
    let acting = app.may(&asker, Action::ReadContact, &resource, Some(purpose))?;
    let id = IncidentId(incident);
    let kept = || app.board.look(|state, _| state.incidents().get(&id).and_then(|one| one.contact));
    let none = || Failure::missing(format!("no contact is kept of {id}"));
    kept().ok_or_else(none)?;
    record(&app, &asker, acting, AccessRead::of_incident(Sensitive::Contact, id, purpose)).await?;
    // It may have been erased or replaced while the look was recorded.
    let Contact { contact, until } = kept().ok_or_else(none)?;
    let from = app.clone();
    let read = tokio::task::spawn_blocking(move || from.contacts.read(contact));
    let text = read.await.map_err(Failure::inside)??.ok_or_else(|| {
        Failure::missing(format!(
            "the contact of {id} cannot be read: its key is not in this data folder"
        ))
    })?;
    let ContactBody { name, number } = ContactBody::of_text(&text).map_err(Failure::inside)?;
    let shown = ContactDoc { incident, name, number, until: until.wall.into() };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(shown)))
}

/// The longest stretch of a track that is shown at once.
const LONGEST_MS: i64 = 24 * 3_600_000;

/// Where a unit was, for the review of an incident. Who looks, and for what, is on record first
#[utoipa::path(post, path = "/api/v1/units/{unit}/track", tag = "positions", request_body = TrackBody, responses((status = 200, body = TrackDoc), (status = "4XX", body = Problem)))]
async fn track(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(unit): Path<u32>,
    Body(TrackBody { purpose, incident, from, to }): Body<TrackBody>,
) -> Result<Json<TrackDoc>, Failure> {
    if !(0..=LONGEST_MS).contains(&to.0.0.saturating_sub(from.0.0)) {
        return Err(Failure::bad("`to` comes after `from`, by a day at the most"));
    }
    let resource = Asker::unit(&app, unit)?;
    let acting = app.may(&asker, Action::ReadTrack, &resource, Some(purpose))?;
    let read = AccessRead {
        what: Sensitive::Track,
        incident: Some(IncidentId(incident)),
        unit: Some(UnitId(unit)),
        media: None,
        from: Some(from.0),
        to: Some(to.0),
        purpose,
    };
    record(&app, &asker, acting, read).await?;
    let field = app.field.clone();
    let found = tokio::task::spawn_blocking(move || field.tracks.read(UnitId(unit), from.0, to.0));
    let found = found.await.map_err(Failure::inside)?.map_err(Failure::inside)?;
    let fixes = found.iter().map(|fix| (fix.time.into(), fix.at.into())).collect();
    Ok(Json(TrackDoc { unit, fixes }))
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(text)).routes(routes!(read_contact)).routes(routes!(track))
}
