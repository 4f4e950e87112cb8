//! Sharing a whole number out in proportion, so that the shares add up to it.

/// Shares of `total` in proportion to `weights` by the method of the largest remainder (Hamilton's): each share is its quota
/// cut off, and what is left goes one each to the largest remainders, earlier ones first among equals. Where all weights are 0
/// they count alike.
pub(crate) fn apportion(total: u64, weights: &[u32]) -> Vec<u64> {
    let even = weights.iter().all(|&weight| weight == 0);
    let weight = |index: usize| if even { 1 } else { u128::from(weights[index]) };
    let sum: u128 = (0..weights.len()).map(weight).sum();
    if sum == 0 {
        return Vec::new();
    }
    let quota = |index: usize| u128::from(total) * weight(index);
    let mut shares: Vec<u64> =
        (0..weights.len()).map(|index| (quota(index) / sum) as u64).collect();
    let left = (total - shares.iter().sum::<u64>()) as usize;
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(quota(index) % sum), index));
    for &index in &order[..left] {
        shares[index] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_goes_to_the_largest_remainders() {
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportion(7, &[5, 0, 2]), [5, 0, 2]);
        assert_eq!(apportion(3, &[0, 0]), [2, 1]);
        assert!(apportion(3, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn shares_add_up_and_stay_within_one_of_their_quota(total in 0u64..1 << 40, weights in prop::collection::vec(0u32.., 1..40)) {
            let shares = apportion(total, &weights);
            prop_assert_eq!(shares.iter().sum::<u64>(), total);
            let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
            for (share, weight) in shares.iter().zip(&weights) {
                let quota = (u128::from(total) * u128::from(*weight)).checked_div(sum);
                prop_assert!(quota.is_none_or(|quota| (quota..=quota + 1).contains(&u128::from(*share))));
            }
        }
    }
}
