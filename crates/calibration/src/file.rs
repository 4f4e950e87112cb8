//! The calibration as a file: TOML of whole numbers, read back to the same.

use std::collections::BTreeMap;

use precinct_base::{HourOfWeek, Millis};
use precinct_roads::{Factor, Profile, RoadClass, SpeedTable};
use serde::{Deserialize, Serialize};

use crate::{Score, Shares, Stay};

/// The form of the file this program writes and reads.
const VERSION: u32 = 1;
/// Factors are within these, in thousandths.
const FACTORS: std::ops::RangeInclusive<u16> = 50..=20_000;
/// No drive costs more beside its streets.
const MOST_START_STOP_MS: u32 = 1_800_000;

const HEADER: &str = "\
# Speeds, turnout and time on scene, fitted to a city's own record by `precinct calibrate`. A city.toml names this file with
#   calibration = \"calibration.toml\"
# Factors are thousandths on travel time as imported: 1250 takes a quarter longer. See docs/calibration.md.

";

/// What was fitted, and how well it did on days it was not fitted to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    version: u32,
    /// What it was made from.
    pub made: Made,
    /// The error of travel times on days held out.
    pub held_out: Score,
    /// The same with class speeds as imported.
    pub held_out_as_imported: Score,
    /// The same with one constant speed.
    pub held_out_constant: Score,
    /// Travel.
    pub speeds: Speeds,
    /// Thousandths of the rows that do not say an instant.
    pub unknown_per_mille: Shares,
    /// From being sent to wheels turning.
    pub turnout: Stay,
    /// From being there to being free, or to leaving for elsewhere.
    pub on_scene: Stay,
    /// From leaving for elsewhere to being free.
    pub after: Stay,
}

/// What a calibration was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The name of the record's file.
    pub record: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// The fingerprint of the streets.
    pub roads: String,
    /// Days fitted to.
    pub days_fitted: u32,
    /// Days held out.
    pub days_held_out: u32,
    /// Drives fitted to.
    pub trips_fitted: u32,
}

/// The factors of travel, in thousandths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speeds {
    /// Who travelled; others are left as imported.
    pub profile: String,
    /// What every drive costs beside its streets.
    pub start_stop_ms: u32,
    /// By hour of the week, Monday 00:00 first.
    pub hour: Vec<u16>,
    /// By class of road.
    pub class: BTreeMap<String, u16>,
    /// By area of the city's file: its id, or its name.
    #[serde(default)]
    pub area: BTreeMap<String, u16>,
}

/// Why a calibration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalibrationError {
    /// It is not the TOML that is wanted.
    #[error("{0}")]
    Toml(String),
    /// It is of another form.
    #[error(
        "the calibration is of form {found}, this program reads form {VERSION}: make it anew with `precinct calibrate`"
    )]
    Version {
        /// Its form.
        found: u32,
    },
    /// There is not one factor an hour.
    #[error("there are {found} factors by hour, a week has 168")]
    Hours {
        /// How many.
        found: usize,
    },
    /// A factor is out of bounds.
    #[error("the factor {found} of {of} is not within 50 to 20000 thousandths")]
    Factor {
        /// Of what.
        of: String,
        /// It.
        found: u16,
    },
    /// A name is not known.
    #[error("{0:?} is no class of road and no kind of traveller")]
    Name(String),
    /// Half an hour to set off and pull up is no calibration.
    #[error("every drive would cost {found} ms beside its streets, more than half an hour")]
    StartStop {
        /// It.
        found: u32,
    },
}

impl Calibration {
    pub(crate) fn new(made: Made, speeds: Speeds, scores: [Score; 3]) -> Self {
        let [held_out, held_out_as_imported, held_out_constant] = scores;
        Self {
            version: VERSION,
            made,
            held_out,
            held_out_as_imported,
            held_out_constant,
            speeds,
            unknown_per_mille: Shares::default(),
            turnout: Stay::default(),
            on_scene: Stay::default(),
            after: Stay::default(),
        }
    }

    /// Reads the text of a calibration.
    pub fn parse(text: &str) -> Result<Self, CalibrationError> {
        let read: Self = toml::from_str(text)
            .map_err(|error| CalibrationError::Toml(error.message().replace('\n', " ")))?;
        if read.version != VERSION {
            return Err(CalibrationError::Version { found: read.version });
        }
        read.speeds.check()?;
        Ok(read)
    }

