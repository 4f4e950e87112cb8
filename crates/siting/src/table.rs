//! The reach table of a city: one search by road from each candidate, and the demand it reaches.

use precinct_base::{AreaId, Millis};
use precinct_city::City;
use precinct_planner::{Demand, Table, TableError};
use precinct_roads::{Network, Scratch, Snap, SnapRules, Way};
use rayon::prelude::*;

use crate::{HOURS, HourShares, Place};

/// Candidates whose searches share a scratch.
const CHUNK: usize = 16;

/// A table, and what of the city's demand is in it.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Rows in the order of [`Reached::demand`].
    pub table: Table,
    /// By row: the index of its demand in the city.
    pub demand: Vec<u32>,
    /// Demand with no road near, in thousandths. It has rows that nobody reaches, and counts as out of reach.
    pub off_road: u64,
}

/// Who reaches what within `limit`, by road, from the candidate to the point on the road nearest to the place of demand.
///
/// `area` says which area a place of demand counts for.
pub fn reach(
    city: &City,
    network: &Network,
    places: &[Place],
    how: (&SnapRules, Millis),
    area: impl Fn(&precinct_city::Demand) -> Option<AreaId>,
) -> Result<Reached, TableError> {
    measured(city, network, places, how, (1, &|demand| vec![u64::from(demand.weight)], &area))
}

/// The same with a band for each hour of the day: `shares` say how the demand of an area spreads over them, and `of_calls` in which
/// of its areas that of a place is.
pub fn reach_by_hour(
    city: &City,
    network: &Network,
    places: &[Place],
    how: (&SnapRules, Millis),
    area: impl Fn(&precinct_city::Demand) -> Option<AreaId>,
    (shares, of_calls): (&HourShares, impl Fn(&precinct_city::Demand) -> AreaId),
) -> Result<Reached, TableError> {
    let weights = |demand: &precinct_city::Demand| {
        shares.spread(u64::from(demand.weight), of_calls(demand)).to_vec()
    };
    measured(city, network, places, how, (HOURS, &weights, &area))
}

/// How many bands of hours there are, how much demand there is in each, and for which area it counts.
type Counted<'a> = (
    usize,
    &'a dyn Fn(&precinct_city::Demand) -> Vec<u64>,
    &'a dyn Fn(&precinct_city::Demand) -> Option<AreaId>,
);

fn measured(
    city: &City,
    network: &Network,
    places: &[Place],
    (rules, limit): (&SnapRules, Millis),
    (bands, weights, area): Counted<'_>,
) -> Result<Reached, TableError> {
    let mut table = Table::new(places.len(), bands)?;
    let snaps: Vec<Option<Snap>> =
        city.demand.par_iter().map(|demand| network.snap(demand.at, rules)).collect();
    let reached = swept(network, places, &snaps, limit);
    let mut reached = reached.iter().map(|one| one.iter().peekable()).collect::<Vec<_>>();
    let (mut row, mut off_road) = (Vec::new(), 0);
    for (index, demand) in city.demand.iter().enumerate() {
        row.clear();
        for (candidate, times) in reached.iter_mut().enumerate() {
            if let Some(&(_, time)) = times.next_if(|one| one.0 as usize == index) {
                row.push((candidate as u32, time));
            }
        }
        if snaps[index].is_none() {
            off_road += u64::from(demand.weight);
        }
        let (weights, area) = (weights(demand), area(demand).map(|area| area.0));
        table.push(&Demand { weights: &weights, grade: demand.grade.0, area }, &row)?;
    }
    Ok(Reached { table, demand: (0..city.demand.len() as u32).collect(), off_road })
}

/// By candidate: the demand it reaches, by index, and the time.
fn swept(
    network: &Network,
    places: &[Place],
    snaps: &[Option<Snap>],
    limit: Millis,
) -> Vec<Vec<(u32, Millis)>> {
    places
        .par_chunks(CHUNK)
        .flat_map_iter(|chunk| {
            let mut scratch = Scratch::default();
            let sweep = move |place: &Place| {
                let sources = [place.snap];
                let reach = network.reach(&mut scratch, &sources, limit, Way::Out);
                let all = snaps.iter().enumerate();
                let time = |(index, snap): (usize, &Option<Snap>)| {
                    let (time, _) = reach.at(snap.as_ref()?)?;
                    Some((index as u32, time))
                };
                all.filter_map(time).collect()
            };
            chunk.iter().map(sweep)
        })
        .collect()
}
