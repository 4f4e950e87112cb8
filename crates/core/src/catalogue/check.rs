//! What is wrong with a catalogue, before it is anybody's.

use std::fmt;

use precinct_base::{Millis, caps};

use super::{Catalogue, ClockTimes, List, Named, Title};
use crate::{Code, IncidentId, Rejection, Thing, TooMany};

/// Whose clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClocksOf {
    /// Those of a priority.
    Priority(u8),
    /// Those of a type of incident.
    Type(Code),
    /// Those of the rules: of calls for help.
    Rules,
}

impl fmt::Display for ClocksOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Priority(priority) => write!(f, "priority {priority}"),
            Self::Type(code) => write!(f, "type {code}"),
            Self::Rules => f.write_str("rules"),
        }
    }
}

/// A catalogue that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFault {
    /// A list is out of order or has a code twice.
    #[error("{}: {code} is not after the code before it: sort by code, each once", list.name())]
    Order {
        /// Which list.
        list: List,
        /// The code that is out of place.
        code: Code,
    },
    /// Thresholds of reach do not rise.
    #[error("grade {grade}: its thresholds must rise from more than nothing")]
    Reach {
        /// The grade.
        grade: Code,
    },
    /// A need for no unit.
    #[error("type {kind}: it needs 0 units with {capability}: leave the need out, or ask for 1")]
    NoUnits {
        /// The type.
        kind: Code,
        /// The capability.
        capability: Code,
    },
    /// A clock that has run out before it starts.
    #[error("{of}: each of its clocks must take more than no time")]
    Clock {
        /// Whose clocks.
        of: ClocksOf,
    },
    /// Nobody is told.
    #[error("{of}: its ladder is empty: name at least one role to be told")]
    Ladder {
        /// Whose clocks.
        of: ClocksOf,
    },
    /// A rule that nothing could keep.
    #[error("rules: `{0}` must be more than nothing")]
    Rule(&'static str),
}

/// Why a catalogue is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRejection {
    /// It contradicts itself.
    #[error(transparent)]
    Fault(#[from] CatalogueFault),
    /// It lacks the type of an incident on the board.
    #[error("{incident} is of type {kind}, which the new catalogue lacks: keep it until then")]
    InUse {
        /// The incident.
        incident: IncidentId,
        /// Its type.
        kind: Code,
    },
}

impl From<CatalogueFault> for Rejection {
    fn from(fault: CatalogueFault) -> Self {
        CatalogueRejection::Fault(fault).into()
    }
}

impl Catalogue {
    /// Whether it makes sense in itself.
    pub fn check(&self) -> Result<(), Rejection> {
        for (list, entries) in [
            (List::Capabilities, &self.capabilities),
            (List::Dispositions, &self.dispositions),
            (List::Reasons, &self.reasons),
            (List::Hazards, &self.hazards),
            (List::Forces, &self.forces),
        ] {
            check_named(list, entries)?;
        }
        check_list(List::Types, self.types.iter().map(|kind| (kind.code, &kind.title)))?;
        check_list(List::Grades, self.grades.iter().map(|grade| (grade.code, &grade.title)))?;
        self.check_grades()?;
        self.check_types()?;
        for (priority, clocks) in (1..).zip(&self.clocks) {
            check_clocks(clocks, ClocksOf::Priority(priority))?;
        }
        self.check_rules()
    }

    fn check_grades(&self) -> Result<(), CatalogueFault> {
        match self.grades.iter().find(|grade| !rises(grade.reach)) {
            Some(grade) => Err(CatalogueFault::Reach { grade: grade.code }),
            None => Ok(()),
        }
    }

    fn check_types(&self) -> Result<(), Rejection> {
        for kind in &self.types {
            TooMany::check(Thing::Needs, kind.needs.len(), caps::LINKS)?;
            for need in &kind.needs {
                self.need(List::Capabilities, need.capability)?;
                if need.units == 0 {
                    let capability = need.capability;
                    return Err(CatalogueFault::NoUnits { kind: kind.code, capability }.into());
                }
            }
            if let Some(clocks) = &kind.clocks {
                check_clocks(clocks, ClocksOf::Type(kind.code))?;
            }
        }
        Ok(())
    }

    fn check_rules(&self) -> Result<(), Rejection> {
        let rules = &self.rules;
        if rules.sos_ladder.is_empty() {
            return Err(CatalogueFault::Ladder { of: ClocksOf::Rules }.into());
        }
        for (name, time) in [
            ("longest_shift", rules.longest_shift),
            ("week", rules.week),
            ("keep_closed", rules.keep_closed),
            ("longest_order", rules.longest_order),
            ("longest_hold", rules.longest_hold),
            ("sos_again", rules.sos_again),
        ] {
            if time == Millis::ZERO {
                return Err(CatalogueFault::Rule(name).into());
            }
        }
        Ok(())
    }
}

