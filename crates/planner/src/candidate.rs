//! Places a post could stand, and what is known of each.

/// Whether a place is open to choice.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A post may stand there.
    #[default]
    Free,
    /// A post stands there and stays.
    Kept,
    /// No post may stand there.
    Forbidden,
}

/// A share in thousandths, such as how much of its time a unit is busy.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct PerMille(pub u16);

impl PerMille {
    /// All of it.
    pub const ALL: Self = Self(1_000);

    /// The smallest whole amount that is at least this share of `whole`.
    pub const fn of(self, whole: u64) -> u64 {
        (whole as u128 * self.0 as u128).div_ceil(1_000) as u64
    }
}

/// A place a post could stand. It is known by its index among the candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    /// Whether it is open to choice.
    pub standing: Standing,
    /// What a post there costs, in the planner's money.
    pub money: u64,
    /// How many people a post there takes.
    pub staff: u64,
    /// How much demand a post there can serve, where [`crate::Ask::capacities`] count; without limit if not given.
    pub capacity: Option<u64>,
    /// The share of its time that its unit is busy; that of all units if not given.
    pub busy: Option<PerMille>,
}
