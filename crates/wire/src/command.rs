//! What is asked of the board: the bodies of commands, and the orders they are.

use precinct_base::{AreaId, Millis, PostId, SiteId, UnitId};
use precinct_core::{
    Approval, Clock, Code, Destination, DutyLevel, IncidentId, Intake, Loan, Place, PostState,
    Priority, Purpose, Role, SosId, Source, StaffNo, Vehicle,
};
use serde::{Deserialize, Serialize};

use crate::{At, ClockName, ContactBody, Time};

/// Bodies with one field or two.
macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }
    )+};
}

bodies! {
    /// Why, a code of the catalogue.
    ReasonBody {
        /// The reason.
        #[schema(value_type = String, example = "other")]
        reason: Code,
    }
    /// When it happened.
    WhenBody {
        /// When it happened, if it was on paper and is entered now; none is now.
        happened_at: Option<Time>,
    }
    /// Why it ended, a code of the catalogue.
    EndedBody {
        /// The reason.
        #[schema(value_type = String, example = "other")]
        reason: Code,
        /// When it happened, if it was on paper and is entered now; none is now.
        happened_at: Option<Time>,
    }
    /// How it ended.
    ResolveBody {
        /// The disposition, a code of the catalogue.
        #[schema(value_type = String, example = "dealt_with")]
        disposition: Code,
        /// When it happened, if it was on paper and is entered now; none is now.
        happened_at: Option<Time>,
    }
    /// Something to write down.
    NoteBody {
        /// What. It is kept sealed under the incident's own key.
        text: String,
        /// When it happened, if it was on paper and is entered now; none is now.
        happened_at: Option<Time>,
    }
    /// A new grade.
    RegradeBody {
        /// The type, a code of the catalogue.
        #[schema(value_type = String)]
        kind: Code,
        /// The urgency, 1 to 5.
        #[schema(value_type = u8)]
        priority: Priority,
        /// Why, a code of the catalogue.
        #[schema(value_type = String)]
        reason: Code,
    }
    /// A corrected place.
    MoveBody {
        /// Where.
        at: At,
        /// The area; none is found from the place.
        area: Option<u32>,
        /// What was said of the address. It is kept sealed.
        address: Option<String>,
    }
    /// Which incident this one goes on under.
    MergeBody {
        /// The other.
        into: u32,
    }
    /// Which incident this one has to do with, or is not the same as.
    LinkBody {
        /// The other.
        other: u32,
    }
    /// A hazard of the place.
    HazardBody {
        /// Which, a code of the catalogue.
        #[schema(value_type = String)]
        hazard: Code,
    }
    /// A unit to send.
    DispatchBody {
        /// Which.
        unit: u32,
        /// The recommendation that was looked at, if one was: what it compared is recorded.
        recommendation: Option<String>,
        /// When it happened, if it was on paper and is entered now; none is now.
        happened_at: Option<Time>,
    }
    /// When something was, if it is told later than it was.
    AnyTime {
        /// When; none is now.
        at: Option<Time>,
        /// In place of `at`: when it happened, if it was on paper and is entered now.
        happened_at: Option<Time>,
    }
    /// Where somebody or something is taken: one of the two.
    TransportBody {
        /// To a post.
        post: Option<u32>,
        /// To a site, such as a hospital.
        site: Option<u32>,
        /// When it happened, if it was on paper and is entered now; none is now.
        happened_at: Option<Time>,
    }
    /// An officer calls for help.
    SosBody {
        /// Where the device says it is.
        at: Option<At>,
    }
    /// How a call for help ended.
    CloseSosBody {
        /// The outcome, a disposition of the catalogue.
        #[schema(value_type = String)]
        outcome: Code,
    }
    /// A clock was looked at.
    AnswerClockBody {
        /// Which.
        clock: ClockName,
        /// After what time to ask again.
        hold_ms: u32,
    }
    /// Who approves, and for how long it holds.
    ApprovalBody {
        /// Who, by staff number.
        #[schema(value_type = String)]
        approver: StaffNo,
        /// In which role.
        #[schema(value_type = String)]
        role: Role,
        /// For how long.
        lasts_ms: u32,
    }
    /// What a post is to be.
    ChangePostBody {
        /// Open, reinforced or closed.
        #[schema(value_type = String)]
        to: PostState,
        /// Why, a code of the catalogue.
        #[schema(value_type = String)]
        reason: Code,
        /// Who approves it; to open needs none.
        approval: Option<ApprovalBody>,
    }
    /// A duty level.
    SetDutyLevelBody {
        /// L1 is the highest.
        #[schema(value_type = String)]
        level: DutyLevel,
        /// Why, a code of the catalogue.
        #[schema(value_type = String)]
        reason: Code,
        /// Who approves it.
        approval: ApprovalBody,
    }
    /// A unit of another force or city that is lent.
    LoanBody {
        /// What it is called on the air.
        call_sign: String,
        /// The force that lends it.
        #[schema(value_type = String)]
        force: Code,
        /// What it can do.
        #[schema(value_type = Vec<String>)]
        capabilities: Vec<Code>,
        /// How it moves.
        #[schema(value_type = String)]
        vehicle: Vehicle,
        /// The area it is to work in.
        area: u32,
        /// Who approves it.
        approval: ApprovalBody,
    }
    /// For what something sensitive is looked at.
    PurposeBody {
        /// The purpose: it is recorded before anything is shown.
        #[schema(value_type = String, example = "response")]
        purpose: Purpose,
    }
    /// What is taken in.
    IntakeBody {
        /// Through which door it came: call, alarm, report, patrol, partner.
        #[schema(value_type = String, example = "call")]
        source: Source,
        /// When it was reported, if that is known.
        reported: Option<Time>,
        /// Its type, a code of the catalogue.
        #[schema(value_type = String, example = "disturbance")]
        kind: Code,
        /// How urgent it is, 1 to 5; none is as its type.
        #[schema(value_type = Option<u8>)]
        priority: Option<Priority>,
        /// Where.
        at: At,
        /// The area; none is found from the place.
        area: Option<u32>,
        /// What was said of the address. It is kept sealed under the incident's own key.
        address: Option<String>,
        /// Hazards known of the place, codes of the catalogue.
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        hazards: Vec<Code>,
        /// What was said. It is kept sealed.
        text: Option<String>,
        /// When it was taken in, if that was on paper and is entered now; none is now.
        happened_at: Option<Time>,
        /// How to reach who reported it. It is kept apart under a key of its own, and never enters the record.
        #[serde(default)]
        contact: Option<ContactBody>,
    }
}

