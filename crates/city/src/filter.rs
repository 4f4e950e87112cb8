//! `where`: which rows of a table are wanted.

use std::cmp::Ordering;
use std::ops::Range;

use crate::parse::Place;
use crate::says;
use crate::schema::{FilterFile, Scalar};

/// A condition on one column. Everything given must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) column: String,
    one_of: Option<Vec<String>>,
    not_one_of: Vec<String>,
    empty: Option<bool>,
    from: Option<String>,
    before: Option<String>,
}

impl Filter {
    pub(crate) fn new(
        file: &FilterFile,
        span: &Range<usize>,
        place: &mut Place<'_>,
    ) -> Option<Self> {
        let texts =
            |scalars: &Vec<Scalar>| scalars.iter().map(|one| one.0.clone()).collect::<Vec<_>>();
        let one_of = match (&file.equals, &file.one_of) {
            (Some(one), None) => Some(vec![one.0.clone()]),
            (None, several) => several.as_ref().map(texts),
            (Some(_), Some(_)) => {
                place.refuse(span, says::both_conditions(), says::keep_one());
                return None;
            }
        };
        let filter = Self {
            column: file.column.as_ref().clone(),
            one_of,
            not_one_of: file.not_one_of.as_ref().map(texts).unwrap_or_default(),
            empty: file.empty,
            from: file.from.as_ref().map(|text| text.0.clone()),
            before: file.before.as_ref().map(|text| text.0.clone()),
        };
        let says_nothing = filter.one_of.is_none()
            && filter.not_one_of.is_empty()
            && filter.empty.is_none()
            && filter.from.is_none()
            && filter.before.is_none();
        if says_nothing {
            place.refuse(span, says::no_condition(), says::add_condition());
            return None;
        }
        Some(filter)
    }

    /// Whether `value` passes.
    pub(crate) fn passes(&self, value: &str) -> bool {
        let is = |text: &String| text == value;
        self.one_of.as_ref().is_none_or(|list| list.iter().any(is))
            && !self.not_one_of.iter().any(is)
            && self.empty.is_none_or(|empty| empty == value.is_empty())
            && self.from.as_ref().is_none_or(|from| compare(value, from).is_ge())
            && self.before.as_ref().is_none_or(|before| compare(value, before).is_lt())
    }
}

/// As numbers if both are, else as texts: times written the ISO 8601 way sort as texts do.
fn compare(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => x.total_cmp(&y),
        _ => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Filter {
        Filter {
            column: "c".into(),
            one_of: None,
            not_one_of: Vec::new(),
            empty: None,
            from: None,
            before: None,
        }
    }

    #[test]
    fn each_condition_lets_through_what_it_should() {
        let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let one_of = Filter { one_of: Some(texts(&["a", "b"])), ..all() };
        assert!(one_of.passes("b") && !one_of.passes("c") && !one_of.passes(""));
        let not = Filter { not_one_of: texts(&["Y", "HSOC"]), ..all() };
        assert!(not.passes("N") && not.passes("") && !not.passes("HSOC"));
        let filled = Filter { empty: Some(false), ..all() };
        assert!(filled.passes("x") && !filled.passes(""));
        let empty = Filter { empty: Some(true), ..all() };
        assert!(empty.passes("") && !empty.passes("x"));
    }

    #[test]
    fn a_range_of_times_or_numbers_has_its_start_and_not_its_end() {
        let day =
            Filter { from: Some("2024-01-08".into()), before: Some("2024-01-09".into()), ..all() };
        assert!(
            day.passes("2024-01-08")
                && day.passes("2024-01-08T23:59:59")
                && !day.passes("2024-01-09T00:00:00")
        );
        let numbers = Filter { from: Some("9".into()), before: Some("10.5".into()), ..all() };
        assert!(
            numbers.passes("10")
                && numbers.passes("9.0")
                && !numbers.passes("11")
                && !numbers.passes("1")
        );
    }
}
