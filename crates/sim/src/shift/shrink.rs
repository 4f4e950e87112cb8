//! Making a shift that goes wrong smaller while it goes wrong in the same way.

use super::invariant::Invariant;
use super::{Plan, run};

/// The smallest plan found that breaks the same invariant as `plan`: shorter, with fewer units, calls and faults.
pub fn shrink(plan: Plan, invariant: Invariant) -> Plan {
    let mut smallest = plan;
    while let Some(smaller) = smaller(smallest)
        .find(|plan| run(*plan).broken.is_some_and(|broken| broken.invariant == invariant))
    {
        smallest = smaller;
    }
    smallest
}

/// Plans that are a step smaller, the boldest first.
fn smaller(plan: Plan) -> impl Iterator<Item = Plan> {
    let minutes = [plan.minutes / 2, plan.minutes * 3 / 4, plan.minutes.saturating_sub(1)];
    let units = [plan.units / 2, plan.units.saturating_sub(1)];
    let calls = [plan.calls / 2, plan.calls.saturating_sub(1)];
    let shorter = minutes.into_iter().map(move |minutes| Plan { minutes, ..plan });
    let fewer = units.into_iter().map(move |units| Plan { units, ..plan });
    let quieter = calls.into_iter().map(move |calls| Plan { calls, ..plan });
    let without =
        plan.faults.named().into_iter().filter(|&(_, on)| on).filter_map(move |(name, _)| {
            Some(Plan { faults: plan.faults.with(name, false)?, ..plan })
        });
    without.chain(shorter).chain(fewer).chain(quieter).filter(move |smaller| {
        smaller.minutes > 0 && smaller.units > 0 && smaller.calls > 0 && *smaller != plan
    })
}
