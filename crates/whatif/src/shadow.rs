//! A second policy beside the one that decides: how it would have decided, scored, and nothing sent.

use precinct_advice::{Question, Recommendation};
use precinct_base::UnitId;
use serde::Serialize;

use crate::Policy;

/// One decision of two policies, both from the same recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow {
    /// Whom the first sends.
    pub sent: Vec<UnitId>,
    /// Whom the other would send.
    pub would: Vec<UnitId>,
    /// How much later the other's first unit would be there, in milliseconds; less than nothing is sooner. None where that cannot be
    /// told.
    pub later_ms: Option<i64>,
    /// How much more demand the other would leave covered within each threshold, units taken one by one.
    pub covers: [i64; 3],
}

/// Scores how `other` would decide beside `policy`. The field asked must know what units cover if one of them decides by that.
pub fn shadow(
    question: &Question<'_>,
    told: &Recommendation,
    policy: Policy,
    other: Policy,
) -> Shadow {
    let (sent, would) = (policy.choose(question, told), other.choose(question, told));
    let ranked = |unit: &UnitId| told.ranked.iter().find(|ranked| ranked.unit == *unit);
    let first = |units: &[UnitId]| units.iter().filter_map(|unit| ranked(unit)?.travel).min();
    let lost = |units: &[UnitId], k: usize| -> i64 {
        units.iter().filter_map(ranked).map(|ranked| ranked.lost[k] as i64).sum()
    };
    let later = first(&would).zip(first(&sent));
    Shadow {
        later_ms: later.map(|(would, sent)| i64::from(would.0) - i64::from(sent.0)),
        covers: std::array::from_fn(|k| lost(&sent, k) - lost(&would, k)),
        sent,
        would,
    }
}

/// Many decisions of two policies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shadowed {
    /// How many were looked at.
    pub decisions: u64,
    /// In how many the other would have sent others.
    pub differ: u64,
    /// The sum of how much later it would have been there.
    pub later_ms: i64,
    /// The sum of how much more it would have left covered.
    pub covers: [i64; 3],
}

impl Shadowed {
    pub(crate) fn add(&mut self, one: &Shadow) {
        self.decisions += 1;
        self.differ += u64::from(one.sent != one.would);
        self.later_ms += one.later_ms.unwrap_or(0);
        for (sum, covers) in self.covers.iter_mut().zip(one.covers) {
            *sum += covers;
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.decisions += other.decisions;
        self.differ += other.differ;
        self.later_ms += other.later_ms;
        for (sum, covers) in self.covers.iter_mut().zip(other.covers) {
            *sum += covers;
        }
    }
}
