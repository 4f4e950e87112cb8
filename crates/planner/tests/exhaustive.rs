//! Every aim and every limit against trying all choices, on small instances.

use precinct_base::Millis;
use precinct_planner::{
    Aim, Answer, Ask, Candidate, Demand, Effort, Floor, Least, PerMille, PlanError, Standing,
    Table, Unwatched, solve,
};
use proptest::prelude::*;

/// A small instance, for the oracle to read as it likes.
#[derive(Clone, Debug)]
struct Small {
    candidates: Vec<Candidate>,
    places: Vec<Spot>,
    ask: Ask,
}

fn candidate() -> impl Strategy<Value = Candidate> {
    let standing = prop_oneof![
        6 => Just(Standing::Free),
        1 => Just(Standing::Kept),
        1 => Just(Standing::Forbidden),
    ];
    let capacity = prop::option::of(0..40_u64);
    (standing, 0..6_u64, 0..4_u64, capacity, prop::option::of(0..900_u16)).prop_map(
        |(standing, money, staff, capacity, busy)| Candidate {
            standing,
            money,
            staff,
            capacity,
            busy: busy.map(PerMille),
        },
    )
}

fn aim() -> impl Strategy<Value = Aim> {
    let least = prop_oneof![Just(Least::Posts), Just(Least::Money), Just(Least::Staff)];
    prop_oneof![
        Just(Aim::Cover),
        (least, prop::option::of(0..1_000_u16))
            .prop_map(|(least, share)| Aim::Set { least, share: share.map(PerMille) }),
        Just(Aim::Backup),
        (0..900_u16).prop_map(|once| Aim::DoubleStandard { once: PerMille(once) }),
        (0..1_000_u16).prop_map(|busy| Aim::Expected { busy: PerMille(busy) }),
        Just(Aim::Median),
        Just(Aim::Centre),
    ]
}

fn small() -> impl Strategy<Value = Small> {
    (1..8_usize).prop_flat_map(|count| {
        let place = (0..20_u64, 0..3_u8, 0..3_u32, prop::collection::vec(0..10_u32, count));
        let ask = (
            aim(),
            prop::option::of(0..5_usize),
            prop::option::of(0..15_u64),
            prop::option::of(0..9_u64),
            prop::option::weighted(0.2, 5..10_u32),
            prop::collection::vec((0..3_u32, 0..900_u16), 0..3),
            prop::bool::weighted(0.3),
        );
        (prop::collection::vec(candidate(), count), prop::collection::vec(place, 0..12), ask)
            .prop_map(|(candidates, places, ask)| {
                let (aim, posts, money, staff, outer, floors, capacities) = ask;
                let mut asked = Ask::new(aim, posts, [2, 4, 6].map(Millis).to_vec());
                (asked.money, asked.staff, asked.outer) = (money, staff, outer.map(Millis));
                asked.capacities = capacities && aim == Aim::Cover;
                let mut seen = Vec::new();
                for (area, least) in floors {
                    if !seen.contains(&area) {
                        seen.push(area);
                        asked.floors.push(Floor { area, least: PerMille(least) });
                    }
                }
                Small { candidates, places, ask: asked }
            })
    })
}

/// Weight, grade, area, and the time from each candidate, 0 for never.
type Spot = (u64, u8, u32, Vec<u32>);

/// Which of the chosen reach a place in time.
fn covers(place: &Spot, chosen: &[usize], limit: u32) -> Vec<usize> {
    let within = |&&i: &&usize| place.3[i] > 0 && place.3[i] <= limit;
    chosen.iter().filter(within).copied().collect()
}

impl Small {
    fn table(&self) -> Table {
        let mut table = Table::new(self.candidates.len(), 1).unwrap();
        for (weight, grade, area, times) in &self.places {
            let all = times.iter().enumerate().filter(|one| *one.1 > 0);
            let reached: Vec<(u32, Millis)> = all.map(|(i, &ms)| (i as u32, Millis(ms))).collect();
            let demand = Demand { weights: &[*weight], grade: *grade, area: Some(*area) };
            table.push(&demand, &reached).unwrap();
        }
        table
    }

    /// Candidates where a post may stand.
    fn everyone(&self) -> Vec<usize> {
        let may = |i: &usize| self.candidates[*i].standing != Standing::Forbidden;
        (0..self.candidates.len()).filter(may).collect()
    }

