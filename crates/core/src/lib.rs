//! What a control room does, as a pure machine: [`decide()`] says what a command leads to, [`apply()`] changes the state by it.
//!
//! The core reads no clock, draws no lots, touches no file and uses no floats. Time passes by command: [`State::deadline`] says when
//! the core is next to be called, and its driver calls back with [`Order::TimePasses`]. The same commands give the same events, and
//! the same events the same state, on every machine.
//!
//! Every module is a thing a control room knows, with the same files in each: what it is (`mod`), what may be done to it (`decide`,
//! or a name for the deed), what becomes of it (`apply`), and why something may not be done (`rejection`).
#![deny(clippy::float_arithmetic)]

mod apply;
mod approval;
mod audit;
mod code;
mod command;
mod decide;
mod drawn;
mod ids;
mod lookup;
mod moment;
mod order;
mod paper;
mod reject;
mod sealed;
mod state;
mod thing;

pub mod areas;
pub mod assignments;
pub mod catalogue;
pub mod checkpoints;
pub mod clocks;
pub mod containments;
pub mod duty;
pub mod event;
pub mod incidents;
pub mod oversight;
pub mod plans;
pub mod posts;
pub mod rings;
pub mod shadow;
pub mod shifts;
pub mod units;

pub use apply::apply;
pub use approval::{Approval, ApprovalRejection};
pub use areas::{Area, AreaRejection};
pub use assignments::{
    Advice, Assignment, AssignmentRejection, Candidate, Destination, Outcome, Stage,
};
pub use audit::{Rule, Unsound, audit};
pub use catalogue::{
    Catalogue, CatalogueFault, CatalogueRejection, ClockTimes, ClocksOf, Grade, IncidentType, List,
    Named, Need, NotInCatalogue, Priority, Rules, Title,
};
pub use checkpoints::{Checkpoint, CheckpointRejection, Count, Find, Tally};
pub use clocks::{Alarm, Clock, ClockRejection, Sos, Timer, Timers};
pub use code::{CODE_BYTES, Code, NotACode};
pub use command::{By, Command, Purpose, Role, SYSTEM, StaffNo, Why};
pub use containments::{Containment, ContainmentRejection, Posted, SealPlan, SealPoint, SealProof};
pub use decide::decide;
pub use drawn::{ContactId, FileHash, MediaId, NotDrawn};
pub use duty::{DutyLevel, LevelOrder};
pub use event::{Event, Fact, Subject};
pub use ids::{CommandId, ContainmentId, CountId, IncidentId, PlanId, RingId, ShiftId, SosId};
pub use incidents::{
    Contact, ContactEnd, Ending, Grading, Incident, IncidentRejection, KeptContact, Media,
    MediaKind, Note, Place, Source, Status,
};
pub use moment::Moment;
pub use order::{
    CheckpointOrder, ContainmentOrder, Intake, Loan, Order, PlanOrder, PlannedPost, Proposal,
    RingOrder, Step,
};
pub use oversight::{
    AccountChange, Glass, Grant, NotAVersion, OversightRejection, PolicyVersion, Sensitive,
};
pub use paper::{Earliest, LONGEST_BACK, PaperRejection};
pub use plans::{
    Day, NotADay, Plan, PlanApproval, PlanEnd, PlanEnding, PlanKind, PlanPublication,
    PlanRejection, PlanStatus, Simulation,
};
pub use posts::{Hours, Post, PostOrder, PostRejection, PostState};
pub use reject::{Earlier, Missing, Nameless, Rejection, TooLong, TooMany};
pub use rings::{Crossing, Ring, RingPlan, RingRejection, Travels};
pub use sealed::Sealed;
pub use shadow::{Beside, Shadow, ShadowRejection};
pub use shifts::{Shift, ShiftRejection, Tours};
pub use state::State;
pub use thing::Thing;
pub use units::{Capability, Doing, Duty, Member, Tour, Unit, UnitRejection, Vehicle};
