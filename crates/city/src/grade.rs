//! Grades of place and the minutes within which each is to be reached.
//!
//! The defaults read 1-3-5 by place: key sites 1 minute, the centre 3, the rest of the built-up city 5. They are settings.

use precinct_base::Millis;
use serde::Serialize;

/// A grade of place: its position in [`Thresholds`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(pub u8);

/// One grade and its minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Threshold {
    /// Its name in files: `key`, `centre`, `urban`.
    pub grade: String,
    /// The time by road within which it is to be reached, in milliseconds.
    #[serde(rename = "ms", serialize_with = "as_number")]
    pub within: Millis,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn as_number<S: serde::Serializer>(time: &Millis, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(time.0)
}

/// The grades of a city, the most urgent first, and the two that are given where a file says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thresholds {
    grades: Vec<Threshold>,
}

impl Default for Thresholds {
    fn default() -> Self {
        let one = |grade: &str, minutes| Threshold {
            grade: grade.to_owned(),
            within: Millis::from_minutes(minutes),
        };
        Self { grades: vec![one("key", 1), one("centre", 3), one("urban", 5)] }
    }
}

impl Thresholds {
    /// The most grades a city may have.
    pub const MOST: usize = 16;

    /// These grades, put in order of time; `None` if there are none, more than [`Self::MOST`], or two of one name.
    pub fn new(mut grades: Vec<Threshold>) -> Option<Self> {
        grades.sort_by(|a, b| a.within.cmp(&b.within).then_with(|| a.grade.cmp(&b.grade)));
        let twice = grades
            .iter()
            .enumerate()
            .any(|(i, one)| grades[..i].iter().any(|other| other.grade == one.grade));
        (!grades.is_empty() && grades.len() <= Self::MOST && !twice).then_some(Self { grades })
    }

    /// All of them, the most urgent first; a [`Grade`] is an index here.
    pub fn all(&self) -> &[Threshold] {
        &self.grades
    }

    /// The threshold of `grade`; the last one if there is no such grade.
    pub fn get(&self, grade: Grade) -> &Threshold {
        &self.grades[usize::from(grade.0).min(self.grades.len() - 1)]
    }

    /// The grade of that name.
    pub fn named(&self, name: &str) -> Option<Grade> {
        self.grades.iter().position(|one| one.grade == name).map(|index| Grade(index as u8))
    }

    /// The grade of a site that is given none: the most urgent.
    pub const fn of_sites(&self) -> Grade {
        Grade(0)
    }

    /// The grade of any other place that is given none: the least urgent.
    pub fn of_places(&self) -> Grade {
        Grade((self.grades.len() - 1) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_1_3_5() {
        let thresholds = Thresholds::default();
        let minutes: Vec<u32> = thresholds.all().iter().map(|one| one.within.0 / 60_000).collect();
        assert_eq!(minutes, [1, 3, 5]);
        assert_eq!(thresholds.named("centre"), Some(Grade(1)));
        assert_eq!(thresholds.get(thresholds.of_sites()).grade, "key");
        assert_eq!(thresholds.get(thresholds.of_places()).grade, "urban");
        assert_eq!(thresholds.get(Grade(99)).grade, "urban");
    }

    #[test]
    fn grades_are_put_in_order_and_named_once() {
        let one = |grade: &str, ms| Threshold { grade: grade.to_owned(), within: Millis(ms) };
        let thresholds = Thresholds::new(vec![one("far", 9), one("near", 2)]).unwrap();
        assert_eq!(thresholds.all()[0].grade, "near");
        assert_eq!(Thresholds::new(vec![one("a", 1), one("a", 2)]), None);
        assert_eq!(Thresholds::new(Vec::new()), None);
    }
}
