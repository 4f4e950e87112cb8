//! Numbers as people read them and as JSON holds them, without noise from floating point.

use precinct_base::{Millimetres, Millis};
use serde::{Serialize, Serializer};

/// A whole number of ten-thousandths, written in JSON as a number with at most four decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Share(pub(crate) u32);

impl Share {
    /// `part / whole` to the nearest ten-thousandth, but all only where it is all and nothing only where it is nothing; nothing of
    /// nothing is nothing.
    pub(crate) fn of(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self(0);
        }
        if part >= whole || part == 0 {
            return Self(if part == 0 { 0 } else { 10_000 });
        }
        let scaled = u128::from(part) * 20_000 / u128::from(whole);
        Self(scaled.div_ceil(2).clamp(1, 9_999) as u32)
    }

    /// What is missing to the whole.
    pub(crate) fn rest(self) -> Self {
        Self(10_000 - self.0.min(10_000))
    }

    /// Per cent with one decimal: `83.4 %`; what is not all is never `100.0 %`, and what is something never `0.0 %`.
    pub(crate) fn percent(self) -> String {
        match (self.0, (self.0 + 5) / 10) {
            (1..10_000, 0) => "<0.1 %".to_owned(),
            (0..10_000, 1_000..) => ">99.9 %".to_owned(),
            (_, tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(serializer, u64::from(self.0), 10_000)
    }
}

/// A time written in JSON as a number of minutes: `5`, `0.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Minutes(pub(crate) Millis);

impl Minutes {
    /// The number alone, without trailing zeros.
    pub(crate) fn number(self) -> String {
        let micros = u64::from(self.0.0) * 1_000 / 60;
        let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl Serialize for Minutes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(serializer, u64::from(self.0.0), 60_000)
    }
}

/// A time that was measured, written in JSON as a number of minutes with at most three decimals, rounded up: what is told to
/// be within a threshold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Waited(pub(crate) Millis);

impl Serialize for Waited {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(serializer, u64::from(self.0.0).div_ceil(60), 1_000)
    }
}

/// An amount in thousandths, such as demand, written in JSON as a number with at most three decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Thousandths(pub(crate) u64);

impl Thousandths {
    /// The nearest whole number, thousands set apart.
    pub(crate) fn rounded(self) -> String {
        grouped(self.0.saturating_add(500) / 1_000)
    }
}

impl Serialize for Thousandths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(serializer, self.0, 1_000)
    }
}

/// A length written in JSON as metres with at most three decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MetresExact(pub(crate) Millimetres);

impl Serialize for MetresExact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(serializer, self.0.0, 1_000)
    }
}

/// A length written in JSON as kilometres with at most three decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kilometres(pub(crate) Millimetres);

impl Serialize for Kilometres {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(serializer, self.0.metres().0.into(), 1_000)
    }
}

/// A quotient in JSON: whole where it is whole, else the double nearest to it, which prints as the decimal it stands for.
fn decimal<S: Serializer>(serializer: S, part: u64, whole: u64) -> Result<S::Ok, S::Error> {
    if part.is_multiple_of(whole) {
        serializer.serialize_u64(part / whole)
    } else {
        serializer.serialize_f64(part as f64 / whole as f64)
    }
}

/// Thousands set apart by commas: `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Metres below a kilometre, kilometres with one decimal below a thousand, whole ones above: `640 m`, `12.3 km`, `7,167 km`.
pub(crate) fn length(length: Millimetres) -> String {
    let metres = length.0.saturating_add(500) / 1_000;
    if metres < 1_000 {
        return format!("{metres} m");
    }
    let hundreds = length.0.saturating_add(50_000) / 100_000;
    if hundreds < 10_000 {
        return format!("{}.{} km", hundreds / 10, hundreds % 10);
    }
    format!("{} km", grouped(length.0.saturating_add(500_000) / 1_000_000))
}

/// Minutes and seconds, a begun second counting whole: `4:05`; hours before them where there are any: `1:04:05`.
pub(crate) fn clock(time: Millis) -> String {
    let seconds = time.0.div_ceil(1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_to_the_nearest() {
        assert_eq!(Share::of(1, 3), Share(3_333));
        assert_eq!(Share::of(2, 3), Share(6_667));
        assert_eq!(Share::of(1, 20_000), Share(1));
        assert_eq!(Share::of(5, 5), Share(10_000));
        assert_eq!(Share::of(0, 0), Share(0));
        assert_eq!((Share::of(239_990, 240_000), Share::of(1, 99_999)), (Share(9_999), Share(1)));
        assert_eq!(Share::of(u64::MAX, u64::MAX), Share(10_000));
        assert_eq!(Share(8_337).percent(), "83.4 %");
        assert_eq!(
            (Share(0).percent(), Share(10_000).percent()),
            ("0.0 %".into(), "100.0 %".into())
        );
        assert_eq!(
            (Share(4).percent(), Share(9_999).percent()),
            ("<0.1 %".into(), ">99.9 %".into())
        );
        assert_eq!(Share(8_337).rest().percent(), "16.6 %");
    }

    #[test]
    fn json_numbers_carry_no_noise() {
        let json = |value: &dyn erased::Json| value.text();
        assert_eq!(json(&Share(1)), "0.0001");
        assert_eq!(json(&Share(8_337)), "0.8337");
        assert_eq!(json(&Share(10_000)), "1");
        assert_eq!(json(&Minutes(Millis(300_000))), "5");
        assert_eq!(json(&Minutes(Millis(90_000))), "1.5");
        assert_eq!(json(&Thousandths(780_225_000)), "780225");
        assert_eq!(json(&Waited(Millis(394_312))), "6.572");
        assert_eq!(json(&Waited(Millis(300_000))), "5");
        assert_eq!(json(&MetresExact(Millimetres(12_345))), "12.345");
        assert_eq!(json(&Kilometres(Millimetres(1_234_567))), "1.235");
    }

    mod erased {
        pub(super) trait Json {
            fn text(&self) -> String;
        }
        impl<T: serde::Serialize> Json for T {
            fn text(&self) -> String {
                serde_json::to_string(self).unwrap()
            }
        }
    }

    #[test]
    fn people_read_short_numbers() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(length(Millimetres(999_499)), "999 m");
        assert_eq!(length(Millimetres(999_500)), "1.0 km");
        assert_eq!(length(Millimetres(12_345_678)), "12.3 km");
        assert_eq!(length(Millimetres(7_167_400_000)), "7,167 km");
        assert_eq!(clock(Millis(244_001)), "4:05");
        assert_eq!(clock(Millis(3_845_000)), "1:04:05");
        assert_eq!(clock(Millis(0)), "0:00");
        assert_eq!(Minutes(Millis(30_000)).number(), "0.5");
        assert_eq!(Minutes(Millis(300_000)).number(), "5");
        assert_eq!(Minutes(Millis(600_000)).number(), "10");
    }
}
