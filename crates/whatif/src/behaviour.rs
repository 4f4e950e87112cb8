//! How crews and call-takers behave, as plain data: spreads of times by force, type, priority and hour.
//!
//! Whoever has measured a city fills this in; [`Behaviour::calibrated`] takes over what `precinct-calibration` has fitted to its record.

use precinct_base::{HourOfWeek, Millis};
use precinct_core::{Code, Priority};
use serde::{Deserialize, Serialize};

/// How a time is spread: times at evenly spaced shares from the shortest to the longest, rising. A draw lies evenly between two of them.
///
/// ```
/// use precinct_whatif::Spread;
/// let spread = Spread::new(vec![60_000, 20_000]);
/// assert_eq!(spread.at(0), 20_000);
/// assert_eq!(spread.at(1 << 63), 40_000);
/// assert_eq!(Spread::always(5).at(u64::MAX), 5);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<u32>", into = "Vec<u32>")]
pub struct Spread(Vec<u32>);

impl From<Vec<u32>> for Spread {
    fn from(times: Vec<u32>) -> Self {
        Self::new(times)
    }
}

impl From<Spread> for Vec<u32> {
    fn from(spread: Spread) -> Self {
        spread.0
    }
}

impl Spread {
    /// The spread through `times` in milliseconds, in any order; nothing at all if there are none.
    pub fn new(mut times: Vec<u32>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The same time always.
    pub fn always(ms: u32) -> Self {
        Self(vec![ms])
    }

    /// The spread of what was observed, thinned to at most `points` times: the shortest, the longest, and evenly spaced shares between.
    pub fn observed(mut times: Vec<u32>, points: usize) -> Self {
        times.sort_unstable();
        if times.len() <= points.max(2) {
            return Self(times);
        }
        let last = (times.len() - 1) as u64;
        let steps = points.max(2) as u64 - 1;
        Self((0..=steps).map(|step| times[(last * step / steps) as usize]).collect())
    }

    /// The log-normal spread of a median and of what nine in ten do not exceed, cut at the hundredths: how times of work are commonly
    /// spread where no more is known of them (L. Brown et al., *Statistical analysis of a telephone call center*, JASA 100 (2005)).
    pub fn skewed(median: Millis, p90: Millis) -> Self {
        let ratio = f64::from(p90.0.max(median.0)) / f64::from(median.0.max(1));
        let spread = libm::log(ratio.max(1.0)) / NORMAL[8];
        let at = |normal: f64| libm::round(f64::from(median.0) * libm::exp(spread * normal)) as u32;
        let above = NORMAL.iter().map(|&normal| at(normal));
        Self::new(NORMAL.iter().skip(1).map(|&normal| at(-normal)).chain(above).collect())
    }

    /// The times it goes through.
    pub fn times(&self) -> &[u32] {
        &self.0
    }

    /// The time at a share of all numbers: 0 is the shortest.
    pub fn at(&self, draw: u64) -> u32 {
        let Some(last) = self.0.len().checked_sub(1) else { return 0 };
        let place = u128::from(draw) * last as u128;
        let (index, part) = ((place >> 64) as usize, place as u64);
        let (low, high) = (self.0[index], self.0[(index + 1).min(last)]);
        low + ((u128::from(high - low) * u128::from(part)) >> 64) as u32
    }
}

/// Normal deviates at the median and each twentieth above it; the last is of 99 in 100 in place of all.
const NORMAL: [f64; 11] = [
    0.0, 0.125_661, 0.253_347, 0.385_320, 0.524_401, 0.674_490, 0.841_621, 1.036_433, 1.281_552,
    1.644_854, 2.326_348,
];

/// All hours of a day, as bits.
pub const ALL_HOURS: u32 = (1 << 24) - 1;

/// A spread, and what it is for; none is any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The force.
    #[serde(default)]
    pub force: Option<Code>,
    /// The type of incident.
    #[serde(default)]
    pub kind: Option<Code>,
    /// How urgent.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// Local hours of the day, a bit each, midnight the lowest.
    #[serde(default = "all_hours")]
    pub hours: u32,
    /// How the time is spread.
    pub spread: Spread,
}

const fn all_hours() -> u32 {
    ALL_HOURS
}

