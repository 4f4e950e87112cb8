//! Many cities at once: a nation.

use std::fmt::Write as _;
use std::path::Path;

use precinct_base::LonLat;
use rayon::prelude::*;

use super::city::{City, Order, Setting};
use super::error::GenerateError;
use super::names::city_title;
use super::size::{Counts, NATION_CITIES, NATION_PEOPLE, Totals, city_sizes, nation_counts};
use super::write::{Made, write_file};
use crate::rng::Rng;

/// An order for a nation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NationOrder {
    /// The number it is made from.
    pub seed: u64,
    /// How many cities: 1 to [`NationOrder::MOST_CITIES`].
    pub cities: u64,
    /// People in all of them together.
    pub people: u64,
}

impl NationOrder {
    /// The most cities a nation may have.
    pub const MOST_CITIES: u64 = 1_000;

    /// A nation of so many cities, each as large on average as those of China (4.2 million).
    pub const fn new(seed: u64, cities: u64) -> Self {
        Self { seed, cities, people: NATION_PEOPLE * cities / NATION_CITIES }
    }
}

/// What was written of a nation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationMade {
    /// Its cities, largest first, each with its folder.
    pub cities: Vec<(String, Made)>,
    /// What they have in sum.
    pub totals: Totals,
}

/// What each city of a nation will have, largest first. The totals (5,026 checkpoints, 21,000 street stations,
/// 740,000 on patrol, 300,000 communities for 1.412 billion people) are shared out exactly, by largest remainders.
pub fn plan_nation(order: &NationOrder) -> Result<Vec<Counts>, GenerateError> {
    let NationOrder { seed, cities, people } = *order;
    if !(1..=NationOrder::MOST_CITIES).contains(&cities) {
        return Err(GenerateError::Cities { cities });
    }
    let sizes = city_sizes(seed, cities, people);
    let possible = Order::LEAST_PEOPLE..=Order::MOST_PEOPLE;
    if let Some(&city) = sizes.iter().find(|size| !possible.contains(size)) {
        return Err(GenerateError::NationPeople { people, cities, city });
    }
    Ok(nation_counts(&sizes))
}

/// Makes a nation's cities in parallel, each into a folder of its own under `dir`, and `index.csv` and `nation.toml` that
/// list them. `progress` hears of each city when it is written, in no fixed order. At most one city a thread is in memory.
pub fn write_nation(
    order: &NationOrder,
    dir: &Path,
    progress: &(dyn Fn(&Made) + Sync),
) -> Result<NationMade, GenerateError> {
    let plan = plan_nation(order)?;
    let places = settings(order);
    let jobs: Vec<(usize, &Counts)> = plan.iter().enumerate().collect();
    let one = |(i, counts): (usize, &Counts)| {
        let seed = Rng::new(order.seed.wrapping_add(i as u64), "city").next();
        let folder = folder(i, &places[i]);
        let made = City::make(seed, *counts, &places[i]).write(&dir.join(&folder))?;
        progress(&made);
        Ok((folder, made))
    };
    let cities: Result<Vec<(String, Made)>, GenerateError> =
        jobs.into_par_iter().with_max_len(1).map(one).collect();
    let cities = cities?;
    let sum = |of: fn(&Counts) -> u64| plan.iter().map(of).sum();
    let totals = Totals {
        checkpoints: sum(|c| c.ways_in),
        street_stations: sum(|c| c.street_stations),
        patrol: sum(|c| c.patrol),
        communities: sum(|c| c.communities),
    };
    write_file(&dir.join("index.csv"), |out| {
        out.write_all(index(&cities, &plan, &places).as_bytes())
    })?;
    write_file(&dir.join("nation.toml"), |out| {
        out.write_all(description(order, &totals).as_bytes())
    })?;
    Ok(NationMade { cities, totals })
}

fn folder(index: usize, setting: &Setting) -> String {
    let name: String = setting
        .name
        .en
        .chars()
        .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
        .collect();
    format!("{:03}-{name}", index + 1)
}

/// Cities lie scattered over a plain, large and small mixed, far enough apart for the largest.
fn settings(order: &NationOrder) -> Vec<Setting> {
    // The smallest square with a spot for every city.
    let side = (order.cities.max(1) - 1).isqrt() + 1;
    let mut rng = Rng::new(order.seed, "settings");
    let mut spots: Vec<(i64, i64)> =
        (0..side * side).map(|i| ((i % side) as i64, (i / side) as i64)).collect();
    rng.shuffle(&mut spots);
    // 1.15 degrees east and 0.95 north are a little over 100 km.
    let (east, north) = (11_500_000, 9_500_000);
    let mut place = |(x, y): (i64, i64)| {
        let (first_x, first_y) =
            (1_110_000_000 - east * side as i64 / 2, 310_000_000 - north * side as i64 / 2);
        let lon = first_x
            + east * x
            + rng.between(-900_000, 900_000)
            + if y % 2 == 0 { 0 } else { east / 2 };
        let lat = first_y + north * y + rng.between(-900_000, 900_000);
        LonLat::new(lon as i32, lat as i32).unwrap_or_default()
    };
    let cities = spots.into_iter().take(order.cities as usize).enumerate();
    cities
        .map(|(i, spot)| Setting { name: city_title(order.seed, i as u64), centre: place(spot) })
        .collect()
}

/// `index.csv`: a row for each city.
fn index(cities: &[(String, Made)], plan: &[Counts], places: &[Setting]) -> String {
    let mut text = String::from(
        "folder,name,name_en,lon,lat,people,checkpoints,street_stations,police_stations,patrol,communities,segments,kilometres\n",
    );
    for (((folder, made), counts), place) in cities.iter().zip(plan).zip(places) {
        let _ = writeln!(
            text,
            "{folder},{},{},{},{},{},{},{},{},{},{},{}",
            made.name.zh,
            made.name.en,
            place.centre,
            made.people,
            counts.ways_in,
            counts.street_stations,
            counts.station_areas,
            counts.patrol,
            counts.communities,
            made.segments,
            made.kilometres
        );
    }
    text
}

fn description(order: &NationOrder, totals: &Totals) -> String {
    let NationOrder { seed, cities, people } = order;
    let Totals { checkpoints, street_stations, patrol, communities } = totals;
    format!(
        "# A nation that does not exist, made by `precinct city generate --seed {seed} --cities {cities}`.
# Each city is a folder of its own with a city.toml; index.csv lists them, largest first.

index = \"index.csv\"
cities = {cities}
people = {people}

# What they have in sum.
[totals]
checkpoints = {checkpoints}
street_stations = {street_stations}
patrol = {patrol}
communities = {communities}
"
    )
}
