//! A plan: what was asked about what, what is proposed, and what is claimed of it. It never changes; a better one is another plan
//! that names this one as its parent.

mod audit;
mod claims;
mod share;

pub use audit::{Finding, audit};
pub use claims::Claims;

use precinct_base::LonLat;
use sha2::{Digest, Sha256};

use crate::{Answer, Ask, Candidate, Effort, Table};

/// The form of plans that this program writes.
const FORM: u32 = 1;

/// A candidate with its place.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sited {
    /// Where it is.
    pub at: LonLat,
    /// What it is called; may be empty.
    pub name: String,
    /// What it is in the city: `post`, `site`, `street`, or `listed`.
    pub origin: String,
    /// What is known of it.
    #[serde(flatten)]
    pub candidate: Candidate,
}

/// What a plan is made from, beside the candidates.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Inputs {
    /// Which city, by name.
    pub city: String,
    /// The demand, by its name in the city's file; empty where it has none.
    pub demand: String,
    /// Who travels.
    pub profile: String,
    /// The hour of the week, from Monday 00:00.
    pub hour: u8,
    /// How far a place may lie from its road, in metres.
    pub snap: u32,
    /// Whether places may lie on roads cut off from the rest.
    pub islands: bool,
    /// The longest time of the table, in milliseconds.
    pub longest_ms: u32,
    /// SHA-256 of the roads' source.
    pub roads: String,
    /// SHA-256 of the reach table.
    pub table: String,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Plan {
    /// The form it is written in.
    pub form: u32,
    /// The seal of the plan it was made from.
    pub parent: Option<String>,
    /// What it is made from.
    pub inputs: Inputs,
    /// What was asked.
    pub ask: Ask,
    /// How hard was looked.
    pub effort: Effort,
    /// Every candidate; the plan knows them by their index.
    pub candidates: Vec<Sited>,
    /// What was answered.
    pub answer: Answer,
    /// What is claimed of the plan, and of the posts that are kept, alone.
    pub claims: Claims,
    /// The same of what stands today.
    pub before: Claims,
    /// SHA-256 of all of the above.
    pub seal: String,
}

impl Plan {
    /// A plan, sealed.
    ///
    /// # Panics
    /// Never: a plan can always be written.
    pub fn new(
        parent: Option<String>,
        (inputs, ask, effort): (Inputs, Ask, Effort),
        candidates: Vec<Sited>,
        answer: Answer,
        (before, claims): (Claims, Claims),
    ) -> Self {
        let mut plan = Self {
            form: FORM,
            parent,
            inputs,
            ask,
            effort,
            candidates,
            answer,
            claims,
            before,
            seal: String::new(),
        };
        plan.seal = plan.sealed();
        plan
    }

    /// The seal it ought to have.
    fn sealed(&self) -> String {
        let bare = Self { seal: String::new(), ..self.clone() };
        // Every part of a plan has a form in JSON.
        let bytes = serde_json::to_vec(&bare).unwrap_or_default();
        hex(&Sha256::digest(bytes))
    }

    /// The candidates alone.
    pub fn described(&self) -> Vec<Candidate> {
        self.candidates.iter().map(|one| one.candidate).collect()
    }
}

impl Table {
    /// SHA-256 of the table, in lower-case hexadecimal.
    pub fn checksum(&self) -> String {
        let mut hash = Sha256::new();
        let mut put = |number: u64| hash.update(number.to_le_bytes());
        put(self.candidates() as u64);
        put(self.bands() as u64);
        for row in 0..self.len() {
            put(u64::from(self.grade(row)));
            put(self.area(row).map_or(u64::MAX, u64::from));
            self.weights(row).iter().for_each(|&weight| put(weight));
            put(self.row(row).len() as u64);
            self.row(row).for_each(|(who, time)| put(u64::from(who) << 32 | u64::from(time.0)));
        }
        hex(&hash.finalize())
    }
}

/// Bytes in lower-case hexadecimal, as seals and checksums are written.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
