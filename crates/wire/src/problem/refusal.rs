//! The code of every rejection of the core, and what belongs to it. A rejection that is new does not compile before it has one.

use precinct_core::{
    ApprovalRejection, AreaRejection, AssignmentRejection, CatalogueFault, CatalogueRejection,
    CheckpointRejection, ClockRejection, ClocksOf, ContainmentRejection, IncidentRejection,
    LONGEST_BACK, Missing, OversightRejection, PaperRejection, PlanRejection, PostRejection,
    Rejection, RingRejection, ShadowRejection, ShiftRejection, UnitRejection,
};

use super::Coded;

impl From<&Rejection> for Coded {
    fn from(rejection: &Rejection) -> Self {
        match rejection {
            Rejection::Earlier(_) => Self::earlier(),
            Rejection::Missing(missing) => (*missing).into(),
            Rejection::NotInCatalogue(not) => Self::not_in_catalogue(not.list, not.code),
            Rejection::TooMany(many) => Self::too_many(many.what, many.most),
            Rejection::TooLong(long) => Self::too_long(long.what, long.bytes, long.most),
            Rejection::Nameless(nameless) => Self::nameless(nameless.0),
            Rejection::Approval(rejection) => rejection.into(),
            Rejection::Catalogue(rejection) => rejection.into(),
            Rejection::Area(rejection) => rejection.into(),
            Rejection::Post(rejection) => rejection.into(),
            Rejection::Plan(rejection) => rejection.into(),
            Rejection::Ring(rejection) => rejection.into(),
            Rejection::Checkpoint(rejection) => rejection.into(),
            Rejection::Containment(rejection) => rejection.into(),
            Rejection::Unit(rejection) => rejection.into(),
            Rejection::Shift(rejection) => rejection.into(),
            Rejection::Incident(rejection) => rejection.into(),
            Rejection::Assignment(rejection) => rejection.into(),
            Rejection::Clock(rejection) => rejection.into(),
            Rejection::Oversight(rejection) => rejection.into(),
            Rejection::Shadow(rejection) => rejection.into(),
            Rejection::Paper(rejection) => rejection.into(),
        }
    }
}

impl From<Missing> for Coded {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Area(area) => Self::missing_area(area),
            Missing::Post(post) => Self::missing_post(post),
            Missing::Unit(unit) => Self::missing_unit(unit),
            Missing::Shift(shift) => Self::missing_shift(shift),
            Missing::Ring(ring) => Self::missing_ring(ring),
            Missing::Containment(containment) => Self::missing_containment(containment),
            Missing::Incident(incident) => Self::missing_incident(incident),
            Missing::Sos(sos) => Self::missing_sos(sos),
            Missing::Plan(plan) => Self::missing_plan(plan),
        }
    }
}

impl From<&ApprovalRejection> for Coded {
    fn from(rejection: &ApprovalRejection) -> Self {
        match *rejection {
            ApprovalRejection::Missing => Self::approval_missing(),
            ApprovalRejection::Role { approver, role } => Self::approval_role(approver, role),
            ApprovalRejection::Lasts { asked, longest } => Self::approval_lasts(asked, longest),
        }
    }
}

impl From<&CatalogueRejection> for Coded {
    fn from(rejection: &CatalogueRejection) -> Self {
        match *rejection {
            CatalogueRejection::Fault(ref fault) => fault.into(),
            CatalogueRejection::InUse { incident, kind } => Self::catalogue_in_use(incident, kind),
        }
    }
}

impl From<&CatalogueFault> for Coded {
    fn from(fault: &CatalogueFault) -> Self {
        match *fault {
            CatalogueFault::Order { list, code } => Self::catalogue_order(list, code),
            CatalogueFault::Reach { grade } => Self::catalogue_reach(grade),
            CatalogueFault::NoUnits { kind, capability } => {
                Self::catalogue_no_units(kind, capability)
            }
            CatalogueFault::Clock { of } => match of {
                ClocksOf::Priority(priority) => Self::catalogue_clock_priority(priority),
                ClocksOf::Type(kind) => Self::catalogue_clock_type(kind),
                ClocksOf::Rules => Self::catalogue_clock_rules(),
            },
            CatalogueFault::Ladder { of } => match of {
                ClocksOf::Priority(priority) => Self::catalogue_ladder_priority(priority),
                ClocksOf::Type(kind) => Self::catalogue_ladder_type(kind),
                ClocksOf::Rules => Self::catalogue_ladder_rules(),
            },
            CatalogueFault::Rule(rule) => Self::catalogue_rule(rule),
        }
    }
}

impl From<&AreaRejection> for Coded {
    fn from(rejection: &AreaRejection) -> Self {
        match *rejection {
            AreaRejection::Loop { area, parent } => Self::area_loop(area, parent),
            AreaRejection::Level { area, level, parent, within } => {
                Self::area_level(area, level.name(), parent, within.name())
            }
            AreaRejection::Reach { area } => Self::area_reach(area),
        }
    }
}

