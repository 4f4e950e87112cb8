//! Speeds, turnout, time on scene and demand, fitted to a city's own record and scored on days they were not fitted to.
//!
//! Whoever asks brings the record as plain rows ([`Response`], [`Call`]) and the streets as a [`precinct_roads::Network`]; what comes back
//! is a [`Calibration`], which is a file of whole numbers, and a [`Report`] of how well it did. Fractions are worked with inside, by
//! operations that give the same bits on every machine, and in a fixed order; steps are counted, never timed.

mod days;
mod demand;
mod file;
mod fit;
mod measure;
mod numbers;
mod response;
mod score;
mod screen;
mod stays;
#[cfg(test)]
mod tests;
mod travel;

pub use days::Days;
pub use demand::{
    BANDS, Call, Cell, DemandError, Forecast, ForecastReport, ForecastRules, Hits, Method,
    MethodScore, Origin, Places, forecast,
};
pub use file::{Calibration, CalibrationError, Made, Speeds};
pub use fit::{Fitted, Ground, Report, calibrate};
pub use measure::{Fault, NoCalibration, Refused};
pub use response::Response;
pub use score::{Group, Score};
pub use screen::Rules;
pub use stays::{Shares, Stay, StayGroup};
