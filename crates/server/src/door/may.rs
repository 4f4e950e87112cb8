//! Who asks, and whether they may.

use precinct_access::{Action, Context, Principal, Resource, Who};
use precinct_base::{AreaId, UnitId};
use precinct_core::{
    Approval, By, Grant, IncidentId, Missing, Purpose, Role, Source, State, Status, Unit, Why,
};
use precinct_wire::{ApprovalBody, Coded};

use super::Failure;
use crate::app::App;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Asker {
    pub(crate) principal: Principal,
    /// Whether the person signed in with a second factor.
    pub(crate) second_factor: bool,
}

impl Asker {
    /// The asker's own unit, if that is on the incident or on one that is now the same.
    fn own_on(&self, state: &State, incident: IncidentId) -> Option<UnitId> {
        let unit = self.principal.unit?;
        let task = state.units().get(&unit).and_then(Unit::task)?;
        (state.root(task) == state.root(incident)).then_some(unit)
    }

    /// An incident as a thing to do something to.
    pub(crate) fn incident(&self, app: &App, incident: u32) -> Result<Resource, Failure> {
        let id = IncidentId(incident);
        app.board.look(|state, _| {
            let known = state.incidents().get(&id).ok_or(Missing::Incident(id))?;
            Ok(Resource::incident(id, known.place.area, self.own_on(state, id)))
        })
    }

    /// An incident as a thing to add a picture to. What a crew found on patrol is its own for that as long as it is open, also if others deal
    /// with it: whoever saw it has the picture.
    pub(crate) fn finding(&self, app: &App, incident: u32) -> Result<Resource, Failure> {
        let id = IncidentId(incident);
        let own = app.board.look(|state, _| {
            let found = state.incidents().get(&id)?;
            let mine = found.by == self.principal.staff && found.source == Source::Patrol;
            let unit = self.principal.unit.filter(|_| mine && found.status == Status::Open)?;
            Some(Resource::incident(id, found.place.area, Some(unit)))
        });
        own.map_or_else(|| self.incident(app, incident), Ok)
    }

    /// A unit as a thing to do something to.
    pub(crate) fn unit(app: &App, unit: u32) -> Result<Resource, Failure> {
        let id = UnitId(unit);
        let area = app.board.look(|state, _| state.units().get(&id).map(|unit| unit.area));
        Ok(Resource::unit(id, area.ok_or(Missing::Unit(id))?))
    }
}

impl App {
    /// That the asker may, and in which role and for which area.
    pub(crate) fn may(
        &self,
        asker: &Asker,
        action: Action,
        resource: &Resource,
        purpose: Option<Purpose>,
    ) -> Result<Grant, Failure> {
        let staff = asker.principal.staff;
        let allowed = self.board.look(|state, _| {
            let context = Context {
                areas: state,
                purpose,
                glass: state.glass().contains_key(&staff),
                second_factor: asker.second_factor,
                on_duty: state.tour_of(staff).is_some(),
            };
            self.access.load().allowed(&asker.principal, action, resource, &context).into_result()
        })?;
        if allowed.by_glass {
            tracing::warn!(%staff, action = action.name(), "done by broken glass");
            metrics::counter!("precinct_glass_used_total").increment(1);
        }
        let as_crew = Grant { role: Role::Crew, area: resource.area };
        let first = asker.principal.grants.first().copied();
        let otherwise = if asker.principal.who == Who::Device { Some(as_crew) } else { first };
        Ok(allowed.acting.or(otherwise).unwrap_or(as_crew))
    }

    /// That the asker approves by itself what it orders: nobody approves in another's name. The approval it becomes.
    pub(crate) fn approval(asker: &Asker, body: ApprovalBody) -> Result<Approval, Failure> {
        if body.approver == asker.principal.staff {
            return Ok(body.into());
        }
        Err(Failure::forbidden(format!(
            "you are {}, and {} is to approve this: whoever approves orders it",
            asker.principal.staff, body.approver
        ))
        .coded(Coded::approval_other(asker.principal.staff, body.approver)))
    }

    /// That the asker may describe anew what lies in `area` by now, if it is there at all.
    pub(crate) fn may_change(&self, asker: &Asker, area: Option<AreaId>) -> Result<(), Failure> {
        area.map_or(Ok(()), |area| {
            self.may(asker, Action::DescribeCity, &Resource::area(area), None).map(|_| ())
        })
    }

    /// Who acts, in which role, for which area and why, for the record.
    pub(crate) fn by(asker: &Asker, acting: Grant, why: Why) -> By {
        By { staff: asker.principal.staff, role: acting.role, area: acting.area, why }
    }
}
