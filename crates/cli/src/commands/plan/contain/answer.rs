//! The plan for programs.

use precinct_base::{LonLat, Millis};
use precinct_containment::Point;
use serde::Serialize;
use serde_json::{Value, json};

use super::Told;
use crate::geojson;
use crate::text::words::Lang;

/// Seconds, to the millisecond.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Seconds(pub(in super::super) i64);

impl Seconds {
    /// The same as a duration; nothing before now.
    pub(super) fn millis(self) -> Millis {
        Millis(u32::try_from(self.0.max(0)).unwrap_or(u32::MAX))
    }
}

impl Serialize for Seconds {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 1_000.0)
    }
}

/// The whole answer.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    city: &'a str,
    at: [f64; 2],
    ago: Seconds,
    minutes: f64,
    setup: Seconds,
    on_foot: bool,
    sealed: bool,
    cut_size: usize,
    least_slack: Option<Seconds>,
    proof: ProofAnswer,
    points: Vec<PointAnswer<'a>>,
    missing: u32,
    missing_at_least: u32,
    lost: Vec<LostAnswer>,
    doubted: Vec<usize>,
    size: SizeAnswer,
}

#[derive(Serialize)]
struct ProofAnswer {
    kind: &'static str,
    at_least: u32,
    most_slack: bool,
    cuts: u32,
}

/// A point. Times are seconds from now.
#[derive(Serialize)]
struct PointAnswer<'a> {
    osm_id: i64,
    at: [f64; 2],
    streets: Vec<&'a str>,
    unit: Option<&'a str>,
    arrival: Option<Seconds>,
    ready: Option<Seconds>,
    quarry: Seconds,
    slack: Option<Seconds>,
}

#[derive(Serialize)]
struct LostAnswer {
    osm_id: i64,
    at: [f64; 2],
    quarry: Seconds,
}

#[derive(Serialize)]
struct SizeAnswer {
    junctions: u32,
    now: u32,
    inside: u32,
    units: u32,
}

fn degrees(at: LonLat) -> [f64; 2] {
    at.degrees().into()
}

impl<'a> Told<'a> {
    /// A time of the plan as seconds from now.
    pub(super) fn until(&self, time: Millis) -> Seconds {
        Seconds(i64::from(time.0) - i64::from(self.plan.now.0))
    }

    pub(super) fn answer(&self, lang: Option<Lang>) -> Answer<'a> {
        let (plan, map) = (self.plan, self.network.map());
        let proof = plan.proof;
        Answer {
            city: Lang::plain(lang, &self.place.city.name).unwrap_or_default(),
            at: degrees(self.asked.at),
            ago: Seconds(i64::from(self.asked.ago.0)),
            minutes: f64::from(self.asked.minutes.0) / 60_000.0,
            setup: Seconds(i64::from(self.asked.setup.0)),
            on_foot: self.asked.moving.on_foot,
            sealed: plan.sealed,
            cut_size: plan.cut_size(),
            least_slack: plan.least_slack().map(|slack| Seconds(i64::from(slack.0))),
            proof: ProofAnswer {
                kind: proof.kind.name(),
                at_least: proof.at_least,
                most_slack: proof.most_slack,
                cuts: proof.cuts,
            },
            points: plan.points.iter().map(|point| self.point(point, lang)).collect(),
            missing: plan.missing,
            missing_at_least: plan.missing_at_least,
            lost: plan
                .lost
                .iter()
                .map(|lost| LostAnswer {
                    osm_id: map.osm_id(lost.node),
                    at: degrees(map.node_at(lost.node)),
                    quarry: self.until(lost.quarry),
                })
                .collect(),
            doubted: plan.doubted.clone(),
            size: SizeAnswer {
                junctions: plan.size.nodes,
                now: plan.size.now,
                inside: plan.size.inside,
                units: plan.size.units,
            },
        }
    }

    fn point(&self, point: &Point, lang: Option<Lang>) -> PointAnswer<'a> {
        let map = self.network.map();
        let names = point.streets.iter();
        PointAnswer {
            osm_id: map.osm_id(point.node),
            at: degrees(point.at),
            streets: names.filter_map(|&name| Lang::plain(lang, map.names().get(name))).collect(),
            unit: point.manned.map(|manned| self.force.name(manned.unit)),
            arrival: point.manned.map(|manned| self.until(manned.arrival)),
            ready: point.manned.map(|manned| self.until(manned.ready)),
            quarry: self.until(point.quarry),
            slack: point.manned.map(|manned| Seconds(i64::from(manned.slack.0))),
        }
    }

    pub(super) fn features(&self, lang: Option<Lang>) -> Value {
        let points = self.plan.points.iter().map(|point| {
            let told = serde_json::to_value(self.point(point, lang)).unwrap_or_default();
            geojson::feature(geojson::point(point.at), told)
        });
        let left = geojson::feature(geojson::point(self.left.at), json!({ "left": true }));
        geojson::collection(points.chain([left]).collect())
    }
}
