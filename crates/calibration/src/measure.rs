//! What is wrong with rows of a record, counted and named, and why no calibration can be made of it.

use std::collections::BTreeMap;

use serde::Serialize;

/// Why a row tells nothing of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It does not say when the unit was sent.
    NotSent,
    /// It does not say when the wheels turned.
    NotSetOff,
    /// It does not say when the unit was there.
    NotThere,
    /// The instants are in the wrong order.
    Order,
    /// It was there within seconds of setting off: a button was pressed late, or both at once.
    AtOnce,
    /// No vehicle goes that fast.
    TooFast,
    /// It took far longer than walking.
    TooSlow,
    /// Neither a position nor a post of its own is known.
    StartUnknown,
    /// It was on another call, so nobody knows where it set off.
    OnAnotherCall,
    /// It had been freed shortly before, and was somewhere on its way back.
    OnItsWayBack,
    /// Where it started, or where it went, has no street near.
    FarFromStreets,
    /// There is no way by road between the two.
    NoWay,
}

impl Fault {
    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::NotSetOff => "not_set_off",
            Self::NotThere => "not_there",
            Self::Order => "order",
            Self::AtOnce => "at_once",
            Self::TooFast => "too_fast",
            Self::TooSlow => "too_slow",
            Self::StartUnknown => "start_unknown",
            Self::OnAnotherCall => "on_another_call",
            Self::OnItsWayBack => "on_its_way_back",
            Self::FarFromStreets => "far_from_streets",
            Self::NoWay => "no_way",
        }
    }

    /// Whether the row contradicts itself or the world; else it just does not say enough.
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::Order | Self::AtOnce | Self::TooFast | Self::TooSlow)
    }
}

/// Rows that were not used, by why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Refused(BTreeMap<Fault, Rows>);

/// How many rows, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Rows {
    count: u64,
    first: Vec<u64>,
}

impl Refused {
    /// How many rows of each kind are named; the others are counted.
    pub const NAMED: usize = 5;

    pub(crate) fn add(&mut self, fault: Fault, row: u64) {
        let rows = self.0.entry(fault).or_default();
        rows.count += 1;
        rows.first.push(row);
        rows.first.sort_unstable();
        rows.first.truncate(Self::NAMED);
    }

    /// Why, how many, and the lines of the first.
    pub fn each(&self) -> impl Iterator<Item = (Fault, u64, &[u64])> {
        self.0.iter().map(|(&fault, rows)| (fault, rows.count, &rows.first[..]))
    }

    /// How many in all.
    pub fn total(&self) -> u64 {
        self.0.values().map(|rows| rows.count).sum()
    }
}

/// Why no calibration can be made of a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCalibration {
    /// All of it is of one or two days.
    #[error(
        "the record has responses on {days} days, and one day in three is held out to score the fit: bring a record of three days or more"
    )]
    Days {
        /// How many.
        days: usize,
    },
    /// There are too few trips.
    #[error(
        "only {fitted} trips to fit to and {held_out} to score with are known from start to scene, at least {least} each are needed: \
         {} of {rows} rows do not say enough or are wrong{}",
        .refused.total(), hint(.refused)
    )]
    Trips {
        /// On the days fitted to.
        fitted: usize,
        /// On the days held out.
        held_out: usize,
        /// How many it takes.
        least: usize,
        /// Rows of the record.
        rows: usize,
        /// Those not used.
        refused: Box<Refused>,
    },
}

fn hint(refused: &Refused) -> String {
    let most = refused.each().max_by_key(|&(fault, count, _)| (count, std::cmp::Reverse(fault)));
    most.map_or_else(String::new, |(fault, count, first)| {
        let row = first.first().copied().unwrap_or(0);
        format!(", most of them ({count}, line {row} first) for {}", fault.name())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_and_the_first_named() {
        let mut refused = Refused::default();
        for row in (1..=9).rev() {
            refused.add(Fault::TooFast, row);
        }
        refused.add(Fault::NoWay, 3);
        let told: Vec<_> = refused.each().collect();
        assert_eq!(told, [(Fault::TooFast, 9, &[1, 2, 3, 4, 5][..]), (Fault::NoWay, 1, &[3])]);
        assert_eq!(refused.total(), 10);
        let error = NoCalibration::Trips {
            fitted: 1,
            held_out: 0,
            least: 20,
            rows: 11,
            refused: Box::new(refused),
        };
        assert!(error.to_string().ends_with("most of them (9, line 1 first) for too_fast"));
    }
}
