//! A fix: where a unit said it was, when, and what else its device told.

use precinct_base::{LonLat, Metres, Millimetres, SegmentId, Timestamp, UnitId};

/// What a fix came through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Source {
    /// Our own page on a crew's phone.
    #[default]
    Phone = 0,
    /// A tracker that speaks `OsmAnd`, as Traccar Client does.
    Tracker = 1,
    /// `OwnTracks`.
    OwnTracks = 2,
    /// A gateway that sends the fixes of many units at once.
    Gateway = 3,
}

impl Source {
    /// The source with this number, if there is one.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Phone),
            1 => Some(Self::Tracker),
            2 => Some(Self::OwnTracks),
            3 => Some(Self::Gateway),
            _ => None,
        }
    }

    /// Its number, 0 to 3.
    pub const fn number(self) -> u8 {
        self as u8
    }
}

/// A speed in centimetres a second, to 655 m/s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(u16);

impl Speed {
    /// The highest that can be told: nothing on the ground is as fast.
    pub const MAX: Self = Self(u16::MAX - 1);

    /// From centimetres a second; a higher one than [`Speed::MAX`] is that.
    pub const fn new(cm_s: u32) -> Self {
        if cm_s >= Self::MAX.0 as u32 { Self::MAX } else { Self(cm_s as u16) }
    }

    /// Centimetres a second.
    pub const fn cm_s(self) -> u16 {
        self.0
    }
}

/// A direction in hundredths of a degree, clockwise from north: 0 to 35,999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heading(u16);

impl Heading {
    /// From hundredths of a degree; `None` from 36,000 on.
    pub const fn new(hundredths: u16) -> Option<Self> {
        if hundredths < 36_000 { Some(Self(hundredths)) } else { None }
    }

    /// Hundredths of a degree.
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

/// A place on a street, as the caller's road map numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnStreet {
    /// The stretch of street.
    pub segment: SegmentId,
    /// How far along it from its start; kept to 4,294 km, and no segment is as long.
    pub offset: Millimetres,
}

/// Where a unit was at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// Whose it is.
    pub unit: UnitId,
    /// When, by the device.
    pub time: Timestamp,
    /// Where.
    pub at: LonLat,
    /// How far off it may be, if the device told.
    pub accuracy: Option<Metres>,
    /// How fast it went, if the device told.
    pub speed: Option<Speed>,
    /// Where to, if the device told.
    pub heading: Option<Heading>,
    /// What it came through.
    pub source: Source,
    /// Whether the crew calls for help with it.
    pub sos: bool,
}

impl Fix {
    /// A fix of which no more is known.
    pub const fn new(unit: UnitId, at: LonLat, time: Timestamp) -> Self {
        let source = Source::Phone;
        Self { unit, time, at, accuracy: None, speed: None, heading: None, source, sos: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_the_most_or_nothing() {
        assert_eq!(Speed::new(u32::MAX), Speed::MAX);
        assert_eq!(Speed::new(1_400).cm_s(), 1_400);
        assert_eq!(Heading::new(35_999).map(Heading::hundredths), Some(35_999));
        assert_eq!(Heading::new(36_000), None);
    }

    #[test]
    fn sources_come_back_from_their_numbers() {
        for number in 0..=4 {
            assert_eq!(
                Source::from_number(number).map(Source::number),
                (number < 4).then_some(number)
            );
        }
    }
}
