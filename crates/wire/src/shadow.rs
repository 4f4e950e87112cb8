//! A policy that is watched beside those who send units: which one, until when, and how it differs from what they did.

use precinct_core::{Code, Priority, Shadow, StaffNo};
use serde::{Deserialize, Serialize};

use crate::Time;
use crate::docs::docs;

/// Have a policy watched.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShadowBody {
    /// Its name.
    #[schema(value_type = String, example = "cover-aware")]
    pub policy: Code,
    /// For how long: from ten minutes to four weeks.
    pub lasts_ms: u32,
}

docs! {
    /// The policy that is watched.
    ShadowNowDoc {
        /// Its name.
        #[schema(value_type = String)]
        policy: Code,
        /// Who has it watched, by staff number.
        #[schema(value_type = String)]
        by: StaffNo,
        /// Since when.
        since: Time,
        /// When that ends by itself.
        until: Time,
    }
    /// Dispatches to incidents of one urgency beside which one policy was watched.
    ShadowRowDoc {
        /// The policy.
        #[schema(value_type = String)]
        policy: Code,
        /// The urgency, 1 to 5.
        #[schema(value_type = u8)]
        priority: Priority,
        /// How many dispatches.
        compared: u32,
        /// In how many it would have sent the same unit.
        agreed: u32,
        /// In how many it can be told how much later its unit would have been there.
        timed: u32,
        /// The mean of how much later, in milliseconds; less than nothing is sooner. Nothing if it cannot be told of any.
        later_ms: Option<i64>,
        /// Half of the interval at 95 % for that mean, each dispatch by itself. Nothing for fewer than 30.
        within_ms: Option<u64>,
        /// The mean of how much more demand would stay within each of three thresholds of a free unit, in parts of 10,000 of all.
        kept: [i64; 3],
    }
    /// A dispatch in which the policy was of another mind.
    ShadowDiffersDoc {
        /// To which incident.
        incident: u32,
        /// The unit that was sent.
        unit: u32,
        /// What that is called on the air.
        call_sign: String,
        /// The policy.
        #[schema(value_type = String)]
        policy: Code,
        /// The unit that it would have sent; none is nobody more.
        would: Option<u32>,
        /// What that is called on the air.
        would_call_sign: Option<String>,
        /// How much later that one would have been there.
        later_ms: Option<i64>,
        /// How much more demand would stay within each threshold.
        kept: [i32; 3],
    }
    /// Policies watched beside those who send units.
    ShadowDoc {
        /// The number of the record up to which this is.
        seq: u64,
        /// The names of all policies that can be watched.
        policies: Vec<String>,
        /// The one that is watched now.
        now: Option<ShadowNowDoc>,
        /// The beginning of the period.
        from: Time,
        /// Its end.
        until: Time,
        /// By policy and urgency.
        rows: Vec<ShadowRowDoc>,
        /// Where it was of another mind, the newest first: the last few hundred.
        differed: Vec<ShadowDiffersDoc>,
    }
}

impl From<&Shadow> for ShadowNowDoc {
    fn from(shadow: &Shadow) -> Self {
        let Shadow { policy, by, since, until } = *shadow;
        Self { policy, by, since: since.wall.into(), until: until.wall.into() }
    }
}
