//! A turn: whatever waits is decided together, written together, and answered when it is on the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_core::{
    By, Command, CommandId, Fact, Moment, Order, Rejection, Subject, apply, decide,
};
use precinct_journal::{AppendError, BODY_BYTES, CommandKey, Draft};

use crate::body::Entry;
use crate::outcome::{Done, Outcome, Request, Trouble, Unless};
use crate::{Chance, Clock, Engine, Store};

/// Rounds of what falls due in one turn; each is bounded by the core, and the next turn goes on.
const ROUNDS: usize = 64;

/// What is to be written in this turn.
#[derive(Default)]
struct Batch {
    entries: Vec<Arc<Entry>>,
    drafts: Vec<Draft>,
    by_id: BTreeMap<CommandId, usize>,
}

/// What a request will be answered.
enum Answer {
    /// This, whatever becomes of the batch.
    Now(Outcome),
    /// What becomes of that entry of the batch; whether the request is a repetition of it.
    Entry(usize, bool),
}

/// Why a command becomes no entry.
enum Refusal {
    Rejected(Rejection),
    Trouble(Trouble),
    Nothing,
}

impl Refusal {
    fn outcome(self) -> Outcome {
        match self {
            Self::Rejected(rejection) => Outcome::Refused(rejection),
            Self::Trouble(trouble) => Outcome::Failed(trouble),
            Self::Nothing => Outcome::Nothing,
        }
    }
}

impl<S: Store, C: Clock, R: Chance> Engine<S, C, R> {
    /// Takes a turn: decides what has fallen due and all requests in order, writes what comes of them in one go, and says for each what
    /// became of it. An outcome of [`Outcome::Done`] is on the disk. A request whose id has a record is answered from that record.
    pub fn turn(&mut self, requests: Vec<Request>) -> Vec<Outcome> {
        self.fresh.clear();
        if let Err(trouble) = self.ready() {
            return requests.iter().map(|_| Outcome::Failed(trouble.clone())).collect();
        }
        let reading = self.clock.read();
        let (at, jump) = self.keeper.moment(reading);
        self.jump = self.jump.or(jump);
        let mut batch = Batch::default();
        self.own_commands(&mut batch, at);
        let answers: Vec<Answer> =
            requests.into_iter().map(|request| self.one(&mut batch, at, request)).collect();
        match self.store.append(&batch.drafts, self.head.seq) {
            Ok(head) => {
                let first = self.head.seq + 1;
                self.head = head;
                self.turns += u64::from(!batch.drafts.is_empty());
                self.jump = None;
                let answer = |answer| answered(answer, &batch.entries, first);
                let outcomes = answers.into_iter().map(answer).collect();
                self.fresh = batch.entries;
                outcomes
            }
            Err(error) => self.undone(&error, answers, &batch),
        }
    }

    /// What the engine itself has to say: that the calendar jumped, and that time has passed.
    fn own_commands(&mut self, batch: &mut Batch, at: Moment) {
        if let Some(before) = self.jump {
            self.own(batch, at, Order::SetClock { before });
        }
        for _ in 0..ROUNDS {
            if self.state.deadline().is_none_or(|due| due > at.tick) {
                break;
            }
            self.own(batch, at, Order::TimePasses);
        }
    }

    fn own(&mut self, batch: &mut Batch, at: Moment, order: Order) {
        // In order of time, as ids of commands should be: an index over them then grows at its end.
        let mut id = [0; 16];
        self.chance.fill(&mut id);
        id[..6].copy_from_slice(&at.wall.0.to_be_bytes()[2..]);
        let command = Command { id: CommandId(id), by: By::SYSTEM, at, order };
        // Neither can be refused, and what is due and cannot be recorded now is due in the next turn.
        let _ = self.entry(batch, &command);
    }

    fn one(&mut self, batch: &mut Batch, at: Moment, request: Request) -> Answer {
        let (id, by) = (request.id, request.by);
        if let Some(&entry) = batch.by_id.get(&id) {
            return Answer::Entry(entry, true);
        }
        match self.recorded(id) {
            Ok(None) => {}
            Ok(Some(done)) => return Answer::Now(Outcome::Done(done)),
            Err(trouble) => return Answer::Now(Outcome::Failed(trouble)),
        }
        if request.unless.is_some_and(|unless| self.may_have_changed(unless)) {
            return Answer::Now(Outcome::Changed);
        }
        let order = match self.sealed(request) {
            Ok(order) => order,
            Err(error) => return Answer::Now(Outcome::Failed(error.into())),
        };
        match self.entry(batch, &Command { id, by, at, order }) {
            Ok(entry) => Answer::Entry(entry, false),
            Err(refusal) => Answer::Now(refusal.outcome()),
        }
    }

