//! What is kept beside the record — contacts, pictures, plans — and how it follows the record: taken up by one, gone with one, swept when none
//! names it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use precinct_base::Timestamp;
use precinct_core::{ContactId, Fact, FileHash, IncidentId, MediaId, Plan, State};
use precinct_engine::{Done, Entry, Outcome, Request, Trouble};
use tracing::{info, warn};

use crate::app::App;
use crate::chance::Drawn;
use crate::door::Failure;
use crate::live::Feed;

/// How long what no record names yet is left alone: a command is answered in seconds, or is not on its way any more.
const ON_ITS_WAY: Duration = Duration::from_hours(1);

/// The contacts that records hold.
fn kept(state: &State) -> impl Iterator<Item = ContactId> {
    let contacts = state.incidents().values().filter_map(|incident| incident.contact);
    contacts.map(|kept| kept.contact)
}

/// Whether a record holds a picture. Those of an incident that left the board are held.
fn shows(state: &State, incident: IncidentId, media: MediaId) -> bool {
    let known = state.incidents().get(&incident);
    known.is_none_or(|known| !known.erased && known.media.iter().any(|one| one.media == media))
}

/// The documents that records name.
fn named(state: &State) -> impl Iterator<Item = FileHash> {
    state.plans().values().flat_map(Plan::files)
}

/// What is known of a command that did not end in a record of it.
enum Fate {
    /// It has none, and never will unless it is sent again.
    Refused,
    /// Nobody knows yet.
    Unknown,
}

fn fate(outcome: &Outcome) -> Option<Fate> {
    match outcome {
        Outcome::Done(_) => None,
        Outcome::Failed(Trouble::Down(_)) => Some(Fate::Unknown),
        _ => Some(Fate::Refused),
    }
}

/// What is on the disk beside the record, waiting for the record that takes it up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Waiting {
    /// A contact.
    Contact(ContactId),
    /// A picture.
    Media(IncidentId, MediaId),
}

impl Waiting {
    fn is_in(self, done: &Done) -> bool {
        done.facts.iter().any(|fact| match (self, fact) {
            (Self::Contact(contact), Fact::ContactKept(kept)) => kept.contact == contact,
            (Self::Media(incident, media), Fact::MediaAdded(added)) => {
                (added.incident, added.media) == (incident, media)
            }
            _ => false,
        })
    }
}

impl App {
    /// Keeps a contact for the command that is to record it.
    pub(crate) async fn keep_contact(
        self: &Arc<Self>,
        command: [u8; 16],
        text: String,
    ) -> Result<ContactId, Failure> {
        let app = self.clone();
        let kept = tokio::task::spawn_blocking(move || {
            let mut chance = Drawn(precinct_engine::live::SystemChance);
            app.contacts.keep(command, &text, app.real_now(), &mut chance)
        });
        kept.await.map_err(Failure::inside)?.map_err(Failure::from)
    }

    /// What became of a command that is to take up what waits. What it did not take up is removed, unless nobody knows what became of it.
    pub(crate) async fn order_with(
        self: &Arc<Self>,
        request: Request,
        waiting: Option<Waiting>,
    ) -> Result<Option<Done>, Failure> {
        let outcome = self.settle(request).await?;
        let left = match (&outcome, fate(&outcome)) {
            (Outcome::Done(done), _) => waiting.filter(|waiting| !waiting.is_in(done)),
            (_, Some(Fate::Refused)) => waiting,
            _ => None,
        };
        if let Some(left) = left {
            let app = self.clone();
            let removed = tokio::task::spawn_blocking(move || app.drop_waiting(left));
            removed.await.map_err(Failure::inside)?;
        }
        Self::done(outcome)
    }

