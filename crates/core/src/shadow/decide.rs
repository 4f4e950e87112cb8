//! Having a policy watched, and ending that.

use precinct_base::Millis;

use super::{Shadow, ShadowRejection};
use crate::decide::Decision;
use crate::event::{ShadowEnded, ShadowSet};
use crate::{Code, Moment, State};

/// One policy is watched at a time; another takes its place. Which there are, those who ask for one know.
pub(crate) fn set(state: &State, at: Moment, policy: Code, lasts: Millis) -> Decision {
    if !(Shadow::SHORTEST..=Shadow::LONGEST).contains(&lasts) {
        return Err(ShadowRejection::Lasts { lasts }.into());
    }
    let until = at.later(lasts);
    let same = |shadow: &Shadow| shadow.policy == policy && shadow.until == until;
    if state.shadow.as_ref().is_some_and(same) {
        return Ok(Vec::new());
    }
    Ok(vec![ShadowSet { policy, until }.into()])
}

pub(crate) fn end(state: &State) -> Decision {
    if state.shadow.is_none() {
        return Err(ShadowRejection::NotSet.into());
    }
    Ok(vec![ShadowEnded {}.into()])
}
