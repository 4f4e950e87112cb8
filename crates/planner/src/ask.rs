//! What is asked of the planner: what to aim at, within which limits, and how hard to look.

use precinct_base::Millis;

use crate::PerMille;

/// What a plan aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "aim")]
pub enum Aim {
    /// As much demand as can be within its time of a post (maximal covering: Church & `ReVelle` 1974).
    Cover,
    /// All demand that a candidate covers where a post may stand, or a share of all demand, with the least of something (set covering: Toregas et al.
    /// 1971; partial: Daskin & Owen 1999).
    Set {
        /// Of what.
        least: Least,
        /// The share of all demand to be covered, that which nobody covers included; everything that can be if not given.
        share: Option<PerMille>,
    },
    /// Demand covered counts once, demand covered by two posts twice (backup covering: Hogan & `ReVelle` 1986).
    Backup,
    /// As much demand as can be covered twice, while a share of all demand is covered once (double standard: Gendreau,
    /// Laporte & Semet 1997). What is to be covered once within a longer time is [`Ask::outer`].
    DoubleStandard {
        /// The share of all demand to be covered once.
        once: PerMille,
    },
    /// Expected demand covered by a unit that is free (MEXCLP: Daskin 1983; by unit: Batta, Dolan & Krishnamurthy 1989).
    Expected {
        /// The share of its time that a unit is busy, where its candidate gives none.
        busy: PerMille,
    },
    /// The least mean time from the nearest post, weighted by demand (p-median: Hakimi 1964). Demand that no post reaches
    /// counts as if it took the longest time of the table and a millisecond.
    Median,
    /// The least longest time from the nearest post (p-centre: Hakimi 1964), over demand that any candidate reaches.
    Centre,
}

/// What a set of posts that covers everything is to take least of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Least {
    /// Posts.
    #[default]
    Posts,
    /// Money.
    Money,
    /// People.
    Staff,
}

/// Least cover of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Floor {
    /// The area, as the table numbers it.
    pub area: u32,
    /// The share of its demand to be within its time of a post.
    pub least: PerMille,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ask {
    /// What to aim at.
    pub aim: Aim,
    /// The most posts, those kept among them; without limit if not given.
    pub posts: Option<usize>,
    /// The most money, for all posts; without limit if not given.
    pub money: Option<u64>,
    /// The most people, for all posts; without limit if not given.
    pub staff: Option<u64>,
    /// The time within which each grade of place is to be reached; a place of a later grade has the last.
    pub within: Vec<Millis>,
    /// A longer time within which every place that can be is to be reached, whatever the aim.
    pub outer: Option<Millis>,
    /// Least cover of areas.
    pub floors: Vec<Floor>,
    /// Whether what a post can serve is limited by its capacity; demand is shared out so that most is served. When aiming at
    /// [`Aim::Cover`], without least cover.
    pub capacities: bool,
    /// How much each band of hours counts; each once if there are fewer than the table has.
    pub bands: Vec<u32>,
}

impl Ask {
    /// A question without limits but the number of posts.
    pub const fn new(aim: Aim, posts: Option<usize>, within: Vec<Millis>) -> Self {
        Self {
            aim,
            posts,
            money: None,
            staff: None,
            within,
            outer: None,
            floors: Vec::new(),
            capacities: false,
            bands: Vec::new(),
        }
    }

    /// The time set for a grade; none if there is no time at all.
    pub fn time_of(&self, grade: u8) -> Millis {
        let last = self.within.len().saturating_sub(1);
        self.within.get(usize::from(grade).min(last)).copied().unwrap_or(Millis::ZERO)
    }
}

/// How hard to look. In turns, never in seconds, so that every machine finds the same plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Effort {
    /// Turns of the bound before branching.
    pub turns: u32,
    /// Turns of the bound at each node.
    pub node_turns: u32,
    /// Nodes of the search.
    pub nodes: u32,
    /// Passes of the swap search over all posts.
    pub passes: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Self { turns: 1_200, node_turns: 40, nodes: 20_000, passes: 24 }
    }
}
