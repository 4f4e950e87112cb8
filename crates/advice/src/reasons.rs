//! Why a unit stands where it does, in types; a door turns them into words of its own.

use std::fmt;

use precinct_base::{AreaId, Millis};
use precinct_core::{Code, IncidentId};

/// Why no time by road can be told, so that a person has to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByHand {
    /// It does not go by road, or there is no network for how it goes.
    NoNetwork,
    /// Nobody knows where it is, or it is near no road.
    NoPlace,
    /// The incident is near no road that it could use.
    OffRoad,
}

/// What is to be known of a unit that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is there first.
    Nearest,
    /// Its time is for a person to judge.
    ByHand(ByHand),
    /// It would be taken off something less urgent.
    PreEmpts(IncidentId),
    /// Its last fix is that old.
    Stale(Millis),
    /// It was never seen, and is taken to be at its home post.
    NeverSeen,
    /// It works in another area.
    OtherArea(AreaId),
    /// Its tour ends in so long: before it could be there, or soon after.
    TourEnds(Millis),
}

/// Why a unit is not to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Out {
    /// It is off duty.
    OffDuty,
    /// It is out of service.
    OutOfService(Code),
    /// It can do nothing that is needed: it lacks this, and as many more that would do.
    Lacks {
        /// What it lacks.
        capability: Code,
        /// How many other capabilities would do as well.
        others: usize,
    },
    /// It is on this incident already.
    OnIt,
    /// What it does is too urgent, or too far on.
    AsUrgent(IncidentId),
    /// No road leads there from where it is.
    Unreachable,
    /// It is farther than units are looked for.
    Beyond(Millis),
}

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNetwork => "does not go by road: judge its time yourself",
            Self::NoPlace => "its place is not known: ask it",
            Self::OffRoad => "no road it could use is near: judge its time yourself",
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Nearest => f.write_str("nearest"),
            Self::ByHand(why) => why.fmt(f),
            Self::PreEmpts(incident) => write!(f, "would be taken off {incident}"),
            Self::Stale(age) => write!(f, "last seen {} ago", Span(age)),
            Self::NeverSeen => f.write_str("never seen, taken to be at its home post"),
            Self::OtherArea(area) => write!(f, "of area {area}"),
            Self::TourEnds(Millis(0)) => f.write_str("its tour is over"),
            Self::TourEnds(left) => write!(f, "its tour ends in {}", Span(left)),
        }
    }
}

impl fmt::Display for Out {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::OffDuty => f.write_str("off duty"),
            Self::OutOfService(reason) => write!(f, "out of service ({reason})"),
            Self::Lacks { capability, others: 0 } => write!(f, "lacks {capability}"),
            Self::Lacks { capability, others } => {
                write!(f, "lacks {capability} and {others} more that would do")
            }
            Self::OnIt => f.write_str("on it already"),
            Self::AsUrgent(incident) => {
                write!(f, "on {incident}, which is as urgent or too far on")
            }
            Self::Unreachable => f.write_str("no road leads there from where it is"),
            Self::Beyond(limit) => write!(f, "more than {} away", Span(limit)),
        }
    }
}

/// A span of time as people say it: whole minutes, or seconds below one.
struct Span(Millis);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.0 / 1_000 {
            seconds @ 0..60 => write!(f, "{seconds} s"),
            seconds => write!(f, "{} min", seconds / 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_said_in_words() {
        let minutes = Millis::from_minutes;
        let said = [
            (Reason::Stale(minutes(7)).to_string(), "last seen 7 min ago"),
            (Reason::Stale(Millis(40_900)).to_string(), "last seen 40 s ago"),
            (Reason::PreEmpts(IncidentId(3)).to_string(), "would be taken off I-3"),
            (Reason::TourEnds(minutes(12)).to_string(), "its tour ends in 12 min"),
            (Reason::TourEnds(Millis::ZERO).to_string(), "its tour is over"),
            (Reason::OtherArea(AreaId(4)).to_string(), "of area 4"),
            (Out::OutOfService(Code::literal("fuel")).to_string(), "out of service (fuel)"),
            (Out::Lacks { capability: Code::literal("boat"), others: 0 }.to_string(), "lacks boat"),
            (
                Out::Lacks { capability: Code::literal("boat"), others: 1 }.to_string(),
                "lacks boat and 1 more that would do",
            ),
            (Out::Beyond(minutes(60)).to_string(), "more than 60 min away"),
        ];
        for (told, want) in said {
            assert_eq!(told, want);
        }
    }
}
