//! Planning: what posts would cover, at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{AreaId, HourOfWeek, Millis, MultiPolygon, caps};
use precinct_core::Hours;
use precinct_roads::{OutlineStyle, Scratch, Snap, Stretch, Way, outline};
use precinct_wire::{
    AreaChangeDoc, AreaCoverDoc, CoverBody, CoverChangeDoc, CoverDoc, CoverPlaceDoc, CoverPostBody,
    FeatureKind, HourCoverDoc, PostCoverDoc, Problem, ReachBandDoc, ReachFeatureDoc,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::advise::parts;
use crate::app::App;
use crate::cover::{Asked, Changed, Covered, changed, covered, rules};
use crate::door::{Asker, Body, Failure};

/// What is asked of cover, read.
pub(super) struct Question {
    posts: Vec<Asked>,
    against: Option<Vec<Asked>>,
    within: Vec<Millis>,
    area: Option<AreaId>,
    hour: Option<HourOfWeek>,
    outlines: bool,
}

/// Thresholds that rise.
fn thresholds(minutes: &[u32]) -> Result<Vec<Millis>, Failure> {
    let within: BTreeSet<u32> = minutes.iter().copied().collect();
    let fit = |minutes: &u32| (1..=caps::REACH_MINUTES).contains(minutes);
    if within.is_empty() || within.len() > caps::REACH_BANDS || !within.iter().all(fit) {
        let (bands, most) = (caps::REACH_BANDS, caps::REACH_MINUTES);
        return Err(Failure::bad(format!(
            "`minutes` are one to {bands} whole numbers from 1 to {most}"
        )));
    }
    Ok(within.into_iter().map(Millis::from_minutes).collect())
}

fn asked(posts: &[CoverPostBody]) -> Result<Vec<Asked>, Failure> {
    if posts.len() > caps::COVER_POSTS {
        let most = caps::COVER_POSTS;
        return Err(Failure::bad(format!("{} posts are too many: at most {most}", posts.len())));
    }
    let one =
        |post: &CoverPostBody| Asked { at: post.at.0, hours: post.hours.unwrap_or(Hours::ALWAYS) };
    Ok(posts.iter().map(one).collect())
}

impl Question {
    fn read(body: &CoverBody) -> Result<Self, Failure> {
        let hour = body.hour.map(|hour| {
            HourOfWeek::new(hour)
                .ok_or_else(|| Failure::bad("`hour` is 0 (Monday 00:00) to 167 (Sunday 23:00)"))
        });
        Ok(Self {
            posts: asked(&body.posts)?,
            against: body.against.as_deref().map(asked).transpose()?,
            within: thresholds(body.minutes.as_deref().unwrap_or(&[1, 3, 5]))?,
            area: body.area.map(AreaId),
            hour: hour.transpose()?,
            outlines: body.outlines,
        })
    }

    /// What two sets of posts cover, the one against the other, in 1, 3 and 5 minutes.
    pub(super) fn of(posts: Vec<Asked>, against: Vec<Asked>, area: AreaId) -> Self {
        let within = [1, 3, 5].map(Millis::from_minutes).to_vec();
        Self {
            posts,
            against: Some(against),
            within,
            area: Some(area),
            hour: None,
            outlines: false,
        }
    }

    fn covered(&self, app: &App, posts: &[Asked]) -> (Covered, Vec<bool>) {
        let limit = self.within.last().copied().unwrap_or_default();
        let reached = app.planning.cover.reached_from(&app.ground, posts, limit);
        let off_road = reached.iter().map(Option::is_none).collect();
        let points = app.planning.cover.points(&app.ground);
        (covered(points, (posts, &reached), &self.within, (self.area, self.hour)), off_road)
    }

    /// Takes some milliseconds: not for a thread that others wait for.
    pub(super) fn answer(&self, app: &App) -> CoverDoc {
        let (found, off_road) = self.covered(app, &self.posts);
        let change = self.against.as_ref().map(|against| {
            let (before, _) = self.covered(app, against);
            let points = app.planning.cover.points(&app.ground);
            let changed = changed(points, self.area, &self.within, (&before, &found));
            change(app, &changed, &before)
        });
        let features = if self.outlines { self.outlines(app, &found) } else { Vec::new() };
        CoverDoc { change, features, ..self.document(app, &found, &off_road) }
    }

    fn document(&self, app: &App, found: &Covered, off_road: &[bool]) -> CoverDoc {
        let of = found.demand;
        let hour = |(hours, posts, sums): &(Hours, u32, Vec<u64>)| HourCoverDoc {
            hours: *hours,
            posts: *posts,
            within: shares(sums, of),
        };
        let area = |(area, demand, sums): &(AreaId, u64, Vec<u64>)| AreaCoverDoc {
            area: area.0,
            demand: *demand,
            within: shares(sums, *demand),
        };
        let post = |((own, only), &off_road): (&(Vec<u64>, Vec<u64>), &bool)| PostCoverDoc {
            off_road,
            within: shares(own, of),
            only: shares(only, of),
        };
        CoverDoc {
            minutes: self.within.iter().map(|within| within.0 / 60_000).collect(),
            demand: of,
            measure: app.ground.city.demand_measure().map(str::to_owned),
            off_road: parts(found.off_road, of),
            within: shares(&found.within, of),
            twice: shares(&found.twice, of),
            hours: found.hours.iter().map(hour).collect(),
            areas: found.areas.iter().map(area).collect(),
            posts: found.posts.iter().zip(off_road).map(post).collect(),
            change: None,
            features: Vec::new(),
        }
    }

    /// Outlines of what the posts that are meant reach.
    fn outlines(&self, app: &App, found: &Covered) -> Vec<ReachFeatureDoc> {
        let Some(network) = app.ground.planned() else { return Vec::new() };
        let meant = |post: &&Asked| self.hour.is_none_or(|hour| post.hours.contains(hour));
        let posts = self.posts.iter().filter(meant);
        let places: Vec<Snap> = posts.filter_map(|post| network.snap(post.at, &rules())).collect();
        let (map, limit) = (&app.ground.map, self.within.last().copied().unwrap_or_default());
        let whole: u64 = map.segment_ids().map(|segment| map.segment(segment).length.0).sum();
        let mut scratch = Scratch::default();
        let reach = network.reach(&mut scratch, &places, limit, Way::Out);
        let feature = |(&within, &sum): (&Millis, &u64)| {
            let streets = Stretch::joined(reach.streets(within));
            let length: u64 = streets.iter().map(|one| one.length().0).sum();
            let lines = streets.iter().map(|stretch| map.trace(stretch));
            let area: MultiPolygon = outline(lines, &OutlineStyle::default());
            ReachFeatureDoc {
                kind: FeatureKind::Feature,
                geometry: (&area).into(),
                properties: ReachBandDoc {
                    minutes: within.0 / 60_000,
                    demand: (found.demand > 0).then(|| parts(sum, found.demand)),
                    streets: parts(length, whole),
                },
            }
        };
        self.within.iter().zip(&found.within).map(feature).collect()
    }
}

fn shares(sums: &[u64], of: u64) -> Vec<u32> {
    sums.iter().map(|&sum| parts(sum, of)).collect()
}

fn change(app: &App, changed: &Changed, before: &Covered) -> CoverChangeDoc {
    let of = before.demand;
    let points = app.planning.cover.points(&app.ground);
    let area = |(area, demand, before, after): &(AreaId, u64, Vec<u64>, Vec<u64>)| AreaChangeDoc {
        area: area.0,
        demand: *demand,
        before: shares(before, *demand),
        after: shares(after, *demand),
    };
    let place = |place: &crate::cover::Place| CoverPlaceDoc {
        at: points[place.point].at.into(),
        demand: points[place.point].weight,
        before_ms: place.before.map(|time| time.0),
        after_ms: place.after.map(|time| time.0),
    };
    CoverChangeDoc {
        before: shares(&before.within, of),
        gains: parts(changed.gains, of),
        loses: parts(changed.loses, of),
        areas: changed.areas.iter().map(area).collect(),
        places: changed.places.iter().take(caps::COVER_PLACES).map(place).collect(),
        places_in_all: changed.places.len() as u32,
    }
}

/// What posts cover, those there are or those only thought of: by hour, by area, by post, and who gains and loses against others. Quick
/// enough to be asked again with every move of a post that is dragged: only the post that moved is searched from anew
#[utoipa::path(post, path = "/api/v1/planning/cover", tag = "planning", request_body = CoverBody, responses((status = 200, body = CoverDoc), (status = "4XX", body = Problem)))]
async fn cover(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<CoverBody>,
) -> Result<Json<CoverDoc>, Failure> {
    let resource = Resource::area(AreaId(body.area.unwrap_or(0)));
    app.may(&asker, Action::ReadPlans, &resource, None)?;
    let question = Question::read(&body)?;
    let answered = tokio::task::spawn_blocking(move || question.answer(&app));
    answered.await.map(Json).map_err(Failure::inside)
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(cover))
}
