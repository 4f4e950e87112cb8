//! From features to a base map.

mod gather;
mod join;
mod select;
mod thin;

use precinct_base::caps;

use crate::feature::Feature;
use crate::map::Columns;
use crate::{About, BaseMap};

/// Why features are no base map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// There is more of something than a map may hold.
    #[error("{count} {what} are more than the {cap} a base map holds: clip the area smaller")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        cap: usize,
    },
}

impl BaseMap {
    /// Builds the map. What has no extent at all (a line of one place, an area of two) is left out.
    pub fn build(
        features: impl IntoIterator<Item = Feature>,
        about: About,
    ) -> Result<Self, BuildError> {
        let (texts, drafts) = gather::gather(features);
        let columns = gather::columns(about, texts, join::joined(drafts));
        within_caps(&columns)?;
        Ok(Self::index(columns))
    }
}

fn within_caps(columns: &Columns) -> Result<(), BuildError> {
    let text: usize = columns.texts.iter().map(String::len).sum();
    for (what, count, cap) in [
        ("features", columns.features.len(), caps::MAP_FEATURES),
        ("points", columns.points.len(), caps::MAP_POINTS),
        ("bytes of names", text, caps::MAP_TEXT_BYTES),
    ] {
        if count > cap {
            return Err(BuildError::TooMany { what, count, cap });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_refused_with_its_limit() {
        let texts = vec![" ".repeat(caps::MAP_TEXT_BYTES + 1)];
        let error = within_caps(&Columns { texts, ..Columns::default() }).unwrap_err();
        assert_eq!(
            error.to_string(),
            "268435457 bytes of names are more than the 268435456 a base map holds: clip the area smaller"
        );
    }
}
