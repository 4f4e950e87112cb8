//! What is so: folded from events and nothing else.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Instant, Millis, PostId, Timestamp, UnitId};
use serde::{Deserialize, Serialize};

use crate::areas::Area;
use crate::assignments::Assignment;
use crate::checkpoints::Checkpoint;
use crate::clocks::{Sos, Timers};
use crate::containments::Containment;
use crate::incidents::{Incident, Status, family};
use crate::oversight::{Glass, PolicyVersion};
use crate::plans::Plan;
use crate::posts::Post;
use crate::rings::Ring;
use crate::shadow::Shadow;
use crate::shifts::{Shift, Tours};
use crate::units::{Duty, Tour, Unit};
use crate::{
    Catalogue, ContainmentId, CountId, DutyLevel, IncidentId, Moment, PlanId, RingId, ShiftId,
    SosId, StaffNo,
};

/// The state of a city. Two states that were folded from the same events are equal, on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub(crate) now: Moment,
    pub(crate) catalogue: Box<Catalogue>,
    pub(crate) areas: BTreeMap<AreaId, Area>,
    pub(crate) posts: BTreeMap<PostId, Post>,
    pub(crate) plans: BTreeMap<PlanId, Plan>,
    pub(crate) next_plan: PlanId,
    pub(crate) checkpoints: BTreeMap<PostId, Checkpoint>,
    pub(crate) next_count: CountId,
    pub(crate) rings: BTreeMap<RingId, Ring>,
    pub(crate) next_ring: RingId,
    pub(crate) units: BTreeMap<UnitId, Unit>,
    pub(crate) shifts: BTreeMap<ShiftId, Shift>,
    pub(crate) next_shift: ShiftId,
    pub(crate) tours: BTreeMap<StaffNo, Tours>,
    pub(crate) incidents: BTreeMap<IncidentId, Incident>,
    pub(crate) next_incident: IncidentId,
    pub(crate) containments: BTreeMap<ContainmentId, Containment>,
    pub(crate) next_containment: ContainmentId,
    pub(crate) sos: BTreeMap<SosId, Sos>,
    pub(crate) next_sos: SosId,
    pub(crate) policy: Option<PolicyVersion>,
    pub(crate) shadow: Option<Shadow>,
    pub(crate) glass: BTreeMap<StaffNo, Glass>,
    pub(crate) timers: Timers,
}

impl Default for State {
    /// Nothing has happened; the catalogue is the standard one.
    fn default() -> Self {
        Self {
            now: Moment::default(),
            catalogue: Box::new(Catalogue::standard()),
            areas: BTreeMap::new(),
            posts: BTreeMap::new(),
            plans: BTreeMap::new(),
            next_plan: PlanId(1),
            checkpoints: BTreeMap::new(),
            next_count: CountId(1),
            rings: BTreeMap::new(),
            next_ring: RingId(1),
            units: BTreeMap::new(),
            shifts: BTreeMap::new(),
            next_shift: ShiftId(1),
            tours: BTreeMap::new(),
            incidents: BTreeMap::new(),
            next_incident: IncidentId(1),
            containments: BTreeMap::new(),
            next_containment: ContainmentId(1),
            sos: BTreeMap::new(),
            next_sos: SosId(1),
            policy: None,
            shadow: None,
            glass: BTreeMap::new(),
            timers: Timers::default(),
        }
    }
}

impl State {
    /// When the last event happened.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// The catalogue.
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Areas.
    pub const fn areas(&self) -> &BTreeMap<AreaId, Area> {
        &self.areas
    }

    /// Posts.
    pub const fn posts(&self) -> &BTreeMap<PostId, Post> {
        &self.posts
    }

    /// Plans of posts and patrols, all that were ever proposed.
    pub const fn plans(&self) -> &BTreeMap<PlanId, Plan> {
        &self.plans
    }

    /// The number the next plan will have.
    pub const fn next_plan(&self) -> PlanId {
        self.next_plan
    }

    /// Checkpoints of which somebody has said how they work, or what was counted there.
    pub const fn checkpoints(&self) -> &BTreeMap<PostId, Checkpoint> {
        &self.checkpoints
    }

    /// Rings.
    pub const fn rings(&self) -> &BTreeMap<RingId, Ring> {
        &self.rings
    }

    /// Units.
    pub const fn units(&self) -> &BTreeMap<UnitId, Unit> {
        &self.units
    }

    /// Tours of duty planned and under way.
    pub const fn shifts(&self) -> &BTreeMap<ShiftId, Shift> {
        &self.shifts
    }

