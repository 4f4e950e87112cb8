//! Decimal numbers as files write them, exactly: no floating point, so the same weights on every machine.

/// A number of at least 0 in millionths, below 10^18.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal(u128);

const MILLION: u128 = 1_000_000;

impl Decimal {
    /// The number written as `text`: digits, a point and digits, perhaps with a sign or an exponent; `None` if it is none,
    /// below 0, or 10^18 or more. Beyond the sixth digit after the point it is cut off.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (digits, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = whole.bytes().chain(fraction.bytes());
        if whole.len() + fraction.len() == 0 || !all.clone().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // The place of the point among the digits, once the exponent has moved it and six more are wanted.
        let point = i64::try_from(whole.len()).ok()? + i64::from(exponent) + 6;
        let mut value: u128 = 0;
        let wanted = usize::try_from(point.max(0)).ok()?;
        let mut taken = 0;
        for byte in all.take(wanted) {
            value = value * 10 + u128::from(byte - b'0');
            taken += 1;
            if value >= 1_000_000_000_000_000_000 * MILLION {
                return None;
            }
        }
        if value == 0 {
            return Some(Self(0));
        }
        for _ in taken..wanted {
            value *= 10;
            if value >= 1_000_000_000_000_000_000 * MILLION {
                return None;
            }
        }
        Some(Self(value))
    }

    /// From a whole number of millionths.
    pub(crate) const fn from_millionths(millionths: u64) -> Self {
        Self(millionths as u128)
    }

    /// The product; `None` at 10^18 and above.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let product = self.0.checked_mul(other.0)? / MILLION;
        (product < 1_000_000_000_000_000_000 * MILLION).then_some(Self(product))
    }

    /// The quotient; `None` by 0 or at 10^18 and above.
    pub(crate) fn over(self, other: Self) -> Option<Self> {
        let quotient = self.0.checked_mul(MILLION)?.checked_div(other.0)?;
        (quotient < 1_000_000_000_000_000_000 * MILLION).then_some(Self(quotient))
    }

    /// To the nearest thousandth, halves up; `None` if it does not fit.
    pub(crate) fn thousandths(self) -> Option<u64> {
        u64::try_from((self.0 + 500) / 1_000).ok()
    }
}

#[cfg(test)]
#[expect(clippy::float_arithmetic, reason = "the oracle is floating point")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn thousandths(text: &str) -> Option<u64> {
        Decimal::parse(text)?.thousandths()
    }

    #[test]
    fn numbers_are_read_exactly() {
        assert_eq!(thousandths("1985.7465"), Some(1_985_747));
        assert_eq!(thousandths(" +.5 "), Some(500));
        assert_eq!(thousandths("3."), Some(3_000));
        assert_eq!(thousandths("1.5e3"), Some(1_500_000));
        assert_eq!(thousandths("25E-1"), Some(2_500));
        assert_eq!(thousandths("0e999999999"), Some(0));
        for text in
            ["", ".", "-1", "1,5", "1 000", "x", "1e", "1e99", "NaN", "é", "9999999999999999999"]
        {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }

    #[test]
    fn products_and_quotients_are_refused_where_they_do_not_fit() {
        let of = |text| Decimal::parse(text).unwrap();
        assert_eq!(of("88010").times(of("0.9")).unwrap().thousandths(), Some(79_209_000));
        assert_eq!(of("1").over(of("8")).unwrap().thousandths(), Some(125));
        assert_eq!(of("1").over(of("0")), None);
        assert_eq!(of("1e17").times(of("100")), None);
    }

    proptest! {
        #[test]
        fn it_agrees_with_floating_point(whole in 0u32..1_000_000, fraction in 0u32..1000, exponent in -3i32..4) {
            let text = format!("{whole}.{fraction:03}e{exponent}");
            let float: f64 = text.parse().unwrap();
            prop_assert!((thousandths(&text).unwrap() as f64 - float * 1000.0).abs() <= 1.0);
        }
    }
}
