//! Presence over a period: the hours that were kept, put together and weighed by what lies on each street.

use std::collections::BTreeMap;
use std::ops::Range;

use precinct_base::{AreaId, Bounds, LonLat, SegmentId, Timestamp};
use precinct_positions::presence::{Hour, Stay, WITHIN_MIN};
use precinct_roads::RoadMap;
use precinct_statistics::Scope;
use precinct_wire::{HoursKnownDoc, PresenceHourDoc, Time};
use tracing::warn;

use crate::advise::parts;
use crate::app::App;
use crate::field::Presence;

/// Milliseconds of an hour.
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// What presence is weighed by on a street.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    demand: u64,
    /// Its length in millimetres.
    length: u64,
}

/// What lies on each street, and in which areas its middle is.
#[derive(Debug)]
pub(crate) struct Streets {
    weights: Vec<Weight>,
    /// Where the areas of each street end in the list.
    ends: Vec<u32>,
    areas: Vec<AreaId>,
}

/// The streets somebody asks about, and what they weigh together.
struct Chosen<'a> {
    of: &'a Streets,
    is_in: Vec<bool>,
    all: Weight,
}

/// The middle of a street's line: between the two places in its middle.
fn middle(map: &RoadMap, segment: SegmentId) -> LonLat {
    let places: Vec<LonLat> = map.shape(segment).collect();
    let half = places.len() / 2;
    let two = places.get(half.saturating_sub(1)..=half).unwrap_or(&places);
    let around = Bounds::around(two.iter().copied());
    around.map_or_else(|| map.node_at(map.segment(segment).from), Bounds::centre)
}

impl Streets {
    /// Looks at every street of the city.
    pub(crate) fn new(app: &App) -> Self {
        let (map, city) = (&app.ground.map, &app.ground.city);
        let mut weights = Vec::new();
        let (mut ends, mut areas) = (Vec::new(), Vec::new());
        for segment in map.segment_ids() {
            weights.push(Weight { demand: 0, length: map.segment(segment).length.0 });
            let of = city.areas_at(middle(map, segment)).into_iter();
            areas.extend(of.filter_map(|area| app.ground.area_number(area.index())));
            ends.push(areas.len() as u32);
        }
        for point in app.advisor.demand.iter() {
            if let Some(weight) = weights.get_mut(point.snap.segment.index()) {
                weight.demand += u64::from(point.weight);
            }
        }
        Self { weights, ends, areas }
    }

    fn areas(&self, street: usize) -> &[AreaId] {
        let end = |street: usize| self.ends.get(street).map_or(0, |&end| end as usize);
        let begin = street.checked_sub(1).map_or(0, end);
        self.areas.get(begin..end(street)).unwrap_or_default()
    }

    /// Whether a street is in what is asked about. What is in no area is in the whole city.
    pub(crate) fn is_in(&self, scope: &Scope, segment: SegmentId) -> bool {
        match scope {
            Scope::Everywhere => true,
            Scope::Areas(wanted) => {
                wanted.contains(&AreaId(0))
                    || self.areas(segment.index()).iter().any(|area| wanted.contains(area))
            }
        }
    }

    fn choose(&self, scope: &Scope) -> Chosen<'_> {
        let is_in = |at: usize| self.is_in(scope, SegmentId(at as u32));
        let is_in: Vec<bool> = (0..self.weights.len()).map(is_in).collect();
        let mut all = Weight::default();
        for (weight, _) in self.weights.iter().zip(&is_in).filter(|(_, is_in)| **is_in) {
            all.demand += weight.demand;
            all.length += weight.length;
        }
        Chosen { of: self, is_in, all }
    }
}

/// A period in full hours, and what time it is.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) within: Range<i64>,
    pub(crate) now: Timestamp,
}

impl Period {
    /// Shows each hour of it that can be read; how much is known of it. `known` is how many minutes of an hour are.
    fn each(
        &self,
        presence: &Presence,
        mut known: impl FnMut(&Hour) -> u8,
        mut show: impl FnMut(Hour),
    ) -> std::io::Result<HoursKnownDoc> {
        let (mut hours, mut minutes) = (HoursKnownDoc::default(), 0_u64);
        let roads = presence.roads();
        presence.each_hour(self.within.clone(), |hour| match hour {
            Ok(hour) => {
                let of_it = known(&hour);
                minutes += u64::from(of_it);
                hours.known += u32::from(of_it > 0);
                hours.other_roads += u32::from(hour.roads != roads);
                show(hour);
            }
            Err(error) => {
                warn!(%error, "an hour of presence cannot be read");
                hours.unreadable += 1;
            }
        })?;
        let passed = self.within.end.min(self.now.0).saturating_sub(self.within.start).max(0);
        let passed = passed.cast_unsigned();
        hours.hours = u32::try_from(passed.div_ceil(HOUR_MS.unsigned_abs())).unwrap_or(u32::MAX);
        // The minute that has begun is known too.
        let passed = passed.div_ceil(60_000);
        hours.completeness = (passed > 0).then(|| parts(minutes.min(passed), passed));
        Ok(hours)
    }
}

