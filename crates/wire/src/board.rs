//! The board as documents: what each says, and in what units.

use precinct_base::{AreaLevel, PostKind};
use precinct_core::{
    Code, Destination, DutyLevel, Hours, Outcome, PostState, Priority, Source, StaffNo, Stage,
    Vehicle,
};
use serde::{Deserialize, Serialize};

use crate::docs::docs;
use crate::{
    At, CheckpointDoc, ContainmentDoc, GoneDoc, MediaDoc, MemberDoc, NameDoc, PaperStepDoc,
    PlanDoc, PostedDoc, Recorded, RingDoc, Time,
};

/// A clock that somebody has to answer, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    /// Nobody was sent to an incident.
    Unanswered(u32),
    /// A unit that was sent has not acknowledged.
    Unacknowledged(u32),
    /// A unit that was sent is not there.
    Overdue(u32),
    /// A unit is alone on scene and was not heard of.
    Welfare(u32),
    /// An officer calls for help.
    Sos(u32),
}

/// What a unit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum UnitStatus {
    OffDuty,
    Available,
    Dispatched,
    Acknowledged,
    EnRoute,
    OnScene,
    Transporting,
    Out,
}

docs! {
    /// The newest fix of a unit.
    FixDoc {
        /// Where.
        at: At,
        /// When the device took it.
        time: Time,
        /// How old it is.
        age_ms: u32,
        /// How exact it is.
        accuracy_m: Option<u32>,
        /// Where it is heading, in hundredths of a degree clockwise from north.
        heading_cdeg: Option<u16>,
        /// How fast it is.
        speed_cm_s: Option<u16>,
    }
    /// A unit.
    UnitDoc {
        /// Its number.
        unit: u32,
        /// What it is called on the air.
        call_sign: String,
        /// The force it belongs to.
        #[schema(value_type = String)]
        force: Code,
        /// What it can do.
        #[schema(value_type = Vec<String>)]
        capabilities: Vec<Code>,
        /// How it moves.
        #[schema(value_type = String)]
        vehicle: Vehicle,
        /// The post it works from.
        home: Option<u32>,
        /// The area it works in.
        area: u32,
        /// What it does.
        status: UnitStatus,
        /// Why it is out of service, if it is.
        #[schema(value_type = Option<String>)]
        reason: Option<Code>,
        /// Its task.
        incident: Option<u32>,
        /// Since when it does that.
        since: Option<Time>,
        /// Its tour.
        shift: Option<u32>,
        /// Until when it is lent, if it is.
        lent_until: Option<Time>,
        /// Where it was last seen, for those who may know.
        fix: Option<FixDoc>,
        /// Who crews it when no tour says otherwise; told where units are asked for by themselves, left out of the board.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        members: Option<Vec<MemberDoc>>,
    }
    /// How an incident is graded, and since when.
    GradingDoc {
        /// Since when.
        at: Time,
        /// By whom.
        #[schema(value_type = String)]
        by: StaffNo,
        /// Its type.
        #[schema(value_type = String)]
        kind: Code,
        /// Its urgency, 1 to 5.
        #[schema(value_type = u8)]
        priority: Priority,
        /// Why; none at intake.
        #[schema(value_type = Option<String>)]
        reason: Option<Code>,
    }
    /// A note: who wrote it and when. What it says is read by a request of its own, with a purpose.
    NoteDoc {
        /// When.
        at: Time,
        /// When it was entered, if it was on paper before.
        entered_at: Option<Time>,
        /// By whom.
        #[schema(value_type = String)]
        by: StaffNo,
    }
    /// The time of the city.
    TimeDoc {
        /// The instant it is.
        now: Time,
        /// How many times as fast as the world the clock runs: 1 but for drills.
        speed: u32,
        /// Whether it is a drill.
        drill: bool,
        /// The time zone of the city, by its IANA name.
        time_zone: String,
    }
    /// A unit's task. An instant that is not known is absent, never zero.
    AssignmentDoc {
        /// Which unit.
        unit: u32,
        /// Whether the patrol came upon it by itself.
        on_view: bool,
        /// How far it got.
        #[schema(value_type = String)]
        stage: Stage,
        /// When it was sent.
        dispatched: Time,
        /// When it had its task.
        acknowledged: Option<Time>,
        /// When it set out.
        en_route: Option<Time>,
        /// When it arrived.
        on_scene: Option<Time>,
        /// When it left with somebody or something.
        transporting: Option<Time>,
        /// Where to.
        #[schema(value_type = Option<Object>)]
        destination: Option<Destination>,
        /// When it ended.
        ended: Option<Time>,
        /// How it ended.
        #[schema(value_type = Option<Object>)]
        outcome: Option<Outcome>,
        /// The point of a containment that it was sent to, if it was.
        posted: Option<PostedDoc>,
        /// The steps that were on paper: times between them and others are no better than the clock on the wall.
        from_paper: Vec<PaperStepDoc>,
    }
    /// An incident.
    IncidentDoc {
        /// Its number.
        incident: u32,
        /// When it was taken in.
        opened: Time,
        /// When it was entered, if it was taken in on paper.
        entered_at: Option<Time>,
        /// By whom.
        #[schema(value_type = String)]
        by: StaffNo,
        /// Through which door.
        #[schema(value_type = String)]
        source: Source,
        /// When it was reported; none is unknown.
        reported: Option<Time>,
        /// Its type.
        #[schema(value_type = String)]
        kind: Code,
        /// Its urgency, 1 to 5.
        #[schema(value_type = u8)]
        priority: Priority,
        /// How it was graded, the first first.
        gradings: Vec<GradingDoc>,
        /// Where it is.
        at: At,
        /// The street it is on, as signposted and in both languages where they are known.
        street: Option<NameDoc>,
        /// The area it is in.
        area: u32,
        /// Hazards of the place.
        #[schema(value_type = Vec<String>)]
        hazards: Vec<Code>,
        /// What was written, without the words.
        notes: Vec<NoteDoc>,
        /// Whether there is an address in words.
        has_address: bool,
        /// Until when it is kept how to reach who reported it, if that is kept.
        contact_until: Option<Time>,
        /// Pictures, in order of coming.
        media: Vec<MediaDoc>,
        /// Whether its text was erased at the end of its time, and its pictures with it.
        erased: bool,
        /// open, merged or closed.
        status: String,
        /// The incident it goes on under, if it was merged.
        merged_into: Option<u32>,
        /// Since when it is merged or closed.
        since: Option<Time>,
        /// When it was entered how it ended, if it ended on paper.
        ending_entered_at: Option<Time>,
        /// How it ended: the disposition or the reason why it was cancelled.
        #[schema(value_type = Option<String>)]
        ending: Option<Code>,
        /// Whether there was nothing to answer.
        cancelled: bool,
        /// Units sent, in order of sending.
        assignments: Vec<AssignmentDoc>,
        /// Incidents it has to do with.
        links: Vec<u32>,
        /// Older incidents it may be the same as.
        suggested: Vec<u32>,
        /// Incidents merged into this one.
        merged: Vec<u32>,
    }
    /// A post.
    PostDoc {
        /// Its number.
        post: u32,
        /// What kind.
        #[schema(value_type = String)]
        kind: PostKind,
        /// The area it is in.
        area: u32,
        /// Where it is.
        at: At,
        /// Its name.
        name: NameDoc,
        /// Its level, 1 (highest) to 3.
        level: u8,
        /// When it is manned: the hours of the local week as 42 hexadecimal digits, Monday 00:00 the highest bit; none is always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        hours: Option<Hours>,
        /// Open, reinforced or closed.
        #[schema(value_type = String)]
        state: PostState,
        /// Until when that is ordered.
        until: Option<Time>,
        /// Who approved it.
        #[schema(value_type = Option<String>)]
        approver: Option<StaffNo>,
    }
    /// An area.
    AreaDoc {
        /// Its number; 0 is the whole city.
        area: u32,
        /// The area it lies in.
        parent: Option<u32>,
        /// City, district, station area or grid cell.
        #[schema(value_type = String)]
        level: AreaLevel,
        /// Its grade of place.
        #[schema(value_type = Option<String>)]
        grade: Option<Code>,
        /// The thresholds of reach that hold in it.
        reach_ms: Option<[u32; 3]>,
        /// Its name.
        name: NameDoc,
        /// The duty level that holds in it.
        #[schema(value_type = String)]
        duty_level: DutyLevel,
    }
    /// A tour of duty, planned or under way.
    ShiftDoc {
        /// Its number.
        shift: u32,
        /// The unit.
        unit: u32,
        /// Who crews it.
        members: Vec<MemberDoc>,
        /// When it is to start.
        starts: Time,
        /// When it is to end.
        ends: Time,
        /// When it began; none is not yet.
        began: Option<Time>,
    }
    /// A clock that runs.
    ClockDoc {
        /// Which.
        clock: ClockName,
        /// When it next falls due.
        due: Time,
        /// How often somebody was told since it was last answered; 0 is that it has not rung.
        told: u8,
    }
    /// An officer's call for help that is not closed.
    SosDoc {
        /// Its number.
        sos: u32,
        /// The unit whose device called.
        unit: u32,
        /// What it was sent to.
        incident: Option<u32>,
        /// When it first called.
        raised: Time,
        /// When it last called.
        last: Time,
        /// How often it called.
        calls: u32,
        /// Where the device last said it was.
        at: Option<At>,
    }
    /// What is no longer as it was: what a picture has to take over to be as it is by record `seq`.
    ChangeDoc {
        /// The record it is after.
        seq: u64,
        /// The instant it is.
        now: Time,
        /// Incidents that are new or not as they were.
        incidents: Vec<IncidentDoc>,
        /// Units, without their fixes.
        units: Vec<UnitDoc>,
        /// Posts.
        posts: Vec<PostDoc>,
        /// Areas.
        areas: Vec<AreaDoc>,
        /// Checkpoints at work.
        checkpoints: Vec<CheckpointDoc>,
        /// Rings.
        rings: Vec<RingDoc>,
        /// Containments.
        containments: Vec<ContainmentDoc>,
        /// Tours.
        shifts: Vec<ShiftDoc>,
        /// All clocks that run.
        clocks: Vec<ClockDoc>,
        /// All calls for help that are not closed.
        sos: Vec<SosDoc>,
        /// What has left the board.
        gone: GoneDoc,
        /// Whether the catalogue was replaced.
        catalogue: bool,
        /// Plans that are new or have come further.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        plans: Vec<PlanDoc>,
        /// What happened, record by record.
        records: Vec<Recorded>,
    }
    /// The whole picture.
    BoardDoc {
        /// The record it is after.
        seq: u64,
        /// The instant it is.
        now: Time,
        /// Incidents: open, merged, and closed not long ago.
        incidents: Vec<IncidentDoc>,
        /// Units.
        units: Vec<UnitDoc>,
        /// Posts.
        posts: Vec<PostDoc>,
        /// Areas.
        areas: Vec<AreaDoc>,
        /// Checkpoints of which somebody has said how they work.
        checkpoints: Vec<CheckpointDoc>,
        /// Rings.
        rings: Vec<RingDoc>,
        /// Containments that go on.
        containments: Vec<ContainmentDoc>,
        /// Tours planned and under way.
        shifts: Vec<ShiftDoc>,
        /// Clocks that run.
        clocks: Vec<ClockDoc>,
        /// Calls for help.
        sos: Vec<SosDoc>,
    }
}
