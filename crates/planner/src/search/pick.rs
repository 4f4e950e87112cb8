//! What a relaxation picks: the candidates with the best scores within the limits on posts, money and people.
//!
//! Money and people are priced, and each price found by halving so that the bound is least; a price that is not the best still
//! gives a bound. So the pick may take more than there is, and the bound holds all the same.

/// Fraction bits of the price of a unit of money or of a person.
const PRICE_BITS: u32 = 20;
/// Halvings in search of a price.
const HALVINGS: u32 = 36;

/// No value times 2^shift is as large.
const BEYOND: i64 = 1 << 61;

/// What is limited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Posts that may still be chosen.
    pub(crate) posts: usize,
    /// What is spent by candidate, and how much there still is.
    pub(crate) purses: Vec<Purse>,
}

/// Money, or people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Purse {
    /// What each candidate takes.
    pub(crate) costs: Vec<u64>,
    /// How much there is.
    pub(crate) most: u64,
}

impl Limits {
    /// What is left once some are chosen; `None` if they take more than there is.
    pub(crate) fn after(&self, chosen: &[u32]) -> Option<Self> {
        let posts = self.posts.checked_sub(chosen.len())?;
        let purse = |purse: &Purse| {
            let spent: u64 = chosen.iter().map(|&one| purse.costs[one as usize]).sum();
            Some(Purse { costs: purse.costs.clone(), most: purse.most.checked_sub(spent)? })
        };
        Some(Self { posts, purses: self.purses.iter().map(purse).collect::<Option<_>>()? })
    }

    /// Whether these may all be chosen.
    pub(crate) fn hold(&self, chosen: &[u32]) -> bool {
        let spent =
            |purse: &Purse| chosen.iter().map(|&one| purse.costs[one as usize]).sum::<u64>();
        chosen.len() <= self.posts && self.purses.iter().all(|purse| spent(purse) <= purse.most)
    }

    /// Whether one more may be chosen beside `chosen`.
    pub(crate) fn hold_with(&self, chosen: &[u32], one: u32) -> bool {
        let spent = |purse: &Purse| {
            chosen.iter().map(|&each| purse.costs[each as usize]).sum::<u64>()
                + purse.costs[one as usize]
        };
        chosen.len() < self.posts && self.purses.iter().all(|purse| spent(purse) <= purse.most)
    }
}

/// What was picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pick {
    /// Ascending.
    pub(crate) chosen: Vec<u32>,
    /// The sum that bounds what any choice within the limits scores.
    pub(crate) sum: i64,
    /// The score of each candidate less what it costs, at the prices found.
    pub(crate) net: Vec<i64>,
    /// The least net score picked, and the greatest not picked; both at least 0.
    pub(crate) last: i64,
    pub(crate) next: i64,
    /// Whether all posts are taken.
    pub(crate) full: bool,
}

impl Pick {
    /// Picks from `free` by `scores`.
    pub(crate) fn best(free: &[u32], scores: &[i64], limits: &Limits) -> Self {
        let mut prices = vec![0u64; limits.purses.len()];
        let mut best = Self::at(free, scores, limits, &prices);
        if limits.hold(&best.chosen) {
            return best;
        }
        // A second round lets the prices see each other.
        for _ in 0..limits.purses.len() {
            for purse in 0..limits.purses.len() {
                let price = halve(free, scores, limits, &prices, purse);
                prices[purse] = price;
            }
        }
        let priced = Self::at(free, scores, limits, &prices);
        if priced.sum < best.sum {
            best = priced;
        }
        best
    }

