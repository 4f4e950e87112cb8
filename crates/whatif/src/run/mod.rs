//! One run: the core with a clock of its own, the roads, and crews that do what they are told.
//!
//! The driver decides nothing that the core or the advice decides in a control room. It gives orders to [`precinct_core::decide()`],
//! applies what comes of them, asks [`precinct_advice::recommend()`] whom to send, and keeps the agenda of what crews do next.

mod agenda;
mod crew;
mod desk;
mod duty;
mod report;
mod task;
mod tours;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use precinct_advice::{Field, FieldError, Places};
use precinct_base::{HourOfWeek, Instant, Millis, Timestamp, UnitId};
use precinct_core::{
    By, Code, Command, CommandId, Event, IncidentId, Moment, Order, Priority, Rejection, State,
    apply, decide,
};
use precinct_roads::Scratch;

use self::agenda::{Agenda, Deed};
use self::crew::CrewNow;
use self::duty::Words;
use self::tours::Tour;
use crate::chance::Chance;
use crate::shadow::Shadowed;
use crate::{Behaviour, Piece, Plan, Policy, Town};

pub(crate) use self::crew::Usage;
pub use self::report::Answered;
pub(crate) use self::report::Report;

/// Why a run cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The core refuses an order: the town, the plan or a call contradicts itself.
    #[error("{what} is refused: {why}")]
    Refused {
        /// What was ordered.
        what: &'static str,
        /// Why not.
        why: Rejection,
    },
    /// A place is not on the roads.
    #[error(transparent)]
    Field(#[from] FieldError),
}

/// What is asked of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) town: &'a Town,
    pub(crate) behaviour: &'a Behaviour,
    pub(crate) piece: &'a Piece,
    pub(crate) plan: &'a Plan,
    pub(crate) policy: Policy,
    pub(crate) shadow: Option<Policy>,
    pub(crate) places: &'a Arc<Places>,
    pub(crate) chance: Chance,
    /// How often what is covered is looked at.
    pub(crate) look: Option<Millis>,
    /// How long after the end calls that count are followed up.
    pub(crate) tail: Millis,
}

/// What is kept of an incident while it goes on.
#[derive(Clone, Debug)]
struct Matter {
    /// Its place among the calls.
    call: u32,
    kind: Code,
    priority: Priority,
    opened: u64,
    /// How many were sent, all told, and how many are on it.
    sent: u32,
    active: u32,
    served: bool,
}

/// Whoever wants to see every event.
pub(crate) type Witness<'a> = &'a mut dyn FnMut(&Event);

/// A run under way.
pub(crate) struct Run<'a, 'w> {
    asked: Asked<'a>,
    state: State,
    field: Field,
    scratch: Scratch,
    witness: Option<Witness<'w>>,
    words: Words,
    /// The calendar at tick 0.
    begin: Timestamp,
    now: u64,
    counts: Range<u64>,
    agenda: Agenda,
    crews: Vec<CrewNow>,
    tours: Vec<Tour>,
    /// Incidents by number, from 1.
    matters: Vec<Matter>,
    /// Incidents that wait for units, the most urgent first.
    queue: BTreeSet<(Priority, u64, u32)>,
    /// Crews on the move that may be sent.
    moving: BTreeSet<u32>,
    free: usize,
    /// Calls that count and are not over.
    open: usize,
    report: Report,
    shadowed: Shadowed,
}

/// Makes a run; every event is shown to `witness`.
pub(crate) fn run(asked: Asked<'_>, witness: Option<Witness<'_>>) -> Result<Report, RunError> {
    let mut run = Run::new(asked, witness)?;
    while let Some((at, deed)) = run.agenda.next() {
        run.now = at;
        if at >= run.counts.end && run.open == 0 || at > run.counts.end + u64::from(asked.tail.0) {
            break;
        }
        run.time_passes()?;
        run.act(deed)?;
    }
    Ok(run.reported())
}

