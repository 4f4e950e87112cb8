//! Which days are fitted to, and which are held out to score the fit.

use std::collections::BTreeSet;

/// The days of a record, parted: every third is held out, so that both parts have every season and most days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// Days fitted to, in order.
    pub fitted: Vec<i64>,
    /// Days held out, in order.
    pub held_out: Vec<i64>,
}

impl Days {
    /// One day in so many is held out.
    const ONE_IN: usize = 3;

    /// Parts the days; `None` if there are too few to hold one out.
    pub fn part(days: impl IntoIterator<Item = i64>) -> Option<Self> {
        let all: BTreeSet<i64> = days.into_iter().collect();
        let (mut fitted, mut held_out) = (Vec::new(), Vec::new());
        for (i, day) in all.into_iter().enumerate() {
            if i % Self::ONE_IN == Self::ONE_IN - 1 {
                held_out.push(day);
            } else {
                fitted.push(day);
            }
        }
        (!held_out.is_empty()).then_some(Self { fitted, held_out })
    }

    /// Whether a day is held out.
    pub fn holds_out(&self, day: i64) -> bool {
        self.held_out.binary_search(&day).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_third_day_is_held_out() {
        let days = Days::part([5, 3, 4, 3, 9, 8, 7]).unwrap();
        assert_eq!((days.fitted, days.held_out), (vec![3, 4, 7, 8], vec![5, 9]));
        assert_eq!(Days::part([1, 2, 2]), None);
    }
}
