//! What the ground is used for, and how many people live on it.

use super::flat::{M, Pt, TURN};
use super::ground::Ground;
use crate::rng::Rng;

/// The use of a superblock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// The old town: small blocks, lanes, shops.
    OldTown,
    /// Offices and department stores.
    Centre,
    /// Residential compounds behind gates.
    Estate,
    /// Houses, shops and small firms.
    Mixed,
    /// Factories and storehouses.
    Works,
    /// A school, university or hospital ground.
    Campus,
    /// A park.
    Park,
    /// A village the city has grown round.
    Village,
    /// Fields.
    Fields,
}

impl Use {
    /// Relative number of people living on the same ground.
    pub(super) const fn homes(self) -> i64 {
        match self {
            Self::OldTown => 140,
            Self::Centre => 50,
            Self::Estate => 160,
            Self::Mixed => 110,
            Self::Works => 12,
            Self::Campus => 60,
            Self::Park => 0,
            Self::Village => 190,
            Self::Fields => 3,
        }
    }
}

/// How a city's uses lie.
#[derive(Debug)]
pub(super) struct Zones<'a> {
    ground: &'a Ground,
    /// Where the new centre is.
    centre: Pt,
    /// The direction in which the works lie.
    works: i64,
    old_town: i64,
    seed: u64,
}

impl<'a> Zones<'a> {
    pub(super) fn new(seed: u64, ground: &'a Ground) -> Self {
        let mut rng = Rng::new(seed, "zones");
        let away = ground.river.axis + TURN / 4 + rng.between(-9_000, 9_000);
        let centre = Pt::polar(ground.radius / 1_000 * rng.between(220, 330), away);
        let works = rng.between(0, TURN - 1);
        Self { ground, centre, works, old_town: old_town(ground), seed }
    }

    /// The use of a superblock round `place`; `lot` tells superblocks apart.
    pub(super) fn of(&self, place: Pt, lot: u64) -> Use {
        let mut rng = Rng::new(self.seed.wrapping_add(lot), "use");
        let out = self.ground.outness(place) + rng.between(-70, 70);
        let drawn = rng.between(0, 999);
        if place.length() < self.old_town {
            return if drawn < 40 { Use::Park } else { Use::OldTown };
        }
        if place.distance(self.centre) < self.ground.radius / 7 + 250 * M {
            return if drawn < 90 { Use::Park } else { Use::Centre };
        }
        if out > 1_030 {
            return Use::Fields;
        }
        let turn = (place.angle() - self.works).rem_euclid(TURN);
        let by_works = turn.min(TURN - turn) < 5_500 && out > 480;
        match drawn {
            ..550 if by_works => Use::Works,
            ..30 => Use::Works,
            30..85 => Use::Park,
            85..140 => Use::Campus,
            140..170 => Use::Village,
            170..640 => Use::Estate,
            _ if out > 900 && drawn > 850 => Use::Fields,
            _ => Use::Mixed,
        }
    }

    /// The side a superblock round `place` should have, mm.
    pub(super) fn superblock(&self, place: Pt) -> i64 {
        let out = self.ground.outness(place);
        if place.length() < self.old_town {
            return 270 * M;
        }
        match out {
            ..350 => 400 * M,
            350..650 => 460 * M,
            650..900 => 520 * M,
            900..1_040 => 600 * M,
            _ => 900 * M,
        }
    }

    /// People per square kilometre of an even mix of uses round `place`, before scaling to the city's number.
    pub(super) fn density(&self, place: Pt) -> i64 {
        let out = self.ground.outness(place).min(1_300);
        // Falls from the centre outwards, as in Chinese cities since the 1990s: fast at first, then slowly.
        2_000 + 20_000 * (1_300 - out) / 1_300 * (1_300 - out) / 1_300
    }
}

/// Radius of the old town, mm.
fn old_town(ground: &Ground) -> i64 {
    (ground.radius * 30 / 100).min(1_000 * M + ground.radius / 40)
}