/// A body that says nothing more: `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl From<ApprovalBody> for Approval {
    fn from(body: ApprovalBody) -> Self {
        Self { approver: body.approver, role: body.role, lasts: Millis(body.lasts_ms) }
    }
}

impl LoanBody {
    /// The loan of it as unit `unit`.
    pub fn loan(self, unit: UnitId) -> Loan {
        Loan {
            unit,
            call_sign: self.call_sign,
            force: self.force,
            capabilities: self.capabilities,
            vehicle: self.vehicle,
            area: AreaId(self.area),
            approval: self.approval.into(),
        }
    }
}

impl TransportBody {
    /// Where to, if exactly one place is named.
    pub fn destination(&self) -> Option<Destination> {
        match (self.post, self.site) {
            (Some(post), None) => Some(Destination::Post(PostId(post))),
            (None, Some(site)) => Some(Destination::Site(SiteId(site))),
            _ => None,
        }
    }
}

impl IntakeBody {
    /// The intake at `place`, and what was written: the text and the address, which are not in it until they are sealed.
    pub fn intake(self, place: Place) -> (Intake, Option<String>, Option<String>) {
        let intake = Intake {
            source: self.source,
            reported: self.reported.map(|at| at.0),
            kind: self.kind,
            priority: self.priority,
            place,
            hazards: self.hazards,
            text: None,
            contact: None,
        };
        (intake, self.text, self.address)
    }
}

impl From<ClockName> for Clock {
    fn from(name: ClockName) -> Self {
        match name {
            ClockName::Unanswered(incident) => Self::Unanswered(IncidentId(incident)),
            ClockName::Unacknowledged(unit) => Self::Unacknowledged(UnitId(unit)),
            ClockName::Overdue(unit) => Self::Overdue(UnitId(unit)),
            ClockName::Welfare(unit) => Self::Welfare(UnitId(unit)),
            ClockName::Sos(sos) => Self::Sos(SosId(sos)),
        }
    }
}
