//! Chance for accounts and contacts: the machine's own.

use precinct_engine::Chance as _;
use precinct_engine::live::SystemChance;

/// The machine's chance, as accounts and contacts take it.
#[derive(Debug)]
pub(crate) struct Drawn(pub(crate) SystemChance);

impl precinct_accounts::Chance for Drawn {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

impl precinct_contacts::Chance for Drawn {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// A new id of a command of the server's own, in order of time.
pub(crate) fn own_id(now: precinct_base::Timestamp) -> precinct_core::CommandId {
    let mut id = [0; 16];
    SystemChance.fill(&mut id);
    id[..6].copy_from_slice(&now.0.to_be_bytes()[2..]);
    precinct_core::CommandId(id)
}

/// A name that nobody can guess.
pub(crate) fn drawn_name() -> String {
    let mut bytes = [0; 16];
    SystemChance.fill(&mut bytes);
    format!("{:032x}", u128::from_be_bytes(bytes))
}
