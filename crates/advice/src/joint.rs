//! Units for several incidents that wait at once, one to one, each priority before the next.
//!
//! Taken one by one, the first incident may take the unit without which the second waits long. Here all are looked at together: of the
//! most urgent as many places filled as can be, then their arrivals least in sum; then the same for the next class, and so on.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{UnitId, caps};
use precinct_core::{Capability, IncidentId, Priority};
use precinct_roads::Scratch;

use crate::assign::{Cost, Costs};
use crate::choose::{BY_HAND_MS, Pooled, can, met, places, pool};
use crate::rank::rank;
use crate::{NeedMet, Question};

/// What an assignment comes to in one class of priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Total {
    /// Places nobody fills.
    pub unfilled: u32,
    /// Places filled by units whose time a person has to judge.
    pub by_hand: u32,
    /// The sum of the other arrivals, in milliseconds.
    pub travel_ms: u64,
}

/// What one incident gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The incident, if the question is of one.
    pub incident: Option<IncidentId>,
    /// Units to send, by number.
    pub units: Vec<UnitId>,
    /// Each need of the run card, and how far those on it and those sent meet it.
    pub needs: Vec<NeedMet>,
    /// Units it would get if each incident in turn took what is best for itself, the most urgent first.
    pub alone: Vec<UnitId>,
}

/// What all incidents get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    /// For each question, in the order they were asked.
    pub plans: Vec<Plan>,
    /// What it comes to, the most urgent class first.
    pub together: [Total; Priority::COUNT],
    /// What it would come to if each took what is best for itself.
    pub apart: [Total; Priority::COUNT],
}

impl Joint {
    /// The questions whose units are others than if each took what is best for itself.
    pub fn differs(&self) -> impl Iterator<Item = usize> {
        let plans = self.plans.iter().enumerate();
        plans.filter(|(_, plan)| plan.units != plan.alone).map(|(i, _)| i)
    }
}

/// A cost: for each class places unfilled and milliseconds, then the order of advice.
const PARTS: usize = 2 * Priority::COUNT + 1;

/// A place to fill.
#[derive(Clone, Copy)]
struct Row {
    question: usize,
    class: usize,
    place: Option<Capability>,
}

/// What is known of all questions.
struct Waiting<'a> {
    questions: &'a [Question<'a>],
    rows: Vec<Row>,
    /// For each question, who may fill its places.
    pools: Vec<BTreeMap<UnitId, Pooled>>,
}

/// A unit for each row, where there is one.
type Filled = Vec<Option<UnitId>>;

