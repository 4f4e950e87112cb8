//! OGC API – Features 1.0: posts, sites, areas and incidents for maps and tables of other programs.

mod collection;
mod view;

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use precinct_wire::{
    CollectionDoc, CollectionsDoc, ConformanceDoc, FeatureDoc, FeaturesDoc, FeaturesKind,
    LandingDoc, LinkDoc, Problem,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::collection::{Collection, GEOJSON, JSON};
use self::view::{Filter, View};
use super::board::visible;
use crate::app::App;
use crate::door::{Asker, Declared, Failure, Host, NoParameters, Path};

/// The most features on a page.
const MOST: u64 = 10_000;
/// Those on a page if nothing is said.
const USUAL: u64 = 1_000;
/// The media type of the document of the doors, and of the page that lists them.
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";
const HTML: &str = "text/html";
/// What is kept to.
const CONFORMS: [&str; 2] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
];

/// OGC API – Features: where everything is
#[utoipa::path(get, path = "/ogc", tag = "ogc", responses((status = 200, body = LandingDoc), (status = "4XX", body = Problem)))]
async fn landing(host: Host, _: Declared<NoParameters>) -> Json<LandingDoc> {
    Json(LandingDoc {
        title: "Precinct".to_owned(),
        description: "Posts, sites, areas and incidents of a served city".to_owned(),
        links: vec![
            LinkDoc::new("self", JSON, host.url("/ogc")),
            LinkDoc::new("service-desc", OPENAPI, host.url("/api/openapi.json"))
                .titled("The doors"),
            LinkDoc::new("service-doc", HTML, host.url("/api")).titled("The doors, for people"),
            LinkDoc::new("conformance", JSON, host.url("/ogc/conformance")),
            LinkDoc::new("data", JSON, host.url("/ogc/collections")),
        ],
    })
}

/// OGC API – Features: what is kept to
#[utoipa::path(get, path = "/ogc/conformance", tag = "ogc", responses((status = 200, body = ConformanceDoc), (status = "4XX", body = Problem)))]
async fn conformance(_: Declared<NoParameters>) -> Json<ConformanceDoc> {
    Json(ConformanceDoc { conforms_to: CONFORMS.map(str::to_owned).to_vec() })
}

/// OGC API – Features: on to the document of the doors
#[utoipa::path(get, path = "/ogc/api", tag = "ogc", responses((status = 307, description = "It is at /api/openapi.json"), (status = "4XX", body = Problem)))]
async fn api(_: Declared<NoParameters>) -> Redirect {
    Redirect::temporary("/api/openapi.json")
}

/// OGC API – Features: the collections
#[utoipa::path(get, path = "/ogc/collections", tag = "ogc", responses((status = 200, body = CollectionsDoc), (status = "4XX", body = Problem)))]
async fn collections(
    State(app): State<Arc<App>>,
    asker: Asker,
    host: Host,
    _: Declared<NoParameters>,
) -> Result<Json<CollectionsDoc>, Failure> {
    let areas = visible(&app, &asker)?;
    let collections = app.board.look(|city, _| {
        let view = View { ground: &app.ground, city, areas: &areas };
        Collection::ALL.map(|one| one.document(&host, view.extent(one))).to_vec()
    });
    let links = vec![LinkDoc::new("self", JSON, host.url("/ogc/collections"))];
    Ok(Json(CollectionsDoc { links, collections }))
}

/// OGC API – Features: a collection
#[utoipa::path(get, path = "/ogc/collections/{collection}", tag = "ogc", params(("collection" = String, Path, description = "posts, sites, areas or incidents")), responses((status = 200, body = CollectionDoc), (status = "4XX", body = Problem)))]
async fn one_collection(
    State(app): State<Arc<App>>,
    asker: Asker,
    host: Host,
    Path(name): Path<String>,
    _: Declared<NoParameters>,
) -> Result<Json<CollectionDoc>, Failure> {
    let areas = visible(&app, &asker)?;
    let collection: Collection = name.parse()?;
    Ok(Json(app.board.look(|city, _| {
        let view = View { ground: &app.ground, city, areas: &areas };
        collection.document(&host, view.extent(collection))
    })))
}

/// Which features are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// How many at the most, from 1 on; more than 10,000 are not given at once.
    limit: Option<u64>,
    /// Only those that have a place in this box: west,south,east,north in degrees.
    bbox: Option<String>,
    /// Only those that were then: an instant, or two with a slash between; .. is an open end.
    datetime: Option<String>,
    /// Only those with a higher number: the page before says it in its link to the next.
    after: Option<u32>,
}

impl Wanted {
    fn filter(&self) -> Result<Filter, Failure> {
        let bbox = self.bbox.as_deref().map(str::parse).transpose().map_err(Failure::bad)?;
        let datetime = self.datetime.as_deref().map(str::parse).transpose();
        Ok(Filter { bbox, datetime: datetime.map_err(Failure::bad)? })
    }

