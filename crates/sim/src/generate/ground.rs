//! The ground a city stands on: how far it is built up each way, and the river through it.

use super::flat::{Angle, M, ONE, Pt, TURN, cos, inside, scaled, sin};
use crate::rng::Rng;

/// How far a city reaches, and its river.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// Mean radius of the built-up ground, mm.
    pub(super) radius: i64,
    /// How the old town's streets are turned.
    pub(super) turn: Angle,
    lobes: Vec<Lobe>,
    /// The river.
    pub(super) river: River,
}

#[derive(Clone, Copy, Debug)]
struct Lobe {
    count: i64,
    permille: i64,
    phase: Angle,
}

/// A river right through the city: lines that all run the same way, the left bank to the left of the flow.
#[derive(Clone, Debug)]
pub(super) struct River {
    /// The way it mainly flows.
    pub(super) axis: Angle,
    /// Its middle.
    pub(super) middle: Vec<Pt>,
    /// The water's edges, left and right.
    pub(super) banks: [Vec<Pt>; 2],
    /// Where the riverside drives run, left and right.
    pub(super) drives: [Vec<Pt>; 2],
    /// The ground between the drives as a ring.
    corridor: Vec<Pt>,
}

/// Built-up ground per person: about 105 m², as in Chinese cities of all sizes (MOHURD, GB 50137-2011 allows 65 to 115).
const MM2_PER_PERSON: u64 = 105 * 1_000_000;
/// The city's limit, in thousandths of the built-up radius.
const LIMIT: i64 = 1_260;

impl Ground {
    /// The ground for so many people.
    pub(super) fn new(seed: u64, people: u64) -> Self {
        let mut rng = Rng::new(seed, "ground");
        // π as 355/113.
        let radius = (u128::from(people) * u128::from(MM2_PER_PERSON) * 113 / 355).isqrt() as i64;
        let turn = rng.between(-1_400, 1_400);
        let axis = rng.between(0, TURN - 1);
        let stretch = Lobe { count: 2, permille: rng.between(60, 150), phase: 2 * axis };
        let mut lobe = |count, most| Lobe {
            count,
            permille: rng.between(20, most),
            phase: rng.between(0, TURN),
        };
        let lobes = vec![stretch, lobe(3, 70), lobe(5, 45), lobe(9, 25)];
        let river = River::new(&mut rng, radius, axis);
        Self { radius, turn, lobes, river }
    }

    /// How far the city is built up towards `angle`, mm.
    pub(super) fn edge(&self, angle: Angle) -> i64 {
        let lobes: i64 = self
            .lobes
            .iter()
            .map(|l| scaled(l.permille, cos(l.count * angle - l.phase), ONE))
            .sum();
        self.radius / 1_000 * (1_000 + lobes)
    }

    /// How far out `p` is, in thousandths of the way to the edge of the built-up ground.
    pub(super) fn outness(&self, p: Pt) -> i64 {
        scaled(p.length(), 1_000, self.edge(p.angle()).max(1))
    }

    /// How far the city's limit is towards `angle`, mm.
    pub(super) fn limit(&self, angle: Angle) -> i64 {
        scaled(self.edge(angle), LIMIT, 1_000) + 500 * M
    }

    /// A closed line round the centre at `permille` of the edge; `squareness` (0 to 1,000) draws it towards a rounded square
    /// that follows the old town's streets. The first point comes again at the end.
    pub(super) fn ring(&self, permille: i64, squareness: i64) -> Vec<Pt> {
        let reach = scaled(self.radius, permille, 1_000);
        let steps = (reach * 6 / (160 * M)).clamp(24, 4_000);
        let angles = (0..steps).chain([0]).map(|i| i * TURN / steps);
        angles.map(|angle| Pt::polar(self.ring_reach(permille, squareness, angle), angle)).collect()
    }