/// Assigns units to all that is asked, exactly. The questions are of one state, field and moment; of their places the first
/// [`caps::ADVICE_SLOTS`] are filled, the most urgent first. No unit is taken off an incident that waits itself.
pub fn joint(questions: &[Question<'_>], scratch: &mut Scratch) -> Joint {
    let waiting = Waiting::new(questions, scratch);
    let all: Vec<usize> = (0..waiting.rows.len()).collect();
    let together = waiting.fill(&all, &BTreeSet::new());
    let apart = waiting.apart();
    let plans = (0..questions.len()).map(|question| waiting.plan(question, &together, &apart));
    Joint {
        plans: plans.collect(),
        together: waiting.totals(&together),
        apart: waiting.totals(&apart),
    }
}

impl<'a> Waiting<'a> {
    fn new(questions: &'a [Question<'a>], scratch: &mut Scratch) -> Self {
        let mut order: Vec<usize> = (0..questions.len()).collect();
        order.sort_by_key(|&i| questions[i].priority);
        let mut rows: Vec<Row> = Vec::new();
        for question in order {
            let asked = &questions[question];
            let class = usize::from(asked.priority.number() - 1);
            let own = places(asked.needs(), caps::ADVICE_SLOTS - rows.len());
            rows.extend(own.into_iter().map(|place| Row { question, class, place }));
        }
        let roots: BTreeSet<IncidentId> = questions.iter().filter_map(Question::root).collect();
        let pools = questions.iter().enumerate().map(|(i, asked)| {
            let own = rows.iter().filter(|row| row.question == i);
            let own: Vec<Option<Capability>> = own.map(|row| row.place).collect();
            let ranking = rank(asked, scratch);
            let free = |task: IncidentId| !roots.contains(&asked.state.root(task));
            let fit = |ranked: &crate::Ranked| ranked.pre_empts.is_none_or(free);
            let pool = pool(asked.state, &own, &ranking, rows.len(), fit);
            pool.into_iter().map(|pooled| (pooled.unit, pooled)).collect()
        });
        Self { questions, pools: pools.collect(), rows }
    }

    /// The best for `rows` without those `taken`.
    fn fill(&self, rows: &[usize], taken: &BTreeSet<UnitId>) -> Filled {
        let asked: BTreeSet<usize> = rows.iter().map(|&row| self.rows[row].question).collect();
        let units: BTreeSet<UnitId> =
            asked.iter().flat_map(|&i| self.pools[i].keys().copied()).collect();
        let units: Vec<UnitId> = units.difference(taken).copied().collect();
        let unfilled = rows.iter().map(|&row| Cost::of(2 * self.rows[row].class, 1)).collect();
        let costs: Costs<PARTS> = Costs::new(unfilled, units.len(), |row, unit| {
            let Row { question, class, place } = self.rows[rows[row]];
            let pooled = self.pools[question].get(&units[unit])?;
            let able = can(self.questions[question].state, pooled.unit, place);
            let cost = Cost::of(2 * class + 1, pooled.ms);
            able.then(|| cost.plus(Cost::of(PARTS - 1, pooled.order)))
        });
        costs.assign().0.into_iter().map(|unit| unit.map(|unit| units[unit])).collect()
    }

    /// Each question by itself, the most urgent first, from what is left.
    fn apart(&self) -> Filled {
        let mut filled = Filled::new();
        let mut taken = BTreeSet::new();
        let mut start = 0;
        for own in self.rows.chunk_by(|a, b| a.question == b.question) {
            let rows: Vec<usize> = (start..start + own.len()).collect();
            start += own.len();
            let found = self.fill(&rows, &taken);
            taken.extend(found.iter().flatten());
            filled.extend(found);
        }
        filled
    }

    fn is_on_it(&self, question: usize, unit: UnitId) -> bool {
        let asked = &self.questions[question];
        let task = asked.state.units().get(&unit).and_then(precinct_core::Unit::task);
        task.is_some_and(|task| Some(asked.state.root(task)) == asked.root())
    }

    fn plan(&self, question: usize, together: &Filled, apart: &Filled) -> Plan {
        let rows = || self.rows.iter().enumerate().filter(move |(_, row)| row.question == question);
        let sent = |filled: &Filled| {
            let mut units: Vec<UnitId> = rows().filter_map(|(i, _)| filled[i]).collect();
            units.retain(|&unit| !self.is_on_it(question, unit));
            units.sort_unstable();
            units
        };
        let places: Vec<Option<Capability>> = rows().map(|(_, row)| row.place).collect();
        let asked = &self.questions[question];
        let filled = rows().map(|(i, _)| together[i].is_some());
        Plan {
            incident: asked.incident,
            units: sent(together),
            needs: met(asked.needs(), &places, filled),
            alone: sent(apart),
        }
    }

    fn totals(&self, filled: &Filled) -> [Total; Priority::COUNT] {
        let mut totals = [Total::default(); Priority::COUNT];
        for (row, unit) in self.rows.iter().zip(filled) {
            let total = &mut totals[row.class];
            match unit.and_then(|unit| self.pools[row.question].get(&unit)) {
                None => total.unfilled += 1,
                Some(pooled) if pooled.ms == BY_HAND_MS => total.by_hand += 1,
                Some(pooled) => total.travel_ms += pooled.ms as u64,
            }
        }
        totals
    }
}
