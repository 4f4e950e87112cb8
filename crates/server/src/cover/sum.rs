//! From who reaches what to how much is covered: sums over demand, without streets.

use std::collections::BTreeMap;

use precinct_base::{AreaId, HourOfWeek, Millis};
use precinct_core::Hours;

use super::{Asked, Point, Reached};

/// How much demand is within each time.
type Sums = Vec<u64>;

/// What posts cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    /// The demand that is meant.
    pub(crate) demand: u64,
    /// What of it is near no street.
    pub(crate) off_road: u64,
    pub(crate) within: Sums,
    pub(crate) twice: Sums,
    /// Hours in which the same posts are manned, how many they are, and what is covered.
    pub(crate) hours: Vec<(Hours, u32, Sums)>,
    /// Areas with their demand, and what of it is covered.
    pub(crate) areas: Vec<(AreaId, u64, Sums)>,
    /// By post: what it covers, and what no other does.
    pub(crate) posts: Vec<(Sums, Sums)>,
    /// By point: the soonest time.
    soonest: Vec<Option<Millis>>,
}

/// A place for which another threshold holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) point: usize,
    pub(crate) before: Option<Millis>,
    pub(crate) after: Option<Millis>,
}

/// What changes from one set of posts to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) gains: u64,
    pub(crate) loses: u64,
    /// Those with most demand first.
    pub(crate) places: Vec<Place>,
    /// Areas with their demand, what was covered and what is; those that change most first.
    pub(crate) areas: Vec<(AreaId, u64, Sums, Sums)>,
}

/// The first time that holds; as many as there are if none does.
fn band(within: &[Millis], time: Option<Millis>) -> usize {
    time.map_or(within.len(), |time| within.partition_point(|&limit| limit < time))
}

/// Sums by band become sums within each time.
fn rising(mut bands: Sums) -> Sums {
    bands.pop();
    let mut sum = 0;
    for band in &mut bands {
        sum += *band;
        *band = sum;
    }
    bands
}

/// The two soonest times to each point, and from which post the first is.
struct Soonest {
    first: Vec<Option<(Millis, usize)>>,
    second: Vec<Option<Millis>>,
}

fn soonest<'a>(
    count: usize,
    reached: impl Iterator<Item = (usize, &'a Option<Reached>)>,
) -> Soonest {
    let mut all = Soonest { first: vec![None; count], second: vec![None; count] };
    for (post, reached) in reached {
        for &(point, time) in reached.iter().flat_map(|reached| reached.iter()) {
            let (first, second) = (&mut all.first[point as usize], &mut all.second[point as usize]);
            match *first {
                Some((known, _)) if known <= time => {
                    *second = Some(second.map_or(time, |second| second.min(time)));
                }
                before => {
                    *second = before.map(|before| before.0);
                    *first = Some((time, post));
                }
            }
        }
    }
    all
}

/// Whether a point is of an area; area 0 is the whole city.
fn is_of(point: &Point, area: Option<AreaId>) -> bool {
    area.is_none_or(|area| area == AreaId(0) || point.areas.contains(&area))
}

/// Hours by which posts are manned in them.
fn manned(posts: &[Asked]) -> Vec<(Hours, Vec<bool>)> {
    let mut by: BTreeMap<Vec<bool>, Vec<HourOfWeek>> = BTreeMap::new();
    for hour in (0..HourOfWeek::COUNT as u8).filter_map(HourOfWeek::new) {
        let there = posts.iter().map(|post| post.hours.contains(hour)).collect();
        by.entry(there).or_default().push(hour);
    }
    let mut all: Vec<(Hours, Vec<bool>)> =
        by.into_iter().map(|(there, hours)| (hours.into_iter().collect(), there)).collect();
    all.sort_unstable_by_key(|one| std::cmp::Reverse(one.0));
    all
}

/// Sums of demand by band.
fn summed(
    points: &[Point],
    area: Option<AreaId>,
    within: &[Millis],
    time: impl Fn(usize) -> Option<Millis>,
) -> Sums {
    let mut bands = vec![0; within.len() + 1];
    for (number, point) in points.iter().enumerate().filter(|(_, point)| is_of(point, area)) {
        bands[band(within, time(number))] += point.weight;
    }
    rising(bands)
}