impl Rule {
    /// A rule for everything.
    pub const fn any(spread: Spread) -> Self {
        Self { force: None, kind: None, priority: None, hours: ALL_HOURS, spread }
    }
}

/// What a time is drawn for.
#[derive(Clone, Copy, Debug)]
pub struct For {
    /// The force of the crew, if there is one.
    pub force: Option<Code>,
    /// The type of incident.
    pub kind: Code,
    /// How urgent it is.
    pub priority: Priority,
    /// When, by the local week.
    pub hour: HourOfWeek,
}

/// Rules in order: the first that fits holds. Where none does there is no time to take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Table(pub Vec<Rule>);

impl Table {
    /// The same for everybody.
    pub fn any(spread: Spread) -> Self {
        Self(vec![Rule::any(spread)])
    }

    /// The time for something, by a draw; nothing at all where no rule fits.
    pub fn at(&self, asked: For, draw: u64) -> Millis {
        self.find(asked, draw).unwrap_or(Millis::ZERO)
    }

    /// The time for something, by a draw, if a rule fits.
    pub fn find(&self, asked: For, draw: u64) -> Option<Millis> {
        let hour = asked.hour.index() % 24;
        let fits = |rule: &&Rule| {
            rule.kind.is_none_or(|kind| kind == asked.kind)
                && rule.priority.is_none_or(|priority| priority == asked.priority)
                && rule.force.is_none_or(|force| Some(force) == asked.force)
                && rule.hours >> hour & 1 == 1
        };
        self.0.iter().find(fits).map(|rule| Millis(rule.spread.at(draw)))
    }
}

/// What a unit does once it is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returning {
    /// It drives back to its post and can be sent from wherever it is.
    #[default]
    Free,
    /// It drives back and can be sent only when it is there: paperwork, or no radio on the way.
    Busy,
    /// It stays where it was and can be sent from there, as a patrol that has no station to go back to.
    Stays,
}

/// A rest in every tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// How long after the start of the tour it is due. A unit that is busy then takes it when it is free.
    pub after: Millis,
    /// How long it lasts, at the post.
    pub lasts: Millis,
}

/// How crews and call-takers behave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// From the call until it is entered.
    pub handling: Table,
    /// From then until the dispatcher has looked at it, where units are free.
    pub desk: Table,
    /// From being sent until a crew sets out.
    pub turnout: Table,
    /// How long a crew stays at the scene.
    pub stay: Table,
    /// For each hour of the week, how much longer drives take on the streets than by the roads they are simulated on, in thousandths.
    pub pace: Vec<u16>,
    /// How drives are spread round that, in thousandths.
    pub travel: Spread,
    /// What a unit does once it is free.
    #[serde(default)]
    pub returning: Returning,
    /// A rest in every tour; none is none.
    #[serde(default)]
    pub rest: Option<Rest>,
    /// How many calls in a thousand are called off or dealt with by telephone once they are entered, by priority; none is none.
    #[serde(default)]
    pub called_off: [u16; Priority::COUNT],
    /// Whether the times of the record are taken where a call has them, in place of a draw.
    pub as_recorded: bool,
}

impl Default for Behaviour {
    /// Three quarters of a minute to take a call, twenty seconds to look at it, half a minute to set out, a quarter of an hour at the scene, drives as by the roads. A start, no
    /// city's own.
    fn default() -> Self {
        Self {
            handling: Table::any(Spread::new(vec![20_000, 45_000, 120_000])),
            desk: Table::any(Spread::new(vec![5_000, 20_000, 60_000])),
            turnout: Table::any(Spread::new(vec![5_000, 30_000, 90_000])),
            stay: Table::any(Spread::new(vec![120_000, 480_000, 900_000, 1_500_000, 3_600_000])),
            pace: vec![1_000; HourOfWeek::COUNT],
            travel: Spread::always(1_000),
            returning: Returning::Free,
            rest: None,
            called_off: [0; Priority::COUNT],
            as_recorded: true,
        }
    }
}

impl Behaviour {
    /// Whether a call of a priority is called off, by a draw.
    pub fn is_called_off(&self, priority: Priority, draw: u64) -> bool {
        let share = self.called_off[usize::from(priority.number() - 1)];
        (u128::from(draw) * 1_000) >> 64 < u128::from(share)
    }

