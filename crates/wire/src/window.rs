//! What a map shows, as it says over a web socket.

use precinct_base::{Bounds, LonLat};
use serde::Deserialize;

/// What a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Its western edge in degrees.
    pub west: f64,
    /// Its southern edge in degrees.
    pub south: f64,
    /// Its eastern edge in degrees.
    pub east: f64,
    /// Its northern edge in degrees.
    pub north: f64,
    /// How many units it can show one by one; 10,000 if nothing is said.
    #[serde(default = "usual")]
    pub most: u32,
}

const fn usual() -> u32 {
    10_000
}

impl Window {
    /// Its box; none if that is none on the earth.
    pub fn bounds(self) -> Option<Bounds> {
        let low = LonLat::from_degrees(self.west, self.south)?;
        Bounds::new(low, LonLat::from_degrees(self.east, self.north)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_a_box_on_the_earth() {
        let read = |text: &str| serde_json::from_str::<Window>(text).ok();
        let window =
            read(r#"{"west": 113.5, "south": 22.1, "east": 113.6, "north": 22.2}"#).unwrap();
        assert_eq!(window.most, 10_000);
        let bounds = window.bounds().unwrap();
        assert_eq!(bounds.max(), "113.6,22.2".parse().unwrap());
        assert_eq!(Window { north: 22.0, ..window }.bounds(), None);
        assert_eq!(Window { east: 1e300, ..window }.bounds(), None);
        assert_eq!(read(r#"{"west": 1, "south": 1, "east": 2, "north": 2, "zoom": 3}"#), None);
    }
}
