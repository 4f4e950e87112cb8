//! What the tiles of a map are, as `TileJSON` tells it: <https://github.com/mapbox/tilejson-spec/tree/master/3.0.0>.

use precinct_base::Bounds;

use crate::map::{Attributes, Kind};
use crate::world::MAX_ZOOM;
use crate::{BaseMap, Layer};

/// A description of a map's tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Whom to credit wherever the map is shown.
    pub attribution: String,
    /// The box worth looking at.
    pub bounds: Option<Bounds>,
    /// The first zoom at which there is anything.
    pub min_zoom: u8,
    /// The deepest zoom there is.
    pub max_zoom: u8,
    /// The layers that have features, in the order they are drawn.
    pub layers: Vec<LayerDescription>,
}

/// A description of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerDescription {
    /// Which.
    pub layer: Layer,
    /// The first zoom at which it has anything.
    pub min_zoom: u8,
    /// The deepest zoom there is.
    pub max_zoom: u8,
    /// The attributes its features may have.
    pub fields: Vec<Field>,
    /// The classes its features have, in alphabetical order.
    pub classes: Vec<String>,
}

/// An attribute of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// `String`, `Number` or `Boolean`, as `TileJSON` has it.
    pub kind: &'static str,
}

impl BaseMap {
    /// What its tiles are.
    pub fn describe(&self) -> Description {
        let layers: Vec<LayerDescription> =
            Layer::ALL.into_iter().filter_map(|layer| self.describe_layer(layer)).collect();
        Description {
            attribution: self.about().attribution.clone(),
            bounds: self.about().bounds,
            min_zoom: layers.iter().map(|layer| layer.min_zoom).min().unwrap_or(0),
            max_zoom: MAX_ZOOM,
            layers,
        }
    }

    fn describe_layer(&self, layer: Layer) -> Option<LayerDescription> {
        let columns = &self.columns;
        let of_layer = |number: u32| columns.attributes[number as usize].layer == layer;
        let first = columns.features.iter().find(|feature| of_layer(feature.attributes))?;
        let all: Vec<&Attributes> =
            columns.attributes.iter().filter(|attributes| attributes.layer == layer).collect();
        let mut classes: Vec<String> =
            all.iter().map(|attributes| columns.texts[attributes.class as usize].clone()).collect();
        classes.sort_unstable();
        classes.dedup();
        let (min_zoom, max_zoom) = (first.zoom, MAX_ZOOM);
        Some(LayerDescription { layer, min_zoom, max_zoom, fields: fields(&all), classes })
    }
}

fn fields(all: &[&Attributes]) -> Vec<Field> {
    let any = |has: fn(&Attributes) -> bool| all.iter().any(|attributes| has(attributes));
    let fields = [
        ("class", "String", any(|a| a.class != 0)),
        ("rank", "Number", true),
        ("oneway", "Boolean", any(|a| a.oneway && a.kind == Kind::Line)),
        ("name", "String", any(|a| a.name != 0)),
        ("name_zh", "String", any(|a| a.zh != 0)),
        ("name_en", "String", any(|a| a.en != 0)),
    ];
    let there = fields.into_iter().filter(|field| field.2);
    there.map(|(key, kind, _)| Field { key, kind }).collect()
}
