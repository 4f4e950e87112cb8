//! Counts what is read, so that a table or a row that never ends is stopped.

use std::cell::Cell;
use std::io::{self, Read};

use precinct_base::caps;

/// What has been read, in all and since the last row began.
pub(crate) struct Meter {
    all: Cell<u64>,
    row: Cell<u64>,
    /// Bytes of one row.
    row_limit: u64,
}

impl Meter {
    pub(crate) const fn new(row_limit: u64) -> Self {
        Self { all: Cell::new(0), row: Cell::new(0), row_limit }
    }

    /// A row has ended.
    pub(crate) fn row_ended(&self) {
        self.row.set(0);
    }
}

/// A reader that counts into a meter and fails when it is full.
pub(crate) struct Metered<'m, R> {
    reader: R,
    meter: &'m Meter,
}

impl<'m, R> Metered<'m, R> {
    pub(crate) const fn new(reader: R, meter: &'m Meter) -> Self {
        Self { reader, meter }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let (all, row) = (self.meter.all.get() + read as u64, self.meter.row.get() + read as u64);
        self.meter.all.set(all);
        self.meter.row.set(row);
        if all > caps::TABLE_BYTES {
            return Err(io::Error::other(format!("it has more than {} bytes", caps::TABLE_BYTES)));
        }
        if row > self.meter.row_limit {
            return Err(io::Error::other(format!(
                "one row of it has more than {} bytes",
                self.meter.row_limit
            )));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_an_end_is_stopped_and_many_rows_are_not() {
        let meter = Meter::new(48 << 20);
        let mut endless = Metered::new(io::repeat(b'x'), &meter);
        let mut buffer = vec![0; 1 << 20];
        for _ in 0..100 {
            assert!(endless.read(&mut buffer).is_ok());
            meter.row_ended();
        }
        let error = (0..100).find_map(|_| endless.read(&mut buffer).err()).unwrap();
        assert!(error.to_string().contains("one row of it"));
    }
}
