//! How units are chosen for what waits: by name, each from the same recommendation.

use precinct_advice::{Question, Ranked, Recommendation};
use precinct_base::{Millis, UnitId};
use precinct_core::{Capability, Priority, State};

/// How units are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// What is recommended: the set that meets the run card and is there soonest, for one incident after another, the most urgent first.
    Closest,
    /// The same, but a unit a little farther goes where that leaves more of the city covered.
    CoverAware(CoverAware),
    /// Incidents that wait are looked at together, each priority before the next.
    Joint,
    /// What is not urgent is kept for a crew of its own area for a while, as many control rooms do.
    OwnDistrict(OwnDistrict),
}

/// How long something is kept for a crew of its own area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnDistrict {
    /// From the call on. After that the recommended set goes.
    pub hold: Millis,
    /// The most urgent that is kept: to what is more urgent the closest go at once.
    pub from: Priority,
}

impl Default for OwnDistrict {
    /// Half an hour, for anything but life in danger. A start, no norm.
    fn default() -> Self {
        let from = Priority::new(2).unwrap_or(Priority::HIGHEST);
        Self { hold: Millis::from_minutes(30), from }
    }
}

/// When a unit farther away goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverAware {
    /// How much longer it may take than the one it goes for.
    pub detour: Millis,
    /// Which threshold of cover is judged: 0, 1 or 2.
    pub threshold: usize,
    /// The most urgent for which it may: to what is more urgent the closest go.
    pub from: Priority,
}

impl Default for CoverAware {
    /// A minute longer, by the third threshold, for anything but life in danger. A start, no norm.
    fn default() -> Self {
        let from = Priority::new(2).unwrap_or(Priority::HIGHEST);
        Self { detour: Millis::from_minutes(1), threshold: 2, from }
    }
}

impl Policy {
    /// Every policy by its name, at its defaults.
    pub const fn names() -> [&'static str; 4] {
        ["closest", "cover-aware", "joint", "own-district"]
    }

    /// The policy of that name, at its defaults.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "closest" => Some(Self::Closest),
            "cover-aware" => Some(Self::CoverAware(CoverAware::default())),
            "joint" => Some(Self::Joint),
            "own-district" => Some(Self::OwnDistrict(OwnDistrict::default())),
            _ => None,
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closest => "closest",
            Self::CoverAware(_) => "cover-aware",
            Self::Joint => "joint",
            Self::OwnDistrict(_) => "own-district",
        }
    }

    /// Whether it has to know what units cover to answer this.
    pub(crate) fn asks_cover(self, priority: Priority) -> bool {
        matches!(self, Self::CoverAware(rules) if priority >= rules.from)
    }

    /// Whether it sends the recommended set for this, whatever else is so.
    pub(crate) fn sends_recommended(self, priority: Priority) -> bool {
        match self {
            Self::Closest | Self::Joint => true,
            Self::CoverAware(rules) => priority < rules.from,
            Self::OwnDistrict(rules) => priority < rules.from,
        }
    }

    /// How long something of a priority may be kept waiting though somebody could go.
    pub(crate) fn holds(self, priority: Priority) -> Option<Millis> {
        match self {
            Self::OwnDistrict(rules) if priority >= rules.from => Some(rules.hold),
            _ => None,
        }
    }

    /// The units it sends for one incident by itself, the first there first. To decide by cover, the field asked must know what units
    /// cover.
    pub fn choose(self, question: &Question<'_>, told: &Recommendation) -> Vec<UnitId> {
        match self {
            Self::CoverAware(rules) if question.priority >= rules.from => {
                cover_aware(rules, question, told)
            }
            Self::OwnDistrict(rules) if question.priority >= rules.from => {
                own_district(rules, question, told)
            }
            _ => told.chosen.clone(),
        }
    }
}

/// Each unit of the recommended set, or in its place the one that costs cover least of those that are nearly as soon there, can do all
/// that is asked which it can, and are taken off nothing.
fn cover_aware(rules: CoverAware, question: &Question<'_>, told: &Recommendation) -> Vec<UnitId> {
    let state = question.state;
    let threshold = rules.threshold.min(2);
    let asked: Vec<Capability> = told.needs.iter().filter_map(|need| need.capability).collect();
    let mut sent: Vec<&Ranked> = Vec::new();
    for &unit in &told.chosen {
        let Some(chosen) = told.ranked.iter().find(|ranked| ranked.unit == unit) else { continue };
        let latest = chosen.travel.map(|time| time.saturating_add(rules.detour));
        let fits = |ranked: &&Ranked| {
            let free = ranked.unit == unit || !told.chosen.contains(&ranked.unit);
            let in_time = ranked.travel.zip(latest).is_some_and(|(time, latest)| time <= latest);
            free && in_time
                && ranked.pre_empts.is_none()
                && !sent.iter().any(|other| other.unit == ranked.unit)
                && can_all(state, unit, ranked.unit, &asked)
        };
        let cost = |ranked: &&Ranked| (ranked.lost[threshold], ranked.rank);
        sent.push(told.ranked.iter().filter(fits).min_by_key(cost).unwrap_or(chosen));
    }
    sent.sort_by_key(|ranked| ranked.rank);
    sent.iter().map(|ranked| ranked.unit).collect()
}

/// The first crew of the place's own area that is free; nobody while it may be kept for one; then the recommended set. What needs several
/// units is not kept.
fn own_district(rules: OwnDistrict, question: &Question<'_>, told: &Recommendation) -> Vec<UnitId> {
    let places: usize = told.needs.iter().map(|need| need.units).sum();
    let opened = question.incident.and_then(|id| question.state.incidents().get(&id));
    let since = |then: precinct_base::Instant| question.now.tick.0.saturating_sub(then.0);
    let waited = opened.map_or(u64::MAX, |known| since(known.opened.tick));
    if told.chosen.is_empty() || places > 1 || waited >= u64::from(rules.hold.0) {
        return told.chosen.clone();
    }
    let able = |ranked: &&Ranked| {
        let mut asked = told.needs.iter().filter_map(|need| need.capability);
        let unit = question.state.units().get(&ranked.unit);
        let is_own = ranked.other_area.is_none() && ranked.pre_empts.is_none();
        is_own && asked.all(|asked| unit.is_some_and(|unit| unit.capabilities.contains(&asked)))
    };
    told.ranked.iter().find(able).map(|ranked| ranked.unit).into_iter().collect()
}

/// Whether `other` can do all of what is asked that `unit` can.
fn can_all(state: &State, unit: UnitId, other: UnitId, asked: &[Capability]) -> bool {
    let can = |unit: UnitId, capability: &Capability| {
        state.units().get(&unit).is_some_and(|unit| unit.capabilities.contains(capability))
    };
    asked.iter().all(|capability| !can(unit, capability) || can(other, capability))
}