    fn limit(&self, grade: u8) -> u32 {
        self.ask.within[usize::from(grade).min(2)].0
    }

    /// Whether a choice keeps every limit.
    fn holds(&self, chosen: &[usize]) -> bool {
        let all = |of: fn(&Candidate) -> u64| {
            chosen.iter().map(|&i| of(&self.candidates[i])).sum::<u64>()
        };
        let standing = self.candidates.iter().enumerate().all(|(i, one)| match one.standing {
            Standing::Free => true,
            Standing::Kept => chosen.contains(&i),
            Standing::Forbidden => !chosen.contains(&i),
        });
        standing
            && self.ask.posts.is_none_or(|most| chosen.len() <= most)
            && self.ask.money.is_none_or(|most| all(|one| one.money) <= most)
            && self.ask.staff.is_none_or(|most| all(|one| one.staff) <= most)
            && self
                .ask
                .floors
                .iter()
                .all(|floor| self.share_holds(chosen, floor.least, |area| area == floor.area))
            && self.outer_holds(chosen)
            && match self.ask.aim {
                Aim::DoubleStandard { once: share } | Aim::Set { share: Some(share), .. } => {
                    self.share_holds(chosen, share, |_| true)
                }
                Aim::Set { share: None, .. } if self.ask.floors.is_empty() => {
                    let everyone = self.everyone();
                    self.places.iter().filter(|place| place.0 > 0).all(|place| {
                        let limit = self.limit(place.1);
                        covers(place, &everyone, limit).is_empty()
                            || !covers(place, chosen, limit).is_empty()
                    })
                }
                Aim::Centre => self.longest(chosen).is_some(),
                _ => true,
            }
    }

    fn share_holds(&self, chosen: &[usize], least: PerMille, counts: impl Fn(u32) -> bool) -> bool {
        let (mut all, mut covered) = (0, 0);
        for place in self.places.iter().filter(|place| counts(place.2)) {
            all += place.0;
            if !covers(place, chosen, self.limit(place.1)).is_empty() {
                covered += place.0;
            }
        }
        covered * 1_000 >= all * u64::from(least.0)
    }

    fn outer_holds(&self, chosen: &[usize]) -> bool {
        let everyone = self.everyone();
        self.ask.outer.is_none_or(|outer| {
            self.places.iter().all(|place| {
                covers(place, &everyone, outer.0).is_empty()
                    || !covers(place, chosen, outer.0).is_empty()
            })
        })
    }

    fn longest(&self, chosen: &[usize]) -> Option<u64> {
        let everyone = self.everyone();
        let mut longest = 0;
        for place in self.places.iter().filter(|place| place.0 > 0) {
            let nearest = |of: &[usize]| of.iter().map(|&i| place.3[i]).filter(|&ms| ms > 0).min();
            if nearest(&everyone).is_some() {
                longest = longest.max(nearest(chosen)?);
            }
        }
        Some(u64::from(longest))
    }

    /// What a choice is worth; exact but for what [`Aim::Expected`] rounds.
    fn worth(&self, chosen: &[usize]) -> f64 {
        let beyond = self.table().longest().0 + 1;
        let sum = |each: &dyn Fn(&Spot, usize) -> f64| -> f64 {
            self.places
                .iter()
                .map(|place| each(place, covers(place, chosen, self.limit(place.1)).len()))
                .sum()
        };
        let spent = |of: fn(&Candidate) -> u64| -> f64 {
            chosen.iter().map(|&i| of(&self.candidates[i]) as f64).sum()
        };
        match self.ask.aim {
            Aim::Cover if self.ask.capacities => self.served(chosen),
            Aim::Cover => sum(&|place, count| place.0 as f64 * count.min(1) as f64),
            Aim::Backup => sum(&|place, count| place.0 as f64 * count.min(2) as f64),
            Aim::DoubleStandard { .. } => {
                sum(&|place, count| place.0 as f64 * (count / 2).min(1) as f64)
            }
            Aim::Set { least: Least::Posts, .. } => chosen.len() as f64,
            Aim::Set { least: Least::Money, .. } => spent(|one| one.money),
            Aim::Set { least: Least::Staff, .. } => spent(|one| one.staff),
            Aim::Expected { busy } => self
                .places
                .iter()
                .map(|place| {
                    let all = covers(place, chosen, self.limit(place.1));
                    let share =
                        |i: &usize| f64::from(self.candidates[*i].busy.unwrap_or(busy).0) / 1_000.0;
                    place.0 as f64 * (1.0 - all.iter().map(share).product::<f64>())
                })
                .sum(),
            Aim::Median => self
                .places
                .iter()
                .map(|place| {
                    let near = chosen.iter().map(|&i| place.3[i]).filter(|&ms| ms > 0).min();
                    place.0 as f64 * f64::from(near.unwrap_or(beyond))
                })
                .sum(),
            Aim::Centre => self.longest(chosen).unwrap_or(u64::MAX) as f64,
        }
    }

