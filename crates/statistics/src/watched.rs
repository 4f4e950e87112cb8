//! A policy that was watched beside those who sent units: how often it was of another mind, and what that would have changed.

use std::collections::{BTreeMap, VecDeque};

use precinct_base::UnitId;
use precinct_core::{Code, IncidentId, Priority};

use crate::rows::Task;

/// The fewest differences of which a mean is said to be sure within something.
const FEWEST: u32 = 30;
/// Differences that are told one by one.
const TOLD: usize = 200;

/// Dispatches of one urgency beside which one policy was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The policy.
    pub policy: Code,
    /// The urgency of the incidents.
    pub priority: Priority,
    /// How many dispatches.
    pub compared: u32,
    /// In how many it would have sent the same unit.
    pub agreed: u32,
    /// In how many it can be told how much later its unit would have been there.
    pub timed: u32,
    /// The mean of how much later, in milliseconds, of those; less than nothing is sooner. Nothing if there is none.
    pub later_ms: Option<i64>,
    /// Half of the interval at 95 % for that mean, in milliseconds: 1.96 standard errors, each dispatch by itself. Nothing for fewer than 30.
    pub within_ms: Option<u64>,
    /// The mean of how much more demand would stay within each threshold of a free unit, in parts of 10,000 of all.
    pub kept: [i64; 3],
}

/// One dispatch in which it was of another mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differed {
    /// To which incident.
    pub incident: IncidentId,
    /// Who was sent.
    pub sent: UnitId,
    /// Which policy was watched.
    pub policy: Code,
    /// Whom it would have sent; none is nobody more.
    pub would: Option<UnitId>,
    /// How much later that one would have been there, in milliseconds.
    pub later_ms: Option<i64>,
    /// How much more demand would stay within each threshold.
    pub kept: [i32; 3],
}

#[derive(Default)]
struct Sum {
    compared: u32,
    agreed: u32,
    timed: u32,
    later: i128,
    squares: i128,
    kept: [i64; 3],
}

impl Sum {
    fn watched(&self, policy: Code, priority: Priority) -> Watched {
        let mean = |sum: i64| sum / i64::from(self.compared.max(1));
        let timed = (self.timed > 0).then(|| self.later / i128::from(self.timed));
        Watched {
            policy,
            priority,
            compared: self.compared,
            agreed: self.agreed,
            timed: self.timed,
            later_ms: timed.and_then(|mean| i64::try_from(mean).ok()),
            within_ms: (self.timed >= FEWEST).then(|| self.within()),
            kept: self.kept.map(mean),
        }
    }

    /// 1.96 standard errors of the mean, rounded down: the root of 1.96² (n Σx² − (Σx)²) / (n² (n − 1)).
    fn within(&self) -> u64 {
        let n = i128::from(self.timed);
        let spread = n * self.squares - self.later * self.later;
        let square = spread.max(0).unsigned_abs() * 196 * 196;
        let square = square / (n * n * (n - 1) * 10_000).unsigned_abs();
        u64::try_from(square.isqrt()).unwrap_or(u64::MAX)
    }
}

/// Both of some tasks, by policy and urgency; the newest differences first.
pub(crate) fn watched<'a>(tasks: impl Iterator<Item = &'a Task>) -> (Vec<Watched>, Vec<Differed>) {
    let mut sums: BTreeMap<(Code, Priority), Sum> = BTreeMap::new();
    let mut differed = VecDeque::new();
    for task in tasks {
        let Some(beside) = task.beside.as_deref() else { continue };
        let sum = sums.entry((beside.policy, task.priority)).or_default();
        sum.compared += 1;
        let agreed = beside.would == Some(task.unit);
        sum.agreed += u32::from(agreed);
        if let Some(later) = beside.later_ms {
            sum.timed += 1;
            sum.later += i128::from(later);
            sum.squares += i128::from(later) * i128::from(later);
        }
        for (sum, kept) in sum.kept.iter_mut().zip(beside.kept) {
            *sum += i64::from(kept);
        }
        if !agreed {
            if differed.len() == TOLD {
                differed.pop_back();
            }
            differed.push_front(Differed {
                incident: task.incident,
                sent: task.unit,
                policy: beside.policy,
                would: beside.would,
                later_ms: beside.later_ms,
                kept: beside.kept,
            });
        }
    }
    let all = sums.iter().map(|(&(policy, priority), sum)| sum.watched(policy, priority));
    (all.collect(), differed.into())
}

#[cfg(test)]
mod tests {
    use super::{Code, Priority, Sum};

    fn summed(of: &[i128]) -> Sum {
        let mut sum = Sum { compared: of.len() as u32, timed: of.len() as u32, ..Sum::default() };
        for one in of {
            sum.later += one;
            sum.squares += one * one;
        }
        sum
    }

    #[test]
    fn a_mean_is_sure_within_what_its_spread_says() {
        // Half of them 1,000 and half 3,000: the deviation of a hundred is 1,000 √(100 / 99), its error a tenth of that.
        let of: Vec<i128> = (0..100).map(|n| if n % 2 == 0 { 1_000 } else { 3_000 }).collect();
        let watched = summed(&of).watched(Code::literal("joint"), Priority::HIGHEST);
        assert_eq!((watched.later_ms, watched.within_ms), (Some(2_000), Some(196)));
        let alike = summed(&[-7; 40]).watched(Code::literal("joint"), Priority::HIGHEST);
        assert_eq!((alike.later_ms, alike.within_ms), (Some(-7), Some(0)));
    }

    #[test]
    fn of_few_nothing_is_said_to_be_sure() {
        let few = summed(&[5; 29]).watched(Code::literal("joint"), Priority::HIGHEST);
        assert_eq!((few.later_ms, few.within_ms), (Some(5), None));
        let none = summed(&[]).watched(Code::literal("joint"), Priority::HIGHEST);
        assert_eq!((none.later_ms, none.within_ms), (None, None));
    }

    #[test]
    fn the_largest_numbers_fit() {
        // A million dispatches that are days apart.
        let n = 1_000_000;
        let sum = Sum {
            timed: n,
            later: 0,
            squares: i128::from(n) * 100_000_000 * 100_000_000,
            ..Sum::default()
        };
        assert_eq!(sum.within(), 196_000);
    }
}
