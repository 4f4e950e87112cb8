//! Places: finding them by name, and the base map under them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use precinct_access::Action;
use precinct_base::LonLat;
use precinct_gazetteer::{Hit, How, Kind, Language, Query as Asked, Target};
use precinct_tiles::{Field, TileId};
use precinct_wire::{At, Coded, Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::Sees;
use crate::app::App;
use crate::door::{Asker, Failure, Path, Query};

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Wanted {
    /// What was typed: a street, a crossing, a post or site; in Chinese, pinyin, its initials, or Latin letters.
    q: String,
    /// The language of labels: zh or en; as signposted if nothing is said.
    lang: Option<String>,
    /// Longitude and latitude, with a comma: of places that fit as well, those near it come first.
    near: Option<String>,
    /// How many at the most, 1 to 100.
    limit: Option<usize>,
}

/// A place that was found.
#[derive(Debug, Serialize, ToSchema)]
struct FoundDoc {
    /// post, site, area, street, crossing or address.
    kind: &'static str,
    /// What it is called.
    label: String,
    /// Where.
    at: At,
    /// The area it is in.
    area: u32,
    /// How it fits: exact, prefix, `word_prefix`, initials or mistaken.
    how: &'static str,
    /// Its number, for a post, site or area.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Post => "post",
        Kind::Site => "site",
        Kind::Area => "area",
        Kind::Street => "street",
        Kind::Crossing => "crossing",
        Kind::Address => "address",
    }
}

const fn how(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Prefix => "prefix",
        How::WordPrefix => "word_prefix",
        How::Initials => "initials",
        How::Mistaken => "mistaken",
    }
}

fn found(app: &App, hit: &Hit) -> FoundDoc {
    let number = match hit.target {
        Target::Post(post) => Some(post.0),
        Target::Site(site) => Some(site.0),
        Target::Area(area) => Some(area.0),
        Target::Street(_) | Target::Crossing(_) | Target::Address(_) => None,
    };
    FoundDoc {
        kind: kind(hit.kind()),
        label: hit.label.clone(),
        at: hit.at.into(),
        area: app.ground.area(hit.at).0,
        how: how(hit.rank.how),
        number,
    }
}

/// Find places by name, as a call-taker types
#[utoipa::path(get, path = "/api/v1/search", tag = "places", params(Wanted), responses((status = 200, body = Vec<FoundDoc>), (status = "4XX", body = Problem)))]
async fn search(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<FoundDoc>>, Failure> {
    Sees::new(&app, &asker, Action::SearchPlaces).anything()?;
    let near: Option<LonLat> =
        wanted.near.as_deref().map(str::parse).transpose().map_err(Failure::bad)?;
    let language = match wanted.lang.as_deref() {
        None => Language::Local,
        Some("zh" | "zh-CN") => Language::Zh,
        Some("en") => Language::En,
        Some(_) => return Err(Failure::bad("`lang` is zh or en")),
    };
    let gazetteer = app.atlas.gazetteer();
    let gazetteer = gazetteer.ok_or_else(|| {
        Failure::later(1, "places are being read: try again in a moment")
            .coded(Coded::atlas_making())
    })?;
    let limit = wanted.limit.unwrap_or(10).clamp(1, 100);
    let hits = gazetteer.search(&Asked { text: &wanted.q, near, limit, language });
    Ok(Json(hits.iter().map(|hit| found(&app, hit)).collect()))
}

/// A tile of the base map: Mapbox Vector Tile 2.1
#[utoipa::path(get, path = "/tiles/{z}/{x}/{y}", tag = "places", responses((status = 200, content_type = "application/vnd.mapbox-vector-tile"), (status = 204, description = "There is nothing in it"), (status = "4XX", body = Problem)))]
async fn tile(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Path((z, x, y)): Path<(u8, u32, u32)>,
) -> Result<Response, Failure> {
    Sees::new(&app, &asker, Action::ReadTiles).anything()?;
    let id = TileId::new(z, x, y)
        .ok_or_else(|| Failure::missing("there is no such tile: zooms are 0 to 16"))?;
    let map = app.atlas.map().ok_or_else(|| {
        Failure::later(2, "the base map is being made: try again in a moment")
            .coded(Coded::atlas_making())
    })?;
    let tag = format!("\"{}\"", app.atlas.tag().unwrap_or_default());
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let bytes = map.tile(id);
        if bytes.is_empty() {
            StatusCode::NO_CONTENT.into_response()
        } else {
            ([(header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile")], bytes).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(Failure::inside)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    Ok(response)
}

/// What the tiles of the base map are, as a `TileJSON` 3.0
#[utoipa::path(get, path = "/tiles.json", tag = "places", responses((status = 200, body = Object), (status = "4XX", body = Problem)))]
async fn tile_json(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<Value>, Failure> {
    Sees::new(&app, &asker, Action::ReadTiles).anything()?;
    let map = app.atlas.map().ok_or_else(|| {
        Failure::later(2, "the base map is being made: try again in a moment")
            .coded(Coded::atlas_making())
    })?;
    let about = map.describe();
    let corner = |at: LonLat| <[f64; 2]>::from(At(at));
    let layers: Vec<Value> = about
        .layers
        .iter()
        .map(|layer| {
            let fields = layer.fields.iter().map(|&Field { key, kind }| (key.to_owned(), json!(kind)));
            let fields: serde_json::Map<String, Value> = fields.collect();
            json!({"id": layer.layer.name(), "minzoom": layer.min_zoom, "maxzoom": layer.max_zoom, "fields": fields})
        })
        .collect();
    Ok(Json(json!({
        "tilejson": "3.0.0",
        "tiles": ["/tiles/{z}/{x}/{y}"],
        "attribution": about.attribution,
        "minzoom": about.min_zoom,
        "maxzoom": about.max_zoom,
        "bounds": about.bounds.map(|bounds| [corner(bounds.min()), corner(bounds.max())].concat()),
        "vector_layers": layers,
    })))
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(tile)).routes(routes!(tile_json))
}
