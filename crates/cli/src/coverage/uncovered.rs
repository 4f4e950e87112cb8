//! The places out of reach with the most demand.

use std::collections::BTreeMap;

use precinct_base::{AreaId, LonLat, Millis, NameId};
use precinct_roads::Name;

/// A place of demand that no post reaches within the last threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missed<'a> {
    /// What it is called; may be empty.
    pub(crate) name: &'a Name,
    /// Where it is.
    pub(crate) at: LonLat,
    /// Its demand, in thousandths.
    pub(crate) weight: u64,
    /// The time from the nearest post and that post's index; nothing if no post gets there.
    pub(crate) time: Option<(Millis, usize)>,
    /// The nearest street and the way it is part of; nothing if no road is near.
    pub(crate) street: Option<(NameId, i64)>,
    /// The smallest area it lies in.
    pub(crate) area: Option<AreaId>,
}

/// Places that go by one name, or along one street, told as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Uncovered {
    /// What they are called; empty if only the street tells.
    pub(crate) name: Name,
    /// Where the one with the most demand is.
    pub(crate) at: LonLat,
    /// Their demand together, in thousandths.
    pub(crate) weight: u64,
    /// How many they are.
    pub(crate) places: u64,
    /// The longest time to one of them, and its post; nothing if no post gets to one.
    pub(crate) time: Option<(Millis, usize)>,
    /// The street nearest to the one with the most demand.
    pub(crate) street: Option<NameId>,
    /// The smallest area that one lies in.
    pub(crate) area: Option<AreaId>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Named(&'a Name, Option<AreaId>),
    Along(NameId, Option<AreaId>),
    Way(i64),
    Alone(LonLat),
}

/// The places with the most demand, at most `count`; of several with as much, the one that waits longest first.
pub(crate) fn worst(missed: &[Missed<'_>], count: usize) -> Vec<Uncovered> {
    let mut groups: BTreeMap<Key<'_>, Vec<&Missed<'_>>> = BTreeMap::new();
    for place in missed {
        groups.entry(key(place)).or_default().push(place);
    }
    let mut all: Vec<Uncovered> = groups.into_values().map(|group| together(&group)).collect();
    all.sort_by_key(|one| (std::cmp::Reverse((one.weight, waits(one.time))), one.at));
    all.truncate(count);
    all
}

fn key<'a>(place: &Missed<'a>) -> Key<'a> {
    match place.street {
        _ if !place.name.is_empty() => Key::Named(place.name, place.area),
        Some((name, way)) if name == NameId::default() => Key::Way(way),
        Some((name, _)) => Key::Along(name, place.area),
        None => Key::Alone(place.at),
    }
}

/// The time, "never" last.
fn waits(time: Option<(Millis, usize)>) -> Millis {
    time.map_or(Millis::MAX, |(time, _)| time)
}

fn together(group: &[&Missed<'_>]) -> Uncovered {
    let most = group.iter().max_by_key(|place| (place.weight, waits(place.time), place.at));
    let most = most.copied().unwrap_or(group[0]);
    let longest = group.iter().map(|place| place.time).max_by_key(|&time| waits(time));
    Uncovered {
        name: most.name.clone(),
        at: most.at,
        weight: group.iter().map(|place| place.weight).sum(),
        places: group.len() as u64,
        time: longest.flatten(),
        street: most.street.map(|street| street.0),
        area: most.area,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(name: &Name, lon: i32, weight: u64, ms: Option<u32>, street: u32) -> Missed<'_> {
        Missed {
            name,
            at: LonLat::new(lon, 0).unwrap(),
            weight,
            time: ms.map(|ms| (Millis(ms), 0)),
            street: Some((NameId(street), 7)),
            area: None,
        }
    }

    #[test]
    fn places_on_one_street_are_told_together_and_the_most_demand_comes_first() {
        let (none, mill) = (Name::default(), Name::local("Old mill"));
        let all = [
            missed(&none, 1, 10, Some(400), 3),
            missed(&none, 2, 20, None, 3),
            missed(&mill, 3, 25, Some(500), 3),
            missed(&none, 4, 1, Some(900), 0),
            missed(&none, 5, 1, Some(901), 0),
        ];
        let worst = worst(&all, 9);
        let told: Vec<(&str, u64, u64, Option<u32>)> = worst
            .iter()
            .map(|w| (w.name.local.as_str(), w.weight, w.places, w.time.map(|t| t.0.0)))
            .collect();
        assert_eq!(
            told,
            [("", 30, 2, None), ("Old mill", 25, 1, Some(500)), ("", 2, 2, Some(901))]
        );
        assert_eq!(worst[0].at, all[1].at);
    }

    #[test]
    fn of_as_much_demand_the_longest_wait_comes_first() {
        let names = ["a", "b", "c"].map(Name::local);
        let waits = [Some(400), None, Some(700)];
        let all: Vec<Missed<'_>> = names
            .iter()
            .zip(waits)
            .enumerate()
            .map(|(i, (name, ms))| missed(name, i as i32, 5, ms, 1))
            .collect();
        let names: Vec<String> = worst(&all, 2).into_iter().map(|one| one.name.local).collect();
        assert_eq!(names, ["b", "c"]);
    }
}