    /// Whether a thing was changed after a record, or nobody here knows. A record that is not there is of another journal, before this one
    /// was restored.
    fn may_have_changed(&self, unless: Unless) -> bool {
        let last = self.touched.get(&unless.changed).copied();
        unless.after > self.head.seq || last.unwrap_or(self.known) > unless.after
    }

    /// The outcome of a command that has a record.
    fn recorded(&self, id: CommandId) -> Result<Option<Done>, Trouble> {
        let Some(record) = self.store.find(CommandKey(id.0))? else { return Ok(None) };
        let entry = Entry::read(&record.as_row());
        let Entry { at, facts, .. } = entry.map_err(|error| Trouble::Down(error.to_string()))?;
        Ok(Some(Done { seq: record.seq, at, facts, repeated: true }))
    }

    /// Decides a command and changes the state, ahead of the disk; returns its place in the batch.
    fn entry(&mut self, batch: &mut Batch, command: &Command) -> Result<usize, Refusal> {
        let events = decide(&self.state, command).map_err(Refusal::Rejected)?;
        if events.is_empty() {
            return Err(Refusal::Nothing);
        }
        let facts = events.iter().map(|event| event.fact.clone()).collect();
        let (_, happened) = command.order.done();
        let Command { id, at, by, .. } = *command;
        let entry = Entry { id, at, happened, by, facts };
        let draft = entry.draft();
        if draft.body.len() > BODY_BYTES {
            return Err(Refusal::Trouble(Trouble::TooLarge(draft.body.len())));
        }
        self.forget(&entry.facts)?;
        for event in &events {
            apply(&mut self.state, event);
        }
        let at = batch.entries.len();
        self.touch(&entry.facts, self.head.seq + 1 + at as u64);
        batch.entries.push(Arc::new(entry));
        batch.drafts.push(draft);
        batch.by_id.insert(command.id, at);
        Ok(at)
    }

    /// Remembers which things a record changes. An incident that is on the board no more takes no more orders.
    fn touch(&mut self, facts: &[Fact], seq: u64) {
        for subject in facts.iter().flat_map(Fact::changes) {
            match subject {
                Subject::Incident(gone) if !self.state.incidents().contains_key(&gone) => {
                    self.touched.remove(&subject);
                }
                _ => {
                    self.touched.insert(subject, seq);
                }
            }
        }
    }

    /// Destroys the keys of texts and contacts that are to be erased, before that is recorded: no record ever says of a text that it is gone while it
    /// is not. If the record then cannot be written the text is gone all the same, and the command is to be sent again.
    fn forget(&mut self, facts: &[Fact]) -> Result<(), Refusal> {
        for fact in facts {
            let subject = match fact {
                Fact::TextErased(erased) => u64::from(erased.incident.0),
                Fact::ContactErased(erased) => erased.contact.subject(),
                _ => continue,
            };
            let destroyed = self.store.destroy_key(subject);
            destroyed.map_err(|error| Refusal::Trouble(error.into()))?;
        }
        Ok(())
    }

    /// The batch was not written, or nobody knows: goes back to what the records say, and answers from them.
    fn undone(&mut self, error: &AppendError, answers: Vec<Answer>, batch: &Batch) -> Vec<Outcome> {
        let doubt = matches!(error, AppendError::Unknown { .. } | AppendError::Poisoned);
        let rebuilt = self.rebuild(doubt);
        let written = |entry: usize, repeated: bool| {
            if let Err(trouble) = &rebuilt {
                return Outcome::Failed(trouble.clone());
            }
            match self.recorded(batch.entries[entry].id) {
                Ok(Some(done)) => Outcome::Done(Done { repeated, ..done }),
                Ok(None) if matches!(error, AppendError::Full) => Outcome::Failed(Trouble::Full),
                Ok(None) => Outcome::Failed(Trouble::NotWritten(error.to_string())),
                Err(trouble) => Outcome::Failed(trouble),
            }
        };
        let answer = |answer| match answer {
            Answer::Now(outcome) => outcome,
            Answer::Entry(entry, repeated) => written(entry, repeated),
        };
        answers.into_iter().map(answer).collect()
    }
}

fn answered(answer: Answer, entries: &[Arc<Entry>], first: u64) -> Outcome {
    match answer {
        Answer::Now(outcome) => outcome,
        Answer::Entry(at, repeated) => {
            let Entry { at: moment, ref facts, .. } = *entries[at];
            let seq = first + at as u64;
            Outcome::Done(Done { seq, at: moment, facts: facts.clone(), repeated })
        }
    }
}
