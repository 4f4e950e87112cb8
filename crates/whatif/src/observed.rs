//! Behaviour as a record of calls shows it, for a city that nobody has measured more closely: spreads of the times it has.

use std::collections::BTreeMap;

use precinct_base::Millis;
use precinct_core::{Code, Priority};

use crate::{Behaviour, Call, Rule, Spread, Table};

/// Fewer than this tell nothing of their own.
const FEWEST: usize = 20;
/// Times that a spread goes through.
const POINTS: usize = 41;

impl Behaviour {
    /// The spreads of the times that `calls` have on record: until entered by priority, stays by type, and by priority where a type has
    /// fewer than twenty. What the dispatcher takes is what the most urgent waited once entered, for they wait for nothing else. Where the
    /// record has nothing, the default stays. Drives are left as by the roads: a record without places of units cannot tell.
    pub fn observed(calls: &[Call]) -> Self {
        let defaults = Self::default();
        let found = |call: &&Call| !call.is_found();
        let handling = by_priority(
            calls.iter().filter(found).filter_map(|call| Some((call.priority, call.handling?))),
        );
        let turnout = calls.iter().flat_map(|call| call.crews.iter().filter_map(|one| one.turnout));
        let turnout: Vec<u32> = turnout.map(|time| time.0).collect();
        let stays =
            || calls.iter().flat_map(|call| call.crews.iter().map(move |one| (call, one.stay)));
        let mut by_kind: BTreeMap<Code, Vec<u32>> = BTreeMap::new();
        for (call, stay) in stays().filter_map(|(call, stay)| Some((call, stay?))) {
            by_kind.entry(call.kind).or_default().push(stay.0);
        }
        by_kind.retain(|_, times| times.len() >= FEWEST);
        let mut stay: Vec<Rule> = by_kind
            .into_iter()
            .map(|(kind, times)| Rule { kind: Some(kind), ..Rule::any(spread(times)) })
            .collect();
        stay.extend(by_priority(stays().filter_map(|(call, stay)| Some((call.priority, stay?)))));
        let or =
            |rules: Vec<Rule>, default: Table| Table(rules.into_iter().chain(default.0).collect());
        let turnout = (turnout.len() >= FEWEST).then(|| Rule::any(spread(turnout)));
        Self {
            handling: or(handling, defaults.handling),
            desk: or(desk(calls).into_iter().collect(), defaults.desk),
            turnout: or(turnout.into_iter().collect(), defaults.turnout),
            stay: or(stay, defaults.stay),
            ..Self::default()
        }
    }
}

/// How many in a thousand of the calls of each priority nobody is known to have come to: called off, or dealt with by telephone. A priority
/// with fewer than twenty calls is as all together; a record that says of nobody when a crew was there says nothing of this.
pub fn called_off(calls: &[Call]) -> [u16; Priority::COUNT] {
    let share = |wanted: &dyn Fn(&Call) -> bool| {
        let of = || calls.iter().filter(|call| !call.is_found() && wanted(call));
        let (all, nobody) = (of().count(), of().filter(|call| call.there.is_none()).count());
        (all >= FEWEST).then(|| (nobody * 1_000 / all) as u16)
    };
    let all = share(&|_| true).filter(|&share| share < 1_000).unwrap_or(0);
    std::array::from_fn(|at| {
        let own = share(&|call| usize::from(call.priority.number()) == at + 1);
        own.filter(|_| all > 0).unwrap_or(all)
    })
}

/// What the most urgent class with enough calls waited from entered to sent.
fn desk(calls: &[Call]) -> Option<Rule> {
    let mut by: BTreeMap<Priority, Vec<u32>> = BTreeMap::new();
    for call in calls.iter().filter(|call| !call.is_found()) {
        if let Some((handling, sent)) = call.handling.zip(call.sent) {
            by.entry(call.priority).or_default().extend(sent.0.checked_sub(handling.0));
        }
    }
    let times = by.into_values().find(|times| times.len() >= FEWEST)?;
    Some(Rule::any(spread(times)))
}

/// A rule for each priority with enough times.
fn by_priority(times: impl Iterator<Item = (Priority, Millis)>) -> Vec<Rule> {
    let mut by: BTreeMap<Priority, Vec<u32>> = BTreeMap::new();
    for (priority, time) in times {
        by.entry(priority).or_default().push(time.0);
    }
    by.retain(|_, times| times.len() >= FEWEST);
    let rule = |(priority, times)| Rule { priority: Some(priority), ..Rule::any(spread(times)) };
    by.into_iter().map(rule).collect()
}

fn spread(times: Vec<u32>) -> Spread {
    Spread::observed(times, POINTS)
}
