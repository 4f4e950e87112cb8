//! What happened, as it is told to who watches.

use precinct_core::{By, Fact, Moment, Role, Sealed};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Time;

/// A record of the journal, without what is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Recorded {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Time,
    /// When it happened, if it was on paper before it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<Time>,
    /// Who, by staff number.
    pub by: String,
    /// In which role.
    #[schema(value_type = String)]
    pub role: Role,
    /// For which area.
    pub area: u32,
    /// What happened, in order: `{"name.version": {fields}}` each. A sealed text is `"sealed"`.
    #[schema(value_type = Vec<Object>)]
    pub events: Vec<Value>,
}

impl Recorded {
    /// What is told of a record.
    pub fn new(seq: u64, at: Moment, by: &By, facts: &[Fact]) -> Self {
        Self {
            seq,
            at: at.wall.into(),
            happened_at: None,
            by: by.staff.to_string(),
            role: by.role,
            area: by.area.0,
            events: events(facts),
        }
    }

    /// The same of something that was on paper, if it was.
    #[must_use]
    pub fn happened(self, at: Option<Moment>) -> Self {
        Self { happened_at: at.map(|at| at.wall.into()), ..self }
    }
}

/// What happened, with sealed texts taken out.
pub(crate) fn events(facts: &[Fact]) -> Vec<Value> {
    facts
        .iter()
        .map(|fact| serde_json::to_value(unsealed(fact.clone())).unwrap_or_default())
        .collect()
}

/// Stands for a text that is sealed; it is written as the hexadecimal of nothing and then replaced.
fn nothing(text: &mut Option<Sealed>) {
    *text = None;
}

/// A fact without the ciphertexts in it: nobody outside can use them, and nobody needs to hold them.
fn unsealed(mut fact: Fact) -> Fact {
    match &mut fact {
        Fact::IncidentOpened(opened) => {
            nothing(&mut opened.text);
            nothing(&mut opened.place.address);
        }
        Fact::IncidentMoved(moved) => nothing(&mut moved.place.address),
        Fact::NoteAdded(noted) => noted.text = Sealed(Box::default()),
        _ => {}
    }
    fact
}

#[cfg(test)]
mod tests {
    use precinct_core::event::NoteAdded;
    use precinct_core::{IncidentId, StaffNo};

    use super::*;

    #[test]
    fn no_ciphertext_is_told() {
        let text = Sealed(Box::new([0xab; 50]));
        let fact = NoteAdded { incident: IncidentId(3), text }.into();
        let by = By { staff: StaffNo::literal("D7"), ..By::SYSTEM };
        let told = Recorded::new(9, Moment::default(), &by, &[fact]);
        let json = serde_json::to_string(&told).unwrap();
        assert!(json.contains("\"note_added.1\":{\"incident\":3,\"text\":\"\"}"), "{json}");
        assert!(json.starts_with("{\"seq\":9,\"at\":\"1970-01-01T00:00:00.000Z\",\"by\":\"D7\""));
    }
}