    /// How far out such a ring is towards `angle`, mm.
    pub(super) fn ring_reach(&self, permille: i64, squareness: i64, angle: Angle) -> i64 {
        let reach = scaled(self.radius, permille, 1_000);
        let round = scaled(self.edge(angle), permille, 1_000);
        let (c, s) = (cos(angle - self.turn).abs(), sin(angle - self.turn).abs());
        let square = scaled(reach * 9 / 10, ONE, c.max(s)).min(reach * 118 / 100);
        (round * (1_000 - squareness) + square * squareness) / 1_000
    }

    /// The city's limit as a closed line.
    pub(super) fn limit_ring(&self) -> Vec<Pt> {
        let steps = (self.radius * 8 / (300 * M)).clamp(32, 4_000);
        let at = |i: i64| Pt::polar(self.limit(i * TURN / steps), i * TURN / steps);
        (0..steps).chain([0]).map(at).collect()
    }
}

impl River {
    fn new(rng: &mut Rng, radius: i64, axis: Angle) -> Self {
        let width = (60 * M + radius / 40).min(700 * M);
        let aside = radius / 1_000 * rng.between(280, 450) * if rng.chance(500) { 1 } else { -1 };
        let waves = [
            (rng.between(1_500, 2_000), rng.between(110, 160)),
            (rng.between(620, 800), rng.between(22, 40)),
        ];
        let phases = [rng.between(0, TURN), rng.between(0, TURN)];
        let step = 100 * M;
        let half = radius * 19 / 10 + 3_000 * M;
        let at = |along: i64| {
            let sway: i64 = waves
                .iter()
                .zip(phases)
                .map(|(&(length, size), phase)| {
                    let angle = scaled(along, TURN * 1_000, (radius * length).max(1)) + phase;
                    scaled(radius * size / 1_000, sin(angle), ONE)
                })
                .sum();
            Pt::new(along, aside + sway).turned(-axis)
        };
        let middle: Vec<Pt> = (-half / step..=half / step).map(|i| at(i * step)).collect();
        let bank = width / 2;
        let drive = bank + 45 * M;
        let drives = [beside(&middle, drive, 2), beside(&middle, -drive, 2)];
        let corridor = drives[0].iter().chain(drives[1].iter().rev()).copied().collect();
        Self {
            axis,
            banks: [beside(&middle, bank, 1), beside(&middle, -bank, 1)],
            drives,
            corridor,
            middle,
        }
    }

    /// Whether `p` is between the riverside drives.
    pub(super) fn holds(&self, p: Pt) -> bool {
        inside(&self.corridor, p)
    }
}

/// The line `offset` to the left of `line` (to the right if negative), at every `every`th of its points.
pub(super) fn beside(line: &[Pt], offset: i64, every: usize) -> Vec<Pt> {
    let last = line.len().saturating_sub(1);
    (0..line.len())
        .filter(|i| i % every == 0 || *i == last)
        .map(|i| {
            let along = line[(i + 1).min(last)].minus(line[i.saturating_sub(1)]);
            line[i].plus(along.left().with_length(offset))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_has_the_ground_its_people_need() {
        let ground = Ground::new(1, 300_000);
        assert!((3_100 * M..3_400 * M).contains(&ground.radius), "{}", ground.radius);
        assert!(
            ground.outness(Pt::default()) == 0 && ground.outness(Pt::new(9_000 * M, 0)) > 1_500
        );
    }

    #[test]
    fn the_river_keeps_its_banks_apart() {
        for seed in 0..20 {
            let river = Ground::new(seed, 300_000).river;
            // The ends lie on the corridor's own edge.
            for line in [&river.middle, &river.banks[0], &river.banks[1]] {
                assert!(line[1..line.len() - 1].iter().all(|&p| river.holds(p)), "seed {seed}");
            }
            let drives = river.drives.iter().flatten();
            let nearest = |p: Pt| river.middle.iter().map(|m| m.distance(p)).min().unwrap_or(0);
            assert!(drives.clone().all(|&p| nearest(p) > 80 * M), "seed {seed}");
        }
    }
}
