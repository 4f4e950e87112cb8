//! One fix after another of the same unit: what is different.
//!
//! A byte of flags (see the constants), then the time since the fix before, the change of longitude and of latitude, and whatever
//! else is not as it was: accuracy in metres, speed in cm/s and heading in hundredths of a degree, each one more than it is, and
//! nought where it is not known.

use precinct_base::{LonLat, Metres, Timestamp, UnitId};

use crate::varint::{put, put_signed, take, take_byte, take_signed};
use crate::{Fix, Heading, Source, Speed};

/// The source, in the two lowest bits.
const SOURCE: u8 = 3;
const SOS: u8 = 4;
/// The accuracy follows.
const ACCURACY: u8 = 8;
/// The speed follows.
const SPEED: u8 = 16;
/// The heading follows.
const HEADING: u8 = 32;
/// Bits that have no meaning.
const UNUSED: u8 = 0xC0;
/// The fewest bytes of a fix: flags, time, longitude, latitude.
pub(super) const LEAST: usize = 4;

/// Where a unit's fixes begin from.
pub(super) const fn start(unit: UnitId, time: Timestamp) -> Fix {
    let Some(at) = LonLat::new(0, 0) else { unreachable!() };
    Fix::new(unit, at, time)
}

/// Appends `fix`, which comes after `before`.
pub(super) fn pack(bytes: &mut Vec<u8>, before: &Fix, fix: &Fix) {
    let flag = |differs: bool, flag: u8| if differs { flag } else { 0 };
    let flags = fix.source.number()
        | flag(fix.sos, SOS)
        | flag(fix.accuracy != before.accuracy, ACCURACY)
        | flag(fix.speed != before.speed, SPEED)
        | flag(fix.heading != before.heading, HEADING);
    bytes.push(flags);
    put(bytes, fix.time.0.wrapping_sub(before.time.0) as u64);
    put_signed(bytes, i64::from(fix.at.lon()) - i64::from(before.at.lon()));
    put_signed(bytes, i64::from(fix.at.lat()) - i64::from(before.at.lat()));
    let more = |known: Option<u64>| known.map_or(0, |it| it + 1);
    if flags & ACCURACY != 0 {
        put(bytes, more(fix.accuracy.map(|it| u64::from(it.0))));
    }
    if flags & SPEED != 0 {
        put(bytes, more(fix.speed.map(|it| u64::from(it.cm_s()))));
    }
    if flags & HEADING != 0 {
        put(bytes, more(fix.heading.map(|it| u64::from(it.hundredths()))));
    }
}

/// Takes the fix after `before` off the front; `None` if the bytes say what cannot be.
pub(super) fn unpack(bytes: &mut &[u8], before: &Fix) -> Option<Fix> {
    let flags = take_byte(bytes)?;
    let passed = take(bytes)?;
    let lon = moved(before.at.lon(), take_signed(bytes)?)?;
    let lat = moved(before.at.lat(), take_signed(bytes)?)?;
    if flags & UNUSED != 0 {
        return None;
    }
    let mut fix = Fix {
        time: Timestamp(before.time.0.checked_add_unsigned(passed)?),
        at: LonLat::new(lon, lat)?,
        source: Source::from_number(flags & SOURCE)?,
        sos: flags & SOS != 0,
        ..*before
    };
    let metres = |it: u64| it.try_into().ok().map(Metres);
    let heading = |it: u64| Heading::new(it.try_into().ok()?);
    change(bytes, flags & ACCURACY, &mut fix.accuracy, metres)?;
    change(bytes, flags & SPEED, &mut fix.speed, speed)?;
    change(bytes, flags & HEADING, &mut fix.heading, heading)?;
    Some(fix)
}

fn moved(from: i32, by: i64) -> Option<i32> {
    i64::from(from).checked_add(by).and_then(|to| i32::try_from(to).ok())
}

fn speed(cm_s: u64) -> Option<Speed> {
    let speed = Speed::new(cm_s.try_into().ok()?);
    (u64::from(speed.cm_s()) == cm_s).then_some(speed)
}

/// Puts what follows in the place of what was, if anything does.
fn change<T>(
    bytes: &mut &[u8],
    follows: u8,
    known: &mut Option<T>,
    read: impl Fn(u64) -> Option<T>,
) -> Option<()> {
    if follows != 0 {
        *known = match take(bytes)?.checked_sub(1) {
            None => None,
            Some(value) => Some(read(value)?),
        };
    }
    Some(())
}
