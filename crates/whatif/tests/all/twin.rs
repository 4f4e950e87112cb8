//! Against an independent twin in `SimPy`, call by call. `bench/peers/simulation.py trace` makes the golden file anew.

use precinct_whatif::{Arm, Behaviour, Policy, Returning, Settings, watch};

use crate::town::{at_once, call, corner, lasting, piece, plan, town};

const GOLDEN: &str = include_str!("../golden/simpy.txt");

#[test]
fn every_call_fares_as_the_twin_says() {
    let rows = GOLDEN.lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<Vec<u32>> =
        rows.map(|row| row.split(' ').map(|cell| cell.parse().unwrap()).collect()).collect();
    let calls = (0..).zip(&rows).map(|(number, row)| {
        let &[received, priority, x, y, stay, ..] = &row[..] else { panic!("{row:?}") };
        let priority = u8::try_from(priority).unwrap();
        lasting(stay, call(number, i64::from(received), "noise", priority, corner(x, y)))
    });
    let calls: Vec<_> = calls.collect();
    let mut town = town();
    // The twin takes nobody off a task.
    town.catalogue.rules.preempt_en_route = 0;
    let behaviour = Behaviour { returning: Returning::Busy, ..at_once() };
    let arm = Arm {
        name: "twin".to_owned(),
        plan: plan(&[((0, 0), 2), ((6, 2), 2), ((3, 7), 1)]),
        policy: Policy::Closest,
        shadow: None,
    };
    let piece = piece(400_000_000, calls);
    let settings = Settings { look: None, ..Settings::default() };
    let seen = watch(&town, &behaviour, &piece, &arm, 1, settings, &mut |_| {}).unwrap();
    let mut waited = 0;
    for (row, told) in rows.iter().zip(&seen.calls) {
        let since = |ms: u32| Some(precinct_base::Millis(ms - row[0]));
        assert_eq!(told.unit.map(|unit| unit.0), Some(row[5]), "{row:?}");
        assert_eq!((told.dispatched, told.on_scene), (since(row[6]), since(row[7])), "{row:?}");
        assert_eq!(told.closed, since(row[8]), "{row:?}");
        waited += u32::from(row[6] > row[0]);
    }
    assert_eq!((rows.len(), waited > 200), (400, true));
}
