//! The base map as vector tiles: features of the ground in, Mapbox Vector Tiles 2.1 out.
//!
//! A [`BaseMap`] is built once from [`Feature`]s, whoever they come from, and kept as one file. Building does what is the same for
//! every tile: it projects to whole numbers, works out from which zoom on each feature, ring and point is worth drawing, joins the
//! pieces of a street, and packs what appears at the same zoom into a tree along a Hilbert curve. Cutting a tile is then little
//! more than reading the few features that meet it, in integers only, so the same map gives the same tiles on every machine.
//!
//! ```
//! use precinct_tiles::{About, BaseMap, Feature, Layer, Name, Shape, TileId};
//! let shape = Shape::Line(vec!["113.540,22.194".parse()?, "113.545,22.190".parse()?]);
//! let name = Name { local: "Avenida Almeida Ribeiro".into(), zh: "新馬路".into(), en: String::new() };
//! let street = Feature { layer: Layer::Road, class: "primary".into(), rank: 2, oneway: true, name, shape };
//! let map = BaseMap::build([street], About::default())?;
//! let tile = map.tile(TileId::new(14, 13359, 7155).unwrap());
//! assert!(tile.windows(9).any(|bytes| bytes == "新馬路".as_bytes()));
//! assert!(map.tile(TileId::new(14, 0, 0).unwrap()).is_empty());
//! assert_eq!(BaseMap::from_bytes(&map.to_bytes())?, map);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(clippy::float_arithmetic)]

mod build;
mod cut;
mod describe;
mod feature;
mod file;
mod hilbert;
mod layer;
mod map;
mod mvt;
mod project;
mod tile;
mod tree;
mod varint;
mod world;

pub use build::BuildError;
pub use describe::{Description, Field, LayerDescription};
pub use feature::{About, Feature, Name, Shape};
pub use file::{MAP_FILE_VERSION, MapFault, MapFileError};
pub use layer::Layer;
pub use map::BaseMap;
pub use tile::TileId;
pub use world::{BUFFER, EXTENT, MAX_ZOOM};
