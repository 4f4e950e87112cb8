//! Why somebody is not signed in through the provider.

use precinct_core::StaffNo;

use crate::door::Failure;

/// Why somebody is not signed in through the provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OidcFault {
    /// There is no provider.
    #[error("nobody signs in through a provider here: sign in with your password")]
    None,
    /// It does not answer.
    #[error(
        "the sign-in provider does not answer: sign in with your password, or try again in a while"
    )]
    Silent,
    /// It, or whoever sat there, said no.
    #[error("the sign-in provider did not let you in: begin again, or sign in with your password")]
    Refused,
    /// What it said does not hold.
    #[error(
        "what the sign-in provider said does not hold: begin again; if it goes on, whoever runs this server finds the reason in the log"
    )]
    Untrue,
    /// It was not begun here, or is over.
    #[error("this was begun in another browser, was used, or took too long: begin again")]
    Over,
    /// It does not say which number somebody has.
    #[error("the sign-in provider did not say your staff number: tell whoever runs it")]
    Nameless,
    /// There is no account.
    #[error(
        "you are {0}, and there is no account of that number, or nothing you may do here: ask an administrator"
    )]
    Nobody(StaffNo),
    /// A code of the second factor is needed.
    #[error("give a code of your second factor too, or one to recover with")]
    Code,
}

impl OidcFault {
    /// A word for it, by which the page finds what to say.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Silent => "silent",
            Self::Refused => "refused",
            Self::Untrue => "untrue",
            Self::Over => "over",
            Self::Nameless => "nameless",
            Self::Nobody(_) => "nobody",
            Self::Code => "code",
        }
    }
}

impl From<OidcFault> for Failure {
    fn from(fault: OidcFault) -> Self {
        match fault {
            OidcFault::None => Self::missing(fault),
            OidcFault::Silent => Self::later(5, fault),
            OidcFault::Nobody(_) | OidcFault::Nameless => Self::forbidden(fault),
            _ => Self::unknown(fault),
        }
    }
}