    /// How long a drive takes that takes `roads` by the roads, `standing` of it beside its streets, begun at `hour`. The hour makes streets
    /// slower, and nothing else.
    pub fn drive(
        &self,
        (roads, standing): (Millis, Millis),
        hour: HourOfWeek,
        draw: u64,
    ) -> Millis {
        let pace = self.pace.get(hour.index()).copied().unwrap_or(1_000);
        let spread = if self.travel.times().is_empty() { 1_000 } else { self.travel.at(draw) };
        let streets = u128::from(roads.0.saturating_sub(standing.0)) * u128::from(pace);
        let all = streets + u128::from(standing.0.min(roads.0)) * 1_000;
        let scaled = all * u128::from(spread) + 500_000;
        Millis(u32::try_from(scaled / 1_000_000).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_draw_lies_between_the_shortest_and_the_longest_and_rises(
            times in prop::collection::vec(any::<u32>(), 1..9), a in any::<u64>(), b in any::<u64>(),
        ) {
            let spread = Spread::new(times.clone());
            let (low, high) = (spread.at(a.min(b)), spread.at(a.max(b)));
            prop_assert!(low <= high);
            prop_assert!(times.iter().min() <= Some(&low) && Some(&high) <= times.iter().max());
            prop_assert_eq!(Some(&spread.at(0)), times.iter().min());
        }

        #[test]
        fn what_is_observed_keeps_its_ends(times in prop::collection::vec(any::<u32>(), 1..90), points in 2usize..20) {
            let spread = Spread::observed(times.clone(), points);
            prop_assert_eq!(spread.times().first(), times.iter().min());
            prop_assert_eq!(spread.times().last(), times.iter().max());
            prop_assert!(spread.times().len() <= points && spread.times().is_sorted());
        }
    }

    #[test]
    fn the_first_rule_that_fits_holds() {
        let night = Rule { hours: 0b11, ..Rule::any(Spread::always(3)) };
        let fire = Rule { force: Some(Code::literal("fire")), ..Rule::any(Spread::always(2)) };
        let table = Table(vec![night, fire, Rule::any(Spread::always(1))]);
        let at = |force: &str, hour| {
            let (kind, priority) = (Code::literal("noise"), Priority::HIGHEST);
            let force = Some(Code::literal(force));
            table.at(For { force, kind, priority, hour: HourOfWeek::new(hour).unwrap() }, 0).0
        };
        assert_eq!((at("fire", 25), at("fire", 26), at("police", 26)), (3, 2, 1));
        let hour = HourOfWeek::default();
        let nothing =
            For { force: None, kind: Code::literal("x"), priority: Priority::HIGHEST, hour };
        assert_eq!(Table::default().at(nothing, 9), Millis::ZERO);
    }

    #[test]
    fn drives_are_scaled_and_rounded() {
        let mut behaviour = Behaviour::default();
        let hour = HourOfWeek::new(9).unwrap();
        behaviour.pace[9] = 1_500;
        behaviour.travel = Spread::always(900);
        let drive =
            |roads, standing, hour| behaviour.drive((Millis(roads), Millis(standing)), hour, 0).0;
        assert_eq!(drive(1_001, 0, hour), 1_351);
        assert_eq!(drive(1_001, 0, HourOfWeek::default()), 901);
        assert_eq!(drive(1_001, 1_001, hour), 901, "what is beside the streets knows no hour");
        assert_eq!(drive(2_000, 1_000, hour), 2_250);
    }

    #[test]
    fn a_skewed_spread_goes_through_its_median_and_its_ninth_tenth() {
        let spread = Spread::skewed(Millis(60_000), Millis(150_000));
        assert_eq!(spread.at(1 << 63), 60_000);
        let ninth = (u128::from(u64::MAX) * 9 / 10) as u64;
        assert!(spread.at(ninth).abs_diff(150_000) < 50, "{}", spread.at(ninth));
        assert!(spread.times().is_sorted() && spread.at(0) > 5_000);
        assert_eq!(Spread::skewed(Millis(5), Millis(5)).at(u64::MAX), 5);
        assert_eq!(Spread::skewed(Millis(0), Millis(9)).at(u64::MAX), 0);
    }
}
