//! Looking back: the board at any moment, the records since, and how much was recorded when.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::Action;
use precinct_base::{Instant, Timestamp};
use precinct_core::Moment;
use precinct_engine::Replayed;
use precinct_journal::Reader;
use precinct_wire::{
    Coded, EndDoc, Page, PageWish, PastBoardDoc, Problem, Recorded, SpanDoc, StandsOnDoc, Time,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::{Sees, picture, visible_of};
use super::stream::recorded;
use crate::app::App;
use crate::door::{Asker, Failure, Query};
use crate::live::Told;
use crate::review::{Wanted, last_at};

/// Which moment: one of the two.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Which {
    /// The instant, of the city's own calendar: the board stands on the last record at or before it.
    #[param(value_type = Option<String>, format = DateTime)]
    at: Option<Time>,
    /// The number of the record it is to stand on.
    sequence: Option<u64>,
}

fn wanted(app: &App, which: &Which, head: u64) -> Result<Wanted, Failure> {
    match (which.at, which.sequence) {
        (Some(at), None) if at.0 > app.watch.wall() => {
            Err(Failure::bad(format!("{at} is still to come: look at a moment that has been"))
                .coded(Coded::review_future()))
        }
        (Some(at), None) => Ok(Wanted::Instant(at.0)),
        (None, Some(seq)) if seq > head => {
            Err(Failure::missing(format!("record {seq} is not there yet, the last is {head}")))
        }
        (None, Some(seq)) if seq > 0 => Ok(Wanted::Sequence(seq)),
        _ => Err(Failure::bad("say which moment, by `at` or by `sequence`, from 1")),
    }
}

/// The moment of a state that is looked at as it was at an instant, or right after its last record.
fn moment(replayed: &Replayed, at: Option<Timestamp>) -> Moment {
    let last = replayed.last;
    let Some(at) = at else { return last };
    let passed = u64::try_from(at.0.saturating_sub(last.wall.0)).unwrap_or(0);
    Moment { tick: Instant(last.tick.0.saturating_add(passed)), wall: at }
}

/// The whole picture as it was, after a record or at an instant, and the record it stands on. Where units were is told by another door, for a purpose
#[utoipa::path(get, path = "/api/v1/review/board", tag = "review", params(Which), responses((status = 200, body = PastBoardDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many look back at once, or it takes long: ask again", body = Problem)))]
async fn board(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(which): Query<Which>,
) -> Result<Json<PastBoardDoc>, Failure> {
    Sees::new(&app, &asker, Action::ReadBoard).anything()?;
    let head = app.board.look(|_, seq| seq);
    let wanted = wanted(&app, &which, head)?;
    let replayed = app.review.board(wanted, head).await?;
    let areas = visible_of(&app, &asker, replayed.state.areas().keys().copied())?;
    let now = moment(&replayed, which.at.map(|at| at.0));
    let shown = tokio::task::spawn_blocking(move || {
        let head = replayed.head;
        let state = (&replayed.state, head.seq);
        let board = picture(&app.ground, state, &areas, now, |_, _| None);
        let at = replayed.last.wall.into();
        PastBoardDoc {
            board,
            stands_on: StandsOnDoc { seq: head.seq, at, hash: head.hash.to_string() },
        }
    });
    shown.await.map(Json).map_err(Failure::inside)
}

/// Which records.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Stretch {
    /// The last record that is known already, such as that of a board as it was: the next one comes first.
    from: Option<u64>,
    /// In place of `from`: the records after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    after: Option<Time>,
    /// No records after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Time>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many at the most, 1 to 1000.
    limit: Option<u32>,
}

impl Stretch {
    /// The record after which the page begins.
    async fn begins(&self, app: &App, head: u64) -> Result<u64, Failure> {
        if let Some(cursor) = &self.cursor {
            let cursor = cursor.parse();
            return cursor
                .map_err(|_| Failure::bad("`cursor` is the `next` of the page before, unchanged"));
        }
        match (self.from, self.after) {
            (Some(_), Some(_)) => Err(Failure::bad("say `from` or `after`, not both")),
            (from, None) => Ok(from.unwrap_or(0)),
            (None, Some(after)) => {
                let folder = app.options.data.clone();
                let found = tokio::task::spawn_blocking(move || {
                    let reader = Reader::open(&folder)?;
                    last_at(&reader, head, after.0)
                });
                Ok(found.await.map_err(Failure::inside)??.unwrap_or(0))
            }
        }
    }
}

/// Records of the past, page by page, as the stream tells them: to play again what was
#[utoipa::path(get, path = "/api/v1/review/records", tag = "review", params(Stretch), responses((status = 200, body = Page<Recorded>), (status = "4XX", body = Problem), (status = 503, description = "Too many look back at once: ask again", body = Problem)))]
async fn records(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Page<Recorded>>, Failure> {
    let mut sees = Sees::new(&app, &asker, Action::ReadBoard);
    sees.anything()?;
    let _seat = app.review.page()?;
    let head = app.board.look(|_, seq| seq);
    let limit = PageWish { cursor: None, limit: stretch.limit }.limit();
    let until = stretch.until.map_or(Timestamp(i64::MAX), |until| until.0);
    let begins = stretch.begins(&app, head).await?;
    let mut found =
        some(&app, begins, limit + 1, |told| told.seq <= head && told.entry.at.wall <= until)
            .await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.seq.to_string());
    let items = found.iter().map(|told| recorded(&app, &mut sees, told)).collect();
    Ok(Json(Page { items, next }))
}

/// At most `most` records after number `after`, until one that does not fit.
async fn some(
    app: &App,
    mut after: u64,
    most: usize,
    fits: impl Fn(&Told) -> bool,
) -> Result<Vec<Told>, Failure> {
    let mut found = Vec::new();
    while found.len() < most {
        let told = app.feed.since(after).await.map_err(Failure::inside)?;
        let Some(last) = told.last() else { break };
        after = last.seq;
        let count = told.len();
        let fitting: Vec<Told> = told.into_iter().take_while(&fits).collect();
        let over = fitting.len() < count;
        found.extend(fitting);
        if over {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

/// From when to when there are records, and how many there are in each ten minutes between
#[utoipa::path(get, path = "/api/v1/review/span", tag = "review", responses((status = 200, body = SpanDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many look back at once, or it takes long: ask again", body = Problem)))]
async fn span(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<SpanDoc>, Failure> {
    Sees::new(&app, &asker, Action::ReadBoard).anything()?;
    let head = app.board.look(|_, seq| seq);
    let span = app.review.span(head).await?;
    let end = |(seq, at)| EndDoc { seq, at: Timestamp(at).into() };
    let [first, last] = span.ends.map_or([None, None], |ends| ends.map(|one| Some(end(one))));
    let begins = Timestamp(span.begins).into();
    Ok(Json(SpanDoc { first, last, begins, bar_ms: span.bar_ms, counts: span.counts }))
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(board)).routes(routes!(records)).routes(routes!(span))
}
