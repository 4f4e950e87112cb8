//! Medians, quantiles and ranks: the figures that a few wild rows do not move.

/// The value a given share (in thousandths) of `sorted` lies at or below: the nearest rank. `None` of nothing.
pub(crate) fn quantile<T: Copy>(sorted: &[T], per_mille: usize) -> Option<T> {
    let rank = (sorted.len() * per_mille).div_ceil(1_000).max(1);
    sorted.get(rank - 1).copied()
}

/// The middle of values; of an even number, the mean of the middle two. `None` of nothing.
pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], upper)
    } else {
        upper
    })
}

/// Spearman's rank correlation in thousandths: Pearson's of the ranks, those of equal values being their mean. `None` where either has
/// no spread.
///
/// Spearman, C. (1904). The proof and measurement of association between two things. American Journal of Psychology 15, 72–101.
pub(crate) fn rank_correlation(pairs: &[(i64, i64)]) -> Option<i32> {
    let ranks = |values: Vec<i64>| doubled_ranks(&values);
    let a = ranks(pairs.iter().map(|pair| pair.0).collect());
    let b = ranks(pairs.iter().map(|pair| pair.1).collect());
    // Doubled ranks have the mean n + 1, so everything stays whole.
    let mean = pairs.len() as i128 + 1;
    let product = |x: &[i64], y: &[i64]| -> i128 {
        x.iter().zip(y).map(|(&x, &y)| (i128::from(x) - mean) * (i128::from(y) - mean)).sum()
    };
    let (ab, aa, bb) = (product(&a, &b), product(&a, &a), product(&b, &b));
    if aa == 0 || bb == 0 {
        return None;
    }
    let spread = ((aa as f64) * (bb as f64)).sqrt();
    Some((ab as f64 * 1_000.0 / spread).round() as i32)
}

/// Twice the rank of each value, counted from 1; equal ones share the mean of theirs.
fn doubled_ranks(values: &[i64]) -> Vec<i64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|&i| values[i]);
    let mut ranks = vec![0; values.len()];
    for same in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let before = order.partition_point(|&i| values[i] < values[same[0]]);
        for &i in same {
            ranks[i] = (2 * before + same.len() + 1) as i64;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middles_and_ranks() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
        assert_eq!(quantile(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 900), Some(9));
        assert_eq!((quantile(&[7], 0), quantile::<i64>(&[], 500)), (Some(7), None));
        assert_eq!(doubled_ranks(&[5, 1, 5, 9]), [5, 2, 5, 8]);
    }

    #[test]
    fn order_correlates_with_itself_and_against_its_reverse() {
        let pairs: Vec<(i64, i64)> = (0..9).map(|i| (i, i * i * i)).collect();
        assert_eq!(rank_correlation(&pairs), Some(1_000));
        let against: Vec<(i64, i64)> = (0..9).map(|i| (i, -i)).collect();
        assert_eq!(rank_correlation(&against), Some(-1_000));
        assert_eq!(rank_correlation(&[(1, 2), (1, 3)]), None);
        // Worked by hand: d² of ranks is 0 + 1 + 1, so 1 − 6·2 / (3·8) = 0.5.
        assert_eq!(rank_correlation(&[(1, 1), (2, 3), (3, 2)]), Some(500));
    }
}
