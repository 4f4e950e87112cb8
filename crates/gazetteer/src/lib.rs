//! Finding a place by what it is called, as a call-taker types: streets, crossings, addresses, posts, sites and areas.
//!
//! **Nothing here searches people** (charter, point 1). What is found are names of places and numbers of houses; there is no field
//! for who is there, and none may be added.
//!
//! A [`Gazetteer`] is built once from a road map, places and addresses, and is never changed. It finds
//!
//! - streets, posts, sites and areas by any words of their names in any order, or the beginnings of them, with or without accents,
//!   kind of street and small words; in traditional or simplified characters; by pinyin in every reading, joined or apart; by initials;
//! - crossings: `16th & Mission`, `corner of 16th and Mission`, `中山路与人民路`, `中山路人民路口`;
//! - addresses: `101 Market`, `Rua Central 8`, `中山路8号`; of a number that is not known, the nearest in that street;
//! - all of these with mistakes: a letter left out, added, changed, or two swapped, once in a word of three to five letters and twice in
//!   a longer one; for Chinese also another character of the same sound.
//!
//! Answers are in the order of their [`Rank`], then of their labels, then of their ids: the same for the same question, always.
//!
//! ```
//! use precinct_base::{LonLat, Millimetres};
//! use precinct_gazetteer::{Address, Gazetteer, Kind, Query};
//! use precinct_roads::{Draft, DraftNode, DraftSegment, Fingerprint, Name, RoadClass, RoadMap, Times};
//!
//! let at = |lon, lat| LonLat::new(lon, lat).unwrap();
//! let mut draft = Draft::default();
//! for (i, place) in [at(0, 0), at(10_000, 0), at(20_000, 0), at(10_000, 10_000)].into_iter().enumerate() {
//!     draft.nodes.push(DraftNode { osm_id: i as i64, at: place });
//! }
//! for (from, to, name) in [(0, 1, "中山路"), (1, 2, "中山路"), (1, 3, "人民路")] {
//!     let name = draft.names.add(Name::local(name));
//!     let mut times = Times::default();
//!     times.set(precinct_roads::Profile::Foot, precinct_roads::Along::Forward, Some(precinct_base::Millis(60_000)));
//!     let (class, length) = (RoadClass::Residential, Millimetres(111_000));
//!     draft.segments.push(DraftSegment { from, to, shape: vec![], length, class, name, way: 1, times });
//! }
//! let roads = RoadMap::build(&draft, Fingerprint::default())?;
//! let house = Address { number: "8".into(), street: "中山路".into(), detail: String::new(), at: at(11_000, 100) };
//! let gazetteer = Gazetteer::build(&roads, [], [house]);
//!
//! let first = |text| gazetteer.search(&Query { text, ..Query::default() }).into_iter().next().unwrap();
//! assert_eq!(first("zsl").label, "中山路");
//! assert_eq!(first("中山路人民路口").kind(), Kind::Crossing);
//! assert_eq!(first("中山路8號").label, "中山路8号");
//! # Ok::<(), precinct_roads::BuildError>(())
//! ```
#![deny(clippy::float_arithmetic)]

mod crossing;
mod entry;
mod gazetteer;
mod hit;
mod houses;
mod index;
mod place;
mod query;
mod street;
mod text;

pub use gazetteer::{Gazetteer, Size};
pub use hit::{Hit, How, Kind, Language, Rank, Target};
pub use place::{Address, AddressId, Place, PlaceId};
pub use query::Query;

#[cfg(test)]
mod tests;
