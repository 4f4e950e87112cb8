//! Where units are: fixes come in, are put on streets, and are shown at each tick.

mod hours;
mod presence;
mod tracks;
mod work;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use precinct_base::{Timestamp, UnitId};
use precinct_engine::Entry;
use precinct_positions::{Fix, Reader, Sos, Tally, View};
use precinct_wire::FixDoc;
use tokio::sync::{oneshot, watch};
use tracing::warn;

pub(crate) use self::hours::Last;
pub(crate) use self::presence::Presence;
pub(crate) use self::tracks::{TrackFault, Tracks};
use self::work::Work;
use crate::ground::Ground;
use crate::live::{Board, Watch};

/// How often it is looked whether anything is to be written.
const EVERY: Duration = Duration::from_millis(500);

/// What the thread is told.
enum Message {
    /// Fixes that came in, and where to say what became of them.
    Fixes(Vec<Fix>, oneshot::Sender<Tally>),
    /// What was recorded: tours begin and end.
    Recorded(Vec<Arc<Entry>>),
}

/// Puts tracks and presence on the disk, on a thread of its own: however slow the disk is, fixes are heard and shown meanwhile.
struct Keeper {
    tracks: Tracks,
    presence: Presence,
    clock: Arc<Watch>,
}

impl Keeper {
    /// Writes until those whose work it is have ended, and then all there is.
    fn keep(&self, ended: &Receiver<()>) {
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(EVERY) {
            let now = self.clock.wall();
            self.tracks.tick(now);
            self.presence.keep(now);
        }
        let now = self.clock.wall();
        self.tracks.close(now);
        self.presence.close(now);
    }
}

/// Calls for help that came with fixes go out by this.
pub(crate) type Cry = Box<dyn Fn(Sos) + Send>;

/// Where units are.
#[derive(Debug)]
pub(crate) struct Field {
    messages: RwLock<Option<Sender<Message>>>,
    reader: Reader,
    ticks: watch::Receiver<u64>,
    pub(crate) tracks: Tracks,
    pub(crate) presence: Presence,
}

impl Field {
    /// Starts the thread. Units that are on duty by now are known to it.
    pub(crate) fn start(
        ground: Arc<Ground>,
        board: &Board,
        clock: Arc<Watch>,
        (tracks, presence): (Tracks, Presence),
        cry: Cry,
    ) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (messages, inbox) = channel();
        let (ticked, ticks) = watch::channel(0);
        let kept = (tracks.clone(), presence.clone());
        let mut work = Work::new(ground, clock.clone(), kept, cry, ticked);
        board.look(|state, _| work.take_over(state));
        let reader = work.reader();
        let (works, ended) = channel::<()>();
        let keeper = Keeper { tracks: tracks.clone(), presence: presence.clone(), clock };
        let keeping = std::thread::Builder::new().name("tracks".to_owned());
        let keeping = keeping.spawn(move || keeper.keep(&ended))?;
        let thread = std::thread::Builder::new().name("field".to_owned());
        let thread = thread.spawn(move || {
            work.run(&inbox);
            // All is counted by now: the other thread writes it, and ends.
            drop(works);
            if keeping.join().is_err() {
                warn!("the thread of tracks ended in a panic");
            }
        })?;
        let messages = RwLock::new(Some(messages));
        Ok((Self { messages, reader, ticks, tracks, presence }, thread))
    }

    /// Takes fixes in; what became of them. None if the server stops.
    pub(crate) async fn hear(&self, fixes: Vec<Fix>) -> Option<Tally> {
        let (reply, tally) = oneshot::channel();
        self.put(Message::Fixes(fixes, reply))?;
        tally.await.ok()
    }

    /// Tells what was recorded.
    pub(crate) fn recorded(&self, entries: &[Arc<Entry>]) {
        // Without its thread the server stops.
        let _ = self.put(Message::Recorded(entries.to_vec()));
    }

    /// Lets the thread do what it was told, and end.
    pub(crate) fn close(&self) {
        self.messages.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn put(&self, message: Message) -> Option<()> {
        let messages = self.messages.read().unwrap_or_else(PoisonError::into_inner);
        messages.as_ref()?.send(message).ok()
    }

    /// The picture of the last tick.
    pub(crate) fn view(&self) -> Arc<View> {
        self.reader.view()
    }

    /// Tells of every tick.
    pub(crate) fn ticks(&self) -> watch::Receiver<u64> {
        self.ticks.clone()
    }

    /// The newest fix of a unit.
    pub(crate) fn fix(&self, unit: UnitId, now: Timestamp) -> Option<FixDoc> {
        let position = self.view().latest(unit)?;
        Some(FixDoc {
            at: position.at.into(),
            time: position.time.into(),
            age_ms: now.since(position.time).map_or(0, |age| age.0),
            accuracy_m: position.accuracy.map(|accuracy| accuracy.0),
            heading_cdeg: position.heading.map(precinct_positions::Heading::hundredths),
            speed_cm_s: position.speed.map(precinct_positions::Speed::cm_s),
        })
    }
}
