//! Seals against naive ones: every set of junctions, every assignment, every moment.

mod drawn;
mod oracle;
pub(crate) mod world;

use proptest::prelude::*;

use self::oracle::Truth;
use self::world::{World, any_world};
use super::plan::{Plan, ProofKind};
use super::question::{Order, Question};
use super::solve::Solver;

fn cut(plan: &Plan) -> u32 {
    plan.points.iter().fold(0, |all, point| all | 1 << point.node.0)
}

/// What holds of every plan, proven or not.
fn holds(world: &World, truth: &Truth, plan: &Plan) -> Result<(), TestCaseError> {
    let mut exit = truth.exit.clone();
    let lost: Vec<usize> = plan.lost.iter().map(|lost| lost.node.index()).collect();
    prop_assert_eq!(&lost, &truth.lost(truth.closable(world)));
    for node in lost {
        exit[node] = false;
    }
    prop_assert!(!truth.leaks(cut(plan), &exit), "the points do not cut");
    let mut sent: Vec<_> = plan.orders().map(|order| order.unit).collect();
    let manned = sent.len();
    sent.sort_unstable();
    sent.dedup();
    prop_assert_eq!(sent.len(), manned, "a unit is at two points");
    prop_assert_eq!(plan.missing as usize, plan.points.len() - manned);
    for point in &plan.points {
        let node = point.node.index();
        prop_assert_eq!(point.quarry.0, truth.arrival[node]);
        if let Some(by) = point.manned {
            let unit = world.units.iter().position(|unit| unit.unit == by.unit).unwrap();
            prop_assert_eq!(by.ready.0, truth.closed[unit][node]);
            prop_assert_eq!(by.ready.0 + by.slack.0, point.quarry.0);
        }
    }
    prop_assert_eq!(&plan.doubted, &truth.doubted);
    if plan.sealed {
        prop_assert!(!truth.escapes(world, plan), "somebody gets out in time");
    }
    Ok(())
}

/// Whether what a plan claims to be proven is so.
fn claims(world: &World, truth: &Truth, plan: &Plan) -> Result<(), TestCaseError> {
    let best = truth.best(world);
    let sealed = best.sealed.filter(|_| plan.lost.is_empty());

    prop_assert!(plan.proof.at_least as usize <= best.sealed.map_or(best.points, |best| best.0));
    prop_assert!(plan.missing_at_least as usize <= best.missing.max(plan.lost.len()));
    prop_assert!(plan.missing as usize >= best.missing);
    match plan.proof.kind {
        ProofKind::Fewest | ProofKind::Assignment => {
            let (points, least) = sealed.unwrap();
            prop_assert_eq!(plan.cut_size(), points);
            if plan.proof.most_slack && points > 0 {
                prop_assert_eq!(plan.least_slack().map(|slack| i64::from(slack.0)), Some(least));
            }
        }
        ProofKind::Impossible => prop_assert_eq!(sealed, None),
        ProofKind::Bound | ProofKind::Unknown => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_plan_is_the_best_of_all_that_hold(world in any_world()) {
        let (truth, question) = (Truth::of(&world), world.question());
        let plan = Solver::default().solve(&question).unwrap();
        holds(&world, &truth, &plan)?;
        claims(&world, &truth, &plan)?;
        prop_assert!(!matches!(plan.proof.kind, ProofKind::Bound | ProofKind::Unknown));
        prop_assert!(!plan.sealed || plan.proof.most_slack);
    }

    #[test]
    fn a_plan_that_was_cut_short_claims_no_more_than_is_so(world in any_world(), effort in 0u32..6) {
        let truth = Truth::of(&world);
        let question = Question { effort, ..world.question() };
        let plan = Solver::default().solve(&question).unwrap();
        holds(&world, &truth, &plan)?;
        claims(&world, &truth, &plan)?;
    }

    #[test]
    fn what_was_asked_before_changes_nothing(worlds in prop::collection::vec(any_world(), 1..5)) {
        let mut solver = Solver::default();
        for world in &worlds {
            let question = world.question();
            prop_assert_eq!(solver.solve(&question), Solver::default().solve(&question));
        }
    }

    #[test]
    fn an_earlier_plan_is_kept_while_it_holds(world in any_world(), later in 0u32..3, order in any::<u8>()) {
        let first = Solver::default().solve(&world.question()).unwrap();
        let mut previous: Vec<Order> = first.orders().collect();
        if order.is_multiple_of(4) && !previous.is_empty() {
            // One that nobody can have given: the unit at another point.
            previous[0].node = precinct_base::NodeId(u32::from(order) % 12);
        }
        let mut then = world.clone();
        then.now = (world.now + later).min(world.horizon - world.setup);
        let question = Question { previous: &previous, ..then.question() };
        let plan = Solver::default().solve(&question).unwrap();
        let truth = Truth::of(&then);
        holds(&then, &truth, &plan)?;
        claims(&then, &truth, &plan)?;
        let orders: Vec<Order> = plan.orders().collect();
        prop_assert!(!plan.kept || orders.iter().all(|order| previous.contains(order)));
    }
}
