//! From a question to a plan.

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::Scratch;

use super::ball::Ball;
use super::flow::{Flow, OPEN, roam};
use super::force::{Force, NEVER};
use super::hopeless::{Hope, hope};
use super::lost::{closable, lose};
use super::masks::Masks;
use super::matching::assign;
use super::plan::{Lost, Manned, Plan, Point, Proof, ProofKind, Refusal, Size};
use super::prices::bargain;
use super::question::Question;
use super::seek::Sought;
use super::web::Web;

/// Answers questions, and keeps the memory for the next: keep one for each thread.
#[derive(Clone, Debug, Default)]
pub struct Solver {
    scratch: Scratch,
    pub(super) ball: Ball,
    pub(super) force: Force,
    pub(super) web: Web,
    pub(super) flow: Flow,
}

/// Points with their units, by number among those of use.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) cut: Vec<u32>,
    pub(super) units: Vec<Option<usize>>,
}

/// How far the search came.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) draft: Draft,
    pub(super) proof: Proof,
    pub(super) missing_at_least: usize,
}

impl Solver {
    /// The fewest points that keep the quarry in, and who goes to which.
    ///
    /// The same question has the same answer, whatever was asked before.
    pub fn solve(&mut self, question: &Question<'_>) -> Result<Plan, Refusal> {
        let lost = self.prepare(question)?;
        let can = |node: usize| closable(question, &self.ball, &self.force, node);
        self.web.fill(&self.ball, can);
        let mut cuts = question.effort;
        let mut outcome = self.seal(question, &mut cuts);
        let kept = self.keep(question, &mut outcome);
        if self.force.left_out && outcome.proof.kind != ProofKind::Unknown {
            // With those left out fewer points might do.
            outcome.proof.kind = ProofKind::Bound;
            outcome.proof.at_least = outcome.proof.at_least.min(1);
            outcome.proof.most_slack = false;
        }
        if !lost.is_empty() {
            outcome.proof.kind = ProofKind::Impossible;
            outcome.missing_at_least = outcome.missing_at_least.max(1);
        }
        outcome.proof.cuts = question.effort - cuts + 1;
        Ok(self.tell(question, &outcome, (&lost, kept)))
    }

    /// What the quarry can reach, who is of use, and the ways out that are lost.
    pub(super) fn prepare(&mut self, question: &Question<'_>) -> Result<Vec<u32>, Refusal> {
        check(question)?;
        self.ball.fill(question, &mut self.scratch);
        self.force.muster(question, &self.ball, &mut self.scratch);
        Ok(lose(question, &mut self.ball, &self.force))
    }

    /// The first cut, whoever is best at each point; and more where that one cannot be manned.
    fn seal(&mut self, question: &Question<'_>, cuts: &mut u32) -> Outcome {
        let (ball, force, web, flow) = (&self.ball, &self.force, &self.web, &mut self.flow);
        let in_time = |node: usize| force.best[node] <= ball.arrival[node];
        flow.begin(web, |node| if in_time(node) { 1 } else { OPEN });
        if flow.runs_out() {
            return self.overwhelmed(question, cuts);
        }
        flow.raise(web, force.len() as u64);
        let fewest = flow.value() as usize;
        if fewest > force.len() {
            return self.overwhelmed(question, cuts);
        }
        let slack = |node: usize| i64::from(ball.arrival[node]) - i64::from(force.best[node]);
        let (most, cut) = flow.slackest(web, slack);
        let draft = self.man(question, cut);
        if draft.units.iter().all(Option::is_some) {
            let least = self.least(&draft).unwrap_or(most);
            let (draft, most_slack) = self.loosen(question, draft, (least, most), cuts);
            let proof =
                Proof { kind: ProofKind::Fewest, at_least: fewest as u32, most_slack, cuts: 0 };
            return Outcome { draft, proof, missing_at_least: 0 };
        }
        self.enter_again(question, fewest, cuts)
    }

    /// The fewest points that could be manned cannot be manned together: looks for others, with the fewest units that nobody has, and then
    /// as few as can be.
    fn enter_again(&mut self, question: &Question<'_>, fewest: usize, cuts: &mut u32) -> Outcome {
        self.force.survey(question, &self.ball);
        let masks = Masks::of(&self.ball, &self.force, 0);
        let mut hope = hope(&self.web, &masks, &mut self.flow, cuts);
        if hope == Hope::None {
            return self.overwhelmed(question, cuts);
        }
        let mut spent = *cuts / 2;
        *cuts -= spent;
        let bargain = bargain((&self.web, &masks), &mut self.flow, &mut spent);
        *cuts += spent;
        let units = self.force.len();
        let mut at_least = bargain.at_least.max(fewest);
        let mut cut = (bargain.missing == 0).then(|| bargain.cut.clone());
        if let Hope::Cut(other) = &mut hope
            && cut.as_ref().is_none_or(|cut| other.len() < cut.len())
        {
            cut = Some(std::mem::take(other));
        }
        let mut settled = cut.as_ref().is_some_and(|cut| cut.len() <= at_least);
        if !settled && bargain.at_least <= units {
            let most = cut.as_ref().map_or(units, |cut| cut.len() - 1);
            let sought = Sought { web: &self.web, masks: &masks, most };
            let found = sought.seek(&mut self.flow, cuts);
            at_least = at_least.max(found.at_least.min(most + 1));
            settled = found.settled;
            cut = found.cut.or(cut);
        } else {
            settled = true;
        }
        match cut {
            Some(cut) => self.manned(question, (cut, fewest), (at_least, settled), cuts),
            None if settled => self.unsealed(question, bargain, &Hope::None),
            None => self.unsealed(question, bargain, &Hope::Some),
        }
    }