/// Presence over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shares {
    pub(crate) hours: HoursKnownDoc,
    pub(crate) demand: Option<u32>,
    pub(crate) streets: Option<u32>,
    pub(crate) passes: u64,
    pub(crate) by_hour: Vec<PresenceHourDoc>,
}

/// A sum of minutes, each times what it is weighed by.
fn share(met: u64, of: u64, known: u64) -> Option<u32> {
    let all = u128::from(of) * u128::from(known);
    let parts = (u128::from(met) * 10_000).checked_div(all)?;
    Some(u32::try_from(parts).unwrap_or(u32::MAX))
}

/// The share of street-time with a unit passing within the interval at that place of [`WITHIN_MIN`].
pub(crate) fn shares(
    app: &App,
    scope: &Scope,
    period: &Period,
    interval: usize,
) -> std::io::Result<Shares> {
    let streets = app.streets.get_or_init(|| Streets::new(app)).choose(scope);
    let (mut met, mut known, mut passes) = (Weight::default(), 0_u64, 0_u64);
    let mut by_hour = Vec::new();
    let roads = app.field.presence.roads();
    let minutes = |hour: &Hour| if hour.roads == roads { hour.known[interval] } else { 0 };
    let hours = period.each(&app.field.presence, minutes, |hour| {
        if hour.roads != roads {
            return;
        }
        let of_hour = streets.hour(&hour, interval);
        let minutes = u64::from(hour.known[interval]);
        met.demand += of_hour.0.demand;
        met.length += of_hour.0.length;
        known += minutes;
        passes += of_hour.1;
        by_hour.push(PresenceHourDoc {
            begins: Time(hour.begins),
            known_min: hour.known[interval].into(),
            demand: share(of_hour.0.demand, streets.all.demand, minutes),
            streets: share(of_hour.0.length, streets.all.length, minutes),
            passes: of_hour.1,
        });
    })?;
    by_hour.sort_unstable_by_key(|hour| hour.begins);
    let demand = share(met.demand, streets.all.demand, known);
    let streets = share(met.length, streets.all.length, known);
    Ok(Shares { hours, demand, streets, passes, by_hour })
}

impl Chosen<'_> {
    /// Minutes of the streets in an hour, weighed; and passes.
    fn hour(&self, hour: &Hour, interval: usize) -> (Weight, u64) {
        let (mut met, mut passes) = (Weight::default(), 0);
        for street in &hour.streets {
            let at = street.segment.index();
            if !self.is_in.get(at).copied().unwrap_or(false) {
                continue;
            }
            let minutes = u64::from(street.passed[interval]);
            met.demand += self.of.weights[at].demand * minutes;
            met.length += self.of.weights[at].length * minutes;
            passes += u64::from(street.passes);
        }
        (met, passes)
    }
}

/// What is known of one street: minutes with a unit passing within the interval, and passes.
pub(crate) type OnStreet = (u64, u64);

/// Presence street by street, the minutes that are known, and how much that is.
pub(crate) fn on_streets(
    app: &App,
    period: &Period,
    interval: usize,
) -> std::io::Result<(BTreeMap<SegmentId, OnStreet>, u64, HoursKnownDoc)> {
    let (mut streets, mut known) = (BTreeMap::<SegmentId, OnStreet>::new(), 0);
    let roads = app.field.presence.roads();
    let minutes = |hour: &Hour| if hour.roads == roads { hour.known[interval] } else { 0 };
    let hours = period.each(&app.field.presence, minutes, |hour| {
        if hour.roads != roads {
            return;
        }
        known += u64::from(hour.known[interval]);
        for street in &hour.streets {
            let (minutes, passes) = streets.entry(street.segment).or_default();
            *minutes += u64::from(street.passed[interval]);
            *passes += u64::from(street.passes);
        }
    })?;
    Ok((streets, known, hours))
}

/// The visits that ended in a period, by the key of their hot spot.
pub(crate) fn stays(
    presence: &Presence,
    period: &Period,
) -> std::io::Result<(BTreeMap<String, Vec<Stay>>, HoursKnownDoc)> {
    let mut stays = BTreeMap::<String, Vec<Stay>>::new();
    let hours = period.each(
        presence,
        |hour| hour.known[0],
        |hour| {
            for stay in &hour.stays {
                if let Some(key) = hour.spots.get(stay.spot as usize) {
                    stays.entry(key.clone()).or_default().push(*stay);
                }
            }
        },
    )?;
    Ok((stays, hours))
}

/// The place of an interval among those that are counted.
pub(crate) fn interval(minutes: u32) -> Option<usize> {
    WITHIN_MIN.iter().position(|&one| one == minutes)
}

/// A share of the minutes that are known.
pub(crate) fn of_known(minutes: u64, known: u64) -> Option<u32> {
    (known > 0).then(|| parts(minutes, known))
}
