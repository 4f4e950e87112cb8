//! The part of the city that was asked about: its calls have figures of their own.

use precinct_base::AreaId;
use precinct_city::{Area, City};
use precinct_whatif::{Call, Comparison, Outcome, compare_part};

use crate::failure::Failure;
use crate::simulate::area_number;

/// Areas that are named where one is not known.
const NAMED: usize = 12;

/// The part of the city that was asked about.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    index: usize,
    area: &'a Area,
}

impl<'a> Part<'a> {
    /// The area of that id or name.
    pub(super) fn named(city: &'a City, wanted: &str) -> Result<Self, Failure> {
        let is = |area: &Area| {
            let names = [&area.id, &area.name.local, &area.name.zh, &area.name.en];
            names.into_iter().any(|name| name.to_lowercase() == wanted.to_lowercase())
        };
        if let Some(index) = city.areas.iter().position(is) {
            return Ok(Self { index, area: &city.areas[index] });
        }
        let called = |area: &Area| {
            let name = &area.name.local;
            if name.is_empty() { area.id.clone() } else { name.clone() }
        };
        let known: Vec<String> = city.areas.iter().take(NAMED).map(called).collect();
        let known = if known.is_empty() {
            "it has no areas".to_owned()
        } else {
            format!("it has {} and others", known.join(", "))
        };
        Err(Failure::Nothing(format!("this city has no area called {wanted:?}; {known}")))
    }

    /// Whether a call is in it.
    pub(super) fn holds(self, call: &Call) -> bool {
        self.area.shape.contains(call.at)
    }

    /// The number it has in a trial.
    pub(super) const fn number(self) -> AreaId {
        area_number(self.index)
    }
}

/// The second plan against the first by the calls of a part, if there are two plans.
pub(super) fn compared(outcomes: &[Outcome]) -> Option<Comparison> {
    outcomes.get(1).and_then(|second| compare_part(&outcomes[0], second))
}
