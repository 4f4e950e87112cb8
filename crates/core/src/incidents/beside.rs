//! What is kept beside the record of an incident: how to reach who reported it, and pictures. The record says that they are there, for
//! how long, and when they went; what they say or show is sealed and elsewhere.

use precinct_base::{Millis, caps};
use serde::{Deserialize, Serialize};

use super::{Incident, IncidentRejection};
use crate::clocks::Timer;
use crate::decide::Decision;
use crate::event::{ContactErased, ContactKept, MediaAdded};
use crate::{
    ContactId, Event, Fact, FileHash, IncidentId, MediaId, Moment, Rejection, StaffNo, State,
    Thing, TooLong, TooMany,
};

/// How to reach who reported an incident, as it is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptContact {
    /// Which entry it is.
    pub contact: ContactId,
    /// For how long it is kept at most; never longer than [`caps::CONTACT_KEPT_MS`].
    pub lasts: Millis,
}

impl KeptContact {
    /// Kept as long as a contact may be.
    pub const LONGEST: Millis = Millis(caps::CONTACT_KEPT_MS);

    /// The fact that it is kept.
    pub(super) fn fact(self, incident: IncidentId, at: Moment) -> Fact {
        let until = at.later(self.lasts.min(Self::LONGEST));
        ContactKept { incident, contact: self.contact, until }.into()
    }
}

/// How to reach who reported an incident, as the record knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Which entry.
    pub contact: ContactId,
    /// When it is erased at the latest.
    pub until: Moment,
}

/// Why a contact was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactEnd {
    /// Somebody asked for it.
    Asked,
    /// Another was kept in its place.
    Replaced,
    /// Its time was up.
    TimeUp,
    /// The text of its incident was erased.
    TextErased,
    /// Its incident left the board.
    LeftBoard,
}

/// What kind of file a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl MediaKind {
    /// Its media type (IANA).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// A picture of an incident, as the record knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Which.
    pub media: MediaId,
    /// What kind of file.
    pub kind: MediaKind,
    /// The length of the sealed file, in bytes.
    pub bytes: u32,
    /// The hash of the sealed file.
    pub hash: FileHash,
    /// When it was added.
    pub at: Moment,
    /// By whom.
    pub by: StaffNo,
}

fn keeps(state: &State, incident: IncidentId) -> Result<&Incident, Rejection> {
    let known = state.incident(incident)?;
    if known.erased {
        return Err(IncidentRejection::Erased { incident }.into());
    }
    Ok(known)
}

/// That the contact of an incident is gone, if it has one.
pub(crate) fn gone(state: &State, incident: IncidentId, why: ContactEnd) -> Option<Fact> {
    let contact = state.incidents.get(&incident)?.contact?.contact;
    Some(ContactErased { incident, contact, why }.into())
}

/// One contact belongs to one incident; another takes its place.
pub(crate) fn keep_contact(
    state: &State,
    at: Moment,
    incident: IncidentId,
    kept: KeptContact,
) -> Decision {
    keeps(state, incident)?;
    let before = gone(state, incident, ContactEnd::Replaced);
    Ok(before.into_iter().chain([kept.fact(incident, at)]).collect())
}

pub(crate) fn erase_contact(state: &State, incident: IncidentId) -> Decision {
    state.incident(incident)?;
    let gone = gone(state, incident, ContactEnd::Asked);
    Ok(vec![gone.ok_or(IncidentRejection::NoContact { incident })?])
}

pub(crate) fn add_media(state: &State, added: &MediaAdded) -> Decision {
    let (incident, media) = (added.incident, added.media);
    let known = keeps(state, incident)?;
    if known.media.iter().any(|one| one.media == media) {
        return Err(IncidentRejection::MediaKnown { incident, media }.into());
    }
    TooMany::check(Thing::Pictures, known.media.len() + 1, caps::MEDIA)?;
    TooLong::check(Thing::SealedPicture, added.bytes as usize, caps::MEDIA_BYTES)?;
    Ok(vec![added.clone().into()])
}

/// What becomes of contacts and pictures.
pub(crate) fn tell(state: &mut State, event: &Event) {
    match &event.fact {
        Fact::ContactKept(fact) => contact_kept(state, fact),
        Fact::ContactErased(fact) => contact_erased(state, fact),
        Fact::MediaAdded(fact) => media_added(state, fact, event.at, event.by),
        _ => {}
    }
}

fn contact_kept(state: &mut State, fact: &ContactKept) {
    let ContactKept { incident, contact, until } = *fact;
    state.incident_mut(incident).contact = Some(Contact { contact, until });
    state.timers.set(Timer::Contact(incident), until.tick, 0);
}

/// Its incident may have left the board in the same instant.
fn contact_erased(state: &mut State, fact: &ContactErased) {
    state.timers.stop(Timer::Contact(fact.incident));
    if let Some(incident) = state.incidents.get_mut(&fact.incident) {
        incident.contact = None;
    }
}

fn media_added(state: &mut State, fact: &MediaAdded, at: Moment, by: StaffNo) {
    let MediaAdded { incident, media, kind, bytes, hash } = *fact;
    state.incident_mut(incident).media.push(Media { media, kind, bytes, hash, at, by });
}
