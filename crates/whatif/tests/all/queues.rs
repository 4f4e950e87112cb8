//! Against what is known in closed form: M/M/c and M/G/∞.

use std::collections::BTreeMap;

use precinct_core::Fact;
use precinct_whatif::{Arm, Behaviour, Hypercube, Policy, Returning, Settings, watch};

use crate::town::{Lots, at_once, call, corner, lasting, piece, plan, town};

fn arm(crews: u32) -> Arm {
    let plan = plan(&[((3, 3), crews)]);
    Arm { name: "queue".to_owned(), plan, policy: Policy::Closest, shadow: None }
}

fn settings() -> Settings {
    Settings { look: None, ..Settings::default() }
}

/// Agner Krarup Erlang's chance to wait for one of `servers` at an offered load (*Solution of some problems in the theory of probabilities
/// of significance in automatic telephone exchanges*, 1917), by his recursion for loss.
fn erlang_c(servers: u32, load: f64) -> f64 {
    let loss = (1..=servers).fold(1.0, |loss, n| load * loss / (f64::from(n) + load * loss));
    let share = load / f64::from(servers);
    loss / (1.0 - share + share * loss)
}

#[test]
fn erlangs_formula_is_his() {
    // One server: the chance to wait is the load.
    assert!((erlang_c(1, 0.4) - 0.4).abs() < 1e-12);
    // Two: ρ = a/2, C = 2ρ² / (1 + ρ).
    assert!((erlang_c(2, 1.2) - 2.0 * 0.36 / 1.6).abs() < 1e-12);
}

#[test]
fn calls_wait_for_crews_as_erlang_says() {
    // Three crews where the calls are, an exponential stay of ten minutes, two of them busy on average.
    const CALLS: u64 = 20_000;
    const STAY: f64 = 600_000.0;
    const LOAD: f64 = 2.0;
    let mut lots = Lots(7);
    let mut ms = 0.0;
    let calls = (0..CALLS).map(|number| {
        ms += lots.exponential(STAY / LOAD);
        let stay = lots.exponential(STAY) as u32;
        lasting(stay, call(number, ms as i64, "noise", 5, corner(3, 3)))
    });
    let calls: Vec<_> = calls.collect();
    let piece = piece(ms as i64 + 1, calls);
    let watched = watch(&town(), &at_once(), &piece, &arm(3), 1, settings(), &mut |_| {}).unwrap();
    let waits: Vec<f64> =
        watched.calls.iter().map(|one| f64::from(one.dispatched.unwrap().0)).collect();
    let waited = waits.iter().filter(|wait| **wait >= 1.0).count() as f64 / waits.len() as f64;
    let mean = waits.iter().sum::<f64>() / waits.len() as f64;
    let chance = erlang_c(3, LOAD);
    let expected = chance * STAY / (3.0 - LOAD);
    assert!((waited / chance - 1.0).abs() < 0.05, "{waited} waited, {chance} by Erlang");
    assert!((mean / expected - 1.0).abs() < 0.1, "{mean} ms, {expected} by Erlang");
    // First come, first served: the order of sending is that of the calls.
    let sent = watched.calls.iter().zip(piece.calls.iter());
    let sent: Vec<i64> =
        sent.map(|(one, call)| call.received.0 + i64::from(one.dispatched.unwrap().0)).collect();
    assert!(sent.is_sorted());
}

