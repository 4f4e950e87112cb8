//! Line ends as one byte, so that the lines counted are those an editor counts.

use std::io::{self, BufRead, BufReader, Read};

/// A reader that gives `\n` for `\r\n`.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    /// A `\r` has been taken and not given: it may belong to a line end.
    held: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, reader), held: false }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut given = 0;
        while given == 0 && !buffer.is_empty() {
            let bytes = self.reader.fill_buf()?;
            if std::mem::take(&mut self.held) && bytes.first() != Some(&b'\n') {
                buffer[0] = b'\r';
                return Ok(1);
            }
            if bytes.is_empty() {
                return Ok(0);
            }
            let mut taken = 0;
            while taken < bytes.len() && given < buffer.len() {
                let byte = bytes[taken];
                taken += 1;
                match (byte, bytes.get(taken)) {
                    (b'\r', Some(b'\n')) => {}
                    (b'\r', None) => self.held = true,
                    _ => {
                        buffer[given] = byte;
                        given += 1;
                    }
                }
            }
            self.reader.consume(taken);
        }
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives its bytes a few at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let room = self.1.min(buffer.len());
            self.0.read(&mut buffer[..room])
        }
    }

    proptest! {
        #[test]
        fn however_the_bytes_come_the_line_ends_are_one(text in "[a\r\n]{0,40}", drop in 1usize..5) {
            let mut given = String::new();
            Lines::new(Drops(text.as_bytes(), drop)).read_to_string(&mut given).unwrap();
            prop_assert_eq!(given, text.replace("\r\n", "\n"));
        }
    }
}
