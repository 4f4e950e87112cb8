//! What to aim at and within which limits, as the command line says it.

use std::str::FromStr as _;

use clap::{Args, ValueEnum};
use precinct_base::Millis;
use precinct_planner::{Aim, Ask, Effort, Least, PerMille};

use crate::failure::Failure;

/// What to aim at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Objective {
    /// As much demand as can be within its minutes of a post
    #[default]
    Cover,
    /// All demand that can be, or --share of it, with the fewest posts
    Set,
    /// Demand within reach of a second post counts once more
    Backup,
    /// As much demand as can be within reach of two posts, with --share of it within reach of one
    Double,
    /// Expected demand covered when units are busy
    Mexclp,
    /// The least mean time from the nearest post
    Median,
    /// The least longest time from the nearest post
    Centre,
}

/// What a set of posts is to take least of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum LeastOf {
    /// Posts
    #[default]
    Posts,
    /// Money
    Money,
    /// People
    Staff,
}

/// The question, but for what it is about.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Aim and limits")]
pub(super) struct Aiming {
    /// What to aim at
    #[arg(long, value_enum, default_value_t)]
    pub(super) objective: Objective,
    /// With --objective set: what to take least of
    #[arg(long, value_enum, default_value_t)]
    least: LeastOf,
    /// With --objective set or double: the share of all demand to be covered, in percent
    #[arg(long, value_name = "PERCENT", value_parser = per_mille)]
    share: Option<PerMille>,
    /// With --objective mexclp: the share of its time that a unit is busy, in percent
    #[arg(long, value_name = "PERCENT", value_parser = per_mille, default_value = "30")]
    busy: PerMille,
    /// The most money for all posts together
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<u64>,
    /// The most people at all posts together
    #[arg(long, value_name = "PEOPLE")]
    staff: Option<u64>,
    /// The most nodes to search: the answer says how far from the best it may be
    #[arg(long, value_name = "NODES", default_value_t = Effort::default().nodes)]
    nodes: u32,
}

impl Aiming {
    /// The question for so many posts, with these times by grade.
    pub(super) fn ask(&self, posts: Option<usize>, within: Vec<Millis>) -> Result<Ask, Failure> {
        let aim = match self.objective {
            Objective::Cover => Aim::Cover,
            Objective::Set => Aim::Set { least: self.least.into(), share: self.share },
            Objective::Backup => Aim::Backup,
            Objective::Double => Aim::DoubleStandard { once: self.share.unwrap_or_default() },
            Objective::Mexclp => Aim::Expected { busy: self.busy },
            Objective::Median => Aim::Median,
            Objective::Centre => Aim::Centre,
        };
        let takes_share = matches!(self.objective, Objective::Set | Objective::Double);
        if self.share.is_some() && !takes_share {
            let text = "--share goes with --objective set and double alone";
            return Err(Failure::Usage(text.to_owned()));
        }
        let mut ask = Ask::new(aim, posts, within);
        (ask.money, ask.staff) = (self.budget, self.staff);
        Ok(ask)
    }

    /// How hard to look.
    pub(super) fn effort(&self) -> Effort {
        Effort { nodes: self.nodes, ..Effort::default() }
    }
}

impl From<LeastOf> for Least {
    fn from(least: LeastOf) -> Self {
        match least {
            LeastOf::Posts => Self::Posts,
            LeastOf::Money => Self::Money,
            LeastOf::Staff => Self::Staff,
        }
    }
}

/// A share in percent with at most one decimal.
pub(super) fn per_mille(text: &str) -> Result<PerMille, String> {
    let wrong = || format!("{text:?} is not a share in percent: write 90 or 97.5");
    let text = text.trim().trim_end_matches('%');
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let number = |part: &str| u16::from_str(part).map_err(|_| wrong());
    if tenth.len() != 1 || whole.len() > 3 {
        return Err(wrong());
    }
    let share = number(whole)? * 10 + number(tenth)?;
    if share > PerMille::ALL.0 { Err(wrong()) } else { Ok(PerMille(share)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_in_percent() {
        assert_eq!(per_mille("97.5"), Ok(PerMille(975)));
        assert_eq!(per_mille("30%"), Ok(PerMille(300)));
        assert_eq!(per_mille("100"), Ok(PerMille(1_000)));
        for wrong in ["", "101", "9.75", "-1", "x"] {
            assert!(per_mille(wrong).is_err(), "{wrong}");
        }
    }
}