/// For how long so many crews were busy at once, as a share of all time.
fn busy(stay: &dyn Fn(&mut Lots) -> f64) -> BTreeMap<u32, f64> {
    const CALLS: u64 = 8_000;
    const EVERY: f64 = 75_000.0;
    let mut lots = Lots(11);
    let mut ms = 0.0;
    let calls = (0..CALLS).map(|number| {
        ms += lots.exponential(EVERY);
        let stay = stay(&mut lots) as u32;
        lasting(stay, call(number, ms as i64, "noise", 5, corner(3, 3)))
    });
    let calls: Vec<_> = calls.collect();
    let piece = piece(ms as i64 + 1, calls);
    let (mut now, mut count) = (0, 0u32);
    let mut time: BTreeMap<u32, f64> = BTreeMap::new();
    let mut witness = |event: &precinct_core::Event| {
        let change = match event.fact {
            Fact::UnitDispatched(_) => 1,
            Fact::UnitCleared(_) => -1,
            _ => return,
        };
        *time.entry(count).or_default() += (event.at.tick.0 - now) as f64;
        now = event.at.tick.0;
        count = count.strict_add_signed(change);
    };
    let watched =
        watch(&town(), &at_once(), &piece, &arm(60), 1, settings(), &mut witness).unwrap();
    assert!(watched.calls.iter().all(|one| one.dispatched.is_some_and(|wait| wait.0 == 0)));
    let all: f64 = time.values().sum();
    time.into_iter().map(|(count, ms)| (count, ms / all)).collect()
}

#[test]
fn crews_that_never_lack_are_busy_as_poisson_says_however_long_they_stay() {
    // Eight busy on average; whether stays are all alike or spread wide makes no difference.
    let always = |_: &mut Lots| 600_000.0;
    let spread = |lots: &mut Lots| {
        if lots.below(10) == 0 { 3_300_000.0 } else { lots.share() * 600_000.0 }
    };
    for stay in [&always as &dyn Fn(&mut Lots) -> f64, &spread] {
        let busy = busy(stay);
        let mut chance = libm::exp(-8.0);
        let mut apart = 0.0;
        for n in 0..40 {
            apart += (busy.get(&n).copied().unwrap_or(0.0) - chance).abs() / 2.0;
            chance *= 8.0 / f64::from(n + 1);
        }
        assert!(apart < 0.05, "{apart} of all time is otherwise: {busy:?}");
    }
}

#[test]
fn the_hypercube_is_near_what_is_simulated() {
    // Posts at three corners, calls evenly from everywhere, three in five crews busy.
    let posts = [((0, 0), 2), ((7, 1), 2), ((3, 7), 1)];
    let mut lots = Lots(23);
    let mut ms = 0.0;
    let calls = (0..6_000).map(|number| {
        ms += lots.exponential(200_000.0);
        let at = corner(lots.below(8) as u32, lots.below(8) as u32);
        let stay = lots.exponential(600_000.0) as u32;
        lasting(stay, call(number, ms as i64, "noise", 5, at))
    });
    let calls: Vec<_> = calls.collect();
    let piece = piece(ms as i64 + 1, calls);
    let mut arm = arm(1);
    arm.plan = plan(&posts);
    let behaviour = Behaviour { returning: Returning::Busy, ..at_once() };
    let seen = watch(&town(), &behaviour, &piece, &arm, 1, settings(), &mut |_| {}).unwrap();
    let mean = |of: &dyn Fn(&precinct_whatif::Answered) -> u32| {
        let sum: f64 = seen.calls.iter().map(|one| f64::from(of(one))).sum();
        sum / seen.calls.len() as f64 / 60_000.0
    };
    let wait = mean(&|one| one.dispatched.unwrap().0);
    let drive = mean(&|one| one.on_scene.unwrap().0 - one.dispatched.unwrap().0);
    let homes = posts.iter().flat_map(|&(at, crews)| std::iter::repeat_n(at, crews as usize));
    let minutes = homes.map(|(px, py): (u32, u32)| {
        let places = (0..8u32).flat_map(|y| (0..8u32).map(move |x| (x, y)));
        places.map(|(x, y)| f64::from(px.abs_diff(x) + py.abs_diff(y)) / 6.0).collect()
    });
    // A crew drives back as long as it drove there.
    let cube =
        Hypercube { rates: vec![18.0 / 64.0; 64], minutes: minutes.collect(), task: 10.0 + drive };
    let told = cube.solve().unwrap();
    assert!((told.drive / drive - 1.0).abs() < 0.06, "{} minutes, {drive} simulated", told.drive);
    assert!((told.wait / wait - 1.0).abs() < 0.35, "{} minutes, {wait} simulated", told.wait);
}
