//! What a policy that was watched would have changed, dispatch by dispatch.

use precinct_core::{Beside, Code, Fact, Priority};
use precinct_statistics::{Differed, Watched};

use super::{Naive, after, priority};
use crate::changes::when;

/// 1.96 standard errors of the mean, from the squares of all differences of two.
fn within(of: &[i64]) -> u64 {
    let pairs = of.iter().enumerate().flat_map(|(n, a)| of[..n].iter().map(move |b| a - b));
    let spread: i128 = pairs.map(|apart| i128::from(apart) * i128::from(apart)).sum();
    let n = of.len() as i128;
    let fits = |w: u64| {
        let w = i128::from(w);
        w * w * n * n * (n - 1) * 10_000 <= spread * 196 * 196
    };
    let mut w = (0..40).rev().fold(0, |w, bit| if fits(w | 1 << bit) { w | 1 << bit } else { w });
    while fits(w + 1) {
        w += 1;
    }
    w
}

impl Naive<'_> {
    /// What the policy that was watched would have done, by dispatch, the newest first.
    fn besides(&self) -> Vec<(Priority, Differed)> {
        let mut all = Vec::new();
        for (index, event) in self.events.iter().enumerate().rev() {
            let Fact::UnitDispatched(fact) = &event.fact else { continue };
            let Some(beside) = fact.advice.as_ref().and_then(|advice| advice.beside) else {
                continue;
            };
            let (then, _) = after(&self.events[..index]);
            if self.within(when(event))
                && self.scope.has(then.incidents()[&fact.incident].place.area)
            {
                let Beside { policy, would, later_ms, kept } = beside;
                let (incident, sent) = (fact.incident, fact.unit);
                let one = Differed { incident, sent, policy, would, later_ms, kept };
                all.push((priority(&self.events[..=index], incident), one));
            }
        }
        all
    }

    pub(super) fn watched(&self) -> (Vec<Watched>, Vec<Differed>) {
        let all = self.besides();
        let agrees = |one: &Differed| one.would == Some(one.sent);
        let mut kinds: Vec<(Code, Priority)> =
            all.iter().map(|(priority, one)| (one.policy, *priority)).collect();
        kinds.sort();
        kinds.dedup();
        let watched = kinds.into_iter().map(|(policy, priority)| {
            let of: Vec<&Differed> = all
                .iter()
                .filter(|(urgency, one)| (one.policy, *urgency) == (policy, priority))
                .map(|(_, one)| one)
                .collect();
            let later: Vec<i64> = of.iter().filter_map(|one| one.later_ms).collect();
            let count = later.len() as i64;
            Watched {
                policy,
                priority,
                compared: of.len() as u32,
                agreed: of.iter().filter(|one| agrees(one)).count() as u32,
                timed: later.len() as u32,
                later_ms: (count > 0).then(|| later.iter().sum::<i64>() / count),
                within_ms: (count >= 30).then(|| within(&later)),
                kept: [0, 1, 2].map(|k| {
                    of.iter().map(|one| i64::from(one.kept[k])).sum::<i64>() / of.len() as i64
                }),
            }
        });
        let differed = all.iter().map(|(_, one)| *one).filter(|one| !agrees(one)).take(200);
        (watched.collect(), differed.collect())
    }
}
