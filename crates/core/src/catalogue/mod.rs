//! The catalogue: what a city calls things, how urgent they are, what they need and when somebody must look. A city may replace it.

mod check;
mod clocks;
mod decide;
mod list;
mod rules;
mod standard;

use precinct_base::Millis;
use serde::{Deserialize, Serialize};

pub(crate) use self::check::rises;
pub use self::check::{CatalogueFault, CatalogueRejection, ClocksOf};
pub use self::clocks::ClockTimes;
pub(crate) use self::decide::{replace, replaced};
pub use self::list::{List, NotInCatalogue};
pub use self::rules::Rules;
use crate::{Capability, Code};

/// A name in English and Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// A code with its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The code.
    pub code: Code,
    /// Its names.
    pub title: Title,
}

/// How urgent: 1 is life in danger now, 5 can wait for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Priority(u8);

impl Priority {
    /// The most urgent.
    pub const HIGHEST: Self = Self(1);
    /// How many there are.
    pub const COUNT: usize = 5;

    /// The priority of that number, or `None` outside 1 to 5.
    pub const fn new(number: u8) -> Option<Self> {
        if 1 <= number && number as usize <= Self::COUNT { Some(Self(number)) } else { None }
    }

    /// Its number, 1 to 5.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        priority.0
    }
}

impl TryFrom<u8> for Priority {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("a priority outside 1 to 5")
    }
}

/// How many units with a capability a type of incident needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The capability.
    pub capability: Capability,
    /// How many units that have it.
    pub units: u8,
}

/// A type of incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentType {
    /// Its code.
    pub code: Code,
    /// Its names.
    pub title: Title,
    /// How urgent it is unless somebody says otherwise.
    pub priority: Priority,
    /// Whether it is on the list of preventable offences that a zero-incident community has none of.
    pub listed_preventable: bool,
    /// What it needs; nothing said is one unit of any kind.
    pub needs: Vec<Need>,
    /// Its own clocks in place of its priority's.
    pub clocks: Option<ClockTimes>,
}

/// A grade of place and how soon it is to be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its code.
    pub code: Code,
    /// Its names.
    pub title: Title,
    /// Its three thresholds, rising.
    pub reach: [Millis; 3],
}

/// The catalogue of a city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// What this one is called, such as a date.
    pub version: Code,
    /// Types of incident, by code.
    pub types: Vec<IncidentType>,
    /// What units can do, by code.
    pub capabilities: Vec<Named>,
    /// How incidents and calls for help end, by code.
    pub dispositions: Vec<Named>,
    /// Why things are done, by code.
    pub reasons: Vec<Named>,
    /// Hazards of places, by code.
    pub hazards: Vec<Named>,
    /// Grades of place, by code.
    pub grades: Vec<Grade>,
    /// Forces, by code.
    pub forces: Vec<Named>,
    /// Clocks by priority, the most urgent first.
    pub clocks: [ClockTimes; Priority::COUNT],
    /// Rules of rest, windows and limits.
    pub rules: Rules,
}

impl Catalogue {
    /// The type of that code.
    pub fn kind(&self, code: Code) -> Option<&IncidentType> {
        let at = self.types.binary_search_by_key(&code, |kind| kind.code).ok()?;
        self.types.get(at)
    }

    /// The grade of that code.
    pub fn grade(&self, code: Code) -> Option<&Grade> {
        let at = self.grades.binary_search_by_key(&code, |grade| grade.code).ok()?;
        self.grades.get(at)
    }

    /// The clocks of an incident of this type and priority.
    pub fn clocks(&self, kind: Code, priority: Priority) -> &ClockTimes {
        let of_priority = &self.clocks[usize::from(priority.number() - 1)];
        self.kind(kind).and_then(|kind| kind.clocks.as_ref()).unwrap_or(of_priority)
    }
}
