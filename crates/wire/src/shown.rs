//! From what the core knows to the documents of the board.

use precinct_base::{AreaId, PostId, UnitId};
use precinct_core::{
    Area, Assignment, Clock, Doing, Duty, Ending, Grading, Hours, Incident, IncidentId, Moment,
    Note, Post, Shift, ShiftId, Sos, SosId, Stage, State, Status, Timer, Tour,
};

use crate::{
    AreaDoc, AssignmentDoc, At, ClockDoc, ClockName, FixDoc, GradingDoc, IncidentDoc, MediaDoc,
    MemberDoc, NameDoc, NoteDoc, PaperStepDoc, PostDoc, PostedDoc, ShiftDoc, SosDoc, Time, UnitDoc,
    UnitStatus,
};

impl From<Clock> for ClockName {
    fn from(clock: Clock) -> Self {
        match clock {
            Clock::Unanswered(IncidentId(incident)) => Self::Unanswered(incident),
            Clock::Unacknowledged(UnitId(unit)) => Self::Unacknowledged(unit),
            Clock::Overdue(UnitId(unit)) => Self::Overdue(unit),
            Clock::Welfare(UnitId(unit)) => Self::Welfare(unit),
            Clock::Sos(SosId(sos)) => Self::Sos(sos),
        }
    }
}

fn time(at: Moment) -> Time {
    at.wall.into()
}

fn grading(grading: &Grading) -> GradingDoc {
    let Grading { at, by, kind, priority, reason } = *grading;
    GradingDoc { at: time(at), by, kind, priority, reason }
}

fn paper(task: &Assignment, (stage, entered): (Stage, Moment)) -> Option<PaperStepDoc> {
    let happened_at = time(task.reached(stage)?);
    Some(PaperStepDoc { stage, happened_at, entered_at: time(entered) })
}

fn note(note: &Note) -> NoteDoc {
    NoteDoc { at: time(note.at), entered_at: note.entered.map(time), by: note.by }
}

fn assignment(task: &Assignment) -> AssignmentDoc {
    AssignmentDoc {
        unit: task.unit.0,
        on_view: task.on_view,
        stage: task.stage(),
        dispatched: time(task.dispatched),
        acknowledged: task.acknowledged.map(time),
        en_route: task.en_route.map(time),
        on_scene: task.on_scene.map(time),
        transporting: task.transporting.map(|(at, _)| time(at)),
        destination: task.transporting.map(|(_, to)| to),
        ended: task.ended.map(|(at, _)| time(at)),
        outcome: task.ended.map(|(_, how)| how),
        posted: task
            .posted
            .map(|posted| PostedDoc { containment: posted.containment.0, point: posted.point }),
        from_paper: task.paper.iter().filter_map(|&step| paper(task, step)).collect(),
    }
}

/// An incident as a document; what its street is called is known to whoever has the streets.
pub fn incident(id: IncidentId, incident: &Incident, street: Option<NameDoc>) -> IncidentDoc {
    let (status, merged_into, since, ending, cancelled) = match incident.status {
        Status::Open => ("open", None, None, None, false),
        Status::Merged { into, at } => ("merged", Some(into.0), Some(time(at)), None, false),
        Status::Closed { how: Ending::Cancelled(why), at } => {
            ("closed", None, Some(time(at)), Some(why), true)
        }
        Status::Closed { how: Ending::Resolved(how), at } => {
            ("closed", None, Some(time(at)), Some(how), false)
        }
    };
    let ids = |ids: &[IncidentId]| ids.iter().map(|id| id.0).collect();
    let gradings = incident.earlier_gradings.iter().chain([&incident.grading]);
    IncidentDoc {
        incident: id.0,
        opened: time(incident.opened),
        entered_at: incident.entered.map(time),
        by: incident.by,
        source: incident.source,
        reported: incident.reported.map(Time),
        kind: incident.grading.kind,
        priority: incident.grading.priority,
        gradings: gradings.map(grading).collect(),
        at: incident.place.at.into(),
        street,
        area: incident.place.area.0,
        hazards: incident.hazards.clone(),
        notes: incident.notes.iter().map(note).collect(),
        has_address: incident.place.address.is_some(),
        contact_until: incident.contact.map(|contact| time(contact.until)),
        media: incident.media.iter().map(MediaDoc::from).collect(),
        erased: incident.erased,
        status: status.to_owned(),
        merged_into,
        since,
        ending_entered_at: incident.ending_entered.map(time),
        ending,
        cancelled,
        assignments: incident.assignments.iter().map(assignment).collect(),
        links: ids(&incident.links),
        suggested: incident
            .suggested
            .iter()
            .filter(|of| !incident.dismissed.contains(of))
            .map(|of| of.0)
            .collect(),
        merged: ids(&incident.merged),
    }
}

