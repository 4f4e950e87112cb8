//! Mapbox Vector Tile 2.1, as bytes: layers of features whose attributes are numbers in a dictionary.
//!
//! The format: <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>, a Protocol Buffers message written here by hand.

pub(crate) mod geometry;
mod layer;
mod proto;

pub(crate) use layer::LayerWriter;

/// A tile: layers one after the other.
#[derive(Debug, Default)]
pub(crate) struct TileWriter {
    bytes: Vec<u8>,
}

impl TileWriter {
    /// Adds a layer, if it has features.
    pub(crate) fn layer(&mut self, layer: LayerWriter<'_>) {
        if let Some(layer) = layer.finish() {
            proto::bytes(&mut self.bytes, 3, &layer);
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}
