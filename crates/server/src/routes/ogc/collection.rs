//! The collections: what each is called and what is in it.

use std::str::FromStr;

use precinct_wire::{CollectionDoc, ExtentDoc, LinkDoc};

use crate::door::{Failure, Host};

/// The reference system of every place: longitude and latitude on WGS 84.
pub(super) const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/// The reference system of every instant.
pub(super) const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
/// The media types of documents and of features.
pub(super) const JSON: &str = "application/json";
pub(super) const GEOJSON: &str = "application/geo+json";

/// A collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    Posts,
    Sites,
    Areas,
    Incidents,
}

impl Collection {
    /// Every one.
    pub(super) const ALL: [Self; 4] = [Self::Posts, Self::Sites, Self::Areas, Self::Incidents];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Sites => "sites",
            Self::Areas => "areas",
            Self::Incidents => "incidents",
        }
    }

    const fn about(self) -> (&'static str, &'static str) {
        match self {
            Self::Posts => ("Posts", "Where units work from, and whether it is open"),
            Self::Sites => ("Sites", "Protected places"),
            Self::Areas => {
                ("Areas", "Parts of the city; area 0 is the whole of it and has no shape")
            }
            Self::Incidents => (
                "Incidents",
                "Open, merged, and closed not long ago; nothing that was written freely",
            ),
        }
    }

    /// Where something of it is.
    pub(super) fn url(self, host: &Host, rest: &str) -> String {
        host.url(&format!("/ogc/collections/{}{rest}", self.name()))
    }

    /// As a document.
    pub(super) fn document(self, host: &Host, extent: ExtentDoc) -> CollectionDoc {
        let (title, description) = self.about();
        CollectionDoc {
            id: self.name().to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            links: vec![
                LinkDoc::new("self", JSON, self.url(host, "")),
                LinkDoc::new("items", GEOJSON, self.url(host, "/items")).titled(title),
            ],
            extent,
            item_type: "feature".to_owned(),
            crs: vec![CRS84.to_owned()],
        }
    }
}

impl FromStr for Collection {
    type Err = Failure;

    fn from_str(name: &str) -> Result<Self, Failure> {
        let found = Self::ALL.into_iter().find(|one| one.name() == name);
        found.ok_or_else(|| {
            Failure::missing("the collections are posts, sites, areas and incidents")
        })
    }
}
