//! Going through a shift.

use std::collections::BTreeMap;

use precinct_core::{CommandId, Order, State};
use precinct_engine::{Done, Engine, Outcome, Request, Store, replay, replay_all, snapshots};

use super::invariant::{Broken, Counts, Invariant};
use super::post::{Happening, World};
use super::report::{Frame, Report};
use super::{Plan, SimChance, SimClock, SimDisk, audit, check, crew, desk, office, people, town};
use crate::rng::Rng;

/// The real engine on simulated clock, chance and disk.
pub type SimEngine = Engine<SimDisk, SimClock, SimChance>;

/// Goes through the shift of a plan.
pub fn run(plan: Plan) -> Report {
    run_watched(plan, &mut |_| {})
}

/// Goes through the shift of a plan and shows it after every turn.
pub fn run_watched(plan: Plan, watch: &mut dyn FnMut(&Frame<'_>)) -> Report {
    let mut run = Run::new(plan, watch);
    let broken = run.all().err();
    run.report(broken)
}

/// The machine of the control room: up with a state, or down with its disk.
enum Machine {
    Up(Box<SimEngine>),
    Down(Box<SimDisk>),
}

/// What the world was told.
pub(super) type Acknowledged = BTreeMap<CommandId, Done>;

struct Run<'a> {
    world: World,
    machine: Option<Machine>,
    clock: SimClock,
    inbox: Vec<u64>,
    turn_at: Option<u64>,
    turns: u64,
    /// Turns in a row after which something is still due.
    stuck: u32,
    acknowledged: Acknowledged,
    refused: u64,
    restarts: u64,
    counts: Counts,
    watch: &'a mut dyn FnMut(&Frame<'_>),
}

/// Milliseconds in which what comes in is dealt with in one turn.
const TOGETHER: u64 = 15;

