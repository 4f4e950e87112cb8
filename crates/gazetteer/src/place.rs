//! What a gazetteer is built from, besides roads.

use precinct_base::{AreaId, LonLat, PostId, SiteId};
use precinct_roads::Name;

/// A named place that is not a street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which one.
    pub id: PlaceId,
    /// What it is called.
    pub name: Name,
    /// Where it is; for an area, a place within it.
    pub at: LonLat,
}

/// Which place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceId {
    /// A post.
    Post(PostId),
    /// A site.
    Site(SiteId),
    /// An area.
    Area(AreaId),
}

/// A house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its number in the street, such as `101`, `101A` or `8號`.
    pub number: String,
    /// The street it is in, as its list writes it; need not be as the road map writes it.
    pub street: String,
    /// What tells it from others of that number: unit, building, village. May be empty.
    pub detail: String,
    /// Where it is.
    pub at: LonLat,
}

/// An address: its position in the list the gazetteer was built from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressId(pub u32);
