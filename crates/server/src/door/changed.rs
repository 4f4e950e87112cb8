//! What has changed since somebody looked, so that nobody overwrites what they have not seen.

use precinct_base::caps;
use precinct_core::{Fact, Subject};
use precinct_wire::ChangedDoc;

use super::Failure;
use crate::app::App;
use crate::live::Told;

/// A record as a change of a thing; none if it leaves that as it was.
fn change(told: &Told, subject: Subject) -> Option<ChangedDoc> {
    let Told { seq, entry } = told;
    let changes = |fact: &&Fact| fact.changes().any(|changed| changed == subject);
    let events: Vec<String> =
        entry.facts.iter().filter(changes).map(|fact| fact.name().to_owned()).collect();
    let (at, by) = (entry.at.wall.into(), entry.by.staff.to_string());
    (!events.is_empty()).then_some(ChangedDoc { seq: *seq, at, by, events })
}

/// Who did it and when, in words.
fn words(changed: &[ChangedDoc]) -> String {
    let Some(last) = changed.last() else { return String::new() };
    let ChangedDoc { seq, at, by, events } = last;
    let what = events.join(", ");
    format!(
        "{by} changed it at {at} (record {seq}: {what}): look at it as it is now, and give the command again if it still holds"
    )
}

impl App {
    /// That no record after `after` has changed a thing; the last record that was looked at. Otherwise a problem that says what changed.
    pub(crate) async fn unchanged(&self, subject: Subject, after: u64) -> Result<u64, Failure> {
        let newest = *self.feed.watch().borrow();
        let again = "look at it as it is now, and give the command again if it still holds";
        if after > newest {
            let detail = format!("record {after} is not there, the last is {newest}: {again}");
            return Err(Failure::changed(detail, Vec::new()));
        }
        if newest - after > caps::CHANGES_SOUGHT {
            let detail =
                format!("you looked at it by record {after}, and the last is {newest}: {again}");
            return Err(Failure::changed(detail, Vec::new()));
        }
        let (mut seen, mut changed) = (after, Vec::new());
        loop {
            let told = self.feed.since(seen).await.map_err(Failure::inside)?;
            let Some(last) = told.last() else { break };
            seen = last.seq;
            changed.extend(told.iter().filter_map(|told| change(told, subject)));
        }
        if changed.is_empty() {
            return Ok(seen);
        }
        let over = changed.len().saturating_sub(caps::CHANGES_NAMED);
        changed.drain(..over);
        Err(Failure::changed(words(&changed), changed))
    }
}
