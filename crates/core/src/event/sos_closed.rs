//! `sos_closed`: a call for help is over.

use serde::{Deserialize, Serialize};

use crate::{Code, SosId};

/// A call for help is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SosClosed {
    /// Which.
    pub sos: SosId,
    /// How it ended, a disposition of the catalogue.
    pub outcome: Code,
}