impl From<&PostRejection> for Coded {
    fn from(rejection: &PostRejection) -> Self {
        match *rejection {
            PostRejection::Level { post, level } => Self::post_level(post, level),
            PostRejection::Open { post } => Self::post_open(post),
        }
    }
}

impl From<&PlanRejection> for Coded {
    fn from(rejection: &PlanRejection) -> Self {
        match *rejection {
            PlanRejection::Unaudited => Self::plan_unaudited(),
            PlanRejection::Known { plan } => Self::plan_known(plan),
            PlanRejection::Parent { parent, .. } => Self::plan_parent(parent),
            PlanRejection::Over { plan, .. } => Self::plan_over(plan),
            PlanRejection::NoDays { plan } => Self::plan_no_days(plan),
            PlanRejection::Fitted { plan, day } => Self::plan_fitted(plan, day),
            PlanRejection::TrialKnown { plan, .. } => Self::plan_trial_known(plan),
            PlanRejection::Untried { plan } => Self::plan_untried(plan),
            PlanRejection::Own { plan, staff } => Self::plan_own(plan, staff),
            PlanRejection::Approved { plan, by } => Self::plan_approved(plan, by),
            PlanRejection::Unapproved { plan } => Self::plan_unapproved(plan),
            PlanRejection::Published { plan } => Self::plan_published(plan),
            PlanRejection::NoPosts { plan } => Self::plan_no_posts(plan),
        }
    }
}

impl From<&UnitRejection> for Coded {
    fn from(rejection: &UnitRejection) -> Self {
        match *rejection {
            UnitRejection::OffDuty { unit } => Self::unit_off_duty(unit),
            UnitRejection::OnTask { unit, incident } => Self::unit_on_task(unit, incident),
            UnitRejection::Out { unit, reason } => Self::unit_out(unit, reason),
            UnitRejection::NotOut { unit } => Self::unit_not_out(unit),
            UnitRejection::Lent { unit } => Self::unit_lent(unit),
            UnitRejection::NotLent { unit } => Self::unit_not_lent(unit),
            UnitRejection::Taken { unit } => Self::unit_taken(unit),
            UnitRejection::Twice { staff } => Self::unit_twice(staff),
        }
    }
}

impl From<&ShiftRejection> for Coded {
    fn from(rejection: &ShiftRejection) -> Self {
        match *rejection {
            ShiftRejection::Taken { shift } => Self::shift_taken(shift),
            ShiftRejection::Ends { shift } => Self::shift_ends(shift),
            ShiftRejection::NoCrew { shift } => Self::shift_no_crew(shift),
            ShiftRejection::Lent { unit } => Self::shift_lent(unit),
            ShiftRejection::Overlap { staff } => Self::shift_overlap(staff),
            ShiftRejection::Long { lasts, longest } => Self::shift_long(lasts, longest),
            ShiftRejection::Rest { staff, rest, needs } => Self::shift_rest(staff, rest, needs),
            ShiftRejection::Week { staff, sum, most } => Self::shift_week(staff, sum, most),
            ShiftRejection::Begun { shift } => Self::shift_begun(shift),
            ShiftRejection::NotBegun { shift } => Self::shift_not_begun(shift),
            ShiftRejection::Early { shift, early } => Self::shift_early(shift, early),
            ShiftRejection::Over { shift } => Self::shift_over(shift),
            ShiftRejection::UnitOn { unit } => Self::shift_unit_on(unit),
            ShiftRejection::MemberOn { staff, shift } => Self::shift_member_on(staff, shift),
        }
    }
}

impl From<&IncidentRejection> for Coded {
    fn from(rejection: &IncidentRejection) -> Self {
        match *rejection {
            IncidentRejection::Merged { incident, into } => Self::incident_merged(incident, into),
            IncidentRejection::Closed { incident } => Self::incident_closed(incident),
            IncidentRejection::NotClosed { incident } => Self::incident_not_closed(incident),
            IncidentRejection::NotMerged { incident } => Self::incident_not_merged(incident),
            IncidentRejection::Same { incident } => Self::incident_same(incident),
            IncidentRejection::Linked { one, other } => Self::incident_linked(one, other),
            IncidentRejection::NotSuggested { incident, of } => {
                Self::incident_not_suggested(incident, of)
            }
            IncidentRejection::UnitsOn { incident, units } => {
                Self::incident_units_on(incident, units)
            }
            IncidentRejection::SameGrade { incident, kind, priority } => {
                Self::incident_same_grade(incident, kind, priority)
            }
            IncidentRejection::HazardKnown { incident, hazard } => {
                Self::incident_hazard_known(incident, hazard)
            }
            IncidentRejection::HazardUnknown { incident, hazard } => {
                Self::incident_hazard_unknown(incident, hazard)
            }
            IncidentRejection::NoContact { incident } => Self::incident_no_contact(incident),
            IncidentRejection::MediaKnown { incident, .. } => Self::incident_media_known(incident),
            IncidentRejection::Erased { incident } => Self::incident_erased(incident),
        }
    }
}

