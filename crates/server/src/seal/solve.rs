//! From what is asked to points, units and outlines: roads and units as they are now.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_base::{Millis, MultiPolygon, NameId, Timestamp};
use precinct_containment::{Pace, Plan, Point, ProofKind, Quarry, Question, Sighting, Solver};
use precinct_core::{
    Code, Containment, ContainmentId, SealPlan, SealPoint, SealProof, State, Title, Travels,
};
use precinct_roads::{Network, OutlineStyle, Profile, Scratch, Snap, Way, outline};

use super::ask::Ask;
use super::units::{Force, after};
use super::{Memory, Solved};
use crate::app::App;
use crate::door::Failure;
use crate::ground::{STREET, title};

/// How far ahead whoever left is shown, from now.
const SPREAD: [Millis; 3] = [Millis::ZERO, Millis::from_minutes(2), Millis::from_minutes(5)];

const fn proof(kind: ProofKind) -> SealProof {
    match kind {
        ProofKind::Fewest => SealProof::Fewest,
        ProofKind::Assignment => SealProof::Assignment,
        ProofKind::Bound => SealProof::Bound,
        ProofKind::Impossible => SealProof::Impossible,
        ProofKind::Unknown => SealProof::Unknown,
    }
}

/// Which streets whoever left moves on.
fn roads(networks: &Networks, memory: &mut Memory, ask: &Ask) -> Result<Arc<Network>, Failure> {
    let none = || Failure::missing("there are no streets here for whoever left");
    let profile = match ask.travels {
        Travels::Car => Profile::PoliceCar,
        Travels::Foot => Profile::Foot,
    };
    let known = networks.get(&profile).ok_or_else(none)?;
    if ask.travels == Travels::Foot || !ask.any_way {
        return Ok(known.clone());
    }
    // Streets have other times at other hours.
    let kept = memory.any_way.take().filter(|(of, _)| Arc::ptr_eq(of, known));
    let both = kept.unwrap_or_else(|| (known.clone(), Arc::new(known.against_one_ways())));
    Ok(memory.any_way.insert(both).1.clone())
}

/// What is asked, on the streets.
struct Streets {
    roads: Arc<Network>,
    left: Snap,
    seen: Vec<Sighting>,
}

impl Streets {
    fn of(networks: &Networks, memory: &mut Memory, ask: &Ask) -> Result<Self, Failure> {
        let roads = roads(networks, memory, ask)?;
        let far = || Failure::bad("where they left is far from any street: give another place");
        let left = roads.snap(ask.at, &STREET).ok_or_else(far)?;
        let seen = ask.seen.iter().map(|seen| {
            let at = roads.snap(seen.at, &STREET).ok_or_else(|| {
                Failure::bad("a place where they were seen is far from any street: give another")
            })?;
            Ok(Sighting { at, when: after(ask.left, seen.when), sure: seen.sure })
        });
        let seen = seen.collect::<Result<_, Failure>>()?;
        Ok(Self { roads, left, seen })
    }

    /// Where whoever left certainly was last, and how long ago.
    fn last(&self, plan: &Plan) -> (Snap, Millis) {
        let believed = self.seen.iter().enumerate();
        let believed = believed.filter(|(at, one)| one.sure && !plan.doubted.contains(at));
        let last = believed.map(|(_, one)| one).max_by_key(|one| one.when);
        last.map_or((self.left, plan.now), |one| (one.at, plan.now - one.when))
    }

    /// How far whoever left could be by now and soon.
    fn spread(&self, ask: &Ask, plan: &Plan, scratch: &mut Scratch) -> Vec<(Millis, MultiPolygon)> {
        let (from, ago) = self.last(plan);
        // What they do in a minute at twice the pace takes two at the pace of the roads.
        let driven = |time: Millis| {
            let time = u64::from(time.0) * u64::from(ask.pace) / 1_000;
            Millis(u32::try_from(time).unwrap_or(u32::MAX))
        };
        let furthest = driven(ago.saturating_add(SPREAD[SPREAD.len() - 1]));
        let from = [from];
        let reach = self.roads.reach(scratch, &from, furthest, Way::Out);
        let map = self.roads.map();
        let within = |&ahead: &Millis| {
            let streets = reach.streets(driven(ago.saturating_add(ahead)));
            let lines = streets.iter().map(|stretch| map.trace(stretch));
            (ahead, outline(lines, &OutlineStyle::default()))
        };
        SPREAD.iter().map(within).collect()
    }
}

