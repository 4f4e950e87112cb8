//! OGC API – Features 1.0 (OGC 17-069r4): its documents, and what is asked of it.

mod bbox;
mod document;
mod geometry;
mod interval;
mod properties;

pub use bbox::{Bbox, NotABox};
pub use document::{
    CollectionDoc, CollectionsDoc, ConformanceDoc, ExtentDoc, FeatureDoc, FeatureKind, FeaturesDoc,
    FeaturesKind, LandingDoc, LinkDoc, SpatialDoc, TemporalDoc,
};
pub use geometry::GeometryDoc;
pub use interval::{Interval, NotAnInterval};
pub use properties::{
    AreaProperties, IncidentProperties, PostProperties, PropertiesDoc, SiteProperties,
};