impl From<&AssignmentRejection> for Coded {
    fn from(rejection: &AssignmentRejection) -> Self {
        match *rejection {
            AssignmentRejection::OnIt { unit, incident } => Self::task_on_it(unit, incident),
            AssignmentRejection::NotOnIt { unit, incident } => Self::task_not_on_it(unit, incident),
            AssignmentRejection::Busy { unit, busy_with, incident } => {
                Self::task_busy(unit, busy_with, incident)
            }
            AssignmentRejection::Known { unit, stage } => Self::task_known(unit, stage),
            AssignmentRejection::Order { unit, stage } => Self::task_order(unit, stage),
            AssignmentRejection::TooLate { unit, stage } => Self::task_too_late(unit, stage),
            AssignmentRejection::NotOnScene { unit } => Self::task_not_on_scene(unit),
            AssignmentRejection::Advice { unit, .. } => Self::task_advice(unit),
        }
    }
}

impl From<&ClockRejection> for Coded {
    fn from(rejection: &ClockRejection) -> Self {
        match *rejection {
            ClockRejection::NotRunning { .. } => Self::clock_not_running(),
            ClockRejection::Hold { asked, longest } => Self::clock_hold(asked, longest),
        }
    }
}

impl From<&OversightRejection> for Coded {
    fn from(rejection: &OversightRejection) -> Self {
        match *rejection {
            OversightRejection::OfNoIncident => Self::look_no_incident(),
            OversightRejection::OfNoPicture => Self::look_no_picture(),
            OversightRejection::OfNoTrack => Self::look_no_track(),
            OversightRejection::Whole { staff } => Self::glass_whole(staff),
            OversightRejection::NobodyThere { staff, role } => Self::glass_nobody(staff, role),
        }
    }
}

impl From<&ShadowRejection> for Coded {
    fn from(rejection: &ShadowRejection) -> Self {
        match *rejection {
            ShadowRejection::Lasts { lasts } => Self::shadow_lasts(lasts),
            ShadowRejection::NotSet => Self::shadow_not_set(),
        }
    }
}

impl From<&PaperRejection> for Coded {
    fn from(rejection: &PaperRejection) -> Self {
        match *rejection {
            PaperRejection::Future => Self::paper_future(),
            PaperRejection::TooOld => Self::paper_too_old(LONGEST_BACK),
            PaperRejection::Before(step) => Self::paper_before(step.name()),
            PaperRejection::Other => Self::paper_other(),
            PaperRejection::Busy { unit, busy_with } => Self::paper_busy(unit, busy_with),
        }
    }
}

impl From<&RingRejection> for Coded {
    fn from(rejection: &RingRejection) -> Self {
        match *rejection {
            RingRejection::Line => Self::ring_line(),
            RingRejection::Post { post, .. } => Self::ring_post(post),
            RingRejection::Idle { ring } => Self::ring_idle(ring),
            RingRejection::Active { ring } => Self::ring_active(ring),
        }
    }
}

impl From<&CheckpointRejection> for Coded {
    fn from(rejection: &CheckpointRejection) -> Self {
        match *rejection {
            CheckpointRejection::Kind { post, .. } => Self::checkpoint_kind(post),
            CheckpointRejection::Time => Self::checkpoint_time(),
            CheckpointRejection::Number { number, most, .. } => {
                Self::checkpoint_number(number, most)
            }
            CheckpointRejection::Twice { kind } => Self::checkpoint_twice(kind),
            CheckpointRejection::Overlaps { count } => Self::checkpoint_overlaps(count),
            CheckpointRejection::Corrected { count, by } => Self::checkpoint_corrected(count, by),
            CheckpointRejection::Unknown { post, count } => Self::checkpoint_unknown(post, count),
        }
    }
}

impl From<&ContainmentRejection> for Coded {
    fn from(rejection: &ContainmentRejection) -> Self {
        match *rejection {
            ContainmentRejection::Already { incident, containment } => {
                Self::seal_already(incident, containment)
            }
            ContainmentRejection::NoPoints => Self::seal_no_points(),
            ContainmentRejection::Twice { unit } => Self::seal_twice(unit),
            ContainmentRejection::SamePlace => Self::seal_same_place(),
            ContainmentRejection::Transporting { unit } => Self::seal_transporting(unit),
            ContainmentRejection::GoesOn { incident, containment } => {
                Self::seal_goes_on(incident, containment)
            }
        }
    }
}