fn status(state: &State, id: UnitId, doing: Option<Doing>) -> UnitStatus {
    match doing {
        None => UnitStatus::OffDuty,
        Some(Doing::Available) => UnitStatus::Available,
        Some(Doing::Out(_)) => UnitStatus::Out,
        Some(Doing::Assigned(_)) => match state.assignment(id).map(|(_, task)| task.stage()) {
            Some(Stage::Acknowledged) => UnitStatus::Acknowledged,
            Some(Stage::EnRoute) => UnitStatus::EnRoute,
            Some(Stage::OnScene) => UnitStatus::OnScene,
            Some(Stage::Transporting) => UnitStatus::Transporting,
            _ => UnitStatus::Dispatched,
        },
    }
}

/// A unit as a document, with its newest fix if whoever asks may know it.
pub fn unit(state: &State, id: UnitId, fix: Option<FixDoc>) -> Option<UnitDoc> {
    let unit = state.units().get(&id)?;
    let (tour, since) = match unit.duty {
        Duty::Off => (None, None),
        Duty::On { tour, since, .. } => (Some(tour), Some(time(since))),
    };
    Some(UnitDoc {
        unit: id.0,
        call_sign: unit.call_sign.clone(),
        force: unit.force,
        capabilities: unit.capabilities.clone(),
        vehicle: unit.vehicle,
        home: unit.home.map(|post| post.0),
        area: unit.area.0,
        status: status(state, id, unit.doing()),
        reason: match unit.doing() {
            Some(Doing::Out(reason)) => Some(reason),
            _ => None,
        },
        incident: unit.task().map(|incident| incident.0),
        since,
        shift: match tour {
            Some(Tour::Shift(ShiftId(shift))) => Some(shift),
            _ => None,
        },
        lent_until: match tour {
            Some(Tour::Aid { until, .. }) => Some(time(until)),
            _ => None,
        },
        fix,
        members: None,
    })
}

/// A unit as a document with whoever crews it when no tour says otherwise, for those who describe units.
pub fn described(state: &State, id: UnitId, fix: Option<FixDoc>) -> Option<UnitDoc> {
    let members = state.units().get(&id)?.members.iter().map(|&member| member.into()).collect();
    Some(UnitDoc { members: Some(members), ..unit(state, id, fix)? })
}

impl PostDoc {
    /// A post as a document.
    pub fn new(id: PostId, post: &Post) -> Self {
        Self {
            post: id.0,
            kind: post.kind,
            area: post.area.0,
            at: post.at.into(),
            name: (&post.title).into(),
            level: post.level,
            hours: (post.hours != Hours::ALWAYS).then_some(post.hours),
            state: post.state(),
            until: post.order.map(|order| time(order.until)),
            approver: post.order.map(|order| order.approver),
        }
    }
}

impl AreaDoc {
    /// An area as a document.
    pub fn new(state: &State, id: AreaId, area: &Area) -> Self {
        Self {
            area: id.0,
            parent: area.parent.map(|parent| parent.0),
            level: area.level,
            grade: area.grade,
            reach_ms: state.reach(id).map(|reach| reach.map(|ms| ms.0)),
            name: (&area.title).into(),
            duty_level: state.duty_level(id),
        }
    }
}

impl ShiftDoc {
    /// A tour as a document.
    pub fn new(id: ShiftId, shift: &Shift) -> Self {
        Self {
            shift: id.0,
            unit: shift.unit.0,
            members: shift.members.iter().copied().map(MemberDoc::from).collect(),
            starts: shift.starts.into(),
            ends: shift.ends.into(),
            began: shift.began.map(time),
        }
    }
}

impl SosDoc {
    /// A call for help as a document.
    pub fn new(id: SosId, sos: &Sos) -> Self {
        Self {
            sos: id.0,
            unit: sos.unit.0,
            incident: sos.incident.map(|incident| incident.0),
            raised: time(sos.raised),
            last: time(sos.last),
            calls: sos.calls,
            at: sos.at.map(At),
        }
    }
}

impl ClockDoc {
    /// The clocks that run, those that fall due first first. Their instants are of the calendar at `now`.
    pub fn all(state: &State, now: Moment) -> Vec<Self> {
        let end = precinct_base::Instant(u64::MAX);
        let running = state.timers().due(end).filter_map(|(timer, alarm)| match timer {
            Timer::Clock(clock) => Some((clock, alarm)),
            _ => None,
        });
        let due = |tick: precinct_base::Instant| {
            let ahead = tick.0.cast_signed().saturating_sub(now.tick.0.cast_signed());
            Time(precinct_base::Timestamp(now.wall.0.saturating_add(ahead)))
        };
        running
            .map(|(clock, alarm)| Self {
                clock: clock.into(),
                due: due(alarm.due),
                told: alarm.told,
            })
            .collect()
    }
}