/// Whether thresholds of reach rise from more than nothing.
pub(crate) fn rises([near, middle, far]: [Millis; 3]) -> bool {
    Millis::ZERO < near && near < middle && middle < far
}

fn check_named(list: List, entries: &[Named]) -> Result<(), Rejection> {
    check_list(list, entries.iter().map(|one| (one.code, &one.title)))
}

fn check_list<'a>(
    list: List,
    entries: impl ExactSizeIterator<Item = (Code, &'a Title)>,
) -> Result<(), Rejection> {
    TooMany::check(list.into(), entries.len(), caps::CATALOGUE_ENTRIES)?;
    let mut before = None;
    for (code, title) in entries {
        if before.is_some_and(|before| before >= code) {
            return Err(CatalogueFault::Order { list, code }.into());
        }
        title.check(list.into())?;
        before = Some(code);
    }
    Ok(())
}

fn check_clocks(clocks: &ClockTimes, of: ClocksOf) -> Result<(), CatalogueFault> {
    let ClockTimes { unanswered, unacknowledged, overdue, welfare, again, ladder } = clocks;
    if [unanswered, unacknowledged, overdue, welfare, again].contains(&&Millis::ZERO) {
        return Err(CatalogueFault::Clock { of });
    }
    if ladder.is_empty() {
        return Err(CatalogueFault::Ladder { of });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Need, Role};

    fn refused(change: impl Fn(&mut Catalogue)) -> String {
        let mut catalogue = Catalogue::standard();
        change(&mut catalogue);
        catalogue.check().unwrap_err().to_string()
    }

    #[test]
    fn the_standard_catalogue_makes_sense() {
        assert_eq!(Catalogue::standard().check(), Ok(()));
    }

    #[test]
    fn a_catalogue_that_contradicts_itself_is_refused_with_the_place() {
        for (told, list) in [
            (refused(|c| c.capabilities.swap(0, 1)), "capabilities: "),
            (refused(|c| c.dispositions.swap(0, 1)), "dispositions: "),
            (refused(|c| c.reasons[1] = c.reasons[0].clone()), "reasons: "),
            (refused(|c| c.hazards.swap(0, 1)), "hazards: "),
            (refused(|c| c.forces.swap(0, 1)), "forces: "),
            (refused(|c| c.types.swap(0, 1)), "types: "),
            (refused(|c| c.grades.swap(0, 1)), "grades: "),
            (refused(|c| c.types[0].title = Title::default()), "types has no name"),
            (refused(|c| c.grades[0].reach[0] = Millis::ZERO), "grade centre: its thresholds"),
            (refused(|c| c.grades[0].reach[1] = c.grades[0].reach[0]), "grade centre: "),
            (refused(|c| c.grades[0].reach[2] = c.grades[0].reach[1]), "grade centre: "),
            (refused(|c| c.clocks[2].again = Millis::ZERO), "priority 3: each of its clocks"),
            (refused(|c| c.clocks[4].ladder.clear()), "priority 5: its ladder"),
            (refused(|c| c.rules.sos_ladder.clear()), "rules: its ladder"),
            (refused(|c| c.rules.week = Millis::ZERO), "`week`"),
            (refused(|c| c.rules.longest_hold = Millis::ZERO), "`longest_hold`"),
        ] {
            assert!(told.starts_with(list) || told.contains(list), "{told}");
        }
    }

    #[test]
    fn a_type_needs_what_units_can_do_and_has_clocks_that_run() {
        let need =
            |capability: &str, units| Need { capability: capability.parse().unwrap(), units };
        let told = refused(|c| c.types[0].needs = vec![need("armed", 0)]);
        assert!(told.contains("0 units with armed"), "{told}");
        let told = refused(|c| c.types[0].needs = vec![need("flight", 1)]);
        assert!(told.contains("flight is not among the capabilities"), "{told}");
        let told = refused(|c| {
            let mut clocks = c.clocks[0].clone();
            clocks.ladder = vec![Role::Dispatcher];
            clocks.welfare = Millis::ZERO;
            c.types[0].clocks = Some(clocks);
        });
        assert!(told.starts_with("type "), "{told}");
        let told = refused(|c| {
            let one = c.reasons[0].clone();
            c.reasons = vec![one; caps::CATALOGUE_ENTRIES + 1];
        });
        assert!(told.contains("more than 1024 reasons"), "{told}");
    }
}