/// What the streets that meet at a point are called.
fn name(app: &App, streets: &[NameId]) -> Title {
    let names = streets.iter().take(3).map(|&name| title(app.ground.map.names().get(name)));
    let mut all = Title::default();
    for name in names.filter(|name| *name != Title::default()) {
        for (text, part) in [(&mut all.en, name.en), (&mut all.zh, name.zh)] {
            if !text.is_empty() && !part.is_empty() {
                text.push_str(" / ");
            }
            if text.len() + part.len() <= precinct_base::caps::NAME_LENGTH {
                text.push_str(&part);
            }
        }
    }
    all
}

fn point(app: &App, (plan, force): (&Plan, &Force), number: u32, point: &Point) -> SealPoint {
    let unit = point.manned.map(|manned| manned.unit);
    SealPoint {
        point: number,
        at: point.at,
        node: point.node,
        title: name(app, &point.streets),
        unit,
        fix_age: unit.and_then(|unit| force.fix_age.get(&unit).copied().flatten()),
        arrival: point.manned.map(|manned| earlier(manned.ready, plan.now)),
        quarry: earlier(point.quarry, plan.now),
    }
}

/// What is counted from when they left, counted from now.
fn earlier(at: Millis, now: Millis) -> Millis {
    Millis(at.0.saturating_sub(now.0))
}

/// The plan as it would be recorded: the points in most need of an eye first.
fn plan_of(app: &App, ask: &Ask, found: (&Plan, &Force), seq: u64) -> SealPlan {
    let plan = found.0;
    let mut points: Vec<&Point> = plan.points.iter().collect();
    points.sort_by_key(|point| (point.manned.map(|manned| manned.slack), point.quarry, point.node));
    let points = (1..).zip(points).map(|(number, one)| point(app, found, number, one));
    SealPlan {
        points: points.collect(),
        sealed: plan.sealed,
        proof: proof(plan.proof.kind),
        least: plan.proof.at_least,
        travels: ask.travels,
        left: ask.left,
        roads: version(app),
        posts: format!("seq-{seq}").parse().unwrap_or(Code::literal("unknown")),
    }
}

/// The version of the roads.
pub(crate) fn version(app: &App) -> Code {
    app.ground.fingerprint().parse().unwrap_or(Code::literal("unknown"))
}

/// The streets of every kind of traveller.
pub(crate) type Networks = BTreeMap<Profile, Arc<Network>>;

/// The same as a question takes them.
pub(crate) fn by_profile(networks: &Networks) -> [Option<&Network>; Profile::COUNT] {
    Profile::ALL.map(|profile| networks.get(&profile).map(|network| &**network))
}

/// Answers what is asked.
pub(super) fn solve(
    app: &App,
    memory: &mut Memory,
    ask: &Ask,
    containment: Option<ContainmentId>,
) -> Result<Solved, Failure> {
    let began = std::time::Instant::now();
    let networks = app.ground.networks();
    let streets = Streets::of(&networks, memory, ask)?;
    let at: Timestamp = app.watch.wall();
    let known = |state: &State| -> Option<Containment> {
        let known = state.containments().get(&containment?)?;
        // Junctions have other numbers on other roads.
        (known.plan.roads == version(app)).then(|| known.clone())
    };
    let (force, seq) =
        app.board.look(|state, seq| (Force::of(app, state, ask, known(state).as_ref()), seq));
    let quarry = Quarry {
        roads: &streets.roads,
        pace: Pace(ask.pace),
        left: streets.left,
        seen: &streets.seen,
    };
    let now = after(ask.left, at);
    let question = Question {
        horizon: now.saturating_add(ask.ahead),
        setup: ask.set_up,
        networks: by_profile(&networks),
        previous: &force.previous,
        ..Question::new(quarry, now, &force.units)
    };
    let plan = memory.solver.solve(&question).map_err(Failure::bad)?;
    let spread = streets.spread(ask, &plan, &mut memory.scratch);
    let since = Timestamp(at.0 - i64::from(streets.last(&plan).1.0));
    let recorded = plan_of(app, ask, (&plan, &force), seq);
    let took = began.elapsed();
    metrics::histogram!("precinct_seal_seconds").record(took.as_secs_f64());
    let took = Millis(u32::try_from(took.as_millis()).unwrap_or(u32::MAX));
    let units = force.units.len() as u32;
    Ok(Solved { at, seq, plan: recorded, found: plan, spread, since, units, took })
}

impl Memory {
    /// Memory that nothing has been asked of yet.
    pub(super) fn new() -> Self {
        Self { solver: Solver::default(), scratch: Scratch::default(), any_way: None }
    }
}