    /// The text of it; [`Calibration::parse`] gives the same back.
    pub fn text(&self) -> String {
        // A structure of tables, texts and whole numbers always has a text.
        let body = toml::to_string(self).unwrap_or_default();
        format!("{HEADER}{body}")
    }
}

impl Speeds {
    fn check(&self) -> Result<(), CalibrationError> {
        let named = self.class.keys().find(|name| RoadClass::from_name(name).is_none());
        if let Some(name) = named.or_else(|| self.profile().is_none().then_some(&self.profile)) {
            return Err(CalibrationError::Name(name.clone()));
        }
        if self.hour.len() != HourOfWeek::COUNT {
            return Err(CalibrationError::Hours { found: self.hour.len() });
        }
        if self.start_stop_ms > MOST_START_STOP_MS {
            return Err(CalibrationError::StartStop { found: self.start_stop_ms });
        }
        let hours = self.hour.iter().map(|&factor| ("an hour".to_owned(), factor));
        let named =
            self.class.iter().chain(&self.area).map(|(name, &factor)| (name.clone(), factor));
        match hours.chain(named).find(|(_, factor)| !FACTORS.contains(factor)) {
            Some((of, found)) => Err(CalibrationError::Factor { of, found }),
            None => Ok(()),
        }
    }

    /// Who travelled.
    pub fn profile(&self) -> Option<Profile> {
        Profile::from_name(&self.profile)
    }

    /// The factors as a table; area `i` of `areas`, by id or name, has the number `i + 1` there, and 0 is outside of all.
    pub fn table(&self, areas: &[String]) -> SpeedTable {
        let mut table = SpeedTable::as_imported();
        table.set_start_stop(Millis(self.start_stop_ms));
        for class in RoadClass::ALL {
            let of_class = u32::from(self.class.get(class.name()).copied().unwrap_or(1_000));
            for (hour, &of_hour) in
                (0..HourOfWeek::COUNT as u8).filter_map(HourOfWeek::new).zip(&self.hour)
            {
                let factor = (of_class * u32::from(of_hour) + 500) / 1_000;
                table.set_class(class, hour, Factor(u16::try_from(factor).unwrap_or(u16::MAX)));
            }
        }
        for (number, name) in (1_u16..).zip(areas) {
            if let Some(&factor) = self.area.get(name) {
                table.set_area(number, Factor(factor));
            }
        }
        table
    }

    /// As imported.
    pub(crate) fn as_imported(profile: Profile) -> Self {
        Self {
            profile: profile.name().to_owned(),
            start_stop_ms: 0,
            hour: vec![1_000; HourOfWeek::COUNT],
            class: BTreeMap::new(),
            area: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibration() -> Calibration {
        let mut speeds = Speeds::as_imported(Profile::PoliceCar);
        speeds.class.insert("residential".to_owned(), 1_250);
        speeds.area.insert("7".to_owned(), 900);
        speeds.hour[8] = 1_100;
        speeds.start_stop_ms = 40_000;
        Calibration::new(Made::default(), speeds, [Score::default(); 3])
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let one = calibration();
        assert_eq!(Calibration::parse(&one.text()), Ok(one));
    }

    #[test]
    fn the_table_multiplies_class_and_hour_and_keeps_areas_apart() {
        let table = calibration().speeds.table(&["6".to_owned(), "7".to_owned()]);
        let (class, hour) = (RoadClass::Residential, HourOfWeek::new(8).unwrap());
        let time = |area| table.time(Millis(10_000), class, hour, area);
        assert_eq!((time(0), time(1), time(2)), (Millis(13_750), Millis(13_750), Millis(12_375)));
        assert_eq!(table.start_stop(), Millis(40_000));
    }

    #[test]
    fn what_is_wrong_with_it_is_said() {
        let told = |from: &str, to: &str| {
            let text = calibration().text();
            assert!(text.contains(from), "{text}");
            Calibration::parse(&text.replacen(from, to, 1)).unwrap_err()
        };
        assert_eq!(told("version = 1", "version = 9"), CalibrationError::Version { found: 9 });
        assert_eq!(
            told("residential", "rezidential"),
            CalibrationError::Name("rezidential".into())
        );
        let wild = CalibrationError::Factor { of: "residential".into(), found: 3 };
        assert_eq!(told("= 1250", "= 3"), wild);
        assert!(matches!(told("sha256", "sha257"), CalibrationError::Toml(_)));
    }
}
