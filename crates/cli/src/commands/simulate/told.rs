//! Responses put together as they are told: by priority, by area, all; of plans and of the record.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::AreaId;
use precinct_core::Priority;
use precinct_whatif::{Call, Outcome, Responses};

use super::Told;
use crate::text::words::Lang;

impl Told<'_> {
    /// Responses of the record by priority, of the calls that count.
    pub(super) fn recorded(&self) -> BTreeMap<u8, Responses> {
        self.recorded_of(&|_| true)
    }

    /// The same of the calls that are `wanted`.
    pub(super) fn recorded_of(&self, wanted: &dyn Fn(&Call) -> bool) -> BTreeMap<u8, Responses> {
        let mut by: BTreeMap<u8, Responses> = BTreeMap::new();
        for piece in self.record {
            for call in piece.calls.iter().filter(|call| piece.counts(call) && wanted(call)) {
                let target = self.town.targets[usize::from(call.priority.number() - 1)];
                by.entry(call.priority.number()).or_default().add(call.there, target);
            }
        }
        for of in by.values_mut() {
            of.ms.sort_unstable();
        }
        by
    }

    /// What an area is called.
    pub(super) fn area_name(&self, area: AreaId, lang: Lang) -> String {
        let known = self.town.areas.iter().find(|known| known.area == area);
        known.map_or_else(String::new, |known| match lang {
            Lang::En => known.title.en.clone(),
            Lang::Zh => known.title.zh.clone(),
        })
    }
}

/// Responses of a plan by priority, of the calls in the part that was asked about.
pub(super) fn in_part(outcome: &Outcome) -> BTreeMap<u8, Responses> {
    let part = outcome.tally.part.iter();
    part.map(|(priority, of)| (priority.number(), of.clone())).collect()
}

/// Responses of a plan by priority.
pub(super) fn simulated(outcome: &Outcome) -> BTreeMap<u8, Responses> {
    let priorities: BTreeSet<Priority> = outcome.tally.by.keys().map(|key| key.0).collect();
    let of = |one: Priority| outcome.tally.responses(|priority, _| priority == one);
    priorities.into_iter().map(|priority| (priority.number(), of(priority))).collect()
}

/// Responses of a plan by area.
pub(super) fn areas(outcome: &Outcome) -> BTreeMap<AreaId, Responses> {
    let areas: BTreeSet<AreaId> = outcome.tally.by.keys().map(|key| key.1).collect();
    let of = |one: AreaId| outcome.tally.responses(|_, area| area == one);
    areas.into_iter().map(|area| (area, of(area))).collect()
}

/// All of them.
pub(super) fn together(by: &BTreeMap<u8, Responses>) -> Responses {
    let mut all = Responses::default();
    for of in by.values() {
        all.ms.extend(&of.ms);
        all.unknown += of.unknown;
        all.in_time += of.in_time;
    }
    all.ms.sort_unstable();
    all
}