impl<'a, 'w> Run<'a, 'w> {
    fn new(asked: Asked<'a>, witness: Option<Witness<'w>>) -> Result<Self, RunError> {
        let piece = asked.piece;
        let begin = piece.calls.first().map_or(piece.from, |call| call.received.min(piece.from));
        let tick = |at: Timestamp| at.0.saturating_sub(begin.0).max(0) as u64;
        let calls = &piece.calls;
        let mut run = Self {
            asked,
            state: State::default(),
            field: Field::following(Arc::clone(asked.places)),
            scratch: Scratch::default(),
            witness,
            words: Words::of(&asked.town.catalogue),
            begin,
            now: 0,
            counts: tick(piece.from)..tick(piece.to),
            agenda: Agenda::default(),
            crews: Vec::new(),
            tours: Vec::new(),
            matters: Vec::new(),
            queue: BTreeSet::new(),
            moving: BTreeSet::new(),
            free: 0,
            open: calls.iter().filter(|call| piece.counts(call)).count(),
            report: Report::new(calls.len()),
            shadowed: Shadowed::default(),
        };
        run.describe()?;
        run.come_on_duty();
        run.agenda.calls(calls.iter().map(|call| tick(call.received)));
        if asked.look.is_some() && !asked.town.demand.is_empty() {
            run.agenda.add(run.counts.start, Deed::Look);
        }
        Ok(run)
    }

    fn moment(&self) -> Moment {
        let wall = Timestamp(self.begin.0.saturating_add_unsigned(self.now));
        Moment { tick: Instant(self.now), wall }
    }

    fn hour(&self) -> HourOfWeek {
        self.asked.piece.hour(self.moment().wall)
    }

    /// Gives an order to the core; what came of it.
    fn give(&mut self, what: &'static str, order: Order) -> Result<Vec<Event>, RunError> {
        let command = Command { id: CommandId([0; 16]), by: By::SYSTEM, at: self.moment(), order };
        let events =
            decide(&self.state, &command).map_err(|why| RunError::Refused { what, why })?;
        for event in &events {
            apply(&mut self.state, event);
            if let Some(witness) = &mut self.witness {
                witness(event);
            }
        }
        Ok(events)
    }

    /// What is due by now falls due: incidents that are over leave the board.
    fn time_passes(&mut self) -> Result<(), RunError> {
        while self.state.deadline().is_some_and(|due| due.0 <= self.now) {
            self.give("the passing of time", Order::TimePasses)?;
        }
        Ok(())
    }

    fn act(&mut self, deed: Deed) -> Result<(), RunError> {
        match deed {
            Deed::Call(call) => self.call(call),
            Deed::Ready(incident) => self.ready(incident),
            Deed::Kept => self.desk(),
            Deed::CalledOff(incident) => self.called_off(incident),
            Deed::Crew(crew, generation, step) => self.crew_acts(crew, generation, step),
            Deed::Begin(tour) => self.begin(tour),
            Deed::End(tour) => self.end(tour),
            Deed::Rest(tour) => self.rest(tour),
            Deed::Look => self.look(),
        }
    }

    fn matter(&self, incident: u32) -> &Matter {
        &self.matters[incident as usize - 1]
    }

    fn matter_mut(&mut self, incident: u32) -> &mut Matter {
        &mut self.matters[incident as usize - 1]
    }

    fn crew_of(&self, unit: UnitId) -> Option<u32> {
        self.crews.binary_search_by_key(&unit, |crew| crew.unit).ok().map(|at| at as u32)
    }

    fn after(&mut self, ms: Millis, deed: Deed) {
        self.agenda.add(self.now + u64::from(ms.0), deed);
    }

    /// What is covered now.
    fn look(&mut self) -> Result<(), RunError> {
        let field = self.whole_field()?;
        self.report.cover.push((self.moment().wall, field.covered()));
        if let Some(look) = self.asked.look {
            let next = self.now + u64::from(look.0.max(1));
            if next < self.counts.end {
                self.agenda.add(next, Deed::Look);
            }
        }
        Ok(())
    }

    fn reported(mut self) -> Report {
        let (now, counts) = (self.now.max(self.counts.end), self.counts.clone());
        let networks = self.asked.places.networks();
        for crew in &mut self.crews {
            crew.turn_to(crew.doing, now, &counts);
            crew.stop(networks, now, &counts);
        }
        self.report.usage = self.crews.iter().map(|crew| crew.usage).collect();
        self.report.shadow = self.shadowed;
        self.report
    }
}

/// The number of an incident as the core has it.
const fn id(incident: u32) -> IncidentId {
    IncidentId(incident)
}
