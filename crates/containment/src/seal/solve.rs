//! From a question to a plan.

use precinct_base::{Millis, NodeId, caps};
use precinct_roads::Scratch;

use super::ball::Ball;
use super::drain::Kept;
use super::flow::{Flow, roam};
use super::force::Force;
use super::hopeless::{Hope, hope};
use super::lost::lose;
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
    /// The flow where each node that somebody who stood there could close lets one through, and how much that is: so few points cut if
    /// there were a unit wherever one is wanted.
    pub(super) whoever: Kept,
    pub(super) fewest_of_any: usize,
    /// The flow where each node that somebody closes in time lets one through.
    pub(super) in_time: Kept,
}

/// A point that is to be closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Where, as the web numbers its spots.
    spot: u32,
    /// By whom, by number among the units of use, and when it is closed.
    by: Option<(usize, u32)>,
}

/// Points with their units, by spot.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) places: Vec<Place>,
}

impl Draft {
    /// How many points nobody is at.
    pub(super) fn missing(&self) -> usize {
        self.places.iter().filter(|place| place.by.is_none()).count()
    }

    /// The least slack of the points that somebody is at.
    pub(super) fn least(&self, web: &Web) -> Option<i64> {
        let slack = |place: &Place| {
            Some(i64::from(web.arrival[place.spot as usize]) - i64::from(place.by?.1))
        };
        self.places.iter().filter_map(slack).min()
    }

    /// The points as the ball numbers them.
    fn in_ball<'a>(&'a self, web: &'a Web) -> impl Iterator<Item = u32> + 'a {
        self.places.iter().map(|place| web.spots[place.spot as usize])
    }
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
        self.web.fill(&self.ball);
        self.force.muster(question, (&self.ball, &self.web), &mut self.scratch);
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

    /// What the quarry can reach, and the ways out that are lost.
    pub(super) fn prepare(&mut self, question: &Question<'_>) -> Result<Vec<u32>, Refusal> {
        check(question)?;
        self.ball.fill(question, &mut self.scratch);
        Ok(lose(&mut self.ball))
    }

    /// The first cut, whoever is best at each point; and more where that one cannot be manned.
    fn seal(&mut self, question: &Question<'_>, cuts: &mut u32) -> Outcome {
        let (force, web, flow) = (&self.force, &self.web, &mut self.flow);
        flow.begin(web, |_| 1);
        flow.raise(web, u64::MAX);
        flow.keep(&mut self.whoever);
        self.fewest_of_any = flow.value() as usize;
        if self.fewest_of_any > force.len() {
            return self.overwhelmed(question, cuts);
        }
        let in_time = |node: usize| force.one_in_time(node);
        flow.resume(web, (&self.whoever, 1), in_time);
        if flow.runs_out() {
            return self.overwhelmed(question, cuts);
        }
        flow.raise(web, force.len() as u64);
        let fewest = flow.value() as usize;
        if fewest > force.len() {
            return self.overwhelmed(question, cuts);
        }
        flow.keep(&mut self.in_time);
        let (most, cut) = flow.slackest(web, |node| force.best[node]);
        let draft = self.man(&cut);
        if draft.missing() == 0 {
            let least = draft.least(&self.web).unwrap_or(most);
            let (draft, most_slack) = self.loosen(draft, (least, most), cuts);
            let proof =
                Proof { kind: ProofKind::Fewest, at_least: fewest as u32, most_slack, cuts: 0 };
            return Outcome { draft, proof, missing_at_least: 0 };
        }
        self.enter_again(question, fewest, cuts)
    }

