//! What the accounts tell the record: keys that the command line made, and what is written down now and then.

use std::sync::Arc;
use std::time::Duration;

use precinct_accounts::{AccountError, UnrecordedKey};
use precinct_core::event::AccountChanged;
use precinct_core::{AccountChange, By, CommandId, Order, Purpose, StaffNo, Why};
use precinct_engine::Request;
use tracing::warn;

use crate::app::App;
use crate::door::Failure;

/// How often it is looked whether a key was made, and written down what was in use.
const LOOK: Duration = Duration::from_secs(5);
/// How often what is over is removed: sessions, invitations and codes of enrolment, and what is kept beside the record and no record names.
const SWEEP: Duration = Duration::from_hours(1);

/// The command that puts a key on record: always the same for the same key, so that it is there once whatever happens in between.
fn command(key: &UnrecordedKey) -> CommandId {
    let mut id = *b"key made--------";
    id[8..].copy_from_slice(&key.mark);
    CommandId(id)
}

impl App {
    /// Slow work with the accounts, on a thread that may wait.
    pub(crate) async fn with_accounts<T: Send + 'static>(
        &self,
        work: impl FnOnce(&precinct_accounts::Accounts) -> Result<T, AccountError> + Send + 'static,
    ) -> Result<T, Failure> {
        let accounts = self.accounts.clone();
        let done = tokio::task::spawn_blocking(move || work(&accounts));
        Ok(done.await.map_err(Failure::inside)??)
    }

    /// Records that rights changed, by the system itself.
    pub(crate) async fn rights_changed_by_itself(
        &self,
        id: CommandId,
        changed: AccountChanged,
    ) -> Result<(), Failure> {
        let by = By { why: Why::Purpose(Purpose::Setup), ..By::SYSTEM };
        self.order(Request::new(id, by, Order::RecordAccount(changed))).await.map(|_| ())
    }

    async fn record(&self, key: UnrecordedKey) -> Result<(), Failure> {
        let id = command(&key);
        let UnrecordedKey { staff, grants: roles, .. } = key;
        let change = AccountChange::Created;
        self.rights_changed_by_itself(id, AccountChanged { staff, change, roles }).await?;
        self.with_accounts(move |accounts| accounts.key_recorded(staff)).await
    }

    /// Puts a key on record, if it is not there yet. Until then nothing is done with it.
    pub(crate) async fn record_key(&self, staff: StaffNo) -> Result<(), Failure> {
        let waiting = self.accounts.unrecorded_keys()?;
        match waiting.into_iter().find(|key| key.staff == staff) {
            Some(key) => self.record(key).await,
            None => Ok(()),
        }
    }

    /// Puts every key on record that is not there yet, and writes down what was in use.
    async fn keep(&self) -> Result<(), Failure> {
        self.limits.forget();
        for key in self.accounts.unrecorded_keys()? {
            let staff = key.staff;
            if let Err(failure) = self.record(key).await {
                warn!(%staff, ?failure, "a key waits to be put on record, and is good for nothing until then");
            }
        }
        self.with_accounts(precinct_accounts::Accounts::note).await
    }

    async fn sweep(self: &Arc<Self>) -> Result<(), Failure> {
        let (now, beside) = (self.real_now(), self.clone());
        let swept = tokio::task::spawn_blocking(move || beside.sweep_beside(false));
        swept.await.map_err(Failure::inside)?;
        self.with_accounts(move |accounts| accounts.sweep(now)).await
    }
}

/// Looks after the accounts until the server stops.
pub(crate) fn look_after(app: &Arc<App>) {
    for (every, sweeps) in [(LOOK, false), (SWEEP, true)] {
        let (app, mut closing) = (Arc::downgrade(app), app.closing.subscribe());
        tokio::spawn(async move {
            loop {
                let Some(app) = app.upgrade() else { return };
                let done = if sweeps { app.sweep().await } else { app.keep().await };
                if let Err(failure) = done {
                    warn!(?failure, "the accounts are not looked after: trying again");
                }
                drop(app);
                tokio::select! {
                    () = tokio::time::sleep(every) => {}
                    _ = closing.changed() => return,
                }
            }
        });
    }
}