    fn at(free: &[u32], scores: &[i64], limits: &Limits, prices: &[u64]) -> Self {
        let mut net = scores.to_vec();
        let mut sum = 0i128;
        for (purse, &price) in limits.purses.iter().zip(prices).filter(|one| *one.1 > 0) {
            for &one in free {
                net[one as usize] -= priced(purse.costs[one as usize], price, 0);
            }
            sum += i128::from(priced(purse.most, price, (1 << PRICE_BITS) - 1));
        }
        // Equal scores go by index, so that every machine picks the same.
        let mut order: Vec<(i64, u32)> =
            free.iter().map(|&one| (-net[one as usize], one)).filter(|one| one.0 < 0).collect();
        let full = order.len() >= limits.posts;
        let mut next = 0;
        if order.len() > limits.posts {
            let (_, after, _) = order.select_nth_unstable(limits.posts);
            next = -after.0;
            order.truncate(limits.posts);
        }
        let last = order.iter().map(|one| -one.0).min().unwrap_or(0);
        sum -= order.iter().map(|one| i128::from(one.0)).sum::<i128>();
        // Far from their best, multipliers may give sums beyond all values: then they bound nothing.
        let sum = i64::try_from(sum).ok().filter(|&sum| sum < BEYOND).unwrap_or(i64::MAX);
        let mut chosen: Vec<u32> = order.into_iter().map(|one| one.1).collect();
        chosen.sort_unstable();
        Self { chosen, sum, net, last, next, full }
    }

    /// What the bound loses, at least, if this one is forced in or, being picked, out.
    pub(crate) fn loss(&self, one: u32) -> i64 {
        let net = self.net[one as usize];
        if self.chosen.binary_search(&one).is_ok() {
            net - self.next
        } else if self.full {
            self.last - net
        } else {
            -net
        }
    }
}

fn priced(cost: u64, price: u64, up: u128) -> i64 {
    let whole = (u128::from(cost) * u128::from(price) + up) >> PRICE_BITS;
    i64::try_from(whole).unwrap_or(i64::MAX >> 2).min(i64::MAX >> 2)
}

/// The price of one purse at which the bound is about least, the others staying: where the pick just fits.
fn halve(free: &[u32], scores: &[i64], limits: &Limits, prices: &[u64], purse: usize) -> u64 {
    let costs = &limits.purses[purse].costs;
    let dearest = free.iter().filter(|&&one| costs[one as usize] > 0);
    let per = dearest.map(|&one| {
        let score = u128::from(scores[one as usize].max(0) as u64);
        ((score << PRICE_BITS) / u128::from(costs[one as usize])) as u64
    });
    let (mut low, mut high) = (0, per.max().unwrap_or(0).saturating_add(1));
    for _ in 0..HALVINGS.max(64 - high.leading_zeros()) {
        if high - low <= 1 {
            break;
        }
        let middle = low.midpoint(high);
        let mut trial = prices.to_vec();
        trial[purse] = middle;
        let pick = Pick::at(free, scores, limits, &trial);
        let spent: u64 = pick.chosen.iter().map(|&one| costs[one as usize]).sum();
        if spent > limits.purses[purse].most { low = middle } else { high = middle }
    }
    let sum = |price: u64| {
        let mut trial = prices.to_vec();
        trial[purse] = price;
        Pick::at(free, scores, limits, &trial).sum
    };
    if sum(low) <= sum(high) { low } else { high }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_choice_within_the_limits_scores_more(
            scores in prop::collection::vec(-20..50_i64, 1..10),
            costs in prop::collection::vec((0..9_u64, 0..9_u64), 10),
            posts in 0..6_usize,
            most in (0..20_u64, 0..20_u64),
        ) {
            let free: Vec<u32> = (0..scores.len() as u32).collect();
            let purse = |of: fn(&(u64, u64)) -> u64, most| Purse { costs: costs.iter().map(of).collect(), most };
            let limits = Limits { posts, purses: vec![purse(|c| c.0, most.0), purse(|c| c.1, most.1)] };
            // Scores have fraction bits, or whole prices would be too coarse.
            let scaled: Vec<i64> = scores.iter().map(|score| score << 16).collect();
            let pick = Pick::best(&free, &scaled, &limits);
            for set in 0..1_u32 << scores.len() {
                let chosen: Vec<u32> = free.iter().copied().filter(|one| set >> one & 1 == 1).collect();
                let sum: i64 = chosen.iter().map(|&one| scaled[one as usize]).sum();
                if !limits.hold(&chosen) {
                    continue;
                }
                prop_assert!(sum <= pick.sum);
                for &one in &free {
                    let is_in = chosen.contains(&one);
                    if is_in != pick.chosen.contains(&one) {
                        prop_assert!(sum <= pick.sum - pick.loss(one), "{one}");
                    }
                }
            }
        }
    }
}
