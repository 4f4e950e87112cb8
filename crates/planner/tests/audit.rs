//! A sound plan passes its audit, and every way to spoil one is found.

use precinct_base::{LonLat, Millis};
use precinct_planner::{
    Aim, Ask, Candidate, Claims, Demand, Effort, Finding, Floor, Inputs, Least, PerMille, Plan,
    Sited, Standing, Table, Unwatched, audit, solve,
};

/// Weight, grade, area, and candidates with their milliseconds.
type Spot = (u64, u8, u32, &'static [(u32, u32)]);

fn table() -> Table {
    let mut table = Table::new(5, 1).unwrap();
    let places: [Spot; 5] = [
        (5, 0, 0, &[(0, 20), (1, 50)]),
        (4, 0, 0, &[(1, 40), (2, 60)]),
        (3, 1, 1, &[(2, 90), (3, 30)]),
        (2, 1, 1, &[(0, 100), (3, 20)]),
        (9, 1, 1, &[]),
    ];
    for (weight, grade, area, reached) in places {
        let reached: Vec<(u32, Millis)> = reached.iter().map(|&(i, ms)| (i, Millis(ms))).collect();
        let demand = Demand { weights: &[weight], grade, area: Some(area) };
        table.push(&demand, &reached).unwrap();
    }
    table
}

fn plan(ask: Ask) -> Plan {
    let table = table();
    let free = Candidate { money: 10, staff: 2, capacity: Some(4), ..Candidate::default() };
    let mut candidates = vec![free; 5];
    candidates[2].standing = Standing::Forbidden;
    candidates[3].standing = Standing::Kept;
    let answer = solve(&table, &candidates, &ask, &Effort::default(), &mut Unwatched).unwrap();
    let claims = Claims::of(&table, &ask, &answer.chosen);
    let before = Claims::of(&table, &ask, &[3]);
    let inputs = Inputs {
        city: "town".into(),
        demand: String::new(),
        profile: "car".into(),
        hour: 0,
        snap: 100,
        islands: false,
        longest_ms: 100,
        roads: String::new(),
        table: table.checksum(),
    };
    let sited = |candidate| Sited {
        at: LonLat::default(),
        name: String::new(),
        origin: "listed".into(),
        candidate,
    };
    let candidates = candidates.into_iter().map(sited).collect();
    Plan::new(None, (inputs, ask, Effort::default()), candidates, answer, (before, claims))
}

fn ask(aim: Aim) -> Ask {
    Ask::new(aim, Some(2), [60, 120].map(Millis).to_vec())
}

#[test]
fn a_sound_plan_of_every_aim_passes() {
    let aims = [
        Aim::Cover,
        Aim::Set { least: Least::Posts, share: Some(PerMille(400)) },
        Aim::Backup,
        Aim::DoubleStandard { once: PerMille(100) },
        Aim::Expected { busy: PerMille(300) },
        Aim::Median,
    ];
    for aim in aims {
        let plan = plan(ask(aim));
        assert_eq!(audit(&plan, &table()), [], "{aim:?}");
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    }
}

#[test]
fn capacities_are_worked_out_again() {
    let asked = Ask { capacities: true, ..ask(Aim::Cover) };
    let sound = plan(asked);
    assert_eq!(audit(&sound, &table()), []);
    let cover = plan(ask(Aim::Cover));
    assert!(sound.answer.objective < cover.answer.objective, "{:?}", sound.answer);
}

#[test]
fn a_changed_plan_is_found_out() {
    let sound = plan(ask(Aim::Cover));
    let mut plan = sound.clone();
    plan.answer.objective += 1;
    let found = audit(&plan, &table());
    assert!(found.contains(&Finding::Seal), "{found:?}");
    assert!(found.iter().any(|one| matches!(one, Finding::Claim { .. })), "{found:?}");
    assert!(found.iter().any(|one| matches!(one, Finding::Crossed { .. })), "{found:?}");
    assert!(found.iter().any(|one| matches!(one, Finding::NotProven(_))), "{found:?}");
}

/// A plan spoilt and sealed again, as whoever made it in bad faith would.
fn spoilt(spoil: impl FnOnce(&mut Plan)) -> Vec<Finding> {
    let mut plan = plan(ask(Aim::Cover));
    spoil(&mut plan);
    let parts = (plan.inputs, plan.ask, plan.effort);
    let plan = Plan::new(None, parts, plan.candidates, plan.answer, (plan.before, plan.claims));
    audit(&plan, &table())
}

#[test]
fn a_plan_in_bad_faith_is_found_out() {
    assert_eq!(spoilt(|_| ()), []);
    assert!(spoilt(|plan| plan.inputs.table.clear()).contains(&Finding::Table));
    assert!(spoilt(|plan| plan.answer.chosen = vec![1, 2, 3]).contains(&Finding::Forbidden(2)));
    assert!(spoilt(|plan| plan.answer.chosen = vec![1]).contains(&Finding::NotKept(3)));
    assert!(spoilt(|plan| plan.answer.chosen = vec![3, 4]).contains(&Finding::ReachesNothing(4)));
    assert_eq!(spoilt(|plan| plan.answer.chosen = vec![3, 9]), [Finding::NoSuchPost(9)]);
    let money = Finding::Beyond { what: "money", taken: 20, most: 19 };
    assert!(spoilt(|plan| plan.ask.money = Some(19)).contains(&money));
    let found = spoilt(|plan| plan.answer.bound += 1);
    assert!(found.iter().any(|one| matches!(one, Finding::NotProven(_))), "{found:?}");
    let floor = Floor { area: 1, least: PerMille(900) };
    let found = spoilt(|plan| plan.ask.floors.push(floor));
    assert!(found.iter().any(|one| matches!(one, Finding::Uncovered { .. })), "{found:?}");
    let found = spoilt(|plan| plan.claims.covered += 1);
    assert!(
        found.iter().any(|one| matches!(one, Finding::Claim { what: "cover", .. })),
        "{found:?}"
    );
}
