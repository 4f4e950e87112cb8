//! What happened: one file for each type of record, with its upgrades; their samples are in `golden/`.

mod about;
mod changes;
#[macro_use]
mod records;

use serde::{Deserialize, Serialize};

use crate::{Moment, StaffNo};

pub use about::Subject;

/// Something that happened: when, by whom, what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it was decided.
    pub at: Moment,
    /// When it happened, if it was on paper before it was entered.
    pub happened: Option<Moment>,
    /// Who decided it, by staff number.
    pub by: StaffNo,
    /// What.
    pub fact: Fact,
}

records! {
    catalogue_set => CatalogueSet = "catalogue_set.1";
    area_set => AreaSet = "area_set.1";
    post_set => PostSet = "post_set.1";
    post_changed => PostChanged = "post_changed.1";
    post_lapsed => PostLapsed = "post_lapsed.1";
    post_removed => PostRemoved = "post_removed.1";
    plan_proposed => PlanProposed = "plan_proposed.1";
    plan_simulated => PlanSimulated = "plan_simulated.1";
    plan_approved => PlanApproved = "plan_approved.1";
    plan_published => PlanPublished = "plan_published.1";
    plan_superseded => PlanSuperseded = "plan_superseded.1";
    plan_withdrawn => PlanWithdrawn = "plan_withdrawn.1";
    unit_set => UnitSet = "unit_set.1";
    shift_planned => ShiftPlanned = "shift_planned.1";
    shift_cancelled => ShiftCancelled = "shift_cancelled.1";
    shift_started => ShiftStarted = "shift_started.1";
    shift_ended => ShiftEnded = "shift_ended.1";
    unit_out => UnitOut = "unit_out.1";
    unit_back => UnitBack = "unit_back.1";
    aid_joined => AidJoined = "aid_joined.1";
    aid_left => AidLeft = "aid_left.1";
    duty_level_set => DutyLevelSet = "duty_level_set.1";
    duty_level_lapsed => DutyLevelLapsed = "duty_level_lapsed.1";
    ring_set => RingSet = "ring_set.1";
    ring_retired => RingRetired = "ring_retired.1";
    ring_activated => RingActivated = "ring_activated.1";
    ring_stood_down => RingStoodDown = "ring_stood_down.1";
    ring_lapsed => RingLapsed = "ring_lapsed.1";
    checkpoint_manned => CheckpointManned = "checkpoint_manned.1";
    checkpoint_counted => CheckpointCounted = "checkpoint_counted.1";
    containment_ordered => ContainmentOrdered = "containment_ordered.1";
    containment_replanned => ContainmentReplanned = "containment_replanned.1";
    containment_stood_down => ContainmentStoodDown = "containment_stood_down.1";
    containment_lapsed => ContainmentLapsed = "containment_lapsed.1";
    incident_opened => IncidentOpened = "incident_opened.1";
    duplicate_suggested => DuplicateSuggested = "duplicate_suggested.1";
    duplicate_dismissed => DuplicateDismissed = "duplicate_dismissed.1";
    incidents_merged => IncidentsMerged = "incidents_merged.1";
    incidents_unmerged => IncidentsUnmerged = "incidents_unmerged.1";
    incidents_linked => IncidentsLinked = "incidents_linked.1";
    note_added => NoteAdded = "note_added.1";
    incident_regraded => IncidentRegraded = "incident_regraded.1";
    incident_moved => IncidentMoved = "incident_moved.1";
    hazard_noted => HazardNoted = "hazard_noted.1";
    hazard_cleared => HazardCleared = "hazard_cleared.1";
    incident_cancelled => IncidentCancelled = "incident_cancelled.1";
    incident_resolved => IncidentResolved = "incident_resolved.1";
    incident_reopened => IncidentReopened = "incident_reopened.1";
    incident_archived => IncidentArchived = "incident_archived.1";
    text_erased => TextErased = "text_erased.1";
    contact_kept => ContactKept = "contact_kept.1";
    contact_erased => ContactErased = "contact_erased.1";
    media_added => MediaAdded = "media_added.1";
    unit_dispatched => UnitDispatched = "unit_dispatched.2", older UnitDispatchedV1 = "unit_dispatched.1";
    unit_on_view => UnitOnView = "unit_on_view.1";
    unit_acknowledged => UnitAcknowledged = "unit_acknowledged.1";
    unit_en_route => UnitEnRoute = "unit_en_route.1";
    unit_on_scene => UnitOnScene = "unit_on_scene.1";
    unit_transporting => UnitTransporting = "unit_transporting.1";
    unit_cleared => UnitCleared = "unit_cleared.1";
    unit_declined => UnitDeclined = "unit_declined.1";
    unit_recalled => UnitRecalled = "unit_recalled.1";
    unit_preempted => UnitPreempted = "unit_preempted.1";
    clock_raised => ClockRaised = "clock_raised.1";
    clock_escalated => ClockEscalated = "clock_escalated.1";
    clock_answered => ClockAnswered = "clock_answered.1";
    sos_raised => SosRaised = "sos_raised.1";
    sos_repeated => SosRepeated = "sos_repeated.1";
    sos_closed => SosClosed = "sos_closed.1";
    clock_set => ClockSet = "clock_set.1";
    access_read => AccessRead = "access_read.2", older AccessReadV1 = "access_read.1";
    policy_set => PolicySet = "policy_set.1";
    shadow_set => ShadowSet = "shadow_set.1";
    shadow_ended => ShadowEnded = "shadow_ended.1";
    glass_broken => GlassBroken = "glass_broken.1";
    glass_mended => GlassMended = "glass_mended.1";
    account_changed => AccountChanged = "account_changed.1";
}
