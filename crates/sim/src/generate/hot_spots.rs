//! Hot spots of a generated city: the places most is called from, well apart.

use precinct_base::Metres;

use super::city::{City, Demand};

/// People for each hot spot.
const PEOPLE: u64 = 10_000;
/// The fewest and the most of one city.
const COUNT: (u64, u64) = (4, 2_000);
/// Nearer to each other than this they would be one.
const APART: Metres = Metres(300);

/// A hot spot: where it is, and how it is to be visited.
pub(super) struct HotSpot<'a> {
    pub(super) place: &'a Demand,
    pub(super) radius_m: u32,
    pub(super) dose_min: u32,
    pub(super) every_min: u32,
}

/// The hot spots of a city, most called from first. The first fifth is visited longer and more often.
pub(super) fn hot_spots(city: &City) -> Vec<HotSpot<'_>> {
    let wanted = (city.counts.people / PEOPLE).clamp(COUNT.0, COUNT.1) as usize;
    let mut by_calls: Vec<&Demand> = city.demand.iter().collect();
    // The sort is stable: of places with as many calls the first of the city comes first.
    by_calls.sort_by_key(|place| std::cmp::Reverse(place.calls));
    let mut taken: Vec<&Demand> = Vec::new();
    for place in by_calls {
        if taken.len() == wanted {
            break;
        }
        if taken.iter().all(|other| other.at.distance(place.at) >= APART.millimetres()) {
            taken.push(place);
        }
    }
    let first = taken.len().div_ceil(5);
    let planned = |(rank, place)| {
        let (dose_min, every_min) = if rank < first { (16, 90) } else { (12, 120) };
        HotSpot { place, radius_m: 100, dose_min, every_min }
    };
    taken.into_iter().enumerate().map(planned).collect()
}
