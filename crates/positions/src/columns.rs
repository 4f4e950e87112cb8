//! The columns of a unit's latest fix: sixteen bytes that every search reads, and sixteen that only answers do.

use precinct_base::{LonLat, Metres, Millimetres, SegmentId, Timestamp};

use crate::{Fix, Heading, OnStreet, Source, Speed};

/// Where and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hot {
    pub(crate) at: LonLat,
    pub(crate) time: Timestamp,
}

impl Hot {
    /// There is no fix. No instant that a fix can have been taken at is as early.
    pub(crate) fn none() -> Self {
        Self { at: LonLat::default(), time: Timestamp(i64::MIN) }
    }

    pub(crate) const fn is_some(&self) -> bool {
        self.time.0 != i64::MIN
    }
}

/// What is not known, in a field of two bytes.
const UNKNOWN: u16 = u16::MAX;
/// No segment has this number: see `caps::ROAD_SEGMENTS`.
const NO_SEGMENT: u32 = u32::MAX;
/// The street is that of this fix, not of one before it.
const FRESH: u8 = 1;
/// A later fix of this unit is held back as a jump.
const HELD: u8 = 2;

/// All else that is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cold {
    segment: u32,
    offset_mm: u32,
    accuracy: u16,
    speed: u16,
    heading: u16,
    source: Source,
    flags: u8,
}

const _: () = assert!(size_of::<Hot>() == 16 && size_of::<Cold>() == 16);

impl Cold {
    pub(crate) const NONE: Self = Self {
        segment: NO_SEGMENT,
        offset_mm: 0,
        accuracy: UNKNOWN,
        speed: UNKNOWN,
        heading: UNKNOWN,
        source: Source::Phone,
        flags: 0,
    };

    /// What `fix` tells; the street stays that of the fix before.
    pub(crate) fn take(&mut self, fix: &Fix) {
        self.accuracy = fix.accuracy.map_or(UNKNOWN, |it| it.0.min(u32::from(UNKNOWN) - 1) as u16);
        self.speed = fix.speed.map_or(UNKNOWN, Speed::cm_s);
        self.heading = fix.heading.map_or(UNKNOWN, Heading::hundredths);
        self.source = fix.source;
        self.flags = 0;
    }

    pub(crate) fn set_street(&mut self, street: OnStreet) {
        self.segment = street.segment.0;
        self.offset_mm = u32::try_from(street.offset.0).unwrap_or(u32::MAX);
        self.flags |= FRESH;
    }

    /// The last street it was known to be on, be it of a fix before the latest.
    pub(crate) fn last_street(&self) -> Option<OnStreet> {
        let offset = Millimetres(u64::from(self.offset_mm));
        (self.segment != NO_SEGMENT)
            .then_some(OnStreet { segment: SegmentId(self.segment), offset })
    }

    /// The street of the latest fix, once it is known.
    pub(crate) fn street(&self) -> Option<OnStreet> {
        self.last_street().filter(|_| self.flags & FRESH != 0)
    }

    pub(crate) fn accuracy(&self) -> Option<Metres> {
        (self.accuracy != UNKNOWN).then_some(Metres(u32::from(self.accuracy)))
    }

    pub(crate) fn speed(&self) -> Option<Speed> {
        (self.speed != UNKNOWN).then_some(Speed::new(u32::from(self.speed)))
    }

    pub(crate) const fn heading(&self) -> Option<Heading> {
        Heading::new(self.heading)
    }

    pub(crate) const fn source(&self) -> Source {
        self.source
    }

    pub(crate) const fn is_held(&self) -> bool {
        self.flags & HELD != 0
    }

    pub(crate) const fn set_held(&mut self) {
        self.flags |= HELD;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::UnitId;

    #[test]
    fn a_fix_comes_back_as_it_went_and_its_street_only_while_it_is_its_own() {
        let mut cold = Cold::NONE;
        let mut fix = Fix::new(UnitId(0), LonLat::default(), Timestamp(0));
        cold.take(&fix);
        assert_eq!(
            (cold.accuracy(), cold.speed(), cold.heading(), cold.street()),
            (None, None, None, None)
        );
        fix.accuracy = Some(Metres(90_000));
        fix.speed = Some(Speed::MAX);
        fix.heading = Heading::new(35_999);
        fix.source = Source::Gateway;
        cold.take(&fix);
        assert_eq!(cold.accuracy(), Some(Metres(65_534)));
        assert_eq!(
            (cold.speed(), cold.heading(), cold.source()),
            (fix.speed, fix.heading, fix.source)
        );
        let street = OnStreet { segment: SegmentId(5), offset: Millimetres(1_234) };
        cold.set_street(street);
        assert_eq!((cold.street(), cold.last_street()), (Some(street), Some(street)));
        cold.take(&fix);
        assert_eq!((cold.street(), cold.last_street()), (None, Some(street)));
    }
}
