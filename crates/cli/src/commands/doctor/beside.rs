//! What is kept beside the record: contacts have their keys, and pictures and plans are the files that were recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use precinct_contacts::Contacts;
use precinct_core::{ContactId, Fact, FileHash, IncidentId, MediaId, Plan, State};
use precinct_engine::Entry;
use precinct_journal::{ReadError, Reader};

use super::Found;
use crate::keeping::{CONTACTS, KeepError, file_hash, media_path, plan_path};
use crate::text::numbers::grouped;

/// Looks at contacts, plans and pictures; with `whole` at the pictures of incidents that left the board too.
pub(super) fn look(reader: &Reader, state: &State, whole: bool, found: &mut Found) {
    contacts(reader.folder(), state, found);
    plans(reader.folder(), state, found);
    let pictures = if whole { of_record(reader) } else { Ok(of_board(state)) };
    match pictures {
        Ok(pictures) => media(reader.folder(), &pictures, found),
        Err(error) => found.failed("pictures", &error),
    }
}

fn contacts(data: &Path, state: &State, found: &mut Found) {
    let kept = state.incidents().values().filter_map(|incident| incident.contact);
    let kept: BTreeSet<ContactId> = kept.map(|kept| kept.contact).collect();
    let listed = if data.join(CONTACTS).is_file() { Contacts::list(data) } else { Ok(Vec::new()) };
    let listed: BTreeMap<ContactId, bool> = match listed {
        Ok(listed) => listed.into_iter().collect(),
        Err(error) => return found.failed("contacts", &error),
    };
    let lost = kept.iter().filter(|contact| !listed.get(contact).is_some_and(|&key| key)).count();
    let left = listed.iter().filter(|(contact, key)| **key && !kept.contains(contact)).count();
    if lost > 0 {
        found.note(
            "contacts",
            format!("contacts that the record knows and nobody can read: {lost}"),
            "if the city is served, look again; else contacts.db and keys.db of this record are elsewhere: `precinct restore --keys`",
        );
    } else if left > 0 {
        found.note(
            "contacts",
            format!("contacts that no record holds: {left}"),
            "the server erases them when it starts, and those of a moment ago within two hours",
        );
    } else {
        let says = format!("all {} that the record knows can be read, and no others", kept.len());
        found.ok("contacts", says);
    }
}

/// The documents of plans are those that were recorded: each is named after its hash.
fn plans(data: &Path, state: &State, found: &mut Found) {
    let files: BTreeSet<FileHash> = state.plans().values().flat_map(Plan::files).collect();
    let (mut wrong, mut first) = (0_u64, None);
    for &file in &files {
        let path = plan_path(data, file);
        let why = match file_hash(&path) {
            Ok((_, is)) if is.0 == file.0 => continue,
            Ok(_) => format!("{} is not the file that was recorded", path.display()),
            Err(KeepError::File { path, source }) => format!("{}: {source}", path.display()),
            Err(error) => error.to_string(),
        };
        wrong += 1;
        first.get_or_insert(why);
    }
    match first {
        None => {
            let count = grouped(files.len() as u64);
            found.ok("plans", format!("all {count} documents are those that were recorded"));
        }
        Some(first) => found.fault(
            "plans",
            format!("{first}; {} in all", grouped(wrong)),
            "copy them from the newest backup that has them: each is named after what is in it",
        ),
    }
}

/// Pictures by incident and id: the length and hash of each sealed file.
type Pictures = BTreeMap<(IncidentId, MediaId), (u32, FileHash)>;

fn of_board(state: &State) -> Pictures {
    let there = state.incidents().iter().filter(|(_, incident)| !incident.erased);
    there
        .flat_map(|(&id, incident)| incident.media.iter().map(move |one| (id, one)))
        .map(|(id, one)| ((id, one.media), (one.bytes, one.hash)))
        .collect()
}

fn of_record(reader: &Reader) -> Result<Pictures, ReadError> {
    let mut pictures = Pictures::new();
    reader.read(1, &mut |row| {
        // A record that cannot be read is a fault of the chain, which is told there.
        for fact in Entry::read(row).map(|entry| entry.facts).unwrap_or_default() {
            match fact {
                Fact::MediaAdded(added) => {
                    pictures.insert((added.incident, added.media), (added.bytes, added.hash));
                }
                Fact::TextErased(erased) => pictures.retain(|key, _| key.0 != erased.incident),
                _ => {}
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(pictures)
}

fn media(data: &Path, pictures: &Pictures, found: &mut Found) {
    let (mut wrong, mut first) = (0_u64, None);
    for (&(incident, media), &(bytes, hash)) in pictures {
        let path = media_path(data, incident, media);
        let is = file_hash(&path).map(|(length, is)| length == u64::from(bytes) && is.0 == hash.0);
        let why = match is {
            Ok(true) => continue,
            Ok(false) => format!("{} is not the file that was recorded", path.display()),
            Err(KeepError::File { path, source }) => format!("{}: {source}", path.display()),
            Err(error) => error.to_string(),
        };
        wrong += 1;
        first.get_or_insert(why);
    }
    match first {
        None => {
            let count = grouped(pictures.len() as u64);
            found.ok("pictures", format!("all {count} sealed files are those that were recorded"));
        }
        Some(first) => found.fault(
            "pictures",
            format!("{first}; {} in all", grouped(wrong)),
            "copy them from the newest backup that has them: the record knows which file is right",
        ),
    }
}
