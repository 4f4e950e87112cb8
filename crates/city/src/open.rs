//! Opens a city.

use std::path::Path;

use crate::gather::{Which, gather};
use crate::{City, CityError, OpenOptions};

/// Opens the city at `place`: a folder with a `city.toml`, a `city.toml`, or an extract.
///
/// Rows that cannot be used are left out and told of in [`City::faults`]; an input that cannot be used at all is an error.
pub fn open(place: &Path, options: &OpenOptions) -> Result<City, CityError> {
    let refused = |faults| {
        CityError::refused(&faults).unwrap_or(CityError::NotACity { place: place.to_owned() })
    };
    let city = gather(place, options, Which::InUse)?.map_err(refused)?.city;
    match CityError::refused(&city.faults) {
        Some(error) => Err(error),
        None => Ok(city),
    }
}
