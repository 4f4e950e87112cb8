//! What holds an objective back.

use crate::answer::Binding;
use crate::model::level::Level;
use crate::model::{Model as _, Tally as _};
use crate::{Aim, Ask, Candidate, Standing};

/// A solved covering problem.
pub(super) struct Bound<'a> {
    pub(super) level: &'a Level,
    pub(super) candidates: &'a [Candidate],
    pub(super) ask: &'a Ask,
    pub(super) floors: &'a [u64],
    /// By floor, whether it drew the bound down.
    pub(super) drawn: &'a [bool],
}

/// The limits that hold a plan back.
pub(super) fn found(bound: &Bound<'_>, chosen: &[u32], value: i64) -> Vec<Binding> {
    let mut binds = Vec::new();
    let least = matches!(bound.ask.aim, Aim::Set { .. });
    if !least && let Some((by, next)) = most_gain(bound, chosen, value) {
        binds.extend(limits(bound, chosen, (by, next)));
    }
    let areas = bound.ask.floors.iter().zip(bound.floors).enumerate();
    for (index, (floor, &least)) in
        areas.filter(|(index, _)| bound.drawn.get(*index) == Some(&true))
    {
        let covered = covered(bound.level, chosen, index as u32);
        binds.push(Binding::Floor { area: floor.area, least, covered });
    }
    binds
}

/// The candidate that would add most as one more, whatever it costs.
fn most_gain(bound: &Bound<'_>, chosen: &[u32], _value: i64) -> Option<(u64, u32)> {
    let mut tally = bound.level.tally(&vec![0; bound.level.floors.len()]);
    for &one in chosen {
        tally.add(one);
    }
    let open = |&one: &u32| {
        bound.candidates[one as usize].standing == Standing::Free
            && chosen.binary_search(&one).is_err()
    };
    let all = bound.level.free().iter().copied().filter(open);
    let gains = all.map(|one| (tally.gain(one), std::cmp::Reverse(one)));
    let (gain, one) = gains.max()?;
    (gain > 0).then_some((gain as u64, one.0))
}

fn limits(bound: &Bound<'_>, chosen: &[u32], (by, next): (u64, u32)) -> Vec<Binding> {
    let spent = |of: fn(&Candidate) -> u64| -> u64 {
        chosen.iter().map(|&one| of(&bound.candidates[one as usize])).sum()
    };
    let beside = |of: fn(&Candidate) -> u64| of(&bound.candidates[next as usize]);
    let mut binds = Vec::new();
    if let Some(most) = bound.ask.posts.filter(|&most| most <= chosen.len()) {
        binds.push(Binding::Posts { most, next, by });
    }
    let money = spent(|one| one.money);
    if let Some(most) = bound.ask.money.filter(|&most| money + beside(|one| one.money) > most) {
        binds.push(Binding::Money { spent: money, most });
    }
    let staff = spent(|one| one.staff);
    if let Some(most) = bound.ask.staff.filter(|&most| staff + beside(|one| one.staff) > most) {
        binds.push(Binding::Staff { spent: staff, most });
    }
    binds
}

/// Demand of a floor's area that is covered.
fn covered(level: &Level, chosen: &[u32], floor: u32) -> u64 {
    let is_chosen = |one: &u32| chosen.binary_search(one).is_ok();
    let rows = (0..level.rows.len()).filter(|&row| level.floor[row] == floor);
    let rows = rows.filter(|&row| level.rows.get(row).iter().any(is_chosen));
    rows.map(|row| level.weights[row] as u64).sum()
}
