//! How much of everything a city has, and how a nation's cities differ in size.

use super::share::shares;
use crate::rng::Rng;

/// People of the nation whose totals are known: China's census of 2020, rounded.
pub(super) const NATION_PEOPLE: u64 = 1_412_000_000;
/// Cities of that nation: prefectures and municipalities.
pub(super) const NATION_CITIES: u64 = 337;
/// Its checkpoints, street police stations, people on patrol a day and communities.
const NATION: Totals =
    Totals { checkpoints: 5_026, street_stations: 21_000, patrol: 740_000, communities: 300_000 };
/// Sums over that nation's cities of [`entry_weight`] and [`station_weight`], for a city that stands alone.
const NATION_ENTRY_WEIGHT: u64 = 1_130_000;
const NATION_STATION_WEIGHT: u64 = 1_445_700_000;

/// What a nation has in sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Checkpoints on the ways into cities.
    pub checkpoints: u64,
    /// Street police stations.
    pub street_stations: u64,
    /// People on patrol each day.
    pub patrol: u64,
    /// Residential communities.
    pub communities: u64,
}

/// What a city has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// People who live there.
    pub people: u64,
    /// Roads into the city; each has a checkpoint.
    pub ways_in: u64,
    /// Street police stations.
    pub street_stations: u64,
    /// People on patrol each day, over all posts.
    pub patrol: u64,
    /// Residential communities.
    pub communities: u64,
    /// Districts.
    pub districts: u64,
    /// Police station areas, each with its police station.
    pub station_areas: u64,
    /// Grid cells.
    pub grid_cells: u64,
    /// Whether an expressway runs round the city.
    pub expressway: bool,
}

impl Counts {
    /// A city that stands alone: its share by size of the nation's totals.
    pub(super) fn alone(people: u64) -> Self {
        let round = |part: u64, total: u64, whole: u64| (part * total + whole / 2) / whole;
        let totals = Totals {
            checkpoints: round(entry_weight(people), NATION.checkpoints, NATION_ENTRY_WEIGHT),
            street_stations: round(
                station_weight(people),
                NATION.street_stations,
                NATION_STATION_WEIGHT,
            ),
            patrol: round(people, NATION.patrol, NATION_PEOPLE),
            communities: round(people, NATION.communities, NATION_PEOPLE),
        };
        Self::new(people, totals)
    }

    fn new(people: u64, totals: Totals) -> Self {
        let districts = (1 + (people / 70_000).isqrt()).clamp(2, 20);
        let station_areas = (people / 28_000).max(districts);
        Self {
            people,
            ways_in: totals.checkpoints.max(LEAST_WAYS_IN),
            street_stations: totals.street_stations.max(1),
            patrol: totals.patrol,
            communities: totals.communities.max(1),
            districts,
            station_areas,
            grid_cells: (people / 3_200).max(station_areas * 2),
            expressway: people >= 150_000,
        }
    }
}

/// A city has at least so many ways in.
const LEAST_WAYS_IN: u64 = 4;

/// Ways in grow slowly with size: even a small city has several.
fn entry_weight(people: u64) -> u64 {
    1_500 + people.isqrt()
}

/// Street police stations grow with people, small cities having somewhat more of them.
fn station_weight(people: u64) -> u64 {
    people + 100_000
}

/// The sizes of `cities` cities with `people` in sum, largest first: a few very large, most of a few million, many small
/// ones, as China's prefectures are.
pub(super) fn city_sizes(seed: u64, cities: u64, people: u64) -> Vec<u64> {
    let mut rng = Rng::new(seed, "sizes");
    let mut weights: Vec<u64> = (0..cities)
        .map(|rank| {
            let from_below = (cities - rank) * 1_000_000 / cities;
            // x^1.25, in millionths.
            let body = from_below * (from_below * 1_000_000).isqrt().isqrt() / 1_000;
            let head = 6_000_000 * cities / NATION_CITIES / (rank + 3);
            (body + head + 40_000) * rng.between(940, 1_060) as u64
        })
        .collect();
    weights.sort_unstable_by_key(|&weight| std::cmp::Reverse(weight));
    shares(people, &weights)
}

/// The totals of a nation of so many people.
pub(super) fn totals(people: u64) -> Totals {
    let part = |total: u64| {
        ((u128::from(total) * u128::from(people) + u128::from(NATION_PEOPLE) / 2)
            / u128::from(NATION_PEOPLE)) as u64
    };
    Totals {
        checkpoints: part(NATION.checkpoints),
        street_stations: part(NATION.street_stations),
        patrol: part(NATION.patrol),
        communities: part(NATION.communities),
    }
}

/// What each city of a nation has: the totals of [`totals`] shared out exactly, as long as that leaves every city what the
/// smallest city needs.
pub(super) fn nation_counts(sizes: &[u64]) -> Vec<Counts> {
    let all = totals(sizes.iter().sum());
    let weights =
        |weight: fn(u64) -> u64| sizes.iter().map(|&people| weight(people)).collect::<Vec<u64>>();
    let checkpoints = shares(all.checkpoints, &weights(entry_weight));
    let street_stations = shares(all.street_stations, &weights(station_weight));
    let patrol = shares(all.patrol, sizes);
    let communities = shares(all.communities, sizes);
    let one = |i: usize| {
        let totals = Totals {
            checkpoints: checkpoints[i],
            street_stations: street_stations[i],
            patrol: patrol[i],
            communities: communities[i],
        };
        Counts::new(sizes[i], totals)
    };
    (0..sizes.len()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nation_has_its_published_totals() {
        for seed in [1, 2, 99] {
            let sizes = city_sizes(seed, NATION_CITIES, NATION_PEOPLE);
            assert_eq!((sizes.len(), sizes.iter().sum::<u64>()), (337, NATION_PEOPLE));
            let counts = nation_counts(&sizes);
            let sum = |of: fn(&Counts) -> u64| counts.iter().map(of).sum::<u64>();
            assert_eq!(sum(|c| c.ways_in), 5_026);
            assert_eq!(sum(|c| c.street_stations), 21_000);
            assert_eq!(sum(|c| c.patrol), 740_000);
            assert_eq!(sum(|c| c.communities), 300_000);
        }
    }

    #[test]
    fn cities_are_of_many_sizes() {
        let sizes = city_sizes(1, NATION_CITIES, NATION_PEOPLE);
        assert!(sizes.is_sorted_by(|a, b| a >= b));
        assert!((15_000_000..35_000_000).contains(&sizes[0]), "{}", sizes[0]);
        assert!((200_000..900_000).contains(&sizes[336]), "{}", sizes[336]);
        assert!((2_000_000..5_000_000).contains(&sizes[168]), "{}", sizes[168]);
    }

    #[test]
    fn a_city_alone_has_about_what_it_would_have_in_the_nation() {
        let sizes = city_sizes(1, NATION_CITIES, NATION_PEOPLE);
        for (people, within) in sizes.iter().zip(nation_counts(&sizes)) {
            let alone = Counts::alone(*people);
            assert!(alone.ways_in.abs_diff(within.ways_in) <= 3, "{alone:?} {within:?}");
            assert!(
                alone.street_stations.abs_diff(within.street_stations) <= 3,
                "{alone:?} {within:?}"
            );
            assert!(alone.communities.abs_diff(within.communities) <= 3, "{alone:?} {within:?}");
        }
    }
}