    /// The fewest points that could be manned cannot be manned together: looks for others, with the fewest units that nobody has, and then
    /// as few as can be.
    fn enter_again(&mut self, question: &Question<'_>, fewest: usize, cuts: &mut u32) -> Outcome {
        let masks = Masks::of(&self.web, &self.force);
        let mut hope = hope((&self.web, &masks, &self.in_time), &mut self.flow, cuts);
        if hope == Hope::None {
            return self.overwhelmed(question, cuts);
        }
        let mut spent = *cuts / 2;
        *cuts -= spent;
        let bargain = bargain((&self.web, &masks, &self.whoever), &mut self.flow, &mut spent);
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
            let (web, in_time) = (&self.web, &self.in_time);
            let sought = Sought { web, masks: &masks, in_time, most };
            let found = sought.seek(&mut self.flow, cuts);
            at_least = at_least.max(found.at_least.min(most + 1));
            settled = found.settled;
            cut = found.cut.or(cut);
        } else {
            settled = true;
        }
        match cut {
            Some(cut) => self.manned((cut, fewest), (at_least, settled), cuts),
            None if settled => self.unsealed(&bargain, &Hope::None),
            None => self.unsealed(&bargain, &Hope::Some),
        }
    }

    /// A cut that can be manned, with as much slack as is found.
    fn manned(
        &mut self,
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
        let draft = self.man(&cut);
        let least = draft.least(&self.web).unwrap_or(0);
        let (draft, most_slack) = if kind == ProofKind::Bound {
            (draft, false)
        } else {
            let most = self.force.best.iter().copied().max().unwrap_or(0);
            self.loosen(draft, (least, most), cuts)
        };
        let proof = Proof { kind, at_least, most_slack, cuts: 0 };
        Outcome { draft, proof, missing_at_least: 0 }
    }

    /// The best units for a cut: as many points as can be, then the greatest least slack, then the soonest there.
    pub(super) fn man(&self, cut: &[u32]) -> Draft {
        let units = self.force.len();
        let mut cells = vec![None; cut.len() * units];
        for (row, &node) in cut.iter().enumerate() {
            for closes in self.force.at(node as usize) {
                let spot = self.web.chains.nodes(node as usize)[closes.place as usize];
                cells[row * units + usize::from(closes.unit)] = Some((spot, closes.slack));
            }
        }
        let cell = |row: usize, unit: usize| {
            let (spot, slack) = cells[row * units + unit]?;
            Some((i64::from(slack), self.web.arrival[spot as usize] - slack))
        };
        let filled = assign(cut.len(), units, cell);
        let place = |(row, unit): (usize, Option<usize>)| {
            let by = unit.and_then(|unit| Some((unit, cells[row * units + unit]?)));
            match by {
                Some((unit, (spot, slack))) => {
                    Place { spot, by: Some((unit, self.web.arrival[spot as usize] - slack)) }
                }
                None => Place { spot: self.web.wanted(cut[row] as usize), by: None },
            }
        };
        let mut places: Vec<Place> = filled.into_iter().enumerate().map(place).collect();
        places.sort_unstable_by_key(|place| place.spot);
        Draft { places }
    }

    /// Keeps the earlier plan where it still seals with as few points and hardly less slack.
    fn keep(&self, question: &Question<'_>, outcome: &mut Outcome) -> bool {
        let Some(earlier) = self.earlier(question) else { return false };
        let new = &outcome.draft;
        if new.missing() > 0 || earlier.places.len() > new.places.len() {
            return false;
        }
        let (had, has) = (earlier.least(&self.web), new.least(&self.web));
        let gain = has.unwrap_or(0) - had.unwrap_or(0);
        if gain > i64::from(question.steady.0) {
            return false;
        }
        outcome.proof.most_slack &= gain <= 0;
        outcome.draft = earlier;
        true
    }

    /// The earlier plan as a draft, if its units are there in time and its points cut.
    fn earlier(&self, question: &Question<'_>) -> Option<Draft> {
        if question.previous.is_empty() {
            return None;
        }
        let mut places: Vec<Place> = Vec::new();
        for order in question.previous {
            let spot = self.web.spot(self.ball.local(order.node)?)? as u32;
            let unit = (0..self.force.len())
                .find(|&unit| self.force.unit(question, unit).unit == order.unit)?;
            let closed = self.force.closed(unit, spot)?;
            let taken =
                |place: &Place| place.spot == spot || place.by.is_some_and(|other| other.0 == unit);
            if places.iter().any(taken) {
                return None;
            }
            places.push(Place { spot, by: Some((unit, closed)) });
        }
        places.sort_unstable_by_key(|place| place.spot);
        let draft = Draft { places };
        let out = roam(&self.ball, draft.in_ball(&self.web)).1;
        (!out).then_some(draft)
    }

    fn tell(
        &self,
        question: &Question<'_>,
        outcome: &Outcome,
        (lost, kept): (&[u32], bool),
    ) -> Plan {
        let draft = &outcome.draft;
        let missing = draft.missing();
        let points = draft.places.iter().map(|place| self.point(question, place)).collect();
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
                inside: roam(&self.ball, draft.in_ball(&self.web)).0,
                units: self.force.len() as u32,
            },
            now: question.now,
        }
    }

    fn point(&self, question: &Question<'_>, place: &Place) -> Point {
        let roads = question.quarry.roads;
        let id: NodeId = self.ball.nodes[self.web.spots[place.spot as usize] as usize];
        let quarry = Millis(self.web.arrival[place.spot as usize]);
        let mut streets = Vec::new();
        for (segment, _) in roads.segments_at(id) {
            let name = roads.map().segment(segment).name;
            if name.0 != 0 && !streets.contains(&name) {
                streets.push(name);
            }
        }
        let manned = place.by.map(|(number, ready)| {
            let (unit, ready) = (self.force.unit(question, number), Millis(ready));
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