    fn limit(&self) -> Result<usize, Failure> {
        match self.limit.unwrap_or(USUAL) {
            0 => Err(Failure::bad("`limit` is 1 or more")),
            limit => Ok(limit.min(MOST) as usize),
        }
    }
}

/// The features that fit, a page of them, and whether there are more.
fn page(
    view: View<'_>,
    collection: Collection,
    wanted: &Wanted,
    limit: usize,
    filter: &Filter,
) -> (Vec<FeatureDoc>, usize, bool) {
    let (mut features, mut matched, mut more) = (Vec::new(), 0, false);
    for known in view.all(collection).filter(|known| known.fits(filter)) {
        matched += 1;
        if wanted.after.is_some_and(|after| known.id() <= after) {
            continue;
        }
        if features.len() < limit {
            features.push(view.document(known, Vec::new()));
        } else {
            more = true;
        }
    }
    (features, matched, more)
}

/// The query of the next page: this one's, but after another number.
fn next(query: Option<&str>, after: u32) -> String {
    let kept = query.unwrap_or_default().split('&');
    let kept = kept.filter(|one| !one.is_empty() && !one.starts_with("after="));
    let after = format!("after={after}");
    kept.chain([after.as_str()]).collect::<Vec<_>>().join("&")
}

/// OGC API – Features: what is in a collection, of what whoever asks may see
#[utoipa::path(get, path = "/ogc/collections/{collection}/items", tag = "ogc", params(("collection" = String, Path, description = "posts, sites, areas or incidents"), Wanted), responses((status = 200, body = FeaturesDoc, content_type = "application/geo+json"), (status = "4XX", body = Problem)))]
async fn items(
    State(app): State<Arc<App>>,
    asker: Asker,
    host: Host,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    Declared(wanted): Declared<Wanted>,
) -> Result<Response, Failure> {
    let areas = visible(&app, &asker)?;
    let collection: Collection = name.parse()?;
    let (filter, limit) = (wanted.filter()?, wanted.limit()?);
    let time_stamp = app.watch.wall().into();
    let (features, number_matched, more) = app.board.look(|city, _| {
        let view = View { ground: &app.ground, city, areas: &areas };
        page(view, collection, &wanted, limit, &filter)
    });
    let address = |query: &str| {
        let mark = if query.is_empty() { "" } else { "?" };
        collection.url(&host, &format!("/items{mark}{query}"))
    };
    let mut links = vec![
        LinkDoc::new("self", GEOJSON, address(query.as_deref().unwrap_or_default())),
        LinkDoc::new("collection", JSON, collection.url(&host, "")),
    ];
    if more && let Some(last) = features.last() {
        links.push(LinkDoc::new("next", GEOJSON, address(&next(query.as_deref(), last.id))));
    }
    let number_returned = features.len();
    let kind = FeaturesKind::FeatureCollection;
    let document =
        FeaturesDoc { kind, features, links, time_stamp, number_matched, number_returned };
    Ok(([(header::CONTENT_TYPE, GEOJSON)], Json(document)).into_response())
}

/// OGC API – Features: a feature
#[utoipa::path(get, path = "/ogc/collections/{collection}/items/{feature}", tag = "ogc", params(("collection" = String, Path, description = "posts, sites, areas or incidents"), ("feature" = u32, Path, description = "Its number")), responses((status = 200, body = FeatureDoc, content_type = "application/geo+json"), (status = "4XX", body = Problem)))]
async fn one_item(
    State(app): State<Arc<App>>,
    asker: Asker,
    host: Host,
    Path((name, feature)): Path<(String, String)>,
    _: Declared<NoParameters>,
) -> Result<Response, Failure> {
    let areas = visible(&app, &asker)?;
    let collection: Collection = name.parse()?;
    let missing = || Failure::missing(format!("there is no such feature in {name}"));
    let number: u32 = feature.parse().map_err(|_| missing())?;
    let links = vec![
        LinkDoc::new("self", GEOJSON, collection.url(&host, &format!("/items/{number}"))),
        LinkDoc::new("collection", JSON, collection.url(&host, "")),
    ];
    let document = app.board.look(|city, _| {
        let view = View { ground: &app.ground, city, areas: &areas };
        let found = view.all(collection).find(|known| known.id() == number);
        found.map(|known| view.document(known, links))
    });
    let document = document.ok_or_else(missing)?;
    Ok(([(header::CONTENT_TYPE, GEOJSON)], Json(document)).into_response())
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(landing))
        .routes(routes!(conformance))
        .routes(routes!(api))
        .routes(routes!(collections))
        .routes(routes!(one_collection))
        .routes(routes!(items))
        .routes(routes!(one_item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_asked_as_this_one_was() {
        assert_eq!(next(None, 7), "after=7");
        assert_eq!(next(Some("limit=2&after=3&bbox=1,2,3,4"), 7), "limit=2&bbox=1,2,3,4&after=7");
    }
}
