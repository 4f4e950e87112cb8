//! Writing OpenStreetMap files: what generated cities and tests are made of. The same calls give the same bytes on every machine.

mod pbf;
mod proto;
mod xml;

pub use pbf::{Packing, PbfWriter};
pub use xml::XmlWriter;