    /// A cut that can be manned, with as much slack as is found.
    fn manned(
        &mut self,
        question: &Question<'_>,
        (cut, fewest): (Vec<u32>, usize),
        (at_least, settled): (usize, bool),
        cuts: &mut u32,
    ) -> Outcome {
        let kind = match (cut.len() == fewest, settled) {
            (true, _) => ProofKind::Fewest,
            (false, true) => ProofKind::Assignment,
            (false, false) => ProofKind::Bound,
        };
        let at_least = if settled { cut.len() } else { at_least } as u32;
        let draft = self.man(question, cut);
        let least = self.least(&draft).unwrap_or(0);
        let (draft, most_slack) = if kind == ProofKind::Bound {
            (draft, false)
        } else {
            let most = self.most_slack();
            self.loosen(question, draft, (least, most), cuts)
        };
        let proof = Proof { kind, at_least, most_slack, cuts: 0 };
        Outcome { draft, proof, missing_at_least: 0 }
    }

    /// How few points cut if there were a unit wherever one could close a point in time.
    pub(super) fn fewest_of_any(&mut self) -> usize {
        self.flow.begin(&self.web, |_| 1);
        self.flow.raise(&self.web, u64::MAX);
        self.flow.value() as usize
    }

    /// More slack than any point of any cut has.
    fn most_slack(&self) -> i64 {
        let slacks = self.ball.arrival.iter().zip(&self.force.best);
        slacks.map(|(&arrival, &best)| i64::from(arrival) - i64::from(best)).max().unwrap_or(0)
    }

    /// Looks for as few points with more slack, by halving between the slack there is and the most there can be.
    fn loosen(
        &mut self,
        question: &Question<'_>,
        mut draft: Draft,
        (mut least, mut most): (i64, i64),
        cuts: &mut u32,
    ) -> (Draft, bool) {
        let points = draft.cut.len();
        while least < most && *cuts > 0 {
            self.force.survey(question, &self.ball);
            let middle = most - (most - least) / 2;
            let masks = Masks::of(&self.ball, &self.force, middle);
            let sought = Sought { web: &self.web, masks: &masks, most: points };
            let found = sought.seek(&mut self.flow, cuts);
            match (found.cut, found.settled) {
                (Some(cut), _) => {
                    draft = self.man(question, cut);
                    least = self.least(&draft).unwrap_or(middle).max(middle);
                }
                (None, true) => most = middle - 1,
                (None, false) => return (draft, false),
            }
        }
        (draft, least >= most)
    }

    /// The best units for a cut: as many points as can be, then the greatest least slack, then the soonest there.
    pub(super) fn man(&mut self, question: &Question<'_>, cut: Vec<u32>) -> Draft {
        self.force.learn(question, &self.ball, &cut, &mut self.scratch);
        let cell = |row: usize, unit: usize| {
            let closed = self.force.row(cut[row])[unit];
            let slack = i64::from(self.ball.arrival[cut[row] as usize]) - i64::from(closed);
            (slack >= 0).then_some((slack, closed))
        };
        let units = assign(cut.len(), self.force.len(), cell);
        Draft { cut, units }
    }

    /// The least slack of a draft.
    fn least(&self, draft: &Draft) -> Option<i64> {
        let pairs = draft.cut.iter().zip(&draft.units);
        let slack = |(&node, unit): (&u32, &Option<usize>)| {
            let closed = self.force.row(node)[(*unit)?];
            Some(i64::from(self.ball.arrival[node as usize]) - i64::from(closed))
        };
        pairs.filter_map(slack).min()
    }

    /// Keeps the earlier plan where it still seals with as few points and hardly less slack.
    fn keep(&mut self, question: &Question<'_>, outcome: &mut Outcome) -> bool {
        let full = |draft: &Draft| draft.units.iter().all(Option::is_some);
        let Some(earlier) = self.earlier(question) else { return false };
        if !full(&outcome.draft) || earlier.cut.len() > outcome.draft.cut.len() {
            return false;
        }
        let (had, has) = (self.least(&earlier), self.least(&outcome.draft));
        let gain = has.unwrap_or(0) - had.unwrap_or(0);
        if had.is_some_and(|had| had < 0) || gain > i64::from(question.steady.0) {
            return false;
        }
        outcome.proof.most_slack &= gain <= 0;
        outcome.draft = earlier;
        true
    }

