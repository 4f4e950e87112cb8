//! Whole numbers shared out exactly.

/// `total` shared in proportion to `weights`, exact in sum, by largest remainders (Hamilton's method); the earlier of equal
/// remainders comes first. All zero when every weight is.
pub(super) fn shares(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|&w| u128::from(w)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let product = |&w: &u64| u128::from(total) * u128::from(w);
    let mut given: Vec<u64> = weights.iter().map(|w| (product(w) / sum) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(product(&weights[i]) % sum));
    let missing = total - given.iter().sum::<u64>();
    for &i in order.iter().take(missing as usize) {
        given[i] += 1;
    }
    given
}

/// As [`shares`], but nobody gets less than `least` as long as `total` suffices for all.
pub(super) fn shares_of_at_least(total: u64, least: u64, weights: &[u64]) -> Vec<u64> {
    let least = least.min(total / (weights.len() as u64).max(1));
    let rest = total - least * weights.len() as u64;
    shares(rest, weights).into_iter().map(|share| share + least).collect()
}

#[cfg(test)]
mod tests {
    use super::{shares, shares_of_at_least};
    use proptest::prelude::*;

    #[test]
    fn the_largest_remainder_is_served_first() {
        assert_eq!(shares(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(shares(7, &[6, 3, 1]), [4, 2, 1]);
        assert_eq!(shares(7, &[0, 0]), [0, 0]);
        assert_eq!(shares_of_at_least(10, 2, &[100, 0, 0]), [6, 2, 2]);
        assert_eq!(shares_of_at_least(2, 5, &[1, 1, 1]), [1, 1, 0]);
    }

    proptest! {
        #[test]
        fn sums_are_exact_and_shares_are_fair(total in 0u64..1_000_000, weights in proptest::collection::vec(0u64..1_000_000, 1..50)) {
            let sum: u64 = weights.iter().sum();
            prop_assume!(sum > 0);
            let given = shares(total, &weights);
            prop_assert_eq!(given.iter().sum::<u64>(), total);
            for (share, weight) in given.iter().zip(&weights) {
                let fair = u128::from(total) * u128::from(*weight) / u128::from(sum);
                prop_assert!(u128::from(*share) == fair || u128::from(*share) == fair + 1);
            }
            prop_assert_eq!(shares_of_at_least(total, 3, &weights).iter().sum::<u64>(), total);
        }
    }
}