impl<'a> Run<'a> {
    fn new(plan: Plan, watch: &'a mut dyn FnMut(&Frame<'_>)) -> Self {
        let rates = (i64::from(plan.faults.crash) * 120, i64::from(plan.faults.error) * 250);
        let disk = SimDisk::new(Rng::new(plan.seed, "disk"), rates, plan.crash_at, plan.lying_disk);
        Self {
            world: World::new(plan),
            machine: Some(Machine::Down(Box::new(disk))),
            clock: SimClock { now: 0, offset: plan.starts() },
            inbox: Vec::new(),
            turn_at: None,
            turns: 0,
            stuck: 0,
            acknowledged: Acknowledged::new(),
            refused: 0,
            restarts: 0,
            counts: Counts::default(),
            watch,
        }
    }

    fn all(&mut self) -> Result<(), Broken> {
        self.start()?;
        self.first_happenings();
        let end = u64::from(self.world.plan.minutes) * 60_000;
        while let Some(what) = self.world.next() {
            if self.world.now > end {
                break;
            }
            self.happens(what)?;
        }
        self.settle()
    }

    fn first_happenings(&mut self) {
        let world = &mut self.world;
        for (seconds, what) in [
            (0, Happening::Describe),
            (5, Happening::Office),
            (20, Happening::Call),
            (10, Happening::Desk),
            (60, Happening::Patrol),
            (900, Happening::Snapshot),
        ] {
            world.after(seconds * 1_000, what);
        }
        if world.plan.faults.clock {
            world.within((60, 3_600), Happening::Jump);
        }
        if world.plan.faults.full {
            world.within((600, 5_000), Happening::Full(true));
        }
    }

    fn happens(&mut self, what: Happening) -> Result<(), Broken> {
        self.clock.now = self.world.now;
        match what {
            Happening::Deliver(message) => self.deliver(message),
            Happening::Turn => return self.turn(),
            Happening::Restart => return self.start(),
            Happening::Jump => self.jump(),
            Happening::Full(full) => self.fill(full),
            Happening::Snapshot => self.snapshot()?,
            Happening::Call => people::call(&mut self.world),
            other => self.someone(other),
        }
        Ok(())
    }

    /// Somebody who looks at the board. While the machine is down they look again later.
    fn someone(&mut self, what: Happening) {
        let Some(Machine::Up(engine)) = &mut self.machine else {
            return self.world.after(5_000, what);
        };
        *engine.clock_mut() = self.clock;
        let now = engine.now();
        let (world, state) = (&mut self.world, engine.state());
        match what {
            Happening::Crew(unit, incident, deed) => {
                crew::act(world, state, now, (unit, incident, deed));
            }
            Happening::Describe => town::describe(world, state, now),
            Happening::Patrol => crew::patrol(world, state),
            Happening::Desk => desk::look(world, state),
            Happening::Office => office::round(world, state, now),
            Happening::Repaired(unit) => {
                world.send(precinct_core::Role::Crew, Order::BringBack { unit });
            }
            _ => {}
        }
    }

    fn deliver(&mut self, message: u64) {
        match self.machine {
            Some(Machine::Up(_)) => {
                self.inbox.push(message);
                self.turn_in(TOGETHER);
            }
            _ => self.world.after(2_000, Happening::Deliver(message)),
        }
    }

    /// Makes sure that there is a turn no later than that.
    fn turn_in(&mut self, wait: u64) {
        let at = self.world.now + wait;
        if self.turn_at.is_none_or(|turn| turn > at) {
            self.turn_at = Some(at);
            self.world.after(wait, Happening::Turn);
        }
    }

    fn jump(&mut self) {
        const TWO_YEARS: i64 = 2 * 366 * 24 * 3_600_000;
        let most = [60_000, 3_600_000, TWO_YEARS][self.world.rng.index(3)];
        self.clock.offset.0 += self.world.rng.between(-most, most);
        self.world.within((300, 3_600), Happening::Jump);
    }

    fn fill(&mut self, full: bool) {
        match &mut self.machine {
            Some(Machine::Up(engine)) => engine.store_mut().full = full,
            Some(Machine::Down(disk)) => disk.full = full,
            None => {}
        }
        let until = if full { (30, 300) } else { (900, 5_000) };
        self.world.within(until, Happening::Full(!full));
    }

    /// Starts the machine, again if need be.
    fn start(&mut self) -> Result<(), Broken> {
        let mut disk = match self.machine.take() {
            Some(Machine::Down(disk)) => disk,
            up => {
                self.machine = up;
                return Ok(());
            }
        };
        disk.restart();
        self.clock.now = self.world.now;
        let chance =
            SimChance(Rng::new(self.world.plan.seed, &format!("chance {}", self.restarts)));
        self.restarts += 1;
        let engine = Engine::start(*disk, self.clock, chance);
        let engine =
            engine.map_err(|error| self.broken(Invariant::ReplayIsLive, error.to_string()))?;
        self.machine = Some(Machine::Up(Box::new(engine)));
        self.turn_at = None;
        self.recovered()?;
        self.turn_in(TOGETHER);
        Ok(())
    }

    fn broken(&self, invariant: Invariant, what: String) -> Broken {
        Broken { invariant, at: self.world.now, what }
    }

    /// What must hold whenever the machine has just been started.
    fn recovered(&mut self) -> Result<(), Broken> {
        let Some(Machine::Up(engine)) = &self.machine else { return Ok(()) };
        let now = self.world.now;
        let broken = |(invariant, what)| Broken { invariant, at: now, what };
        self.counts.add(Invariant::AcknowledgedKept, self.acknowledged.len() as u64);
        audit::acknowledged(engine.store(), &self.acknowledged).map_err(broken)?;
        self.counts.add(Invariant::ReplayIsLive, 1);
        audit::replay_is(engine.store(), engine.state()).map_err(broken)
    }

    fn snapshot(&mut self) -> Result<(), Broken> {
        self.world.after(1_200_000, Happening::Snapshot);
        let Some(Machine::Up(engine)) = &mut self.machine else { return Ok(()) };
        let Ok(replayed) = replay(engine.store(), u64::MAX) else { return Ok(()) };
        self.counts.add(Invariant::ReplayIsLive, 1);
        let same = replayed.head != engine.head() || replayed.state == *engine.state();
        if replayed.head.seq > 0 {
            engine.store_mut().keep(snapshots::take(&replayed.state, replayed.head));
        }
        if same {
            Ok(())
        } else {
            Err(self.broken(Invariant::ReplayIsLive, "at a snapshot".to_owned()))
        }
    }

    fn turn(&mut self) -> Result<(), Broken> {
        if self.turn_at != Some(self.world.now) {
            return Ok(());
        }
        self.turn_at = None;
        let Some(Machine::Up(mut engine)) = self.machine.take() else { return Ok(()) };
        *engine.clock_mut() = self.clock;
        let messages = std::mem::take(&mut self.inbox);
        let known = |message: &u64| self.world.outbox.contains_key(message);
        let messages: Vec<u64> = messages.into_iter().filter(known).collect();
        let requests: Vec<Request> =
            messages.iter().map(|message| self.world.outbox[message].request.clone()).collect();
        let outcomes = engine.turn(requests.clone());
        if engine.store().is_down() {
            // Nobody hears anything; everybody asks again.
            for message in messages {
                self.world.within((2, 9), Happening::Deliver(message));
            }
            self.machine = Some(Machine::Down(Box::new(engine.into_store())));
            self.world.within((1, 90), Happening::Restart);
            return Ok(());
        }
        self.turns += 1;
        let frame = Frame {
            at: self.world.now,
            turn: self.turns,
            state: engine.state(),
            requests: &requests,
            outcomes: &outcomes,
        };
        (self.watch)(&frame);
        for (message, outcome) in messages.into_iter().zip(outcomes) {
            self.answered(message, outcome)?;
        }
        let done = self.after_turn(&mut engine);
        self.machine = Some(Machine::Up(engine));
        done
    }

    /// What must hold after every turn, and when the next is due.
    fn after_turn(&mut self, engine: &mut SimEngine) -> Result<(), Broken> {
        let now = self.world.now;
        let counts = &mut self.counts;
        check::state(engine.state(), &mut |invariant, count| counts.add(invariant, count))
            .map_err(|(invariant, what)| Broken { invariant, at: now, what })?;
        let due = engine.due_in();
        let stuck = due.is_some_and(|due| due.0 == 0);
        if !stuck || !engine.store_mut().has_room() || !engine.is_up() {
            self.stuck = 0;
        } else {
            // A turn whose write failed leaves it to the next.
            self.stuck += 1;
        }
        if self.stuck > 5 {
            let what = "something is due and was not dealt with in five turns".to_owned();
            return Err(self.broken(Invariant::ClocksAnswered, what));
        }
        if let Some(due) = due {
            let wait = if stuck { 1_000 } else { u64::from(due.0) };
            self.turn_in(wait);
        }
        Ok(())
    }

    fn answered(&mut self, message: u64, outcome: Outcome) -> Result<(), Broken> {
        let request = &self.world.outbox[&message].request;
        let is_sos = matches!(request.order, Order::RaiseSos { .. });
        match outcome {
            Outcome::Failed(_) => {
                self.world.within((1, 8), Happening::Deliver(message));
                return Ok(());
            }
            Outcome::Refused(rejection) if is_sos => {
                return Err(self.broken(Invariant::SosAtOnce, rejection.to_string()));
            }
            Outcome::Refused(_) | Outcome::Nothing | Outcome::Changed => self.refused += 1,
            Outcome::Done(done) => self.done(message, done)?,
        }
        Ok(())
    }

    fn done(&mut self, message: u64, done: Done) -> Result<(), Broken> {
        let (id, then) = {
            let message = &self.world.outbox[&message];
            (message.request.id, message.then)
        };
        self.counts.add(Invariant::Once, 1);
        if let Some(before) = self.acknowledged.get(&id) {
            if (before.seq, before.at, &before.facts) != (done.seq, done.at, &done.facts) {
                return Err(self.broken(Invariant::Once, format!("command {id} had two outcomes")));
            }
            return Ok(());
        }
        for fact in &done.facts {
            crew::hears(&mut self.world, fact, then);
        }
        self.acknowledged.insert(id, done);
        Ok(())
    }

    /// The end of the shift: whatever is down comes up, and everything is looked at.
    fn settle(&mut self) -> Result<(), Broken> {
        self.start()?;
        let Some(Machine::Up(engine)) = &mut self.machine else { return Ok(()) };
        // A write may have been in doubt to the end.
        engine.store_mut().full = false;
        *engine.clock_mut() = self.clock;
        engine.turn(Vec::new());
        if engine.store().is_down() || !engine.is_up() {
            let Some(Machine::Up(engine)) = self.machine.take() else { return Ok(()) };
            self.machine = Some(Machine::Down(Box::new(engine.into_store())));
            return self.settle();
        }
        self.recovered()?;
        let Some(Machine::Up(engine)) = &self.machine else { return Ok(()) };
        let now = self.world.now;
        let counts = &mut self.counts;
        audit::records(engine.store(), engine.state(), &mut |i, count| counts.add(i, count))
            .map_err(|(invariant, what)| Broken { invariant, at: now, what })?;
        let all = replay_all(engine.store(), u64::MAX);
        counts.add(Invariant::ReplayIsLive, 1);
        match all {
            Ok(all) if all.state == *engine.state() => Ok(()),
            Ok(_) => Err(self.broken(Invariant::ReplayIsLive, "at the end".to_owned())),
            Err(error) => Err(self.broken(Invariant::ReplayIsLive, error.to_string())),
        }
    }

    fn report(self, broken: Option<Broken>) -> Report {
        let (disk, state) = match self.machine {
            Some(Machine::Up(engine)) => (engine.store().clone(), engine.state().clone()),
            Some(Machine::Down(disk)) => (*disk, State::default()),
            None => (SimDisk::new(Rng::new(0, ""), (0, 0), None, false), State::default()),
        };
        Report {
            plan: self.world.plan,
            broken,
            counts: self.counts,
            acknowledged: self.acknowledged.len() as u64,
            refused: self.refused,
            restarts: self.restarts - 1,
            calls: disk.calls(),
            faults: disk.faults(),
            disk,
            state,
        }
    }
}
