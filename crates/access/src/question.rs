//! A question with everything taken out that no policy can ask about: what Cedar is given, and what an answer is kept under.

use std::collections::BTreeSet;

use precinct_base::AreaId;
use precinct_core::{Purpose, Role, StaffNo};

use crate::context::{CITY, holds, up};
use crate::roles::RoleSet;
use crate::{About, Action, Context, Principal, Resource, Who};

/// What policies name one by one. All else is the same to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) areas: BTreeSet<AreaId>,
    pub(crate) staff: BTreeSet<StaffNo>,
}

/// A question as policies can ask about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Question {
    pub(crate) who: Who,
    /// The asker's number, if policies name it.
    pub(crate) staff: Option<StaffNo>,
    /// Roles that hold where the thing is.
    pub(crate) here: RoleSet,
    /// Roles that hold somewhere.
    pub(crate) anywhere: RoleSet,
    pub(crate) action: Action,
    pub(crate) about: About,
    /// The area it is, if policies name it.
    pub(crate) area: Option<AreaId>,
    /// Those of the areas it lies in that policies name.
    pub(crate) within: Vec<AreaId>,
    pub(crate) asking: Asking,
}

/// How things are, without the areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and policies name it"
)]
pub(crate) struct Asking {
    pub(crate) purpose: Option<Purpose>,
    pub(crate) glass: bool,
    pub(crate) second_factor: bool,
    pub(crate) on_duty: bool,
    pub(crate) own_unit: bool,
}

impl Question {
    pub(crate) fn new(
        principal: &Principal,
        action: Action,
        resource: &Resource,
        context: &Context<'_>,
        named: &Named,
    ) -> Self {
        let (mut here, mut anywhere) = (RoleSet::default(), RoleSet::default());
        for &grant in &principal.grants {
            anywhere.insert(grant.role);
            if holds(grant, context.areas, resource.area) {
                here.insert(grant.role);
            }
        }
        Self {
            who: principal.who,
            staff: named.staff.get(&principal.staff).copied(),
            here,
            anywhere,
            action,
            about: resource.about,
            area: named.areas.get(&resource.area).copied(),
            within: named.within(resource.area, context),
            asking: Asking {
                purpose: context.purpose,
                glass: context.glass,
                second_factor: context.second_factor,
                on_duty: context.on_duty,
                own_unit: principal.unit.is_some() && principal.unit == resource.unit,
            },
        }
    }

    /// The same, asked by somebody who has this role and no other.
    pub(crate) fn as_only(&self, role: Role) -> Self {
        Self { here: self.here.only(role), anywhere: self.anywhere.only(role), ..self.clone() }
    }

    /// The same, as things would be.
    pub(crate) fn were(&self, change: impl FnOnce(&mut Asking)) -> Self {
        let mut question = self.clone();
        change(&mut question.asking);
        question
    }
}

impl Named {
    fn within(&self, area: AreaId, context: &Context<'_>) -> Vec<AreaId> {
        if self.areas.is_empty() {
            return Vec::new();
        }
        let mut within: Vec<_> = up(context.areas, area)
            .chain([CITY])
            .filter(|area| self.areas.contains(area))
            .collect();
        within.sort_unstable();
        within.dedup();
        within
    }
}
