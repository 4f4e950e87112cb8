//! How long things take that are no travel: turnout, time on scene, and what comes after for whoever leaves for elsewhere.
//!
//! Each group's median and 90th percentile are drawn towards its parent's: a group of [`HALF`] rows keeps half of its own. The chain is
//! all rows, force, force and kind, force and kind at that part of the day.

use std::collections::BTreeMap;

use precinct_base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::days::Days;
use crate::numbers::quantile;
use crate::response::{Response, gap};

/// With so many rows a group's own figures and its parent's count alike.
const HALF: u64 = 20;
/// Groups of fewer rows are left to their parent.
const LEAST: usize = 5;
/// Hours of a part of the day.
const PART_HOURS: usize = 6;

/// A group of rows and what is typical of it. What is empty stands for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StayGroup {
    /// The force.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub force: String,
    /// The type of call.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The part of the day, such as `00-06`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// Rows it is made of.
    pub rows: u64,
    /// The median, in milliseconds.
    pub median_ms: u32,
    /// Nine in ten take no longer, in milliseconds.
    pub p90_ms: u32,
}

/// How long something takes, by group; the widest group first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Rows that do not say.
    pub unknown: u64,
    /// Rows that contradict themselves or the world, left out.
    pub wrong: u64,
    /// Rows of days held out.
    pub held_out: u64,
    /// Of those, how many thousandths took no longer than the median said: 500 if all is well.
    pub within_median_per_mille: u64,
    /// And than the 90th percentile said: 900 if all is well.
    pub within_p90_per_mille: u64,
    /// What is typical.
    #[serde(default)]
    pub groups: Vec<StayGroup>,
}

/// How many thousandths of the rows do not say an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// When the unit was sent.
    pub dispatch: u64,
    /// When its wheels turned.
    pub en_route: u64,
    /// When it was there.
    pub on_scene: u64,
    /// When it was free again.
    pub clear: u64,
}

impl Shares {
    pub(crate) fn of(responses: &[Response]) -> Self {
        let share = |known: fn(&Response) -> Option<Timestamp>| {
            let unknown = responses.iter().filter(|one| known(one).is_none()).count() as u64;
            unknown * 1_000 / (responses.len() as u64).max(1)
        };
        Self {
            dispatch: share(|one| one.dispatch),
            en_route: share(|one| one.en_route),
            on_scene: share(|one| one.on_scene),
            clear: share(|one| one.clear),
        }
    }
}

/// Which instants a stay lies between, and how long it may be.
pub(crate) struct Between {
    pub(crate) from: fn(&Response) -> Option<Timestamp>,
    pub(crate) to: fn(&Response) -> Option<Timestamp>,
    pub(crate) most_ms: i64,
    /// Rows it does not happen to.
    pub(crate) concerns: fn(&Response) -> bool,
    /// Whether the hour of the day matters.
    pub(crate) by_hours: bool,
}

type Key = (String, String, String);

/// The names of a row's groups, the widest first.
fn chain(one: &Response, by_hours: bool) -> Vec<Key> {
    let none = String::new;
    let mut keys = vec![
        (none(), none(), none()),
        (one.force.clone(), none(), none()),
        (one.force.clone(), one.kind.clone(), none()),
    ];
    if by_hours {
        keys.push((one.force.clone(), one.kind.clone(), part_of_day(one.hour.index())));
    }
    keys.dedup();
    keys
}

/// The part of the day an hour of the week lies in.
pub(crate) fn part_of_day(hour: usize) -> String {
    let first = hour % 24 / PART_HOURS * PART_HOURS;
    format!("{first:02}-{:02}", first + PART_HOURS)
}

/// What is typical of a stay, fitted on the days for it and held against the others.
pub(crate) fn stay(responses: &[Response], days: &Days, between: &Between) -> Stay {
    let mut told = Stay::default();
    let (mut fitted, mut held_out): (Vec<(&Response, u32)>, Vec<_>) = (Vec::new(), Vec::new());
    for one in responses.iter().filter(|one| (between.concerns)(one)) {
        match gap((between.from)(one), (between.to)(one)) {
            None => told.unknown += 1,
            Some(ms) if (0..=between.most_ms).contains(&ms) => {
                let part = if days.holds_out(one.day) { &mut held_out } else { &mut fitted };
                part.push((one, ms as u32));
            }
            Some(_) => told.wrong += 1,
        }
    }
    told.groups = groups(&fitted, between.by_hours);
    told.held_out = held_out.len() as u64;
    let share = |limit: fn(&StayGroup) -> u32| {
        let within = held_out.iter().filter(|(one, ms)| {
            told.typical(&one.force, &one.kind, one.hour.index())
                .is_some_and(|group| *ms <= limit(group))
        });
        within.count() as u64 * 1_000 / told.held_out.max(1)
    };
    let shares = (share(|group| group.median_ms), share(|group| group.p90_ms));
    (told.within_median_per_mille, told.within_p90_per_mille) = shares;
    told
}

