//! Puts places in the order of a Z-shaped curve, by counting.

use precinct_base::{LonLat, caps};

/// Bits of an id in a key.
const ID_BITS: u32 = 20;
const _: () = assert!(caps::UNITS <= 1 << ID_BITS && caps::HOT_SPOTS <= 1 << ID_BITS);
/// Bits of each coordinate that the curve does not see: it is as fine as eleven metres.
const COARSE: u32 = 10;
/// Bits sorted by in one pass.
const DIGIT: u32 = 11;
const DIGITS: usize = 4;
const VALUES: usize = 1 << DIGIT;

/// Sorts places, in memory that is kept from one time to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorter {
    keys: Vec<u64>,
    spare: Vec<u64>,
}

impl Sorter {
    /// Sorts by the curve; those in one spot of the curve stay in the order they came.
    pub(crate) fn sort(&mut self, places: impl Iterator<Item = (LonLat, u32)>) {
        self.keys.clear();
        self.keys.extend(places.map(|(at, id)| curve(at) << ID_BITS | u64::from(id)));
        let mut counts = vec![[0_u32; VALUES]; DIGITS];
        for key in &self.keys {
            for (digit, count) in counts.iter_mut().enumerate() {
                count[value(*key, digit)] += 1;
            }
        }
        self.spare.resize(self.keys.len(), 0);
        for (digit, count) in counts.iter_mut().enumerate() {
            // A city fills a corner of the curve: what is the same in all keys needs no pass.
            if !count.contains(&(self.keys.len() as u32)) {
                self.pass(digit, count);
            }
        }
    }

    fn pass(&mut self, digit: usize, count: &mut [u32; VALUES]) {
        let mut next = 0;
        for slot in count.iter_mut() {
            next += std::mem::replace(slot, next);
        }
        for key in &self.keys {
            let slot = &mut count[value(*key, digit)];
            self.spare[*slot as usize] = *key;
            *slot += 1;
        }
        std::mem::swap(&mut self.keys, &mut self.spare);
    }

    /// Who, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = u32> + '_ {
        self.keys.iter().map(|key| (key & ((1 << ID_BITS) - 1)) as u32)
    }
}

const fn value(key: u64, digit: usize) -> usize {
    (key >> (ID_BITS + DIGIT * digit as u32)) as usize & (VALUES - 1)
}

/// A place on Morton's curve: bits of longitude and latitude in turn, 44 of them.
fn curve(at: LonLat) -> u64 {
    let lon = (i64::from(at.lon()) + 1_800_000_000) as u64 >> COARSE;
    let lat = (i64::from(at.lat()) + 900_000_000) as u64 >> COARSE;
    spread(lon) | spread(lat) << 1
}

/// Puts a nought between every two of 32 bits.
const fn spread(bits: u64) -> u64 {
    let bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF;
    let bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF;
    let bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    let bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_curve_fits_its_bits_everywhere() {
        let corner = LonLat::new(1_800_000_000, 900_000_000).unwrap();
        assert!(curve(corner) < 1 << (DIGIT * DIGITS as u32));
        assert_eq!(curve(LonLat::new(-1_800_000_000, -900_000_000).unwrap()), 0);
        assert_eq!(spread(0b1011), 0b100_0101);
    }

    proptest! {
        #[test]
        fn counting_sorts_like_sorting(places in prop::collection::vec((-1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000), 0..200),
                                       near in prop::bool::ANY) {
            let scale = if near { 100_000 } else { 1 };
            let places: Vec<LonLat> = places.into_iter().map(|(lon, lat)| LonLat::new(lon / scale, lat / scale).unwrap()).collect();
            let mut sorter = Sorter::default();
            sorter.sort(places.iter().enumerate().map(|(id, at)| (*at, id as u32)));
            let mut sorted: Vec<u32> = (0..places.len() as u32).collect();
            sorted.sort_by_key(|id| curve(places[*id as usize]));
            prop_assert_eq!(sorter.ids().collect::<Vec<_>>(), sorted);
        }
    }
}