    /// A number that no tour has had yet.
    pub const fn next_shift(&self) -> ShiftId {
        self.next_shift
    }

    /// Members who are on duty, with their tour.
    pub fn on_duty(&self) -> impl Iterator<Item = (StaffNo, ShiftId)> {
        self.tours.iter().filter_map(|(&staff, tours)| Some((staff, tours.on?)))
    }

    /// When the tour that a unit is on began; none is off duty, or lent.
    pub fn began(&self, unit: UnitId) -> Option<Timestamp> {
        let Duty::On { tour: Tour::Shift(shift), .. } = self.units.get(&unit)?.duty else {
            return None;
        };
        self.shifts.get(&shift)?.began.map(|began| began.wall)
    }

    /// The tour a member is on, if any.
    pub fn tour_of(&self, staff: StaffNo) -> Option<ShiftId> {
        self.tours.get(&staff)?.on
    }

    /// The unit of the tour that a member is on, else of the first that is planned.
    pub fn unit_of(&self, staff: StaffNo) -> Option<UnitId> {
        let tours = self.tours.get(&staff)?;
        let shift = tours.on.or_else(|| tours.planned.first().copied())?;
        self.shifts.get(&shift).map(|shift| shift.unit)
    }

    /// Incidents that are open, merged, or closed not long ago.
    pub const fn incidents(&self) -> &BTreeMap<IncidentId, Incident> {
        &self.incidents
    }

    /// The number the next incident will have.
    pub const fn next_incident(&self) -> IncidentId {
        self.next_incident
    }

    /// Orders to hold points round incidents that go on.
    pub const fn containments(&self) -> &BTreeMap<ContainmentId, Containment> {
        &self.containments
    }

    /// Officers' calls for help that are not closed.
    pub const fn sos(&self) -> &BTreeMap<SosId, Sos> {
        &self.sos
    }

    /// The policies that hold; none are those the program brings.
    pub const fn policy(&self) -> Option<PolicyVersion> {
        self.policy
    }

    /// The policy of sending units that is watched beside those who send them.
    pub const fn shadow(&self) -> Option<&Shadow> {
        self.shadow.as_ref()
    }

    /// Who acts beyond the policies, and until when.
    pub const fn glass(&self) -> &BTreeMap<StaffNo, Glass> {
        &self.glass
    }

    /// What falls due.
    pub const fn timers(&self) -> &Timers {
        &self.timers
    }

    /// When the core is next to be called, by [`crate::Order::TimePasses`].
    pub fn deadline(&self) -> Option<Instant> {
        self.timers.next()
    }

    /// The task a unit is on.
    pub fn assignment(&self, unit: UnitId) -> Option<(IncidentId, &Assignment)> {
        let id = self.units.get(&unit)?.task()?;
        let incident = self.incidents.get(&id)?;
        let active = |a: &&Assignment| a.unit == unit && a.is_active();
        incident.assignments.iter().rev().find(active).map(|a| (id, a))
    }

    /// The incident under which this one goes on: itself, unless it was merged.
    pub fn root(&self, incident: IncidentId) -> IncidentId {
        let mut root = incident;
        while let Some(Status::Merged { into, .. }) = self.incidents.get(&root).map(|i| i.status) {
            root = into;
        }
        root
    }

    /// An incident and all that were merged into it, and into those.
    pub fn family(&self, incident: IncidentId) -> impl Iterator<Item = (IncidentId, &Incident)> {
        let first = self.incidents.get(&incident).map(|first| (incident, first));
        first.into_iter().flat_map(|first| family(&self.incidents, first))
    }

    /// The thresholds of reach that hold in an area: its own, those of its grade, or those of the area it lies in.
    pub fn reach(&self, area: AreaId) -> Option<[Millis; 3]> {
        self.up(area).find_map(|(_, area)| {
            let of_grade = || Some(self.catalogue.grade(area.grade?)?.reach);
            area.reach.or_else(of_grade)
        })
    }

    /// The duty level that holds in an area: the highest of its own and those of the areas it lies in; L3 where none is ordered.
    pub fn duty_level(&self, area: AreaId) -> DutyLevel {
        let ordered = self.up(area).filter_map(|(_, area)| Some(area.duty?.level));
        ordered.min().unwrap_or(DutyLevel::L3)
    }

    /// An area and all it lies in, the smallest first.
    pub fn up(&self, area: AreaId) -> impl Iterator<Item = (AreaId, &Area)> {
        let mut next = Some(area);
        std::iter::from_fn(move || {
            let id = next?;
            let area = self.areas.get(&id)?;
            next = area.parent;
            Some((id, area))
        })
    }
}
