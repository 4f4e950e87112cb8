//! One long computation: what was asked, how it stands, and what it came to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use precinct_base::{AreaId, Timestamp};
use precinct_core::{Code, StaffNo};
use precinct_wire::{RunDoc, RunStatus};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::watch;

use super::kept::{Folder, Kept};
use crate::door::Failure;

/// What a run came to: as it was computed, and as it is told.
pub(crate) struct Outcome {
    came: Arc<dyn std::any::Any + Send + Sync>,
    told: Value,
}

impl Outcome {
    /// What came of a run, and the document that tells it.
    pub(crate) fn new<T: Send + Sync + 'static>(
        came: Arc<T>,
        told: &impl Serialize,
    ) -> Result<Self, String> {
        let told = serde_json::to_value(told).map_err(|error| error.to_string())?;
        Ok(Self { came, told })
    }
}

/// How a run stands.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) status: RunStatus,
    pub(crate) began: Option<Instant>,
    pub(crate) ran_ms: Option<u64>,
    pub(crate) share: Option<u32>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) objective: Option<u64>,
    pub(crate) bound: Option<u64>,
    pub(crate) detail: Option<String>,
}

/// A run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) id: u64,
    pub(crate) what: Code,
    pub(crate) area: AreaId,
    by: StaffNo,
    pub(super) asked: Timestamp,
    ask: Value,
    pub(super) cancel: AtomicBool,
    /// The server ends, and this with it.
    pub(super) cut: AtomicBool,
    seen: watch::Sender<Seen>,
    came: OnceLock<Arc<dyn std::any::Any + Send + Sync>>,
    told: OnceLock<Value>,
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// How far two numbers are from each other, in parts of a million of the larger, rounded up.
pub(crate) fn gap(objective: u64, bound: u64) -> u32 {
    let (apart, larger) = (u128::from(objective.abs_diff(bound)), objective.max(bound));
    let gap = (apart * 1_000_000).div_ceil(u128::from(larger.max(1)));
    u32::try_from(gap).unwrap_or(u32::MAX)
}

impl Run {
    /// A run that waits.
    pub(super) fn new(
        (id, what, area): (u64, Code, AreaId),
        (by, asked): (StaffNo, Timestamp),
        ask: Value,
    ) -> Self {
        let seen = Seen {
            status: RunStatus::Waiting,
            began: None,
            ran_ms: None,
            share: None,
            stage: None,
            objective: None,
            bound: None,
            detail: None,
        };
        Self {
            id,
            what,
            area,
            by,
            asked,
            ask,
            cancel: AtomicBool::new(false),
            cut: AtomicBool::new(false),
            seen: watch::Sender::new(seen),
            came: OnceLock::new(),
            told: OnceLock::new(),
        }
    }

    /// Whether it is to end.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Says how it stands.
    pub(crate) fn tell(&self, change: impl FnOnce(&mut Seen)) {
        self.seen.send_modify(change);
    }

    /// Tells when it stands otherwise.
    pub(crate) fn watch(&self) -> watch::Receiver<Seen> {
        self.seen.subscribe()
    }

    /// What it came to as it was computed, if it is over and came to anything since the server started.
    pub(crate) fn outcome<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.came.get().cloned()?.downcast().ok()
    }

    /// What it came to as it is told, if it is over and came to anything.
    pub(crate) fn told<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self.told.get()?).ok()
    }

    /// What was asked.
    pub(crate) fn ask<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        T::deserialize(&self.ask).map_err(|error| {
            Failure::conflict(format!("what was asked cannot be read by this program: {error}"))
        })
    }

    pub(super) fn kept(&self) -> Kept {
        self.kept_as(self.seen.borrow().clone())
    }

    fn kept_as(&self, seen: Seen) -> Kept {
        Kept::new(self.stands(seen), self.ask.clone(), self.told.get().cloned())
    }

    /// A run of before the server started. One that was not over then never will be.
    pub(super) fn of(kept: Kept) -> Self {
        let run = kept.run;
        let cut = matches!(run.status, RunStatus::Waiting | RunStatus::Running);
        let seen = Seen {
            status: if cut { RunStatus::CutOff } else { run.status },
            began: None,
            ran_ms: Some(run.ran_ms),
            share: run.share,
            stage: None,
            objective: run.objective,
            bound: run.bound,
            detail: run.detail,
        };
        Self {
            id: run.run,
            what: run.what,
            area: AreaId(run.area),
            by: run.by,
            asked: run.asked.0,
            ask: kept.ask,
            cancel: AtomicBool::new(false),
            cut: AtomicBool::new(cut),
            seen: watch::Sender::new(seen),
            came: OnceLock::new(),
            told: kept.result.map(OnceLock::from).unwrap_or_default(),
        }
    }

    /// As a document.
    pub(crate) fn document(&self) -> RunDoc {
        let seen = self.seen.borrow().clone();
        self.stands(seen)
    }

    fn stands(&self, seen: Seen) -> RunDoc {
        let pair = seen.objective.zip(seen.bound);
        RunDoc {
            run: self.id,
            what: self.what,
            area: self.area.0,
            by: self.by,
            asked: self.asked.into(),
            status: seen.status,
            ran_ms: seen.ran_ms.or_else(|| seen.began.map(millis)).unwrap_or(0),
            share: seen.share,
            stage: seen.stage.map(str::to_owned),
            objective: seen.objective,
            bound: seen.bound,
            gap_ppm: pair.map(|(objective, bound)| gap(objective, bound)),
            result: self.told.get().is_some(),
            detail: seen.detail,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        !matches!(self.seen.borrow().status, RunStatus::Waiting | RunStatus::Running)
    }

    pub(super) fn end(&self, done: Result<Option<Outcome>, String>, folder: &Folder) {
        let cancelled = self.is_cancelled();
        let cut = self.cut.load(Ordering::Relaxed);
        let ended = if cut { RunStatus::CutOff } else { RunStatus::Cancelled };
        let (status, detail) = match done {
            Ok(outcome) => {
                let done = outcome.is_some() && !cancelled;
                if let Some(Outcome { came, told }) = outcome {
                    // It is over once.
                    let _ = (self.came.set(came), self.told.set(told));
                }
                (if done { RunStatus::Done } else { ended }, None)
            }
            Err(_) if cancelled => (ended, None),
            Err(detail) => (RunStatus::Failed, Some(detail)),
        };
        let mut last = self.seen.borrow().clone();
        last.ran_ms = Some(last.began.map_or(0, millis));
        (last.status, last.detail, last.stage) = (status, detail, None);
        // On the disk first: who is told that it is over finds it there, and who forgets it removes it there.
        folder.keep(&self.kept_as(last.clone()));
        self.tell(|seen| *seen = last);
    }
}