    /// The earlier plan as a draft, if its units and points are all there and cut.
    fn earlier(&mut self, question: &Question<'_>) -> Option<Draft> {
        if question.previous.is_empty() {
            return None;
        }
        let mut orders: Vec<(u32, usize)> = Vec::new();
        for order in question.previous {
            let node = self.ball.local(order.node)? as u32;
            let unit = (0..self.force.len())
                .find(|&unit| self.force.unit(question, unit).unit == order.unit)?;
            orders.push((node, unit));
        }
        orders.sort_unstable();
        let cut: Vec<u32> = orders.iter().map(|order| order.0).collect();
        let taken = |i: usize| orders[..i].iter().any(|other| other.1 == orders[i].1);
        if (0..orders.len()).any(taken) || cut.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        self.force.learn(question, &self.ball, &cut, &mut self.scratch);
        let out = roam(&self.ball, &cut).1;
        let late = |&(node, unit): &(u32, usize)| self.force.row(node)[unit] == NEVER;
        let units = orders.iter().map(|order| Some(order.1)).collect();
        (!out && !orders.iter().any(late)).then_some(Draft { cut, units })
    }

    fn tell(
        &self,
        question: &Question<'_>,
        outcome: &Outcome,
        (lost, kept): (&[u32], bool),
    ) -> Plan {
        let draft = &outcome.draft;
        let missing = draft.units.iter().filter(|unit| unit.is_none()).count();
        let pairs = draft.cut.iter().zip(&draft.units);
        let points = pairs.map(|(&node, unit)| self.point(question, node, *unit)).collect();
        let lost: Vec<Lost> = lost
            .iter()
            .map(|&node| Lost {
                node: self.ball.nodes[node as usize],
                quarry: Millis(self.ball.arrival[node as usize]),
            })
            .collect();
        let now = self.ball.arrival.iter().filter(|&&time| time <= question.now.0).count();
        Plan {
            sealed: missing == 0 && lost.is_empty(),
            points,
            lost,
            missing: missing as u32,
            missing_at_least: outcome.missing_at_least as u32,
            proof: outcome.proof,
            doubted: self.ball.doubted.clone(),
            kept,
            size: Size {
                nodes: self.ball.len() as u32,
                now: now as u32,
                inside: roam(&self.ball, &draft.cut).0,
                units: self.force.len() as u32,
            },
            now: question.now,
        }
    }

    fn point(&self, question: &Question<'_>, node: u32, unit: Option<usize>) -> Point {
        let roads = question.quarry.roads;
        let id: NodeId = self.ball.nodes[node as usize];
        let quarry = Millis(self.ball.arrival[node as usize]);
        let mut streets = Vec::new();
        for (segment, _) in roads.segments_at(id) {
            let name = roads.map().segment(segment).name;
            if name.0 != 0 && !streets.contains(&name) {
                streets.push(name);
            }
        }
        let manned = unit.map(|number| {
            let unit = self.force.unit(question, number);
            let ready = Millis(self.force.row(node)[number]);
            let holds = unit.holds.is_some_and(|held| held.node == id && held.since == ready);
            let setup = if holds { 0 } else { question.setup.0 };
            Manned {
                unit: unit.unit,
                arrival: Millis(ready.0.saturating_sub(setup)),
                ready,
                slack: Millis(quarry.0.saturating_sub(ready.0)),
            }
        });
        Point { node: id, at: roads.map().node_at(id), streets, quarry, manned }
    }
}

/// Refuses what has no answer.
fn check(question: &Question<'_>) -> Result<(), Refusal> {
    let (now, horizon, setup) = (question.now, question.horizon, question.setup);
    let last = Millis(caps::SEARCH_LIMIT_MS / 20);
    if now.saturating_add(setup) > horizon || horizon > last {
        return Err(Refusal::Horizon { horizon, now, setup, last });
    }
    let pace = question.quarry.pace.0;
    if !(50..=20_000).contains(&pace) {
        return Err(Refusal::Pace(pace));
    }
    let seen = question.quarry.seen.iter().enumerate();
    for (index, sighting) in seen {
        if sighting.when > now {
            return Err(Refusal::Future { index, when: sighting.when, now });
        }
    }
    let map = question.quarry.roads.map();
    for network in question.networks.iter().flatten() {
        let other = network.map();
        if !std::ptr::eq(map, other) && map.made_from() != other.made_from() {
            return Err(Refusal::Map { profile: network.profile().name() });
        }
    }
    let mut ids: Vec<_> = question.units.iter().map(|unit| unit.unit).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Refusal::Twice(pair[0])),
        None => Ok(()),
    }
}
