//! What every door has to hand.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use arc_swap::ArcSwap;
use precinct_access::Access;
use precinct_accounts::Accounts;
use precinct_base::Timestamp;
use precinct_contacts::Contacts;
use precinct_core::ShiftId;
use tokio::sync::watch;

use crate::advise::Advisor;
use crate::album::Album;
use crate::atlas::Atlas;
use crate::field::Field;
use crate::ground::Ground;
use crate::limits::Limits;
use crate::live::{Board, Desk, Feed, Watch};
use crate::looking::Looking;
use crate::oidc::Provider;
use crate::options::Options;
use crate::planning::Planning;
use crate::presence::Streets;
use crate::reach::Reaches;
use crate::review::Review;
use crate::seal::Seals;
use crate::statistics::Statistics;

/// What every door has to hand.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) options: Options,
    pub(crate) ground: Arc<Ground>,
    pub(crate) board: Arc<Board>,
    pub(crate) feed: Arc<Feed>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) desk: Desk,
    pub(crate) field: Arc<Field>,
    pub(crate) access: ArcSwap<Access>,
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) limits: Limits,
    /// The provider that people may sign in through.
    pub(crate) provider: Option<Arc<Provider>>,
    pub(crate) contacts: Contacts,
    pub(crate) album: Album,
    pub(crate) looking: Looking,
    /// Held by whoever reads or replaces the policies, so that what is read goes with its tag.
    pub(crate) one_policy: tokio::sync::Mutex<()>,
    pub(crate) review: Review,
    pub(crate) statistics: Statistics,
    pub(crate) advisor: Advisor,
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) reaches: Reaches,
    pub(crate) planning: Planning,
    /// What lies on each street, once somebody asked about presence.
    pub(crate) streets: OnceLock<Streets>,
    pub(crate) seals: Seals,
    /// Held by whoever has the city's files read: once is enough at one time.
    pub(crate) checking: Arc<tokio::sync::Mutex<()>>,
    /// Becomes true when the server stops, so that those who watch are let go.
    pub(crate) closing: watch::Sender<bool>,
    /// The number of the next tour that is planned.
    pub(crate) next_shift: AtomicU32,
}

impl App {
    /// A number for a tour that no tour has.
    pub(crate) fn new_shift(&self) -> ShiftId {
        ShiftId(self.next_shift.fetch_add(1, Ordering::Relaxed))
    }

    /// The calendar of the machine. Sessions and keys are of the real world, also in a drill.
    #[expect(clippy::unused_self, reason = "the way to the time leads through here")]
    pub(crate) fn real_now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Timestamp(since.map_or(0, |since| since.as_millis() as i64))
    }
}