    /// What can be served: by the cut theorem the least, over sets of posts, of what they can serve and what others cover.
    fn served(&self, chosen: &[usize]) -> f64 {
        let all: u64 = self.places.iter().map(|place| place.0).sum();
        let cut = |set: u32| {
            let (full, open): (Vec<usize>, Vec<usize>) =
                (0..chosen.len()).partition(|i| set >> i & 1 == 1);
            let limit = full.iter().map(|&i| self.candidates[chosen[i]].capacity.unwrap_or(all));
            let open: Vec<usize> = open.into_iter().map(|i| chosen[i]).collect();
            let near = |place: &&Spot| !covers(place, &open, self.limit(place.1)).is_empty();
            limit.sum::<u64>() + self.places.iter().filter(near).map(|place| place.0).sum::<u64>()
        };
        (0..1_u32 << chosen.len()).map(cut).min().unwrap_or(0) as f64
    }

    const fn less_is_good(&self) -> bool {
        matches!(self.ask.aim, Aim::Set { .. } | Aim::Median | Aim::Centre)
    }

    /// The best worth of all choices that hold.
    fn best(&self) -> Option<f64> {
        let count = self.candidates.len();
        let choices = (0..1_u32 << count)
            .map(|set| (0..count).filter(|i| set >> i & 1 == 1).collect::<Vec<usize>>());
        let held = choices.filter(|chosen| self.holds(chosen)).map(|chosen| self.worth(&chosen));
        held.reduce(|a, b| if (a > b) == self.less_is_good() { b } else { a })
    }
}

/// How far an answer may be off: strengths of busy units are whole parts.
fn tolerance(small: &Small) -> f64 {
    let all: u64 = small.places.iter().map(|place| place.0).sum();
    if matches!(small.ask.aim, Aim::Expected { .. }) { all as f64 * 0.008 + 0.01 } else { 0.0 }
}

fn check(small: &Small, effort: &Effort) -> Result<Option<Answer>, TestCaseError> {
    let answer = match solve(&small.table(), &small.candidates, &small.ask, effort, &mut Unwatched)
    {
        Err(PlanError::Together(..) | PlanError::Limitless) => return Ok(None),
        Err(PlanError::Impossible(_) | PlanError::KeptBeyondLimits { .. }) => {
            prop_assert_eq!(small.best(), None);
            return Ok(None);
        }
        Err(PlanError::NotFound) if *effort != Effort::default() => return Ok(None),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
        Ok(answer) => answer,
    };
    let chosen: Vec<usize> = answer.chosen.iter().map(|&one| one as usize).collect();
    prop_assert!(small.holds(&chosen), "a limit is broken by {chosen:?}");
    let best = small.best().unwrap();
    let parts = f64::from(answer.parts);
    let (objective, bound) = (answer.objective as f64 / parts, answer.bound as f64 / parts);
    let off = tolerance(small);
    prop_assert!((objective - small.worth(&chosen)).abs() <= off, "{objective} is claimed");
    let crossed = if small.less_is_good() { bound - best } else { best - bound };
    prop_assert!(crossed <= off, "the bound {bound} crosses the best {best}");
    if answer.proven {
        prop_assert!((objective - best).abs() <= off, "{objective} is claimed best, and {best} is");
        prop_assert_eq!(answer.objective, answer.bound);
    }
    Ok(Some(answer))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_is_better(small in small()) {
        let answer = check(&small, &Effort::default())?;
        prop_assert!(answer.is_none_or(|answer| answer.proven));
    }

    #[test]
    fn with_little_effort_bounds_still_hold(small in small(), turns in 1..6_u32, nodes in 0..3_u32) {
        check(&small, &Effort { turns, node_turns: 1, nodes, passes: 0 })?;
    }
}
