//! What can be asked of the core.

use precinct_base::{AreaId, LonLat, Millis, PostId, PostKind, Timestamp, UnitId};

use crate::event::{
    AccessRead, AccountChanged, AreaSet, MediaAdded, PostSet, ShiftPlanned, UnitSet,
};
use crate::{
    Advice, Approval, Catalogue, Clock, Code, ContainmentId, CountId, Day, Destination, DutyLevel,
    FileHash, Hours, IncidentId, KeptContact, Moment, Place, PlanId, PlanKind, PolicyVersion,
    PostState, Priority, RingId, RingPlan, SealPlan, Sealed, ShiftId, SosId, Source, StaffNo,
    Tally, Title, Vehicle,
};

/// An order. Fields are those of the record it leads to; see [`crate::event`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is that of the record in `event` with the same name")]
pub enum Order {
    /// Replace the catalogue.
    SetCatalogue(Box<Catalogue>),
    /// Describe an area.
    SetArea(AreaSet),
    /// Describe a post.
    SetPost(PostSet),
    /// Open, reinforce or close a post for a while. To open needs no approval and ends what was ordered.
    ChangePost { post: PostId, to: PostState, reason: Code, approval: Option<Approval> },
    /// Describe a ring, call it out, or stand it down.
    Ring(RingOrder),
    /// Say how a checkpoint works, or what was counted there.
    Checkpoint { post: PostId, order: CheckpointOrder },
    /// Hold points round an incident, or let everybody go.
    Containment(ContainmentOrder),
    /// Describe a unit.
    SetUnit(UnitSet),
    /// Plan a tour of duty; `waived` names who approves that a rule of rest is broken, if one is.
    PlanShift(ShiftPlanned),
    /// Do without a planned tour.
    CancelShift { shift: ShiftId, reason: Code },
    /// Go on duty.
    StartShift { shift: ShiftId },
    /// Go off duty.
    EndShift { shift: ShiftId },
    /// A unit cannot be sent for a while.
    TakeOut { unit: UnitId, reason: Code },
    /// It can be sent again.
    BringBack { unit: UnitId },
    /// A unit of another force or city is lent to this one.
    JoinAid(Loan),
    /// A lent unit goes back.
    LeaveAid { unit: UnitId },
    /// Order a duty level.
    SetDutyLevel { area: AreaId, level: DutyLevel, reason: Code, approval: Approval },
    /// Take in an incident.
    OpenIncident(Intake),
    /// Two incidents are not one.
    DismissDuplicate { incident: IncidentId, of: IncidentId },
    /// Two incidents are one.
    Merge { from: IncidentId, into: IncidentId },
    /// They were not, after all.
    Unmerge { from: IncidentId },
    /// Two incidents have to do with each other.
    Link { one: IncidentId, other: IncidentId },
    /// Write something down.
    AddNote { incident: IncidentId, text: Sealed },
    /// Change type and urgency.
    Regrade { incident: IncidentId, kind: Code, priority: Priority, reason: Code },
    /// Correct the place.
    Move { incident: IncidentId, place: Place },
    /// A hazard of the place became known.
    NoteHazard { incident: IncidentId, hazard: Code },
    /// A hazard of the place is gone.
    ClearHazard { incident: IncidentId, hazard: Code },
    /// There is nothing to answer.
    Cancel { incident: IncidentId, reason: Code },
    /// It was dealt with.
    Resolve { incident: IncidentId, disposition: Code },
    /// It was not.
    Reopen { incident: IncidentId, reason: Code },
    /// Record that a contact is kept beside the record; the driver has it on the disk before. Another takes its place.
    KeepContact { incident: IncidentId, kept: KeptContact },
    /// Record that a contact is erased; the driver destroys the key before.
    EraseContact { incident: IncidentId },
    /// Record that a picture was added; the driver has its sealed file on the disk before.
    AddMedia(MediaAdded),
    /// Record that an incident's text is erased; the driver destroys the key after.
    EraseText { incident: IncidentId },
    /// A step of a unit's task.
    Task { incident: IncidentId, unit: UnitId, step: Step },
    /// Somebody looked; ask again after `hold`.
    AnswerClock { clock: Clock, hold: Millis },
    /// An officer calls for help.
    RaiseSos { unit: UnitId, at: Option<LonLat> },
    /// A call for help is over.
    CloseSos { sos: SosId, outcome: Code },
    /// What was done on paper while everything was down: the order, and when it happened.
    OnPaper { order: Box<Self>, happened: Moment },
    /// Time has passed: what is due by now falls due.
    TimePasses,
    /// The calendar of the machine jumped.
    SetClock { before: Timestamp },
    /// Somebody is about to be shown something sensitive. The driver shows it once this is on the disk.
    RecordRead(AccessRead),
    /// Other policies hold from now on.
    SetPolicy { version: PolicyVersion },
    /// A policy is watched beside those who send units, for so long; its name is for the driver to know.
    WatchPolicy { policy: Code, lasts: Millis },
    /// No policy is watched any more.
    WatchNoPolicy,
    /// Whoever gives this acts beyond the policies for a while, at most [`crate::Glass::LONGEST`].
    BreakGlass { reason: Code, lasts: Millis },
    /// Somebody acts within the policies again.
    MendGlass { staff: StaffNo },
    /// An account or the key of a machine was changed, by the driver.
    RecordAccount(AccountChanged),
    /// Something to do with a plan.
    OfPlan(PlanOrder),
}