/// By area: its demand, and what of it is within each time.
fn by_area(
    points: &[Point],
    area: Option<AreaId>,
    within: &[Millis],
    time: impl Fn(usize) -> Option<Millis>,
) -> Vec<(AreaId, u64, Sums)> {
    let mut areas: BTreeMap<AreaId, Sums> = BTreeMap::new();
    for (number, point) in points.iter().enumerate().filter(|(_, point)| is_of(point, area)) {
        let band = band(within, time(number));
        for &of in &point.areas {
            areas.entry(of).or_insert_with(|| vec![0; within.len() + 1])[band] += point.weight;
        }
    }
    areas.into_iter().map(|(of, bands)| (of, bands.iter().sum(), rising(bands))).collect()
}

/// What posts cover of the demand of an area. Where no hour is told, the posts manned in `hour` are meant, or all.
pub(crate) fn covered(
    points: &[Point],
    (posts, reached): (&[Asked], &[Option<Reached>]),
    within: &[Millis],
    (area, hour): (Option<AreaId>, Option<HourOfWeek>),
) -> Covered {
    let meant = |post: &Asked| hour.is_none_or(|hour| post.hours.contains(hour));
    let there: Vec<bool> = posts.iter().map(meant).collect();
    let of = |there: Vec<bool>| {
        let all = reached.iter().enumerate();
        soonest(points.len(), all.filter(move |(post, _)| there[*post]))
    };
    let all = of(there.clone());
    let first = |number: usize| all.first[number].map(|first| first.0);
    let (mut each, mut alone) = (Vec::new(), Vec::new());
    for (post, reached) in reached.iter().enumerate() {
        let (mut own, mut only) = (vec![0; within.len() + 1], vec![0; within.len()]);
        for &(number, time) in reached.iter().flat_map(|reached| reached.iter()) {
            let (number, point) = (number as usize, &points[number as usize]);
            if !is_of(point, area) {
                continue;
            }
            own[band(within, Some(time))] += point.weight;
            if there[post] && all.first[number].is_some_and(|first| first.1 == post) {
                let others = band(within, all.second[number]);
                only[band(within, Some(time)).min(others)..others]
                    .iter_mut()
                    .for_each(|sum| *sum += point.weight);
            }
        }
        each.push(rising(own));
        alone.push(only);
    }
    let hours = manned(posts).into_iter().map(|(hours, there)| {
        let count = there.iter().filter(|&&one| one).count() as u32;
        let soonest = of(there);
        let time = |number: usize| soonest.first[number].map(|first| first.0);
        (hours, count, summed(points, area, within, time))
    });
    let meant = || points.iter().filter(|point| is_of(point, area));
    Covered {
        demand: meant().map(|point| point.weight).sum(),
        off_road: meant().filter(|point| point.snap.is_none()).map(|point| point.weight).sum(),
        within: summed(points, area, within, first),
        twice: summed(points, area, within, |number| all.second[number]),
        hours: hours.collect(),
        areas: by_area(points, area, within, first),
        posts: each.into_iter().zip(alone).collect(),
        soonest: (0..points.len()).map(first).collect(),
    }
}

/// What changes from `before` to `after`.
pub(crate) fn changed(
    points: &[Point],
    area: Option<AreaId>,
    within: &[Millis],
    (before, after): (&Covered, &Covered),
) -> Changed {
    let (mut gains, mut loses, mut places) = (0, 0, Vec::new());
    for (number, point) in points.iter().enumerate().filter(|(_, point)| is_of(point, area)) {
        let (was, is) = (before.soonest[number], after.soonest[number]);
        let (old, new) = (band(within, was), band(within, is));
        gains += if new < old { point.weight } else { 0 };
        loses += if new > old { point.weight } else { 0 };
        if new != old && point.weight > 0 {
            places.push(Place { point: number, before: was, after: is });
        }
    }
    places.sort_by_key(|place| std::cmp::Reverse(points[place.point].weight));
    let both = before.areas.iter().zip(&after.areas);
    let mut areas: Vec<(AreaId, u64, Sums, Sums)> = both
        .filter(|(old, new)| old.2 != new.2)
        .map(|(old, new)| (old.0, old.1, old.2.clone(), new.2.clone()))
        .collect();
    let moved = |sums: &(AreaId, u64, Sums, Sums)| {
        let apart: u64 = sums.2.iter().zip(&sums.3).map(|(a, b)| a.abs_diff(*b)).sum();
        std::cmp::Reverse(apart)
    };
    areas.sort_by_key(moved);
    Changed { gains, loses, places, areas }
}

#[cfg(test)]
mod tests;