    /// What fails here is swept later.
    fn drop_waiting(&self, left: Waiting) {
        let removed = match left {
            // A command that was sent again may have found what an earlier one of its kind took up.
            Waiting::Contact(contact)
                if self.board.look(|state, _| kept(state).any(|one| one == contact)) =>
            {
                Ok(())
            }
            Waiting::Contact(contact) => self.contacts.erase(contact).map_err(|e| e.to_string()),
            Waiting::Media(incident, media)
                if self.board.look(|state, _| {
                    state.incidents().contains_key(&incident) && shows(state, incident, media)
                }) =>
            {
                Ok(())
            }
            Waiting::Media(incident, media) => {
                self.album.remove(incident, media).map_err(|e| e.to_string())
            }
        };
        if let Err(error) = removed {
            warn!(error, "what no record took up is removed later");
        }
    }

    /// Removes what no record names: all of it at a start, when nothing is on its way; later what has waited for long.
    pub(crate) fn sweep_beside(&self, at_start: bool) {
        let now = self.real_now();
        let contacts_before =
            (!at_start).then_some(Timestamp(now.0 - ON_ITS_WAY.as_millis() as i64));
        let media_before = (!at_start).then(|| SystemTime::now() - ON_ITS_WAY);
        let kept: BTreeSet<ContactId> = self.board.look(|state, _| kept(state).collect());
        let held = |contact| kept.contains(&contact);
        let shown = |incident, media| self.board.look(|state, _| shows(state, incident, media));
        let contacts = self.contacts.sweep(contacts_before, &held).map_err(|e| e.to_string());
        let media = self.album.sweep(media_before, &shown).map_err(|e| e.to_string());
        let named: BTreeSet<FileHash> = self.board.look(|state, _| named(state).collect());
        let plans = self.planning.shelf.sweep(media_before, &|file| named.contains(&file));
        let plans = plans.map_err(|e| e.to_string());
        self.planning.runs.sweep(now);
        for (what, swept) in [("contacts", contacts), ("pictures", media), ("plans", plans)] {
            match swept {
                Ok(0) => {}
                Ok(count) => info!(count, what, "what no record names was removed"),
                Err(error) => warn!(error, what, "what no record names is removed later"),
            }
        }
    }

    /// Removes what records say is erased: its keys are destroyed already.
    fn follow_one(&self, entry: &Entry) {
        for fact in &entry.facts {
            let removed = match fact {
                Fact::ContactErased(gone) => {
                    self.contacts.erase(gone.contact).map_err(|error| error.to_string())
                }
                Fact::TextErased(erased) => {
                    self.album.forget(erased.incident).map_err(|error| error.to_string())
                }
                _ => continue,
            };
            if let Err(error) = removed {
                warn!(error, "the sealed rest of what was erased is removed later");
            }
        }
    }
}

/// Follows the record from number `after` on, until the server stops.
pub(crate) fn follow(app: &Arc<App>, feed: Arc<Feed>, mut after: u64) {
    let (app, mut closing) = (Arc::downgrade(app), app.closing.subscribe());
    tokio::spawn(async move {
        let mut head = feed.watch();
        loop {
            match feed.since(after).await {
                Ok(told) if !told.is_empty() => {
                    after = told.last().map_or(after, |told| told.seq);
                    let Some(app) = app.upgrade() else { return };
                    let erases =
                        |fact: &Fact| matches!(fact, Fact::ContactErased(_) | Fact::TextErased(_));
                    let told: Vec<_> = told
                        .into_iter()
                        .filter(|told| told.entry.facts.iter().any(erases))
                        .collect();
                    let followed = tokio::task::spawn_blocking(move || {
                        for told in told {
                            app.follow_one(&told.entry);
                        }
                    });
                    if let Err(error) = followed.await {
                        warn!(%error, "what was erased is removed later");
                    }
                }
                Ok(_) => tokio::select! {
                    changed = head.changed() => if changed.is_err() { return },
                    _ = closing.changed() => return,
                },
                Err(error) => {
                    warn!(%error, "the record is not followed: trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
}