impl Order {
    /// What is done, and when it happened if it was on paper.
    pub fn done(&self) -> (&Self, Option<Moment>) {
        match self {
            Self::OnPaper { order, happened } => (order, Some(*happened)),
            now => (now, None),
        }
    }
}

/// A step of a unit's task. An instant is given where it was told later than it was; none is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send it, with what was recommended. A unit on another task is taken off that, if the rules let it.
    Dispatch(Option<Box<Advice>>),
    /// It came upon the incident and is there.
    OnView,
    /// It has its task.
    Acknowledge(Option<Moment>),
    /// It is on its way.
    EnRoute(Option<Moment>),
    /// It is there.
    OnScene(Option<Moment>),
    /// It takes somebody or something away.
    Transport(Destination),
    /// It is done.
    Clear,
    /// It cannot take it.
    Decline(Code),
    /// It need not.
    Recall(Code),
}

/// An order for a ring. Fields are those of the record it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is that of the record in `event` with the same name")]
pub enum RingOrder {
    /// A new ring.
    Define(RingPlan),
    /// It is otherwise.
    Change { ring: RingId, plan: RingPlan },
    /// It is a ring no more.
    Retire { ring: RingId, reason: Code },
    /// Call it out at a level.
    Activate { ring: RingId, level: DutyLevel, reason: Code, approval: Approval },
    /// End that.
    StandDown { ring: RingId, reason: Code },
}

/// What is said of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is that of the record in `event` with the same name")]
pub enum CheckpointOrder {
    /// How many lanes are open, and how many people work there.
    Man { lanes: u8, staff: u16 },
    /// What was counted, in the place of an earlier entry if one was wrong.
    Count { tally: Tally, corrects: Option<CountId> },
}

/// An order to hold points round an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is that of the record in `event` with the same name")]
pub enum ContainmentOrder {
    /// Send each unit to its point.
    Begin { incident: IncidentId, plan: Box<SealPlan>, reason: Code, approval: Approval },
    /// Hold these points from now on; with an approval it goes on under that.
    Replan { containment: ContainmentId, plan: Box<SealPlan>, approval: Option<Approval> },
    /// Let everybody go.
    StandDown { containment: ContainmentId, reason: Code },
}

/// What is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Through which door it came.
    pub source: Source,
    /// When it was reported, if that is known.
    pub reported: Option<Timestamp>,
    /// Its type in the catalogue.
    pub kind: Code,
    /// How urgent it is; none is as its type.
    pub priority: Option<Priority>,
    /// Where.
    pub place: Place,
    /// Hazards known of the place, codes of the catalogue.
    pub hazards: Vec<Code>,
    /// What was said, sealed.
    pub text: Option<Sealed>,
    /// How to reach who reported it, if that is kept beside the record.
    pub contact: Option<KeptContact>,
}

/// What can be done with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is that of the record in `event` with the same name")]
pub enum PlanOrder {
    /// Propose one; the driver has its document on the disk before, and has held its claims against it.
    Propose(Box<Proposal>),
    /// Record that it was tried on days that were; the driver has the result on the disk before.
    Simulate { plan: PlanId, result: FileHash, days: Vec<Day> },
    /// Approve it, as somebody else than who proposed it.
    Approve { plan: PlanId, reason: Code },
    /// Make it hold, in the place of the one before: the posts that it keeps, and those that it adds.
    Publish { plan: PlanId, keeps: Vec<PostId>, adds: Vec<PlannedPost> },
    /// Do without it.
    Withdraw { plan: PlanId, reason: Code },
}

impl PlanOrder {
    /// The plan it is about; none for a new one.
    pub const fn plan(&self) -> Option<PlanId> {
        match *self {
            Self::Propose(_) => None,
            Self::Simulate { plan, .. }
            | Self::Approve { plan, .. }
            | Self::Publish { plan, .. }
            | Self::Withdraw { plan, .. } => Some(plan),
        }
    }
}

impl From<PlanOrder> for Order {
    fn from(order: PlanOrder) -> Self {
        Self::OfPlan(order)
    }
}

/// A plan as it is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it plans.
    pub kind: PlanKind,
    /// The area it is for.
    pub area: AreaId,
    /// What it is called.
    pub title: Title,
    /// The plan it was made from.
    pub parent: Option<PlanId>,
    /// The hash of its document.
    pub document: FileHash,
    /// The hash of what it was made from.
    pub inputs: FileHash,
    /// What it aims at.
    pub aim: Code,
    /// What it claims to reach, in the units of its aim.
    pub objective: u64,
    /// What it claims that no plan can pass.
    pub bound: u64,
    /// How far the one is from the other at the most, in parts of a million.
    pub gap_ppm: u32,
    /// Whether separate code has recomputed what it claims, and found it so.
    pub audited: bool,
    /// The days whose calls it was made from.
    pub fitted: Vec<Day>,
}

/// A post that a plan adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPost {
    /// Standby point, street station, …
    pub kind: PostKind,
    /// The area it is in.
    pub area: AreaId,
    /// Where it is.
    pub at: LonLat,
    /// When it is manned.
    pub hours: Hours,
    /// Its level, 1 (highest) to 3.
    pub level: u8,
    /// Its name.
    pub title: Title,
}

/// A unit that another force or city lends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan {
    /// The number it has here.
    pub unit: UnitId,
    /// What it is called on the air.
    pub call_sign: String,
    /// The force that lends it.
    pub force: Code,
    /// What it can do.
    pub capabilities: Vec<Code>,
    /// How it moves.
    pub vehicle: Vehicle,
    /// The area it is to work in.
    pub area: AreaId,
    /// Who approved it, and for how long.
    pub approval: Approval,
}
