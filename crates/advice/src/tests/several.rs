//! Several incidents at once: against trying every assignment, and the case that taking them one by one gets wrong.

use precinct_base::UnitId;
use precinct_core::{Priority, Vehicle};
use precinct_roads::Scratch;
use proptest::prelude::*;

use super::random::{any_plan, town};
use super::town::{Town, corner, grid};
use crate::{Joint, Question, Recommendation, Total, joint, recommend};

const KINDS: [(&str, &[&str]); 3] = [
    ("noise", &[""]),
    ("robbery", &["patrol", "patrol"]),
    ("weapon", &["armed", "patrol", "patrol"]),
];

/// Totals by class, compared in that order.
type Totals = [(u32, u64); Priority::COUNT];

/// A place to fill: question, class, capability or none.
type Row = (usize, usize, &'static str);

/// The least totals, by trying everybody in every place.
fn brute(
    town: &Town,
    told: &[Recommendation],
    rows: &[Row],
    taken: &mut Vec<UnitId>,
    so_far: Totals,
) -> Totals {
    let Some((&(question, class, able), rest)) = rows.split_first() else { return so_far };
    let mut without = so_far;
    without[class].0 += 1;
    let mut best = brute(town, told, rest, taken, without);
    for ranked in &told[question].ranked {
        let unit = &town.state.units()[&ranked.unit];
        let fits = able.is_empty() || unit.capabilities.iter().any(|has| has.as_str() == able);
        if let Some(time) = ranked.travel.filter(|_| fits && !taken.contains(&ranked.unit)) {
            let mut with = so_far;
            with[class].1 += u64::from(time.0);
            taken.push(ranked.unit);
            best = best.min(brute(town, told, rest, taken, with));
            taken.pop();
        }
    }
    best
}

fn totals(of: &[Total; Priority::COUNT]) -> Totals {
    of.map(|total| (total.unfilled, total.travel_ms))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_assignment_is_better(
        mut plan in any_plan(),
        calls in prop::collection::vec(((0u32..3, 0u32..3), 0usize..3, 1u8..4), 1..3),
    ) {
        // Everybody has a way to everywhere, so that no time is for a person to judge.
        plan.streets.iter_mut().flatten().flatten().for_each(|time| *time = time.or(Some(45)));
        let mut town = town(&plan);
        let ids: Vec<_> = calls.iter().map(|&((x, y), kind, priority)| town.open(KINDS[kind].0, priority, corner(x, y))).collect();
        let field = town.field();
        let questions: Vec<Question> = ids.iter().map(|&id| town.question(&field, id)).collect();
        let mut scratch = Scratch::default();
        let told: Vec<Recommendation> = questions.iter().map(|asked| recommend(asked, &mut scratch)).collect();
        let rows: Vec<Row> = calls.iter().enumerate().flat_map(|(i, &(_, kind, priority))| {
            KINDS[kind].1.iter().map(move |&able| (i, usize::from(priority) - 1, able))
        }).collect();
        let found = joint(&questions, &mut scratch);
        let best = brute(&town, &told, &rows, &mut Vec::new(), Totals::default());
        prop_assert_eq!(totals(&found.together), best);
        prop_assert!(found.together <= found.apart);
        if found.differs().next().is_none() { prop_assert_eq!(found.together, found.apart); }
        let mut sent: Vec<UnitId> = found.plans.iter().flat_map(|plan| plan.units.clone()).collect();
        let all = sent.len();
        sent.sort_unstable();
        sent.dedup();
        prop_assert_eq!(sent.len(), all);
        let met: usize = found.plans.iter().flat_map(|plan| &plan.needs).map(|need| need.met).sum();
        prop_assert_eq!(met, all);
    }
}

/// A street of ten corners, ten seconds from each to the next:
///
/// ```text
/// 0   1   2   3   4   5   6   7   8   9
///     E2      I1  E1  I2
/// ```
#[test]
fn the_first_does_not_take_what_the_second_cannot_do_without() {
    let mut town = Town::new(grid(10, 1, |_| [[Some(10); 2]; 2]));
    let (middle, left) = (town.on(3, 1_000), town.on(0, 1_000));
    town.unit(1, Vehicle::Car, &["patrol"], middle);
    town.unit(2, Vehicle::Car, &["patrol"], left);
    let first = town.open("noise", 3, corner(3, 0));
    let second = town.open("noise", 3, corner(5, 0));
    let field = town.field();
    let asked = [first, second].map(|incident| town.question(&field, incident));
    let Joint { plans, together, apart } = joint(&asked, &mut Scratch::default());
    assert_eq!(plans[0].units, [UnitId(2)]);
    assert_eq!(plans[1].units, [UnitId(1)]);
    assert_eq!((&plans[0].alone, &plans[1].alone), (&vec![UnitId(1)], &vec![UnitId(2)]));
    // 20 s and 10 s together; 10 s and 40 s one by one.
    assert_eq!(together[2], Total { unfilled: 0, by_hand: 0, travel_ms: 30_000 });
    assert_eq!(apart[2], Total { unfilled: 0, by_hand: 0, travel_ms: 50_000 });
    // A more urgent one goes first, whatever that costs the other.
    let mut urgent = asked;
    urgent[0].priority = Priority::HIGHEST;
    let told = joint(&urgent, &mut Scratch::default());
    assert_eq!(told.plans[0].units, [UnitId(1)]);
    assert_eq!(told.differs().count(), 0);
}

/// A unit on its way to something that waits itself is not taken off it, and counts for it.
#[test]
fn nobody_is_taken_off_an_incident_that_waits_too() {
    let mut town = Town::new(grid(10, 1, |_| [[Some(10); 2]; 2]));
    let middle = town.on(3, 1_000);
    town.unit(1, Vehicle::Car, &["patrol"], middle);
    let calm = town.open("noise", 5, corner(0, 0));
    let grave = town.open("alarm_intrusion", 1, corner(9, 0));
    town.send(calm, 1);
    let field = town.field();
    let asked = [calm, grave].map(|incident| town.question(&field, incident));
    let told = joint(&asked, &mut Scratch::default());
    assert!(told.plans.iter().all(|plan| plan.units.is_empty()));
    assert_eq!((told.plans[0].needs[0].met, told.plans[1].needs[0].met), (1, 0));
    assert_eq!((told.together[0].unfilled, told.together[4].unfilled), (1, 0));
    // Asked by itself, the graver one may take it.
    let alone = recommend(&asked[1], &mut Scratch::default());
    assert_eq!((alone.chosen, alone.ranked[0].pre_empts), (vec![UnitId(1)], Some(calm)));
}
