//! Ordering a duty level.

use precinct_base::AreaId;

use super::DutyLevel;
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::DutyLevelSet;
use crate::{Approval, Code, Moment, State};

/// An order replaces the one before it; each has its own end.
pub(crate) fn set(
    state: &State,
    at: Moment,
    (area, level): (AreaId, DutyLevel),
    reason: Code,
    approval: &Approval,
) -> Decision {
    state.area(area)?;
    state.catalogue.need(List::Reasons, reason)?;
    let until = approval.until(state, at)?;
    Ok(vec![DutyLevelSet { area, level, reason, approver: approval.approver, until }.into()])
}
