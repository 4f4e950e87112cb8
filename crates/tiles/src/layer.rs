//! The layers of a tile.

/// A layer, in the order they are drawn: each over those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Layer {
    /// What the ground is used for.
    Landuse,
    /// Parks, woods, grass, beaches.
    Green,
    /// Sea, lakes, rivers.
    Water,
    /// Buildings.
    Building,
    /// Administrative boundaries, as lines.
    Boundary,
    /// Streets and ways.
    Road,
    /// Railways, runways.
    Rail,
    /// Points worth a label: stations, hospitals, schools.
    Poi,
    /// Names of towns and their parts.
    Place,
}

impl Layer {
    /// Every layer, in the order they are drawn.
    pub const ALL: [Self; 9] = [
        Self::Landuse,
        Self::Green,
        Self::Water,
        Self::Building,
        Self::Boundary,
        Self::Road,
        Self::Rail,
        Self::Poi,
        Self::Place,
    ];

    /// Its name in tiles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Landuse => "landuse",
            Self::Green => "green",
            Self::Water => "water",
            Self::Building => "building",
            Self::Boundary => "boundary",
            Self::Road => "road",
            Self::Rail => "rail",
            Self::Poi => "poi",
            Self::Place => "place",
        }
    }

    /// The layer of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// The layer with that number in a map file.
    pub(crate) fn from_index(index: u8) -> Option<Self> {
        Self::ALL.get(usize::from(index)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back() {
        for (i, layer) in Layer::ALL.into_iter().enumerate() {
            assert_eq!((layer as usize, Layer::from_index(i as u8)), (i, Some(layer)));
            assert_eq!(Layer::from_name(layer.name()), Some(layer));
        }
        assert_eq!((Layer::from_index(9), Layer::from_name("sky")), (None, None));
    }
}
