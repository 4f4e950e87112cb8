//! What crosses the edge: JSON documents and binary frames, and how they become what the core knows.
//!
//! Types of the core are never written to the wire: a document says what a client needs and stays as it is when the core changes. The one
//! exception is what happened ([`Recorded`]): a client gets records in the form the journal keeps, which has versions of its own, with
//! everything that is sealed taken out.
//!
//! Everywhere: times are RFC 3339 in UTC with milliseconds, durations are whole milliseconds in fields that end in `_ms`, places are
//! `[longitude, latitude]` in degrees, ids are whole numbers in fields named after what they number.

mod advice;
mod answer;
mod board;
mod checkpoint;
mod command;
mod contact;
mod cover;
mod describe;
mod docs;
mod eido;
mod frame;
mod gone;
mod looking;
mod media;
mod ogc;
mod osmand;
mod owntracks;
mod page;
mod patrol;
mod picture;
mod place;
mod plan;
mod presence;
mod problem;
mod reach;
mod record;
mod review;
mod ring;
mod run;
mod said;
mod seal;
mod shadow;
mod shown;
mod siting;
mod statistics;
mod time;
mod trial;
mod way;
mod window;
mod written;

pub use advice::{
    AskAdvice, AskJoint, CandidateDoc, JointDoc, JointPlanDoc, JointTotalDoc, JointUnitDoc,
    MoveUpDoc, NeedDoc, OutDoc, ReasonDoc, RecommendationDoc,
};
pub use answer::Answer;
pub use board::{
    AreaDoc, AssignmentDoc, BoardDoc, ChangeDoc, ClockDoc, ClockName, FixDoc, GradingDoc,
    IncidentDoc, NoteDoc, PostDoc, ShiftDoc, SosDoc, TimeDoc, UnitDoc, UnitStatus,
};
pub use checkpoint::{
    CheckpointDoc, CountBody, CountDoc, FindDoc, LaneHourDoc, LanesBody, LanesPlanDoc,
};
pub use command::{
    AnswerClockBody, AnyTime, ApprovalBody, ChangePostBody, CloseSosBody, DispatchBody, EndedBody,
    HazardBody, IntakeBody, LinkBody, LoanBody, MergeBody, MoveBody, NoteBody, Nothing,
    PurposeBody, ReasonBody, RegradeBody, ResolveBody, SetDutyLevelBody, SosBody, TransportBody,
    WhenBody,
};
pub use contact::{ContactBody, ContactDoc, ContactFault};
pub use cover::{
    AreaChangeDoc, AreaCoverDoc, CoverBody, CoverChangeDoc, CoverDoc, CoverPlaceDoc, CoverPostBody,
    HourCoverDoc, PostCoverDoc,
};
pub use describe::{AreaBody, CatalogueBody, MemberDoc, NameDoc, PostBody, ShiftBody, UnitBody};
pub use eido::{
    EidoAgencyDoc, EidoDispatchDoc, EidoDispositionDoc, EidoDoc, EidoIncidentDoc, EidoLinkDoc,
    EidoLocationDoc, EidoMergeDoc, EidoPrologueDoc, EidoReferenceDoc, EidoResourceDoc, eido,
};
pub use frame::{FrameError, FrameFix, MOST_IN_FRAME, RECORD_BYTES, frame, read_frame};
pub use gone::GoneDoc;
pub use looking::{LookedAtDoc, LookerDoc, LookingBody, LookingDoc, Looks};
pub use media::MediaDoc;
pub use ogc::{
    AreaProperties, Bbox, CollectionDoc, CollectionsDoc, ConformanceDoc, ExtentDoc, FeatureDoc,
    FeatureKind, FeaturesDoc, FeaturesKind, GeometryDoc, IncidentProperties, Interval, LandingDoc,
    LinkDoc, NotABox, NotAnInterval, PostProperties, PropertiesDoc, SiteProperties, SpatialDoc,
    TemporalDoc,
};
pub use osmand::{OsmAndError, Report, ReportFix, read_osmand_json, read_osmand_query};
pub use owntracks::{OwnTracksError, read_owntracks};
pub use page::{Page, PageWish};
pub use patrol::{BeatBody, ProposePatrolBody, TourBody};
pub use picture::{PictureFault, strip};
pub use place::At;
pub use plan::{
    PlanApprovalDoc, PlanComparedDoc, PlanDoc, PlanEndingDoc, PlanPublicationDoc, PlanTrialDoc,
    PlannedPostDoc,
};
pub use presence::{
    HotSpotDoc, HotSpotsDoc, HoursKnownDoc, PresenceDoc, PresenceFeatureDoc, PresenceHourDoc,
    PresenceStreetDoc, PresenceStreetsDoc,
};
pub use problem::{CODES, ChangedDoc, Coded, Param, Problem};
pub use reach::{PostWithinDoc, ReachBandDoc, ReachDoc, ReachFeatureDoc, UnitWithinDoc, WithinDoc};
pub use record::Recorded;
pub use review::{EndDoc, PastBoardDoc, SpanDoc, StandsOnDoc, TracksBody, TracksDoc, UnitTrackDoc};
pub use ring::{
    ActivateRingBody, AskCrossings, CrossingDoc, CrossingsDoc, GapDoc, ReadinessDoc, RingBody,
    RingDoc,
};
pub use run::{RunDoc, RunStatus};
pub use said::SaidDoc;
pub use seal::{
    AskSeal, ContainmentDoc, OrderSealBody, PostedDoc, ReplanBody, SealDoc, SealPointDoc, SeenBody,
    SpreadDoc,
};
pub use shadow::{ShadowBody, ShadowDiffersDoc, ShadowDoc, ShadowNowDoc, ShadowRowDoc};
pub use shown::{described, incident, unit};
pub use siting::{
    AimName, AreaClaimDoc, BandBody, BarredBody, CandidatesBody, ClaimsDoc, FloorBody, HoursBody,
    LeastName, PostTermsBody, ProposePlanBody, SiteCandidateDoc, SiteCandidatesDoc, SiteGradeDoc,
    SitedPostDoc, SitingBody, SitingDoc, SitingRunDoc, TermsBody,
};
pub use statistics::{
    DispatchesDoc, FreeUnitsDoc, HoursDoc, IncidentCountsDoc, KindHoursDoc, LapsDoc, ResponseDoc,
    SourceHoursDoc, StatisticsDoc, WorkloadDoc,
};
pub use time::{NotATime, Time};
pub use trial::{
    AreaResponsesDoc, ArmBody, ArmDoc, CallSourceDoc, ChangeBody, DayCallsDoc, DifferenceDoc,
    PartArmDoc, PartDoc, PlanTrialBody, PriorityResponsesDoc, ResponsesDoc, TraceCallDoc, TraceDoc,
    TraceLegDoc, TracePostDoc, TraceUnitDoc, TrialBody, TrialDoc, TrialRunDoc,
};
pub use way::{AskWay, LineDoc, TurnName, WayDoc, WayEndDoc, WayFrom, WayStreetDoc, WayTo};
pub use window::Window;
pub use written::{IncidentTextDoc, NoteTextDoc, PaperStepDoc};
