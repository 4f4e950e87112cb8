//! When cover thins: which free unit should move to which post, what that regains, and what it costs where the unit is now.
//!
//! One move at a time, each the best there is then, exactly: the gain of a move counts what the unit leaves and what it covers from the
//! post together. At most a few, and none that gains nothing.

use precinct_base::{LonLat, Millis, PostId, UnitId, caps};
use precinct_roads::{Fleet, Network, Profile, Scratch, Snap, SnapRules, Way};

use crate::cover::{Cover, Crews, within};
use crate::{Covered, Effect, Field};

/// When and how moves are suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveUpRules {
    /// Which threshold is judged: 0, 1 or 2; higher is taken as 2.
    pub threshold: usize,
    /// Moves are suggested while cover is below this share of what is normal, in thousandths.
    pub share: u16,
    /// How many at most; more than [`caps::MOVE_UPS`] is taken as that.
    pub most: usize,
}

impl Default for MoveUpRules {
    /// Below 90 % of what is normally covered within the third threshold, as many as may be. A sensible start, no norm.
    fn default() -> Self {
        Self { threshold: 2, share: 900, most: caps::MOVE_UPS }
    }
}

/// A post that units may be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostPlace {
    /// Which.
    pub post: PostId,
    /// Where it is.
    pub at: LonLat,
}

/// A move that is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveUp {
    /// Who moves.
    pub unit: UnitId,
    /// Where to.
    pub post: PostId,
    /// How long it takes; none is "no way there that was found", as when it starts where no road leads on.
    pub travel: Option<Millis>,
    /// Demand within the judged threshold that is covered only after the move.
    pub gained: u64,
    /// Demand within it that is covered no longer, where the unit is now.
    pub cost: u64,
    /// Cover before and after the move, those before it done.
    pub effect: Effect,
}

/// Suggests moves to `posts` while cover, with all of `sent` gone, is below its share of `normal`. Deterministic: of moves that gain
/// the same the quickest, then the lower unit, then the lower post.
pub fn move_ups(
    field: &Field,
    posts: &[PostPlace],
    normal: Covered,
    sent: &[UnitId],
    rules: MoveUpRules,
    scratch: &mut Scratch,
) -> Vec<MoveUp> {
    let threshold = rules.threshold.min(2);
    let mut plan = Planning::new(field, posts, sent, threshold, scratch);
    let mut moves = Vec::new();
    while moves.len() < rules.most.min(caps::MOVE_UPS) {
        let has = u128::from(plan.cover.covered().within[threshold]) * 1_000;
        if has >= u128::from(normal.within[threshold]) * u128::from(rules.share) {
            break;
        }
        let Some(next) = plan.best(scratch) else { break };
        moves.push(plan.make(next));
    }
    moves
}

/// A post as one profile finds it: the demand it covers within the judged threshold.
struct Stand {
    profile: Profile,
    post: PostId,
    snap: Snap,
    /// Indices of demand points.
    covers: Vec<u32>,
}

/// A move that may be made: by gain, the largest first; then by time, unit and post.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    loss: i64,
    ms: u32,
    unit: UnitId,
    post: PostId,
    slot: u32,
    stand: usize,
}

struct Planning<'a> {
    field: &'a Field,
    threshold: usize,
    stands: Vec<Stand>,
    cover: Cover,
    moved: Vec<u32>,
}

impl<'a> Planning<'a> {
    fn new(
        field: &'a Field,
        posts: &[PostPlace],
        sent: &[UnitId],
        threshold: usize,
        scratch: &mut Scratch,
    ) -> Self {
        let mut crews = field.cover().crews.clone();
        for slot in sent.iter().filter_map(|&unit| field.slot_of(unit)) {
            take_out(&mut crews, slot as u32);
        }
        let cover = remade(field, crews);
        let manned =
            field.networks().each().filter(|(p, _)| !cover.crews[p.index()].slots.is_empty());
        let mut stands = Vec::new();
        for (profile, network) in manned {
            for place in posts {
                let Some(snap) = network.snap(place.at, &SnapRules::default()) else { continue };
                let covers = covers(network, scratch, &snap, &cover, threshold);
                stands.push(Stand { profile, post: place.post, snap, covers });
            }
        }
        Self { field, threshold, stands, cover, moved: Vec::new() }
    }

    /// The best move, if any gains something.
    fn best(&self, scratch: &mut Scratch) -> Option<Choice> {
        let gains: Vec<Vec<i64>> = (0..self.stands.len()).map(|stand| self.gains(stand)).collect();
        let most = gains.iter().flatten().copied().max().filter(|&gain| gain > 0)?;
        let equal = gains.iter().enumerate().filter(|(_, gains)| gains.contains(&most));
        equal.flat_map(|(stand, gains)| self.choices(scratch, stand, gains, most)).min()
    }

