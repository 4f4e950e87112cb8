//! Why something cannot be recorded of who may see and do what.

use crate::{Role, StaffNo};

/// Why something cannot be recorded of who may see and do what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OversightRejection {
    /// It is not said whose text or contact is read.
    #[error("it is not said of which incident: name it")]
    OfNoIncident,
    /// It is not said which picture is read.
    #[error("it is not said which picture of which incident: name both")]
    OfNoPicture,
    /// It is not said whose track is read.
    #[error("it is not said of which unit, from when and until when: name all three, in order")]
    OfNoTrack,
    /// There is no end to come.
    #[error("{staff} has not broken glass: there is nothing to mend")]
    Whole {
        /// Who.
        staff: StaffNo,
    },
    /// A machine is not in an emergency.
    #[error("{staff} acts as {role:?}: only people break glass")]
    NobodyThere {
        /// Who.
        staff: StaffNo,
        /// In which role.
        role: Role,
    },
}
