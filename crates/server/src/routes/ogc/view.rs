//! What there is to see: the features of a city for somebody who sees some of its areas.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Bounds, LonLat, MultiPolygon, PostId, Timestamp};
use precinct_city::Site;
use precinct_core::{Area, Incident, IncidentId, Post, State, Status};
use precinct_wire::{
    AreaProperties, At, Bbox, ExtentDoc, FeatureDoc, FeatureKind, GeometryDoc, IncidentProperties,
    Interval, LinkDoc, PostProperties, PropertiesDoc, SiteProperties, SpatialDoc, TemporalDoc,
};

use super::collection::{CRS84, Collection, GREGORIAN};
use crate::ground::Ground;
use crate::routes::board::sees;

/// What somebody sees of a city.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) ground: &'a Ground,
    pub(super) city: &'a State,
    /// The areas the asker sees.
    pub(super) areas: &'a BTreeMap<AreaId, bool>,
}

/// A feature before it is written.
#[derive(Clone, Copy)]
pub(super) enum Known<'a> {
    Post(PostId, &'a Post),
    Site(u32, &'a Site, AreaId),
    Area(AreaId, &'a Area, Option<&'a MultiPolygon>),
    Incident(IncidentId, &'a Incident),
}

/// What features are wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) bbox: Option<Bbox>,
    pub(super) datetime: Option<Interval>,
}

impl<'a> View<'a> {
    /// Every feature of a collection, by rising number.
    pub(super) fn all(self, collection: Collection) -> Box<dyn Iterator<Item = Known<'a>> + 'a> {
        match collection {
            Collection::Posts => Box::new(self.posts()),
            Collection::Sites => Box::new(self.sites()),
            Collection::Areas => Box::new(self.shapes()),
            Collection::Incidents => Box::new(self.incidents()),
        }
    }

    fn posts(self) -> impl Iterator<Item = Known<'a>> {
        let all = self.city.posts().iter().map(|(&id, post)| (id, post));
        all.filter(move |(_, post)| sees(self.areas, post.area))
            .map(|(id, post)| Known::Post(id, post))
    }

    fn sites(self) -> impl Iterator<Item = Known<'a>> {
        let all = (0..).zip(&self.ground.city.sites);
        all.map(move |(id, site)| Known::Site(id, site, self.ground.area(site.at))).filter(
            move |known| matches!(known, Known::Site(_, _, area) if sees(self.areas, *area)),
        )
    }

    /// Areas: their names and levels are no secret, and neither is where they are.
    fn shapes(self) -> impl Iterator<Item = Known<'a>> {
        let shapes = self.ground.city.areas.iter().enumerate();
        let shapes: BTreeMap<AreaId, &MultiPolygon> = shapes
            .filter_map(|(index, area)| Some((self.ground.area_number(index)?, &area.shape)))
            .collect();
        let all = self.city.areas().iter();
        all.map(move |(&id, area)| Known::Area(id, area, shapes.get(&id).copied()))
    }

    fn incidents(self) -> impl Iterator<Item = Known<'a>> {
        let all = self.city.incidents().iter().map(|(&id, one)| (id, one));
        all.filter(move |(_, one)| sees(self.areas, one.place.area))
            .map(|(id, one)| Known::Incident(id, one))
    }

    fn site(self, id: u32, site: &Site, area: AreaId) -> SiteProperties {
        SiteProperties {
            site: id,
            kind: site.kind,
            name: site.name.local.clone(),
            name_en: site.name.en.clone(),
            name_zh: site.name.zh.clone(),
            area: area.0,
            grade: self.ground.city.thresholds.get(site.grade).grade.clone(),
        }
    }

    /// A feature as a document.
    pub(super) fn document(self, known: Known<'_>, links: Vec<LinkDoc>) -> FeatureDoc {
        let properties = match known {
            Known::Post(id, post) => PropertiesDoc::Post(PostProperties::new(id, post)),
            Known::Site(id, site, area) => PropertiesDoc::Site(self.site(id, site, area)),
            Known::Area(id, area, _) => {
                PropertiesDoc::Area(AreaProperties::new(self.city, id, area))
            }
            Known::Incident(id, one) => PropertiesDoc::Incident(IncidentProperties::new(id, one)),
        };
        let geometry = match known.place() {
            Place::At(at) => Some(GeometryDoc::from(at)),
            Place::Over(shape) => Some(GeometryDoc::from(shape)),
            Place::Unknown => None,
        };
        FeatureDoc { kind: FeatureKind::Feature, id: known.id(), geometry, properties, links }
    }

    /// Where and when what is seen of a collection is.
    pub(super) fn extent(self, collection: Collection) -> ExtentDoc {
        let bounds = self.all(collection).filter_map(|known| match known.place() {
            Place::At(at) => Bounds::new(at, at),
            Place::Over(shape) => shape.bounds(),
            Place::Unknown => None,
        });
        let bounds = Bounds::around(bounds.flat_map(|bounds| [bounds.min(), bounds.max()]));
        let corner = |at: LonLat| <[f64; 2]>::from(At(at));
        let spatial = bounds.map(|bounds| {
            let ([west, south], [east, north]) = (corner(bounds.min()), corner(bounds.max()));
            SpatialDoc { bbox: vec![[west, south, east, north]], crs: CRS84.to_owned() }
        });
        let first = self.all(collection).filter_map(|known| Some(known.period()?.0)).min();
        let temporal = first.map(|first| TemporalDoc {
            interval: vec![[Some(first.into()), None]],
            trs: GREGORIAN.to_owned(),
        });
        ExtentDoc { spatial, temporal }
    }
}

/// Where a feature is.
#[derive(Clone, Copy)]
enum Place<'a> {
    At(LonLat),
    Over(&'a MultiPolygon),
    Unknown,
}

impl<'a> Known<'a> {
    pub(super) const fn id(&self) -> u32 {
        match *self {
            Self::Post(id, _) => id.0,
            Self::Site(id, _, _) => id,
            Self::Area(id, _, _) => id.0,
            Self::Incident(id, _) => id.0,
        }
    }

    fn place(&self) -> Place<'a> {
        match *self {
            Self::Post(_, post) => Place::At(post.at),
            Self::Site(_, site, _) => Place::At(site.at),
            Self::Area(_, _, shape) => shape.map_or(Place::Unknown, Place::Over),
            Self::Incident(_, one) => Place::At(one.place.at),
        }
    }

    /// From when it was until when, if it has a time at all; an open end is that it goes on.
    fn period(&self) -> Option<(Timestamp, Option<Timestamp>)> {
        let Self::Incident(_, one) = self else { return None };
        let ended = match one.status {
            Status::Open => None,
            Status::Merged { at, .. } | Status::Closed { at, .. } => Some(at.wall),
        };
        let opened = one.opened.wall;
        Some((one.reported.map_or(opened, |reported| reported.min(opened)), ended))
    }

    /// Whether it is wanted. What has no place is wanted in every box, and what has no time at every time (OGC 17-069r4,
    /// requirements `/req/core/fc-bbox-response` and `/req/core/fc-time-response`).
    pub(super) fn fits(&self, filter: &Filter) -> bool {
        let there = filter.bbox.as_ref().is_none_or(|bbox| match self.place() {
            Place::At(at) => bbox.contains(at),
            Place::Over(shape) => bbox.meets(shape),
            Place::Unknown => true,
        });
        let then = filter.datetime.is_none_or(|interval| {
            self.period().is_none_or(|(begun, ended)| interval.meets(begun, ended))
        });
        there && then
    }
}