    /// The moves to a post that gain `most`, with their times.
    fn choices(
        &self,
        scratch: &mut Scratch,
        stand: usize,
        gains: &[i64],
        most: i64,
    ) -> Vec<Choice> {
        let Stand { profile, post, snap, .. } = self.stands[stand];
        let Some(network) = self.field.networks().get(profile) else { return Vec::new() };
        let crew = &self.cover.crews[profile.index()];
        let fleet = Fleet::new(network, crew.snaps.clone());
        let limit = Millis(caps::SEARCH_LIMIT_MS);
        let times = network.unit_times(scratch, &fleet, &snap, limit);
        let equal =
            gains.iter().zip(times).zip(&crew.slots).filter(|((gain, _), _)| **gain == most);
        let choice = |((_, time), &slot): ((&i64, Option<Millis>), &u32)| {
            let ms = time.map_or(u32::MAX, |time| time.0);
            let unit = self.field.slots()[slot as usize].unit;
            Choice { loss: -most, ms, unit, post, slot, stand }
        };
        equal.map(choice).collect()
    }

    /// What each unit of the post's profile gains by moving there; one that moved already stays.
    fn gains(&self, stand: usize) -> Vec<i64> {
        let Stand { profile, ref covers, .. } = self.stands[stand];
        let mut gained = 0;
        let mut kept = vec![0; self.cover.lost.len()];
        for &point in covers {
            let (first, demand) =
                (self.cover.first[point as usize], &self.cover.demand[point as usize]);
            let threshold = demand.thresholds[self.threshold];
            let [had, has] = first.map(|(ms, _)| within(ms, threshold));
            if !had {
                gained += i64::from(demand.weight);
            } else if !has {
                // Only one unit covers it, and would still do so from the post.
                kept[first[0].1 as usize] += i64::from(demand.weight);
            }
        }
        let gain = |&slot: &u32| {
            let lost = self.cover.lost(slot as usize)[self.threshold] as i64;
            let moved = self.moved.contains(&slot);
            if moved { i64::MIN } else { gained + kept[slot as usize] - lost }
        };
        self.cover.crews[profile.index()].slots.iter().map(gain).collect()
    }

    /// Makes a move and tells of it.
    fn make(&mut self, choice: Choice) -> MoveUp {
        let Stand { profile, snap, .. } = self.stands[choice.stand];
        let before = self.cover.covered();
        let mut crews = self.cover.crews.clone();
        let crew = &mut crews[profile.index()];
        if let Ok(at) = crew.slots.binary_search(&choice.slot) {
            crew.snaps[at] = snap;
        }
        let next = remade(self.field, crews);
        let (gained, cost) = self.changed(&next);
        self.moved.push(choice.slot);
        self.cover = next;
        MoveUp {
            unit: choice.unit,
            post: choice.post,
            travel: (choice.ms != u32::MAX).then_some(Millis(choice.ms)),
            gained,
            cost,
            effect: Effect { before, after: self.cover.covered() },
        }
    }

    /// The demand covered in `next` and not now, and now and not in `next`.
    fn changed(&self, next: &Cover) -> (u64, u64) {
        let (mut gained, mut cost) = (0, 0);
        for (i, point) in self.cover.demand.iter().enumerate() {
            let threshold = point.thresholds[self.threshold];
            let [had, has] =
                [&self.cover, next].map(|cover| within(cover.first[i][0].0, threshold));
            gained += u64::from(point.weight) * u64::from(has && !had);
            cost += u64::from(point.weight) * u64::from(had && !has);
        }
        (gained, cost)
    }
}

fn remade(field: &Field, crews: Crews) -> Cover {
    Cover::new(field.networks(), crews, field.slots().len(), field.cover().demand.clone())
}

fn take_out(crews: &mut Crews, slot: u32) {
    for crew in crews {
        if let Ok(at) = crew.slots.binary_search(&slot) {
            crew.slots.remove(at);
            crew.snaps.remove(at);
        }
    }
}

/// The demand that a unit at `snap` covers within its judged threshold.
fn covers(
    network: &Network,
    scratch: &mut Scratch,
    snap: &Snap,
    cover: &Cover,
    threshold: usize,
) -> Vec<u32> {
    let limit = cover.demand.iter().map(|point| point.thresholds[threshold]).max();
    let sources = [*snap];
    let reach = network.reach(scratch, &sources, limit.unwrap_or_default(), Way::Out);
    let reached = |point: &crate::DemandPoint| {
        let time = reach.at(&point.snap).map(|(time, _)| time);
        time.is_some_and(|time| within(time.0, point.thresholds[threshold]))
    };
    let points = (0..).zip(cover.demand.iter());
    points.filter(|(_, point)| reached(point)).map(|(i, _)| i).collect()
}
