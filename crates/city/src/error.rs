//! Why a city could not be opened, built or written.

use std::path::PathBuf;

use crate::Fault;

/// Why a city could not be opened, built or written.
#[derive(Debug, thiserror::Error)]
pub enum CityError {
    /// There is nothing at that path.
    #[error("there is no city at {}: give a folder with a city.toml, a city.toml, or an extract (.osm.pbf, .osm, .osm.gz)", .place.display())]
    NotFound {
        /// What was given.
        place: PathBuf,
    },
    /// The folder has no city in it.
    #[error("{} has no city.toml: write one, or make one from an extract with `precinct city init EXTRACT.osm.pbf -o {}`", .folder.display(), .folder.display())]
    NoCityFile {
        /// The folder.
        folder: PathBuf,
    },
    /// The path names neither a city's file nor an extract.
    #[error("{} is neither a city.toml nor an extract: extracts end in .osm.pbf, .osm or .osm.gz", .place.display())]
    NotACity {
        /// What was given.
        place: PathBuf,
    },
    /// The city's file or one of its inputs cannot be used at all.
    #[error("{first}{}", more(*.others))]
    Refused {
        /// The first refusal.
        first: Box<Fault>,
        /// How many more there are; `precinct city check` lists them.
        others: u64,
    },
    /// The roads or places of an extract could not be read.
    #[error("{source}")]
    Roads {
        /// Why; it names the file.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is a city already where one was to be written.
    #[error("{} exists already and is left as it is: remove it, or write to another folder", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be read.
    #[error("{} cannot be read: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("{} cannot be written: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl CityError {
    /// The refusal of one fault.
    pub(crate) fn of(fault: Fault) -> Self {
        Self::Refused { first: Box::new(fault), others: 0 }
    }

    pub(crate) fn refused(faults: &crate::Faults) -> Option<Self> {
        let first = Box::new(faults.first_refusal()?.clone());
        Some(Self::Refused { first, others: faults.refusals - 1 })
    }
}

fn more(others: u64) -> String {
    match others {
        0 => String::new(),
        1 => " (and one more: `precinct city check` lists both)".to_owned(),
        n => format!(" (and {n} more: `precinct city check` lists them all)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Faults, Severity};

    #[test]
    fn a_refusal_tells_how_many_more_there_are() {
        let mut faults = Faults::default();
        assert!(CityError::refused(&faults).is_none());
        let said = |text: &str| precinct_base::Said::verbatim(text);
        faults.push(Fault::new(Severity::Fault, "b.csv", said("row"), said("mend")));
        for _ in 0..3 {
            let (what, mend) = (said("is not there"), said("put it there"));
            faults.push(Fault::new(Severity::Refusal, "a.csv", what, mend));
        }
        let error = CityError::refused(&faults).unwrap().to_string();
        assert_eq!(
            error,
            "a.csv: is not there — put it there (and 2 more: `precinct city check` lists them all)"
        );
    }
}
