//! A reader that refuses an endless element before it is in memory.

use std::io::{BufRead, Error, Read, Result};

/// Bytes of one event: a tag with its attributes, or the text between two tags.
const EVENT_BYTES: usize = 1 << 20;

/// Lets at most [`EVENT_BYTES`] through until it is refilled.
pub(crate) struct Limited<R> {
    reader: R,
    left: usize,
}

impl<R> Limited<R> {
    pub(crate) const fn new(reader: R) -> Self {
        Self { reader, left: EVENT_BYTES }
    }

    /// Begins the next event.
    pub(crate) const fn refill(&mut self) {
        self.left = EVENT_BYTES;
    }
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Limited<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.left == 0 {
            return Err(Error::other(format!(
                "a single element is longer than {EVENT_BYTES} bytes"
            )));
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.reader.consume(amount);
    }
}
