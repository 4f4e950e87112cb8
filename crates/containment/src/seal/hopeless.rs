//! Proof that no cut can be manned, by prices nobody could pay.
//!
//! Give each unit a price, whatever it is. A point costs at least as much as the cheapest unit that closes it in time, and a plan pays each
//! unit once at most: so if the cheapest cut costs more than all units together, no plan is there. Prices that prove it are sought where
//! units are short: those that the points of a cheapest cut want too often grow dearer and those that none wants cheaper, and so far that
//! this cut, were it still the cheapest, would cost a little more than all units (B. T. Polyak, *Minimization of unsmooth functionals*, USSR
//! Computational Mathematics and Mathematical Physics 9 (1969)). The cuts on the way go where units are plenty, and many a plan is
//! found among them.

use super::drain::Kept;
use super::flow::{Flow, OPEN};
use super::masks::Masks;
use super::matching::{Grid, Matching, each};
use super::web::Web;

/// What each unit costs at first.
const FIRST: i64 = 32;
/// No unit costs more.
const DEAREST: i64 = 1 << 20;
/// Rounds after which it is left to other searches.
const ROUNDS: u32 = 32;
/// In this many parts a unit's share of what is wanted too often is counted.
const PARTS: i64 = 1 << 10;
/// A cheapest cut is taken to cost one part in so many more than all units, when it is asked how far prices should go.
const BEYOND: i64 = 32;

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
        let weight = |node: usize| cheapest(node).map_or(OPEN, |price| price as u32);
        if round == 0 {
            flow.resume(web, (in_time, FIRST as u32), weight);
        } else {
            flow.adapt(web, weight);
        }
        let all: i64 = price.iter().sum();
        if !flow.runs_out() {
            flow.raise(web, all as u64);
        }
        if flow.runs_out() || flow.value() as i64 > all {
            return Hope::None;
        }
        let cut = flow.nearest_cut(web);
        let grid = masks.grid(&cut);
        if Matching::most(&grid).len() == cut.len() {
            return Hope::Cut(cut);
        }
        trade(masks, &cut, &mut price, all - flow.value() as i64 + all / BEYOND);
    }
    Hope::Some
}

/// Moves prices so far that the cut, if it stays the cheapest, costs `gap` more beside all units than it did.
fn trade(masks: &Masks, cut: &[u32], price: &mut [i64], gap: i64) {
    let mut tight = Grid::new(price.len());
    for &node in cut {
        let least = masks.of_node(node as usize).map(|unit| price[unit]).min();
        tight.add(masks.of_node(node as usize).filter(|&unit| least == Some(price[unit])));
    }
    let mut matching = Matching::none_of(&tight);
    let mut wanted = vec![0i64; price.len()];
    for row in 0..cut.len() {
        if let Err(rows) = matching.add(row, &tight) {
            let own = tight.of_rows(&rows);
            let among = each(&own).count() as i64;
            for unit in each(&own) {
                wanted[unit] += PARTS / among;
            }
        }
    }
    for unit in each(&matching.free) {
        if price[unit] > 1 {
            wanted[unit] = -PARTS;
        }
    }
    let norm: i64 = wanted.iter().map(|part| part * part / PARTS).sum();
    for (price, part) in price.iter_mut().zip(wanted) {
        *price = (*price + gap * part / norm.max(1)).clamp(1, DEAREST);
    }
}
