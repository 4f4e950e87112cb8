//! Why a command did not do what it was asked, and the exit code that says so.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use precinct_base::{LonLat, Metres, Millimetres};
use precinct_city::CityError;
use precinct_engine::ReplayError;
use precinct_journal::{AppendError, ExportError, OpenError, ReadError, VerifyError};
use precinct_planner::{PlanError, TableError};
use precinct_play::{DayError, MappingError, PlayError};
use precinct_roads::Profile;
use precinct_sim::generate::GenerateError;

use crate::keeping::KeepError;
use crate::text::numbers::length;

/// The answer is "no", or the data has faults.
pub(crate) const NO: u8 = 1;
/// Wrong usage.
pub(crate) const USAGE: u8 = 2;
/// A file could not be read or written, or is corrupt.
pub(crate) const FILE: u8 = 3;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Arguments that do not go together.
    #[error("{0}")]
    Usage(String),
    /// No road is near enough to a place.
    #[error(
        "no road that a {profile} may use lies within {limit} of {at}; {nearest}",
        profile = .profile.name(),
        nearest = far(*.nearest)
    )]
    FarFromRoad {
        /// The place.
        at: LonLat,
        /// Who would travel.
        profile: Profile,
        /// How far a road may be.
        limit: Metres,
        /// How far the nearest road is, if there is one at all.
        nearest: Option<Millimetres>,
    },
    /// There is no way between two places.
    #[error("no way leads from {from} to {to} for a {profile}; try another --profile, or --islands if one end lies on roads cut off from the rest", profile = .profile.name())]
    NoWay {
        /// Where from.
        from: LonLat,
        /// Where to.
        to: LonLat,
        /// Who would travel.
        profile: Profile,
    },
    /// There is nothing to answer with; the text says what to add.
    #[error("{0}")]
    Nothing(String),
    /// The city, its files or its roads.
    #[error(transparent)]
    City(#[from] CityError),
    /// A city that is to be made up.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A journal that cannot be opened.
    #[error(transparent)]
    Journal(#[from] OpenError),
    /// Records that cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Records that cannot be replayed.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// Records that cannot be written.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// A city that is not served.
    #[error(transparent)]
    Serve(#[from] precinct_server::ServerError),
    /// Accounts and keys.
    #[error("accounts: {0}")]
    Accounts(String),
    /// A played day that could not begin, or broke off.
    #[error(transparent)]
    Play(#[from] PlayError),
    /// A record of calls that cannot be read.
    #[error(transparent)]
    Day(#[from] DayError),
    /// A mapping of columns that cannot be used.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// A day that cannot be made up.
    #[error(transparent)]
    MadeUpDay(#[from] precinct_play::GenerateError),
    /// A trial that has no figures.
    #[error(transparent)]
    Trial(#[from] precinct_whatif::TrialError),
    /// A backup that was not made, or not used.
    #[error(transparent)]
    Keep(#[from] KeepError),
    /// A question that the planner cannot answer.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Times that do not fit into a table.
    #[error(transparent)]
    Times(#[from] TableError),
    /// A file that this program reads.
    #[error("cannot read {path}: {source}")]
    ReadFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that was given beside the city; the text names it and says what to do.
    #[error("{0}")]
    Input(String),
    /// A file that this program writes.
    #[error("cannot write {path}: {source}; check that the folder exists and may be written to")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Standard output.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

/// A place farther than this from any road is more likely wrong than remote.
const MOST_SNAP: Metres = Metres(10_000);

/// The second half of the message about a place far from roads.
fn far(nearest: Option<Millimetres>) -> String {
    match nearest {
        Some(distance) if distance > MOST_SNAP.millimetres() => {
            format!(
                "the nearest is {} away: check the place, longitude comes first",
                length(distance)
            )
        }
        Some(distance) => format!(
            "the nearest is {} away: check the place, or allow it with --snap {}",
            length(distance),
            distance.metres().0 + 1
        ),
        None => "there is none at all: check the city with `precinct city check`".to_owned(),
    }
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Keep(error) if error.is_usage() => USAGE,
            Self::Keep(error) if error.is_no() => NO,
            Self::Usage(_)
            | Self::Mapping(_)
            | Self::Plan(
                PlanError::Together(..)
                | PlanError::Limitless
                | PlanError::Timeless
                | PlanError::KeptBeyondLimits { .. }
                | PlanError::Candidates { .. },
            )
            | Self::Generate(
                GenerateError::People { .. }
                | GenerateError::Cities { .. }
                | GenerateError::NationPeople { .. },
            ) => USAGE,
            Self::FarFromRoad { .. }
            | Self::Plan(_)
            | Self::Times(_)
            | Self::NoWay { .. }
            | Self::Nothing(_)
            | Self::MadeUpDay(_)
            | Self::Trial(_)
            | Self::Play(PlayError::NoCalls | PlayError::NoPosts) => NO,
            Self::City(_)
            | Self::Generate(_)
            | Self::Journal(_)
            | Self::Read(_)
            | Self::Replay(_)
            | Self::Append(_)
            | Self::Serve(_)
            | Self::Accounts(_)
            | Self::Play(PlayError::Client(_))
            | Self::Day(_)
            | Self::Keep(_)
            | Self::ReadFile { .. }
            | Self::Input(_)
            | Self::Write { .. }
            | Self::Output(_) => FILE,
        })
    }

    /// Whether the reader of the answer has gone, as `head` does: nothing to complain about.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Open(error) => error.into(),
            VerifyError::Read(error) => error.into(),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Read(error) => error.into(),
            ExportError::Write(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_far_place_is_told_how_far_and_what_to_do() {
        let failure = |nearest| Failure::FarFromRoad {
            at: "113.5,22.1".parse().unwrap(),
            profile: Profile::PoliceCar,
            limit: Metres(500),
            nearest,
        };
        assert_eq!(
            failure(Some(Millimetres(834_200))).to_string(),
            "no road that a car may use lies within 500 m of 113.5000000,22.1000000; the nearest is 834 m away: check the \
             place, or allow it with --snap 835"
        );
        let far = failure(Some(Millimetres(18_222_000))).to_string();
        assert!(
            far.ends_with("the nearest is 18.2 km away: check the place, longitude comes first"),
            "{far}"
        );
        assert!(failure(None).to_string().contains("precinct city check"));
    }

    #[test]
    fn a_reader_that_has_gone_is_no_complaint() {
        assert!(Failure::Output(io::ErrorKind::BrokenPipe.into()).is_broken_pipe());
        assert!(!Failure::Output(io::ErrorKind::StorageFull.into()).is_broken_pipe());
    }
}
