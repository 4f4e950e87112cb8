//! Why a city or nation could not be generated.

use std::io;
use std::path::PathBuf;

use super::city::Order;
use super::nation::NationOrder;

/// Why a city or nation could not be generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The city would be too small or too large.
    #[error(
        "a city of {people} people cannot be made: ask for {} to {}",
        Order::LEAST_PEOPLE,
        Order::MOST_PEOPLE
    )]
    People {
        /// What was asked for.
        people: u64,
    },
    /// The nation would have too few or too many cities.
    #[error(
        "a nation of {cities} cities cannot be made: ask for 1 to {}",
        NationOrder::MOST_CITIES
    )]
    Cities {
        /// What was asked for.
        cities: u64,
    },
    /// The nation's people do not make cities of a size that can be made.
    #[error(
        "{people} people in {cities} cities make a city of {city}; a city has {} to {} people",
        Order::LEAST_PEOPLE,
        Order::MOST_PEOPLE
    )]
    NationPeople {
        /// The nation's people.
        people: u64,
        /// Its cities.
        cities: u64,
        /// The first city out of bounds.
        city: u64,
    },
    /// A file or folder could not be written.
    #[error("{path}: cannot be written: {source}; choose a folder you may write to, with room on its disk", path = path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl GenerateError {
    pub(super) fn write(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Write { path, source }
    }
}
