//! Drives routed over the streets under the factors of the moment.

use precinct_base::{HourOfWeek, Millis, SegmentId};
use precinct_roads::{Leg, Network, Profile, RoadClass, Scratch, Snap, SpeedTable};

use super::Observed;

/// Drives put on the streets.
pub(crate) struct Ways<'a> {
    /// The streets as imported.
    pub(crate) network: &'a Network,
    /// The area of each segment in the table of speeds.
    pub(crate) areas: &'a [u16],
    /// Where each drive starts and ends.
    pub(crate) ends: Vec<(Snap, Snap)>,
}

impl Ways<'_> {
    /// The streets under a table of speeds at one hour.
    pub(crate) fn under(&self, speeds: &SpeedTable, hour: HourOfWeek) -> Network {
        let area = |segment: SegmentId| self.areas.get(segment.index()).copied().unwrap_or(0);
        self.network.with(self.network.profile(), speeds, hour, area)
    }
}

/// What each drive spends on what, by the quickest way on `network`; `None` where there is none.
pub(crate) fn routed(
    ways: &Ways<'_>,
    network: &Network,
    took: impl Fn(usize) -> (usize, Millis),
) -> Vec<Option<Observed>> {
    let mut scratch = Scratch::default();
    let profile = network.profile();
    let one = |(i, (from, to)): (usize, &(Snap, Snap))| {
        let route = network.route(&mut scratch, from, to)?;
        let mut parts: Vec<(usize, usize, f64)> = Vec::new();
        for leg in &route.legs {
            let (class, ms) = as_imported(ways, leg, profile);
            let area = ways.areas.get(leg.stretch.segment.index()).copied().unwrap_or(0);
            let key = (class.index(), usize::from(area));
            let seconds = f64::from(ms.0) / 1_000.0;
            match parts.iter_mut().find(|part| (part.0, part.1) == key) {
                Some(part) => part.2 += seconds,
                None => parts.push((key.0, key.1, seconds)),
            }
        }
        let (hour, took) = took(i);
        Some(Observed { parts, hour, took: f64::from(took.0) / 1_000.0 })
    };
    ways.ends.iter().enumerate().map(one).collect()
}

/// The class of a leg's street, and what it takes as imported.
fn as_imported(ways: &Ways<'_>, leg: &Leg, profile: Profile) -> (RoadClass, Millis) {
    let map = ways.network.map();
    let segment = map.segment(leg.stretch.segment);
    let whole = map.time(leg.stretch.segment, profile, leg.along).unwrap_or(Millis::ZERO);
    let share = whole.share(leg.stretch.length().0 as u32, segment.length.0 as u32);
    (segment.class, share)
}
