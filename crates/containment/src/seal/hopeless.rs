//! Proof that no cut can be manned, by prices nobody could pay.
//!
//! Give each unit a price, whatever it is. A point costs at least as much as the cheapest unit that closes it in time, and a plan pays each
//! unit once at most: so if the cheapest cut costs more than all units together, no plan is there. Prices that prove it are sought where
//! units are short: those that the points of a cheapest cut want too often are doubled (S. Arora, E. Hazan and S. Kale, *The multiplicative
//! weights update method*, Theory of Computing 8 (2012)). None ever falls, so that what flowed at the last prices flows at the next.

use super::drain::Kept;
use super::flow::{Flow, OPEN};
use super::masks::Masks;
use super::matching::{Matching, each};
use super::web::Web;

/// What each unit costs at first.
const FIRST: u32 = 4;
/// No unit costs more.
const DEAREST: u32 = 1 << 20;
/// Rounds after which it is left to other searches.
const ROUNDS: u32 = 16;

/// What was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hope {
    /// No cut can be manned.
    None,
    /// This one can.
    Cut(Vec<u32>),
    /// It was not settled.
    Some,
}

/// Looks for such prices with at most `cuts` flows, which are counted down, and ends when a cut on the way can be manned. `in_time` is the
/// flow where each node that somebody closes in time lets one through.
pub(super) fn hope(
    (web, masks, in_time): (&Web, &Masks, &Kept),
    flow: &mut Flow,
    cuts: &mut u32,
) -> Hope {
    let units = masks.units();
    let mut price = vec![FIRST; units];
    for round in 0..ROUNDS.min(*cuts) {
        *cuts -= 1;
        let cheapest = |node: usize| masks.of_node(node).map(|unit| price[unit]).min();
        let weight = |node: usize| cheapest(node).unwrap_or(OPEN);
        if round == 0 {
            flow.resume(web, (in_time, FIRST), weight);
        } else {
            flow.adapt(web, weight);
        }
        let all: u64 = price.iter().map(|&price| u64::from(price)).sum();
        if !flow.runs_out() {
            flow.raise(web, all);
        }
        if flow.runs_out() || flow.value() > all {
            return Hope::None;
        }
        let cut = flow.nearest_cut(web);
        let grid = masks.grid(&cut);
        let mut matching = Matching::none_of(&grid);
        let mut wanted = masks.set(std::iter::empty());
        for row in 0..cut.len() {
            if let Err(rows) = matching.add(row, &grid) {
                let own = grid.of_rows(&rows);
                wanted.iter_mut().zip(own).for_each(|(all, own)| *all |= own);
            }
        }
        if matching.len() == cut.len() {
            return Hope::Cut(cut);
        }
        for unit in each(&wanted) {
            price[unit] = (price[unit] * 2).min(DEAREST);
        }
    }
    Hope::Some
}
