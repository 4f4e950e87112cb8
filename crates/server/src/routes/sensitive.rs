//! What is sensitive: shown for a purpose, and only once it is on record who looked (charter 9).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use futures_util::future::try_join_all;
use precinct_access::Action;
use precinct_base::{Timestamp, UnitId, caps};
use precinct_core::event::AccessRead;
use precinct_core::{Contact, IncidentId, Missing, Order, Purpose, Sealed, Sensitive, Why};
use precinct_engine::Request;
use precinct_journal::keys::{Keys, Opened};
use precinct_positions::Fix;
use precinct_wire::{
    At, Coded, ContactBody, ContactDoc, IncidentTextDoc, NoteTextDoc, Problem, PurposeBody, Time,
    TracksBody, TracksDoc, UnitTrackDoc,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::chance::own_id;
use crate::door::{Asker, Body, Failure, Path};
use crate::field::TrackFault;

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
    let known = known.ok_or(Missing::Incident(id))?;
    let folder = app.options.data.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let keys = Keys::reader(&folder).map_err(Failure::inside)?;
        let open = |sealed: &Sealed| match keys.unseal(u64::from(id.0), &sealed.0) {
            Ok(Opened::Text(text)) => Ok(Some(text)),
            Ok(Opened::Erased) => Ok(None),
            Err(error) => Err(Failure::inside(error)),
        };
        let notes = known.notes.iter().map(|note| {
            Ok(NoteTextDoc {
                at: note.at.wall.into(),
                entered_at: note.entered.map(|at| at.wall.into()),
                by: note.by,
                text: open(&note.text)?,
            })
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
    let none = || {
        Failure::missing(format!("no contact is kept of {id}"))
            .coded(Coded::incident_no_contact(id))
    };
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

/// The units whose tracks are asked for, with what the asker acts in for each: those that are named, of which none may be out of reach, or
/// those that were sent to the incident and whose tracks the asker may read.
fn units_of(
    app: &App,
    asker: &Asker,
    body: &TracksBody,
) -> Result<BTreeMap<UnitId, precinct_core::Grant>, Failure> {
    let may = |unit: u32| {
        let resource = Asker::unit(app, unit)?;
        let acting = app.may(asker, Action::ReadTrack, &resource, Some(body.purpose))?;
        Ok::<_, Failure>((UnitId(unit), acting))
    };
    if let Some(named) = &body.units {
        let named: BTreeSet<u32> = named.iter().copied().collect();
        if named.is_empty() || named.len() > caps::REVIEW_UNITS {
            let most = caps::REVIEW_UNITS;
            return Err(Failure::bad(format!("name 1 to {most} units, or none at all")));
        }
        return named.into_iter().map(may).collect();
    }
    let sent: BTreeSet<u32> = app.board.look(|city, _| {
        let family = city.family(IncidentId(body.incident));
        family.flat_map(|(_, one)| &one.assignments).map(|task| task.unit.0).collect()
    });
    let asked: Vec<_> = sent.into_iter().take(caps::REVIEW_UNITS).map(may).collect();
    if let Some(refused) = asked.iter().find(|_| asked.iter().all(Result::is_err)) {
        return refused.clone().map(|_| BTreeMap::new());
    }
    if asked.is_empty() {
        let missing = "no unit was sent to that incident, or it has left the board: name the units";
        return Err(Failure::missing(missing));
    }
    Ok(asked.into_iter().flatten().collect())
}

/// A unit's fixes, at most one in each `every` milliseconds.
fn thinned(unit: UnitId, fixes: &[Fix], from: Timestamp, every: u32) -> UnitTrackDoc {
    let (mut shown, mut next) = (Vec::new(), 0);
    for fix in fixes {
        let since = u32::try_from(fix.time.0.saturating_sub(from.0)).unwrap_or(u32::MAX);
        if since >= next {
            shown.push((since, fix.at.lon(), fix.at.lat()));
            next = since.saturating_add(every);
        }
    }
    UnitTrackDoc { unit: unit.0, fixes: shown }
}

/// Where units were in a period, for the review of an incident. Who looks, at which units and for what, is on record first
#[utoipa::path(post, path = "/api/v1/review/tracks", tag = "review", request_body = TracksBody, responses((status = 200, body = TracksDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many look back at once: ask again", body = Problem)))]
async fn tracks(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<TracksBody>,
) -> Result<Json<TracksDoc>, Failure> {
    let (from, to) = (body.from.0, body.until.0);
    if !(0..=LONGEST_MS).contains(&to.0.saturating_sub(from.0)) {
        return Err(Failure::bad("`until` comes after `from`, by a day at the most"));
    }
    let units = units_of(&app, &asker, &body)?;
    let _seat = app.review.page()?;
    let reads = units.iter().map(|(&unit, &acting)| {
        let read = AccessRead {
            what: Sensitive::Track,
            incident: Some(IncidentId(body.incident)),
            unit: Some(unit),
            media: None,
            from: Some(from),
            to: Some(to),
            purpose: body.purpose,
        };
        record(&app, &asker, acting, read)
    });
    try_join_all(reads).await?;
    let (field, every) = (app.field.clone(), body.every_ms.unwrap_or(0));
    let found = tokio::task::spawn_blocking(move || {
        let units: BTreeSet<UnitId> = units.into_keys().collect();
        let found = field.tracks.read_all(&units, from, to)?;
        let of = |&unit: &UnitId| {
            let begins = found.partition_point(|fix| fix.unit < unit);
            let ends = found.partition_point(|fix| fix.unit <= unit);
            thinned(unit, &found[begins..ends], from, every)
        };
        Ok::<Vec<UnitTrackDoc>, TrackFault>(units.iter().map(of).collect())
    });
    let tracks = found.await.map_err(Failure::inside)?.map_err(Failure::inside)?;
    let count: usize = tracks.iter().map(|track| track.fixes.len()).sum();
    if count > caps::REVIEW_FIXES {
        let most = caps::REVIEW_FIXES;
        return Err(Failure::too_large(format!(
            "these are {count} fixes, and {most} are shown at once: name fewer units, a shorter time, or `every_ms`"
        ))
        .coded(Coded::tracks_too_many(count, most)));
    }
    Ok(Json(TracksDoc { from: body.from, tracks }))
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(text))
        .routes(routes!(read_contact))
        .routes(routes!(track))
        .routes(routes!(tracks))
}
