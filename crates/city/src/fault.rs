//! What is wrong with a city's files, told so that a person can mend it: file, row, column, what and how.

use std::collections::BTreeMap;
use std::fmt;

use precinct_base::{Said, caps};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// How much a fault costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing that was wanted is lost; worth knowing.
    Note,
    /// One row or one value is left out; the rest of the input is used.
    Fault,
    /// A whole input, or the city, cannot be used.
    Refusal,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it costs.
    pub severity: Severity,
    /// The file, as written in the city's file or on the command line.
    pub file: String,
    /// The line of a text file, counted from 1, or the feature of a `GeoJSON` file, counted from 1.
    pub row: Option<u64>,
    /// The name of the column or property; for `city.toml` the character in the line, counted from 1.
    pub column: Option<String>,
    /// What is wrong.
    pub what: Said,
    /// What to do about it.
    pub mend: Said,
}

impl Fault {
    /// A fault of a whole file; [`Fault::row`] and [`Fault::column`] say where in it.
    pub fn new(severity: Severity, file: impl Into<String>, what: Said, mend: Said) -> Self {
        Self { severity, file: file.into(), row: None, column: None, what, mend }
    }

    /// The same fault in that row.
    #[must_use]
    pub fn row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    /// The same fault in that column.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// `posts.csv:12:lat`, in the form editors make a link of.
    pub fn place(&self) -> String {
        let row = self.row.map(|row| format!(":{row}"));
        let column = self.column.as_ref().map(|column| format!(":{column}"));
        format!("{}{}{}", self.file, row.unwrap_or_default(), column.unwrap_or_default())
    }
}

/// `posts.csv:12:lat: … — …`, in English.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} — {}", self.place(), self.what, self.mend)
    }
}

/// For programs: the codes with what belongs to them, and the words of both languages.
impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Fault", 11)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("file", &self.file)?;
        fields.serialize_field("row", &self.row)?;
        fields.serialize_field("column", &self.column)?;
        fields.serialize_field("code", self.what.code())?;
        fields.serialize_field("params", &self.what.params().collect::<BTreeMap<_, _>>())?;
        fields.serialize_field("what", &self.what.en())?;
        fields.serialize_field("what_zh", &self.what.zh())?;
        fields.serialize_field("mend_code", self.mend.code())?;
        fields.serialize_field("mend", &self.mend.en())?;
        fields.serialize_field("mend_zh", &self.mend.zh())?;
        fields.end()
    }
}

/// Faults in the order they were met. The first [`caps::FAULTS_LISTED`] are kept, the others only counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// Those that are kept.
    pub listed: Vec<Fault>,
    /// How many notes there were in all.
    pub notes: u64,
    /// How many faults of one row or value there were in all.
    pub faults: u64,
    /// How many refusals of a whole input there were in all.
    pub refusals: u64,
}

impl Faults {
    /// Adds one. A refusal is always kept: it is the first thing to mend.
    pub fn push(&mut self, fault: Fault) {
        match fault.severity {
            Severity::Note => self.notes += 1,
            Severity::Fault => self.faults += 1,
            Severity::Refusal => self.refusals += 1,
        }
        if !self.is_full() {
            self.listed.push(fault);
        } else if fault.severity == Severity::Refusal
            && let Some(place) =
                self.listed.iter().rposition(|kept| kept.severity < Severity::Refusal)
        {
            self.listed[place] = fault;
        }
    }

    /// Whether further ones are only counted.
    pub(crate) const fn is_full(&self) -> bool {
        self.listed.len() >= caps::FAULTS_LISTED
    }

    /// Whether there is neither a fault nor a refusal; notes do no harm.
    pub const fn is_sound(&self) -> bool {
        self.faults == 0 && self.refusals == 0
    }

    /// How many there were in all, notes included.
    pub const fn total(&self) -> u64 {
        self.notes + self.faults + self.refusals
    }

    /// The first that refuses a whole input.
    pub fn first_refusal(&self) -> Option<&Fault> {
        self.listed.iter().find(|fault| fault.severity == Severity::Refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(severity: Severity, n: u64) -> Fault {
        Fault::new(severity, "a.csv", Said::verbatim("is wrong"), Said::verbatim("mend it"))
            .row(n)
            .column("lat")
    }

    #[test]
    fn a_fault_says_where_what_and_how() {
        assert_eq!(fault(Severity::Fault, 3).to_string(), "a.csv:3:lat: is wrong — mend it");
        assert_eq!(
            Fault::new(Severity::Note, "b", Said::verbatim("x"), Said::verbatim("y")).to_string(),
            "b: x — y"
        );
    }

    #[test]
    fn beyond_the_cap_they_are_counted_and_refusals_still_shown() {
        let mut faults = Faults::default();
        for n in 0..caps::FAULTS_LISTED as u64 + 10 {
            faults.push(fault(Severity::Fault, n));
        }
        faults.push(fault(Severity::Refusal, 1));
        assert_eq!(faults.listed.len(), caps::FAULTS_LISTED);
        assert_eq!(
            (faults.faults, faults.total()),
            (caps::FAULTS_LISTED as u64 + 10, caps::FAULTS_LISTED as u64 + 11)
        );
        assert!(faults.first_refusal().is_some() && !faults.is_sound());
    }
}
