//! How to reach who reported an incident: what is given, and what is shown for a purpose. It is never in a log.

use std::fmt;

use precinct_base::caps;
use serde::{Deserialize, Serialize};

use crate::Time;

/// How to reach who reported an incident: a name, a number to call back, or both.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactBody {
    /// What they want to be called.
    #[serde(default)]
    pub name: Option<String>,
    /// The number to call back.
    #[serde(default)]
    pub number: Option<String>,
}

/// Nothing of it, so that no log has it.
impl fmt::Debug for ContactBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactBody")
    }
}

/// Why a contact is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactFault {
    /// It says nothing.
    #[error("a contact has a `name`, a `number` to call back, or both: this one has neither")]
    Empty,
    /// A part is too long.
    #[error("`{part}` has {bytes} bytes and may have {most}: shorten it")]
    TooLong {
        /// Which part.
        part: &'static str,
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A part has letters that nobody can read out.
    #[error("`{part}` has control characters in it: leave them out")]
    Control {
        /// Which part.
        part: &'static str,
    },
    /// What was kept is not what this program writes.
    #[error("what was kept is no contact: it was altered, or a newer program wrote it")]
    Unread,
}

fn part(
    part: &'static str,
    text: Option<&str>,
    most: usize,
) -> Result<Option<String>, ContactFault> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    match text {
        Some(text) if text.len() > most => {
            Err(ContactFault::TooLong { part, bytes: text.len(), most })
        }
        Some(text) if text.chars().any(char::is_control) => Err(ContactFault::Control { part }),
        text => Ok(text.map(str::to_owned)),
    }
}

impl ContactBody {
    /// The text that is sealed of it.
    pub fn to_text(&self) -> Result<String, ContactFault> {
        let name = part("name", self.name.as_deref(), caps::NAME_LENGTH)?;
        let number = part("number", self.number.as_deref(), caps::CALL_BACK_BYTES)?;
        if name.is_none() && number.is_none() {
            return Err(ContactFault::Empty);
        }
        serde_json::to_string(&Self { name, number }).map_err(|_| ContactFault::Unread)
    }

    /// What a text that was unsealed says.
    pub fn of_text(text: &str) -> Result<Self, ContactFault> {
        serde_json::from_str(text).map_err(|_| ContactFault::Unread)
    }
}

/// How to reach who reported an incident, as it is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ContactDoc {
    /// Of which incident.
    pub incident: u32,
    /// What they want to be called.
    pub name: Option<String>,
    /// The number to call back.
    pub number: Option<String>,
    /// When it is erased at the latest.
    pub until: Time,
}

/// Nothing of it but whose it is.
impl fmt::Debug for ContactDoc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContactDoc(I-{})", self.incident)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(name: &str, number: &str) -> ContactBody {
        ContactBody { name: Some(name.to_owned()), number: Some(number.to_owned()) }
    }

    #[test]
    fn a_contact_survives_its_text_and_is_in_no_log() {
        let given = body("  王女士 ", "+853 6666 0000");
        let kept = ContactBody::of_text(&given.to_text().unwrap()).unwrap();
        assert_eq!(kept, body("王女士", "+853 6666 0000"));
        assert_eq!(format!("{given:?}"), "ContactBody");
        let number = ContactBody { name: None, ..body("", "110") };
        assert_eq!(number.to_text().unwrap(), r#"{"name":null,"number":"110"}"#);
    }

    #[test]
    fn what_says_nothing_or_too_much_is_refused() {
        assert_eq!(body(" ", "").to_text(), Err(ContactFault::Empty));
        let long = body("x", &"1".repeat(65)).to_text().unwrap_err();
        assert_eq!(long, ContactFault::TooLong { part: "number", bytes: 65, most: 64 });
        // The longest contact fits where it is kept: no letter becomes more than two in JSON.
        let control = body("x\u{1}y", "1").to_text();
        assert_eq!(control, Err(ContactFault::Control { part: "name" }));
        let longest = body(&"\"".repeat(256), &"9".repeat(64)).to_text().unwrap();
        assert!(longest.len() + 40 <= caps::CONTACT_BYTES);
        assert_eq!(ContactBody::of_text("7"), Err(ContactFault::Unread));
    }
}
