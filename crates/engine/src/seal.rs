//! Sealing what was written freely, before the core sees it.

use precinct_core::{IncidentId, Order, Sealed};
use precinct_journal::keys::{KEY_BYTES, KeyError, NONCE_BYTES};

use crate::{Chance, Clock, Engine, Request, Store};

/// Keys are made for this many incidents at a time, so that an intake does not wait for the disk twice.
const KEYS_AT_ONCE: u64 = 64;

impl<S: Store, C: Clock, R: Chance> Engine<S, C, R> {
    /// The order of a request with its texts sealed under the key of its incident. An order that the core will refuse stays as it is.
    pub(crate) fn sealed(&mut self, request: Request) -> Result<Order, KeyError> {
        let Request { mut order, text, address, .. } = request;
        let next = self.state.next_incident();
        let done = match &mut order {
            Order::OnPaper { order, .. } => &mut **order,
            order => order,
        };
        let (incident, texts) = match done {
            Order::OpenIncident(intake) => {
                (next, [(&mut intake.text, text), (&mut intake.place.address, address)])
            }
            Order::Move { incident, place } if self.takes_text(*incident) => {
                (*incident, [(&mut place.address, address), (&mut None, None)])
            }
            Order::AddNote { incident, text: sealed } if self.takes_text(*incident) => {
                *sealed = self.seal(*incident, &text.unwrap_or_default())?;
                return Ok(order);
            }
            _ => return Ok(order),
        };
        for (field, text) in texts {
            *field = text.map(|text| self.seal(incident, &text)).transpose()?;
        }
        Ok(order)
    }

    fn takes_text(&self, incident: IncidentId) -> bool {
        self.state.incidents().get(&incident).is_some_and(|incident| !incident.erased)
    }

    fn seal(&mut self, incident: IncidentId, text: &str) -> Result<Sealed, KeyError> {
        let subject = u64::from(incident.0);
        self.ensure_key(subject)?;
        let mut nonce = [0; NONCE_BYTES];
        self.chance.fill(&mut nonce);
        Ok(Sealed(self.store.seal(subject, nonce, text)?.into_boxed_slice()))
    }

    fn ensure_key(&mut self, subject: u64) -> Result<(), KeyError> {
        if self.keyed.contains(&subject) {
            return Ok(());
        }
        let is_new = subject >= u64::from(self.state.next_incident().0);
        let until = subject + if is_new { KEYS_AT_ONCE } else { 1 };
        let fresh: Vec<(u64, [u8; KEY_BYTES])> = (subject..until)
            .map(|subject| {
                let mut key = [0; KEY_BYTES];
                self.chance.fill(&mut key);
                (subject, key)
            })
            .collect();
        self.store.create_keys(&fresh)?;
        if is_new {
            self.keyed = subject..until;
        }
        Ok(())
    }
}
