//! What will happen, and what is on its way: messages that come late, twice, out of order, and again until they are answered.

use std::collections::BTreeMap;

use precinct_base::{AreaId, UnitId};
use precinct_core::{By, Code, CommandId, IncidentId, Order, Purpose, Role, Why};
use precinct_engine::Request;

use super::plan::Plan;
use crate::rng::Rng;

/// A step of a crew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Acknowledge,
    SetOut,
    Arrive,
    Transport,
    Finish,
    Decline,
}

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happening {
    Describe,
    Call,
    Deliver(u64),
    Turn,
    Crew(UnitId, IncidentId, Deed),
    Patrol,
    Desk,
    Office,
    Repaired(UnitId),
    Jump,
    Full(bool),
    Restart,
    Snapshot,
}

/// A request on its way.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) request: Request,
    /// The unit that goes to what is opened by it.
    pub(super) then: Option<UnitId>,
}

/// Everything outside the control room's machine.
#[derive(Debug)]
pub(super) struct World {
    pub(super) plan: Plan,
    pub(super) rng: Rng,
    /// Milliseconds since the shift began.
    pub(super) now: u64,
    queue: BTreeMap<(u64, u64), Happening>,
    queued: u64,
    pub(super) outbox: BTreeMap<u64, Message>,
    sent: u64,
}

impl World {
    pub(super) fn new(plan: Plan) -> Self {
        let rng = Rng::new(plan.seed, "shift");
        let (queue, outbox) = (BTreeMap::new(), BTreeMap::new());
        Self { plan, rng, now: 0, queue, queued: 0, outbox, sent: 0 }
    }

    /// Lets something happen after `wait` milliseconds.
    pub(super) fn after(&mut self, wait: u64, what: Happening) {
        self.queue.insert((self.now + wait, self.queued), what);
        self.queued += 1;
    }

    /// Lets something happen after a while between `from` and `to` seconds.
    pub(super) fn within(&mut self, (from, to): (i64, i64), what: Happening) {
        let wait = self.rng.between(from * 1_000, to * 1_000) as u64;
        self.after(wait, what);
    }

    /// What happens next, and the time moves on to it.
    pub(super) fn next(&mut self) -> Option<Happening> {
        let ((at, _), what) = self.queue.pop_first()?;
        self.now = at;
        Some(what)
    }

    /// Sends a command.
    pub(super) fn send(&mut self, role: Role, order: Order) {
        self.send_with(role, order, None, None);
    }

    /// Sends a command with a text that somebody wrote.
    pub(super) fn send_with(
        &mut self,
        role: Role,
        order: Order,
        text: Option<&str>,
        then: Option<UnitId>,
    ) {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&self.now.to_be_bytes());
        id[8..].copy_from_slice(&self.rng.next().to_be_bytes());
        let staff = Code::literal(match role {
            Role::Crew => "C301",
            Role::DutyOfficer => "D100",
            Role::Planner => "P500",
            _ => "A101",
        });
        let by = By { staff, role, area: AreaId(1), why: Why::Purpose(Purpose::Duty) };
        let mut request = Request::new(CommandId(id), by, order);
        request.text = text.map(str::to_owned);
        let message = self.sent;
        self.sent += 1;
        self.outbox.insert(message, Message { request, then });
        let lossy = self.plan.faults.network;
        let wait = if lossy { self.rng.between(5, 1_500) } else { 20 };
        self.after(wait as u64, Happening::Deliver(message));
        if lossy && self.rng.chance(60) {
            let wait = self.rng.between(5, 20_000) as u64;
            self.after(wait, Happening::Deliver(message));
        }
    }
}
