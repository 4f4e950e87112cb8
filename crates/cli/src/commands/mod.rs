//! The commands, a file or folder each.

pub(crate) mod backup;
pub(crate) mod calibrate;
pub(crate) mod city;
pub(crate) mod coverage;
pub(crate) mod doctor;
pub(crate) mod forecast;
pub(crate) mod journal;
pub(crate) mod key;
pub(crate) mod plan;
pub(crate) mod play;
pub(crate) mod reach;
pub(crate) mod restore;
pub(crate) mod route;
pub(crate) mod serve;
pub(crate) mod sim;
pub(crate) mod simulate;

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// All is well.
    Yes,
    /// The answer is "no": the data has faults.
    No,
}
