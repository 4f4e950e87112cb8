//! What a trial is made of, from a city's files and a record of calls; and the changes of a plan file.

mod behaviour;
mod changes;
mod ground;
mod measured;
mod roster;
mod saved;

pub(crate) use behaviour::behaviour;
pub(crate) use changes::{PlanFile, named_streets};
pub(crate) use ground::{pieces, town};
pub(crate) use measured::Measured;
pub(crate) use roster::as_it_is;
pub(crate) use saved::make as make_saved;

use precinct_base::{AreaId, LonLat};
use precinct_city::City;
use precinct_core::Title;
use precinct_roads::Name;

/// The number an area of the city's files has in a trial: 0 is the whole city.
pub(crate) const fn area_number(index: usize) -> AreaId {
    AreaId(index as u32 + 1)
}

/// The smallest area a place is in; the whole city if it is in none.
pub(crate) fn area_at(city: &City, at: LonLat) -> AreaId {
    let smallest = city.areas_at(at).into_iter().max_by_key(|area| city.areas[area.index()].level);
    smallest.map_or(AreaId(0), |area| area_number(area.index()))
}

/// A name in both languages, never empty.
pub(crate) fn title(name: &Name, otherwise: String) -> Title {
    let local = if name.local.is_empty() { otherwise } else { name.local.clone() };
    let or = |text: &str| if text.is_empty() { local.clone() } else { text.to_owned() };
    Title { en: or(&name.en), zh: or(&name.zh) }
}
