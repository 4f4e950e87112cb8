//! The one source of chance: a number for each thing that is drawn, that depends on nothing but the seed and the thing.
//!
//! A stream would hand the second crew what the first one left of it. Here each draw has a key of its own — the call, what is drawn,
//! the how-manieth crew — so two plans that send different crews in a different order still draw the same for the same call: common
//! random numbers (P. Glasserman and D. D. Yao, *Some guidelines and guarantees for common random numbers*, Management Science 38
//! (1992)). The mixing is that of `SplitMix64` (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators*, 2014).

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Until a call is entered.
    Handling = 1,
    /// Until the dispatcher has looked at it.
    Desk,
    /// Until a crew sets out.
    Turnout,
    /// How much longer or shorter than by the roads a drive takes.
    Travel,
    /// How long a crew stays.
    Stay,
    /// How often a call happens on a day like the recorded one.
    Repeats,
    /// When it does.
    Shift,
    /// Whether it ends without anybody on scene.
    CalledOff,
}

/// A seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Chance(pub(crate) u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

pub(crate) const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Chance {
    /// Evenly among all numbers, for one thing.
    pub(crate) const fn draw(self, purpose: Purpose, key: u64, nth: u64) -> u64 {
        let seed = mixed(self.0.wrapping_add(STEP));
        let of_key = mixed(seed.rotate_left(17) ^ mixed(key.wrapping_add(STEP)));
        mixed(of_key.wrapping_add(STEP.wrapping_mul(1 + nth * 16 + purpose as u64)))
    }

    /// Evenly from nothing up to and without `below`.
    pub(crate) fn below(self, purpose: Purpose, key: u64, nth: u64, below: u64) -> u64 {
        ((u128::from(self.draw(purpose, key, nth)) * u128::from(below)) >> 64) as u64
    }
}

/// A key of a text: FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), mixed.
pub(crate) fn key_of(text: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    mixed(text.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_repeat_and_differ_by_all_they_depend_on() {
        let first = Chance(1).draw(Purpose::Stay, 7, 0);
        assert_eq!(first, Chance(1).draw(Purpose::Stay, 7, 0));
        let others = [
            Chance(2).draw(Purpose::Stay, 7, 0),
            Chance(1).draw(Purpose::Travel, 7, 0),
            Chance(1).draw(Purpose::Stay, 8, 0),
            Chance(1).draw(Purpose::Stay, 7, 1),
            Chance(7).draw(Purpose::Stay, 1, 0),
        ];
        assert!(others.iter().all(|&other| other != first));
        assert_ne!(key_of("160032889"), key_of("160032890"));
    }

    #[test]
    fn draws_are_even() {
        let mut counts = [0u32; 10];
        for key in 0..10_000 {
            counts[Chance(3).below(Purpose::Turnout, key, 0, 10) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (880..1_120).contains(count)), "{counts:?}");
    }
}
