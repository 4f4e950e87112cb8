//! Approval: whose, and for how long.

use precinct_base::Millis;

use crate::{Moment, Role, StaffNo, State};

/// Who approves something, and for how long it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who, by staff number.
    pub approver: StaffNo,
    /// In which role.
    pub role: Role,
    /// For how long.
    pub lasts: Millis,
}

/// Why an approval is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalRejection {
    /// Nobody approved.
    #[error("this needs the approval of a duty officer or commander and an end: name both")]
    Missing,
    /// That role may not.
    #[error("{approver} may not approve this as {role:?}: ask a duty officer or commander")]
    Role {
        /// Who.
        approver: StaffNo,
        /// In which role.
        role: Role,
    },
    /// It lasts no time, or too long.
    #[error("it is to last {asked}, and may last from 1 minute to {longest}: order it anew then")]
    Lasts {
        /// What was asked.
        asked: Millis,
        /// The longest the rules allow.
        longest: Millis,
    },
}

/// The shortest order: what ends sooner is gone before anybody has read it.
const SHORTEST: Millis = Millis::from_minutes(1);

impl Approval {
    /// When what it approves ends.
    pub(crate) fn until(&self, state: &State, at: Moment) -> Result<Moment, ApprovalRejection> {
        if !self.role.approves() {
            return Err(ApprovalRejection::Role { approver: self.approver, role: self.role });
        }
        let longest = state.catalogue().rules.longest_order;
        if self.lasts < SHORTEST || self.lasts > longest {
            return Err(ApprovalRejection::Lasts { asked: self.lasts, longest });
        }
        Ok(at.later(self.lasts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_has_a_name_with_the_right_and_an_end() {
        let state = State::default();
        let longest = state.catalogue().rules.longest_order;
        let of = |role, lasts| Approval { approver: StaffNo::literal("A1"), role, lasts };
        let at = Moment::default();
        for role in [Role::DutyOfficer, Role::Commander] {
            assert_eq!(of(role, longest).until(&state, at), Ok(at.later(longest)));
            assert_eq!(of(role, SHORTEST).until(&state, at), Ok(at.later(SHORTEST)));
        }
        for lasts in [Millis::ZERO, SHORTEST - Millis(1), longest + Millis(1)] {
            let refused = of(Role::Commander, lasts).until(&state, at);
            assert_eq!(refused, Err(ApprovalRejection::Lasts { asked: lasts, longest }));
        }
        let refused = of(Role::Crew, SHORTEST).until(&state, at).unwrap_err();
        assert!(refused.to_string().contains("A1 may not approve"), "{refused}");
    }
}
