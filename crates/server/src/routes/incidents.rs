//! Incidents: from intake to the end.

use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{IncidentId, Intake, Order, Place, Purpose, Sealed};
use precinct_wire::{
    ContactBody, EndedBody, HazardBody, IntakeBody, LinkBody, MergeBody, MoveBody, NoteBody,
    Nothing, ReasonBody, RegradeBody, ResolveBody,
};

use crate::app::App;
use crate::door::{Asker, Failure, NO_CONTACT, Wish, commands};

/// A place with the street and the area it is in.
pub(crate) fn place(app: &App, at: precinct_wire::At, area: Option<u32>) -> Place {
    let area = area.map_or_else(|| app.ground.area(at.0), AreaId);
    Place { at: at.0, segment: app.ground.street(at.0), address: None, area }
}

fn take_in(app: &App, mut body: IntakeBody) -> Result<Wish, Failure> {
    let contact = body.contact.take().map(|contact| contact.to_text());
    let contact = contact.transpose().map_err(Failure::bad)?;
    let place = place(app, body.at, body.area);
    let resource = Resource::area(place.area);
    let happened = body.happened_at;
    let (intake, text, address): (Intake, _, _) = body.intake(place);
    let order = Order::OpenIncident(intake);
    let wish = Wish::of_purpose(Action::TakeIn, resource, Purpose::Intake, order);
    Ok(Wish { text, address, happened, contact, ..wish })
}

fn of(
    app: &App,
    asker: &Asker,
    incident: u32,
    action: Action,
    order: impl FnOnce(IncidentId) -> Order,
) -> Result<Wish, Failure> {
    let resource = asker.incident(app, incident)?;
    Ok(Wish::of_incident(action, resource, order(IncidentId(incident))))
}

commands! {
    /// Take in an incident
    post "/api/v1/incidents", "incidents", open(; IntakeBody) =>
        |app, _: &Asker, (), body| take_in(app, body);
    /// Write a note. It is kept sealed under the incident's own key
    post "/api/v1/incidents/{incident}/notes", "incidents", note(incident: u32; NoteBody) =>
        |app, asker, (id,), body: NoteBody| {
            let sealed = Sealed(Box::default());
            let wish = of(app, asker, id, Action::Note, |incident| Order::AddNote { incident, text: sealed })?;
            Ok(Wish { text: Some(body.text), happened: body.happened_at, ..wish })
        };
    /// Change type and urgency. The earlier grade stays on record
    post "/api/v1/incidents/{incident}/regrade", "incidents", regrade(incident: u32; RegradeBody) =>
        |app, asker, (id,), RegradeBody { kind, priority, reason }| of(app, asker, id, Action::Regrade, |incident| Order::Regrade { incident, kind, priority, reason });
    /// Correct the place. The earlier place stays on record
    post "/api/v1/incidents/{incident}/move", "incidents", move_to(incident: u32; MoveBody) =>
        |app, asker, (id,), body: MoveBody| {
            let place = place(app, body.at, body.area);
            let wish = of(app, asker, id, Action::Regrade, |incident| Order::Move { incident, place })?;
            Ok(Wish { address: body.address, ..wish })
        };
    /// Say that it is the same as another, under which it goes on
    post "/api/v1/incidents/{incident}/merge", "incidents", merge(incident: u32; MergeBody) =>
        |app, asker: &Asker, (id,), MergeBody { into }| {
            asker.incident(app, into)?;
            of(app, asker, id, Action::Merge, |from| Order::Merge { from, into: IncidentId(into) })
        };
    /// Undo a merge
    post "/api/v1/incidents/{incident}/unmerge", "incidents", unmerge(incident: u32; Nothing) =>
        |app, asker, (id,), _| of(app, asker, id, Action::Merge, |from| Order::Unmerge { from });
    /// Say that two incidents have to do with each other
    post "/api/v1/incidents/{incident}/link", "incidents", link(incident: u32; LinkBody) =>
        |app, asker, (id,), LinkBody { other }| of(app, asker, id, Action::Merge, |one| Order::Link { one, other: IncidentId(other) });
    /// Say that a suggested duplicate is none
    post "/api/v1/incidents/{incident}/dismiss-duplicate", "incidents", dismiss(incident: u32; LinkBody) =>
        |app, asker, (id,), LinkBody { other }| of(app, asker, id, Action::Merge, |incident| Order::DismissDuplicate { incident, of: IncidentId(other) });
    /// Note a hazard of the place
    post "/api/v1/incidents/{incident}/hazards", "incidents", note_hazard(incident: u32; HazardBody) =>
        |app, asker, (id,), HazardBody { hazard }| of(app, asker, id, Action::Note, |incident| Order::NoteHazard { incident, hazard });
    /// Say that a hazard of the place is gone
    post "/api/v1/incidents/{incident}/hazards/clear", "incidents", clear_hazard(incident: u32; HazardBody) =>
        |app, asker, (id,), HazardBody { hazard }| of(app, asker, id, Action::Note, |incident| Order::ClearHazard { incident, hazard });
    /// There is nothing to answer
    post "/api/v1/incidents/{incident}/cancel", "incidents", cancel(incident: u32; EndedBody) =>
        |app, asker, (id,), EndedBody { reason, happened_at }| Ok(of(app, asker, id, Action::Close, |incident| Order::Cancel { incident, reason })?.happened(happened_at));
    /// It was dealt with
    post "/api/v1/incidents/{incident}/resolve", "incidents", resolve(incident: u32; ResolveBody) =>
        |app, asker, (id,), ResolveBody { disposition, happened_at }| Ok(of(app, asker, id, Action::Close, |incident| Order::Resolve { incident, disposition })?.happened(happened_at));
    /// It was not, after all
    post "/api/v1/incidents/{incident}/reopen", "incidents", reopen(incident: u32; ReasonBody) =>
        |app, asker, (id,), ReasonBody { reason }| of(app, asker, id, Action::Close, |incident| Order::Reopen { incident, reason });
    /// Keep how to reach who reported it, apart from the record and under a key of its own. Another takes the place of the first
    put "/api/v1/incidents/{incident}/contact", "incidents", keep_contact(incident: u32; ContactBody) =>
        |app, asker, (id,), body: ContactBody| {
            let contact = body.to_text().map_err(Failure::bad)?;
            let wish = of(app, asker, id, Action::KeepContact, |incident| Order::KeepContact { incident, kept: NO_CONTACT })?;
            Ok(Wish { contact: Some(contact), ..wish })
        };
    /// Erase how to reach who reported it: its key is destroyed
    post "/api/v1/incidents/{incident}/contact/erase", "incidents", erase_contact(incident: u32; Nothing) =>
        |app, asker, (id,), _| of(app, asker, id, Action::KeepContact, |incident| Order::EraseContact { incident });
    /// Erase what was written freely, at the end of its time, and pictures and contact with it: their keys are destroyed
    post "/api/v1/incidents/{incident}/erase-text", "incidents", erase(incident: u32; Nothing) =>
        |app, asker, (id,), _| of(app, asker, id, Action::EraseText, |incident| Order::EraseText { incident });
}