fn groups(rows: &[(&Response, u32)], by_hours: bool) -> Vec<StayGroup> {
    let mut values: BTreeMap<(usize, Key), Vec<u32>> = BTreeMap::new();
    for (one, ms) in rows {
        for (depth, key) in chain(one, by_hours).into_iter().enumerate() {
            values.entry((depth, key)).or_default().push(*ms);
        }
    }
    let mut done: BTreeMap<Key, (u32, u32)> = BTreeMap::new();
    let mut groups = Vec::new();
    for ((depth, key), mut values) in values {
        if depth > 0 && values.len() < LEAST {
            continue;
        }
        values.sort_unstable();
        let own = (quantile(&values, 500).unwrap_or(0), quantile(&values, 900).unwrap_or(0));
        let parent = parents(&key).into_iter().find_map(|parent| done.get(&parent).copied());
        let rows = values.len() as u64;
        let drawn = |own: u32, parent: u32| {
            ((u64::from(own) * rows + u64::from(parent) * HALF) / (rows + HALF)) as u32
        };
        let (median_ms, p90_ms) =
            parent.map_or(own, |parent| (drawn(own.0, parent.0), drawn(own.1, parent.1)));
        done.insert(key.clone(), (median_ms, p90_ms));
        let (force, kind, hours) = key;
        groups.push(StayGroup { force, kind, hours, rows, median_ms, p90_ms });
    }
    groups
}

/// Wider groups than that of `key`, the narrowest first.
fn parents((force, kind, hours): &Key) -> Vec<Key> {
    let mut wider = Vec::new();
    if !hours.is_empty() {
        wider.push((force.clone(), kind.clone(), String::new()));
    }
    if !kind.is_empty() || !hours.is_empty() {
        wider.push((force.clone(), String::new(), String::new()));
    }
    wider.push((String::new(), String::new(), String::new()));
    wider
}

impl Stay {
    /// The narrowest group with something to say of a force and kind at an hour of the week.
    pub fn typical(&self, force: &str, kind: &str, hour: usize) -> Option<&StayGroup> {
        let hours = part_of_day(hour);
        let fits = |own: &str, asked: &str| own.is_empty() || own == asked;
        // Groups stand from the widest to the narrowest.
        self.groups.iter().rev().find(|group| {
            fits(&group.force, force) && fits(&group.kind, kind) && fits(&group.hours, &hours)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::tests::response;

    const TURNOUT: Between = Between {
        from: |one| one.dispatch,
        to: |one| one.en_route,
        most_ms: 900_000,
        concerns: |_| true,
        by_hours: true,
    };

    fn rows(count: u64, turnout_s: i64, force: &str) -> Vec<Response> {
        let one = |row| {
            let mut one = response(row, 0, 100);
            one.en_route = Some(Timestamp(turnout_s * 1_000));
            force.clone_into(&mut one.force);
            one
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn a_thin_group_is_drawn_towards_its_parent_and_a_thick_one_is_not() {
        let days = Days { fitted: vec![0], held_out: vec![1] };
        let mut all = rows(980, 60, "engine");
        all.extend(rows(20, 120, "boat"));
        all.extend(rows(3, 500, "balloon"));
        let told = stay(&all, &days, &TURNOUT);
        let median = |force: &str| told.typical(force, "theft", 0).unwrap().median_ms;
        assert_eq!(median("engine"), 60_000);
        // Half its own and half its parent's, thrice: force, kind, part of the day, each drawn to the one before.
        assert_eq!(told.groups.iter().find(|one| one.force == "boat").unwrap().median_ms, 90_000);
        assert_eq!(median("boat"), 112_500);
        // Too few to say anything, so as everybody.
        assert_eq!(median("balloon"), 60_000);
    }

    #[test]
    fn what_is_unknown_or_wrong_is_counted_and_what_is_held_out_scored() {
        let days = Days { fitted: vec![0], held_out: vec![1] };
        let mut all = rows(100, 60, "engine");
        for (i, one) in all.iter_mut().enumerate() {
            let turnout = if i < 40 { 50_000 } else { 70_000 };
            one.day = i64::from(i % 2 == 1);
            one.en_route = Some(Timestamp(turnout));
        }
        all[0].en_route = None;
        all[2].en_route = Some(Timestamp(-1));
        let told = stay(&all, &days, &TURNOUT);
        assert_eq!((told.unknown, told.wrong, told.held_out), (1, 1, 50));
        assert_eq!(told.groups[0].median_ms, 70_000);
        assert_eq!((told.within_median_per_mille, told.within_p90_per_mille), (1_000, 1_000));
        assert_eq!(Shares::of(&all).en_route, 10);
    }
}
