//! A small city of areas: 3 lies in 2, 2 and 4 in 1; and people to ask for.

use std::collections::BTreeMap;

use precinct_access::{Access, Action, Context, Decision, Principal, Resource};
use precinct_base::{AreaId, UnitId};
use precinct_core::{Code, Grant, IncidentId, Purpose, Role};

pub(crate) type Tree = BTreeMap<AreaId, AreaId>;

pub(crate) fn tree() -> Tree {
    [(3, 2), (2, 1), (4, 1)].map(|(area, within)| (AreaId(area), AreaId(within))).into()
}

pub(crate) fn grant(role: Role, area: u32) -> Grant {
    Grant { role, area: AreaId(area) }
}

pub(crate) fn person(grants: &[(Role, u32)]) -> Principal {
    let grants = grants.iter().map(|&(role, area)| grant(role, area)).collect();
    Principal::staff(Code::literal("A100"), grants, Some(UnitId(7)))
}

pub(crate) fn incident(area: u32) -> Resource {
    Resource::incident(IncidentId(1), AreaId(area), None)
}

pub(crate) fn area(area: u32) -> Resource {
    Resource::area(AreaId(area))
}

/// Signed in with everything, on duty, answering an incident.
pub(crate) fn best(tree: &Tree) -> Context<'_> {
    let purpose = Some(Purpose::Response);
    Context { areas: tree, purpose, glass: false, second_factor: true, on_duty: true }
}

pub(crate) fn ask(
    access: &Access,
    who: &Principal,
    action: Action,
    what: &Resource,
    context: &Context<'_>,
) -> Decision {
    access.allowed(who, action, what, context)
}
