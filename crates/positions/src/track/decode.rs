//! Reads the bytes of a partition, of which nothing is believed.

use precinct_base::{Timestamp, UnitId, caps};

use super::step::{LEAST, start, unpack};
use super::{ENTRY, HEADER, MAGIC, SUM, TrackError};
use crate::Fix;

/// A partition of the track, whose table has been checked and whose fixes have not been looked at.
#[derive(Clone, Copy, Debug)]
pub struct Partition<'a> {
    begins: Timestamp,
    ends: Timestamp,
    table: &'a [[u8; ENTRY]],
    body: &'a [u8],
}

/// A unit in the table.
#[derive(Clone, Copy)]
struct Entry {
    unit: UnitId,
    fixes: usize,
    end: usize,
    sum: u32,
}

impl Entry {
    fn of(bytes: &[u8; ENTRY]) -> Self {
        let (numbers, _) = bytes.as_chunks::<4>();
        let number = |at: usize| numbers.get(at).copied().map_or(0, u32::from_le_bytes);
        Self {
            unit: UnitId(number(0)),
            fixes: number(1) as usize,
            end: number(2) as usize,
            sum: number(3),
        }
    }
}

impl<'a> Partition<'a> {
    /// Checks the table; the time it takes is that of the table, not of the fixes.
    pub fn open(bytes: &'a [u8]) -> Result<Self, TrackError> {
        let short = TrackError::Short { bytes: bytes.len() };
        let magic = bytes.first_chunk::<8>().ok_or(short)?;
        if *magic != MAGIC {
            return Err(TrackError::Magic);
        }
        let (header, rest) = bytes.split_first_chunk::<HEADER>().ok_or(short)?;
        let units = u32::from_le_bytes(array(&header[8..])) as usize;
        let long = units.checked_mul(ENTRY).ok_or(short)?;
        let (table, rest) = rest.split_at_checked(long).ok_or(short)?;
        let (sum, body) = rest.split_first_chunk::<SUM>().ok_or(short)?;
        if crc32fast::hash(&bytes[..HEADER + long]) != u32::from_le_bytes(*sum) {
            return Err(TrackError::Table);
        }
        let instant = |at: usize| Timestamp(i64::from_le_bytes(array(&header[at..])));
        let (table, _) = table.as_chunks();
        let partition = Self { begins: instant(12), ends: instant(20), table, body };
        partition.check()?;
        Ok(partition)
    }

    /// That units rise, their bytes follow each other, and nothing is left over or too much.
    fn check(&self) -> Result<(), TrackError> {
        let (mut end, mut next, mut count) = (0, 0, 0);
        for (at, entry) in self.table.iter().map(Entry::of).enumerate() {
            let bytes = entry.end.checked_sub(end);
            let room = bytes.is_some_and(|bytes| entry.fixes > 0 && entry.fixes <= bytes / LEAST);
            count += entry.fixes;
            if entry.unit.0 < next || entry.unit.0 == u32::MAX || !room || count > caps::TRACK_FIXES
            {
                return Err(TrackError::Entry { entry: at });
            }
            (end, next) = (entry.end, entry.unit.0 + 1);
        }
        if end == self.body.len() {
            Ok(())
        } else {
            Err(TrackError::Entry { entry: self.table.len() })
        }
    }

    /// The instants of the first fix and of the last; both 1970 if there is none.
    pub const fn span(&self) -> (Timestamp, Timestamp) {
        (self.begins, self.ends)
    }

    /// The units it has fixes of, by their numbers.
    pub fn units(&self) -> impl Iterator<Item = UnitId> + 'a {
        self.table.iter().map(|entry| Entry::of(entry).unit)
    }

    /// How many fixes it has.
    pub fn count(&self) -> usize {
        self.table.iter().map(|entry| Entry::of(entry).fixes).sum()
    }

    /// The fixes of `unit` from one instant to another, both included, by time. No other unit's bytes are read.
    pub fn unit(
        &self,
        unit: UnitId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Fix>, TrackError> {
        let mut fixes = Vec::new();
        if let Ok(at) = self.table.binary_search_by_key(&unit, |entry| Entry::of(entry).unit) {
            self.read(at, |fix| {
                if from <= fix.time && fix.time <= to {
                    fixes.push(fix);
                }
            })?;
        }
        Ok(fixes)
    }

    /// All fixes, by unit and time.
    pub fn all(&self) -> Result<Vec<Fix>, TrackError> {
        let mut fixes = Vec::with_capacity(self.count());
        for at in 0..self.table.len() {
            self.read(at, |fix| fixes.push(fix))?;
        }
        Ok(fixes)
    }

    fn read(&self, at: usize, mut each: impl FnMut(Fix)) -> Result<(), TrackError> {
        let entry = Entry::of(&self.table[at]);
        let begin = at.checked_sub(1).map_or(0, |before| Entry::of(&self.table[before]).end);
        let mut bytes = &self.body[begin..entry.end];
        if crc32fast::hash(bytes) != entry.sum {
            return Err(TrackError::Unit { unit: entry.unit });
        }
        let mut before = start(entry.unit, self.begins);
        for number in 0..entry.fixes {
            let fault = TrackError::Fix { unit: entry.unit, fix: number };
            let fix = unpack(&mut bytes, &before).ok_or(fault)?;
            // In order, each once, and within what the table says.
            if (number > 0 && fix <= before) || fix.time > self.ends {
                return Err(fault);
            }
            each(fix);
            before = fix;
        }
        let left_over = TrackError::Fix { unit: entry.unit, fix: entry.fixes };
        if bytes.is_empty() { Ok(()) } else { Err(left_over) }
    }
}

/// The first bytes of a slice that is known to be long enough.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk().copied().unwrap_or([0; N])
}
