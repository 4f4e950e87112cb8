//! The lists of a catalogue, and a code that is in none.

use super::{Catalogue, Named};
use crate::Code;

/// A list of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Types of incident.
    Types,
    /// What units can do.
    Capabilities,
    /// How incidents end.
    Dispositions,
    /// Why things are done.
    Reasons,
    /// Hazards of places.
    Hazards,
    /// Grades of place.
    Grades,
    /// Forces.
    Forces,
}

impl List {
    /// Its name in the catalogue.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Capabilities => "capabilities",
            Self::Dispositions => "dispositions",
            Self::Reasons => "reasons",
            Self::Hazards => "hazards",
            Self::Grades => "grades",
            Self::Forces => "forces",
        }
    }
}

/// A code that the catalogue does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code} is not among the {} of the catalogue: use one that is, or add it", list.name())]
pub struct NotInCatalogue {
    /// Where it was looked for.
    pub list: List,
    /// The code.
    pub code: Code,
}

impl Catalogue {
    /// Whether `list` has `code`.
    pub fn has(&self, list: List, code: Code) -> bool {
        let named = |list: &[Named]| list.binary_search_by_key(&code, |one| one.code).is_ok();
        match list {
            List::Types => self.kind(code).is_some(),
            List::Grades => self.grade(code).is_some(),
            List::Capabilities => named(&self.capabilities),
            List::Dispositions => named(&self.dispositions),
            List::Reasons => named(&self.reasons),
            List::Hazards => named(&self.hazards),
            List::Forces => named(&self.forces),
        }
    }

    /// That `list` has `code`.
    pub(crate) fn need(&self, list: List, code: Code) -> Result<(), NotInCatalogue> {
        if self.has(list, code) { Ok(()) } else { Err(NotInCatalogue { list, code }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_looked_into_by_its_own_codes() {
        let standard = Catalogue::standard();
        for (list, code) in [
            (List::Types, "robbery"),
            (List::Capabilities, "armed"),
            (List::Dispositions, "dealt_with"),
            (List::Reasons, "false_alarm"),
            (List::Hazards, "gas"),
            (List::Grades, "centre"),
            (List::Forces, "police"),
        ] {
            assert_eq!(standard.need(list, Code::literal(code)), Ok(()), "{code}");
            let refused = standard.need(list, Code::literal("nonsense")).unwrap_err().to_string();
            assert!(refused.contains(&format!("nonsense is not among the {}", list.name())));
        }
    }
}
