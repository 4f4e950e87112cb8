//! Pictures of incidents: added without anything but the picture, shown for a purpose and on record.

use std::sync::Arc;

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use precinct_access::Action;
use precinct_base::caps;
use precinct_core::event::{AccessRead, MediaAdded};
use precinct_core::{IncidentId, Media, MediaId, Order, Why};
use precinct_engine::Request;
use precinct_wire::{Answer, Problem, PurposeBody, strip};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sensitive::record;
use crate::album::SealedFile;
use crate::app::App;
use crate::beside::Waiting;
use crate::door::{Asker, Body, Failure, Key, Path, Picture};

/// The picture without anything else, if it is what its sender calls it.
fn stripped(picture: &Picture) -> Result<Vec<u8>, Failure> {
    let (kind, bytes) = strip(&picture.bytes).map_err(Failure::bad)?;
    if kind == picture.said {
        return Ok(bytes);
    }
    let (said, is) = (picture.said.media_type(), kind.media_type());
    Err(Failure::bad(format!("this was sent as {said} and is {is}: send it as what it is")))
}

/// Add a picture. Everything in it but the picture is taken out: where and when it was taken, with what, comments, smaller copies. It is kept sealed under the incident's own key, and never analysed
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/media", tag = "incidents",
    request_body(content(([u8] = "image/jpeg"), ([u8] = "image/png"), ([u8] = "image/webp")), description = "The picture itself, at most 4 MiB"),
    params(("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$")),
    responses(
        (status = 200, description = "Done, and on the disk", body = Answer),
        (status = "4XX", description = "Not done", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at present: send it again with the same key", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk has no room for it", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn add_media(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Path(incident): Path<u32>,
    picture: Picture,
) -> Result<Json<Answer>, Failure> {
    let resource = asker.finding(&app, incident)?;
    let acting = app.may(&asker, Action::AddMedia, &resource, None)?;
    let (incident, media) = (IncidentId(incident), MediaId(key.id.0));
    if let Some(trouble) = app.board.trouble() {
        return Err(trouble.into());
    }
    let (from, kind) = (app.clone(), picture.said);
    let kept = tokio::task::spawn_blocking(move || {
        let bytes = stripped(&picture)?;
        Ok::<_, Failure>(from.album.keep(incident, media, &bytes)?)
    });
    let SealedFile { bytes, hash } = kept.await.map_err(Failure::inside)??;
    let order = Order::AddMedia(MediaAdded { incident, media, kind, bytes, hash });
    let request = Request::new(key.id, App::by(&asker, acting, Why::Incident(incident)), order);
    let done = app.order_with(request, Some(Waiting::Media(incident, media))).await?;
    Ok(Json(done.map_or_else(Answer::default, |done| {
        Answer::done(done.seq, done.at, done.repeated, &done.facts)
    })))
}

/// A picture. Who looks, and for what, is on record first
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/media/{media}/read", tag = "incidents",
    params(("incident" = u32, Path, description = "Which incident"), ("media" = String, Path, description = "Which picture: 32 hexadecimal digits", pattern = "^[0-9a-f]{32}$")),
    request_body = PurposeBody,
    responses(
        (status = 200, description = "The picture", content(([u8] = "image/jpeg"), ([u8] = "image/png"), ([u8] = "image/webp"))),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn read_media(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path((incident, media)): Path<(u32, String)>,
    Body(PurposeBody { purpose }): Body<PurposeBody>,
) -> Result<Response, Failure> {
    let resource = asker.incident(&app, incident)?;
    let acting = app.may(&asker, Action::ReadMedia, &resource, Some(purpose))?;
    let (id, media): (_, MediaId) = (IncidentId(incident), media.parse().map_err(Failure::bad)?);
    let known = app.board.look(|state, _| {
        let incident = state.incidents().get(&id).filter(|incident| !incident.erased)?;
        incident.media.iter().find(|one| one.media == media).copied()
    });
    let known = known.ok_or_else(|| {
        Failure::missing(format!("{id} has no picture {media}, or it was erased"))
    })?;
    record(&app, &asker, acting, AccessRead::of_media(media, id, purpose)).await?;
    let Media { kind, bytes, hash, .. } = known;
    let opened =
        tokio::task::spawn_blocking(move || app.album.read(id, media, SealedFile { bytes, hash }));
    let picture = opened.await.map_err(Failure::inside)??;
    let headers = [
        (header::CONTENT_TYPE, kind.media_type()),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, picture).into_response())
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(add_media))
        .layer(DefaultBodyLimit::max(caps::MEDIA_BYTES))
        .routes(routes!(read_media))
}
