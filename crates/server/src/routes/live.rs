//! Where units are, as it changes: binary frames over a web socket, of what a map shows and no more often than a tick.
//!
//! The client sends `{"west": …, "south": …, "east": …, "north": …, "most": …}` whenever its map has moved. A frame has all numbers
//! little-endian. The first byte says what it is:
//!
//! - 1, units: 1 byte 0, 2 bytes 0, 8 bytes instant (milliseconds since 1970), then 24 bytes a unit: unit (4), longitude and latitude in
//!   10⁻⁷ degree (4, 4), age of the fix in milliseconds (4), accuracy in metres (2), speed in centimetres a second (2), heading in
//!   hundredths of a degree (2), 0 (2); 65535 is unknown.
//! - 2, cells, where there are more units than `most`: columns (1), rows (1), 1 byte 0, 8 bytes instant, west, south, east, north in 10⁻⁷
//!   degree (4 each), then a count (4) for each cell, from the south-west, row by row.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use precinct_access::Action;
use precinct_base::{AreaId, Bounds};
use precinct_positions::{Heading, Position, Speed, View};
use precinct_wire::{Problem, Window};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::Sees;
use crate::app::App;
use crate::door::{Asker, Failure};

/// Units sent one by one at the most.
const MOST: u32 = 20_000;
/// Columns and rows of the picture from afar.
const CELLS: (u32, u32) = (48, 48);
/// Bytes of a unit.
const UNIT_BYTES: usize = 24;

/// Where units are, as it changes
#[utoipa::path(get, path = "/api/v1/positions/live", tag = "positions", responses((status = 101, description = "A web socket of binary frames"), (status = "4XX", body = Problem)))]
async fn live(
    State(app): State<Arc<App>>,
    asker: Asker,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Failure> {
    Sees::new(&app, &asker, Action::ReadPositions).anything()?;
    let upgrade = upgrade.max_message_size(4_096);
    Ok(upgrade.on_upgrade(move |socket| watch(app, asker, socket)))
}

async fn watch(app: Arc<App>, asker: Asker, mut socket: WebSocket) {
    let (mut ticks, mut closing) = (app.field.ticks(), app.closing.subscribe());
    let mut window = None;
    loop {
        let tick = tokio::select! {
            received = socket.recv() => match received {
                Some(Ok(Message::Text(text))) => match serde_json::from_str::<Window>(&text) {
                    Ok(wanted) => {
                        window = wanted.bounds().map(|bounds| (bounds, wanted.most.min(MOST)));
                        true
                    }
                    Err(error) => {
                        let says = format!("{{\"problem\":{}}}", serde_json::json!(error.to_string()));
                        if socket.send(Message::Text(says.into())).await.is_err() {
                            return;
                        }
                        false
                    }
                },
                Some(Ok(_)) => false,
                Some(Err(_)) | None => return,
            },
            ticked = ticks.changed() => {
                if ticked.is_err() {
                    return;
                }
                true
            }
            _ = closing.changed() => return,
        };
        if let Some((bounds, most)) = window.filter(|_| tick) {
            let Some(bytes) = picture(&app, &asker, bounds, most) else { return };
            if socket.send(Message::Binary(bytes.into())).await.is_err() {
                return;
            }
        }
    }
}

/// The frame of a window; none if the asker may not see it any more.
fn picture(app: &App, asker: &Asker, bounds: Bounds, most: u32) -> Option<Vec<u8>> {
    let mut sees = Sees::new(app, asker, Action::ReadPositions);
    sees.anything().ok()?;
    let (view, now) = (app.field.view(), app.watch.wall());
    let whole = sees.area(AreaId(0));
    let within = view.within_box(bounds);
    if within.len() > most as usize && whole {
        return cells(&view, bounds, now.0);
    }
    let areas: Vec<Option<AreaId>> = app.board.look(|state, _| {
        let area = |position: &Position| state.units().get(&position.unit).map(|unit| unit.area);
        within.iter().map(area).collect()
    });
    let shown = within.iter().zip(areas);
    let shown = shown.filter(|(_, area)| whole || area.is_some_and(|area| sees.area(area)));
    let mut bytes = vec![1, 0, 0, 0];
    bytes.extend(now.0.to_le_bytes());
    for (position, _) in shown.take(most as usize) {
        bytes.extend(unit(position));
    }
    Some(bytes)
}

fn unit(position: &Position) -> [u8; UNIT_BYTES] {
    let mut bytes = [0; UNIT_BYTES];
    let known = |value: Option<u16>| value.unwrap_or(u16::MAX).to_le_bytes();
    let accuracy = position.accuracy.map(|metres| u16::try_from(metres.0).unwrap_or(u16::MAX - 1));
    bytes[..4].copy_from_slice(&position.unit.0.to_le_bytes());
    bytes[4..8].copy_from_slice(&position.at.lon().to_le_bytes());
    bytes[8..12].copy_from_slice(&position.at.lat().to_le_bytes());
    bytes[12..16].copy_from_slice(&position.age.0.to_le_bytes());
    bytes[16..18].copy_from_slice(&known(accuracy));
    bytes[18..20].copy_from_slice(&known(position.speed.map(Speed::cm_s)));
    bytes[20..22].copy_from_slice(&known(position.heading.map(Heading::hundredths)));
    bytes
}

fn cells(view: &View, bounds: Bounds, now: i64) -> Option<Vec<u8>> {
    let (columns, rows) = CELLS;
    let cells = view.cells(bounds, columns, rows).ok()?;
    let mut bytes = vec![2, columns as u8, rows as u8, 0];
    bytes.extend(now.to_le_bytes());
    let (low, high) = (bounds.min(), bounds.max());
    for edge in [low.lon(), low.lat(), high.lon(), high.lat()] {
        bytes.extend(edge.to_le_bytes());
    }
    bytes.extend(cells.counts().iter().flat_map(|count| count.to_le_bytes()));
    Some(bytes)
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(live))
}
