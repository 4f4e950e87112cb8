//! What a fix is judged by.

use precinct_base::{Metres, Millis};

use crate::Speed;

/// What a fix is judged by. The defaults are for crews on foot, on wheels and on water.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How far ahead of the system's clock a device's may be. Phones keep to a second or two by their network, trackers by
    /// satellites; what is a minute ahead has a wrong clock, and were it the latest it would hide every true fix until then.
    pub ahead: Millis,
    /// Faster than this between two fixes is a jump. No crew drives 360 km/h; forces with aircraft set more.
    pub fastest: Speed,
    /// What a fix may be off beside its stated accuracy: a first fix between high houses is often some hundred metres wrong.
    pub slack: Metres,
    /// The most of a stated accuracy that is believed when a jump is judged, or a device that says "within 100 km" could go anywhere.
    pub accuracy: Metres,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            ahead: Millis::from_seconds(60),
            fastest: Speed::new(10_000),
            slack: Metres(300),
            accuracy: Metres(2_000),
        }
    }
}
