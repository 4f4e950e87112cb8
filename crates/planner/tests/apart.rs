//! What is left falls apart into components tied by the number of posts alone: against all choices, and in as many nodes as its
//! components need, not as many as their product.

use precinct_base::Millis;
use precinct_planner::{
    Aim, Answer, Ask, Candidate, Demand, Effort, Least, PerMille, Table, Unwatched, solve,
};
use proptest::prelude::*;

const WITHIN: Millis = Millis(60_000);

/// What a place is worth by how many cover it.
type Worth = fn(usize) -> u64;

/// Towns of so many candidates, and places by who covers them, with their weight.
#[derive(Clone, Debug)]
struct Towns {
    candidates: usize,
    places: Vec<(u64, Vec<u32>)>,
}

impl Towns {
    fn table(&self) -> Table {
        let mut table = Table::new(self.candidates, 1).unwrap();
        for (weight, coverers) in &self.places {
            let reached: Vec<(u32, Millis)> = coverers.iter().map(|&one| (one, WITHIN)).collect();
            let demand = Demand { weights: &[*weight], grade: 0, area: None };
            table.push(&demand, &reached).unwrap();
        }
        table
    }

    fn answer(&self, aim: Aim, posts: Option<usize>, effort: &Effort) -> Answer {
        let ask = Ask::new(aim, posts, vec![WITHIN]);
        let candidates = vec![Candidate::default(); self.candidates];
        solve(&self.table(), &candidates, &ask, effort, &mut Unwatched).unwrap()
    }

    /// The most that `worth` of a place's count comes to, over all choices of at most so many.
    fn most(&self, posts: usize, worth: Worth) -> u64 {
        let value = |set: u32| -> u64 {
            let count =
                |coverers: &[u32]| coverers.iter().filter(|&&one| set >> one & 1 == 1).count();
            self.places.iter().map(|(weight, coverers)| weight * worth(count(coverers))).sum()
        };
        let sets = (0..1_u32 << self.candidates).filter(|set| set.count_ones() as usize <= posts);
        sets.map(value).max().unwrap()
    }

    /// The fewest that cover every place.
    fn fewest(&self) -> u64 {
        let covers = |set: u32| {
            self.places.iter().all(|(_, coverers)| coverers.iter().any(|&one| set >> one & 1 == 1))
        };
        let sets = (0..1_u32 << self.candidates).filter(|&set| covers(set));
        sets.map(u32::count_ones).min().unwrap().into()
    }
}

fn towns() -> impl Strategy<Value = Towns> {
    let town = (2..5_usize).prop_flat_map(|size| {
        let place = (1..30_u64, prop::collection::vec(any::<bool>(), size));
        (Just(size), prop::collection::vec(place, 1..7))
    });
    prop::collection::vec(town, 2..4).prop_map(|all| {
        let mut towns = Towns { candidates: 0, places: Vec::new() };
        for (size, places) in all {
            for (weight, covers) in places {
                let base = towns.candidates;
                let who = (0..size).filter(|&one| covers[one]).map(|one| (base + one) as u32);
                let who: Vec<u32> = who.collect();
                if !who.is_empty() {
                    towns.places.push((weight, who));
                }
            }
            towns.candidates += size;
        }
        towns
    })
}

/// Towns of five candidates round a square: each two neighbours share a place, so that half of each would be best, were halves allowed.
fn rings(count: u32) -> Towns {
    let ring = |town: u32| {
        (0..5).map(move |one| {
            let (a, b) = (5 * town + one, 5 * town + (one + 1) % 5);
            (1_000 + u64::from(town * 7 + one), vec![a.min(b), a.max(b)])
        })
    };
    Towns { candidates: 5 * count as usize, places: (0..count).flat_map(ring).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn no_choice_is_better(towns in towns(), posts in 0..6_usize, turns in 1..40_u32, nodes in 0..40_u32) {
        let aims: [(Aim, Worth); 3] = [
            (Aim::Cover, |count| count.min(1) as u64),
            (Aim::Backup, |count| count.min(2) as u64),
            (Aim::DoubleStandard { once: PerMille(0) }, |count| u64::from(count > 1)),
        ];
        for (aim, worth) in aims {
            let most = towns.most(posts, worth);
            let answer = towns.answer(aim, Some(posts), &Effort::default());
            prop_assert!(answer.proven, "{aim:?}");
            prop_assert_eq!((answer.objective, answer.bound), (most, most), "{:?}", aim);
            // With hardly any effort the bound holds all the same.
            let hasty = Effort { turns, node_turns: 1, nodes, passes: 0 };
            let answer = towns.answer(aim, Some(posts), &hasty);
            prop_assert!(answer.objective <= most && most <= answer.bound, "{aim:?} {answer:?}");
            prop_assert!(!answer.proven || answer.objective == most);
        }
        let all = Aim::Set { least: Least::Posts, share: None };
        let fewest = towns.fewest();
        let answer = towns.answer(all, None, &Effort { turns, ..Effort::default() });
        prop_assert!(answer.proven);
        prop_assert_eq!((answer.objective, answer.bound), (fewest, fewest));
    }
}

#[test]
fn twenty_towns_cost_the_sum_of_their_searches_and_not_the_product() {
    let towns = rings(20);
    // One place that everybody covers, of next to no weight, ties them together.
    let mut tied = towns.clone();
    tied.places.push((1, (0..100).collect()));
    let effort = Effort { nodes: 3_000, ..Effort::default() };
    for posts in [30, 37, 45] {
        let apart = towns.answer(Aim::Cover, Some(posts), &effort);
        assert!(apart.proven && apart.work.nodes < 400, "{posts}: {:?}", apart.work);
        let whole = tied.answer(Aim::Cover, Some(posts), &effort);
        assert!(!whole.proven && whole.gap() > 3_000, "{posts}: {whole:?}");
        assert!((apart.objective..=apart.objective + 1).contains(&whole.objective));
    }
}
